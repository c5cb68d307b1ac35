"""Proposals for the register: written by the *driftsherre*, decided by the secretariat."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from socialaftale.kerne.adgang import Adgang, Regel, kraev, kun_sekretariat
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.formularer import Fejl, saml_fejl
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.lister import Listevisning
from socialaftale.kerne.models import Haendelse
from tilbud import adgang as regler
from tilbud import handlinger
from tilbud.enums import Forslagstilstand
from tilbud.filters import Forslagsfilter
from tilbud.forloeb import FORSLAG, Forslagstrin
from tilbud.forms import AfvisForm, ForslagForm
from tilbud.handlinger.forslag import fra_json
from tilbud.models import Tilbud, Tilbudsforslag
from tilbud.tables import Forslagstabel
from tilbud.visning import feltnavn, vaerdi_i_ord

kun_driftsherre = Regel(
    "kun_driftsherre", "Driftsherrer, for deres egne tilbud.", lambda adgang: adgang.er_driftsherre
)


@kraev(regler.maa_se_forslag)
class Forslagsliste(Listevisning):
    template_name = "tilbud/forslag_liste.html"
    table_class = Forslagstabel
    filterset_class = Forslagsfilter
    titel = "Forslag til registret"
    enhed = "forslag,forslag"
    tom_titel = "Der er ingen forslag"
    tom_tekst = "En driftsherre foreslår ændringer på tilbuddets egen side."

    def get_queryset(self) -> QuerySet[Tilbudsforslag]:
        return Tilbudsforslag.objects.synlige_for(self.request.adgang).til_liste()

    def get_broedkrummer(self) -> list[tuple[str, str | None]]:
        return [("Overblik", "/"), ("Tilbud", reverse("tilbud:liste")), (self.titel, None)]


def _hent(request: HttpRequest, pk: int) -> Tilbudsforslag:
    return get_object_or_404(Tilbudsforslag.objects.synlige_for(request.adgang).til_liste(), pk=pk)


@kraev(regler.maa_se_forslag)
@require_GET
def detalje(request: HttpRequest, pk: int) -> HttpResponse:
    """The proposal with old and new value side by side, and what the reader may do with it."""
    return _detaljeside(request, _hent(request, pk))


def _detaljeside(request: HttpRequest, forslag: Tilbudsforslag, *, fejl: list[Fejl] | None = None) -> HttpResponse:
    adgang: Adgang = request.adgang
    kan_skrive = regler.maa_skrive_forslag(adgang, forslag)
    kan_afgoere = regler.maa_afgoere_forslag(adgang)
    aendringer = _aendringer(forslag)
    kontekst = {
        "forslag": forslag,
        "tilbud": forslag.tilbud,
        "aendringer": aendringer,
        "er_foraeldet": forslag.tilstand == Forslagstilstand.INDSENDT and any(post["flyttet"] for post in aendringer),
        "kan_rette": kan_skrive and forslag.tilstand == Forslagstilstand.KLADDE,
        "kan_indsende": regler.maa_indsende_forslag(adgang, forslag)
        and FORSLAG.kan(Forslagstrin.INDSEND, forslag.tilstand),
        "kan_traekke": kan_skrive and FORSLAG.kan(Forslagstrin.TRAEK, forslag.tilstand),
        "kan_afgoere": kan_afgoere and FORSLAG.kan(Forslagstrin.GODKEND, forslag.tilstand),
        "venter_paa_godkender": kan_skrive
        and forslag.tilstand == Forslagstilstand.KLADDE
        and not regler.maa_indsende_forslag(adgang, forslag),
        "haendelser": Haendelse.objects.for_objekt(forslag).synlige_for(adgang),
        "broedkrummer": _krummer(forslag),
        "fejl": fejl or [],
        "har_fejl": bool(fejl),
    }
    return render(request, "tilbud/forslag_detalje.html", kontekst, status=422 if fejl else 200)


def _krummer(forslag: Tilbudsforslag, *flere: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    navn = forslag.tilbud.navn
    return [
        ("Overblik", "/"),
        ("Forslag til registret", reverse("tilbud:forslag_liste")),
        *([(navn, forslag.get_absolute_url()), *flere] if flere else [(navn, None)]),
    ]


def _aendringer(forslag: Tilbudsforslag) -> list[dict[str, Any]]:
    """Each changed field: before, proposed, and what the register says now if it has moved since."""
    linjer = []
    for felt, aendring in forslag.aendringer.items():
        foer, efter = fra_json(felt, aendring["foer"]), fra_json(felt, aendring["efter"])
        nu = getattr(forslag.tilbud, felt)
        aaben = forslag.tilstand in (Forslagstilstand.KLADDE, Forslagstilstand.INDSENDT)
        linjer.append(
            {
                "navn": feltnavn(felt),
                "foer": vaerdi_i_ord(felt, foer),
                "efter": vaerdi_i_ord(felt, efter),
                "flyttet": vaerdi_i_ord(felt, nu) if aaben and nu != foer else "",
            }
        )
    return linjer


@kraev(kun_driftsherre)
@require_http_methods(["GET", "POST"])
def skriv(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a proposal for one's own *tilbud*, or go on with the draft there is."""
    adgang: Adgang = request.adgang
    egne = Tilbud.objects.synlige_for(adgang).for_driftsherre(adgang.organisation)
    tilbud = get_object_or_404(egne, slug=slug)
    aabent = Tilbudsforslag.objects.synlige_for(adgang).aabne().filter(tilbud=tilbud).first()
    if aabent and aabent.tilstand == Forslagstilstand.INDSENDT:
        messages.info(request, "Forslaget er indsendt. Træk det tilbage, hvis du vil rette i det.")
        return redirect(aabent)
    if request.method == "GET":
        formular = ForslagForm(instance=tilbud, initial=_fra_kladde(aabent))
        return _skriveside(request, tilbud, aabent, formular)
    formular = ForslagForm(request.POST, instance=Tilbud.objects.get(pk=tilbud.pk))
    if not formular.is_valid():
        return _skriveside(request, tilbud, aabent, formular, fejl=saml_fejl([formular]))
    felter, begrundelse = formular.felter(), formular.cleaned_data["begrundelse"]
    try:
        if aabent:
            forslag = handlinger.ret_forslag(aabent, adgang=adgang, felter=felter, begrundelse=begrundelse)
        else:
            forslag = handlinger.opret_forslag(tilbud, adgang=adgang, felter=felter, begrundelse=begrundelse)
    except ValidationError as fejl:
        return _skriveside(request, tilbud, aabent, formular, fejl=[Fejl(tekst) for tekst in fejl.messages])
    except UlovligOvergang:
        messages.warning(request, "Forslaget er ændret af en anden. Her er det, som det ser ud nu.")
        return redirect(aabent)
    messages.success(request, "Din kladde er gemt. Forslaget er ikke indsendt endnu.")
    return redirect(forslag)


