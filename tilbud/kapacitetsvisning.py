"""What both pages of capacity show in the same way: period tabs, files, key figures, how a share is computed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from socialaftale.kerne import svar
from socialaftale.kerne.dokumenter import MIMETYPER
from socialaftale.kerne.talformat import skriv_andel_pct, skriv_heltal
from socialaftale.kerne.templatetags import dansk
from socialaftale.kerne.templatetags.ui import adresse_med
from tilbud import kapacitetsfigurer as figurer
from tilbud import kapacitetstekster as tekster
from tilbud.beregning.kapacitet import Opgoerelse, Pladstal, Serie, Udvikling
from tilbud.kapacitetshentning import find_periode

FORMAT = "format"


def krummer(*led: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [("Overblik", reverse("kerne:forside")), *led]


def vaelg(request: HttpRequest, alle: list[Opgoerelse]) -> Opgoerelse | None:
    """The period of the address, the newest one without; an unknown period is no page."""
    periode = request.GET.get("periode", "")
    valgt = find_periode(alle, periode)
    if periode and valgt is None:
        raise Http404("No published statement for the period.")
    return valgt


def faner(alle: list[Opgoerelse], valgt: Opgoerelse, adresse: str) -> list[tuple[str, str, bool]]:
    return [
        (opgoerelse.periode, f"{adresse}?periode={opgoerelse.periode}", opgoerelse is valgt) for opgoerelse in alle
    ]


def hentadresser(request: HttpRequest) -> dict[str, str]:
    return {form: adresse_med(request.GET, FORMAT, form) for form in ("xlsx", "csv")}


def fil(request: HttpRequest, navn: str, *, excel: Callable[[], bytes], csv: Callable[[], bytes]) -> HttpResponse:
    form = request.GET[FORMAT]
    byggere = {"xlsx": excel, "csv": csv}
    if form not in byggere:
        raise Http404("Unknown export format.")
    return svar.fil(f"{navn}.{form}", MIMETYPER[form], byggere[form]())


def noter(valgt: Opgoerelse | None, *flere: str) -> list[str]:
    """Source, year and time of extraction, for the top of every sheet."""
    kilde = [f"Kilde: {figurer.kilde(valgt)}."] if valgt else []
    return [*kilde, f"Udtrukket {dansk.tidspunkt(timezone.now())}.", *flere]


def noegletal(pladser: Pladstal, udvikling: Udvikling | None = None) -> list[dict[str, str]]:
    kort = [
        {"tal": skriv_heltal(pladser.serie(serie)), "tekst": tekst}
        for serie, tekst in (
            (Serie.KOMMUNALE, "kommunale pladser uden for socialaftalen"),
            (Serie.PRIVATE, "private pladser"),
            (Serie.SOCIALAFTALE, "pladser i socialaftalen"),
        )
    ]
    andel = {"tal": skriv_andel_pct(pladser.andel), "tekst": "af alle pladser er i socialaftalen"}
    if udvikling:
        siden = f"siden {udvikling.foer.aar}"
        for post, serie in zip(kort, Serie, strict=True):
            post["note"] = f"{tekster.med_fortegn(udvikling.serie(serie).absolut)} {siden}"
        andel["note"] = f"{dansk.aendring(udvikling.procentpoint, 2)} procentpoint {siden}"
    return [*kort, andel]


def beregning(valgt: Opgoerelse, pladser: Pladstal, note: str) -> dict[str, Any]:
    """How the share comes about; `note` says what a series is, beside its number."""
    return {
        "formel": tekster.ANDEL_FORMEL,
        "trin": [
            *((navn, skriv_heltal(pladser.serie(serie)), note) for serie, navn in tekster.SERIENAVNE.items()),
            ("Pladser i alt", skriv_heltal(pladser.i_alt), "de tre serier lagt sammen"),
        ],
        "resultat": skriv_andel_pct(pladser.andel),
        "kilde": figurer.kilde(valgt),
    }
