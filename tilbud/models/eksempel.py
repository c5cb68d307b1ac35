"""Buyers, and the invented completion that lets every page of the demo be used without touching the real rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from socialaftale.kerne.begraensning import Kontrol
from socialaftale.kerne.models import Organisation
from tilbud.models.tilbud import Tilbud

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang


class KoeberkommuneQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> KoeberkommuneQuerySet:
        """Who buys is for the secretariat and the *driftsherre* itself (T3 needs it; no page is public)."""
        if adgang.er_sekretariat:
            return self
        if adgang.er_driftsherre and adgang.organisation:
            return self.filter(tilbud__driftsherre=adgang.organisation)
        return self.none()


class Koeberkommune(models.Model):
    """A *køberkommune* of a *tilbud* in a year (T3, T8); any municipality, inside or outside the region."""

    tilbud = models.ForeignKey(Tilbud, on_delete=models.CASCADE, related_name="koebere", verbose_name="tilbud")
    kommune = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="køberkommune")
    aar = models.PositiveSmallIntegerField("år")
    kilde = models.CharField("kilde", max_length=200, blank=True)
    er_eksempel = models.BooleanField("eksempel", default=False)

    objects = KoeberkommuneQuerySet.as_manager()

    class Meta:
        verbose_name = "køberkommune"
        verbose_name_plural = "køberkommuner"
        ordering = ["tilbud_id", "-aar", "kommune__raekkefoelge", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tilbud", "kommune", "aar"],
                name="koeberkommune_unik",
                violation_error_message="Kommunen står der allerede for året.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kommune}, {self.aar}"


class Tilbudseksempel(models.Model):
    """Invented location and target group for a *tilbud* whose sources lack them; shown as "Eksempel", never mixed."""

    tilbud = models.OneToOneField(Tilbud, on_delete=models.CASCADE, related_name="eksempel", verbose_name="tilbud")
    beliggenhedskommune = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="beliggenhedskommune",
    )
    maalgruppe = models.TextField("målgruppe", blank=True)

    class Meta:
        verbose_name = "eksempeloplysninger"
        verbose_name_plural = "eksempeloplysninger"
        constraints = [
            Kontrol(
                name="tilbudseksempel_ikke_tomt",
                condition=Q(beliggenhedskommune__isnull=False) | ~Q(maalgruppe=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Eksempel for {self.tilbud}"
