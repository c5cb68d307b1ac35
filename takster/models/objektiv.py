"""Objective financing of a ydelse (T11, T12): what is distributed in a year, by which key, and on whom."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone

from socialaftale.kerne.begraensning import Kontrol
from takster.beregning import objektiv
from takster.beregning.trin import Beregningsfejl
from takster.enums import Noegletype
from tilbud.enums import Finansieringsform
from tilbud.models import Ydelse

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang

# T11 beside a tariff, T12 instead of one.
OBJEKTIVE_FORMER = (Finansieringsform.LOVBESTEMT, Finansieringsform.OBJEKTIV)


class ObjektivfordelingQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> ObjektivfordelingQuerySet:
        """The matrix, row "objective financing": everyone reads it, where the ydelse may be seen."""
        return self.filter(ydelse__in=Ydelse.objects.synlige_for(adgang))

    def gaeldende(self) -> ObjektivfordelingQuerySet:
        """Of ydelser that are still financed so."""
        return self.filter(ydelse__finansieringsform__in=OBJEKTIVE_FORMER)

    def med_deltagere(self) -> ObjektivfordelingQuerySet:
        return self.prefetch_related(Prefetch("deltagere", Objektivdeltager.objects.select_related("kommune")))


class Objektivfordeling(models.Model):
    """The distribution of one year. Saved only when its effect has been shown; the amounts follow from the rows."""

    ydelse = models.ForeignKey(Ydelse, on_delete=models.PROTECT, related_name="fordelinger", verbose_name="ydelse")
    aar = models.PositiveSmallIntegerField("år")
    omkostning = models.DecimalField("omkostning", max_digits=12, decimal_places=0)
    # An earlier surplus that lowers the amount; below 0 a deficit.
    overskud = models.DecimalField("indregnet overskud", max_digits=12, decimal_places=0, default=Decimal(0))
    noegletype = models.CharField("nøgle", max_length=20, choices=Noegletype)
    noeglenavn = models.CharField("nøglens navn", max_length=150)
    noeglekilde = models.CharField("kilde", max_length=200)
    noegledato = models.DateField("nøgletallenes dato")
    # Counts saves: a form carries the number it was opened with, so that a later save by another is noticed.
    version = models.PositiveIntegerField("version", default=1)
    gemt_tidspunkt = models.DateTimeField("senest gemt", default=timezone.now)
    er_eksempel = models.BooleanField("eksempeltal", default=False)

    objects = ObjektivfordelingQuerySet.as_manager()

    class Meta:
        verbose_name = "objektiv fordeling"
        verbose_name_plural = "objektive fordelinger"
        ordering = ["ydelse_id", "-aar", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ydelse", "aar"],
                name="objektivfordeling_unik",
                violation_error_message="Ydelsen har allerede en fordeling for året.",
            ),
            Kontrol(name="objektivfordeling_noegle_kendt", condition=Q(noegletype__in=Noegletype.values)),
            Kontrol(name="objektivfordeling_omkostning_positiv", condition=Q(omkostning__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.ydelse}, fordeling {self.aar}"

    def grundlag(self) -> objektiv.Fordelingsgrundlag:
        """As values; uses prefetched participants, and the way the ydelse is financed."""
        return objektiv.Fordelingsgrundlag(
            omkostning=self.omkostning,
            overskud=self.overskud,
            noegletype=self.noegletype,
            er_lovbestemt=self.ydelse.finansieringsform == Finansieringsform.LOVBESTEMT,
            deltagere=[deltager.som_vaerdi() for deltager in self.deltagere.all()],
        )

    def fordelt(self) -> objektiv.Fordeling | None:
        """Everyone's amount; None when it no longer can be distributed, as when the law now forbids opting out."""
        try:
            return objektiv.fordel_objektivt(self.grundlag())
        except Beregningsfejl:
            return None


class Objektivdeltager(models.Model):
    """A municipality with its key value in a distribution; one that has opted out keeps the value."""

    fordeling = models.ForeignKey(
        Objektivfordeling, on_delete=models.CASCADE, related_name="deltagere", verbose_name="fordeling"
    )
    kommune = models.ForeignKey(
        "kerne.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name="kommune"
    )
    # NULL only for one that has opted out.
    noegletal = models.DecimalField("nøgletal", max_digits=14, decimal_places=4, null=True, blank=True)
    er_med = models.BooleanField("med", default=True)

    class Meta:
        verbose_name = "deltager i objektiv fordeling"
        verbose_name_plural = "deltagere i objektive fordelinger"
        ordering = ["fordeling_id", "-kommune__er_part", "kommune__raekkefoelge", "kommune__navn", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["fordeling", "kommune"],
                name="objektivdeltager_unik",
                violation_error_message="Kommunen står allerede på listen.",
            ),
            Kontrol(
                name="objektivdeltager_har_noegletal",
                condition=Q(er_med=False) | Q(noegletal__isnull=False),
                violation_error_message="Den, der er med, skal have et nøgletal.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kommune_id}: {self.noegletal}"

    def som_vaerdi(self) -> objektiv.Deltager:
        return objektiv.Deltager(
            kommune=self.kommune_id, navn=self.kommune.kortnavn, noegletal=self.noegletal, er_med=self.er_med
        )
