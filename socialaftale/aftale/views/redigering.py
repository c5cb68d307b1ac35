"""Correcting chapters: form with preview and catalogue, conflict, versions, going back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from socialaftale.aftale.adgang import maa_rette, redigerer
from socialaftale.aftale.forms import Kapitelform
from socialaftale.aftale.handlinger import gendan_kapitel, ret_kapitel
from socialaftale.aftale.hentning import Laesekapitel, hent_laesning, rettede_kapitler
from socialaftale.aftale.kommentering import synlige_kommentarer
from socialaftale.aftale.models import Aftale
from socialaftale.aftale.views import konflikt
from socialaftale.aftale.views.faelles import find_aftale, find_kapitel, krummer, laast, ret_url
from socialaftale.kerne.adgang import kraev
from socialaftale.kerne.formularer import saml_fejl
from socialaftale.kerne.konflikt import Versionskonflikt, laes_version
from socialaftale.kerne.models import Haendelse, Kapitel, Kladde
from socialaftale.kerne.tal.katalog import Talkontekst
from socialaftale.kerne.tekst import kladder, opslag
from socialaftale.kerne.word import har_pandoc

FELTER = ("titel", "indhold", "fra_version", "kladde")


@kraev(redigerer)
@require_safe
def oversigt(request: HttpRequest, periode: str) -> HttpResponse:
    """The chapters to correct, and what has happened."""
    aftale = find_aftale(request, periode)
    return render(
        request,
        "aftale/ret/oversigt.html",
        {
            "aftale": aftale,
            "kapitler": aftale.tekst.kapitler.select_related("rettet_af"),
            "rettede": {kapitel.pk for kapitel in rettede_kapitler(aftale)},
            "maa_rette": maa_rette(request.adgang, aftale),
            "aabne_kommentarer": synlige_kommentarer(aftale, request.adgang).aabne().count(),
            "i_gang": kladder.i_gang(aftale.tekst),
            "har_pandoc": har_pandoc(),
            "haendelser": Haendelse.objects.for_objekt(aftale).synlige_for(request.adgang)[:20],
            "broedkrummer": krummer(aftale, ("Redigér", None)),
        },
    )


@kraev(redigerer)
@require_http_methods(["GET", "HEAD", "POST"])
def ret_kapitel_side(request: HttpRequest, periode: str, noegle: str) -> HttpResponse:
    """The form of a chapter: saves, shows how it will look, or searches the figures, and keeps what is typed."""
    aftale = find_aftale(request, periode)
    kapitel = find_kapitel(aftale, noegle)
    tal = aftale.talkontekst()
    if not maa_rette(request.adgang, aftale):
        return laast(request, aftale, Kapitelform(request.POST, tal=tal))
    if request.method != "POST":
        return _aabn(request, aftale, kapitel, tal)
    handling = request.POST.get("handling", "gem")
    if handling == "soeg":
        # Not judged yet: the writer is only looking something up.
        skrevet = {navn: request.POST.get(navn, "") for navn in FELTER}
        return _vis(request, aftale, kapitel, Kapitelform(tal=tal, initial=skrevet), beskidt=True)
    form = Kapitelform(request.POST, tal=tal)
    if handling == "flet":
        samlet = konflikt.sammensat(request, kapitel)
        if samlet is None:
            return _konflikt(request, aftale, kapitel, form)
        form = Kapitelform(tal=tal, initial={**samlet, "fra_version": kapitel.version})
        return _vis(request, aftale, kapitel, form, beskidt=True, flettet=True)
    if not form.is_valid():
        return _vis(request, aftale, kapitel, form, beskidt=True, status=422)
    if handling == "vis":
        proeve = _forhaandsvis(aftale, kapitel, form)
        return _vis(request, aftale, kapitel, form, beskidt=True, proeve=proeve)
    try:
        gemt = ret_kapitel(aftale, adgang=request.adgang, kapitel=kapitel, **form.cleaned_data)
    except Versionskonflikt as undtagelse:
        return _konflikt(request, aftale, undtagelse.nyeste, form)
    if gemt.version == form.cleaned_data["fra_version"]:
        messages.info(request, "Der var ingen ændringer at gemme")
    else:
        messages.success(request, f"Kapitlet er gemt som version {gemt.version}")
    return redirect(ret_url(aftale, kapitel))


def _aabn(request: HttpRequest, aftale: Aftale, kapitel: Kapitel, tal: Talkontekst) -> HttpResponse:
    """The chapter as it is saved, with the writer's own draft offered; `?kladde` goes on with the draft."""
    kladde = kladder.find(kapitel, request.adgang)
    if kladde is not None and "kladde" in request.GET:
        start = {
            "titel": kladde.titel,
            "indhold": kladde.indhold,
            "fra_version": kladde.fra_version,
            "kladde": kladde.maerke,
        }
        return _vis(request, aftale, kapitel, Kapitelform(tal=tal, initial=start), fra_kladde=kladde)
    start = {"titel": kapitel.titel, "indhold": kapitel.indhold, "fra_version": kapitel.version}
    return _vis(request, aftale, kapitel, Kapitelform(tal=tal, initial=start), kladde=kladde)


