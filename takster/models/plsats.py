"""Price and wage rates (*pris- og lønsatser*) with kind and source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from socialaftale.kerne.begraensning import Kontrol
from takster.beregning.regulering import SERVICE, PlSats

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang


class PLsatsQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> PLsatsQuerySet:
        """The rates are published by others."""
        return self

    def gaeldende(self) -> PLsatsQuerySet:
        """The newest version of each year and kind."""
        return self.filter(er_gaeldende=True)

    def som_vaerdier(self, type_: str = SERVICE) -> tuple[PlSats, ...]:
        """All rates in force of a kind as values; one query."""
        return tuple(
            PlSats(fra_aar=fra, til_aar=til, pct=pct, type=slags, kilde=kilde)
            for fra, til, pct, slags, kilde in self.gaeldende()
            .filter(type=type_)
            .values_list("fra_aar", "til_aar", "sats_pct", "type", "kilde")
        )


class PLsats(models.Model):
    """The change in prices and wages from one year to the next, as printed in one publication (T93).

    Rates are corrected by their publisher afterwards. A row is never changed but for `er_gaeldende`: a correction is
    a new version, so that it can be seen what an earlier figure was computed with.
    """

    fra_aar = models.PositiveSmallIntegerField("fra år")
    til_aar = models.PositiveSmallIntegerField("til år")
    type = models.CharField("type", max_length=30, default=SERVICE)
    sats_pct = models.DecimalField("sats i procent", max_digits=5, decimal_places=2)
    kilde = models.CharField("kilde", max_length=200)
    # The issue of the publication, e.g. "juni 2023"; "" when the source names none.
    udgave = models.CharField("udgave", max_length=100, blank=True)
    version = models.PositiveSmallIntegerField("version", default=1)
    er_gaeldende = models.BooleanField("gældende", default=True)
    er_eksempel = models.BooleanField("eksempeltal", default=False)

    objects = PLsatsQuerySet.as_manager()

    class Meta:
        verbose_name = "pris- og lønsats"
        verbose_name_plural = "pris- og lønsatser"
        ordering = ["fra_aar", "type", "version", "pk"]
        constraints = [
            Kontrol(
                name="plsats_et_aar_ad_gangen",
                condition=Q(til_aar=F("fra_aar") + 1),
                violation_error_message="En sats går fra et år til det næste.",
            ),
            models.UniqueConstraint(fields=["fra_aar", "type", "version"], name="plsats_version_unik"),
            models.UniqueConstraint(
                fields=["fra_aar", "type"],
                condition=Q(er_gaeldende=True),
                name="plsats_unik",
                violation_error_message="Der er allerede en sats for året.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fra_aar}–{self.til_aar} {self.type}"
