"""The answer of one organisation in one capacity, its values per question, and personal links to it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from socialaftale.kerne.begraensning import Kontrol
from socialaftale.kerne.models import Bruger, Organisation
from udmeldinger.beregning.svarprocent import Svarart, svarart
from udmeldinger.enums import Besvarelsestilstand, Skematilstand, Svarrolle
from udmeldinger.models.spoergeskema import Spoergeskema
from udmeldinger.svarroller import svarroller

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang

MAKS_BEMAERKNING = 4000


class BesvarelseQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> BesvarelseQuerySet:
        """The secretariat all; an organisation its own, *myndighed* and *driftsherre* apart; nobody else any."""
        if adgang.er_sekretariat:
            return self
        roller = svarroller(adgang)
        return self.filter(organisation=adgang.organisation, rolle__in=roller) if roller else self.none()

    def mangler(self) -> BesvarelseQuerySet:
        """Those who are expected to answer and have not signed an answer off."""
        return self.exclude(tilstand__in=[Besvarelsestilstand.GODKENDT, Besvarelsestilstand.FRITAGET])

    def aabne(self) -> BesvarelseQuerySet:
        return self.filter(skema__tilstand=Skematilstand.SENDT)


class Besvarelse(models.Model):
    """What an organisation answers in one capacity; the row is made when the questionnaire is sent."""

    skema = models.ForeignKey(Spoergeskema, on_delete=models.PROTECT, related_name="besvarelser")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="besvarelser")
    rolle = models.CharField("svarer som", max_length=20, choices=Svarrolle)
    tilstand = models.CharField(
        "status", max_length=20, choices=Besvarelsestilstand, default=Besvarelsestilstand.AFVENTER
    )
    ingen_borgere = models.BooleanField("ingen borgere i målgruppen", default=False)
    bemaerkning = models.TextField("bemærkning", blank=True, max_length=MAKS_BEMAERKNING)
    # Counts saves of the tick and the remark; each question counts its own.
    version = models.PositiveIntegerField("version", default=1)
    gemt_tidspunkt = models.DateTimeField("senest gemt", null=True, blank=True)
    indsendt_tidspunkt = models.DateTimeField("indsendt", null=True, blank=True)
    # Empty when it came through a personal link.
    indsendt_af = models.ForeignKey(Bruger, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    godkendt_tidspunkt = models.DateTimeField("godkendt", null=True, blank=True)
    godkendt_af = models.ForeignKey(Bruger, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Why it was opened again, sent back or withdrawn; shown to those who answer.
    begrundelse = models.TextField("begrundelse", blank=True, max_length=1000)
    rykket_tidspunkt = models.DateTimeField("rykket", null=True, blank=True)
    # How many days before the deadline the last automatic reminder was for.
    rykket_dage = models.SmallIntegerField("automatisk rykket", null=True, blank=True)

    objects = BesvarelseQuerySet.as_manager()

    class Meta:
        verbose_name = "besvarelse"
        verbose_name_plural = "besvarelser"
        ordering = ["skema", "rolle", "organisation__raekkefoelge", "organisation__navn", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["skema", "organisation", "rolle"], name="besvarelse_unik"),
            Kontrol(name="besvarelse_rolle_kendt", condition=Q(rolle__in=Svarrolle.values)),
            Kontrol(name="besvarelse_tilstand_kendt", condition=Q(tilstand__in=Besvarelsestilstand.values)),
            Kontrol(
                name="besvarelse_indsendt_har_tidspunkt",
                condition=Q(
                    tilstand__in=[Besvarelsestilstand.INDSENDT, Besvarelsestilstand.GODKENDT],
                    indsendt_tidspunkt__isnull=False,
                )
                | Q(
                    tilstand__in=[
                        Besvarelsestilstand.AFVENTER,
                        Besvarelsestilstand.KLADDE,
                        Besvarelsestilstand.FRITAGET,
                    ],
                    indsendt_tidspunkt__isnull=True,
                ),
            ),
            Kontrol(
                name="besvarelse_godkendt_har_tidspunkt",
                condition=Q(tilstand=Besvarelsestilstand.GODKENDT, godkendt_tidspunkt__isnull=False)
                | Q(
                    tilstand__in=[
                        Besvarelsestilstand.AFVENTER,
                        Besvarelsestilstand.KLADDE,
                        Besvarelsestilstand.INDSENDT,
                        Besvarelsestilstand.FRITAGET,
                    ],
                    godkendt_tidspunkt__isnull=True,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.skema.titel}: {self.organisation}"

    def get_absolute_url(self) -> str:
        return reverse("spoergeskemaer:besvarelse", args=(self.pk,))

    @property
    def er_besvaret(self) -> bool:
        return self.tilstand == Besvarelsestilstand.GODKENDT

    @property
    def er_fritaget(self) -> bool:
        return self.tilstand == Besvarelsestilstand.FRITAGET

    @property
    def art(self) -> Svarart:
        """The kind of answer the response rate counts."""
        return svarart(besvaret=self.er_besvaret, ingen_borgere=self.ingen_borgere, fritaget=self.er_fritaget)

    @property
    def har_link(self) -> bool:
        """Is there a personal link that opens the answer now?"""
        return any(link.virker() for link in self.links.all())

    @property
    def efter_fristen(self) -> bool:
        """Answered later than asked; the answer counts all the same."""
        frist = self.skema.frist
        return bool(self.indsendt_tidspunkt and frist and timezone.localdate(self.indsendt_tidspunkt) > frist)


class Svar(models.Model):
    """The answer to one question, by the question's key; `vaerdi` as `beregning.spoergsmaal` reads it."""

    besvarelse = models.ForeignKey(Besvarelse, on_delete=models.CASCADE, related_name="svar")
    noegle = models.CharField("nøgle", max_length=40)
    # NULL: not answered, or what was typed cannot be read yet.
    vaerdi = models.JSONField("svar", null=True, blank=True)
    # What was typed and could not be read, by box, so that no draft is lost; empty when it could.
    skrevet = models.JSONField("skrevet", default=dict, blank=True)
    version = models.PositiveIntegerField("version", default=1)
    aendret_tidspunkt = models.DateTimeField("rettet", default=timezone.now)
    # Empty when it was written through a personal link.
    aendret_af = models.ForeignKey(Bruger, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "svar"
        verbose_name_plural = "svar"
        ordering = ["besvarelse", "noegle"]
        constraints = [models.UniqueConstraint(fields=["besvarelse", "noegle"], name="svar_unikt")]

    def __str__(self) -> str:
        return f"{self.noegle}: {self.vaerdi}"


class Svarlink(models.Model):
    """A personal link that opens one answer without an account; only the hash of it is kept."""

    besvarelse = models.ForeignKey(Besvarelse, on_delete=models.PROTECT, related_name="links")
    aftryk = models.CharField("aftryk", max_length=64, unique=True)
    navn = models.CharField("navn", max_length=150)
    email = models.EmailField("e-mail")
    udloeber = models.DateTimeField("udløber")
    oprettet_tidspunkt = models.DateTimeField("oprettet", default=timezone.now)
    oprettet_af = models.ForeignKey(Bruger, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    tilbagetrukket_tidspunkt = models.DateTimeField("trukket tilbage", null=True, blank=True)
    sidst_brugt = models.DateTimeField("sidst brugt", null=True, blank=True)

    class Meta:
        verbose_name = "personligt link"
        verbose_name_plural = "personlige links"
        ordering = ["besvarelse", "-oprettet_tidspunkt", "pk"]

    def __str__(self) -> str:
        return f"{self.besvarelse.organisation}: {self.navn}"

    def virker(self, nu: dt.datetime | None = None) -> bool:
        return self.tilbagetrukket_tidspunkt is None and (nu or timezone.now()) < self.udloeber
