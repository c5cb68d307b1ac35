"""Where a rule is explained: what the apps have registered, asked once a page and year."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest

from socialaftale.kerne import registre

# Under these names a request keeps the year its page is about, and what was looked up for it.
_AAR, _HUSKET = "_haandbog_aar", "_haandbog_opslag"


def saet_aar(request: HttpRequest, aar: int | None) -> None:
    """The page is about a tariff year: rule numbers on it lead to the handbook of that year."""
    setattr(request, _AAR, aar)


def opslag(request: HttpRequest, aar: int | None = None) -> Mapping[str, str]:
    """Rule number → address of its section, for `aar`, or the page's year, or today's rules.

    Empty where there is no handbook. One query for each year asked for, however many rules the page names.
    """
    aar = aar if aar is not None else getattr(request, _AAR, None)
    husket: dict[int | None, dict[str, str]] = request.__dict__.setdefault(_HUSKET, {})
    if aar not in husket:
        husket[aar] = {}
        for find in registre.haandbog:
            husket[aar] |= find(aar)
    return husket[aar]
