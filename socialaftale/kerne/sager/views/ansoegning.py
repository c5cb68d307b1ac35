"""The operator's side: writing, documents, sending and withdrawing."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from socialaftale.kerne.adgang import Adgang, kraev
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.formularer import lille, saml_fejl
from socialaftale.kerne.models import Sag, Sagsbilag
from socialaftale.kerne.sager import adgang as regler
from socialaftale.kerne.sager import bilag as bilagshandlinger
from socialaftale.kerne.sager import handlinger, kompetence, register
from socialaftale.kerne.sager.forms import Bilagsformular, Sagsformular
from socialaftale.kerne.sager.register import Ansoegningsobjekt, Sagsart, art_af
from socialaftale.kerne.sager.views.faelles import (
    filer,
    for_sent,
    hent_sag,
    krummer,
    laeg_fejl_paa,
    sagskrummer,
    sendt,
    trinside,
)
from socialaftale.kerne.templatetags import dansk


def _skriveside(
    request: HttpRequest,
    art: Sagsart,
    om: Ansoegningsobjekt,
    formular: Sagsformular,
    sag: Sag | None,
    *,
    konflikt: Sag | None = None,
) -> HttpResponse:
    fejl = saml_fejl([formular])
    vindue = art.vindue(om.organisation, timezone.localdate()) if art.vindue else None
    return render(
        request,
        "sager/skriv.html",
        {
            "art": art,
            "om": om,
            "sag": sag,
            "formular": formular,
            "feltskabelon": art.formularskabelon,
            "fortryd_url": sag.get_absolute_url() if sag else art.objekt_url(om.objekt),
            "konflikt": art.vis(konflikt, request.adgang) if konflikt else None,
            "konfliktsag": konflikt,
            "vindue_lukket": art.vindue is not None and (vindue is None or not vindue.er_aabent(timezone.localdate())),
            "vindue": vindue,
            "fejl": fejl,
            "har_fejl": bool(fejl) or konflikt is not None,
            "broedkrummer": sagskrummer(sag, "Redigér") if sag else krummer((f"Søg om {lille(art.titel)}", None)),
        },
        status=422 if fejl or konflikt else 200,
    )


@kraev(regler.maa_skrive_sager)
@require_http_methods(["GET", "POST"])
def ny(request: HttpRequest, art: str, objekt: str) -> HttpResponse:
    """Begin an application about one's own tilbud, ydelse or tariff; it is saved as a draft."""
    arten = register.find(art)
    om = arten.find_objekt(request.adgang, objekt) if arten else None
    if arten is None or om is None or not regler.maa_oprette_for(request.adgang, om.organisation.pk):
        raise Http404("Nothing the reader may apply about.")
    formular = arten.formular()(sendt(request), om=om, adgang=request.adgang)
    if request.method == "POST" and formular.is_valid():
        try:
            sag = handlinger.opret(
                arten,
                om,
                adgang=request.adgang,
                begrundelse=formular.cleaned_data["begrundelse"],
                data=formular.til_data(),
                virkningsdato=formular.virkningsdato(),
            )
        except ValidationError as fejl:
            laeg_fejl_paa(formular, fejl)
        else:
            messages.success(request, "Din kladde er gemt. Sagen er ikke indsendt endnu.")
            return redirect(sag)
    return _skriveside(request, arten, om, formular, None)


def _objekt_i_sagen(sag: Sag, adgang: Adgang) -> Ansoegningsobjekt:
    om = art_af(sag).find_objekt(adgang, sag.objekt_id)
    if om is None:
        raise Http404("What the case is about is gone.")
    return om


@kraev(regler.maa_skrive_sager)
@require_http_methods(["GET", "POST"])
def ret(request: HttpRequest, nummer: str) -> HttpResponse:
    """Go on with a draft; the second to save sees what the first one saved, above what they typed."""
    sag = hent_sag(request, nummer)
    if not regler.maa_rette(request.adgang, sag):
        return for_sent(request, sag)
    art, om = art_af(sag), _objekt_i_sagen(sag, request.adgang)
    formular = art.formular()(sendt(request), om=om, adgang=request.adgang, sag=sag)
    if request.method == "GET" or not formular.is_valid():
        return _skriveside(request, art, om, formular, sag)
    try:
        sag = handlinger.gem(
            sag,
            adgang=request.adgang,
            version=formular.cleaned_data["version"] or 0,
            begrundelse=formular.cleaned_data["begrundelse"],
            data=formular.til_data(),
            virkningsdato=formular.virkningsdato(),
        )
    except handlinger.Versionskonflikt as konflikt:
        # The next save is on top of what is shown now.
        data = request.POST.copy()
        data["version"] = str(konflikt.sag.version)
        formular = art.formular()(data, om=om, adgang=request.adgang, sag=konflikt.sag)
        return _skriveside(request, art, om, formular, sag, konflikt=konflikt.sag)
    except ValidationError as fejl:
        laeg_fejl_paa(formular, fejl)
        return _skriveside(request, art, om, formular, sag)
    messages.success(request, "Din kladde er gemt. Sagen er ikke indsendt endnu.")
    return redirect(sag)


