"""A *central udmelding* with its target groups and counts; questionnaires will point at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from socialaftale.kerne.begraensning import Kontrol
from socialaftale.kerne.models import Organisation
from udmeldinger.enums import Udmeldingstilstand
from udmeldinger.models.godkendelse import Smaatalsgodkendelse

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang


class CentralUdmeldingQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> CentralUdmeldingQuerySet:
        """The matrix, row "udmelding case": the secretariat all, everyone else what is published."""
        return self if adgang.er_sekretariat else self.filter(offentliggjort=True)

    def for_periode(self, periode: str) -> CentralUdmeldingQuerySet:
        """Those an agreement of the *aftaleperiode* treats."""
        return self.filter(perioder__periode=periode)


class CentralUdmelding(models.Model):
    """A notification under SEL § 13 b, stk. 2 from the national agency about one small target group."""

    slug = models.SlugField("slug", max_length=80, unique=True)
    titel = models.CharField("titel", max_length=200)
    titel_i_afrapportering = models.CharField("titel i afrapporteringen", max_length=300, blank=True)
    # Unknown for the oldest one.
    udsendt_dato = models.DateField("udsendt", null=True, blank=True)
    aar = models.PositiveSmallIntegerField("år")
    maalgruppe = models.TextField("målgruppe")
    myndighed = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="udsendt af")
    tilstand = models.CharField("tilstand", max_length=30, choices=Udmeldingstilstand)
    kilde = models.CharField("kilde", max_length=300, blank=True)
    # Counts from 1 up to this one are shown to others only when the secretariat has ticked them.
    smaatalsgraense = models.PositiveSmallIntegerField("grænse for små tal", default=2)
    har_rapport = models.BooleanField("afrapporteret", default=False)
    offentliggjort = models.BooleanField("offentliggjort", default=False)

    objects = CentralUdmeldingQuerySet.as_manager()

    class Meta:
        verbose_name = "central udmelding"
        verbose_name_plural = "centrale udmeldinger"
        ordering = ["-aar", "titel", "pk"]
        constraints = [
            Kontrol(name="udmelding_tilstand_kendt", condition=Q(tilstand__in=Udmeldingstilstand.values)),
            # A band of one number would tell it.
            Kontrol(name="udmelding_graense_mindst_to", condition=Q(smaatalsgraense__gte=2)),
        ]

    def __str__(self) -> str:
        return f"{self.titel} ({self.aar})"

    def get_absolute_url(self) -> str:
        return reverse("udmeldinger:detalje", kwargs={"slug": self.slug})

    @property
    def myndighed_dengang(self) -> str:
        """What the agency was called when it issued the notification."""
        return self.myndighed.navn_i(self.aar)


class Udmeldingsperiode(models.Model):
    """That the agreement of a period treats the notification."""

    udmelding = models.ForeignKey(CentralUdmelding, on_delete=models.CASCADE, related_name="perioder")
    periode = models.CharField("aftaleperiode", max_length=9)

    class Meta:
        verbose_name = "aftaleperiode"
        verbose_name_plural = "aftaleperioder"
        ordering = ["periode", "pk"]
        constraints = [models.UniqueConstraint(fields=["udmelding", "periode"], name="udmeldingsperiode_unik")]

    def __str__(self) -> str:
        return self.periode


class Maalgruppe(models.Model):
    """A group that is counted; a group may be a part of another one's total."""

    udmelding = models.ForeignKey(CentralUdmelding, on_delete=models.CASCADE, related_name="grupper")
    navn = models.CharField("gruppe", max_length=200)
    raekkefoelge = models.PositiveSmallIntegerField("rækkefølge")
    # Empty: the group is no part of a printed total.
    indgaar_i = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="dele")

    class Meta:
        verbose_name = "målgruppe"
        verbose_name_plural = "målgrupper"
        ordering = ["udmelding", "raekkefoelge", "pk"]
        constraints = [models.UniqueConstraint(fields=["udmelding", "navn"], name="maalgruppe_unik")]

    def __str__(self) -> str:
        return self.navn


class Maalgruppetal(Smaatalsgodkendelse):
    """A count for the whole region in a year (or over some years); small ones need the secretariat's tick."""

    gruppe = models.ForeignKey(Maalgruppe, on_delete=models.CASCADE, related_name="tal")
    fra_aar = models.PositiveSmallIntegerField("fra år")
    til_aar = models.PositiveSmallIntegerField("til og med år")
    antal = models.PositiveIntegerField("antal")
    enhed = models.CharField("enhed", max_length=30)
    # For the secretariat only: may point at a municipality.
    note_intern = models.CharField("intern note", max_length=300, blank=True)

    class Meta:
        verbose_name = "antal i målgruppe"
        verbose_name_plural = "antal i målgrupper"
        ordering = ["gruppe", "fra_aar", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["gruppe", "fra_aar", "til_aar"], name="maalgruppetal_unik"),
            Kontrol(name="maalgruppetal_aar_i_orden", condition=Q(fra_aar__lte=F("til_aar"))),
        ]

    def __str__(self) -> str:
        return f"{self.gruppe}, {self.periodenavn}: {self.antal}"

    @property
    def periodenavn(self) -> str:
        return str(self.fra_aar) if self.fra_aar == self.til_aar else f"{self.fra_aar}–{self.til_aar}"


class Kommunespredning(models.Model):
    """How many municipalities answered what, in the report's words; the words are for the secretariat only."""

    udmelding = models.ForeignKey(CentralUdmelding, on_delete=models.CASCADE, related_name="spredning")
    gruppe = models.CharField("gruppe", max_length=200)
    antal_kommuner = models.PositiveSmallIntegerField("antal kommuner")
    beskrivelse_intern = models.CharField("beskrivelse", max_length=300)
    # "har ikke set", "har ikke anvendt": the only kind the public sees, turned into "N af 11 har".
    er_uden = models.BooleanField("kommuner uden borgere")

    class Meta:
        verbose_name = "spredning på kommuner"
        verbose_name_plural = "spredning på kommuner"
        ordering = ["udmelding", "pk"]

    def __str__(self) -> str:
        return f"{self.gruppe}: {self.antal_kommuner}"
