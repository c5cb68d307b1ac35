"""Agreements on supplements (T41): the list, choosing the supplement, making one, reading it, marking it as seen."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from socialaftale.kerne import dansk as sortering
from socialaftale.kerne import svar
from socialaftale.kerne.adgang import Adgang, kraev
from socialaftale.kerne.dokumenter import MIMETYPER
from socialaftale.kerne.formularer import svar_med_formular, vis_fejl
from socialaftale.kerne.lister import Listevisning
from socialaftale.kerne.models import Opsaetning
from socialaftale.kerne.pdf.skabelon import byg_fra_skabelon_i_barn
from socialaftale.kerne.templatetags import dansk
from takster import adgang as regler
from takster.adgang import kan_lave_tillaegsaftale, maa_se_tillaegsaftaler
from takster.dokumenter import tillaegsaftale
from takster.forms.tillaegsaftaler import Tillaegsaftaleformular
from takster.handlinger import tillaegsaftaler as handlinger
from takster.models import Tillaegsaftale
from takster.tables_tillaeg import Tillaegsaftalefilter, Tillaegsaftaletabel
from tilbud.enums import Taksttype
from tilbud.models import Ydelse

VISES = 50
# What the ATA calculator sends on.
_FORUDFYLDT = ("metode", "pris")


def _krummer(*mere: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [("Overblik", "/"), ("Tillægsaftaler", reverse("takster:tillaegsaftaler")), *mere]


@kraev(maa_se_tillaegsaftaler)
class Tillaegsaftaler(Listevisning):
    """Those the reader is a party to; the secretariat all."""

    table_class = Tillaegsaftaletabel
    filterset_class = Tillaegsaftalefilter
    template_name = "takster/tillaegsaftaler/liste.html"
    titel = "Tillægsaftaler"
    enhed = "aftale,aftaler"
    tom_titel = "Der er ingen tillægsaftaler endnu"
    tom_tekst = "En tillægsaftale laves af handlekommunen eller leverandøren."

    def get_queryset(self) -> QuerySet[Tillaegsaftale]:
        return Tillaegsaftale.objects.synlige_for(self.request.adgang).til_liste()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "maa_lave": kan_lave_tillaegsaftale(self.request.adgang)}


def mulige_tillaeg(adgang: Adgang) -> QuerySet[Ydelse]:
    """The supplements the reader may agree on: the supplier its own, a municipality those that are offered."""
    tillaeg = (
        Ydelse.objects.synlige_for(adgang)
        .aktive(timezone.localdate().year)
        .filter(taksttype=Taksttype.TILLAEG, tilbud__driftsherre__isnull=False)
        .select_related("tilbud__driftsherre")
        .order_by("tilbud__navn", "tilbud_id", "raekkefoelge", "pk")
    )
    return tillaeg.filter(tilbud__driftsherre=adgang.organisation) if adgang.er_driftsherre else tillaeg


@kraev(kan_lave_tillaegsaftale)
@require_GET
def vaelg(request: HttpRequest) -> HttpResponse:
    """Find the supplement; a price from the calculator follows along."""
    q = request.GET.get("q", "")[:100]
    tillaeg = mulige_tillaeg(request.adgang)
    if q.strip():
        tillaeg = tillaeg.filter(tilbud__soegetekst__contains=sortering.soegetekst(q))
    fundne = list(tillaeg[: VISES + 1])
    med = {navn: request.GET[navn][:30] for navn in _FORUDFYLDT if request.GET.get(navn)}
    kontekst = {
        "q": q,
        "fundne": fundne[:VISES],
        "flere": len(fundne) > VISES,
        "med": med,
        "query": f"?{urlencode(med)}" if med else "",
        "broedkrummer": _krummer(("Vælg tillægsydelse", None)),
    }
    return render(request, "takster/tillaegsaftaler/vaelg.html", kontekst)


@kraev(kan_lave_tillaegsaftale)
def opret(request: HttpRequest, ydelse: int) -> HttpResponse:
    """Write the agreement on one supplement."""
    fundet = get_object_or_404(mulige_tillaeg(request.adgang), pk=ydelse)
    egen = None if request.adgang.er_driftsherre else request.adgang.organisation
    start = {navn: request.GET[navn][:30] for navn in _FORUDFYLDT if request.GET.get(navn)}
    data = request.POST if request.method == "POST" else None
    formular = Tillaegsaftaleformular(data, initial=start, egen_kommune=egen is not None)
    if data is not None and formular.is_valid():
        try:
            aftale = handlinger.opret(fundet, adgang=request.adgang, **formular.felter(egen))
        except ValidationError as fejl:
            vis_fejl(formular, fejl)
        else:
            besked = "Tillægsaftalen er gemt."
            if aftale.skal_underrettes:
                besked += f" {aftale.betalingskommune.navn} har fået besked."
            messages.success(request, besked)
            return redirect(aftale)
    kontekst = {
        "ydelse": fundet,
        "tilbud": fundet.tilbud,
        "egen": egen,
        "formular": formular,
        "broedkrummer": _krummer(("Ny tillægsaftale", None)),
    }
    return svar_med_formular(request, "takster/tillaegsaftaler/opret.html", [formular], kontekst)


def _hent(request: HttpRequest, pk: int) -> Tillaegsaftale:
    return get_object_or_404(Tillaegsaftale.objects.synlige_for(request.adgang).til_liste(), pk=pk)


@kraev(maa_se_tillaegsaftaler)
@require_GET
def vis(request: HttpRequest, pk: int) -> HttpResponse:
    """One agreement; others than its parties and the secretariat get 404."""
    aftale = _hent(request, pk)
    kontekst = {
        "aftale": aftale,
        "fakta": fakta(aftale),
        "maa_markere": regler.maa_markere_set(request.adgang, aftale),
        "viser_ydelse": aftale.ydelse.tilbud.offentliggjort,
        "broedkrummer": _krummer((aftale.sagsnummer, None)),
    }
    return render(request, "takster/tillaegsaftaler/vis.html", kontekst)


def fakta(aftale: Tillaegsaftale) -> list[tuple[str, str]]:
    """The agreement in words."""
    return [
        ("Tilbud", aftale.ydelse.tilbud.navn),
        ("Tillægsydelse", aftale.ydelse.navn),
        ("Leverandør", aftale.leverandoer.navn),
        ("Handlekommune", aftale.handlekommune.navn),
        ("Betalingskommune", aftale.betalingskommune.navn),
        ("Indhold og omfang", aftale.indhold),
        ("Pris", f"{dansk.kroner(aftale.pris)} pr. {aftale.prisenhed}"),
        ("Prisen er fundet som", aftale.get_metode_display()),
        ("Gælder fra", dansk.dato_lang(aftale.fra)),
        ("Gælder til og med", dansk.dato_lang(aftale.til) if aftale.til else "borgerens ophørsdato"),
    ]


@kraev(maa_se_tillaegsaftaler)
@require_GET
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The agreement on paper."""
    aftale = _hent(request, pk)
    kontekst = tillaegsaftale.kontekst(aftale, fakta(aftale))
    data = byg_fra_skabelon_i_barn(tillaegsaftale.SKABELON, kontekst, farve=Opsaetning.hent().farve).data
    return svar.fil(f"tillaegsaftale-{aftale.sagsnummer.lower()}.pdf", MIMETYPER["pdf"], data)


@kraev(maa_se_tillaegsaftaler)
@require_POST
def marker_set(request: HttpRequest, pk: int) -> HttpResponse:
    """The betalingskommune has seen it."""
    aftale = _hent(request, pk)
    if aftale.set_tidspunkt is None and not regler.maa_markere_set(request.adgang, aftale):
        raise Http404("Only the betalingskommune marks it.")
    handlinger.marker_set(aftale, adgang=request.adgang)
    messages.success(request, "Aftalen er markeret som set.")
    return redirect("takster:tillaegsaftaler")
