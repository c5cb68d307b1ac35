"""Rule numbers on pages ("T22-T28, T61") with links to where the handbook of the year explains them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from socialaftale.kerne import registre

register = template.Library()

_NUMMER = re.compile(r"(\b[A-Z]{1,3}\d+\b)")
# Under this name a request keeps what was looked up for the page, by year.
_HUSKET = "_haandbogsopslag"


def haandbog_for(request: HttpRequest, aar: int | None) -> Mapping[str, str]:
    """Rule number → address, asked once a page and year; empty where there is no handbook."""
    if not hasattr(request, _HUSKET):
        setattr(request, _HUSKET, {})
    husket = getattr(request, _HUSKET)
    if aar not in husket:
        samlet: dict[str, str] = {}
        for opslag in registre.haandbog:
            samlet |= opslag(aar)
        husket[aar] = samlet
    return husket[aar]


@register.simple_tag(takes_context=True)
def regel(context: template.Context, numre: Any, aar: Any = None) -> SafeString:
    """The rule numbers as they stand, each a link to its section; `aar` is the tariff year, today's rules without."""
    tekst = str(numre or "")
    request = getattr(context, "request", None)
    if not tekst or request is None:
        return format_html("{}", tekst)
    adresser = haandbog_for(request, int(aar) if aar else None)
    return format_html_join(
        "",
        "{}",
        (
            (
                format_html('<a class="regellink" href="{}">{}</a>', adresser[stykke], stykke)
                if stykke in adresser
                else stykke,
            )
            for stykke in _NUMMER.split(tekst)
        ),
    )
