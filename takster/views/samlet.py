"""Approving many forms in one press, and the receipt of what happened."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from socialaftale.kerne.adgang import kraev, kun_sekretariat
from socialaftale.kerne.formularer import Fejl
from socialaftale.kerne.lister import side_af
from socialaftale.kerne.models import Haendelse
from socialaftale.kerne.penge import afrund
from socialaftale.kerne.tables import SIDESTOERRELSER
from takster.handlinger import godkendelse
from takster.koe import Koe
from takster.models import Indberetningsrunde, Takstskema
from takster.sammenligning import Grupper, hent_sidste_aars, sammenlign_skema
from takster.views.runder import hent_runde


def _krummer(runde: Indberetningsrunde, titel: str) -> list[tuple[str, str | None]]:
    url = reverse("takster:indberetning_runde", kwargs={"aar": runde.aar})
    return [("Overblik", "/"), (f"Indberetning {runde.aar}", url), (titel, None)]


@kraev(kun_sekretariat)
def godkend(request: HttpRequest, aar: int) -> HttpResponse:
    """A page of the submitted forms: those nothing stands against with a box each, the others with the reason.

    Every form shown is calculated and checked anew, so no more than a page of them is.
    """
    runde = hent_runde(request, aar)
    if not runde.kan_genaabnes_for_driftsherrer:
        messages.info(request, "Runden har ingen skemaer at godkende.")
        return redirect(runde)
    fejl = []
    if request.method == "POST":
        try:
            kvittering = godkendelse.godkend_flere(runde, adgang=request.adgang, versioner=_versioner(request))
        except ValidationError as undtagelse:
            fejl = [Fejl(besked) for besked in undtagelse.messages]
        else:
            return redirect("takster:godkend_kvittering", aar=aar, haendelse=kvittering.pk)
    side = side_af(request, Koe(runde, request.GET.get("driftsherre", "")))
    fundne = {skema.pk: skema for skema in godkendelse.til_vurdering(Takstskema.objects.filter(pk__in=list(side)))}
    skemaer = [fundne[pk] for pk in side if pk in fundne]
    vurderinger = godkendelse.vurder(skemaer)
    grupper = hent_sidste_aars(skemaer, vurderinger[0].beregning.data.pl_satser) if vurderinger else {}
    raekker = [_raekke(en, grupper) for en in vurderinger]
    kontekst = {
        "runde": runde,
        "klar": [raekke for raekke in raekker if not raekke["hindring"]],
        "hindrede": [raekke for raekke in raekker if raekke["hindring"]],
        "side": side,
        "stoerrelser": SIDESTOERRELSER,
        "valgte": request.POST.getlist("skema") if request.method == "POST" else None,
        "fejl": fejl,
        "har_fejl": bool(fejl),
        "broedkrummer": _krummer(runde, "Godkend flere"),
    }
    return render(request, "takster/desk/godkend_flere.html", kontekst, status=422 if fejl else 200)


def _raekke(vurdering: godkendelse.Vurdering, grupper: Grupper) -> dict[str, Any]:
    beregning = vurdering.beregning
    takst = beregning.takst.takst if beregning.takst else None
    sammenligning, _ = sammenlign_skema(vurdering.skema, takst, grupper)
    pct = beregning.aendring.pct if beregning.aendring else None
    return {
        "skema": vurdering.skema,
        "vaerdi": f"{vurdering.skema.pk}:{vurdering.skema.version}",
        # T35: a supplement has a price without a budget behind it.
        "takst": beregning.pris,
        "aendring": None if pct is None else afrund(pct, 1),
        "advarsler": len(beregning.advarsler),
        "hindring": vurdering.hindring,
        "afvigelse": sammenligning if sammenligning and sammenligning.er_afvigende else None,
    }


def _versioner(request: HttpRequest) -> dict[int, int]:
    """The chosen forms with the version that was on the page; what cannot be read is not chosen."""
    valgte = {}
    for vaerdi in request.POST.getlist("skema"):
        pk, _, version = vaerdi.partition(":")
        if pk.isascii() and pk.isdigit() and version.isascii() and version.isdigit() and len(vaerdi) < 20:
            valgte[int(pk)] = int(version)
    return valgte


@kraev(kun_sekretariat)
@require_GET
def kvittering(request: HttpRequest, aar: int, haendelse: int) -> HttpResponse:
    """What one press approved and what it left, read from the log."""
    runde = hent_runde(request, aar)
    indgang = get_object_or_404(
        Haendelse.objects.for_objekt(runde).synlige_for(request.adgang).filter(handling=godkendelse.SAMLET),
        pk=haendelse,
    )
    data = indgang.data
    skemaer = Takstskema.objects.til_liste().in_bulk([*data["godkendte"], *(pk for pk, _ in data["efterladte"])])
    kontekst = {
        "runde": runde,
        "haendelse": indgang,
        "godkendte": [skemaer[pk] for pk in data["godkendte"] if pk in skemaer],
        "efterladte": [(skemaer[pk], grund) for pk, grund in data["efterladte"] if pk in skemaer],
        "broedkrummer": _krummer(runde, "Kvittering"),
    }
    return render(request, "takster/desk/godkend_kvittering.html", kontekst)
