"""How the tariffs have developed between two years: the public page and its files (T92, T93)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from socialaftale.kerne import svar
from socialaftale.kerne.adgang import kraev, offentlig
from socialaftale.kerne.dokumenter import MIMETYPER
from socialaftale.kerne.models import Opsaetning
from socialaftale.kerne.templatetags import dansk
from takster import udvikling as hentning
from takster import udviklingstekster as tekster
from takster.beregning.takstudvikling import Priser, Takstpar
from takster.models import PLsats, Takst
from takster.regneark import udvikling as regneark
from takster.udvikling import Udvikling


@kraev(offentlig)
@require_GET
def vis(request: HttpRequest) -> HttpResponse:
    """Without a choice the two newest years that can be compared."""
    par = hentning.aarspar()
    fra_aar, til_aar = _valg(request, par)
    kontekst: dict[str, Any] = {
        "aarene": sorted({aar for et_par in par for aar in et_par}, reverse=True),
        "fra_aar": fra_aar,
        "til_aar": til_aar,
        "udvikling": None,
        "har_tal": False,
        "besked": "",
        "mulige": [],
        "broedkrummer": [("Overblik", "/"), ("Takster", reverse("takster:liste")), ("Takstudvikling", None)],
    }
    if fra_aar is None or til_aar is None:
        return render(request, "takster/udvikling.html", kontekst)
    priser = _priser(request)
    kontekst |= {"priser": priser, "prisvalg": list(tekster.prisnavne(fra_aar, til_aar).items())}
    if fra_aar >= til_aar:
        kontekst["besked"] = "Vælg et år at sammenligne med, der ligger efter det første."
        return render(request, "takster/udvikling.html", kontekst)
    udvikling = hentning.hent_udvikling(fra_aar, til_aar, priser)
    har_tal = bool(udvikling.linjer) and udvikling.uvaegtet is not None
    satser = _satser(udvikling)
    if "format" in request.GET and har_tal:
        return _fil(request.GET["format"], udvikling, satser)
    kontekst |= {
        "udvikling": udvikling,
        "har_tal": har_tal,
        "besked": udvikling.fejl or f"Der er ingen takster at sammenligne fra {fra_aar} til {til_aar}.",
        "mulige": par if not har_tal else [],
    }
    if har_tal:
        kontekst |= _tal(udvikling, satser)
    return render(request, "takster/udvikling.html", kontekst)


def _valg(request: HttpRequest, par: list[tuple[int, int]]) -> tuple[int | None, int | None]:
    """The years asked for; a year that cannot be read is not found."""
    if not ({"fra", "til"} & set(request.GET)):
        return par[0] if par else (None, None)
    valgte = [request.GET.get(navn, "") for navn in ("fra", "til")]
    if not all(aar.isascii() and aar.isdigit() and len(aar) == 4 for aar in valgte):
        raise Http404
    return int(valgte[0]), int(valgte[1])


def _priser(request: HttpRequest) -> Priser:
    valgt = request.GET.get("priser", "")
    return Priser(valgt) if valgt in set(Priser) else Priser.GAMMELT_AAR


def _satser(udvikling: Udvikling) -> list[PLsats]:
    """The rates between the years, as far as the comparison uses any."""
    if udvikling.er_trykt or udvikling.priser == Priser.LOEBENDE:
        return []
    satser = PLsats.objects.gaeldende().filter(type="service")
    return list(satser.filter(fra_aar__gte=udvikling.fra_aar, fra_aar__lt=udvikling.til_aar))


def _tal(udvikling: Udvikling, satser: list[PLsats]) -> dict[str, Any]:
    adresse = reverse(
        "takster:udvikling",
        query={"fra": udvikling.fra_aar, "til": udvikling.til_aar, "priser": udvikling.priser.value},
    )
    yderpunkter = udvikling.yderpunkter
    links = _links([*yderpunkter.stigninger, *yderpunkter.fald], udvikling.til_aar)
    return {
        "hent": {form: f"{adresse}&format={form}" for form in ("xlsx", "csv")},
        "noegletal": tekster.noegletal(udvikling),
        "figur": tekster.fordelingsfigur(udvikling),
        "trin": tekster.trin(udvikling),
        "udeladte": tekster.udeladte(udvikling),
        "stigninger": [(par, links.get(par.noegle, "")) for par in yderpunkter.stigninger],
        "fald": [(par, links.get(par.noegle, "")) for par in yderpunkter.fald],
        "satser": satser,
        "kilde": "; ".join(udvikling.kilder) or "offentliggjorte takster og pris- og lønsatserne nedenfor",
    }


def _links(par: list[Takstpar], aar: int) -> dict[str, str]:
    """The later year's tariff of each pair; one query."""
    takster = Takst.objects.gaeldende().filter(aar=aar, ydelse__in=[int(et.noegle) for et in par])
    return {str(takst.ydelse_id): takst.get_absolute_url() for takst in takster.select_related("tilbud", "ydelse")}


def _fil(form: str, udvikling: Udvikling, satser: list[PLsats]) -> HttpResponse:
    navn = f"takstudvikling-{udvikling.fra_aar}-{udvikling.til_aar}.{form}"
    if form not in ("xlsx", "csv"):
        raise Http404
    parring = None
    if not udvikling.er_trykt:
        parring = hentning.hent_parring(udvikling.fra_aar, udvikling.til_aar, udvikling.priser)
    if form == "csv":
        return svar.fil(navn, MIMETYPER["csv"], regneark.byg_csv(udvikling, parring))
    prisniveau = tekster.prisnavne(udvikling.fra_aar, udvikling.til_aar)[udvikling.priser]
    noter = [
        f"{Opsaetning.hent().navn}. Samme takst i begge år; nye og udgåede takster er ikke med.",
        f"Kilde: {'; '.join(udvikling.kilder)}." if udvikling.er_trykt else f"Prisniveau: {prisniveau}.",
        f"Udtrukket {dansk.tidspunkt(timezone.now())}",
    ]
    if udvikling.er_eksempel:
        noter.append("Eksempeltal: Nogle af tallene er opdigtede og kun til demonstration.")
    return svar.fil(navn, MIMETYPER["xlsx"], regneark.byg_excel(udvikling, parring, satser, noter))
