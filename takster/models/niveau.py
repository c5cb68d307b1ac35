"""The levels of a differentiated tariff (*niveauer*): as they are reported, and as they are published."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from socialaftale.kerne.begraensning import Kontrol
from takster.models.skema import Takstskema
from takster.models.takst import Takst


class Takstniveau(models.Model):
    """T37: one step of the staircase of a differentiated tariff: how many places, and how much direct support."""

    skema = models.ForeignKey(Takstskema, on_delete=models.CASCADE, related_name="niveauer", verbose_name="takstskema")
    nr = models.PositiveSmallIntegerField("nummer")
    navn = models.CharField("niveau", max_length=100, blank=True)
    beskrivelse = models.CharField("beskrivelse", max_length=500, blank=True)
    # NULL: not entered yet.
    pladser = models.DecimalField("pladser", max_digits=8, decimal_places=2, null=True, blank=True)
    stoettetimer = models.DecimalField(
        "direkte støttetimer om ugen", max_digits=6, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = "takstniveau"
        verbose_name_plural = "takstniveauer"
        ordering = ["skema_id", "nr", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["skema", "nr"], name="takstniveau_unik"),
            Kontrol(name="takstniveau_nr_fra_1", condition=Q(nr__gte=1)),
        ]

    def __str__(self) -> str:
        return f"Niveau {self.nr}: {self.navn}"


class Takstniveaupris(models.Model):
    """T37: one level of a published differentiated tariff, frozen with it; `i_alt` is what a buyer pays per unit."""

    takst = models.ForeignKey(Takst, on_delete=models.CASCADE, related_name="niveauer", verbose_name="takst")
    nr = models.PositiveSmallIntegerField("nummer")
    navn = models.CharField("niveau", max_length=100)
    beskrivelse = models.CharField("beskrivelse", max_length=500, blank=True)
    pladser = models.DecimalField("pladser", max_digits=8, decimal_places=2)
    stoettetimer = models.DecimalField("direkte støttetimer om ugen", max_digits=6, decimal_places=2)
    pris = models.DecimalField("niveauets pris", max_digits=12, decimal_places=2)
    i_alt = models.DecimalField("grundtakst og niveau", max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = "takstniveaupris"
        verbose_name_plural = "takstniveaupriser"
        ordering = ["takst_id", "nr", "pk"]
        constraints = [models.UniqueConstraint(fields=["takst", "nr"], name="takstniveaupris_unik")]

    def __str__(self) -> str:
        return f"Niveau {self.nr}: {self.navn}"
