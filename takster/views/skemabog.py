"""The workbook of a driftsherre's takstskemaer: out, in, what it changes, and saving the changes in the drafts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from socialaftale.kerne import haandbog, regneark, svar
from socialaftale.kerne.adgang import kraev, kun_driftsherre
from socialaftale.kerne.dokumenter import MIMETYPER
from socialaftale.kerne.formularer import Fejl, saml_fejl
from socialaftale.kerne.job import koersel
from socialaftale.kerne.regneark import Art, Kolonne
from takster.adgang import kun_indberetter, maa_hente_skemabog
from takster.enums import Skemabogsretning, Skemabogstilstand
from takster.forms.skemabog import Indlaesningsformular
from takster.models import Indberetning, Skemabog
from takster.skemabog import indlaesning
from takster.skemabog.hentning import byg_bog, filnavn, kan_indlaeses, skemaer_i
from takster.skemabog.sammenlign import DERES, FILENS
from takster.skemabog.stempel import METODE

FEJL_PR_SIDE = 200
SKEMAER_PR_SIDE = 50
SIDSTE_FILER = 10
_FEJLKOLONNER = (
    Kolonne("Ark", lambda fejl: fejl["ark"]),
    Kolonne("Række", lambda fejl: fejl["raekke"] or None, Art.HELTAL, 9),
    Kolonne("Kolonne", lambda fejl: fejl["kolonne"], bredde=9),
    Kolonne("Overskrift", lambda fejl: fejl["overskrift"], bredde=34),
    Kolonne("Skema", lambda fejl: fejl["skema"], bredde=16),
    Kolonne("Værdi", lambda fejl: fejl["vaerdi"], bredde=26),
    Kolonne("Det skal rettes", lambda fejl: fejl["besked"], bredde=80),
)


def hent_egen(request: HttpRequest, aar: int, slug: str) -> Indberetning:
    """The indberetning whose cost lines the reader may see, or 404."""
    haandbog.saet_aar(request, aar)
    return get_object_or_404(
        Indberetning.objects.med_linjer_for(request.adgang).select_related("runde__regelsaet", "driftsherre"),
        runde__aar=aar,
        driftsherre__slug=slug,
    )


def krummer(egen: Indberetning, *mere: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [
        ("Overblik", "/"),
        (f"Indberetning {egen.runde.aar}", reverse("takster:indberetning_runde", kwargs={"aar": egen.runde.aar})),
        (egen.driftsherre.navn, egen.get_absolute_url()),
        *mere,
    ]


def _url(egen: Indberetning, navn: str = "skemaboeger", **mere: Any) -> str:
    return reverse(f"takster:{navn}", kwargs={"aar": egen.runde.aar, "slug": egen.driftsherre.slug, **mere})


@kraev(maa_hente_skemabog)
@require_GET
def oversigt(request: HttpRequest, aar: int, slug: str) -> HttpResponse:
    """Fetch the workbook, read it in again, and the files of the last days."""
    return _oversigt(request, hent_egen(request, aar, slug), Indlaesningsformular())


def _oversigt(request: HttpRequest, egen: Indberetning, formular: Indlaesningsformular) -> HttpResponse:
    # The lines are not needed here.
    skemaer = list(skemaer_i(egen, request.adgang).prefetch_related(None))
    filer = Skemabog.objects.synlige_for(request.adgang).indlaeste().filter(indberetning=egen).defer("indhold")
    fejl = saml_fejl([formular])
    return render(
        request,
        "takster/skemabog/oversigt.html",
        {
            "indberetning": egen,
            "formular": formular,
            "antal": len(skemaer),
            "maa_indlaese": kun_indberetter(request.adgang) and kan_indlaeses(request.adgang, skemaer),
            "viser_filer": request.adgang.er_driftsherre,
            "filer": filer.select_related("bruger", "indberetning__runde", "indberetning__driftsherre")[:SIDSTE_FILER],
            "fejl": fejl,
            "har_fejl": bool(fejl),
            "broedkrummer": krummer(egen, ("Excel", None)),
        },
        status=422 if fejl else 200,
    )


@kraev(maa_hente_skemabog)
@require_POST
def hent(request: HttpRequest, aar: int, slug: str) -> HttpResponse:
    """The workbook at once, or as a job when there are many forms."""
    egen = hent_egen(request, aar, slug)
    if skemaer_i(egen, request.adgang).count() <= indlaesning.DIREKTE:
        return svar.fil(filnavn(egen), MIMETYPER["xlsx"], byg_bog(egen, request.adgang))
    return _start(
        request,
        indlaesning.JOB_HENT,
        titel=f"Arbejdsbog med takstskemaer {aar}",
        noegle=f"{indlaesning.JOB_HENT}:{egen.pk}:{request.adgang.bruger.pk}",
        parametre={"indberetning": egen.pk},
    )


def _start(request: HttpRequest, slags: str, **job: Any) -> HttpResponse:
    return redirect("kerne:job", pk=koersel.start(request.adgang, slags, **job).pk)


@kraev(maa_hente_skemabog)
@require_GET
def fil(request: HttpRequest, aar: int, slug: str, pk: str) -> HttpResponse:
    """The workbook a job has made."""
    bog = _hent_bog(request, hent_egen(request, aar, slug), pk, Skemabogsretning.UD)
    return svar.fil(bog.filnavn, MIMETYPER["xlsx"], bog.tag_ud())


def _hent_bog(request: HttpRequest, egen: Indberetning, pk: str, retning: Skemabogsretning) -> Skemabog:
    boeger = Skemabog.objects.synlige_for(request.adgang).filter(indberetning=egen, retning=retning)
    return get_object_or_404(
        boeger.select_related("bruger", "indberetning__runde", "indberetning__driftsherre"), pk=pk
    )


@kraev(kun_indberetter)
@require_POST
def indlaes(request: HttpRequest, aar: int, slug: str) -> HttpResponse:
    """Keep the file and start reading it."""
    egen = hent_egen(request, aar, slug)
    formular = Indlaesningsformular(request.POST, request.FILES)
    if not formular.is_valid():
        return _oversigt(request, egen, formular)
    upload = formular.cleaned_data["fil"]
    bog = indlaesning.opret(egen, request.adgang, upload.name, upload.read())
    return _laes(request, bog)


def _laes(request: HttpRequest, bog: Skemabog) -> HttpResponse:
    return _start(
        request,
        indlaesning.JOB_LAES,
        titel="Indlæs takstskemaer fra Excel",
        noegle=f"{indlaesning.JOB_LAES}:{bog.pk}",
        parametre={"fil": str(bog.pk)},
    )


@kraev(kun_indberetter)
@require_POST
def laes_igen(request: HttpRequest, aar: int, slug: str, pk: str) -> HttpResponse:
    """Compare a kept file with the forms as they are now; also after a job that was interrupted."""
    bog = _hent_bog(request, hent_egen(request, aar, slug), pk, Skemabogsretning.IND)
    if bog.tilstand == Skemabogstilstand.GEMT or not bog.indhold:
        return redirect(bog)
    return _laes(request, bog)


@kraev(kun_driftsherre)
@require_GET
def vis(request: HttpRequest, aar: int, slug: str, pk: str) -> HttpResponse:
    """What the file would change, or what must be corrected in it."""
    egen = hent_egen(request, aar, slug)
    return _vis(request, egen, _hent_bog(request, egen, pk, Skemabogsretning.IND))


def _vis(
    request: HttpRequest, egen: Indberetning, bog: Skemabog, fejl: list[Fejl] | None = None, status: int = 200
) -> HttpResponse:
    resultat = bog.resultat
    konflikter = [en | {"valgt": request.POST.get(f"valg_{en['noegle']}", "")} for en in _konflikter(resultat)]
    sider = Paginator(resultat.get("aendringer", ()), SKEMAER_PR_SIDE)
    fejlsider = Paginator(resultat.get("fejl", ()), FEJL_PR_SIDE)
    nummer = request.GET.get("page")
    return render(
        request,
        "takster/skemabog/vis.html",
        {
            "indberetning": egen,
            "bog": bog,
            "resultat": resultat,
            "antal_fejl": fejlsider.count,
            "antal_aendringer": sider.count,
            "aendrer": bool(sider.count or resultat.get("metode")),
            "fejlside": fejlsider.get_page(nummer),
            "side": sider.get_page(nummer),
            "konflikter": konflikter,
            "maa_gemme": kun_indberetter(request.adgang) and bog.tilstand == Skemabogstilstand.KLAR,
            "maa_laese": kun_indberetter(request.adgang)
            and bog.tilstand in (Skemabogstilstand.LAESES, Skemabogstilstand.KLAR),
            "fejl": fejl or [],
            "har_fejl": bool(fejl),
            "broedkrummer": krummer(egen, ("Excel", _url(egen)), (bog.filnavn, None)),
        },
        status=status,
    )


def _konflikter(resultat: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What both the file and a colleague have changed: the method, and form by form."""
    metode = resultat.get("metode")
    if metode and metode["er_konflikt"]:
        felt = {"felt": METODE, "deres": metode["foer"], "filens": metode["efter"]}
        yield {"noegle": indlaesning.METODE, "navn": METODE, "titel": METODE, "konflikter": [felt]}
    for aendring in resultat.get("aendringer", ()):
        if aendring["konflikter"]:
            navn = aendring["navn"]
            yield {
                "noegle": str(aendring["pk"]),
                "navn": navn,
                "titel": f"{navn}, {aendring['nummer']}",
                "konflikter": aendring["konflikter"],
            }


