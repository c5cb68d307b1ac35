"""Accounts: those of the annual reports in coarse posts, and those a driftsherre reports; and capacity by year."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from socialaftale.kerne.begraensning import Kontrol
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.penge import i_alt
from takster.beregning.belaegning import realiseret_belaegning
from takster.beregning.resultat import Aarsresultat
from takster.enums import (
    INDTAEGTSPOSTER,
    Aartype,
    Kapacitetsenhed,
    Opgoerelsesniveau,
    Regnskabspostart,
    Regnskabstilstand,
)

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang


# Handed in: the secretariat has the ball, or has approved.
AFGIVNE_REGNSKABER = (Regnskabstilstand.AFGIVET, Regnskabstilstand.GODKENDT)


class RegnskabQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> RegnskabQuerySet:
        """The matrix, row "annual report": published for all; the rest for the driftsherre, DAS and the groups.

        A reported account is read as the ledger it feeds: the driftsherre its own, others when it is handed in.
        """
        if adgang.er_sekretariat:
            return self
        afgivne = Q(tilstand__in=AFGIVNE_REGNSKABER)
        if adgang.har(Rolle.DAS_MEDLEM, Rolle.FU_MEDLEM):
            return self.filter(Q(tilstand="") | afgivne)
        if adgang.har(Rolle.UDVIKLINGSGRUPPE, Rolle.EKSPERTPANEL):
            return self.filter(tilstand="")
        synlige = Q(offentliggjort=True)
        if adgang.har(Rolle.TAKSTGRUPPE):
            synlige |= afgivne
        if adgang.er_driftsherre:
            synlige |= Q(tilstand="", tilbud__driftsherre=adgang.organisation) | Q(driftsherre=adgang.organisation)
        elif adgang.har(Rolle.REVISOR):
            synlige |= Q(tilstand="", tilbud__driftsherre=adgang.organisation)
            synlige |= afgivne & Q(driftsherre=adgang.organisation)
        return self.filter(synlige)

    def aarsrapporter(self) -> RegnskabQuerySet:
        """What the annual reports print: historic and never reported here."""
        return self.filter(tilstand="")

    def indberettede(self) -> RegnskabQuerySet:
        return self.exclude(tilstand="")

    def til_beregning(self) -> RegnskabQuerySet:
        """With what the division of the result and a page need."""
        return self.select_related("tilbud", "ydelse", "driftsherre", "afgivet_af").prefetch_related("poster")


class Regnskab(models.Model):
    """A year's accounts of a tilbud, as its annual report gives them or as its driftsherre reports them; in kroner.

    A reported account has a `tilstand` and a driftsherre; `maalgruppe` or `ydelse` tell which part of the tilbud it
    covers when the driftsherre accounts finer than by tilbud (T30). The division of its result is always computed.

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

    # From here on only for a reported account; "" is one of an annual report.
    tilstand = models.CharField("tilstand", max_length=20, choices=Regnskabstilstand, blank=True, default="")
    # Whose result it is; it stays theirs when the tilbud is taken over by another.
    driftsherre = models.ForeignKey(
        "kerne.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="regnskaber",
        verbose_name="driftsherre",
    )
    niveau = models.CharField("opgjort for", max_length=20, choices=Opgoerelsesniveau, blank=True, default="")
    maalgruppe = models.CharField("målgruppe", max_length=500, blank=True, default="")
    ydelse = models.ForeignKey(
        "tilbud.Ydelse",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="regnskaber",
        verbose_name="ydelse",
    )
    budget_kilde = models.CharField("kilde til grundlaget", max_length=200, blank=True, default="")
    # What the year's tariffs held from earlier years: money moved between years is no result of this one.
    regulering = models.DecimalField(
        "regulering vedr. tidligere år i årets takst", max_digits=14, decimal_places=2, default=0
    )
    # T23, T26: NULL is not chosen yet.
    hensat = models.DecimalField("hensættes", max_digits=14, decimal_places=2, null=True, blank=True)
    daekning_effektivisering = models.DecimalField(
        "dækkes ved effektivisering", max_digits=14, decimal_places=2, null=True, blank=True
    )
    daekning_hensat = models.DecimalField(
        "dækkes af tidligere hensatte overskud", max_digits=14, decimal_places=2, null=True, blank=True
    )
    # T28: the agreement on a regional deficit that is not covered.
    sagsreference = models.CharField("henvisning til aftalen", max_length=200, blank=True, default="")
    # T61: the first year's loss is spread over the following years.
    fordel_tab = models.BooleanField("fordel tabet i det første driftsår", default=False)
    foerste_driftsaar = models.PositiveSmallIntegerField("tilbuddets første driftsår", null=True, blank=True)
    # T65: the result is moved to the driftsherre's other tilbud.
    er_lukket = models.BooleanField("tilbuddet er lukket", default=False)
    begrundelse = models.TextField("begrundelse", blank=True, default="", max_length=2000)
    version = models.PositiveIntegerField("version", default=1)
    afgivet_tidspunkt = models.DateTimeField("afgivet", null=True, blank=True)
    afgivet_af = models.ForeignKey("kerne.Bruger", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    godkendt_tidspunkt = models.DateTimeField("godkendt", null=True, blank=True)
    retur_begrundelse = models.TextField("begrundelse for returnering", blank=True, default="", max_length=2000)

    objects = RegnskabQuerySet.as_manager()

    class Meta:
        verbose_name = "regnskab"
        verbose_name_plural = "regnskaber"
        ordering = ["tilbud__navn", "aar", "pk"]
        indexes = [models.Index(fields=["driftsherre", "aar", "tilstand"], name="regnskab_driftsherre_aar")]
        constraints = [
            models.UniqueConstraint(fields=["tilbud", "aar"], condition=Q(tilstand=""), name="regnskab_unikt"),
            models.UniqueConstraint(
                fields=["tilbud", "aar", "maalgruppe"],
                condition=~Q(tilstand="") & Q(ydelse__isnull=True),
                name="regnskab_indberettet_unikt",
                violation_error_message="Der er allerede et regnskab for året.",
            ),
            models.UniqueConstraint(
                fields=["ydelse", "aar"],
                condition=~Q(tilstand=""),
                name="regnskab_ydelse_unikt",
                violation_error_message="Der er allerede et regnskab for ydelsen og året.",
            ),
            Kontrol(
                name="regnskab_tilstand_kendt", condition=Q(tilstand="") | Q(tilstand__in=Regnskabstilstand.values)
            ),
            Kontrol(
                name="regnskab_indberettet_har_driftsherre",
                condition=Q(tilstand="", niveau="", driftsherre__isnull=True)
                | (
                    Q(driftsherre__isnull=False, niveau__in=Opgoerelsesniveau.values)
                    & Q(tilstand__in=Regnskabstilstand.values)
                ),
            ),
            Kontrol(
                name="regnskab_afgivet_tidspunkt",
                condition=Q(tilstand__in=AFGIVNE_REGNSKABER, afgivet_tidspunkt__isnull=False)
                | Q(tilstand__in=("", Regnskabstilstand.KLADDE), afgivet_tidspunkt__isnull=True),
            ),
            Kontrol(
                name="regnskab_godkendt_tidspunkt",
                condition=Q(tilstand=Regnskabstilstand.GODKENDT, godkendt_tidspunkt__isnull=False)
                | (~Q(tilstand=Regnskabstilstand.GODKENDT) & Q(godkendt_tidspunkt__isnull=True)),
            ),
            Kontrol(name="regnskab_aartype_kendt", condition=Q(aartype__in=Aartype.values)),
            Kontrol(name="regnskab_budget_ikke_negativt", condition=Q(budget__isnull=True) | Q(budget__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.tilbud}, regnskab {self.aar}"

    def get_absolute_url(self) -> str:
        if not self.tilstand:
            return reverse("takster:regnskab", kwargs={"slug": self.tilbud.slug})
        return reverse("takster:resultat", kwargs={"pk": self.pk})

    @property
    def omfatter(self) -> str:
        """What a reported account covers: the tilbud, or the part of it."""
        return self.ydelse.navn if self.ydelse else self.maalgruppe or self.tilbud.navn

    @property
    def bemaerkningsliste(self) -> list[str]:
        return [linje for linje in self.bemaerkninger.splitlines() if linje]

    def post(self, art: str) -> Decimal:
        """The amount of one post, 0 when the report has none; uses prefetched rows."""
        return next((post.beloeb for post in self.poster.all() if post.art == art), Decimal(0))

    def aarsresultat(self) -> Aarsresultat:
        """Income, costs and what they are measured by; uses prefetched rows."""
        poster = {post.art: post.beloeb for post in self.poster.all()}
        indtaegter = i_alt(poster.pop(art, Decimal(0)) for art in INDTAEGTSPOSTER)
        # A surplus of earlier years that lowered the tariff is income of this year, a deficit that raised it a cost.
        return Aarsresultat(
            indtaegter=indtaegter + max(-self.regulering, Decimal(0)),
            omkostninger=i_alt(poster.values()) + max(self.regulering, Decimal(0)),
            grundlag=self.budget,
        )


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
            Kontrol(name="regnskabspost_art_kendt", condition=Q(art__in=Regnskabspostart.values)),
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
            Kontrol(name="kapacitetsopgoerelse_aartype_kendt", condition=Q(aartype__in=Aartype.values)),
            Kontrol(name="kapacitetsopgoerelse_enhed_kendt", condition=Q(enhed__in=Kapacitetsenhed.values)),
            Kontrol(
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
