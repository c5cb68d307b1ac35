"""Accounts and capacity of the annual reports: coarse posts as the reports have them, never the lines of T42."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from socialaftale.kerne.enums import Rolle
from takster.beregning.belaegning import realiseret_belaegning
from takster.beregning.resultat import Aarsresultat
from takster.enums import Aartype, Kapacitetsenhed, Regnskabspostart

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang


class RegnskabQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> RegnskabQuerySet:
        """The matrix, row "annual report": published for all; the rest for the driftsherre, DAS and the groups."""
        if adgang.er_sekretariat or adgang.har(
            Rolle.DAS_MEDLEM, Rolle.FU_MEDLEM, Rolle.UDVIKLINGSGRUPPE, Rolle.EKSPERTPANEL
        ):
            return self
        synlige = Q(offentliggjort=True)
        if adgang.har(Rolle.DRIFTSHERRE_INDBERETTER, Rolle.DRIFTSHERRE_GODKENDER, Rolle.REVISOR):
            synlige |= Q(tilbud__driftsherre=adgang.organisation)
        return self.filter(synlige)


class Regnskab(models.Model):
    """A year's accounts of a tilbud as its annual report gives them; amounts in kroner.

    Signs are the product's: costs and income are 0 or more, and the result is income less costs. `budget_oplyst` and
    `resultat_oplyst` are as printed, sign turned to ours for the result; what differs from our own figure is told in
    `bemaerkninger`, one remark a line.
    """

    tilbud = models.ForeignKey(
        "tilbud.Tilbud", on_delete=models.PROTECT, related_name="regnskaber", verbose_name="tilbud"
    )
    aar = models.PositiveSmallIntegerField("år")
    aartype = models.CharField("årets status", max_length=20, choices=Aartype)
    # The takstberegningsgrundlag G of the year; NULL when the report has none.
    budget = models.DecimalField("bruttobudget", max_digits=14, decimal_places=2, null=True, blank=True)
    budget_oplyst = models.DecimalField(
        "bruttobudget som trykt", max_digits=14, decimal_places=2, null=True, blank=True
    )
    resultat_oplyst = models.DecimalField("resultat som trykt", max_digits=14, decimal_places=2, null=True, blank=True)
    # What the figures cover when it is not just the tilbud of that name.
    daekker = models.CharField("dækker", max_length=200, blank=True)
    bemaerkninger = models.TextField("bemærkninger", blank=True)
    # Why no tariff can be computed, when that is so.
    uden_takst = models.TextField("hvorfor der ikke kan beregnes en takst", blank=True)
    kilde = models.CharField("kilde", max_length=200)
    offentliggjort = models.BooleanField("offentliggjort", default=False)
    er_eksempel = models.BooleanField("eksempeltal", default=False)

    objects = RegnskabQuerySet.as_manager()

    class Meta:
        verbose_name = "regnskab"
        verbose_name_plural = "regnskaber"
        ordering = ["tilbud__navn", "aar", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["tilbud", "aar"], name="regnskab_unikt"),
            models.CheckConstraint(name="regnskab_aartype_kendt", condition=Q(aartype__in=Aartype.values)),
            models.CheckConstraint(
                name="regnskab_budget_ikke_negativt", condition=Q(budget__isnull=True) | Q(budget__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tilbud}, regnskab {self.aar}"

    @property
    def bemaerkningsliste(self) -> list[str]:
        return [linje for linje in self.bemaerkninger.splitlines() if linje]

    def post(self, art: str) -> Decimal:
        """The amount of one post, 0 when the report has none; uses prefetched rows."""
        return next((post.beloeb for post in self.poster.all() if post.art == art), Decimal(0))

    def aarsresultat(self) -> Aarsresultat:
        """Income, costs and what they are measured by; uses prefetched rows."""
        poster = {post.art: post.beloeb for post in self.poster.all()}
        indtaegter = poster.pop(Regnskabspostart.TAKSTINDTAEGTER, Decimal(0))
        return Aarsresultat(indtaegter=indtaegter, omkostninger=sum(poster.values(), Decimal(0)), grundlag=self.budget)


class Regnskabspost(models.Model):
    """One post of an account; 0 or more, income as well as costs."""

    regnskab = models.ForeignKey(Regnskab, on_delete=models.CASCADE, related_name="poster", verbose_name="regnskab")
    art = models.CharField("post", max_length=30, choices=Regnskabspostart)
    beloeb = models.DecimalField("beløb i kr.", max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = "regnskabspost"
        verbose_name_plural = "regnskabsposter"
        ordering = ["regnskab_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["regnskab", "art"], name="regnskabspost_unik"),
            models.CheckConstraint(name="regnskabspost_art_kendt", condition=Q(art__in=Regnskabspostart.values)),
        ]

    def __str__(self) -> str:
        return self.get_art_display()


class KapacitetsopgoerelseQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> KapacitetsopgoerelseQuerySet:
        """Follows the account of the same tilbud and year; the rows of published reports are public."""
        return self.filter(tilbud__regnskaber__in=Regnskab.objects.synlige_for(adgang)).distinct()


class Kapacitetsopgoerelse(models.Model):
    """Capacity and activity of a ydelse in a year; the actual occupancy is computed, never typed (T21)."""

    tilbud = models.ForeignKey(
        "tilbud.Tilbud", on_delete=models.PROTECT, related_name="kapacitetsopgoerelser", verbose_name="tilbud"
    )
    # As the source of the year calls it.
    ydelse_navn = models.CharField("ydelse", max_length=200)
    aar = models.PositiveSmallIntegerField("år")
    aartype = models.CharField("årets status", max_length=20, choices=Aartype)
    enhed = models.CharField("opgjort i", max_length=20, choices=Kapacitetsenhed)
    kapacitet = models.DecimalField("kapacitet", max_digits=10, decimal_places=2)
    # NULL: the report has no activity for the year.
    aktivitet = models.DecimalField("aktivitet", max_digits=10, decimal_places=2, null=True, blank=True)
    budgetteret_pct = models.DecimalField(
        "budgetteret belægning", max_digits=5, decimal_places=2, null=True, blank=True
    )
    # As printed, for comparison only; NULL when not printed.
    oplyst_pct = models.DecimalField("belægning som trykt", max_digits=5, decimal_places=2, null=True, blank=True)
    bemaerkninger = models.TextField("bemærkninger", blank=True)
    kilde = models.CharField("kilde", max_length=200)
    er_eksempel = models.BooleanField("eksempeltal", default=False)

    objects = KapacitetsopgoerelseQuerySet.as_manager()

    class Meta:
        verbose_name = "kapacitetsopgørelse"
        verbose_name_plural = "kapacitetsopgørelser"
        ordering = ["tilbud__navn", "ydelse_navn", "aar", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["tilbud", "ydelse_navn", "aar"], name="kapacitetsopgoerelse_unik"),
            models.CheckConstraint(name="kapacitetsopgoerelse_aartype_kendt", condition=Q(aartype__in=Aartype.values)),
            models.CheckConstraint(
                name="kapacitetsopgoerelse_enhed_kendt", condition=Q(enhed__in=Kapacitetsenhed.values)
            ),
            models.CheckConstraint(
                name="kapacitetsopgoerelse_kapacitet_positiv",
                condition=Q(kapacitet__gt=0),
                violation_error_message="Kapaciteten skal være større end 0.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tilbud}, {self.ydelse_navn} {self.aar}"

    @property
    def realiseret_pct(self) -> Decimal | None:
        """T21: activity / capacity in percent, unrounded; None without activity."""
        return realiseret_belaegning(self.aktivitet, self.kapacitet)

    @property
    def bemaerkningsliste(self) -> list[str]:
        return [linje for linje in self.bemaerkninger.splitlines() if linje]
