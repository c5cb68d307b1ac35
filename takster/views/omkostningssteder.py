"""Cost places of an indberetning: book once, distribute by keys, and put the result in the takstskemaer (T56-T58)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from socialaftale.kerne.adgang import kraev
from socialaftale.kerne.formularer import Formular, saml_fejl, svar_for_sent, vis_fejl
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.penge import i_alt
from takster import adgang as regler
from takster.adgang import kun_indberetter, maa_se_indberetning
from takster.beregning.koder import Grad
from takster.beregning.poster import POST_EFTER_KODE
from takster.enums import Stedtype
from takster.forms.omkostningssteder import Noegleformular, Stedformular
from takster.forms.skema import vis_vaerdi
from takster.handlinger import omkostningssteder as handlinger
from takster.models import Fordelingsnoegle, Indberetning, Omkostningssted, Takstskema
from takster.stedhentning import Stedregnskab, hent_stedregnskab, overfoersler
from takster.views.faelles import trinlinjer

LUKKET = "Indberetningen er lukket, så omkostningsstederne kan ikke rettes."


def _hent(request: HttpRequest, aar: int, slug: str) -> Indberetning:
    return get_object_or_404(
        Indberetning.objects.med_linjer_for(request.adgang).select_related("runde", "driftsherre"),
        runde__aar=aar,
        driftsherre__slug=slug,
    )


def _url(indberetning: Indberetning, navn: str = "omkostningssteder", **mere: Any) -> str:
    noegler = {"aar": indberetning.runde.aar, "slug": indberetning.driftsherre.slug, **mere}
    return reverse(f"takster:{navn}", kwargs=noegler)


def _krummer(indberetning: Indberetning, *mere: str) -> list[tuple[str, str | None]]:
    krummer = [
        ("Overblik", "/"),
        (f"Indberetning {indberetning.runde.aar}", indberetning.get_absolute_url()),
        ("Omkostningssteder", _url(indberetning) if mere else None),
    ]
    return krummer + [(navn, None) for navn in mere]


def _maa_rette(request: HttpRequest, indberetning: Indberetning) -> bool:
    return regler.maa_rette_omkostningssteder(request.adgang, indberetning, timezone.localdate())


@kraev(maa_se_indberetning)
@require_GET
def oversigt(request: HttpRequest, aar: int, slug: str) -> HttpResponse:
    """All places with what is booked, what came and went, and what is left; the sum always is what was booked."""
    indberetning = _hent(request, aar, slug)
    regnskab = hent_stedregnskab(indberetning)
    fordeling = regnskab.fordeling
    return render(
        request,
        "takster/omkostningssteder/oversigt.html",
        {
            "indberetning": indberetning,
            "raekker": _raekker(regnskab),
            "noegler": regnskab.noegler,
            "bogfoert": regnskab.bogfoert,
            "endelige_i_alt": i_alt(tal for poster in fordeling.endelige.values() for tal in poster.values()),
            "eksterne_i_alt": i_alt(tal for poster in fordeling.eksterne.values() for tal in poster.values()),
            "rest_i_alt": fordeling.rest_i_alt,
            "fund": fordeling.fund,
            "kan_overfoeres": bool(fordeling.endelige) and not _fejl(regnskab),
            "trin": trinlinjer(fordeling.trin),
            "maa_rette": _maa_rette(request, indberetning),
            "broedkrummer": _krummer(indberetning),
        },
    )


def _fejl(regnskab: Stedregnskab) -> list[str]:
    return [fund.tekst for fund in regnskab.fordeling.fund if fund.grad == Grad.FEJL]


def _raekker(regnskab: Stedregnskab) -> list[dict[str, Any]]:
    """One row per place: booked, received, given away, and where it stands now."""
    fordeling = regnskab.fordeling
    raekker = []
    for sted in regnskab.steder:
        ind = i_alt(en.beloeb for en in fordeling.flytninger if en.til == sted.kode)
        ud = i_alt(en.beloeb for en in fordeling.flytninger if en.fra == sted.kode)
        bogfoert = i_alt(sted.beloeb().values())
        raekker.append({"sted": sted, "bogfoert": bogfoert, "ind": ind, "ud": ud, "nu": bogfoert + ind - ud})
    orden = list(Stedtype)
    return sorted(raekker, key=lambda raekke: orden.index(Stedtype(raekke["sted"].type)))


@kraev(kun_indberetter)
@require_POST
def begynd(request: HttpRequest, aar: int, slug: str) -> HttpResponse:
    """Make the final places of the forms."""
    indberetning = _hent(request, aar, slug)
    if not _maa_rette(request, indberetning):
        messages.info(request, LUKKET)
        return redirect(_url(indberetning))
    antal = handlinger.begynd(indberetning, adgang=request.adgang)
    messages.success(request, f"{antal} ydelser er nu endelige omkostningssteder.")
    return redirect(_url(indberetning))


def _lukket(request: HttpRequest, indberetning: Indberetning, formular: Formular, navn: str) -> HttpResponse:
    return svar_for_sent(
        request,
        formular,
        {"broedkrummer": _krummer(indberetning, navn), "videre": (_url(indberetning), "Se omkostningsstederne")},
        titel="Indberetningen er lukket",
        forklaring=LUKKET,
    )


@kraev(kun_indberetter)
def sted(request: HttpRequest, aar: int, slug: str, pk: int | None = None) -> HttpResponse:
    """A place: what it is, what is booked on it, and the key it is distributed by."""
    indberetning = _hent(request, aar, slug)
    egne = Omkostningssted.objects.synlige_for(request.adgang).filter(indberetning=indberetning)
    stedet = get_object_or_404(egne.prefetch_related("poster"), pk=pk) if pk else None
    noegler = list(Fordelingsnoegle.objects.filter(indberetning=indberetning))
    formular = Stedformular(request.POST if request.method == "POST" else None, sted=stedet, noegler=noegler)
    navn = stedet.navn if stedet else "Nyt omkostningssted"
    if not _maa_rette(request, indberetning):
        if request.method == "POST":
            return _lukket(request, indberetning, formular, navn)
        messages.info(request, LUKKET)
        return redirect(_url(indberetning))
    if request.method == "POST" and formular.is_valid():
        try:
            handlinger.gem_sted(
                indberetning,
                adgang=request.adgang,
                sted=stedet,
                version=formular.cleaned_data["version"],
                felter=formular.felter(),
                beloeb=formular.beloeb(),
            )
        except Versionskonflikt as konflikt:
            nyeste = egne.prefetch_related("poster").get(pk=konflikt.nyeste.pk)
            formular = Stedformular(_oven_paa(request, nyeste.version), sted=nyeste, noegler=noegler)
            som_gemt = Stedformular(sted=nyeste, noegler=noegler)
            return _stedside(request, indberetning, nyeste, formular, status=409, som_gemt=som_gemt)
        except ValidationError as fejl:
            vis_fejl(formular, fejl)
        else:
            messages.success(request, f"{navn} er gemt.")
            return redirect(_url(indberetning))
    return _stedside(request, indberetning, stedet, formular, status=422 if formular.errors else 200)


def _oven_paa(request: HttpRequest, version: int) -> QueryDict:
    """What was typed, to be saved on top of the newest version."""
    data = request.POST.copy()
    data["version"] = str(version)
    return data


def _forskelle(formular: Formular, som_gemt: Formular) -> list[tuple[str, str, str]]:
    """Label, typed and saved, for the fields where the two differ."""
    return [
        (str(felt.label), _i_ord(felt, felt.data), _i_ord(som_gemt[felt.name], som_gemt[felt.name].value()))
        for felt in formular.visible_fields()
        if felt.field.has_changed(som_gemt.get_initial_for_field(felt.field, felt.name), felt.data)
    ]


def _i_ord(felt: BoundField, vaerdi: Any) -> str:
    """A choice by its name; anything else as it is written."""
    if isinstance(felt.field, forms.ModelChoiceField):
        return next((str(navn) for kode, navn in felt.field.choices if str(kode) == str(vaerdi or "")), "")
    return vis_vaerdi(felt.field, vaerdi)


def _stedside(
    request: HttpRequest,
    indberetning: Indberetning,
    stedet: Omkostningssted | None,
    formular: Stedformular,
    *,
    status: int,
    som_gemt: Formular | None = None,
) -> HttpResponse:
    return _side(
        request,
        "takster/omkostningssteder/sted.html",
        formular,
        {"indberetning": indberetning, "sted": stedet, "tilbage": _url(indberetning)},
        _krummer(indberetning, stedet.navn if stedet else "Nyt omkostningssted"),
        status,
        som_gemt,
    )


def _side(
    request: HttpRequest,
    skabelon: str,
    formular: Formular,
    kontekst: dict[str, Any],
    krummer: list[tuple[str, str | None]],
    status: int,
    som_gemt: Formular | None = None,
) -> HttpResponse:
    """A page with a form; `som_gemt` is the saved form when another saved first."""
    fejl = saml_fejl([formular]) if status == 422 else []
    return render(
        request,
        skabelon,
        {
            **kontekst,
            "formular": formular,
            "fejl": fejl,
            "har_fejl": bool(fejl),
            "forskelle": _forskelle(formular, som_gemt) if som_gemt else [],
            "konflikt": som_gemt is not None,
            "broedkrummer": krummer,
        },
        status=status,
    )


@kraev(kun_indberetter)
def noegle(request: HttpRequest, aar: int, slug: str, pk: int | None = None) -> HttpResponse:
    """A key: what it measures and what each place has of it."""
    indberetning = _hent(request, aar, slug)
    egne = Fordelingsnoegle.objects.synlige_for(request.adgang).filter(indberetning=indberetning)
    noeglen = get_object_or_404(egne.prefetch_related("maengder"), pk=pk) if pk else None
    steder = list(Omkostningssted.objects.filter(indberetning=indberetning).select_related("skema"))
    formular = Noegleformular(request.POST if request.method == "POST" else None, noegle=noeglen, steder=steder)
    navn = noeglen.navn if noeglen else "Ny fordelingsnøgle"
    if not _maa_rette(request, indberetning):
        if request.method == "POST":
            return _lukket(request, indberetning, formular, navn)
        messages.info(request, LUKKET)
        return redirect(_url(indberetning))
    status, som_gemt = 200, None
    if request.method == "POST" and formular.is_valid():
        try:
            handlinger.gem_noegle(
                indberetning,
                adgang=request.adgang,
                noegle=noeglen,
                version=formular.cleaned_data["version"],
                navn=formular.cleaned_data["navn"],
                grundlag=formular.cleaned_data["grundlag"],
                maengder=formular.maengder(),
            )
        except Versionskonflikt as konflikt:
            noeglen = egne.prefetch_related("maengder").get(pk=konflikt.nyeste.pk)
            formular = Noegleformular(_oven_paa(request, noeglen.version), noegle=noeglen, steder=steder)
            status, som_gemt = 409, Noegleformular(noegle=noeglen, steder=steder)
        except ValidationError as fejl:
            vis_fejl(formular, fejl)
        else:
            messages.success(request, "Fordelingsnøglen er gemt.")
            return redirect(_url(indberetning))
    return _side(
        request,
        "takster/omkostningssteder/noegle.html",
        formular,
        {"indberetning": indberetning, "noegle": noeglen, "tilbage": _url(indberetning)},
        _krummer(indberetning, navn),
        422 if status == 200 and formular.errors else status,
        som_gemt,
    )


@kraev(kun_indberetter)
@require_POST
def slet_sted(request: HttpRequest, aar: int, slug: str, pk: int) -> HttpResponse:
    indberetning = _hent(request, aar, slug)
    stedet = get_object_or_404(indberetning.omkostningssteder.select_related("indberetning__driftsherre"), pk=pk)
    return _slet(request, indberetning, lambda: handlinger.slet_sted(stedet, adgang=request.adgang), stedet.navn)


@kraev(kun_indberetter)
@require_POST
def slet_noegle(request: HttpRequest, aar: int, slug: str, pk: int) -> HttpResponse:
    indberetning = _hent(request, aar, slug)
    noeglen = get_object_or_404(indberetning.fordelingsnoegler.select_related("indberetning__driftsherre"), pk=pk)
    return _slet(request, indberetning, lambda: handlinger.slet_noegle(noeglen, adgang=request.adgang), noeglen.navn)


def _slet(request: HttpRequest, indberetning: Indberetning, slet: Any, navn: str) -> HttpResponse:
    if not _maa_rette(request, indberetning):
        messages.info(request, LUKKET)
        return redirect(_url(indberetning))
    try:
        slet()
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, f"{navn} er slettet.")
    return redirect(_url(indberetning))


@kraev(kun_indberetter)
def overfoer(request: HttpRequest, aar: int, slug: str) -> HttpResponse:
    """What the transfer changes in the drafts, and the step itself: all forms or none."""
    indberetning = _hent(request, aar, slug)
    if not _maa_rette(request, indberetning):
        messages.info(request, LUKKET)
        return redirect(_url(indberetning))
    if request.method == "POST":
        try:
            udfoert = handlinger.overfoer(indberetning, adgang=request.adgang)
        except ValidationError as fejl:
            messages.error(request, " ".join(fejl.messages))
        else:
            messages.success(request, f"Omkostningerne er overført til {len(udfoert)} takstskemaer. De er kladder.")
        return redirect(_url(indberetning))
    regnskab = hent_stedregnskab(indberetning)
    if fejl := _fejl(regnskab):
        messages.error(request, " ".join(fejl))
        return redirect(_url(indberetning))
    skemaer = Takstskema.objects.filter(indberetning=indberetning).til_beregning()
    aabne = handlinger.aabne_skemaer(skemaer, request.adgang)
    laaste = [stedet for stedet in regnskab.steder if stedet.skema_id and stedet.skema_id not in aabne]
    return render(
        request,
        "takster/omkostningssteder/overfoer.html",
        {
            "indberetning": indberetning,
            "overfoersler": [
                {
                    "skema": en.skema,
                    "i_alt": en.i_alt,
                    "linjer": [(POST_EFTER_KODE[kode].navn, foer, efter) for kode, foer, efter in en.aendringer],
                }
                for en in overfoersler(regnskab, aabne)
            ],
            "laaste": laaste,
            "tilbage": _url(indberetning),
            "broedkrummer": _krummer(indberetning, "Overfør til takstskemaerne"),
        },
    )
