"""What the tariffs mean for the municipality that buys: next year's cost against this year's."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from socialaftale.kerne import svar
from socialaftale.kerne.adgang import kraev
from socialaftale.kerne.dokumenter import MIMETYPER
from socialaftale.kerne.models import Organisation
from socialaftale.kerne.tables import Tabel
from socialaftale.kerne.talformat import skriv_aendring, skriv_beloeb, skriv_kr
from socialaftale.kerne.templatetags import dansk
from takster import budget as hentning
from takster.adgang import maa_se_budget
from takster.beregning.koebere import Koebssum
from takster.budget import Budget
from takster.budgettabeller import Tilbudstabel, Ydelsestabel, sumpct
from takster.models import Indberetningsrunde
from takster.regneark import budget as regneark
from takster.views.faelles import trinlinjer


@kraev(maa_se_budget)
@require_GET
def vis(request: HttpRequest) -> HttpResponse:
    """The reader's own municipality; the secretariat chooses one. Another's is not found."""
    kommuner, aarene = list(hentning.kommuner_for(request.adgang)), hentning.budgetaar()
    kommune, aar = _kommune(request, kommuner), _aar(request, aarene)
    kontekst: dict[str, Any] = {
        "kommuner": kommuner,
        "kommune": kommune,
        "aarene": aarene,
        "aar": aar,
        "budget": None,
        "broedkrummer": [("Overblik", "/"), ("Takster", reverse("takster:liste")), ("Budget", None)],
    }
    if kommune is None or aar is None:
        return render(request, "takster/budget.html", kontekst)
    budget = hentning.hent_budget(kommune, aar)
    if "format" in request.GET:
        return _fil(request.GET["format"], budget)
    adresse = reverse("takster:budget", query={"aar": aar, "kommune": kommune.slug})
    ydelsestabel = _sorteret(request, Ydelsestabel(budget, adresse, request=request, prefix="ydelse-"))
    kontekst |= {
        "budget": budget,
        "hent": {form: f"{adresse}&format={form}" for form in ("xlsx", "csv")},
        "noegletal": _noegletal(budget.i_alt, aar),
        "beregning": _sumtrin(budget.i_alt, aar),
        "raekke": _raekke(budget, request.GET.get("beregning", "")),
        "tilbudstabel": _sorteret(request, Tilbudstabel(budget, request=request, prefix="tilbud-")),
        "ydelsestabel": ydelsestabel,
        "foer": aar - 1,
        "ydelser_aabne": ydelsestabel.prefixed_order_by_field in request.GET,
        "uden_naeste": budget.i_alt.udgift_nu - budget.i_alt.sammenlignet_nu,
        "mangler": [fund.tekst for fund in budget.oversigt.fund],
    }
    return render(request, "takster/budget.html", kontekst)


def _sorteret(request: HttpRequest, tabel: Tabel) -> Tabel:
    """Sorted as the heading that was chosen says; each table has its own."""
    if oensket := request.GET.get(tabel.prefixed_order_by_field):
        tabel.order_by = oensket
    return tabel


def _kommune(request: HttpRequest, kommuner: list[Organisation]) -> Organisation | None:
    """The one asked for; without a question the only one there is."""
    valgt = request.GET.get("kommune", "")
    if not valgt:
        return kommuner[0] if len(kommuner) == 1 else None
    kommune = next((kommune for kommune in kommuner if kommune.slug == valgt), None)
    if kommune is None:
        raise Http404
    return kommune


def _aar(request: HttpRequest, aarene: list[int]) -> int | None:
    """The one asked for, else the newest round that is open or was."""
    valgt = request.GET.get("aar", "")
    if valgt:
        aar = next((aar for aar in aarene if str(aar) == valgt), None)
        if aar is None:
            raise Http404
        return aar
    aktuel = Indberetningsrunde.objects.aktuel()
    return aktuel.aar if aktuel else None


def _fil(form: str, budget: Budget) -> HttpResponse:
    navn = f"budget-{budget.kommune.slug}-{budget.aar}.{form}"
    if form == "xlsx":
        return svar.fil(navn, MIMETYPER["xlsx"], regneark.byg_excel(budget, _noter(budget)))
    if form == "csv":
        return svar.fil(navn, MIMETYPER["csv"], regneark.byg_csv(budget))
    raise Http404


def _noter(budget: Budget) -> list[str]:
    noter = [
        f"{budget.kommune.navn}: køb efter socialaftalens takster i {budget.aar} mod {budget.aar - 1}. "
        "Årets egne priser, ikke pris- og lønreguleret.",
        f"Udtrukket {dansk.tidspunkt(timezone.now())}",
    ]
    if budget.i_alt.er_foreloebig:
        noter.append("Foreløbig: Nogle takster er indsendt, men ikke offentliggjort. De kan blive ændret.")
    if budget.er_eksempel:
        noter.append("Eksempeltal: Tallene er opdigtede og kun til demonstration.")
    return noter


def _noegletal(i_alt: Koebssum, aar: int) -> list[dict[str, str]]:
    pct = sumpct(i_alt)
    antal = i_alt.antal - i_alt.antal_ukendte
    return [
        {
            "tal": skriv_kr(i_alt.sammenlignet_naeste, 0),
            "tekst": f"Udgift i {aar} for {dansk.antal(antal, 'køb')}, der kan sammenlignes",
            "note": f"mod {skriv_kr(i_alt.sammenlignet_nu, 0)} i {aar - 1}",
        },
        {
            "tal": skriv_kr(i_alt.aendring, 0),
            "tekst": f"Ændring fra {aar - 1}",
            "note": f"{skriv_aendring(pct)} %" if pct is not None else "",
        },
        {"tal": skriv_kr(i_alt.priseffekt, 0), "tekst": "heraf ændrede takster"},
        {"tal": skriv_kr(i_alt.maengdeeffekt, 0), "tekst": "heraf ændret mængde"},
    ]


def _sumtrin(i_alt: Koebssum, aar: int) -> dict[str, Any]:
    trin = [
        (f"Udgift i {aar - 1}, de køb, der kan sammenlignes", skriv_kr(i_alt.sammenlignet_nu), ""),
        (f"Udgift i {aar}, de samme køb", skriv_kr(i_alt.sammenlignet_naeste), ""),
        ("Ændrede takster", skriv_kr(i_alt.priseffekt), f"Årets mængde × (taksten i {aar} − taksten i {aar - 1})"),
        ("Ændret mængde", skriv_kr(i_alt.maengdeeffekt), f"(Mængden i {aar} − mængden i {aar - 1}) × den gamle takst"),
    ]
    if i_alt.ikke_delt:
        trin.append(("Kan ikke deles", skriv_kr(i_alt.ikke_delt), "Ydelsen er ny eller har skiftet enhed"))
    nu, naeste = skriv_beloeb(i_alt.sammenlignet_nu), skriv_beloeb(i_alt.sammenlignet_naeste)
    return {"trin": trin, "resultat": f"{naeste} − {nu} = {skriv_kr(i_alt.aendring)}"}


def _raekke(budget: Budget, ydelse: str) -> dict[str, Any] | None:
    """One purchase with its calculation, when the reader asked for it."""
    raekke = budget.find(ydelse) if ydelse else None
    if raekke is None:
        return None
    return {"navn": f"{raekke.koeb.tilbud}, {raekke.koeb.navn}", "trin": trinlinjer(raekke.trin)}
