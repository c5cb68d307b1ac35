"""Named versions: the list, making one, reading one with what changed, going back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from socialaftale.aftale import versionshandlinger
from socialaftale.aftale.adgang import laeser_kladde, maa_rette, redigerer
from socialaftale.aftale.forms_versioner import Navngivform
from socialaftale.aftale.models import Aftale
from socialaftale.aftale.stande import NU, Stand, aendringstabel, forskel, navngivet_stand
from socialaftale.aftale.views.faelles import find_aftale, krummer
from socialaftale.kerne.adgang import kraev
from socialaftale.kerne.formularer import svar_med_formular, vis_fejl
from socialaftale.kerne.konflikt import Versionskonflikt, laes_version
from socialaftale.kerne.models import NavngivetVersion
from socialaftale.kerne.tekst.versionshandlinger import Tekstkonflikt, standmaerke


def _liste_url(aftale: Aftale) -> str:
    return aftale.adresse("navngivne")


def _navngivet(aftale: Aftale, nummer: int) -> NavngivetVersion:
    return get_object_or_404(aftale.tekst.navngivne.select_related("bruger", "tekst"), nummer=nummer)


def _nu(aftale: Aftale) -> Stand:
    return Stand(aftale, f"{aftale.periode}:{NU}", "kladden nu")


@kraev(laeser_kladde)
@require_safe
def liste(request: HttpRequest, periode: str) -> HttpResponse:
    """The named versions, newest first, and what has changed since the newest."""
    return _liste(request, find_aftale(request, periode), Navngivform())


@kraev(redigerer)
@require_http_methods(["POST"])
def navngiv(request: HttpRequest, periode: str) -> HttpResponse:
    """Give the draft as it stands a name."""
    aftale = find_aftale(request, periode)
    form = Navngivform(request.POST)
    if form.is_valid():
        try:
            navngivet = versionshandlinger.navngiv(aftale, adgang=request.adgang, **form.cleaned_data)
        except ValidationError as fejl:
            vis_fejl(form, fejl)
        else:
            messages.success(request, f"Versionen “{navngivet.navn}” er gemt")
            return redirect(_liste_url(aftale))
    return _liste(request, aftale, form)


def _liste(request: HttpRequest, aftale: Aftale, form: Navngivform) -> HttpResponse:
    versioner = list(aftale.tekst.navngivne.select_related("bruger").annotate(antal=Count("kapitler")))
    seneste = navngivet_stand(aftale, versioner[0]) if versioner else None
    return svar_med_formular(
        request,
        "aftale/versioner/liste.html",
        [form],
        {
            "aftale": aftale,
            "versioner": versioner,
            "seneste": seneste,
            "aendringer": aendringstabel(forskel(seneste, _nu(aftale))) if seneste else [],
            "maa_navngive": redigerer(request.adgang),
            "form": form,
            "broedkrummer": krummer(aftale, ("Navngivne versioner", None)),
        },
    )


@kraev(laeser_kladde)
@require_safe
def version(request: HttpRequest, periode: str, nummer: int) -> HttpResponse:
    """One named version: its chapters, what changed since the one before, and the way back to it."""
    aftale = find_aftale(request, periode)
    return _vis_version(request, aftale, _navngivet(aftale, nummer))


@kraev(redigerer)
@require_http_methods(["POST"])
def gendan(request: HttpRequest, periode: str, nummer: int) -> HttpResponse:
    """The whole text as it stood in the version."""
    aftale = find_aftale(request, periode)
    navngivet = _navngivet(aftale, nummer)
    try:
        foer = versionshandlinger.gendan_tekst(
            aftale, navngivet, adgang=request.adgang, fra_stand=request.POST.get("fra_stand", "")
        )
    except Tekstkonflikt:
        return _vis_version(request, aftale, navngivet, konflikt=True, status=409)
    except ValidationError as fejl:
        return _vis_version(request, aftale, navngivet, kan_ikke=fejl.messages, status=422)
    messages.success(
        request, f"Teksten er sat tilbage til “{navngivet.navn}”. Det, der stod før, er gemt som “{foer.navn}”"
    )
    return redirect(_liste_url(aftale))


def _vis_version(
    request: HttpRequest,
    aftale: Aftale,
    navngivet: NavngivetVersion,
    *,
    konflikt: bool = False,
    kan_ikke: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    stand = navngivet_stand(aftale, navngivet)
    forrige = aftale.tekst.navngivne.filter(nummer__lt=navngivet.nummer).first()
    forrige_stand = navngivet_stand(aftale, forrige) if forrige else None
    return render(
        request,
        "aftale/versioner/version.html",
        {
            "aftale": aftale,
            "navngivet": navngivet,
            "stand": stand,
            "kapitler": stand.laesning().kapitler,
            "forrige": forrige_stand,
            "aendringer": aendringstabel(forskel(forrige_stand, stand)) if forrige_stand else [],
            "maa_rette": maa_rette(request.adgang, aftale),
            "fra_stand": standmaerke(aftale.tekst),
            "konflikt": konflikt,
            "kan_ikke": kan_ikke,
            "broedkrummer": krummer(aftale, ("Navngivne versioner", _liste_url(aftale)), (navngivet.navn, None)),
        },
        status=status,
    )


@kraev(laeser_kladde)
@require_safe
def kapitel(request: HttpRequest, periode: str, nummer: int, noegle: str) -> HttpResponse:
    """A chapter as it stood in a named version."""
    aftale = find_aftale(request, periode)
    return _vis_kapitel(request, aftale, _navngivet(aftale, nummer), noegle)


@kraev(redigerer)
@require_http_methods(["POST"])
def gendan_kapitel(request: HttpRequest, periode: str, nummer: int, noegle: str) -> HttpResponse:
    """One chapter as it stood in the version."""
    aftale = find_aftale(request, periode)
    navngivet = _navngivet(aftale, nummer)
    post = get_object_or_404(navngivet.kapitler.select_related("version__kapitel"), version__kapitel__noegle=noegle)
    try:
        kapitel = versionshandlinger.gendan_kapitel(
            aftale, post, adgang=request.adgang, fra_version=laes_version(request.POST.get("fra_version"))
        )
    except Versionskonflikt:
        return _vis_kapitel(request, aftale, navngivet, noegle, konflikt=True, status=409)
    except ValidationError as fejl:
        return _vis_kapitel(request, aftale, navngivet, noegle, kan_ikke=fejl.messages, status=422)
    messages.success(request, f"“{kapitel.titel}” er sat tilbage til “{navngivet.navn}”")
    return redirect(aftale.adresse("ret_kapitel", noegle))


def _vis_kapitel(
    request: HttpRequest,
    aftale: Aftale,
    navngivet: NavngivetVersion,
    noegle: str,
    *,
    konflikt: bool = False,
    kan_ikke: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    laesning = navngivet_stand(aftale, navngivet).laesning()
    fundet = next((kapitel for kapitel in laesning.kapitler if kapitel.noegle == noegle), None)
    if fundet is None:
        raise Http404
    post = navngivet.kapitler.select_related("version__kapitel").get(version__kapitel__noegle=noegle)
    return render(
        request,
        "aftale/versioner/kapitel.html",
        {
            "aftale": aftale,
            "navngivet": navngivet,
            "tekst": laesning.udfyldt(fundet),
            "nu": post.version.kapitel,
            "er_nyeste": post.version.version == post.version.kapitel.version and not post.version.kapitel.fjernet,
            "maa_rette": maa_rette(request.adgang, aftale),
            "konflikt": konflikt,
            "kan_ikke": kan_ikke,
            "broedkrummer": krummer(
                aftale,
                ("Navngivne versioner", _liste_url(aftale)),
                (navngivet.navn, aftale.adresse("navngivet", navngivet.nummer)),
                (fundet.titel, None),
            ),
        },
        status=status,
    )
