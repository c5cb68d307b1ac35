"""A questionnaire: sections, questions and the rules between them; locked when it has been sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from socialaftale.kerne import dansk
from socialaftale.kerne.begraensning import Kontrol
from socialaftale.kerne.models import Bruger
from udmeldinger.beregning.skemaregler import Regelfejl, laes_regel
from udmeldinger.enums import (
    Betingelsesoperator,
    Raekkekilde,
    Registerkilde,
    Skemaart,
    Skematilstand,
    Spoergsmaalsart,
    Svarrolle,
)
from udmeldinger.models.udmelding import CentralUdmelding

if TYPE_CHECKING:
    import datetime as dt

    from socialaftale.kerne.adgang import Adgang

NOEGLEFORM = RegexValidator(
    r"\A[a-z][a-z0-9_]*\Z", "Nøglen må kun bestå af små bogstaver a-z, tal og _, og skal begynde med et bogstav"
)


class SpoergeskemaQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> SpoergeskemaQuerySet:
        """The secretariat all; an organisation those it is asked to answer, under the hat that answers."""
        if adgang.er_sekretariat:
            return self
        from udmeldinger.models.besvarelse import Besvarelse

        egne = Besvarelse.objects.synlige_for(adgang).filter(skema=OuterRef("pk"))
        return self.filter(Exists(egne))

    def sendte(self) -> SpoergeskemaQuerySet:
        return self.filter(tilstand=Skematilstand.SENDT)


class Spoergeskema(models.Model):
    """One edition of a questionnaire; those of one series have the same keys, so that rounds can be compared."""

    serie = models.SlugField("serie", max_length=80)
    udgave = models.PositiveSmallIntegerField("udgave")
    titel = models.CharField("titel", max_length=200)
    art = models.CharField("slags", max_length=20, choices=Skemaart)
    aar = models.PositiveSmallIntegerField("år")
    # Empty: not about a notification from the agency.
    udmelding = models.ForeignKey(
        CentralUdmelding,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="spoergeskemaer",
        verbose_name="central udmelding",
    )
    indledning = models.TextField("indledning", blank=True, max_length=6000)
    # Whether one tick, "ingen borgere i målgruppen", is a whole answer.
    kan_vaere_uden_borgere = models.BooleanField("kan besvares med “ingen borgere i målgruppen”", default=True)
    kopi_af = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="kopier")
    tilstand = models.CharField("status", max_length=20, choices=Skematilstand, default=Skematilstand.KLADDE)
    # Counts changes, so that two who build at the same time never overwrite each other.
    version = models.PositiveIntegerField("version", default=1)
    frist = models.DateField("frist", null=True, blank=True)
    besked = models.TextField("besked til modtagerne", blank=True, max_length=4000)
    sendt_tidspunkt = models.DateTimeField("sendt", null=True, blank=True)
    sendt_af = models.ForeignKey(Bruger, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lukket_tidspunkt = models.DateTimeField("lukket", null=True, blank=True)
    er_eksempel = models.BooleanField("eksempel", default=False)

    objects = SpoergeskemaQuerySet.as_manager()

    class Meta:
        verbose_name = "spørgeskema"
        verbose_name_plural = "spørgeskemaer"
        ordering = ["-aar", "titel", "-udgave", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["serie", "udgave"], name="spoergeskema_udgave_unik"),
            Kontrol(name="spoergeskema_art_kendt", condition=Q(art__in=Skemaart.values)),
            Kontrol(name="spoergeskema_tilstand_kendt", condition=Q(tilstand__in=Skematilstand.values)),
            Kontrol(
                name="spoergeskema_sendt_har_frist",
                condition=Q(tilstand=Skematilstand.KLADDE, sendt_tidspunkt__isnull=True)
                | Q(
                    tilstand__in=[Skematilstand.SENDT, Skematilstand.LUKKET],
                    sendt_tidspunkt__isnull=False,
                    frist__isnull=False,
                ),
            ),
            Kontrol(
                name="spoergeskema_lukket_har_tidspunkt",
                condition=Q(tilstand=Skematilstand.LUKKET, lukket_tidspunkt__isnull=False)
                | Q(tilstand__in=[Skematilstand.KLADDE, Skematilstand.SENDT], lukket_tidspunkt__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.titel

    def get_absolute_url(self) -> str:
        return reverse("spoergeskemaer:skema", args=(self.pk,))

    @property
    def er_kladde(self) -> bool:
        return self.tilstand == Skematilstand.KLADDE

    @property
    def er_aabent(self) -> bool:
        """Sent and not closed: answers are taken, also after the deadline."""
        return self.tilstand == Skematilstand.SENDT

    def er_overskredet(self, dato: dt.date) -> bool:
        return self.er_aabent and self.frist is not None and dato > self.frist


class Skemaafsnit(models.Model):
    """A section with guidance; may be for one kind of answerer only."""

    skema = models.ForeignKey(Spoergeskema, on_delete=models.CASCADE, related_name="afsnit")
    raekkefoelge = models.PositiveSmallIntegerField("rækkefølge")
    titel = models.CharField("overskrift", max_length=200)
    vejledning = models.TextField("vejledning", blank=True, max_length=4000)
    # Empty: for all who answer.
    rolle = models.CharField("hvem svarer på afsnittet", max_length=20, choices=Svarrolle, blank=True)

    class Meta:
        verbose_name = "afsnit"
        verbose_name_plural = "afsnit"
        ordering = ["skema", "raekkefoelge", "pk"]
        constraints = [
            Kontrol(name="skemaafsnit_rolle_kendt", condition=Q(rolle="") | Q(rolle__in=Svarrolle.values)),
        ]

    def __str__(self) -> str:
        return self.titel

    def gaelder_for(self, rolle: str) -> bool:
        """A private operator answers what operators are asked."""
        return self.rolle in ("", rolle) or (self.rolle == Svarrolle.DRIFTSHERRE and rolle == Svarrolle.PRIVAT)


class Spoergsmaal(models.Model):
    """A question with a key that follows it through copies; what only some kinds have is empty for the others."""

    skema = models.ForeignKey(Spoergeskema, on_delete=models.CASCADE, related_name="spoergsmaal")
    afsnit = models.ForeignKey(Skemaafsnit, on_delete=models.CASCADE, related_name="spoergsmaal")
    raekkefoelge = models.PositiveSmallIntegerField("rækkefølge")
    noegle = models.CharField("nøgle", max_length=40, validators=[NOEGLEFORM])
    art = models.CharField("svartype", max_length=20, choices=Spoergsmaalsart)
    tekst = models.CharField("spørgsmål", max_length=300)
    hjaelp = models.TextField("hjælp", blank=True, max_length=2000)
    paakraevet = models.BooleanField("skal besvares", default=True)
    taeller_borgere = models.BooleanField("tæller borgere", default=False)
    mindst = models.DecimalField("mindst", max_digits=14, decimal_places=4, null=True, blank=True)
    hoejst = models.DecimalField("højst", max_digits=14, decimal_places=4, null=True, blank=True)
    trin = models.DecimalField("trin", max_digits=14, decimal_places=4, null=True, blank=True)
    decimaler = models.PositiveSmallIntegerField("decimaler", default=0)
    enhed = models.CharField("enhed", max_length=30, blank=True)
    fra_aar = models.PositiveSmallIntegerField("fra år", null=True, blank=True)
    til_aar = models.PositiveSmallIntegerField("til og med år", null=True, blank=True)
    # One choice a line; its code is the slug of its text.
    valg = models.TextField("svarmuligheder", blank=True, max_length=4000)
    raekkekilde = models.CharField("linjer", max_length=20, choices=Raekkekilde, blank=True)
    # One fixed row a line.
    raekker = models.TextField("faste linjer", blank=True, max_length=4000)
    antal_raekker = models.PositiveSmallIntegerField("antal tomme linjer", default=5)
    # [{noegle, tekst, art, valg: [...], enhed, decimaler}]
    kolonner = models.JSONField("kolonner", default=list, blank=True)
    registerkilde = models.CharField("forslag fra registret", max_length=20, choices=Registerkilde, blank=True)
    # The key of the question the condition is about; empty: always asked.
    betingelse_noegle = models.CharField("spørges kun, hvis svaret på", max_length=40, blank=True)
    betingelse_operator = models.CharField(max_length=20, choices=Betingelsesoperator, blank=True)
    betingelse_vaerdi = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = "spørgsmål"
        verbose_name_plural = "spørgsmål"
        ordering = ["afsnit__raekkefoelge", "afsnit", "raekkefoelge", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["skema", "noegle"],
                name="spoergsmaal_noegle_unik",
                violation_error_message="Et andet spørgsmål i skemaet har allerede den nøgle",
            ),
            Kontrol(name="spoergsmaal_art_kendt", condition=Q(art__in=Spoergsmaalsart.values)),
            Kontrol(
                name="spoergsmaal_raekkekilde_kendt",
                condition=Q(raekkekilde="") | Q(raekkekilde__in=Raekkekilde.values),
            ),
            Kontrol(
                name="spoergsmaal_registerkilde_kendt",
                condition=Q(registerkilde="") | Q(registerkilde__in=Registerkilde.values),
            ),
            Kontrol(
                name="spoergsmaal_betingelse_hel",
                condition=Q(betingelse_noegle="", betingelse_operator="")
                | Q(betingelse_operator__in=Betingelsesoperator.values),
            ),
            Kontrol(
                name="spoergsmaal_aar_i_orden",
                condition=Q(fra_aar__isnull=True) | Q(til_aar__isnull=True) | Q(fra_aar__lte=F("til_aar")),
                violation_error_message="Det første år skal ligge før det sidste.",
            ),
        ]

    def __str__(self) -> str:
        return self.tekst

    @property
    def aarene(self) -> tuple[int, ...]:
        if self.fra_aar is None:
            return ()
        return tuple(range(self.fra_aar, (self.til_aar or self.fra_aar) + 1))

    @property
    def svarmuligheder(self) -> tuple[tuple[str, str], ...]:
        return valg_af(self.valg.splitlines())


def valg_af(linjer: list[str]) -> tuple[tuple[str, str], ...]:
    """(code, text) of choices or rows written one a line."""
    return tuple((dansk.slug(linje)[:80], linje.strip()) for linje in linjer if dansk.slug(linje))


class Skemaregel(models.Model):
    """A rule between questions, see `beregning.skemaregler`."""

    skema = models.ForeignKey(Spoergeskema, on_delete=models.CASCADE, related_name="regler")
    udtryk = models.CharField("regel", max_length=200)
    besked = models.CharField("besked, når reglen ikke holder", max_length=200, blank=True)

    class Meta:
        verbose_name = "regel"
        verbose_name_plural = "regler"
        ordering = ["skema", "pk"]

    def __str__(self) -> str:
        return self.udtryk

    def clean(self) -> None:
        try:
            laes_regel(self.udtryk)
        except Regelfejl as fejl:
            raise ValidationError({"udtryk": str(fejl)}) from fejl
