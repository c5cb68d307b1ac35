"""Organisations and their names through time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from socialaftale.kerne import dansk
from socialaftale.kerne.begraensning import Kontrol
from socialaftale.kerne.enums import Organisationstype

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang


class OrganisationQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> OrganisationQuerySet:
        """Names of organisations are public; nothing else hangs on the row."""
        return self

    def parter(self) -> OrganisationQuerySet:
        """Parties to the *socialaftale*: the municipalities and the region."""
        return self.filter(er_part=True)

    def kommuner(self) -> OrganisationQuerySet:
        """The municipalities that are parties, in the agreement's order."""
        return self.parter().filter(type=Organisationstype.KOMMUNE).order_by("raekkefoelge", "pk")

    def driftsherrer(self) -> OrganisationQuerySet:
        """Operators that report tariffs: parties that run *socialaftaletilbud*."""
        return self.parter().filter(er_driftsherre=True)


class Organisation(models.Model):
    """An *aktør*: municipality, region, secretariat, operator or agency, under its present name."""

    slug = models.SlugField("slug", max_length=80, unique=True)
    type = models.CharField("type", max_length=20, choices=Organisationstype)
    navn = models.CharField("navn", max_length=150, db_collation=dansk.SORTERING)
    kortnavn = models.CharField("kort navn", max_length=80, db_collation=dansk.SORTERING)
    # Municipality code (3 digits) or region code (4 digits); empty for others.
    kode = models.PositiveSmallIntegerField("kode", null=True, blank=True, unique=True)
    raekkefoelge = models.PositiveSmallIntegerField("rækkefølge", default=999)
    er_part = models.BooleanField("part i aftalen", default=False)
    er_driftsherre = models.BooleanField("driver socialaftaletilbud", default=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "organisation"
        verbose_name_plural = "organisationer"
        ordering = ["raekkefoelge", "navn", "pk"]
        constraints = [
            Kontrol(name="organisation_type_kendt", condition=Q(type__in=Organisationstype.values)),
        ]

    def __str__(self) -> str:
        return self.kortnavn

    @property
    def er_region(self) -> bool:
        return self.type == Organisationstype.REGION

    @property
    def er_kommune(self) -> bool:
        return self.type == Organisationstype.KOMMUNE

    def navn_i(self, aar: int) -> str:
        """What the organisation was called in that year, so that an old document keeps the old name."""
        for tidligere in self.tidligere_navne.all():
            if (tidligere.fra_aar or 0) <= aar <= (tidligere.til_aar or 9999):
                return tidligere.navn
        return self.navn


class Organisationsnavn(models.Model):
    """A former name with year precision; an unknown start is left empty."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="tidligere_navne")
    navn = models.CharField("navn", max_length=150)
    fra_aar = models.PositiveSmallIntegerField("fra år", null=True, blank=True)
    til_aar = models.PositiveSmallIntegerField("til og med år", null=True, blank=True)
    kilde = models.CharField("kilde", max_length=200, blank=True)

    class Meta:
        verbose_name = "tidligere navn"
        verbose_name_plural = "tidligere navne"
        ordering = ["organisation", "til_aar", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "navn", "til_aar"], name="organisationsnavn_unikt"),
            Kontrol(
                name="organisationsnavn_aar_i_orden",
                condition=Q(fra_aar__isnull=True) | Q(til_aar__isnull=True) | Q(fra_aar__lte=F("til_aar")),
                violation_error_message="Det første år skal ligge før det sidste.",
            ),
        ]

    def __str__(self) -> str:
        return self.navn
