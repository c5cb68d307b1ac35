"""A new period, and how a draft is put together: chapters, focus areas, annexes, signatories."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from socialaftale.aftale import opbygning, oprettelse
from socialaftale.aftale.adgang import maa_opbygge, redigerer
from socialaftale.aftale.forms_opbygning import (
    RAEKKEFORMULARER,
    Fjernkapitelform,
    Nytkapitelform,
    Periodeform,
    Retkapitelform,
)
from socialaftale.aftale.models import Aftale
from socialaftale.aftale.opbygning import LISTER, Liste
from socialaftale.aftale.views.faelles import find_aftale, krummer
from socialaftale.kerne.adgang import kraev
from socialaftale.kerne.formularer import Formular, svar_med_formular, vis_fejl
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models import Kapitel
from socialaftale.kerne.tekst.opbygning import NED, OP
from socialaftale.kerne.tekst.rensning import ren_tekst

IMENS = "En anden har rettet kapitlet imens. Se det igen, før du gemmer"


@kraev(redigerer)
@require_http_methods(["GET", "HEAD", "POST"])
def opret(request: HttpRequest) -> HttpResponse:
    """Make the agreement of a new period."""
    aftaler = list(Aftale.objects.select_related("tekst"))
    form = Periodeform(
        request.POST if request.method == "POST" else None,
        aftaler=aftaler,
        initial={"fra_aar": aftaler[0].til_aar + 1, "til_aar": aftaler[0].til_aar + 2} if aftaler else {},
    )
    if request.method == "POST" and form.is_valid():
        aar = {navn: form.cleaned_data[navn] for navn in ("fra_aar", "til_aar")}
        try:
            if form.forrige:
                medtag = form.cleaned_data["medtag"]
                ny = oprettelse.opret_fra_forrige(form.forrige, adgang=request.adgang, medtag=medtag, **aar)
            else:
                ny = oprettelse.opret_fra_skabelon(adgang=request.adgang, **aar)
        except ValidationError as fejl:
            vis_fejl(form, fejl)
        else:
            messages.success(request, f"{ny} er oprettet som udkast")
            return redirect("aftale:opbygning", periode=ny.periode)
    return svar_med_formular(
        request,
        "aftale/opbygning/formular.html",
        [form],
        {
            "titel": "Opret aftale",
            "overtekst": "Aftaler",
            "indledning": "Tal i teksten følger den nye periode. Årstal, der er skrevet i en kopieret tekst, "
            "bliver sat på listen over kommentarer, så de bliver set igennem.",
            "knap": "Opret aftale",
            "form": form,
            "fortryd_url": reverse("aftale:liste"),
            "broedkrummer": [("Aftaler", reverse("aftale:liste")), ("Opret aftale", None)],
        },
    )


def _udkast(request: HttpRequest, periode: str) -> Aftale:
    """The agreement while it can be arranged; afterwards its parts are not there to change."""
    aftale = find_aftale(request, periode)
    if not maa_opbygge(request.adgang, aftale):
        raise Http404
    return aftale


def _til_oversigt(aftale: Aftale, anker: str = "") -> HttpResponse:
    return redirect(reverse("aftale:opbygning", args=(aftale.periode,)) + (f"#{anker}" if anker else ""))


def _formular(request: HttpRequest, aftale: Aftale, form: Formular, **kontekst: Any) -> HttpResponse:
    return svar_med_formular(
        request,
        "aftale/opbygning/formular.html",
        [form],
        {
            "overtekst": aftale.titel,
            "form": form,
            "indledning": "",
            "fortryd_url": reverse("aftale:opbygning", args=(aftale.periode,)),
            "broedkrummer": krummer(
                aftale,
                ("Opbygning", reverse("aftale:opbygning", args=(aftale.periode,))),
                (kontekst["titel"], None),
            ),
            **kontekst,
        },
    )


@kraev(redigerer)
@require_safe
def oversigt(request: HttpRequest, periode: str) -> HttpResponse:
    """Everything in its order, with what can be done to it while it is a draft."""
    aftale = find_aftale(request, periode)
    return render(
        request,
        "aftale/opbygning/oversigt.html",
        {
            "aftale": aftale,
            "maa_opbygge": maa_opbygge(request.adgang, aftale),
            "kapitler": aftale.tekst.kapitler.all(),
            "fokusomraader": LISTER["fokusomraade"].raekker(aftale),
            "bilag": LISTER["bilag"].raekker(aftale),
            "underskrivere": LISTER["underskriver"].raekker(aftale),
            "broedkrummer": krummer(aftale, ("Opbygning", None)),
        },
    )


def _retning(request: HttpRequest) -> str:
    retning = request.POST.get("retning", "")
    if retning not in (OP, NED):
        raise Http404
    return retning


@kraev(redigerer)
@require_POST
def flyt_kapitel(request: HttpRequest, periode: str, noegle: str) -> HttpResponse:
    """One place up or down; the page opens at the chapter."""
    aftale = _udkast(request, periode)
    kapitel = get_object_or_404(aftale.tekst.kapitler, noegle=noegle)
    flyttet = opbygning.flyt_kapitel(aftale, adgang=request.adgang, noegle=noegle, retning=_retning(request))
    if flyttet:
        messages.success(request, f"“{kapitel.titel}” er flyttet")
    else:
        messages.info(request, f"“{kapitel.titel}” kan ikke flyttes længere")
    return _til_oversigt(aftale, f"kapitel-{noegle}")


@kraev(redigerer)
@require_http_methods(["GET", "HEAD", "POST"])
def nyt_kapitel(request: HttpRequest, periode: str) -> HttpResponse:
    """Add a chapter."""
    aftale = _udkast(request, periode)
    form = Nytkapitelform(request.POST if request.method == "POST" else None, aftale=aftale)
    if request.method == "POST" and form.is_valid():
        try:
            kapitel = opbygning.tilfoej_kapitel(aftale, adgang=request.adgang, **form.cleaned_data)
        except ValidationError as fejl:
            vis_fejl(form, fejl)
        else:
            messages.success(request, f"Kapitlet “{kapitel.titel}” er tilføjet")
            return _til_oversigt(aftale, f"kapitel-{kapitel.noegle}")
    return _formular(request, aftale, form, titel="Tilføj kapitel", knap="Tilføj kapitel")


@kraev(redigerer)
@require_http_methods(["GET", "HEAD", "POST"])
def ret_kapitel(request: HttpRequest, periode: str, noegle: str) -> HttpResponse:
    """Rename a chapter, change its level, number or guidance."""
    aftale = _udkast(request, periode)
    kapitel: Kapitel = get_object_or_404(aftale.tekst.kapitler, noegle=noegle)
    start = {
        "titel": kapitel.titel,
        "niveau": str(kapitel.niveau),
        "nummereret": kapitel.nummer is not None,
        "vejledning": kapitel.vejledning,
        "fra_version": kapitel.version,
    }
    form = Retkapitelform(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            opbygning.omdoeb_kapitel(aftale, kapitel, adgang=request.adgang, **form.cleaned_data)
        except Versionskonflikt as konflikt:
            form.data = {**request.POST.dict(), "fra_version": konflikt.nyeste.version}
            form.add_error(None, IMENS)
        except ValidationError as fejl:
            vis_fejl(form, fejl)
        else:
            messages.success(request, "Kapitlet er gemt")
            return _til_oversigt(aftale, f"kapitel-{noegle}")
    return _formular(request, aftale, form, titel=f"Opsætning af {kapitel.titel}", knap="Gem")


@kraev(redigerer)
@require_http_methods(["GET", "HEAD", "POST"])
def fjern_kapitel(request: HttpRequest, periode: str, noegle: str) -> HttpResponse:
    """Take a chapter out, with a reason when it holds text."""
    aftale = _udkast(request, periode)
    kapitel: Kapitel = get_object_or_404(aftale.tekst.kapitler, noegle=noegle)
    form = Fjernkapitelform(
        request.POST if request.method == "POST" else None, initial={"fra_version": kapitel.version}
    )
    if request.method == "POST" and form.is_valid():
        try:
            opbygning.fjern_kapitel(aftale, kapitel, adgang=request.adgang, **form.cleaned_data)
        except ValidationError as fejl:
            vis_fejl(form, fejl)
        else:
            messages.success(request, f"Kapitlet “{kapitel.titel}” er taget ud af teksten")
            return _til_oversigt(aftale)
    antal = len(ren_tekst(kapitel.indhold).split())
    return _formular(
        request,
        aftale,
        form,
        titel=f"Tag {kapitel.titel} ud",
        knap="Tag kapitlet ud",
        indledning=f"Kapitlet har {antal} ord. Det bliver i de navngivne versioner og kan sættes tilbage derfra."
        if antal
        else "Kapitlet er tomt.",
    )


def _liste(art: str) -> Liste:
    if art not in LISTER:
        raise Http404
    return LISTER[art]


@kraev(redigerer)
@require_http_methods(["GET", "HEAD", "POST"])
def raekke(request: HttpRequest, periode: str, art: str, pk: int | None = None) -> HttpResponse:
    """Add or correct a focus area, an initiative, an annex or a signatory."""
    aftale, liste = _udkast(request, periode), _liste(art)
    if pk is None:
        instans = liste.model() if art == "initiativ" else liste.model(aftale=aftale)
    else:
        instans = get_object_or_404(liste.raekker(aftale), pk=pk)
    form = RAEKKEFORMULARER[art](
        request.POST if request.method == "POST" else None,
        instance=instans,
        aftale=aftale,
        initial={"fokusomraade": request.GET.get("fokusomraade")} if pk is None else None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            opbygning.gem_raekke(aftale, liste, form.instance, adgang=request.adgang)
        except ValidationError as fejl:
            vis_fejl(form, fejl)
        else:
            messages.success(request, f"{liste.navn.capitalize()} er gemt")
            if art == "bilag" and form.instance.mangler_fil:
                return redirect("aftale:bilag_fil", periode=periode, pk=form.instance.pk)
            return _til_oversigt(aftale, art)
    titel = f"Tilføj {liste.navn}" if pk is None else f"Redigér {liste.navn}"
    return _formular(request, aftale, form, titel=titel, knap="Gem")


@kraev(redigerer)
@require_POST
def flyt_raekke(request: HttpRequest, periode: str, art: str, pk: int) -> HttpResponse:
    """One place up or down in its list."""
    aftale, liste = _udkast(request, periode), _liste(art)
    fundet = get_object_or_404(liste.raekker(aftale), pk=pk)
    if opbygning.flyt_raekke(aftale, liste, fundet, adgang=request.adgang, retning=_retning(request)):
        messages.success(request, f"“{fundet}” er flyttet")
    else:
        messages.info(request, f"“{fundet}” kan ikke flyttes længere")
    return _til_oversigt(aftale, art)


@kraev(redigerer)
@require_POST
def slet_raekke(request: HttpRequest, periode: str, art: str, pk: int) -> HttpResponse:
    """Take a row off its list."""
    aftale, liste = _udkast(request, periode), _liste(art)
    fundet = get_object_or_404(liste.raekker(aftale), pk=pk)
    navn = str(fundet)
    opbygning.slet_raekke(aftale, liste, fundet, adgang=request.adgang)
    messages.success(request, f"“{navn}” er slettet")
    return _til_oversigt(aftale, art)
