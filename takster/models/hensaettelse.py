"""Set-aside surpluses, what earlier years oblige the tariffs to hold, yearly rates, and the level of accounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from socialaftale.kerne.begraensning import Kontrol
from socialaftale.kerne.enums import Rolle
from takster.beregning import hensaettelse as konto
from takster.beregning import renter
from takster.enums import Hensaettelsesart, Hensaettelsesformaal, Opgoerelsesniveau, Renteart
from takster.models.runde import EGNE_LAESERE

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang

# The matrix, row "set-aside ledger": who reads across all driftsherrer.
KONTOLAESERE = (Rolle.DAS_MEDLEM, Rolle.FU_MEDLEM, Rolle.TAKSTGRUPPE)
UDEN_BELOEB = "Beløbet skal være større end 0."


class UforanderligQuerySet(models.QuerySet):
    """Rows that are only ever added: a mistake is corrected by a new one."""

    def update(self, **kwargs: Any) -> int:
        raise TypeError(f"{self.model.__name__} is append-only.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError(f"{self.model.__name__} is append-only.")


class EgenQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> EgenQuerySet:
        """The driftsherre and its auditor their own; the secretariat, DAS, FU and takstgruppen all."""
        if adgang.er_sekretariat or adgang.har(*KONTOLAESERE):
            return self
        if adgang.har(*EGNE_LAESERE):
            return self.filter(driftsherre=adgang.organisation)
        return self.none()


class NiveauvalgQuerySet(EgenQuerySet):
    def gaeldende(self, driftsherre: int, aar: int) -> Niveauvalg | None:
        """The choice in force for a year; None is by tilbud, which everybody begins with."""
        return self.filter(driftsherre=driftsherre, fra_aar__lte=aar).order_by("-fra_aar").first()


class Niveauvalg(models.Model):
    """T30: the level a driftsherre accounts by from a year on; another level needs a reason."""

    driftsherre = models.ForeignKey("kerne.Organisation", on_delete=models.PROTECT, related_name="niveauvalg")
    fra_aar = models.PositiveSmallIntegerField("fra regnskabsår")
    niveau = models.CharField("opgjort for", max_length=20, choices=Opgoerelsesniveau)
    begrundelse = models.TextField("begrundelse", max_length=2000)

    objects = NiveauvalgQuerySet.as_manager()

    class Meta:
        verbose_name = "opgørelsesniveau"
        verbose_name_plural = "opgørelsesniveauer"
        ordering = ["driftsherre", "fra_aar"]
        constraints = [
            models.UniqueConstraint(
                fields=["driftsherre", "fra_aar"],
                name="niveauvalg_unikt",
                violation_error_message="Niveauet er allerede valgt for året.",
            ),
            Kontrol(name="niveauvalg_niveau_kendt", condition=Q(niveau__in=Opgoerelsesniveau.values)),
        ]

    def __str__(self) -> str:
        return f"{self.driftsherre}: {self.get_niveau_display()} fra {self.fra_aar}"


class RentesatsQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> RentesatsQuerySet:
        """A market rate is no secret."""
        return self

    def som_vaerdier(self, art: str) -> tuple[renter.Rentesats, ...]:
        """All rates of a kind as values; one query."""
        return tuple(
            renter.Rentesats(aar=sats.aar, art=sats.art, pct=sats.pct, kilde=sats.kilde)
            for sats in self.filter(art=art)
        )


class Rentesats(models.Model):
    """The yearly rate for one purpose with its source (T29, T50, T52, T53); it may be 0 or negative."""

    aar = models.PositiveSmallIntegerField("år")
    art = models.CharField("rente af", max_length=20, choices=Renteart)
    pct = models.DecimalField("rente i procent", max_digits=7, decimal_places=4)
    kilde = models.CharField("kilde", max_length=200)
    version = models.PositiveIntegerField("version", default=1)
    er_eksempel = models.BooleanField("eksempeltal", default=False)

    objects = RentesatsQuerySet.as_manager()

    class Meta:
        verbose_name = "rentesats"
        verbose_name_plural = "rentesatser"
        ordering = ["-aar", "art"]
        constraints = [
            models.UniqueConstraint(
                fields=["aar", "art"],
                name="rentesats_unik",
                violation_error_message="Der er allerede en rente for året. Ret den i stedet.",
            ),
            Kontrol(name="rentesats_art_kendt", condition=Q(art__in=Renteart.values)),
        ]

    def __str__(self) -> str:
        return f"{self.get_art_display()} {self.aar}"


class HensaettelsespostQuerySet(UforanderligQuerySet, EgenQuerySet):
    def som_konto(self) -> Konto:
        """The entries of one driftsherre as values; one query."""
        return _som_konto(self.select_related("tilbud").order_by("pk"))

    def pr_driftsherre(self, driftsherrer: Iterable[int]) -> dict[int, Konto]:
        """The same for several driftsherrer; one query for them all."""
        noegler = list(driftsherrer)
        return {noegle: _som_konto(()) for noegle in noegler} | self.filter(driftsherre__in=noegler).som_konti()

    def som_konti(self) -> dict[int, Konto]:
        """Those of the driftsherrer that have entries here, by driftsherre; one query."""
        poster: dict[int, list[Hensaettelsespost]] = {}
        for post in self.select_related("tilbud").order_by("pk"):
            poster.setdefault(post.driftsherre_id, []).append(post)
        return {noegle: _som_konto(fundne) for noegle, fundne in poster.items()}


# Set-asides and uses, as the account is replayed from.
Konto = tuple[list[konto.Hensaettelse], list[konto.Forbrug]]


def _som_konto(alle: Iterable[Hensaettelsespost]) -> Konto:
    """Without the entries that a counter-entry took back."""
    poster = list(alle)
    ophaevede = {post.modposterer_id for post in poster if post.modposterer_id}
    gyldige = [post for post in poster if post.pk not in ophaevede]
    udloebne = {post.lag_id for post in gyldige if post.art == Hensaettelsesart.UDLOEBET}
    lag = [
        konto.Hensaettelse(
            noegle=f"{post.pk:012}",
            aar=post.aar,
            tilbud=post.tilbud.navn,
            beloeb=post.beloeb,
            er_tilbagefoert=post.pk in udloebne,
        )
        for post in gyldige
        if post.art == Hensaettelsesart.HENSAT
    ]
    forbrug = [
        konto.Forbrug(
            noegle=f"{post.pk:012}",
            dato=post.dato,
            beloeb=post.beloeb,
            formaal=post.formaal,
            tilbud=post.tilbud.navn,
        )
        for post in gyldige
        if post.art == Hensaettelsesart.FORBRUG
    ]
    return lag, forbrug


class Hensaettelsespost(models.Model):
    """One entry on a driftsherre's *hensættelseskonto*, never changed or deleted; the account is replayed from them.

    `beloeb` is above 0; its kind tells which way it counts. A counter-entry (*modpost*) takes another entry back.
    """

    driftsherre = models.ForeignKey("kerne.Organisation", on_delete=models.PROTECT, related_name="hensaettelsesposter")
    art = models.CharField("art", max_length=20, choices=Hensaettelsesart)
    dato = models.DateField("dato")
    beloeb = models.DecimalField("beløb", max_digits=14, decimal_places=2)
    # The year a surplus is from; NULL for other kinds.
    aar = models.PositiveSmallIntegerField("regnskabsår", null=True, blank=True)
    # Where the surplus is from, or where it is used.
    tilbud = models.ForeignKey("tilbud.Tilbud", on_delete=models.PROTECT, related_name="+", verbose_name="tilbud")
    formaal = models.CharField("formål", max_length=30, choices=Hensaettelsesformaal, blank=True, default="")
    tekst = models.TextField("tekst", max_length=2000)
    regnskab = models.ForeignKey(
        "takster.Regnskab", on_delete=models.PROTECT, null=True, blank=True, related_name="hensaettelsesposter"
    )
    # The layer that expired.
    lag = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    modposterer = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="modpost", verbose_name="modposterer"
    )
    oprettet_tidspunkt = models.DateTimeField("bogført", default=timezone.now)
    oprettet_af = models.ForeignKey("kerne.Bruger", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    er_eksempel = models.BooleanField("eksempeltal", default=False)

    objects = HensaettelsespostQuerySet.as_manager()

    class Meta:
        verbose_name = "post på hensættelseskonto"
        verbose_name_plural = "poster på hensættelseskonto"
        ordering = ["driftsherre", "dato", "pk"]
        constraints = [
            Kontrol(name="hensaettelsespost_art_kendt", condition=Q(art__in=Hensaettelsesart.values)),
            Kontrol(
                name="hensaettelsespost_beloeb_positivt",
                condition=Q(beloeb__gt=0),
                violation_error_message=UDEN_BELOEB,
            ),
            Kontrol(
                name="hensaettelsespost_hensat_har_aar",
                condition=Q(art=Hensaettelsesart.HENSAT, aar__isnull=False)
                | (~Q(art=Hensaettelsesart.HENSAT) & Q(aar__isnull=True)),
            ),
            Kontrol(
                name="hensaettelsespost_forbrug_har_formaal",
                condition=Q(art=Hensaettelsesart.FORBRUG, formaal__in=Hensaettelsesformaal.values)
                | (~Q(art=Hensaettelsesart.FORBRUG) & Q(formaal="")),
            ),
            Kontrol(
                name="hensaettelsespost_modpost_har_post",
                condition=(Q(art=Hensaettelsesart.MODPOST, modposterer__isnull=False) & ~Q(tekst=""))
                | (~Q(art=Hensaettelsesart.MODPOST) & Q(modposterer__isnull=True)),
            ),
            Kontrol(
                name="hensaettelsespost_udloebet_har_lag",
                condition=Q(art=Hensaettelsesart.UDLOEBET, lag__isnull=False)
                | (~Q(art=Hensaettelsesart.UDLOEBET) & Q(lag__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_art_display()}, {self.dato:%d.%m.%Y}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("Hensaettelsespost is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("Hensaettelsespost is append-only.")


class ReguleringspligtQuerySet(EgenQuerySet):
    def gyldige(self) -> ReguleringspligtQuerySet:
        return self.filter(annulleret_tidspunkt__isnull=True)


class Reguleringspligt(models.Model):
    """An amount the tariffs of a tilbud must hold (T24, T25, T27, T61, T65): negative lowers them.

    It is made when the account is approved and never changed; it is annulled when the account is sent back.
    `maalgruppe` or `ydelse` narrow it to a part of the tilbud, as in the account it is from.
    """

    driftsherre = models.ForeignKey("kerne.Organisation", on_delete=models.PROTECT, related_name="reguleringspligter")
    tilbud = models.ForeignKey("tilbud.Tilbud", on_delete=models.PROTECT, related_name="reguleringspligter")
    maalgruppe = models.CharField("målgruppe", max_length=500, blank=True, default="")
    ydelse = models.ForeignKey("tilbud.Ydelse", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    regnskab = models.ForeignKey(
        "takster.Regnskab", on_delete=models.PROTECT, null=True, blank=True, related_name="reguleringspligter"
    )
    # The expired layer it is from, when it is not from an account.
    lag = models.ForeignKey(Hensaettelsespost, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    beloeb = models.DecimalField("beløb", max_digits=14, decimal_places=2)
    oprindelsesaar = models.PositiveSmallIntegerField("fra år")
    regel = models.CharField("regel", max_length=5)
    tidligst_aar = models.PositiveSmallIntegerField("tidligst i taksten for")
    senest_aar = models.PositiveSmallIntegerField("senest i taksten for")
    betegnelse = models.CharField("betegnelse", max_length=300)
    oprettet_tidspunkt = models.DateTimeField("oprettet", default=timezone.now)
    annulleret_tidspunkt = models.DateTimeField("annulleret", null=True, blank=True)
    er_eksempel = models.BooleanField("eksempeltal", default=False)

    objects = ReguleringspligtQuerySet.as_manager()

    class Meta:
        verbose_name = "regulering vedr. tidligere år"
        verbose_name_plural = "reguleringer vedr. tidligere år"
        ordering = ["oprindelsesaar", "pk"]
        indexes = [models.Index(fields=["tilbud", "tidligst_aar"], name="reguleringspligt_tilbud_aar")]
        constraints = [
            Kontrol(name="reguleringspligt_ikke_nul", condition=~Q(beloeb=0)),
            Kontrol(
                name="reguleringspligt_aar_i_orden",
                condition=Q(oprindelsesaar__lt=F("tidligst_aar"), tidligst_aar__lte=F("senest_aar")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.betegnelse}, {self.tilbud}"


class Reguleringsvalg(models.Model):
    """How much of an obligation the driftsherre includes in a tariff year before the last one, with its sign."""

    pligt = models.ForeignKey(Reguleringspligt, on_delete=models.CASCADE, related_name="valg")
    aar = models.PositiveSmallIntegerField("takstår")
    beloeb = models.DecimalField("beløb", max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = "valgt regulering"
        verbose_name_plural = "valgte reguleringer"
        constraints = [models.UniqueConstraint(fields=["pligt", "aar"], name="reguleringsvalg_unikt")]

    def __str__(self) -> str:
        return f"{self.pligt_id}, {self.aar}: {self.beloeb}"


class IndregningQuerySet(models.QuerySet):
    def pr_pligt_og_aar(self, pligter: Iterable[int]) -> dict[int, dict[int, Decimal]]:
        """What published tariffs hold, by obligation and tariff year; one query."""
        fundne: dict[int, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        for pligt, aar, beloeb in self.filter(pligt__in=list(pligter)).values_list("pligt", "aar", "beloeb"):
            fundne[pligt][aar] += beloeb
        return fundne


class Indregning(models.Model):
    """The part of an obligation that the published tariff of one takstskema holds."""

    pligt = models.ForeignKey(Reguleringspligt, on_delete=models.PROTECT, related_name="indregninger")
    skema = models.ForeignKey("takster.Takstskema", on_delete=models.PROTECT, related_name="indregninger")
    aar = models.PositiveSmallIntegerField("takstår")
    beloeb = models.DecimalField("beløb", max_digits=14, decimal_places=2)

    objects = IndregningQuerySet.as_manager()

    class Meta:
        verbose_name = "indregnet regulering"
        verbose_name_plural = "indregnede reguleringer"
        constraints = [models.UniqueConstraint(fields=["pligt", "skema"], name="indregning_unik")]

    def __str__(self) -> str:
        return f"{self.pligt_id}, {self.skema_id}: {self.beloeb}"
