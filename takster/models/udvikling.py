"""What is compared across years besides the tariffs themselves: printed averages and agreed reductions."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from socialaftale.kerne import dansk
from socialaftale.kerne.begraensning import Kontrol

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang

HAR_ALLEREDE = "Målet har allerede et krav for det år."


class TryktUdviklingQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> TryktUdviklingQuerySet:
        """Printed in open agendas."""
        return self


class TryktUdvikling(models.Model):
    """The average change of one driftsherre's tariffs as a source prints it; the tariffs behind are not known (T92).

    `korrigeret_pct` is what the source gives when one tilbud is left out, told in `korrektion`.
    """

    fra_aar = models.PositiveSmallIntegerField("fra år")
    til_aar = models.PositiveSmallIntegerField("til år")
    # As the source calls it: it may be nobody in this installation.
    driftsherre = models.CharField("driftsherre", max_length=150, db_collation=dansk.SORTERING)
    pct = models.DecimalField("gennemsnitlig ændring i procent", max_digits=6, decimal_places=2)
    korrigeret_pct = models.DecimalField(
        "ændring uden ét tilbud", max_digits=6, decimal_places=2, null=True, blank=True
    )
    korrektion = models.CharField("hvad der er udeladt", max_length=200, blank=True)
    kilde = models.CharField("kilde", max_length=200)

    objects = TryktUdviklingQuerySet.as_manager()

    class Meta:
        verbose_name = "trykt takstudvikling"
        verbose_name_plural = "trykte takstudviklinger"
        ordering = ["fra_aar", "til_aar", "driftsherre", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["fra_aar", "til_aar", "driftsherre"], name="tryktudvikling_unik"),
            Kontrol(name="tryktudvikling_aar_i_orden", condition=Q(til_aar__gt=F("fra_aar"))),
        ]

    def __str__(self) -> str:
        return f"{self.driftsherre} {self.fra_aar}–{self.til_aar}"


class ReduktionsmaalQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> ReduktionsmaalQuerySet:
        """Agreed in the published rammeaftale."""
        return self


class Reduktionsmaal(models.Model):
    """One year of an agreed reduction (*reduktionsmål*, T91): how much less that year, in percent of the base year.

    The years of a target follow its base year one by one and are added up. NULL driftsherre: all without one of
    their own from the same base year.
    """

    driftsherre = models.ForeignKey(
        "kerne.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reduktionsmaal",
        verbose_name="driftsherre",
    )
    basisaar = models.PositiveSmallIntegerField("basisår")
    aar = models.PositiveSmallIntegerField("år")
    takst_pct = models.DecimalField("generel takstreduktion", max_digits=5, decimal_places=2)
    dialog_pct = models.DecimalField("dialogbaseret reduktion", max_digits=5, decimal_places=2, default=0)
    kilde = models.CharField("kilde", max_length=200)
    er_eksempel = models.BooleanField("eksempeltal", default=False)
    # Counts saves, so that a later save by another is noticed.
    version = models.PositiveIntegerField("version", default=1)

    objects = ReduktionsmaalQuerySet.as_manager()

    class Meta:
        verbose_name = "reduktionsmål"
        verbose_name_plural = "reduktionsmål"
        ordering = ["-basisaar", "driftsherre__raekkefoelge", "aar", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["driftsherre", "basisaar", "aar"],
                name="reduktionsmaal_unikt",
                violation_error_message=HAR_ALLEREDE,
            ),
            models.UniqueConstraint(
                fields=["basisaar", "aar"],
                condition=Q(driftsherre__isnull=True),
                name="reduktionsmaal_alle_unikt",
                violation_error_message=HAR_ALLEREDE,
            ),
            Kontrol(
                name="reduktionsmaal_aar_i_orden",
                condition=Q(aar__gt=F("basisaar")),
                violation_error_message="Året skal ligge efter basisåret.",
            ),
            Kontrol(
                name="reduktionsmaal_pct_i_orden",
                condition=Q(takst_pct__gte=0, takst_pct__lte=100, dialog_pct__gte=0, dialog_pct__lte=100),
                violation_error_message="Reduktionen skal være mellem 0 og 100 procent.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.driftsherre or 'Alle driftsherrer'}: {self.basisaar}–{self.aar}"

    @property
    def i_alt_pct(self) -> Decimal:
        """The whole reduction of the year."""
        return self.takst_pct + self.dialog_pct