@kraev(kun_indberetter)
@require_POST
def gem(request: HttpRequest, aar: int, slug: str, pk: str) -> HttpResponse:
    """Save the changes in the drafts; where a colleague changed the same, the user must have chosen."""
    egen = hent_egen(request, aar, slug)
    bog = _hent_bog(request, egen, pk, Skemabogsretning.IND)
    if bog.tilstand != Skemabogstilstand.KLAR:
        messages.info(request, "Ændringerne er allerede gemt, eller filen kan ikke gemmes.")
        return redirect(bog)
    valg, mangler = {}, []
    for konflikt in _konflikter(bog.resultat):
        navn = f"valg_{konflikt['noegle']}"
        if request.POST.get(navn) in (DERES, FILENS):
            valg[konflikt["noegle"]] = request.POST[navn]
        else:
            mangler.append(Fejl(f"Vælg, hvilke værdier der skal gælde for {konflikt['navn']}", f"{navn}_{DERES}"))
    if mangler:
        return _vis(request, egen, bog, mangler, status=422)
    return _start(
        request,
        indlaesning.JOB_GEM,
        titel="Gem ændringer fra Excel",
        noegle=f"{indlaesning.JOB_GEM}:{bog.pk}",
        parametre={"fil": str(bog.pk), "valg": valg},
    )


@kraev(kun_driftsherre)
@require_GET
def fejlliste(request: HttpRequest, aar: int, slug: str, pk: str) -> HttpResponse:
    """All errors of the file as a workbook."""
    egen = hent_egen(request, aar, slug)
    bog = _hent_bog(request, egen, pk, Skemabogsretning.IND)
    fejl = bog.resultat.get("fejl")
    if not fejl:
        raise Http404
    noter = [f"Fejl i {bog.filnavn}, indlæst {timezone.localtime(bog.oprettet):%d.%m.%Y kl. %H.%M}."]
    data = regneark.byg_ark("Fejl i arbejdsbogen", _FEJLKOLONNER, fejl, noter=noter)
    return svar.fil(f"fejl-{filnavn(egen)}", MIMETYPER["xlsx"], data)
