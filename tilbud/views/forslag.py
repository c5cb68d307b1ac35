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

from socialaftale.kerne.adgang import Adgang, kraev, kun_driftsherre, kun_sekretariat
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.formularer import Fejl, saml_fejl, svar_for_sent
from socialaftale.kerne.konflikt import Versionskonflikt, laes_version
from socialaftale.kerne.lister import Listevisning
from socialaftale.kerne.models import Haendelse
from tilbud import adgang as regler
from tilbud import handlinger
from tilbud.enums import Forslagstilstand
from tilbud.filters import Forslagsfilter
from tilbud.forloeb import FORSLAG, Forslagstrin
from tilbud.forms import AfvisForm
from tilbud.handlinger.forslag import KOEBERE, fra_json
from tilbud.handlinger.koebere import registrerede
from tilbud.models import Tilbud, Tilbudsforslag
from tilbud.tables import Forslagstabel
from tilbud.visning import feltnavn, vaerdi_i_ord


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


def _detaljeside(
    request: HttpRequest, forslag: Tilbudsforslag, *, fejl: list[Fejl] | None = None, status: int = 200
) -> HttpResponse:
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
    return render(request, "tilbud/forslag_detalje.html", kontekst, status=status)


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
        nu = _i_registret(forslag.tilbud, felt)
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


def _i_registret(tilbud: Tilbud, felt: str) -> Any:
    if felt.startswith(KOEBERE):
        return [koeber.kommune for koeber in registrerede(tilbud, int(felt.removeprefix(KOEBERE)))]
    return getattr(tilbud, felt)


def _for_sent(request: HttpRequest, forslag: Tilbudsforslag) -> HttpResponse:
    """Somebody was faster: the page is shown as the proposal is now."""
    messages.warning(request, "Forslaget er ændret af en anden. Her er det, som det ser ud nu.")
    return redirect(forslag)


def _konflikt(request: HttpRequest, pk: int, besked: str) -> HttpResponse:
    """409: the step was about something else than what the reader saw; the page shows what it is now."""
    return _detaljeside(request, _hent(request, pk), fejl=[Fejl(besked)], status=409)


@kraev(kun_driftsherre)
@require_POST
def indsend(request: HttpRequest, pk: int) -> HttpResponse:
    """Submit the draft as the *godkender* read it."""
    forslag = _hent(request, pk)
    version = laes_version(request.POST.get("version"))
    try:
        forslag = handlinger.indsend_forslag(forslag, adgang=request.adgang, version=version)
    except UlovligOvergang:
        return _for_sent(request, forslag)
    except Versionskonflikt:
        return _konflikt(request, pk, "Kladden er rettet, siden du åbnede siden. Se den igennem, før du indsender.")
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
    version = laes_version(request.POST.get("version"))
    try:
        forslag = handlinger.godkend_forslag(forslag, adgang=request.adgang, version=version)
    except UlovligOvergang:
        return _for_sent(request, forslag)
    except Versionskonflikt:
        besked = "Registret er ændret, siden du åbnede siden. Se forslaget igennem igen, før du godkender."
        return _konflikt(request, pk, besked)
    except ValidationError as fejl:
        beskeder = [Fejl(tekst) for tekst in fejl.messages]
        return _detaljeside(request, _hent(request, pk), fejl=beskeder, status=422)
    messages.success(request, "Forslaget er godkendt, og registret er rettet")
    return redirect(forslag.tilbud)


@kraev(kun_sekretariat)
@require_http_methods(["GET", "POST"])
def afvis(request: HttpRequest, pk: int) -> HttpResponse:
    """Turn a proposal down, with the reason on a page of its own."""
    forslag = _hent(request, pk)
    formular = AfvisForm(request.POST or None)
    if not FORSLAG.kan(Forslagstrin.AFVIS, forslag.tilstand):
        return _er_afgjort(request, forslag, formular)
    if request.method == "POST" and formular.is_valid():
        try:
            forslag = handlinger.afvis_forslag(
                forslag, adgang=request.adgang, begrundelse=formular.cleaned_data["begrundelse"]
            )
        except UlovligOvergang:
            return _er_afgjort(request, forslag, formular)
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


def _er_afgjort(request: HttpRequest, forslag: Tilbudsforslag, formular: AfvisForm) -> HttpResponse:
    """Decided or withdrawn by somebody faster; a reason that was typed stands on the page."""
    if not formular.is_bound:
        return _for_sent(request, forslag)
    return svar_for_sent(
        request,
        formular,
        {
            "broedkrummer": _krummer(forslag, ("Afvis", None)),
            "videre": (forslag.get_absolute_url(), "Se forslaget, som det er nu"),
        },
        titel="Forslaget kan ikke afvises nu",
        forklaring="Forslaget er afgjort eller trukket tilbage, mens du skrev. Din begrundelse står nedenfor, så du "
        "kan kopiere den.",
    )
