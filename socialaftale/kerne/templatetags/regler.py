"""Rule numbers on pages ("T22-T28, T61") with links to where the handbook of the year explains them."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from socialaftale.kerne.haandbog import opslag

register = template.Library()

_NUMMER = re.compile(r"\b([A-Z]{1,3}\d+)\b")


@register.simple_tag(takes_context=True)
def regel(context: template.Context, numre: Any, aar: int | None = None) -> SafeString:
    """The rule numbers as they stand, each a link to its section; `aar` is the tariff year, else the page's own."""
    stykker = _NUMMER.split(str(numre or ""))
    request = getattr(context, "request", None)
    adresser = opslag(request, aar) if request is not None and len(stykker) > 1 else {}
    return format_html_join("", "{}", ((_stykke(stykke, adresser.get(stykke)),) for stykke in stykker))


def _stykke(stykke: str, adresse: str | None) -> SafeString | str:
    if not adresse:
        return stykke
    return format_html('<a class="regellink" href="{}">{}</a>', adresse, stykke)


@register.simple_tag(takes_context=True)
def haandbog_url(context: template.Context, aar: int | None = None) -> str:
    """Where the handbook of the year begins, "" where there is none."""
    adresse = next(iter(opslag(context.request, aar).values()), "")
    return adresse.partition("#")[0]
