"""Invented cases about tariffs for the demo: before FU, approved for a day ahead, and in force."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.models import Sag
from socialaftale.kerne.sager.demo import afgoer, laeg_tilbage, lav_sag
from socialaftale.kerne.sager.enums import Sagstilstand, Udfald
from socialaftale.kerne.sager.register import find
from takster.models import Takst
from takster.sager import hentning, regler

KOEBERE = ["hjoerring", "jammerbugt"]


@transaction.atomic
def lav_sager() -> None:
    """Once, and only on invented tariffs."""
    if Sag.objects.filter(art__in=(hentning.PLADSER, hentning.TAKST)).exists():
        return
    i_dag = timezone.localdate()
    takster = list(
        Takst.objects.gaeldende()
        .filter(
            er_eksempel=True, aar=i_dag.year, enhed="doegn", driftsherre__slug__in=("aalborg", "region-nordjylland")
        )
        .select_related("beregning")
        .order_by("driftsherre", "tilbud_navn", "pk")[:4]
    )
    eksempler = (_i_kraft, _paa_dagsorden, _godkendt, _kladde)
    for takst, lav in zip(takster, eksempler, strict=False):
        lav(takst, i_dag)


def _om(takst: Takst):
    return regler.find_takst(Adgang.system(), str(takst.pk))


def _flere_pladser(takst: Takst, flere: int) -> dict:
    """More places, with wages that follow in the same proportion."""
    ny = takst.kapacitet + flere
    loen = Decimal(takst.beregning.data["linjer"]["A20"]) * ny / takst.kapacitet
    return {"kapacitet": str(ny), "linjer": {"A20": str(loen.quantize(Decimal("1.00")))}, "koebere": KOEBERE}


def _i_kraft(takst: Takst, i_dag: dt.date) -> None:
    """Places that were approved and are in force: the tariff has two periods."""
    sag = lav_sag(
        find(hentning.PLADSER),
        _om(takst),
        begrundelse="Et andet tilbud er lukket med kort varsel, og borgerne kan ikke vente til nytår.",
        data=_flere_pladser(takst, 2),
        virkningsdato=i_dag + dt.timedelta(days=1),
        moededato=i_dag,
    )
    if sag.tilstand != Sagstilstand.PAA_DAGSORDEN:
        return
    moede = i_dag - dt.timedelta(days=30)
    virkning = max(i_dag - dt.timedelta(days=20), takst.gyldig_fra + dt.timedelta(days=1))
    sag = laeg_tilbage(sag, indsendt=timezone.now() - dt.timedelta(days=60), virkningsdato=virkning, moededato=moede)
    afgoer(sag, Udfald.GODKENDT, dato=min(moede, virkning - dt.timedelta(days=1)), tekst="Godkendt som ansøgt.")


def _ny_dato(i_dag: dt.date) -> dt.date:
    """A day ahead in the same year, as far as there is one."""
    return min(i_dag + dt.timedelta(days=25), dt.date(i_dag.year, 12, 31))


def _hoejere_loen(takst: Takst, pct: int) -> dict:
    loen = Decimal(takst.beregning.data["linjer"]["A20"]) * (100 + pct) / 100
    return {"linjer": {"A20": str(loen.quantize(Decimal("1.00")))}, "koebere": KOEBERE}


def _paa_dagsorden(takst: Takst, i_dag: dt.date) -> None:
    lav_sag(
        find(hentning.TAKST),
        _om(takst),
        begrundelse="Socialtilsynet kræver ekstra nattevagter fra næste måned.",
        data=_hoejere_loen(takst, 9),
        virkningsdato=_ny_dato(i_dag),
        moededato=min(i_dag + dt.timedelta(days=10), _ny_dato(i_dag)),
    )


def _godkendt(takst: Takst, i_dag: dt.date) -> None:
    """Approved for a day ahead: the tariff's page says what is coming."""
    sag = lav_sag(
        find(hentning.TAKST),
        _om(takst),
        begrundelse="En overenskomst, der er aftalt efter fristen, hæver lønnen.",
        data=_hoejere_loen(takst, 4),
        virkningsdato=_ny_dato(i_dag),
        moededato=i_dag,
    )
    if sag.tilstand == Sagstilstand.PAA_DAGSORDEN and sag.virkningsdato > i_dag:
        afgoer(sag, Udfald.GODKENDT, dato=i_dag, tekst="Godkendt. Køberne får besked.")


def _kladde(takst: Takst, i_dag: dt.date) -> None:
    lav_sag(
        find(hentning.PLADSER),
        _om(takst),
        begrundelse="Der er venteliste.",
        data=_flere_pladser(takst, 1),
        send=False,
    )
