"""The secretariat's editing of a *tilbud* and its rows; a conflict shows both values and loses nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from socialaftale.kerne.adgang import kraev, kun_sekretariat
from socialaftale.kerne.formularer import Fejl, saml_fejl
from socialaftale.kerne.konflikt import Versionskonflikt
from tilbud.forms import Raekkesaet, TilbudForm, lav_raekkesaet, vis_uden_fejl
from tilbud.handlinger import opret_tilbud, ret_tilbud
from tilbud.konflikt import Konfliktlinje, find_konflikter, med_gemte_valg
from tilbud.models import Tilbud


@kraev(kun_sekretariat)
@require_http_methods(["GET", "POST"])
def opret(request: HttpRequest) -> HttpResponse:
    """Enter a new *tilbud* (T60), as a department of the one named by `under` in the address, if any."""
    tilbud = Tilbud(offentliggjort=True)
    if "under" in request.GET:
        over = get_object_or_404(Tilbud.objects.synlige_for(request.adgang), slug=request.GET["under"])
        tilbud.overordnet, tilbud.driftsherre, tilbud.driftsform = over, over.driftsherre, over.driftsform
    data = _med_ny_linje(request.POST) if request.method == "POST" else None
    formular, saet = TilbudForm(data, instance=tilbud), lav_raekkesaet(tilbud, data)
    if data is None or "tilfoej" in request.POST:
        return _uden_at_gemme(request, None, formular, saet)
    if _gyldige(formular, saet):
        try:
            tilbud = opret_tilbud(
                adgang=request.adgang,
                felter=formular.felter(),
                raekker={et.noegle: et.nye_raekker() for et in saet},
            )
        except ValidationError as fejl:
            return _side(request, None, formular, saet, fejl=_som_fejl(fejl))
        messages.success(request, "Tilbuddet er oprettet")
        return redirect(tilbud)
    return _side(request, None, formular, saet, fejl=saml_fejl([formular, *_formularer(saet)]))


@kraev(kun_sekretariat)
@require_http_methods(["GET", "POST"])
def ret(request: HttpRequest, slug: str) -> HttpResponse:
    """Edit every field and every row of one *tilbud*."""
    tilbud = get_object_or_404(Tilbud.objects.synlige_for(request.adgang), slug=slug)
    if request.method == "GET":
        return _side(request, tilbud, TilbudForm(instance=tilbud), lav_raekkesaet(tilbud), fejl=[])
    data, fra_registret = med_gemte_valg(_med_ny_linje(request.POST), TilbudForm(instance=tilbud))
    formular = TilbudForm(data, instance=_kopi(tilbud))
    saet = lav_raekkesaet(tilbud, data, udelad=fra_registret)
    if "tilfoej" in request.POST:
        return _uden_at_gemme(request, tilbud, formular, saet)
    bundne = [et for et in saet if et.is_bound]
    if not _gyldige(formular, bundne):
        return _side(request, tilbud, formular, saet, fejl=saml_fejl([formular, *_formularer(bundne)]))
    try:
        rettet = ret_tilbud(
            tilbud,
            adgang=request.adgang,
            version=formular.cleaned_data["version"] or 0,
            felter=formular.felter(),
            raekker={et.noegle: et.nye_raekker() for et in bundne},
        )
    except Versionskonflikt as konflikt:
        return _konfliktside(request, konflikt.nyeste, formular, saet, data)
    except ValidationError as fejl:
        return _side(request, tilbud, formular, saet, fejl=_som_fejl(fejl))
    if rettet.version == tilbud.version:
        messages.info(request, "Du har ikke ændret noget")
    else:
        messages.success(request, "Tilbuddet er rettet")
    return redirect(rettet)


def _side(
    request: HttpRequest,
    tilbud: Tilbud | None,
    formular: TilbudForm,
    saet: list[Raekkesaet],
    *,
    fejl: list[Fejl],
    konflikter: list[Konfliktlinje] | None = None,
    status: int | None = None,
) -> HttpResponse:
    titel = f"Ret {tilbud.navn}" if tilbud else "Opret tilbud"
    krummer = [("Overblik", "/"), ("Tilbud", reverse("tilbud:liste"))]
    if tilbud:
        krummer.append((tilbud.navn, tilbud.get_absolute_url()))
    kontekst = {
        "titel": titel,
        "tilbud": tilbud,
        "formular": formular,
        "saet": saet,
        "tilfoejet": request.POST.get("tilfoej", ""),
        "fortryd_url": tilbud.get_absolute_url() if tilbud else reverse("tilbud:liste"),
        "fejl": fejl,
        "har_fejl": bool(fejl or konflikter),
        "konflikter": konflikter or [],
        "broedkrummer": [*krummer, ("Ret" if tilbud else "Opret", None)],
    }
    return render(request, "tilbud/ret.html", kontekst, status=status or (422 if fejl else 200))


def _uden_at_gemme(
    request: HttpRequest, tilbud: Tilbud | None, formular: TilbudForm, saet: list[Raekkesaet]
) -> HttpResponse:
    """The page as it was opened, or with one more line and everything typed, not yet judged."""
    for en in (formular, *_formularer(saet)):
        if en.is_bound:
            vis_uden_fejl(en)
    return _side(request, tilbud, formular, saet, fejl=[])


def _gyldige(formular: TilbudForm, saet: list[Raekkesaet]) -> bool:
    # Every form is checked, so that the summary names all errors at once.
    return all([formular.is_valid(), *(et.is_valid() for et in saet)])


def _formularer(saet: list[Raekkesaet]) -> list[Any]:
    return [formular for et in saet for formular in et.forms]


def _som_fejl(fejl: ValidationError) -> list[Fejl]:
    return [Fejl(tekst) for tekst in fejl.messages]


def _kopi(tilbud: Tilbud) -> Tilbud:
    """Checking a form writes into its instance; the page keeps the register's own."""
    return Tilbud.objects.get(pk=tilbud.pk)


def _med_ny_linje(data: QueryDict) -> QueryDict:
    """With one more empty row in the section whose "Tilføj linje" was pressed."""
    noegle = data.get("tilfoej")
    if not noegle:
        return data
    data = data.copy()
    felt = f"{noegle}-TOTAL_FORMS"
    if data.get(felt, "").isascii() and data.get(felt, "").isdigit():
        data[felt] = str(int(data[felt]) + 1)
    return data


# Conflicts


def _konfliktside(
    request: HttpRequest, tilbud: Tilbud, formular: TilbudForm, saet: list[Raekkesaet], data: QueryDict
) -> HttpResponse:
    """409: what others have saved since the page was opened, beside what was typed; both can be kept."""
    linjer = find_konflikter(
        tilbud,
        aabnet_version=formular.cleaned_data["version"] or 0,
        felter=formular.felter(),
        raekker={et.noegle: et.nye_raekker() for et in saet if et.is_bound},
    )
    data = data.copy()
    data["version"] = str(tilbud.version)
    ny = TilbudForm(data, instance=_kopi(tilbud))
    ny.is_valid()
    fejl = [] if linjer else [Fejl("Registret er ændret, mens du skrev. Se oplysningerne igennem, og gem igen.")]
    return _side(request, tilbud, ny, saet, fejl=fejl, konflikter=linjer, status=409)
