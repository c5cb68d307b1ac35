"""Who buys places in a *tilbud*: a page per year for the secretariat, and for the *driftsherre* as a proposal."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from socialaftale.kerne.adgang import kraev, roller
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.formularer import svar_med_formular
from tilbud import adgang as regler
from tilbud.forms import AarForm, KoebereForm, KoebereforslagForm
from tilbud.handlinger import Koeberkonflikt, foreslaa_koebere, ret_koebere
from tilbud.handlinger.forslag import KOEBERE
from tilbud.handlinger.koebere import fingeraftryk, registrerede, samlet_kilde
from tilbud.models import Koeberkommune, Tilbud, Tilbudsforslag

maa_skrive_koebere = roller(
    "maa_skrive_koebere",
    "Sekretariatet, og driftsherrer for deres egne tilbud.",
    Rolle.DRIFTSHERRE_INDBERETTER,
    Rolle.DRIFTSHERRE_GODKENDER,
)


@kraev(maa_skrive_koebere)
@require_http_methods(["GET", "POST"])
def ret(request: HttpRequest, slug: str) -> HttpResponse:
    """The buyers of one year, chosen with `?aar=`."""
    adgang = request.adgang
    tilbud = Tilbud.objects.synlige_for(adgang)
    if not regler.maa_rette(adgang):
        tilbud = tilbud.for_driftsherre(adgang.organisation)
    tilbud = get_object_or_404(tilbud, slug=slug)
    aarene = Koeberkommune.objects.synlige_for(adgang).filter(tilbud=tilbud).values_list("aar", flat=True)
    aarene = sorted(set(aarene), reverse=True)
    aarsform = AarForm(request.GET if "aar" in request.GET else {"aar": str(_standardaar(aarene))})
    if not aarsform.is_valid():
        return _side(request, tilbud, None, aarene, aarsform, None)
    aar = aarsform.cleaned_data["aar"]
    if regler.maa_rette(adgang):
        return _ret(request, tilbud, aar, aarene, aarsform)
    return _foreslaa(request, tilbud, aar, aarene, aarsform)


def _standardaar(aarene: list[int]) -> int:
    return aarene[0] if aarene else timezone.localdate().year


def _ret(request: HttpRequest, tilbud: Tilbud, aar: int, aarene: list[int], aarsform: AarForm) -> HttpResponse:
    nu = registrerede(tilbud, aar)
    if request.method == "GET":
        return _side(request, tilbud, aar, aarene, aarsform, KoebereForm(initial=_af_registret(nu)))
    formular = KoebereForm(request.POST)
    if formular.is_valid():
        try:
            aendret = ret_koebere(
                tilbud,
                adgang=request.adgang,
                aar=aar,
                kommuner=formular.kommuner(),
                kilde=formular.cleaned_data["kilde"],
                aabnet=formular.cleaned_data["aabnet"],
            )
        except Koeberkonflikt:
            return _konflikt(request, tilbud, aar, aarene, aarsform)
        if aendret:
            messages.success(request, f"Køberkommuner for {aar} er gemt")
        else:
            messages.info(request, "Du har ikke ændret noget")
        return redirect(tilbud)
    return _side(request, tilbud, aar, aarene, aarsform, formular)


def _foreslaa(request: HttpRequest, tilbud: Tilbud, aar: int, aarene: list[int], aarsform: AarForm) -> HttpResponse:
    adgang = request.adgang
    aabent = Tilbudsforslag.objects.synlige_for(adgang).aabne().filter(tilbud=tilbud).first()
    if aabent and not regler.kan_rettes(aabent):
        messages.info(request, "Forslaget er indsendt. Træk det tilbage, hvis du vil rette i det.")
        return redirect(aabent)
    if request.method == "GET":
        initial = _af_registret(registrerede(tilbud, aar)) | _af_kladden(aabent, aar)
        return _side(request, tilbud, aar, aarene, aarsform, KoebereforslagForm(initial=initial))
    formular = KoebereforslagForm(request.POST)
    if formular.is_valid():
        try:
            forslag = foreslaa_koebere(
                tilbud,
                adgang=adgang,
                aar=aar,
                kommuner=formular.kommuner(),
                kilde=formular.cleaned_data["kilde"],
                begrundelse=formular.cleaned_data["begrundelse"],
            )
        except ValidationError as fejl:
            formular.add_error(None, fejl.messages)
        except UlovligOvergang:
            messages.warning(request, "Forslaget er ændret af en anden. Her er det, som det ser ud nu.")
            return redirect(aabent or tilbud)
        else:
            messages.success(request, "Din kladde er gemt. Forslaget er ikke indsendt endnu.")
            return redirect(forslag)
    return _side(request, tilbud, aar, aarene, aarsform, formular)


def _af_registret(koebere: list[Koeberkommune]) -> dict[str, Any]:
    kommuner = [koeber.kommune_id for koeber in koebere]
    return {"parter": kommuner, "andre": kommuner, "kilde": samlet_kilde(koebere), "aabnet": fingeraftryk(koebere)}


def _af_kladden(forslag: Tilbudsforslag | None, aar: int) -> dict[str, Any]:
    if forslag is None:
        return {}
    post = forslag.aendringer.get(f"{KOEBERE}{aar}")
    koebere = {"parter": post["efter"], "andre": post["efter"], "kilde": post["kilde"]} if post else {}
    return koebere | {"begrundelse": forslag.begrundelse}


def _konflikt(request: HttpRequest, tilbud: Tilbud, aar: int, aarene: list[int], aarsform: AarForm) -> HttpResponse:
    """422 with what was typed, what the register says now, and a form that may be saved over it."""
    nu = registrerede(tilbud, aar)
    data = request.POST.copy()
    data["aabnet"] = fingeraftryk(nu)
    formular = KoebereForm(data)
    formular.is_valid()
    navne = ", ".join(koeber.kommune.kortnavn for koeber in nu) or "ingen"
    formular.add_error(
        None,
        f"En anden har rettet køberne for {aar}, mens du skrev. I registret står nu: {navne}. "
        "Se dine kryds efter, og gem igen.",
    )
    return _side(request, tilbud, aar, aarene, aarsform, formular)


def _side(
    request: HttpRequest,
    tilbud: Tilbud,
    aar: int | None,
    aarene: list[int],
    aarsform: AarForm,
    formular: KoebereForm | None,
) -> HttpResponse:
    eksempler = tilbud.koebere.filter(aar=aar, er_eksempel=True).select_related("kommune") if aar else ()
    valgte_andre = formular["andre"].value() or () if formular else ()
    andre_pk = {pk for pk, _ in formular.fields["andre"].choices} if formular else set()
    kontekst = {
        "tilbud": tilbud,
        "aar": aar,
        "aarene": aarene,
        "aarsform": aarsform,
        "formular": formular,
        "antal_andre": len({str(pk) for pk in valgte_andre} & {str(pk) for pk in andre_pk}),
        "eksempler": ", ".join(koeber.kommune.kortnavn for koeber in eksempler),
        "er_forslag": not regler.maa_rette(request.adgang),
        "broedkrummer": [
            ("Overblik", "/"),
            ("Tilbud", reverse("tilbud:liste")),
            (tilbud.navn, tilbud.get_absolute_url()),
            ("Køberkommuner", None),
        ],
    }
    return svar_med_formular(request, "tilbud/koebere.html", [formular or aarsform], kontekst)
