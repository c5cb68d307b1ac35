"""Counting queries: the same number however many rows there are, and at most 15 in all."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

HOEJST = 15


def forespoergsler(hent: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as fanget:
        hent()
    return len(fanget)


def kraev_fast_antal(hent: Callable[[], object], lav: Callable[[int], None]) -> None:
    """`lav(n)` makes n rows more; the page is fetched with 3 rows and again with 10."""
    lav(3)
    # The first answer also fills what is remembered between requests.
    hent()
    med_tre = forespoergsler(hent)
    lav(7)
    med_ti = forespoergsler(hent)
    assert med_tre == med_ti
    assert med_ti <= HOEJST
