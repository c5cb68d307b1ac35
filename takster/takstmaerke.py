"""Results over all published tariffs of a year, kept until a tariff or a rate is published anew.

At national size such a result takes seconds to compute and a few kilobytes to keep. The key holds what it rests on,
so nothing has to be thrown away; what is no longer asked for leaves the cache by age.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.core.cache import cache
from django.db.models import Count, Max

from takster.models import PLsats, Takst

T = TypeVar("T")
# Changed when the code behind a kept result changes what it means.
UDGAVE = 1
ALDER = 7 * 24 * 3600


def maerke(aarene: Iterable[int]) -> str:
    """What the published tariffs of the years and the rates are right now; two queries.

    Rows are only ever added, so their number and the newest key tell any change.
    """
    takster = (
        Takst.objects.gaeldende()
        .filter(aar__in=sorted(set(aarene)))
        .order_by("aar")
        .values_list("aar")
        .annotate(antal=Count("pk"), nyeste=Max("pk"))
    )
    sats = PLsats.objects.aggregate(nyeste=Max("pk"))["nyeste"]
    return "_".join([*(f"{aar}-{antal}-{nyeste}" for aar, antal, nyeste in takster), f"s{sats}"])


def husk(navn: str, aarene: Iterable[int], beregn: Callable[[], T]) -> T:
    """The kept result, or the one computed now; never None."""
    noegle = f"takster:{navn}:{UDGAVE}:{maerke(aarene)}"
    fundet = cache.get(noegle)
    if fundet is None:
        fundet = beregn()
        cache.set(noegle, fundet, ALDER)
    return fundet
