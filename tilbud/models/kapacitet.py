"""Stated capacity (*pladsopgørelse*): a dated snapshot of places per municipality of location in three series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from socialaftale.kerne.begraensning import Kontrol
from socialaftale.kerne.enums import Organisationstype
from socialaftale.kerne.models import Organisation

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang


class PladsopgoerelseQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> PladsopgoerelseQuerySet:
        """The secretariat sees drafts of a statement too, everyone else what is published."""
        return self if adgang.er_sekretariat else self.offentliggjorte()

    def offentliggjorte(self) -> PladsopgoerelseQuerySet:
        return self.filter(offentliggjort=True)


class Pladsopgoerelse(models.Model):
    """What the agreement of an *aftaleperiode* states about the places of a year.

    One published statement a period, so that every text, map and table of the period says the same.
    """

    aftaleperiode = models.CharField(
        "aftaleperiode",
        max_length=9,
        validators=[RegexValidator(r"^\d{4}(-\d{4})?\Z", "Skriv perioden som to årstal, fx 2023-2024.")],
    )
    version = models.CharField("version", max_length=40)
    # The year the places were counted for: earlier than the period.
    statistik_aar = models.PositiveSmallIntegerField(
        "statistikår", validators=[MinValueValidator(1970), MaxValueValidator(2100)]
    )
    kilde = models.CharField("kilde", max_length=200)
    bemaerkning = models.TextField("bemærkning", blank=True)
    offentliggjort = models.BooleanField("offentliggjort", default=False)

    objects = PladsopgoerelseQuerySet.as_manager()

    class Meta:
        verbose_name = "pladsopgørelse"
        verbose_name_plural = "pladsopgørelser"
        ordering = ["-aftaleperiode", "version", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["aftaleperiode", "version"],
                name="pladsopgoerelse_unik",
                violation_error_message="Der er allerede en opgørelse med den version for perioden.",
            ),
            models.UniqueConstraint(
                fields=["aftaleperiode"],
                condition=Q(offentliggjort=True),
                name="pladsopgoerelse_en_offentliggjort",
                violation_error_message="Perioden har allerede en offentliggjort opgørelse.",
            ),
        ]

    def __str__(self) -> str:
        return f"Pladser {self.aftaleperiode}, {self.version}"


class KommunepladserQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> KommunepladserQuerySet:
        """Rows follow their statement."""
        return self if adgang.er_sekretariat else self.offentliggjorte()

    def offentliggjorte(self) -> KommunepladserQuerySet:
        return self.filter(opgoerelse__offentliggjort=True)


class Kommunepladser(models.Model):
    """The places located in one municipality (*beliggenhedskommune*); each place is counted in one series only."""

    opgoerelse = models.ForeignKey(
        Pladsopgoerelse, on_delete=models.CASCADE, related_name="kommuner", verbose_name="opgørelse"
    )
    kommune = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="pladstal", verbose_name="beliggenhedskommune"
    )
    kommunale = models.PositiveIntegerField("kommunale pladser uden for aftalen")
    private = models.PositiveIntegerField("private pladser")
    socialaftale = models.PositiveIntegerField("pladser i socialaftalen")

    objects = KommunepladserQuerySet.as_manager()

    class Meta:
        verbose_name = "kommunens pladser"
        verbose_name_plural = "kommunernes pladser"
        ordering = ["opgoerelse_id", "kommune__raekkefoelge", "kommune__navn", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["opgoerelse", "kommune"],
                name="kommunepladser_unik",
                violation_error_message="Kommunen står der allerede.",
            ),
            # SQLite and PostgreSQL check unsigned columns themselves; the named check gives the user a sentence.
            Kontrol(
                name="kommunepladser_ikke_negative",
                condition=Q(kommunale__gte=0) & Q(private__gte=0) & Q(socialaftale__gte=0),
                violation_error_message="Et antal pladser kan ikke være under nul.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kommune}, {self.opgoerelse}"

    def clean(self) -> None:
        """Places lie in a municipality; a region's places count where they lie."""
        if self.kommune_id and self.kommune.type != Organisationstype.KOMMUNE:
            raise ValidationError({"kommune": "Vælg en kommune. Regionens pladser tælles, hvor de ligger."})
