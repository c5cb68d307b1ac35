"""The builder's smaller pages: sections, questions and rules are added, changed, moved and deleted."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from socialaftale.kerne.adgang import kraev, kun_sekretariat
from udmeldinger.models import Skemaafsnit, Skemaregel, Spoergeskema, Spoergsmaal
from udmeldinger.spoergeskemaer import byggeformularer as formularer
from udmeldinger.spoergeskemaer import byggehandlinger as byg
from udmeldinger.spoergeskemaer.views_byg import gem_paa_siden, paa_kladden, sidens_version


@kraev(kun_sekretariat)
@require_http_methods(["GET", "HEAD", "POST"])
@paa_kladden
def afsnit(request: HttpRequest, fundet: Spoergeskema, afsnit_pk: int | None = None) -> HttpResponse:
    """Add or change a section."""
    instans = get_object_or_404(fundet.afsnit, pk=afsnit_pk) if afsnit_pk else Skemaafsnit()
    instans.skema = fundet
    form = formularer.Afsnitsformular(
        request.POST if request.method == "POST" else None, instance=instans, initial={"fra_version": fundet.version}
    )
    return gem_paa_siden(
        request,
        form,
        fundet,
        lambda: byg.gem_afsnit(form.instance, adgang=request.adgang, fra_version=sidens_version(form)),
        besked="Afsnittet er gemt",
        titel="Redigér afsnit" if afsnit_pk else "Tilføj afsnit",
        knap="Gem",
    )


@kraev(kun_sekretariat)
@require_http_methods(["GET", "HEAD", "POST"])
@paa_kladden
def spoergsmaal_nyt(request: HttpRequest, fundet: Spoergeskema, afsnit_pk: int) -> HttpResponse:
    """Add a question to a section."""
    del_ = get_object_or_404(fundet.afsnit, pk=afsnit_pk)
    return _spoergsmaal(request, fundet, Spoergsmaal(skema=fundet, afsnit=del_), "Tilføj spørgsmål")


@kraev(kun_sekretariat)
@require_http_methods(["GET", "HEAD", "POST"])
@paa_kladden
def spoergsmaal(request: HttpRequest, fundet: Spoergeskema, spoergsmaal_pk: int) -> HttpResponse:
    """Change a question."""
    return _spoergsmaal(request, fundet, get_object_or_404(fundet.spoergsmaal, pk=spoergsmaal_pk), "Redigér spørgsmål")


def _spoergsmaal(request: HttpRequest, fundet: Spoergeskema, instans: Spoergsmaal, titel: str) -> HttpResponse:
    instans.skema = fundet
    form = formularer.Spoergsmaalsformular(
        request.POST if request.method == "POST" else None,
        instance=instans,
        skema=fundet,
        tidligere=_tidligere(fundet, instans),
        initial={"fra_version": fundet.version},
    )
    return gem_paa_siden(
        request,
        form,
        fundet,
        lambda: byg.gem_spoergsmaal(form.instance, adgang=request.adgang, fra_version=sidens_version(form)),
        besked="Spørgsmålet er gemt",
        titel=titel,
        knap="Gem",
        skabelon="udmeldinger/spoergeskemaer/spoergsmaal.html",
    )


def _tidligere(fundet: Spoergeskema, instans: Spoergsmaal) -> list[Spoergsmaal]:
    """The questions that stand before this one; for a new one all up to the end of its section."""
    foer: list[Spoergsmaal] = []
    for et in fundet.spoergsmaal.select_related("afsnit"):
        efter = (et.afsnit.raekkefoelge, et.afsnit_id) > (instans.afsnit.raekkefoelge, instans.afsnit_id)
        if et.pk == instans.pk or efter:
            break
        foer.append(et)
    return foer


@kraev(kun_sekretariat)
@require_POST
@paa_kladden
def flyt(request: HttpRequest, fundet: Spoergeskema, art: str, raekke: int) -> HttpResponse:
    """A section or a question one place up or down."""
    del_ = get_object_or_404(_liste(fundet, art), pk=raekke)
    retning = byg.OP if request.POST.get("retning") == byg.OP else byg.NED
    if byg.flyt(del_, adgang=request.adgang, retning=retning):
        messages.success(request, f"“{del_}” er flyttet")
    else:
        messages.info(request, f"“{del_}” kan ikke flyttes længere")
    return redirect(f"{fundet.get_absolute_url()}#{art}-{del_.pk}")


@kraev(kun_sekretariat)
@require_POST
@paa_kladden
def slet_del(request: HttpRequest, fundet: Spoergeskema, art: str, raekke: int) -> HttpResponse:
    """Delete a section with its questions, a question or a rule."""
    del_ = get_object_or_404(_liste(fundet, art, regler=True), pk=raekke)
    {"afsnit": byg.slet_afsnit, "spoergsmaal": byg.slet_spoergsmaal, "regel": byg.slet_regel}[art](
        del_, adgang=request.adgang
    )
    messages.success(request, f"“{del_}” er slettet")
    return redirect(fundet)


def _liste(fundet: Spoergeskema, art: str, *, regler: bool = False) -> Any:
    lister = {
        "afsnit": fundet.afsnit.select_related("skema"),
        "spoergsmaal": fundet.spoergsmaal.select_related("skema", "afsnit"),
    }
    if regler:
        lister["regel"] = fundet.regler.select_related("skema")
    if art not in lister:
        raise Http404
    return lister[art]


@kraev(kun_sekretariat)
@require_http_methods(["GET", "HEAD", "POST"])
@paa_kladden
def regel(request: HttpRequest, fundet: Spoergeskema) -> HttpResponse:
    """Add a rule between questions."""
    form = formularer.Regelformular(
        request.POST if request.method == "POST" else None, instance=Skemaregel(skema=fundet)
    )
    return gem_paa_siden(
        request,
        form,
        fundet,
        lambda: byg.gem_regel(form.instance, adgang=request.adgang),
        besked="Reglen er gemt",
        anker="#regler",
        titel="Tilføj regel",
        knap="Gem",
    )
