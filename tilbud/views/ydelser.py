"""One *ydelse*: its description for everyone, and the form for its *driftsherre* and the secretariat."""

from __future__ import annotations

import copy

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from socialaftale.kerne.adgang import kraev, offentlig
from socialaftale.kerne.formularer import saml_fejl
from tilbud import adgang as regler
from tilbud import handlinger
from tilbud.adgang import maa_aabne_ydelser
from tilbud.forms import YdelseFormular
from tilbud.handlinger.ydelser import aftryk, ydelses_felter
from tilbud.models import Tilbud, Ydelse
from tilbud.registre import ydelsessektioner
from tilbud.visning import aar_spand


def _hent(request: HttpRequest, slug: str, ydelse: str) -> Ydelse:
    return get_object_or_404(
        Ydelse.objects.synlige_for(request.adgang).select_related("tilbud__driftsherre", "lovgrundlag"),
        tilbud__slug=slug,
        slug=ydelse,
    )


def _krummer(tilbud: Tilbud, *flere: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [
        ("Overblik", "/"),
        ("Tilbud", reverse("tilbud:liste")),
        (tilbud.navn, tilbud.get_absolute_url()),
        *flere,
    ]


@kraev(offentlig)
@require_GET
def vis(request: HttpRequest, slug: str, ydelse: str) -> HttpResponse:
    """T32: what the *ydelse* is, whom it is for, and how it is paid for."""
    fundet = _hent(request, slug, ydelse)
    tilbud = fundet.tilbud
    kontekst = {
        "ydelse": fundet,
        "tilbud": tilbud,
        "fakta": [
            ("Tilbud", tilbud.navn),
            ("Driftsherre", tilbud.driftsherre.navn if tilbud.driftsherre else ""),
            ("Afdeling", fundet.afdeling or "Hele tilbuddet"),
            *(
                ()
                if fundet.er_uden_takst
                else (("Taksttype", fundet.get_taksttype_display()), ("Enhed", fundet.get_enhed_display()))
            ),
            ("Lovgrundlag", fundet.lovgrundlag.paragraf if fundet.lovgrundlag else ""),
            ("Finansiering", fundet.get_finansieringsform_display()),
            *((("Afgørelse i DAS", fundet.finansieringsafgoerelse),) if fundet.er_uden_takst else ()),
            ("Gælder", aar_spand(fundet.aktiv_fra_aar, fundet.aktiv_til_aar)),
        ],
        "sektioner": [
            render_to_string(*sektion)
            for sektion in (hent(fundet, request.adgang) for hent in ydelsessektioner)
            if sektion
        ],
        "maa_skrive": regler.maa_skrive_ydelser(request.adgang, tilbud),
        "broedkrummer": _krummer(tilbud, (fundet.navn, None)),
    }
    return render(request, "tilbud/ydelse.html", kontekst)


@kraev(maa_aabne_ydelser)
@require_http_methods(["GET", "POST"])
def opret(request: HttpRequest, slug: str) -> HttpResponse:
    """Describe a new *ydelse* of one's own *tilbud*."""
    tilbud = get_object_or_404(Tilbud.objects.synlige_for(request.adgang), slug=slug)
    return _skriv(request, tilbud, None)


@kraev(maa_aabne_ydelser)
@require_http_methods(["GET", "POST"])
def ret(request: HttpRequest, slug: str, ydelse: str) -> HttpResponse:
    fundet = _hent(request, slug, ydelse)
    return _skriv(request, fundet.tilbud, fundet)


def _skriv(request: HttpRequest, tilbud: Tilbud, ydelse: Ydelse | None) -> HttpResponse:
    if not regler.maa_skrive_ydelser(request.adgang, tilbud):
        raise PermissionDenied("Kun driftsherren selv og sekretariatet beskriver ydelsen.")
    felter = ydelses_felter(request.adgang, ydelse)
    # A copy: checking a form writes into its instance.
    instans = copy.copy(ydelse) if ydelse else Ydelse(tilbud=tilbud)
    data = request.POST if request.method == "POST" else None
    formular = YdelseFormular(data, instance=instans, felter=felter, initial={"aftryk": aftryk(ydelse)})
    if data is None:
        return _side(request, tilbud, ydelse, formular)
    if not formular.is_valid():
        return _side(request, tilbud, ydelse, formular, status=422)
    try:
        gemt = handlinger.gem_ydelse(
            tilbud,
            ydelse,
            adgang=request.adgang,
            felter=formular.felter(),
            laest=formular.cleaned_data["aftryk"],
        )
    except handlinger.YdelseErAendret as fejl:
        return _konflikt(request, tilbud, fejl.ydelse, formular, felter)
    except ValidationError as fejl:
        for felt, tekster in (fejl.message_dict if hasattr(fejl, "error_dict") else {None: fejl.messages}).items():
            formular.add_error(felt if felt in formular.fields else None, tekster)
        return _side(request, tilbud, ydelse, formular, status=422)
    messages.success(request, "Ydelsen er gemt")
    return redirect(gemt)


def _konflikt(
    request: HttpRequest, tilbud: Tilbud, gemt: Ydelse, formular: YdelseFormular, felter: tuple[str, ...]
) -> HttpResponse:
    """Another saved first: what was typed stays in the form, and what is saved now stands beside it."""
    data = request.POST.copy()
    data["aftryk"] = aftryk(gemt)
    ny = YdelseFormular(data, instance=copy.copy(gemt), felter=felter)
    ny.is_valid()
    som_gemt = YdelseFormular(instance=gemt, felter=felter)
    forskelle = [
        (str(felt.label), _i_ord(felt, ny[navn].value()), _i_ord(felt, som_gemt[navn].value()))
        for navn, felt in ny.fields.items()
        if navn != "aftryk" and felt.has_changed(som_gemt[navn].value(), ny[navn].value())
    ]
    return _side(request, tilbud, gemt, ny, status=409, forskelle=forskelle, er_aendret=True)


def _i_ord(felt: object, vaerdi: object) -> str:
    """A value as the page shows it: choices by their names."""
    valg = {str(kode): str(navn) for kode, navn in getattr(felt, "choices", ())}
    if isinstance(vaerdi, list | tuple):
        return ", ".join(valg.get(str(en), str(en)) for en in vaerdi) or "–"
    return valg.get(str(vaerdi), str(vaerdi)) if vaerdi not in (None, "") else "–"


def _side(
    request: HttpRequest,
    tilbud: Tilbud,
    ydelse: Ydelse | None,
    formular: YdelseFormular,
    *,
    status: int = 200,
    **mere: object,
) -> HttpResponse:
    fejl = saml_fejl([formular]) if status == 422 else []
    titel = f"Redigér {ydelse.navn}" if ydelse else "Ny ydelse"
    kontekst = {
        "titel": titel,
        "tilbud": tilbud,
        "ydelse": ydelse,
        "formular": formular,
        "fortryd_url": (ydelse or tilbud).get_absolute_url(),
        "fejl": fejl,
        "har_fejl": bool(fejl),
        "broedkrummer": _krummer(
            tilbud, *(((ydelse.navn, ydelse.get_absolute_url()),) if ydelse else ()), (titel, None)
        ),
        **mere,
    }
    return render(request, "tilbud/ydelse_ret.html", kontekst, status=status)
