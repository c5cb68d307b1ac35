"""Issuing: what is missing, ordering a PDF, the editions, and publication."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from socialaftale.aftale import handlinger
from socialaftale.aftale.adgang import maa_offentliggoere, maa_udstede, redigerer
from socialaftale.aftale.bilag.udstedelse import mangler_fil
from socialaftale.aftale.godkendelse.overblik import kan_offentliggoeres, tekst_afviger
from socialaftale.aftale.hentning import hent_laesning, rettede_kapitler
from socialaftale.aftale.kontrol.samling import kontroller
from socialaftale.aftale.models import Aftale
from socialaftale.aftale.views.faelles import find_aftale, krummer
from socialaftale.kerne.adgang import kraev
from socialaftale.kerne.models import Job


@kraev(redigerer)
@require_safe
def pdf(request: HttpRequest, periode: str) -> HttpResponse:
    """Which editions there are, which one is published, and what has been corrected since."""
    return _vis(request, find_aftale(request, periode))


def _vis(request: HttpRequest, aftale: Aftale, mangler: dict[str, str] | None = None) -> HttpResponse:
    udgaver = list(aftale.udgaver.select_related("dokument__oprettet_af").defer("faste"))
    seneste = udgaver[0] if udgaver else None
    return render(
        request,
        "aftale/pdf.html",
        {
            "aftale": aftale,
            "udgaver": udgaver,
            "seneste": seneste,
            "mangler": mangler or {},
            "rettede": rettede_kapitler(aftale),
            "er_ajour": seneste is not None and not tekst_afviger(aftale, seneste),
            "job": Job.objects.synlige_for(request.adgang)
            .i_gang()
            .filter(noegle=handlinger.jobnoegle(aftale))
            .first(),
            "maa_udstede": maa_udstede(request.adgang, aftale),
            "maa_offentliggoere": seneste is not None
            and maa_offentliggoere(request.adgang, aftale)
            and not kan_offentliggoeres(aftale, seneste),
            "broedkrummer": krummer(aftale, ("PDF og udgaver", None)),
        },
        status=422 if mangler else 200,
    )


@kraev(redigerer)
@require_POST
def bestil(request: HttpRequest, periode: str) -> HttpResponse:
    """Start the job and show how far it is; a text with references nobody can fill in is refused at once."""
    aftale = find_aftale(request, periode)
    if not maa_udstede(request.adgang, aftale):
        messages.info(request, handlinger.LAAST)
        return redirect("aftale:godkendelse", periode=periode)
    uden_fil = mangler_fil(aftale)
    if uden_fil:
        messages.error(request, f"PDF'en blev ikke bestilt. Der mangler en fil til {', '.join(map(str, uden_fil))}.")
        return redirect(f"{reverse('aftale:opbygning', args=(periode,))}#bilag")
    laesning = hent_laesning(aftale, kladde=True)
    handlinger.trykte_tal(laesning)
    if laesning.mangler:
        return _vis(request, aftale, laesning.mangler)
    if not kontroller(aftale, laesning.kapitler).er_groen:
        messages.error(request, "PDF'en blev ikke bestilt. Ret eller fravig de fund, der er på siden her, først.")
        return redirect("aftale:kontrol", periode=periode)
    return redirect("kerne:job", pk=handlinger.bestil_pdf(aftale, adgang=request.adgang).pk)


@kraev(redigerer)
@require_POST
def offentliggoer(request: HttpRequest, periode: str, pk: int) -> HttpResponse:
    """Publish an edition."""
    aftale = find_aftale(request, periode)
    udgave = get_object_or_404(aftale.udgaver.select_related("dokument"), pk=pk)
    try:
        handlinger.offentliggoer(aftale, adgang=request.adgang, udgave=udgave)
    except ValidationError as fejl:
        messages.error(request, fejl.messages[0])
    else:
        messages.success(request, f"{udgave.nummer}. udgave er offentliggjort")
    return redirect("aftale:pdf", periode=periode)