def _vis(
    request: HttpRequest,
    aftale: Aftale,
    kapitel: Kapitel,
    form: Kapitelform,
    *,
    beskidt: bool = False,
    proeve: SafeString | None = None,
    kladde: Kladde | None = None,
    fra_kladde: Kladde | None = None,
    flettet: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The page of the form; `kladde` is a draft to choose or throw away, `fra_kladde` the one the form holds."""
    soeg = request.POST.get("soeg", "")
    fejl = saml_fejl([form])
    return render(
        request,
        "aftale/ret/kapitel.html",
        {
            **_kapitelkontekst(aftale, kapitel),
            "form": form,
            "fejl": fejl,
            "har_fejl": bool(fejl),
            "beskidt": beskidt,
            "proeve": proeve,
            "kladde": kladde,
            "fra_kladde": fra_kladde,
            "flettet": flettet,
            "andre": kladder.andre(kapitel, request.adgang),
            "soeg": soeg,
            "grupper": opslag.slaa_op(form.tal, soeg, form["indhold"].value() or ""),
        },
        status=status,
    )


def _kapitelkontekst(aftale: Aftale, kapitel: Kapitel) -> dict[str, Any]:
    return {
        "aftale": aftale,
        "kapitel": kapitel,
        "laes_url": _laes_url(aftale, kapitel),
        "broedkrummer": krummer(aftale, ("Redigér", aftale.adresse("ret")), (kapitel.titel, None)),
    }


def _laes_url(aftale: Aftale, kapitel: Kapitel) -> str:
    laesekapitel = Laesekapitel.af_kladde(kapitel)
    if laesekapitel.er_omslag:
        return aftale.adresse("aftale") + "?kladde=1"
    return aftale.kapitel_adresse(kapitel.noegle, "?kladde=1")


def _forhaandsvis(aftale: Aftale, kapitel: Kapitel, form: Kapitelform) -> SafeString:
    """The typed text as readers will see it; below the page's own heading, so its headings move down."""
    kapitel.titel, kapitel.indhold = form.cleaned_data["titel"], form.cleaned_data["indhold"]
    return hent_laesning(aftale, kladde=True).udfyldt(Laesekapitel.af_kladde(kapitel), ryk=1).html


def _konflikt(request: HttpRequest, aftale: Aftale, kapitel: Kapitel, form: Kapitelform) -> HttpResponse:
    """Both texts beside what they come from; the typed one in the form, now starting from the stored version."""
    vist = konflikt.kontekst(request, aftale, kapitel)
    samlet = Kapitelform(tal=form.tal, initial={**vist["skrevet"], "fra_version": kapitel.version})
    return render(
        request,
        "aftale/ret/konflikt.html",
        {**_kapitelkontekst(aftale, kapitel), **vist, "form": samlet},
        status=409,
    )


@kraev(redigerer)
@require_safe
def versioner(request: HttpRequest, periode: str, noegle: str) -> HttpResponse:
    """Every saved version of a chapter."""
    aftale = find_aftale(request, periode)
    kapitel = find_kapitel(aftale, noegle)
    return render(
        request,
        "aftale/ret/versioner.html",
        {
            **_kapitelkontekst(aftale, kapitel),
            "versioner": kapitel.versioner.select_related("bruger"),
            "broedkrummer": krummer(aftale, (kapitel.titel, ret_url(aftale, kapitel)), ("Versioner", None)),
        },
    )


@kraev(redigerer)
@require_http_methods(["GET", "HEAD", "POST"])
def version(request: HttpRequest, periode: str, noegle: str, nummer: int) -> HttpResponse:
    """One version as it reads with today's figures; POST makes it the newest again."""
    aftale = find_aftale(request, periode)
    kapitel = find_kapitel(aftale, noegle)
    fundet = get_object_or_404(kapitel.versioner.select_related("bruger", "kapitel"), version=nummer)
    fejl: list[str] = []
    rettet_imens, status = False, 200
    if request.method == "POST":
        fra_version = laes_version(request.POST.get("fra_version"))
        try:
            gemt = gendan_kapitel(
                aftale, adgang=request.adgang, kapitel=kapitel, nummer=nummer, fra_version=fra_version
            )
        except Versionskonflikt:
            # Read again with who saved it: the page tells, and its button now starts from that version.
            kapitel, rettet_imens, status = find_kapitel(aftale, noegle), True, 409
        except ValidationError as undtagelse:
            fejl, status = undtagelse.messages, 422
        else:
            messages.success(request, f"Version {nummer} er gendannet som version {gemt.version}")
            return redirect(ret_url(aftale, kapitel))
    laesning = hent_laesning(aftale, kladde=True)
    return render(
        request,
        "aftale/ret/version.html",
        {
            **_kapitelkontekst(aftale, kapitel),
            "version": fundet,
            "maa_rette": maa_rette(request.adgang, aftale),
            "tekst": laesning.udfyldt(Laesekapitel.af_version(fundet)).html,
            "kan_ikke": fejl,
            "konflikt": rettet_imens,
            "broedkrummer": krummer(
                aftale,
                (kapitel.titel, ret_url(aftale, kapitel)),
                ("Versioner", aftale.adresse("versioner", noegle)),
                (f"Version {nummer}", None),
            ),
        },
        status=status,
    )
