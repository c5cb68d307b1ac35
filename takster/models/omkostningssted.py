"""Cost places (*omkostningssteder*) of an indberetning: where costs are booked, and the keys that distribute them.

Final places are the takstskemaer themselves, so that there is exactly one per ydelse (T56). Temporary and external
places are the driftsherre's own.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from socialaftale.kerne.begraensning import Kontrol
from takster.enums import Noeglegrundlag, Stedtype
from takster.models.runde import Indberetning
from takster.models.skema import POSTVALG, Takstskema

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang


class OmkostningsstedQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> OmkostningsstedQuerySet:
        """They hold cost lines, so they are for those who see the lines of the indberetning."""
        return self.filter(indberetning__in=Indberetning.objects.med_linjer_for(adgang))


class Omkostningssted(models.Model):
    """A place costs are booked on; `skema` is set for a final place and for that kind only."""

    indberetning = models.ForeignKey(
        Indberetning, on_delete=models.CASCADE, related_name="omkostningssteder", verbose_name="indberetning"
    )
    navn = models.CharField("navn", max_length=120)
    type = models.CharField("type", max_length=12, choices=Stedtype)
    skema = models.OneToOneField(
        Takstskema, on_delete=models.CASCADE, null=True, blank=True, related_name="omkostningssted"
    )
    # T58: authority tasks belong outside the tariff, also their share of what is common.
    er_myndighed = models.BooleanField("løser myndighedsopgaver", default=False)
    betjener_myndighed = models.BooleanField("arbejder også for myndighedsopgaver", default=False)
    # NULL: not distributed yet; what it holds is shown as remainder.
    noegle = models.ForeignKey(
        "takster.Fordelingsnoegle",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="steder",
        verbose_name="fordelingsnøgle",
    )
    version = models.PositiveIntegerField("version", default=1)

    objects = OmkostningsstedQuerySet.as_manager()

    class Meta:
        verbose_name = "omkostningssted"
        verbose_name_plural = "omkostningssteder"
        ordering = ["indberetning_id", "type", "navn", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indberetning", "navn"],
                name="omkostningssted_unikt",
                violation_error_message="Der er allerede et omkostningssted med det navn.",
            ),
            Kontrol(name="omkostningssted_type_kendt", condition=Q(type__in=Stedtype.values)),
            Kontrol(
                name="omkostningssted_endeligt_har_skema",
                condition=Q(type=Stedtype.ENDELIG, skema__isnull=False)
                | (~Q(type=Stedtype.ENDELIG) & Q(skema__isnull=True)),
            ),
            Kontrol(
                name="omkostningssted_kun_midlertidigt_fordeles",
                condition=Q(noegle__isnull=True) | Q(type=Stedtype.MIDLERTIDIG),
                violation_error_message="Kun et midlertidigt omkostningssted kan fordeles.",
            ),
        ]

    def __str__(self) -> str:
        return self.navn

    @property
    def kode(self) -> str:
        """What the calculation calls it."""
        return str(self.pk)

    def beloeb(self) -> dict[str, Decimal]:
        """Booked amounts by line code; uses prefetched rows."""
        return {post.post: post.beloeb for post in self.poster.all()}


class Stedpost(models.Model):
    """An amount booked on a place and a cost line, in kroner."""

    sted = models.ForeignKey(Omkostningssted, on_delete=models.CASCADE, related_name="poster", verbose_name="sted")
    post = models.CharField("post", max_length=4, choices=POSTVALG)
    beloeb = models.DecimalField("beløb i kr.", max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = "bogført beløb"
        verbose_name_plural = "bogførte beløb"
        ordering = ["sted_id", "post", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["sted", "post"], name="stedpost_unik"),
            Kontrol(name="stedpost_post_kendt", condition=Q(post__in=[kode for kode, _ in POSTVALG])),
        ]

    def __str__(self) -> str:
        return f"{self.post}: {self.beloeb}"


class FordelingsnoegleQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> FordelingsnoegleQuerySet:
        """As the places they distribute to."""
        return self.filter(indberetning__in=Indberetning.objects.med_linjer_for(adgang))


class Fordelingsnoegle(models.Model):
    """T57: a named key and what it measures."""

    indberetning = models.ForeignKey(
        Indberetning, on_delete=models.CASCADE, related_name="fordelingsnoegler", verbose_name="indberetning"
    )
    navn = models.CharField("navn", max_length=80)
    grundlag = models.CharField("fordeles efter", max_length=12, choices=Noeglegrundlag)
    version = models.PositiveIntegerField("version", default=1)

    objects = FordelingsnoegleQuerySet.as_manager()

    class Meta:
        verbose_name = "fordelingsnøgle"
        verbose_name_plural = "fordelingsnøgler"
        ordering = ["indberetning_id", "navn", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indberetning", "navn"],
                name="fordelingsnoegle_unik",
                violation_error_message="Der er allerede en fordelingsnøgle med det navn.",
            ),
            Kontrol(name="fordelingsnoegle_grundlag_kendt", condition=Q(grundlag__in=Noeglegrundlag.values)),
        ]

    def __str__(self) -> str:
        return self.navn

    @property
    def kode(self) -> str:
        return str(self.pk)


class Noeglemaengde(models.Model):
    """What one receiving place has of the key's measure; a share is a fraction of 1."""

    noegle = models.ForeignKey(
        Fordelingsnoegle, on_delete=models.CASCADE, related_name="maengder", verbose_name="fordelingsnøgle"
    )
    sted = models.ForeignKey(
        Omkostningssted, on_delete=models.CASCADE, related_name="maengder", verbose_name="omkostningssted"
    )
    maengde = models.DecimalField("mængde", max_digits=14, decimal_places=6)

    class Meta:
        verbose_name = "mængde i fordelingsnøgle"
        verbose_name_plural = "mængder i fordelingsnøgler"
        ordering = ["noegle_id", "sted_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["noegle", "sted"], name="noeglemaengde_unik"),
            Kontrol(name="noeglemaengde_ikke_negativ", condition=Q(maengde__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.sted}: {self.maengde}"

    def clean(self) -> None:
        if self.noegle.indberetning_id != self.sted.indberetning_id:
            raise ValidationError("Stedet hører til en anden indberetning.")