def _fra_kladde(forslag: Tilbudsforslag | None) -> dict[str, Any]:
    if forslag is None:
        return {}
    return {felt: aendring["efter"] for felt, aendring in forslag.aendringer.items()} | {
        "begrundelse": forslag.begrundelse
    }


def _skriveside(
    request: HttpRequest,
    tilbud: Tilbud,
    forslag: Tilbudsforslag | None,
    formular: ForslagForm,
    *,
    fejl: list[Fejl] | None = None,
) -> HttpResponse:
    kontekst = {
        "tilbud": tilbud,
        "formular": formular,
        "fortryd_url": (forslag or tilbud).get_absolute_url(),
        "fejl": fejl or [],
        "har_fejl": bool(fejl),
        "broedkrummer": [
            ("Overblik", "/"),
            ("Tilbud", reverse("tilbud:liste")),
            (tilbud.navn, tilbud.get_absolute_url()),
            ("Foreslå ændring", None),
        ],
    }
    return render(request, "tilbud/foreslaa.html", kontekst, status=422 if fejl else 200)


def _for_sent(request: HttpRequest, forslag: Tilbudsforslag) -> HttpResponse:
    """Somebody was faster: the page is shown as the proposal is now."""
    messages.warning(request, "Forslaget er ændret af en anden. Her er det, som det ser ud nu.")
    return redirect(forslag)


@kraev(kun_driftsherre)
@require_POST
def indsend(request: HttpRequest, pk: int) -> HttpResponse:
    forslag = _hent(request, pk)
    try:
        forslag = handlinger.indsend_forslag(forslag, adgang=request.adgang)
    except UlovligOvergang:
        return _for_sent(request, forslag)
    messages.success(request, "Forslaget er indsendt")
    return redirect(forslag)


@kraev(kun_driftsherre)
@require_POST
def traek(request: HttpRequest, pk: int) -> HttpResponse:
    forslag = _hent(request, pk)
    try:
        forslag = handlinger.traek_forslag(forslag, adgang=request.adgang)
    except UlovligOvergang:
        return _for_sent(request, forslag)
    messages.success(request, "Forslaget er trukket tilbage")
    return redirect(forslag)


@kraev(kun_sekretariat)
@require_POST
def godkend(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve: the register is changed at once."""
    forslag = _hent(request, pk)
    version = request.POST.get("version", "")
    try:
        forslag = handlinger.godkend_forslag(
            forslag, adgang=request.adgang, version=int(version) if version.isascii() and version.isdigit() else 0
        )
    except UlovligOvergang:
        return _for_sent(request, forslag)
    except Versionskonflikt:
        besked = "Registret er ændret, siden du åbnede siden. Se forslaget igennem igen, før du godkender."
        return _detaljeside(request, _hent(request, pk), fejl=[Fejl(besked)])
    except ValidationError as fejl:
        return _detaljeside(request, _hent(request, pk), fejl=[Fejl(tekst) for tekst in fejl.messages])
    messages.success(request, "Forslaget er godkendt, og registret er rettet")
    return redirect(forslag.tilbud)


@kraev(kun_sekretariat)
@require_http_methods(["GET", "POST"])
def afvis(request: HttpRequest, pk: int) -> HttpResponse:
    """Turn a proposal down, with the reason on a page of its own."""
    forslag = _hent(request, pk)
    if not FORSLAG.kan(Forslagstrin.AFVIS, forslag.tilstand):
        return _for_sent(request, forslag)
    formular = AfvisForm(request.POST or None)
    if request.method == "POST" and formular.is_valid():
        try:
            forslag = handlinger.afvis_forslag(
                forslag, adgang=request.adgang, begrundelse=formular.cleaned_data["begrundelse"]
            )
        except UlovligOvergang:
            return _for_sent(request, forslag)
        messages.success(request, "Forslaget er afvist")
        return redirect(forslag)
    fejl = saml_fejl([formular])
    kontekst = {
        "forslag": forslag,
        "formular": formular,
        "fejl": fejl,
        "har_fejl": bool(fejl),
        "broedkrummer": _krummer(forslag, ("Afvis", None)),
    }
    return render(request, "tilbud/afvis.html", kontekst, status=422 if fejl else 200)
