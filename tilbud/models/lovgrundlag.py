"""The paragraphs a *tilbud* can rest on: what is covered (T1) is data with years, never code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from socialaftale.kerne.begraensning import Kontrol
from tilbud.enums import Omfattelse
from tilbud.models.aar import aar_i_orden
from tilbud.models.tilbud import Tilbud

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang


class LovgrundlagQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> LovgrundlagQuerySet:
        """The list of paragraphs is public."""
        return self

    def gaeldende(self, aar: int) -> LovgrundlagQuerySet:
        return self.filter(Q(fra_aar__isnull=True) | Q(fra_aar__lte=aar)).filter(
            Q(til_aar__isnull=True) | Q(til_aar__gte=aar)
        )


class Lovgrundlag(models.Model):
    """A paragraph ("SEL § 107") with what it means under T1, for the years in which that holds."""

    slug = models.SlugField("slug", max_length=60, unique=True)
    # As printed: "SEL § 66, stk. 1, nr. 7"; `kortform` is how lists show it.
    paragraf = models.CharField("paragraf", max_length=120)
    betegnelse = models.CharField("betegnelse", max_length=200, blank=True)
    # The number and name of the type in T1; NULL for paragraphs outside the list.
    typenummer = models.PositiveSmallIntegerField("type", null=True, blank=True)
    typenavn = models.CharField("typens navn", max_length=200, blank=True)
    omfattet = models.CharField("omfattet af styringsaftalen", max_length=20, choices=Omfattelse)
    # An old reference that means a present one (SEL § 67 → SEL § 66).
    afloest_af = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="tidligere", verbose_name="afløst af"
    )
    fra_aar = models.PositiveSmallIntegerField("fra år", null=True, blank=True)
    til_aar = models.PositiveSmallIntegerField("til og med år", null=True, blank=True)
    raekkefoelge = models.PositiveSmallIntegerField("rækkefølge", default=999)
    kilde = models.CharField("kilde", max_length=200, blank=True)

    objects = LovgrundlagQuerySet.as_manager()

    class Meta:
        verbose_name = "lovgrundlag"
        verbose_name_plural = "lovgrundlag"
        ordering = ["raekkefoelge", "paragraf", "pk"]
        constraints = [
            Kontrol(name="lovgrundlag_omfattet_kendt", condition=Q(omfattet__in=Omfattelse.values)),
            models.UniqueConstraint(
                "paragraf",
                Coalesce("fra_aar", Value(0)),
                name="lovgrundlag_paragraf_unik",
                violation_error_message="Paragraffen står der allerede.",
            ),
            aar_i_orden("lovgrundlag_aar_i_orden"),
        ]

    def __str__(self) -> str:
        return self.paragraf


class Tilbudslovgrundlag(models.Model):
    """A paragraph that a *tilbud* rests on, as a source gives it."""

    tilbud = models.ForeignKey(Tilbud, on_delete=models.CASCADE, related_name="lovgrundlag", verbose_name="tilbud")
    lovgrundlag = models.ForeignKey(
        Lovgrundlag, on_delete=models.PROTECT, related_name="tilbud", verbose_name="lovgrundlag"
    )
    # SEL § 85 support in a dwelling under ABL § 105 is reported together with it (T1).
    er_sekundaer = models.BooleanField("sekundært", default=False)
    fra_aar = models.PositiveSmallIntegerField("fra år", null=True, blank=True)
    til_aar = models.PositiveSmallIntegerField("til og med år", null=True, blank=True)
    # The reference as the source prints it.
    kildetekst = models.CharField("i kildens ord", max_length=200, blank=True)

    class Meta:
        verbose_name = "tilbuddets lovgrundlag"
        verbose_name_plural = "tilbuddets lovgrundlag"
        ordering = ["tilbud_id", "er_sekundaer", "lovgrundlag__raekkefoelge", "pk"]
        constraints = [
            models.UniqueConstraint(
                "tilbud",
                "lovgrundlag",
                Coalesce("fra_aar", Value(0)),
                name="tilbudslovgrundlag_unikt",
                violation_error_message="Lovgrundlaget står der allerede.",
            ),
            aar_i_orden("tilbudslovgrundlag_aar_i_orden"),
        ]

    def __str__(self) -> str:
        return str(self.lovgrundlag)
