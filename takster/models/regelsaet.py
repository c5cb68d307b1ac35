"""The limits of a styringsaftale as data with a period and a source, so that no limit is written in code."""

from __future__ import annotations

import dataclasses
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from socialaftale.kerne.begraensning import Kontrol
from takster.beregning.regelsaet import Regler

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang

_FELTER = {felt.name: felt for felt in dataclasses.fields(Regler)}


def _laes_graense(navn: str, vaerdi: Any) -> Decimal | int:
    """A stored limit as the type `Regler` wants; percentages and amounts are kept as text, so no digit is lost."""
    standard = _FELTER[navn].default
    if isinstance(standard, Decimal):
        if not isinstance(vaerdi, str):
            raise ValidationError({"graenser": f"Grænsen {navn} skal stå som tekst, fx “95”."})
        try:
            tal = Decimal(vaerdi)
        except InvalidOperation as fejl:
            raise ValidationError({"graenser": f"Grænsen {navn} er ikke et tal: {vaerdi}"}) from fejl
        if not tal.is_finite() or tal < 0:
            raise ValidationError({"graenser": f"Grænsen {navn} skal være 0 eller mere."})
        return tal
    if isinstance(vaerdi, bool) or not isinstance(vaerdi, int) or vaerdi < 0:
        raise ValidationError({"graenser": f"Grænsen {navn} skal være et helt tal."})
    return vaerdi


class RegelsaetQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> RegelsaetQuerySet:
        """The limits are part of the published *styringsaftale*."""
        return self

    def for_aar(self, aar: int) -> Regelsaet | None:
        """The rule set in force for a tariff year, or None."""
        return (
            self.filter(fra_aar__lte=aar)
            .filter(Q(til_aar__isnull=True) | Q(til_aar__gte=aar))
            .order_by("-fra_aar", "pk")
            .first()
        )


class Regelsaet(models.Model):
    """The limits of one version of the *styringsaftale*.

    `graenser` maps each field of `Regler` to {"vaerdi", "regel", "kilde"}; a limit that is not named there has the
    default of `Regler`. Percentages and amounts are texts, counts are whole numbers.
    """

    navn = models.CharField("navn", max_length=100, unique=True)
    fra_aar = models.PositiveSmallIntegerField("fra takstår", unique=True)
    # NULL: until the next version.
    til_aar = models.PositiveSmallIntegerField("til og med takstår", null=True, blank=True)
    graenser = models.JSONField("grænser", default=dict, blank=True)
    # T76: the notice buyers give, in words.
    varsel = models.CharField("opsigelsesvarsel", max_length=100, blank=True)
    note = models.TextField("note", blank=True)
    # Counts saves, so that a later save by another is noticed.
    version = models.PositiveIntegerField("version", default=1)

    objects = RegelsaetQuerySet.as_manager()

    class Meta:
        verbose_name = "regelsæt"
        verbose_name_plural = "regelsæt"
        ordering = ["fra_aar", "pk"]
        constraints = [
            Kontrol(
                name="regelsaet_aar_i_orden",
                condition=Q(til_aar__isnull=True) | Q(til_aar__gte=F("fra_aar")),
                violation_error_message="Det første år skal ligge før det sidste.",
            ),
        ]

    def __str__(self) -> str:
        return self.navn

    def get_absolute_url(self) -> str:
        return reverse("takster:regelsaet", kwargs={"aar": self.fra_aar})

    @property
    def periode(self) -> str:
        """The tariff years in words."""
        return f"fra {self.fra_aar}" if self.til_aar is None else f"{self.fra_aar}-{self.til_aar}"

    def er_laast(self) -> bool:
        """A published round was calculated with it, so that it never changes again."""
        return self.runder.filter(tilstand="offentliggjort").exists()

    def saet_graense(self, navn: str, vaerdi: Decimal | int, *, regel: str, kilde: str) -> None:
        """Put a limit in as it is stored: decimals as text, counts as whole numbers."""
        lagret = int(vaerdi) if isinstance(_FELTER[navn].default, int) else str(Decimal(vaerdi).normalize())
        self.graenser = {**self.graenser, navn: {"vaerdi": lagret, "regel": regel, "kilde": kilde}}

    def clean(self) -> None:
        self.regler()

    def regler(self) -> Regler:
        """The limits as one value; raises ValidationError for an unknown name or a value of the wrong kind."""
        if ukendte := sorted(set(self.graenser) - set(_FELTER)):
            raise ValidationError({"graenser": f"Ukendte grænser: {', '.join(ukendte)}"})
        return Regler(**{navn: _laes_graense(navn, post["vaerdi"]) for navn, post in self.graenser.items()})

    def kilde(self, navn: str) -> str:
        """Where a limit comes from, e.g. "Styringsaftale 2021, afsnit 5.2"."""
        return self.graenser.get(navn, {}).get("kilde", "")
