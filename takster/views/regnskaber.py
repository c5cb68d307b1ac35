"""Accounts of the annual reports: budget, income and costs, result and computed occupancy per year."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from socialaftale.kerne.adgang import kraev, offentlig
from socialaftale.kerne.talformat import skriv_aendring, skriv_beloeb
from takster import historik
from takster.enums import AARSRAPPORTPOSTER, Regnskabspostart
from takster.historik import Regnskabsaar
from takster.views.faelles import trinlinjer
from tilbud.models import Tilbud


@kraev(offentlig)
@require_GET
def liste(request: HttpRequest) -> HttpResponse:
    """The tilbud that have accounts the reader may see."""
    fundne = historik.regnskabsaar(
        historik.regnskaber(request.adgang).order_by("tilbud__navn", "-aar", "pk"), request.adgang
    )
    return render(
        request,
        "takster/regnskaber/liste.html",
        {
            "aarene": fundne,
            "broedkrummer": [("Overblik", "/"), ("Takster", reverse("takster:liste")), ("Regnskaber", None)],
        },
    )


@kraev(offentlig)
@require_GET
def vis(request: HttpRequest, slug: str) -> HttpResponse:
    """One tilbud's accounts year by year."""
    tilbud = get_object_or_404(Tilbud.objects.synlige_for(request.adgang).select_related("driftsherre"), slug=slug)
    aarene = historik.regnskabsaar(
        historik.regnskaber(request.adgang).filter(tilbud=tilbud).order_by("aar"), request.adgang
    )
    if not aarene:
        raise Http404
    return render(
        request,
        "takster/regnskaber/detalje.html",
        {
            "tilbud": tilbud,
            "aarene": aarene,
            "raekker": _raekker(aarene),
            "resultater": [(aar.regnskab.aar, _resultat_trin(aar)) for aar in aarene],
            "kapacitet": sorted(
                {opgoerelse for aar in aarene for opgoerelse in aar.kapacitet},
                key=lambda opgoerelse: (opgoerelse.ydelse_navn, opgoerelse.aar),
            ),
            "bemaerkninger": _bemaerkninger(aarene),
            "uden_takst": next((aar.regnskab.uden_takst for aar in aarene if aar.regnskab.uden_takst), ""),
            "daekker": next((aar.regnskab.daekker for aar in aarene if aar.regnskab.daekker), ""),
            "kobling": [(art.label, tekst) for art, tekst in historik.KOBLING_TIL_KATEGORIER],
            "broedkrummer": [
                ("Overblik", "/"),
                ("Takster", reverse("takster:liste")),
                ("Regnskaber", reverse("takster:regnskaber")),
                (tilbud.navn, None),
            ],
        },
    )


def _raekker(aarene: list[Regnskabsaar]) -> list[tuple[str, str, list[str]]]:
    """The account as a table: kind of row, name, one text per year (whole kroner; result in percent of G)."""

    def linje(slags: str, navn: str, vaerdier: list) -> tuple[str, str, list[str]]:
        return slags, navn, [skriv_beloeb(vaerdi, 0) for vaerdi in vaerdier]

    raekker = [linje("budget", "Bruttobudget (takstberegningsgrundlag)", [aar.regnskab.budget for aar in aarene])]
    raekker.append(
        linje(
            "post",
            Regnskabspostart.TAKSTINDTAEGTER.label,
            [aar.regnskab.post(Regnskabspostart.TAKSTINDTAEGTER) for aar in aarene],
        )
    )
    raekker += [linje("post", art.label, [aar.regnskab.post(art) for aar in aarene]) for art in AARSRAPPORTPOSTER[1:]]
    raekker.append(linje("sum", "Omkostninger i alt", [aar.resultat.omkostninger for aar in aarene]))
    raekker.append(linje("sum", "Resultat (indtægter − omkostninger)", [aar.resultat.resultat for aar in aarene]))
    raekker.append(
        (
            "post",
            "Resultat i procent af bruttobudgettet",
            [skriv_aendring(aar.resultat.resultat_pct) for aar in aarene],
        )
    )
    return raekker


def _resultat_trin(aar: Regnskabsaar) -> list[tuple[str, str, str]]:
    return trinlinjer([aar.resultat.trin()])


def _bemaerkninger(aarene: list[Regnskabsaar]) -> list[tuple[str, str]]:
    """Every remark of accounts and capacity with what it is about."""
    fundne = []
    for aar in aarene:
        fundne += [(f"Regnskab {aar.regnskab.aar}", tekst) for tekst in aar.regnskab.bemaerkningsliste]
        fundne += [
            (f"{opgoerelse.ydelse_navn}, {opgoerelse.aar}", tekst)
            for opgoerelse in aar.kapacitet
            for tekst in opgoerelse.bemaerkningsliste
        ]
    return fundne
