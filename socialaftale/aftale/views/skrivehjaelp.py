"""What the editor asks the server while somebody writes: figures, drafts, and who else is at work in the chapter."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from socialaftale.aftale.adgang import redigerer
from socialaftale.aftale.handlinger import gem_kapitelkladde
from socialaftale.aftale.hentning import hent_laesning
from socialaftale.aftale.views.faelles import find_aftale, find_kapitel, ret_url
from socialaftale.kerne.adgang import kraev
from socialaftale.kerne.konflikt import laes_version
from socialaftale.kerne.tal.katalog import TalMangler
from socialaftale.kerne.tekst import blokke, kladder, talopslag
from socialaftale.kerne.tekst.kladder import KladdeOptaget
from socialaftale.kerne.templatetags import dansk

OPTAGET = (
    "Du har en anden kladde til kapitlet, måske fra et andet vindue. Den bliver ikke overskrevet. Gem kapitlet her, "
    "eller kopiér din tekst og genindlæs siden for at vælge mellem dem."
)
CPR = "Kladden er ikke gemt. Fjern det, der ligner et CPR-nummer, i din tekst."


@kraev(redigerer)
@require_safe
def tal(request: HttpRequest, periode: str) -> JsonResponse:
    """The catalogue: what `soeg` finds, or (`h`, repeated) what the references of a text stand for today."""
    aftale = find_aftale(request, periode)
    kontekst = aftale.talkontekst()
    if "h" in request.GET:
        return JsonResponse({"henvisninger": talopslag.for_henvisninger(kontekst, request.GET.getlist("h"))})
    art = request.GET.get("art", "")
    return JsonResponse(talopslag.soeg(kontekst, request.GET.get("soeg", ""), art=art))


@kraev(redigerer)
@require_safe
def blok(request: HttpRequest, periode: str) -> JsonResponse:
    """A block as the reader of the draft sees it, or why there is nothing to see."""
    aftale = find_aftale(request, periode)
    fundet = blokke.find(request.GET.get("noegle", ""))
    if fundet is None:
        return JsonResponse({"html": ""}, status=404)
    try:
        html = fundet.byg(hent_laesning(aftale, kladde=True).kontekst())
    except TalMangler as fejl:
        return JsonResponse({"html": "", "mangler": str(fejl)})
    return JsonResponse({"html": html})


@kraev(redigerer)
@require_POST
def gem_kladde(request: HttpRequest, periode: str, noegle: str) -> JsonResponse:
    """Automatic saving of what stands in the form, right or wrong; the chapter itself is not changed."""
    aftale = find_aftale(request, periode)
    kapitel = find_kapitel(aftale, noegle)
    fra_version = laes_version(request.POST.get("fra_version"))
    if not 0 < fra_version <= kapitel.version:
        return JsonResponse({"besked": "Genindlæs siden, og prøv igen."}, status=400)
    try:
        kladde = gem_kapitelkladde(
            aftale,
            adgang=request.adgang,
            kapitel=kapitel,
            titel=request.POST.get("titel", ""),
            indhold=request.POST.get("indhold", ""),
            fra_version=fra_version,
            maerke=request.POST.get("kladde", ""),
        )
    except KladdeOptaget:
        return JsonResponse({"besked": OPTAGET}, status=409)
    except ValidationError:
        return JsonResponse({"besked": CPR}, status=422)
    besked = f"Gemt {dansk.tidspunkt(kladde.gemt)}" if kladde else "Ingen ændringer"
    return JsonResponse({"besked": besked, "felter": {"kladde": kladde.maerke if kladde else ""}})


@kraev(redigerer)
@require_POST
def slet_kladde(request: HttpRequest, periode: str, noegle: str) -> HttpResponse:
    """Throw the draft away that the page showed; a newer one stays."""
    aftale = find_aftale(request, periode)
    kapitel = find_kapitel(aftale, noegle)
    if kladder.slet(kapitel, adgang=request.adgang, maerke=request.POST.get("kladde", "")):
        messages.success(request, "Kladden er slettet")
    else:
        messages.info(request, "Kladden er ændret eller slettet i et andet vindue")
    return redirect(ret_url(aftale, kapitel))


@kraev(redigerer)
@require_POST
def til_stede(request: HttpRequest, periode: str, noegle: str) -> JsonResponse:
    """The writer is at work: who else is, and which version is the newest by now."""
    aftale = find_aftale(request, periode)
    kapitel = find_kapitel(aftale, noegle)
    kladder.meld_til_stede(kapitel, request.adgang)
    return JsonResponse(
        {
            "andre": [redigering.i_ord for redigering in kladder.andre(kapitel, request.adgang)],
            "version": kapitel.version,
            "rettet_af": str(kapitel.rettet_af or "Systemet"),
        }
    )