@kraev(regler.maa_skrive_sager)
@require_http_methods(["GET", "POST"])
def indsend(request: HttpRequest, nummer: str) -> HttpResponse:
    """The check page: what is sent, what the checks say, who decides; then the receipt."""
    sag = hent_sag(request, nummer)
    adgang: Adgang = request.adgang
    if not regler.maa_indsende(adgang, sag):
        messages.warning(request, "Sagen indsendes af den, der godkender for driftsherren.")
        return redirect(sag)
    art = art_af(sag)
    fejl: list[str] = []
    if request.method == "POST":
        version = request.POST.get("version", "")
        try:
            sag = handlinger.indsend(
                sag, adgang=adgang, version=int(version) if version.isascii() and version.isdigit() else 0
            )
        except (UlovligOvergang, handlinger.Versionskonflikt):
            return for_sent(request, sag)
        except ValidationError as stop:
            fejl = stop.messages
        else:
            return redirect("sager:kvittering", nummer=sag.nummer)
    fund = handlinger.kontroller(sag)
    return render(
        request,
        "sager/indsend.html",
        {
            "sag": sag,
            "art": art,
            "indhold": art.vis(sag, adgang),
            "fund": fund,
            "kan_indsendes": not any(et.blokerer for et in fund) and handlinger.vinduet_er_aabent(sag),
            "vindue_lukket": not handlinger.vinduet_er_aabent(sag),
            "vindue": handlinger.vindue_for(sag),
            "kompetence": kompetence.for_art(art),
            "stoppet": fejl,
            "broedkrummer": sagskrummer(sag, "Indsend"),
        },
        status=422 if fejl else 200,
    )


@kraev(regler.maa_skrive_sager)
@require_GET
def kvittering(request: HttpRequest, nummer: str) -> HttpResponse:
    """What was sent, when, by whom, and what happens now."""
    sag = hent_sag(request, nummer)
    if not sag.er_afgivet:
        return redirect(sag)
    instans = sag.instans_i_saetning
    raekker = [
        ("Sag", sag.nummer),
        ("Gælder", sag.titel),
        ("Indsendt", dansk.tidspunkt(sag.indsendt_tidspunkt)),
        ("Indsendt af", str(sag.indsendt_af or "Systemet")),
        ("Afgøres af", sag.get_instans_display()),
        ("Virkning fra", dansk.dato_lang(sag.virkningsdato) if sag.virkningsdato else ""),
    ]
    naeste = [
        f"Sekretariatet sætter sagen på en dagsorden for {instans}. I får en mail med mødedatoen.",
        "Beslutningen står på sagen, så snart den er registreret, og I får en mail.",
    ]
    return render(
        request,
        "sager/kvittering.html",
        {"sag": sag, "raekker": raekker, "naeste": naeste, "broedkrummer": sagskrummer(sag, "Kvittering")},
    )


@kraev(regler.maa_skrive_sager)
@require_POST
def traek(request: HttpRequest, nummer: str) -> HttpResponse:
    sag = hent_sag(request, nummer)
    try:
        sag = handlinger.traek(sag, adgang=request.adgang)
    except UlovligOvergang:
        return for_sent(request, sag)
    messages.success(request, "Sagen er trukket tilbage")
    return redirect(sag)


@kraev(regler.maa_skrive_sager)
@require_http_methods(["GET", "POST"])
def tilfoej_bilag(request: HttpRequest, nummer: str) -> HttpResponse:
    """Put a document with the draft."""
    sag = hent_sag(request, nummer)
    if not regler.maa_rette(request.adgang, sag):
        return for_sent(request, sag)
    arter = list(art_af(sag).bilagsarter)
    formular = Bilagsformular(sendt(request), filer(request), arter=arter)
    if request.method == "POST" and formular.is_valid():
        fil = formular.cleaned_data["fil"]
        art = formular.cleaned_data.get("art", "")
        bilagshandlinger.tilfoej(sag, adgang=request.adgang, filnavn=fil.name, data=fil.read(), art=art)
        messages.success(request, "Dokumentet er tilføjet")
        return redirect(sag)
    return trinside(
        request,
        sag,
        formular,
        titel="Tilføj dokument",
        indledning="Dokumentet følger sagen og kan læses af alle, der kan læse sagen.",
        knap="Tilføj",
    )


@kraev(regler.maa_skrive_sager)
@require_POST
def fjern_bilag(request: HttpRequest, nummer: str, pk: int) -> HttpResponse:
    sag = hent_sag(request, nummer)
    fundet = get_object_or_404(Sagsbilag.objects.select_related("sag", "dokument"), sag=sag, pk=pk)
    if not regler.maa_rette(request.adgang, sag):
        return for_sent(request, sag)
    bilagshandlinger.fjern(fundet, adgang=request.adgang)
    messages.success(request, "Dokumentet er fjernet fra sagen")
    return redirect(sag)
