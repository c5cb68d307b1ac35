"""Measuring pages and builders: times, queries and bytes through the real middleware."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from socialaftale.kerne import registre
from socialaftale.kerne.models import Bruger
from socialaftale.kerne.registre import Benchopgave, Benchside

OPVARMNING = 3


@dataclass(frozen=True, slots=True)
class Maaling:
    """One line of the table: milliseconds at the middle and at the 95th percentile, all queries, bytes sent.

    `cpu` is the middle of what this process alone computed: on a shared machine it says more than the clock, but it
    leaves out a database server and child processes.
    """

    navn: str
    raekker: int | None
    forespoergsler: int | None
    p50: float
    p95: float
    cpu: float
    byte: int


def maal_sider(gange: int) -> Iterator[Maaling]:
    """Every registered list and detail page, `gange` requests each after warm-up."""
    # As wsgi.py does: what the process was born with is not searched for garbage.
    gc.collect()
    gc.freeze()
    for side in registre.benchsider:
        yield maal_side(side, gange)


def maal_side(side: Benchside, gange: int) -> Maaling:
    klient = Client(SERVER_NAME=next(iter(settings.ALLOWED_HOSTS), "testserver"))
    if side.som:
        klient.force_login(Bruger.objects.get(email=side.som))
    url = side.url()
    for _ in range(OPVARMNING):
        svar = klient.get(url)
        if svar.status_code != 200:
            raise RuntimeError(f"{side.navn}: {url} answered {svar.status_code}")
    with CaptureQueriesContext(connection) as forespoergsler:
        klient.get(url)
    # Read now: the next request empties Django's log of queries.
    antal = len(forespoergsler)
    tider, cpu = [], []
    for _ in range(gange):
        start, regnet = time.perf_counter(), time.process_time()
        svar = klient.get(url)
        tider.append((time.perf_counter() - start) * 1000)
        cpu.append((time.process_time() - regnet) * 1000)
    return Maaling(side.navn, _raekker(side, svar), antal, median(tider), _p95(tider), median(cpu), len(svar.content))


def _raekker(side: Benchside, svar: HttpResponse) -> int | None:
    """What the page says itself, else how many its list is over."""
    if side.raekker:
        return side.raekker()
    tabel = (getattr(svar, "context_data", None) or {}).get("table")
    return tabel.page.paginator.count if tabel is not None else None


def maal_opgave(opgave: Benchopgave) -> Maaling:
    """A builder (Excel, PDF, import), run once."""
    start, regnet = time.perf_counter(), time.process_time()
    raekker, antal_byte = opgave.koer()
    tid, cpu = (time.perf_counter() - start) * 1000, (time.process_time() - regnet) * 1000
    return Maaling(opgave.navn, raekker, None, tid, tid, cpu, antal_byte)


def _p95(tider: list[float]) -> float:
    ordnet = sorted(tider)
    return ordnet[min(len(ordnet) - 1, round(len(ordnet) * 0.95))]


def langsomme(maalinger: list[Maaling], *, hoejst: float) -> list[str]:
    """Pages whose middle time is above `hoejst` milliseconds; told, not failed, since it depends on the machine."""
    return [f"{m.navn}: {m.p50:.0f} ms" for m in maalinger if m.forespoergsler is not None and round(m.p50) > hoejst]


def afvigelser(efter_stoerrelse: dict[str, list[Maaling]], *, hoejst: int) -> list[str]:
    """What makes the run fail: a page whose number of queries differs between sizes, or is above `hoejst`."""
    pr_side: dict[str, set[int]] = {}
    for maalinger in efter_stoerrelse.values():
        for maaling in maalinger:
            if maaling.forespoergsler is not None:
                pr_side.setdefault(maaling.navn, set()).add(maaling.forespoergsler)
    fejl = [
        f"{navn}: antallet af forespørgsler svinger: {sorted(tal)}" for navn, tal in pr_side.items() if len(tal) > 1
    ]
    fejl += [
        f"{navn}: {max(tal)} forespørgsler (højst {hoejst})" for navn, tal in pr_side.items() if max(tal) > hoejst
    ]
    return fejl
