"""Submitting all of a driftsherre's takstskemaer without errors in one step, from a page that shows what is signed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from socialaftale.kerne.adgang import kraev, kun_driftsherre
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.konflikt import Versionskonflikt, laes_version
from socialaftale.kerne.templatetags import dansk
from takster import adgang as regler
from takster import hentning
from takster.handlinger.faelles import SkemaHarFejl
from takster.handlinger.flere_skemaer import indsend_flere
from takster.models import Indberetning, Takstskema
from takster.views.skemabog import hent_egen, krummer

FORAELDET = "Nogle af skemaerne er ændret, siden du åbnede siden, så intet er indsendt. Her er de, som de ser ud nu."


@kraev(kun_driftsherre)
def indsend_alle(request: HttpRequest, aar: int, slug: str) -> HttpResponse:
    """The check page and the step: the forms with a tick are submitted, all or none."""
    egen = hent_egen(request, aar, slug)
    if request.method != "POST":
        return _side(request, egen)
    versioner = {}
    for tekst in request.POST.getlist("skema"):
        pk, _, version = tekst.partition(":")
        versioner[laes_version(pk)] = laes_version(version)
    if not versioner:
        return _side(request, egen, besked="Sæt kryds ved de skemaer, der skal indsendes.", status=422)
    try:
        indsendte = indsend_flere(egen, versioner, adgang=request.adgang)
    except (Versionskonflikt, UlovligOvergang, SkemaHarFejl):
        return _side(request, egen, besked=FORAELDET, status=409)
    antal = dansk.antal(len(indsendte), "takstskema,takstskemaer")
    messages.success(request, f"{antal} er indsendt. I får en kvittering med numrene på mail.")
    return redirect(egen)


def _side(request: HttpRequest, egen: Indberetning, *, besked: str = "", status: int = 200) -> HttpResponse:
    i_dag = timezone.localdate()
    kladder = list(
        Takstskema.objects.synlige_for(request.adgang)
        .redigerbare()
        .filter(indberetning=egen)
        .til_beregning()
        .order_by("ydelse__tilbud__navn", "ydelse__raekkefoelge", "pk")
    )
    aabne = [skema for skema in kladder if skema.vindue_aabent(i_dag)]
    beregninger = hentning.beregn_flere(aabne, i_dag)
    klar, ikke_klar = [], []
    for skema in aabne:
        beregning = beregninger[skema.pk]
        (klar if beregning.kan_indsendes else ikke_klar).append(_raekke(skema, beregning))
    return render(
        request,
        "takster/indsend_alle.html",
        {
            "indberetning": egen,
            "klar": klar,
            "ikke_klar": ikke_klar,
            "lukkede": len(kladder) - len(aabne),
            "maa_indsende": request.adgang.har(Rolle.DRIFTSHERRE_GODKENDER)
            and any(regler.maa_indsende(request.adgang, raekke["skema"], i_dag) for raekke in klar),
            "besked": besked,
            "broedkrummer": krummer(egen, ("Indsend alle uden fejl", None)),
        },
        status=status,
    )


def _raekke(skema: Takstskema, beregning: Any) -> dict[str, Any]:
    return {
        "skema": skema,
        # What the page sends back: the form in the version it shows.
        "vaerdi": f"{skema.pk}:{skema.version}",
        "kontrol_url": reverse("takster:skema_indsend", kwargs={"pk": skema.pk}),
        "grundlag": beregning.data.grundlag.i_alt if skema.har_grundlag else None,
        "takst": beregning.pris,
        "aendring": beregning.aendring.pct if beregning.aendring else None,
        "advarsler": len(beregning.advarsler) + len(beregning.godkendelser),
        "mangler": [fund.tekst for fund in beregning.fund if fund.blokerer],
    }
