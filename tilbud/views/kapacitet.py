"""Capacity: places per municipality of location for each agreement period, and one municipality with its *tilbud*."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET
from django_tables2 import RequestConfig

from socialaftale.kerne.adgang import kraev, offentlig
from socialaftale.kerne.enums import Organisationstype
from socialaftale.kerne.models import Haendelse, Opsaetning, Organisation
from socialaftale.kerne.talformat import skriv_heltal, skriv_pct
from tilbud import kapacitetsfigurer as figurer
from tilbud import kapacitetstekster as tekster
from tilbud import kapacitetsvisning as vis
from tilbud.beregning.kapacitet import Opgoerelse, Serie, Udvikling, udvikling_til
from tilbud.kapacitetsfigurer import Ramme
from tilbud.kapacitetshentning import Kommunensregister, Tilbudslinje, opgoerelser, sidste_aar
from tilbud.kapacitetstabeller import Pladstabel
from tilbud.models import Pladsopgoerelse
from tilbud.regneark import kapacitet as regneark

TITEL = "Kapacitet"
# In the lists of one municipality; all of them are in its files.
TILBUD_PR_SIDE = 50


@kraev(offentlig)
@require_GET
def kapacitet(request: HttpRequest) -> HttpResponse:
    """The whole area in one period: map, charts, table, development, definitions."""
    alle = opgoerelser(request.adgang)
    valgt = vis.vaelg(request, alle)
    if valgt is None:
        return render(
            request, "tilbud/kapacitet/oversigt.html", {"broedkrummer": vis.krummer((TITEL, None)), "valgt": None}
        )
    udvikling = udvikling_til(valgt, alle)
    tabel = RequestConfig(request, paginate=False).configure(Pladstabel(valgt))
    if vis.FORMAT in request.GET:
        return vis.fil(
            request,
            f"kapacitet-{valgt.periode}",
            excel=lambda: regneark.kapacitetsbog(
                valgt, tabel.kommuner, udvikling, vis.noter(valgt, f"Sorteret efter {tabel.sorteret_efter}.")
            ),
            csv=lambda: regneark.kapacitetscsv(valgt, tabel.kommuner),
        )
    opsaetning = Opsaetning.hent()
    kontekst = {
        "broedkrummer": vis.krummer((TITEL, None)),
        "valgt": valgt,
        "faner": vis.faner(alle, valgt, reverse("tilbud:kapacitet")),
        "hovedfund": tekster.hovedfund(valgt, omraade=opsaetning.omraade, aftalenavn=opsaetning.navn),
        "noegletal": vis.noegletal(valgt.i_alt, udvikling),
        "kort": figurer.pladskort(valgt, Ramme(id="pladskort", tabel_adresse="#tabel")),
        "soejler": figurer.pladssoejler(valgt, Ramme(id="pladssoejler", tabel_adresse="#tabel")),
        "table": tabel,
        "beregning": vis.beregning(valgt, valgt.i_alt, f"summen af {len(valgt.kommuner)} kommuner"),
        "udvikling": udvikling,
        "udviklingstal": _udviklingstal(udvikling) if udvikling else None,
        "hent": vis.hentadresser(request),
        "haendelser": _historik(request, valgt),
        "kilde": figurer.kilde(valgt),
        **_definitioner(),
    }
    return render(request, "tilbud/kapacitet/oversigt.html", kontekst)


@kraev(offentlig)
@require_GET
def kommune(request: HttpRequest, slug: str) -> HttpResponse:
    """One municipality: its three series per period, what lies in it, and what it runs."""
    kommunen = get_object_or_404(
        Organisation.objects.synlige_for(request.adgang)
        .filter(Q(er_part=True) | Q(pladstal__opgoerelse__offentliggjort=True), type=Organisationstype.KOMMUNE)
        .distinct(),
        slug=slug,
    )
    alle = opgoerelser(request.adgang)
    valgt = vis.vaelg(request, alle)
    register = Kommunensregister(kommunen, request.adgang, sidste_aar(valgt) if valgt else None)
    linjer = register.linjer()
    if vis.FORMAT in request.GET:
        return vis.fil(
            request,
            "-".join(filter(None, ("kapacitet", kommunen.slug, valgt and valgt.periode))),
            excel=lambda: regneark.kommunebog(alle, slug, linjer, [kommunen.navn, *vis.noter(valgt)]),
            csv=lambda: regneark.kommunecsv(linjer),
        )
    tal = next((post for post in valgt.kommuner if post.slug == slug), None) if valgt else None
    udvikling = udvikling_til(valgt, alle) if valgt else None
    oversigt = reverse("tilbud:kapacitet", query={"periode": valgt.periode} if valgt else None)
    kontekst = {
        "broedkrummer": vis.krummer((TITEL, oversigt), (kommunen.kortnavn, None)),
        "kommune": kommunen,
        "valgt": valgt,
        "faner": vis.faner(alle, valgt, request.path) if valgt else [],
        "fund": tekster.kommunefund(valgt, tal) if valgt and tal else "",
        "noegletal": vis.noegletal(tal.pladser) if tal else [],
        "perioder": [(opgoerelse, opgoerelse.for_kommune(slug)) for opgoerelse in alle],
        "figur": figurer.kommunesoejler(udvikling, slug, kommunen.kortnavn, Ramme(id="kommunesoejler"))
        if udvikling
        else None,
        "beregning": vis.beregning(valgt, tal.pladser, "som opgjort i kilden") if tal else None,
        "kilde": figurer.kilde(valgt) if valgt else "",
        "fordeling": _fordeling(register, tal.pladser.socialaftale if tal else None, valgt),
        "ligger_i": _side(request, "ligger", [linje for linje in linjer if linje.ligger_i]),
        "drives_af": _side(request, "drives", [linje for linje in linjer if linje.drives_af]),
        "har_eksempler": any(linje.er_eksempel for linje in linjer),
        "naboer": _naboer(valgt, slug),
        "hent": vis.hentadresser(request),
        "serienavne": list(tekster.KORTE_SERIENAVNE.values()),
        **_definitioner(),
    }
    return render(request, "tilbud/kapacitet/kommune.html", kontekst)


def _side(request: HttpRequest, felt: str, linjer: list[Tilbudslinje]) -> Page:
    """A page of one of the two lists; each has a place of its own in the address."""
    return Paginator(linjer, TILBUD_PR_SIDE).get_page(request.GET.get(felt))


# The whole area


def _udviklingstal(udvikling: Udvikling) -> dict[str, Any]:
    """The development as the page shows it: the chart and the rows of both tables."""
    socialaftale = udvikling.serie(Serie.SOCIALAFTALE)
    return {
        "figur": figurer.pladsudvikling(udvikling, Ramme(id="pladsudvikling", tabel_adresse="#udviklingstabel")),
        "serier": [
            (navn, tekster.aendringsceller(udvikling.serie(serie))) for serie, navn in tekster.SERIENAVNE.items()
        ],
        "i_alt": tekster.aendringsceller(udvikling.i_alt),
        "kommuner": [(post.navn, tekster.aendringsceller(post.aendring)) for post in udvikling.kommuner],
        "socialaftale": tekster.aendringsceller(socialaftale),
        "kilde": figurer.kilder(udvikling),
        "beregning": {
            "formel": "Ændring i procent = (pladser nu − pladser før) / pladser før",
            "trin": [
                (
                    f"Pladser i socialaftalen {udvikling.foer.aar}",
                    skriv_heltal(socialaftale.foer),
                    udvikling.foer.kilde,
                ),
                (f"Pladser i socialaftalen {udvikling.nu.aar}", skriv_heltal(socialaftale.nu), udvikling.nu.kilde),
                ("Ændring", tekster.med_fortegn(socialaftale.absolut), ""),
            ],
            "resultat": skriv_pct(socialaftale.pct),
        },
    }


def _definitioner() -> dict[str, Any]:
    return {
        "definitioner": [(tekster.SERIENAVNE[serie], tekst) for serie, tekst in tekster.DEFINITIONER.items()],
        "beliggenhed": tekster.BELIGGENHED,
    }


def _historik(request: HttpRequest, valgt: Opgoerelse) -> list[Haendelse] | None:
    """What happened to the statement, with findings of the import; for the secretariat."""
    if not request.adgang.er_sekretariat:
        return None
    return list(Haendelse.objects.for_objekt(Pladsopgoerelse(pk=valgt.id)).synlige_for(request.adgang))


# One municipality


def _naboer(valgt: Opgoerelse | None, slug: str) -> dict[str, tuple[str, str]]:
    """Name and address of the municipalities before and after in the statement's order."""
    kommuner = valgt.kommuner if valgt else ()
    nummer = next((nummer for nummer, post in enumerate(kommuner) if post.slug == slug), None)
    if nummer is None:
        return {}
    naboer = {"forrige": nummer - 1, "naeste": nummer + 1}
    return {
        navn: (
            kommuner[plads].navn,
            reverse(
                "tilbud:kapacitet_kommune", kwargs={"slug": kommuner[plads].slug}, query={"periode": valgt.periode}
            ),
        )
        for navn, plads in naboer.items()
        if 0 <= plads < len(kommuner)
    }


def _fordeling(register: Kommunensregister, opgjort: int | None, valgt: Opgoerelse | None) -> dict[str, Any]:
    """The agreement's places against the register: ready texts for the page."""
    fordeling = register.fordeling(opgjort)
    return {
        "opgjort": opgjort,
        "fordelt": tekster.interval(fordeling.fordelt.antal if fordeling.fordelt else None),
        "heraf_eksempel": tekster.interval(fordeling.fordelt.heraf_eksempel)
        if fordeling.fordelt and fordeling.fordelt.heraf_eksempel.til
        else "",
        "ikke_fordelt": tekster.interval(fordeling.ikke_fordelt),
        "flere_i_registret": fordeling.ikke_fordelt is not None and fordeling.ikke_fordelt.til < 0,
        "andre_arter": [
            (tekster.artnavn(post.art), post.tilbud, tekster.interval(post.antal)) for post in fordeling.andre_arter
        ],
        "tilbud_i_alt": fordeling.tilbud_i_alt,
        "uden_pladser": fordeling.uden_pladser,
        "aar": valgt.aar if valgt else None,
    }
