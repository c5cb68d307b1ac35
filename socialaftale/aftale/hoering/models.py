"""The hearing of a named version, one answer per invited organisation, and its text per chapter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from socialaftale.aftale.hoering.enums import Hoeringstilstand, Svartilstand
from socialaftale.aftale.hoering.roller import kan_skrive, ser_alle_hoeringer
from socialaftale.kerne.begraensning import Kontrol

if TYPE_CHECKING:
    import datetime as dt

    from socialaftale.kerne.adgang import Adgang


class HoeringQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> HoeringQuerySet:
        """The secretariat and DAS all; the invited, under the hat that answers, the one they are asked in."""
        if ser_alle_hoeringer(adgang):
            return self
        if adgang.organisation is None or not kan_skrive(adgang, adgang.organisation):
            return self.none()
        egne = Hoeringssvar.objects.filter(hoering=OuterRef("pk"), organisation=adgang.organisation)
        return self.filter(Exists(egne))


class Hoering(models.Model):
    """A draft sent to the parties and others with a deadline; `navngivet` is exactly what they are asked about."""

    aftale = models.ForeignKey("aftale.Aftale", on_delete=models.PROTECT, related_name="hoeringer")
    navngivet = models.OneToOneField("kerne.NavngivetVersion", on_delete=models.PROTECT, related_name="hoering")
    besked = models.TextField("besked", blank=True, max_length=4000)
    frist = models.DateField("frist")
    tilstand = models.CharField("status", max_length=20, choices=Hoeringstilstand, default=Hoeringstilstand.AABEN)
    aabnet_tidspunkt = models.DateTimeField("åbnet", default=timezone.now)
    # Empty when the system opened it (demo data).
    aabnet_af = models.ForeignKey("kerne.Bruger", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lukket_tidspunkt = models.DateTimeField("lukket", null=True, blank=True)
    er_eksempel = models.BooleanField("eksempeltal", default=False)

    objects = HoeringQuerySet.as_manager()

    class Meta:
        verbose_name = "høring"
        verbose_name_plural = "høringer"
        ordering = ["-aabnet_tidspunkt", "-pk"]
        constraints = [
            Kontrol(name="hoering_tilstand_kendt", condition=Q(tilstand__in=Hoeringstilstand.values)),
            Kontrol(
                name="hoering_lukket_har_tidspunkt",
                condition=Q(tilstand=Hoeringstilstand.AABEN, lukket_tidspunkt__isnull=True)
                | Q(tilstand=Hoeringstilstand.LUKKET, lukket_tidspunkt__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["aftale"],
                condition=Q(tilstand=Hoeringstilstand.AABEN),
                name="hoering_en_aaben",
                violation_error_message="Aftalen er allerede i høring.",
            ),
        ]

    def __str__(self) -> str:
        return f"Høring af {self.navngivet.navn}"

    def get_absolute_url(self) -> str:
        return reverse("aftale:hoering", args=(self.aftale.periode, self.pk))

    @property
    def er_aaben(self) -> bool:
        return self.tilstand == Hoeringstilstand.AABEN

    def er_overskredet(self, dato: dt.date) -> bool:
        return self.er_aaben and dato > self.frist


class HoeringssvarQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> HoeringssvarQuerySet:
        """The secretariat all, an organisation its own; DAS meets the others' in the note."""
        if adgang.er_sekretariat:
            return self
        if adgang.organisation is None or not kan_skrive(adgang, adgang.organisation):
            return self.none()
        return self.filter(organisation=adgang.organisation)

    def indsendte(self) -> HoeringssvarQuerySet:
        return self.filter(tilstand=Svartilstand.INDSENDT)

    def mangler(self) -> HoeringssvarQuerySet:
        return self.exclude(tilstand=Svartilstand.INDSENDT)


class Hoeringssvar(models.Model):
    """What an invited organisation answers; the row is made with the invitation."""

    hoering = models.ForeignKey(Hoering, on_delete=models.PROTECT, related_name="svar")
    organisation = models.ForeignKey("kerne.Organisation", on_delete=models.PROTECT, related_name="hoeringssvar")
    tilstand = models.CharField("status", max_length=20, choices=Svartilstand, default=Svartilstand.AFVENTER)
    generelt = models.TextField("generelle bemærkninger", blank=True, max_length=10_000)
    uden_bemaerkninger = models.BooleanField("ingen bemærkninger", default=False)
    # What the secretariat says to the general remarks; empty until it has.
    bemaerkning = models.TextField("sekretariatets bemærkning", blank=True, max_length=4000)
    bilag = models.ForeignKey("kerne.Dokument", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Counts saves, so that two in one organisation never overwrite each other.
    version = models.PositiveIntegerField("version", default=1)
    indsendt_tidspunkt = models.DateTimeField("indsendt", null=True, blank=True)
    indsendt_af = models.ForeignKey("kerne.Bruger", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    rykket_tidspunkt = models.DateTimeField("rykket", null=True, blank=True)

    objects = HoeringssvarQuerySet.as_manager()

    class Meta:
        verbose_name = "høringssvar"
        verbose_name_plural = "høringssvar"
        ordering = ["hoering", "organisation__raekkefoelge", "organisation__navn", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["hoering", "organisation"], name="hoeringssvar_unikt"),
            Kontrol(name="hoeringssvar_tilstand_kendt", condition=Q(tilstand__in=Svartilstand.values)),
            Kontrol(
                name="hoeringssvar_indsendt_har_tidspunkt",
                condition=Q(tilstand=Svartilstand.INDSENDT, indsendt_tidspunkt__isnull=False)
                | (~Q(tilstand=Svartilstand.INDSENDT) & Q(indsendt_tidspunkt__isnull=True)),
            ),
            Kontrol(
                name="hoeringssvar_uden_bemaerkninger_er_tomt",
                condition=Q(uden_bemaerkninger=False) | Q(generelt=""),
                violation_error_message="Fjern krydset ved ingen bemærkninger, eller slet teksten.",
            ),
        ]

    def __str__(self) -> str:
        return f"Høringssvar fra {self.organisation}"

    @property
    def er_indsendt(self) -> bool:
        return self.tilstand == Svartilstand.INDSENDT

    @property
    def efter_fristen(self) -> bool:
        return self.er_indsendt and timezone.localdate(self.indsendt_tidspunkt) > self.hoering.frist


class Kapitelsvar(models.Model):
    """The part of an answer about one chapter, and what the secretariat says to it."""

    svar = models.ForeignKey(Hoeringssvar, on_delete=models.CASCADE, related_name="kapitelsvar")
    kapitel = models.ForeignKey("kerne.Kapitel", on_delete=models.PROTECT, related_name="+")
    tekst = models.TextField("bemærkninger", max_length=10_000)
    bemaerkning = models.TextField("sekretariatets bemærkning", blank=True, max_length=4000)

    class Meta:
        verbose_name = "svar om et kapitel"
        verbose_name_plural = "svar om kapitler"
        ordering = ["svar", "kapitel__raekkefoelge", "pk"]
        constraints = [models.UniqueConstraint(fields=["svar", "kapitel"], name="kapitelsvar_unikt")]

    def __str__(self) -> str:
        return f"{self.svar.organisation} om {self.kapitel}"
