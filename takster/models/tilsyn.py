"""What the supervision (*socialtilsynet*) charges for the general supervision, by year and size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from socialaftale.kerne.begraensning import Kontrol
from takster.beregning.tilsyn import Tilsynstrin

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang


class TilsynssatsQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> TilsynssatsQuerySet:
        """The supervision publishes its tariffs."""
        return self

    def som_trin(self, aar: int) -> tuple[Tilsynstrin, ...]:
        """The steps of a tariff year as values; one query."""
        return tuple(
            Tilsynstrin(
                aar=sats.aar,
                pladser_fra=sats.pladser_fra,
                pladser_til=sats.pladser_til,
                beloeb=sats.beloeb,
                er_eksempel=sats.er_eksempel,
            )
            for sats in self.filter(aar=aar)
        )


class Tilsynssats(models.Model):
    """The yearly price of the general supervision of a tilbud with so many approved places (T46), in kroner."""

    aar = models.PositiveSmallIntegerField("takstår")
    pladser_fra = models.PositiveSmallIntegerField("godkendte pladser fra")
    # NULL: no upper end.
    pladser_til = models.PositiveSmallIntegerField("til og med", null=True, blank=True)
    beloeb = models.DecimalField("pris pr. år", max_digits=12, decimal_places=2)
    kilde = models.CharField("kilde", max_length=200)
    er_eksempel = models.BooleanField("eksempeltal", default=False)

    objects = TilsynssatsQuerySet.as_manager()

    class Meta:
        verbose_name = "tilsynstakst"
        verbose_name_plural = "tilsynstakster"
        ordering = ["aar", "pladser_fra"]
        constraints = [
            models.UniqueConstraint(
                fields=["aar", "pladser_fra"],
                name="tilsynssats_unik",
                violation_error_message="Der er allerede en tilsynstakst for året og antallet.",
            ),
            Kontrol(
                name="tilsynssats_pladser_i_orden",
                condition=Q(pladser_til__isnull=True) | Q(pladser_til__gte=F("pladser_fra")),
                violation_error_message="Det største antal pladser skal være mindst lige så stort som det mindste.",
            ),
            Kontrol(name="tilsynssats_ikke_negativ", condition=Q(beloeb__gte=0)),
        ]

    def __str__(self) -> str:
        return f"Tilsynstakst {self.aar}, {self.pladser_fra} pladser og op"
