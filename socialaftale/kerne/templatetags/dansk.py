"""Danish formats for templates: `{% load dansk %}`. Unknown values show as "–", units stand after a no-break space."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from socialaftale.kerne.datoformat import skriv_dato, skriv_dato_lang
from socialaftale.kerne.talformat import (
    HAARDT_MELLEMRUM,
    UKENDT,
    skriv_aendring,
    skriv_andel_pct,
    skriv_beloeb,
    skriv_kr,
    skriv_pct,
    skriv_tal,
)

register = template.Library()

# Enough for every number that is shown with the decimals it has (shares, keys, hours).
_MAKS_DECIMALER = 6
_ENHEDER = r"(?:kr\.|øre|%|mio\.|mia\.|pct\.|procentpoint|pladser|timer|døgn|dage|år|km)"
_NBSP = (
    (re.compile(r"(§§?) (?=\d)"), rf"\1{HAARDT_MELLEMRUM}"),
    (re.compile(r"\b([A-ZÆØÅ]{2,5}) (?=§)"), rf"\1{HAARDT_MELLEMRUM}"),
    (re.compile(r"\b(stk\.|nr\.|kap\.|kl\.|ca\.|uge|bilag) (?=\d)", re.IGNORECASE), rf"\1{HAARDT_MELLEMRUM}"),
    (re.compile(rf"(?<=\d) (?={_ENHEDER}(?:\W|$))"), HAARDT_MELLEMRUM),
)


def _decimal(vaerdi: Any) -> Decimal | None:
    """The value as Decimal, or None for what is not a number (unknown, empty, text)."""
    if vaerdi is None or isinstance(vaerdi, bool):
        return None
    try:
        tallet = Decimal(str(vaerdi))
    except InvalidOperation:
        return None
    return tallet if tallet.is_finite() else None


@register.filter
def kr(vaerdi: Any, decimaler: int = 2) -> str:
    """An amount without unit, for tables that name it in the heading: 1.250,50; `kr:0` gives 1.251."""
    return skriv_beloeb(_decimal(vaerdi), int(decimaler))


@register.filter
def kroner(vaerdi: Any, decimaler: int = 2) -> str:
    """An amount with unit, for running text: "1.250,50 kr."; `kroner:0` gives "1.251 kr."."""
    return skriv_kr(_decimal(vaerdi), int(decimaler))


@register.filter
def tal(vaerdi: Any, decimaler: int | None = None) -> str:
    """A number with the decimals it has (97,5 and 12), or with exactly as many as asked for."""
    tallet = _decimal(vaerdi)
    return skriv_tal(tallet, _MAKS_DECIMALER) if decimaler is None else skriv_beloeb(tallet, int(decimaler))


@register.filter
def pct(vaerdi: Any, decimaler: int = 1) -> str:
    """A value that already is a percentage: 97.5 → "97,5 %"."""
    return skriv_pct(_decimal(vaerdi), int(decimaler))


@register.filter
def andel(vaerdi: Any, decimaler: int = 1) -> str:
    """A fraction as a percentage: 0.232 → "23,2 %"."""
    return skriv_andel_pct(_decimal(vaerdi), int(decimaler))


@register.filter
def aendring(vaerdi: Any, decimaler: int = 1) -> str:
    """A change with its sign and without unit: "+2,3", "−0,5", "0,0"."""
    return skriv_aendring(_decimal(vaerdi), int(decimaler))


def lokal_dato(vaerdi: Any) -> dt.date | None:
    """The date in Danish time of a date or a moment; None for anything else."""
    if isinstance(vaerdi, dt.datetime):
        return (timezone.localtime(vaerdi) if timezone.is_aware(vaerdi) else vaerdi).date()
    return vaerdi if isinstance(vaerdi, dt.date) else None


def _klokkeslaet(vaerdi: dt.datetime) -> str:
    lokal = timezone.localtime(vaerdi) if timezone.is_aware(vaerdi) else vaerdi
    return f"kl.{HAARDT_MELLEMRUM}{lokal:%H.%M}"


@register.filter
def dato(vaerdi: Any) -> str:
    """15.10.2026, of fixed width for tables."""
    return skriv_dato(lokal_dato(vaerdi))


@register.filter
def dato_lang(vaerdi: Any) -> str:
    """15. oktober 2026, for running text; the day never parts from the month."""
    return skriv_dato_lang(lokal_dato(vaerdi)).replace(". ", f".{HAARDT_MELLEMRUM}", 1)


@register.filter
def tidspunkt(vaerdi: Any) -> str:
    """15. oktober 2026 kl. 13.42"""
    return f"{dato_lang(vaerdi)} {_klokkeslaet(vaerdi)}" if isinstance(vaerdi, dt.datetime) else UKENDT


@register.filter
def tidspunkt_kort(vaerdi: Any) -> str:
    """15.10.2026 kl. 13.42, for tables."""
    return f"{dato(vaerdi)} {_klokkeslaet(vaerdi)}" if isinstance(vaerdi, dt.datetime) else UKENDT


@register.filter
def iso(vaerdi: Any) -> str:
    """For the datetime attribute of <time>: 2026-10-15 or 2026-10-15T13:42:00+02:00; empty when unknown."""
    return vaerdi.isoformat() if isinstance(vaerdi, dt.date) else ""


@register.filter
def tom(vaerdi: Any) -> Any:
    """The value itself, or "–" when there is none (0 is a value)."""
    return UKENDT if vaerdi is None or vaerdi == "" else vaerdi


@register.filter(is_safe=True)
def nbsp(vaerdi: Any) -> str | SafeString:
    """Keep "§ 107", "1.250 kr.", "97,5 %" and "kl. 13.42" together on one line."""
    tekst = str(tom(vaerdi))
    for moenster, erstatning in _NBSP:
        tekst = moenster.sub(erstatning, tekst)
    return mark_safe(tekst) if isinstance(vaerdi, SafeString) else tekst


@register.filter
def antal(vaerdi: Any, ord_: str) -> str:
    """A count with its noun, singular and plural parted by a comma: `152|antal:"takst,takster"` → "152 takster"."""
    ental, _, flertal = ord_.partition(",")
    tallet = _decimal(vaerdi)
    return UKENDT if tallet is None else f"{tal(tallet)}{HAARDT_MELLEMRUM}{ental if tallet == 1 else flertal or ental}"
