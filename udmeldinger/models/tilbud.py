"""The *tilbud* a report describes, as the operators answered."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from socialaftale.kerne import dansk
from socialaftale.kerne.begraensning import Kontrol
from udmeldinger.enums import Aldersdel, Driftsform
from udmeldinger.models.godkendelse import Smaatalsgodkendelse
from udmeldinger.models.udmelding import CentralUdmelding


class Udmeldingstilbud(Smaatalsgodkendelse):
    """One *tilbud* in one report: staff, experience and places as of the report; linked to the register if known."""

    udmelding = models.ForeignKey(CentralUdmelding, on_delete=models.CASCADE, related_name="tilbud")
    # Empty: the report mentions a place that the register does not hold.
    tilbud = models.ForeignKey("tilbud.Tilbud", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    navn = models.CharField("tilbud", max_length=200, db_collation=dansk.SORTERING)
    driftsherre = models.CharField("driftsherre", max_length=200, blank=True)
    driftsform = models.CharField("driftsform", max_length=20, choices=Driftsform)
    beliggenhed = models.CharField("beliggenhed", max_length=100, blank=True)
    maalgruppe = models.CharField("målgruppe", max_length=300, blank=True)
    alder = models.CharField("alder", max_length=50, blank=True)
    pladser = models.PositiveIntegerField("pladser", null=True, blank=True)
    # For the secretariat only: names how many places were occupied by whom.
    pladser_note_intern = models.CharField("note om pladser", max_length=300, blank=True)
    # The report's own words, which may hold small counts ("3-4 borgere"): shown to others only when ticked.
    borgerflow_note = models.CharField("note om borgerflow", max_length=300, blank=True)
    aarsvaerk = models.DecimalField("årsværk", max_digits=7, decimal_places=1, null=True, blank=True)
    erfarne_aarsvaerk = models.DecimalField("erfarne årsværk", max_digits=7, decimal_places=1, null=True, blank=True)
    # What the source prints; the page shows the computed share and flags a difference.
    trykt_andel_pct = models.PositiveSmallIntegerField("trykt andel", null=True, blank=True)
    erfaring_note = models.CharField("note om erfaring", max_length=300, blank=True)
    indsatstype = models.CharField("indsatstype", max_length=100, blank=True)

    class Meta:
        verbose_name = "tilbud i udmelding"
        verbose_name_plural = "tilbud i udmeldinger"
        ordering = ["udmelding", "navn", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["udmelding", "navn"], name="udmeldingstilbud_unikt"),
            Kontrol(name="udmeldingstilbud_driftsform_kendt", condition=Q(driftsform__in=Driftsform.values)),
            Kontrol(
                name="udmeldingstilbud_erfarne_hoejst_alle",
                condition=Q(aarsvaerk__isnull=True)
                | Q(erfarne_aarsvaerk__isnull=True)
                | Q(erfarne_aarsvaerk__lte=F("aarsvaerk")),
                violation_error_message="Der kan ikke være flere erfarne årsværk end årsværk i alt.",
            ),
        ]

    def __str__(self) -> str:
        return self.navn


class Borgerflow(models.Model):
    """Citizens of the target group at a *tilbud* in a year, all or by age."""

    tilbud = models.ForeignKey(Udmeldingstilbud, on_delete=models.CASCADE, related_name="borgerflow")
    aar = models.PositiveSmallIntegerField("år")
    aldersdel = models.CharField("alder", max_length=20, choices=Aldersdel)
    antal = models.PositiveIntegerField("antal")

    class Meta:
        verbose_name = "borgerflow"
        verbose_name_plural = "borgerflow"
        ordering = ["tilbud", "aldersdel", "aar", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["tilbud", "aar", "aldersdel"], name="borgerflow_unikt"),
            Kontrol(name="borgerflow_aldersdel_kendt", condition=Q(aldersdel__in=Aldersdel.values)),
        ]

    def __str__(self) -> str:
        return f"{self.tilbud} {self.aar}: {self.antal}"
