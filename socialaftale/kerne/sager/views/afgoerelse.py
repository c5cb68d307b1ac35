"""The secretariat's side: back to the operator, on the agenda, the body's decision, and delegation."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from socialaftale.kerne.adgang import kraev, kun_sekretariat
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.formularer import saml_fejl
from socialaftale.kerne.models import Beslutningskompetence, Haendelse, Sag
from socialaftale.kerne.sager import adgang as regler
from socialaftale.kerne.sager import bilag, handlinger, kompetence
from socialaftale.kerne.sager.enums import Instans, Udfald
from socialaftale.kerne.sager.forms import Beslutningsformular, Dagsordenformular, Overladformular, Returformular
from socialaftale.kerne.sager.views.faelles import (
    filer,
    for_sent,
    hent_sag,
    krummer,
    laeg_fejl_paa,
    sendt,
    trinside,
)


@kraev(kun_sekretariat)
@require_http_methods(["GET", "POST"])
def send_retur(request: HttpRequest, nummer: str) -> HttpResponse:
    sag = hent_sag(request, nummer)
    if not regler.maa_sende_retur(request.adgang, sag):
        return for_sent(request, sag)
    formular = Returformular(sendt(request))
    if request.method == "POST" and formular.is_valid():
        try:
            sag = handlinger.send_retur(sag, adgang=request.adgang, begrundelse=formular.cleaned_data["begrundelse"])
        except UlovligOvergang:
            return for_sent(request, sag)
        messages.success(request, "Sagen er sendt retur")
        return redirect(sag)
    return trinside(
        request,
        sag,
        formular,
        titel="Send retur",
        indledning="Sagen bliver en kladde igen. Driftsherren får din besked med mail og kan indsende på ny.",
        knap="Send retur",
    )


@kraev(kun_sekretariat)
@require_http_methods(["GET", "POST"])
def dagsorden(request: HttpRequest, nummer: str) -> HttpResponse:
    sag = hent_sag(request, nummer)
    if not regler.maa_saette_paa_dagsorden(request.adgang, sag):
        return for_sent(request, sag)
    begyndelse = {"moededato": sag.moededato, "moedepunkt": sag.moedepunkt}
    formular = Dagsordenformular(sendt(request), initial=begyndelse)
    if request.method == "POST" and formular.is_valid():
        try:
            sag = handlinger.saet_paa_dagsorden(sag, adgang=request.adgang, **formular.cleaned_data)
        except UlovligOvergang:
            return for_sent(request, sag)
        except ValidationError as fejl:
            laeg_fejl_paa(formular, fejl)
        else:
            messages.success(request, f"Sagen er på dagsordenen for {sag.instans_i_saetning}")
            return redirect(sag)
    return trinside(
        request,
        sag,
        formular,
        titel="Sæt på dagsorden",
        indledning=f"Sagen afgøres af {sag.instans_i_saetning}. Driftsherren får mødedatoen med mail.",
        knap="Sæt på dagsorden",
    )


@kraev(kun_sekretariat)
@require_http_methods(["GET", "POST"])
def beslutning(request: HttpRequest, nummer: str) -> HttpResponse:
    """Record what DAS or FU decided; an approval is checked again on the day of the meeting."""
    sag = hent_sag(request, nummer)
    if not regler.maa_registrere_beslutning(request.adgang, sag):
        return for_sent(request, sag)
    videre = kompetence.for_sag(sag).videre_fra(sag.instans)
    begyndelse = {"dato": sag.moededato, "reference": sag.moedepunkt}
    videre_til = Instans(videre).i_saetning if videre else ""
    formular = Beslutningsformular(sendt(request), filer(request), initial=begyndelse, videre_til=videre_til)
    if request.method == "POST" and formular.is_valid():
        try:
            sag = _gem_beslutning(request, sag, formular)
        except UlovligOvergang:
            return for_sent(request, sag)
        except ValidationError as fejl:
            laeg_fejl_paa(formular, fejl)
        else:
            messages.success(request, f"Beslutningen er registreret: {sag.get_tilstand_display().lower()}")
            return redirect(sag)
    fund = handlinger.kontroller(sag, sag.moededato)
    return trinside(
        request,
        sag,
        formular,
        titel="Registrér beslutning",
        indledning=(
            f"Skriv, hvad {sag.instans_i_saetning} har besluttet. En beslutning kan ikke ændres, når den er gemt."
        ),
        knap="Gem beslutning",
        fund=fund,
    )


@transaction.atomic
def _gem_beslutning(request: HttpRequest, sag: Sag, formular: Beslutningsformular) -> Sag:
    """The minutes and the decision together, or neither."""
    data = formular.cleaned_data
    dokument = None
    if fil := data.get("fil"):
        dokument = bilag.gem_referat(sag, adgang=request.adgang, filnavn=fil.name, data=fil.read())
    return handlinger.beslut(
        sag,
        adgang=request.adgang,
        udfald=Udfald(data["udfald"]),
        dato=data["dato"],
        reference=data["reference"],
        tekst=data["tekst"],
        dokument=dokument,
    )


@kraev(kun_sekretariat)
@require_http_methods(["GET", "POST"])
def overlad(request: HttpRequest, noegle: str) -> HttpResponse:
    """Record that DAS hands an event to FU, or that it takes it back."""
    linjer = Beslutningskompetence.objects.synlige_for(request.adgang).for_aar(timezone.localdate().year)
    linje = get_object_or_404(linjer, noegle=noegle)
    if not regler.maa_overlade(request.adgang, linje):
        raise Http404("The event cannot be handed on.")
    formular = Overladformular(sendt(request))
    tilbage = linje.er_delegeret
    if request.method == "POST" and (tilbage or formular.is_valid()):
        felter = {"dato": None} if tilbage else formular.cleaned_data
        try:
            kompetence.overlad(linje, adgang=request.adgang, **felter)
        except ValidationError as fejl:
            laeg_fejl_paa(formular, fejl)
        else:
            messages.success(request, "Hvem der afgør, er ændret. Sager, der er indsendt, bliver, hvor de er.")
            return redirect("sager:kompetence")
    fejl = [] if tilbage else saml_fejl([formular])
    return render(
        request,
        "sager/overlad.html",
        {
            "kompetence": linje,
            "formular": formular,
            "fejl": fejl,
            "har_fejl": bool(fejl),
            "haendelser": Haendelse.objects.for_objekt(linje).synlige_for(request.adgang),
            "broedkrummer": krummer(("Hvem afgør hvad", reverse("sager:kompetence")), (linje.begivenhed, None)),
        },
        status=422 if fejl else 200,
    )
