"""Synthetic rounds at scale: published tariffs for many years, and one open round with forms and lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from django.db import transaction

from socialaftale.kerne.models import Organisation
from socialaftale.kerne.penge import afrund, afrund_kvotient
from socialaftale.kerne.perioder import foerste_dag, sidste_dag
from takster.demotal import terning
from takster.enums import Enhed, Rundetilstand, Skematilstand
from takster.models import (
    Indberetning,
    Indberetningsrunde,
    Koeb,
    Regelsaet,
    Takst,
    Takstberegning,
    Takstlinje,
    Takstskema,
)
from tilbud.models import Tilbud, Ydelse

PORTION = 2000
SIDSTE_AAR = 2026
POSTER = ("A10", "A20", "A40", "A50", "A60", "B20", "C10", "C20", "C30", "D10", "E30", "E50", "F10", "H10")
TILSTANDE = (Skematilstand.KLADDE, Skematilstand.INDSENDT, Skematilstand.GODKENDT)
_TID = dt.datetime(2025, 12, 1, 12, tzinfo=dt.UTC)


def _portioner(raekker: Iterator) -> Iterator[list]:
    while portion := list(islice(raekker, PORTION)):
        yield portion


@transaction.atomic
def lav_skaladata(antal_kommuner: int, antal_tilbud: int, takster_pr_aar: int, antal_aar: int) -> None:
    """Ydelser until there are enough, `takster_pr_aar` tariffs in each of `antal_aar` years, and the open round.

    May be called again for a larger size: what is there is kept and filled up.
    """
    ydelser = _ydelser(takster_pr_aar)
    regelsaet = Regelsaet.objects.order_by("-fra_aar").first() or Regelsaet.objects.create(navn="Skala", fra_aar=2000)
    for aar in range(SIDSTE_AAR - antal_aar + 1, SIDSTE_AAR + 1):
        lav_takster(aar, ydelser)
    _lav_runde(SIDSTE_AAR + 1, ydelser, regelsaet)


def _ydelser(antal: int) -> list[Ydelse]:
    """The synthetic ydelser of the register, filled up with more when a year is to have more tariffs."""
    syntetiske = Ydelse.objects.filter(tilbud__er_eksempel=True, tilbud__driftsherre__isnull=False)
    ydelser = list(syntetiske.select_related("tilbud__driftsherre").order_by("pk")[:antal])
    tilbud = list(
        Tilbud.objects.filter(er_eksempel=True, driftsherre__isnull=False).select_related("driftsherre").order_by("pk")
    )
    nye = (
        Ydelse(
            tilbud=tilbud[nummer % len(tilbud)],
            slug=f"skala-{antal}-{nummer // len(tilbud)}",
            navn=f"Ekstra ydelse {nummer // len(tilbud) + 1}",
            enhed=(Enhed.DOEGN, Enhed.DAG, Enhed.TIME)[nummer % 3].value,
            er_eksempel=True,
        )
        for nummer in range(antal - len(ydelser))
    )
    for portion in _portioner(nye):
        ydelser += Ydelse.objects.bulk_create(portion)
    return ydelser


def _takst(ydelse: Ydelse, aar: int) -> Takst:
    tal = terning(f"{ydelse.tilbud_id}:{ydelse.slug}", str(aar))
    dage = {Enhed.DOEGN: 365, Enhed.DAG: 225}.get(Enhed(ydelse.enhed))
    takst = Decimal(60_000 + tal % 400_000) / 100
    kapacitet = Decimal(5 + tal % 30)
    pr_aar = afrund(takst * dage) if dage else None
    ny = Takst(
        ydelse=ydelse,
        aar=aar,
        er_eksempel=True,
        tilbud=ydelse.tilbud,
        driftsherre=ydelse.tilbud.driftsherre,
        kommune_id=ydelse.tilbud.beliggenhedskommune_id,
        tilbud_navn=ydelse.tilbud.navn,
        ydelse_navn=ydelse.navn,
        maalgruppe=ydelse.tilbud.maalgruppe,
        enhed=ydelse.enhed,
        grundlag=afrund(takst * kapacitet * (dage or 1)),
        kapacitet=kapacitet,
        dage=dage,
        belaegning_pct=Decimal(95),
        takst=takst,
        pr_aar=pr_aar,
        pr_maaned=afrund_kvotient(pr_aar, 12) if pr_aar else None,
        aendring_pct=Decimal(tal % 100 - 50) / 10,
        gyldig_fra=foerste_dag(aar),
        gyldig_til=sidste_dag(aar),
        offentliggjort_tidspunkt=_TID,
    )
    ny.saet_soegetekst()
    return ny


def lav_takster(aar: int, ydelser: list[Ydelse]) -> None:
    """A published tariff of the year for every ydelse that has none."""
    findes = set(Takst.objects.filter(aar=aar).values_list("ydelse", flat=True))
    for portion in _portioner(_takst(ydelse, aar) for ydelse in ydelser if ydelse.pk not in findes):
        takster = Takst.objects.bulk_create(portion)
        Takstberegning.objects.bulk_create(
            Takstberegning(takst=takst, data={"linjer": {"A20": str(takst.grundlag)}, "trin": []}) for takst in takster
        )


def _lav_runde(aar: int, ydelser: list[Ydelse], regelsaet: Regelsaet) -> None:
    """One open round with a form per ydelse, filled in, in three states."""
    runde, _ = Indberetningsrunde.objects.get_or_create(
        aar=aar,
        defaults={
            "tilstand": Rundetilstand.AABEN,
            "aabner": dt.date(aar - 1, 8, 1),
            "frist": dt.date(aar - 1, 12, 31),
            "regelsaet": regelsaet,
            "er_eksempel": True,
        },
    )
    driftsherrer = {ydelse.tilbud.driftsherre_id for ydelse in ydelser}
    Indberetning.objects.bulk_create(
        [Indberetning(runde=runde, driftsherre_id=pk) for pk in sorted(driftsherrer)], ignore_conflicts=True
    )
    indberetninger = dict(Indberetning.objects.filter(runde=runde).values_list("driftsherre_id", "pk"))
    findes = set(Takstskema.objects.filter(indberetning__runde=runde).values_list("ydelse", flat=True))
    koebere = list(Organisation.objects.kommuner().values_list("pk", flat=True))
    nye = (ydelse for ydelse in ydelser if ydelse.pk not in findes)
    for portion in _portioner(_skema(ydelse, indberetninger, nr) for nr, ydelse in enumerate(nye)):
        skemaer = Takstskema.objects.bulk_create(portion)
        Takstlinje.objects.bulk_create(
            [
                Takstlinje(skema=skema, post=post, beloeb=Decimal(10_000 + terning(str(skema.pk), post) % 900_000))
                for skema in skemaer
                for post in POSTER
            ],
            batch_size=PORTION * 4,
        )
        Koeb.objects.bulk_create([koeb for skema in skemaer for koeb in _koeb(skema, koebere)], batch_size=PORTION * 4)


def _koeb(skema: Takstskema, koebere: list[int]) -> list[Koeb]:
    """Three buyers who share 9,6 places."""
    start = terning(str(skema.ydelse_id), "koeber")
    valgte = dict.fromkeys(koebere[(start + nummer) % len(koebere)] for nummer in range(3))
    return [Koeb(skema=skema, kommune_id=kommune, maengde=Decimal("3.2")) for kommune in valgte]


def _skema(ydelse: Ydelse, indberetninger: dict[int, int], nummer: int) -> Takstskema:
    tilstand = TILSTANDE[nummer % len(TILSTANDE)]
    return Takstskema(
        indberetning_id=indberetninger[ydelse.tilbud.driftsherre_id],
        ydelse=ydelse,
        tilstand=tilstand,
        enhed=ydelse.enhed,
        er_eksempel=True,
        pladser=Decimal(10),
        driftsdage=225 if ydelse.enhed == Enhed.DAG else None,
        kapacitetstimer=Decimal(2000) if ydelse.enhed == Enhed.TIME else None,
        belaegningsprincip="forventning",
        belaegning_pct=Decimal(96),
        belaegning_begrundelse="Skaladata uden betydning",
        indsendt_tidspunkt=None if tilstand == Skematilstand.KLADDE else _TID,
        godkendt_tidspunkt=_TID if tilstand == Skematilstand.GODKENDT else None,
    )
