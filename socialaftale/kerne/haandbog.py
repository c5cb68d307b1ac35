"""Where a rule is explained: what the apps have registered, kept for a moment, since nearly every page asks."""

from __future__ import annotations

import time
from collections.abc import Mapping

from django.http import HttpRequest

from socialaftale.kerne import registre

# A handbook changes a few times a year; a process asks for it again after this long, or when it is told to.
HUSKES_SEKUNDER = 30
# Under this name a request keeps the year its page is about.
_AAR = "_haandbog_aar"
_kendte: dict[int | None, tuple[float, dict[str, str]]] = {}


def saet_aar(request: HttpRequest, aar: int | None) -> None:
    """The page is about a tariff year: rule numbers on it lead to the handbook of that year."""
    setattr(request, _AAR, aar)


def opslag(request: HttpRequest, aar: int | None = None) -> Mapping[str, str]:
    """Rule number → address of its section, for `aar`, or the page's year, or today's rules.

    Empty where there is no handbook. At most one query for each year asked for, however many rules the page names.
    """
    aar = aar if aar is not None else getattr(request, _AAR, None)
    nu = time.monotonic()
    udloeber, fundne = _kendte.get(aar, (0.0, {}))
    if udloeber <= nu:
        fundne = {regel: adresse for find in registre.haandbog for regel, adresse in find(aar).items()}
        _kendte[aar] = (nu + HUSKES_SEKUNDER, fundne)
    return fundne


def glem() -> None:
    """Ask again next time: a handbook has been published."""
    _kendte.clear()
