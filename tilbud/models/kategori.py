"""Which category a *tilbud* had in which years (T3-T5); a change is decided in a case and old years stay."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from socialaftale.kerne.begraensning import Kontrol
from tilbud.enums import Kategori
from tilbud.models.aar import aar_i_orden
from tilbud.models.tilbud import Tilbud


class Kategoriperiode(models.Model):
    """A category in whole years; `Tilbud.kategori` is the one in force."""

    tilbud = models.ForeignKey(
        Tilbud, on_delete=models.CASCADE, related_name="kategoriperioder", verbose_name="tilbud"
    )
    kategori = models.PositiveSmallIntegerField("kategori", choices=Kategori)
    # T3: category 2 outside the agreement, because the operator has an agreement of its own with the buyers.
    er_undtaget = models.BooleanField("undtaget af aftalen", default=False)
    # NULL: from before the cases were kept here.
    fra_aar = models.PositiveSmallIntegerField("fra år", null=True, blank=True)
    # NULL: until the next change.
    til_aar = models.PositiveSmallIntegerField("til og med år", null=True, blank=True)
    note = models.CharField("note", max_length=300, blank=True)
    er_eksempel = models.BooleanField("eksempel", default=False)

    class Meta:
        verbose_name = "kategoriperiode"
        verbose_name_plural = "kategoriperioder"
        ordering = ["tilbud_id", F("fra_aar").desc(nulls_last=True), "pk"]
        constraints = [
            Kontrol(name="kategoriperiode_kategori_kendt", condition=Q(kategori__in=Kategori.values)),
            Kontrol(name="kategoriperiode_kun_2_undtages", condition=Q(er_undtaget=False) | Q(kategori=2)),
            models.UniqueConstraint(
                "tilbud",
                Coalesce("fra_aar", Value(0)),
                name="kategoriperiode_en_pr_aar",
                violation_error_message="Der er allerede en kategori fra det år.",
            ),
            aar_i_orden("kategoriperiode_aar_i_orden"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kategori_display()}{', undtaget af aftalen' if self.er_undtaget else ''}"
