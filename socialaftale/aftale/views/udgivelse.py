"""Issuing: what is missing, ordering a PDF, the editions, adoption and publication."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from socialaftale.aftale import handlinger
from socialaftale.aftale.adgang import maa_offentliggoere, maa_vedtage, redigerer
from socialaftale.aftale.bilag.udstedelse import mangler_fil
from socialaftale.aftale.forms import Vedtagelsesform
from socialaftale.aftale.hentning import hent_laesning, rettede_kapitler
from socialaftale.aftale.kontrol.samling import kontroller
from socialaftale.aftale.models import Aftale
from socialaftale.aftale.views.faelles import find_aftale, krummer
from socialaftale.kerne.adgang import kraev
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.formularer import svar_med_formular
from socialaftale.kerne.models import Job


@kraev(redigerer)
@require_safe
def pdf(request: HttpRequest, periode: str) -> HttpResponse:
    """Which editions there are, which one is published, and what has been corrected since."""
    return _vis(request, find_aftale(request, periode), Vedtagelsesform())


def _vis(
    request: HttpRequest, aftale: Aftale, form: Vedtagelsesform, mangler: dict[str, str] | None = None
) -> HttpResponse:
    udgaver = list(aftale.udgaver.select_related("dokument__oprettet_af").defer("faste"))
    svar = svar_med_formular(
        request,
        "aftale/pdf.html",
        [form],
        {
            "aftale": aftale,
            "udgaver": udgaver,
            "seneste": udgaver[0] if udgaver else None,
            "mangler": mangler or {},
            "rettede": rettede_kapitler(aftale),
            "job": Job.objects.synlige_for(request.adgang)
            .i_gang()
            .filter(noegle=handlinger.jobnoegle(aftale))
            .first(),
            "maa_vedtage": maa_vedtage(request.adgang, aftale),
            "maa_offentliggoere": maa_offentliggoere(request.adgang, aftale),
            "form": form,
            "broedkrummer": krummer(aftale, ("PDF og udgaver", None)),
        },
    )
    if mangler:
        svar.status_code = 422
    return svar


@kraev(redigerer)
@require_POST
def bestil(request: HttpRequest, periode: str) -> HttpResponse:
    """Start the job and show how far it is; a text with references nobody can fill in is refused at once."""
    aftale = find_aftale(request, periode)
    uden_fil = mangler_fil(aftale)
    if uden_fil:
        messages.error(request, f"PDF'en blev ikke bestilt. Der mangler en fil til {', '.join(map(str, uden_fil))}.")
        return redirect(f"{reverse('aftale:opbygning', args=(periode,))}#bilag")
    laesning = hent_laesning(aftale, kladde=True)
    handlinger.trykte_tal(laesning)
    if laesning.mangler:
        return _vis(request, aftale, Vedtagelsesform(), laesning.mangler)
    if not kontroller(aftale, laesning.kapitler).er_groen:
        messages.error(request, "PDF'en blev ikke bestilt. Ret eller fravig de fund, der er på siden her, først.")
        return redirect("aftale:kontrol", periode=periode)
    return redirect("kerne:job", pk=handlinger.bestil_pdf(aftale, adgang=request.adgang).pk)


@kraev(redigerer)
@require_POST
def vedtag(request: HttpRequest, periode: str) -> HttpResponse:
    """Register the adoption."""
    aftale = find_aftale(request, periode)
    form = Vedtagelsesform(request.POST)
    if not form.is_valid():
        return _vis(request, aftale, form)
    try:
        handlinger.vedtag(aftale, adgang=request.adgang, aar=form.cleaned_data["aar"])
    except ValidationError as fejl:
        form.add_error(None if "aar" not in fejl.message_dict else "aar", fejl.messages)
        return _vis(request, aftale, form)
    except UlovligOvergang:
        messages.info(request, "Aftalen var allerede registreret som vedtaget")
    else:
        messages.success(request, "Aftalen er registreret som vedtaget")
    return redirect("aftale:pdf", periode=periode)


@kraev(redigerer)
@require_POST
def offentliggoer(request: HttpRequest, periode: str, pk: int) -> HttpResponse:
    """Publish an edition."""
    aftale = find_aftale(request, periode)
    udgave = get_object_or_404(aftale.udgaver.select_related("dokument"), pk=pk)
    try:
        handlinger.offentliggoer(aftale, adgang=request.adgang, udgave=udgave)
    except UlovligOvergang:
        messages.error(request, "Aftalen skal være vedtaget, før den kan offentliggøres")
    except ValidationError as fejl:
        messages.error(request, fejl.messages[0])
    else:
        messages.success(request, f"{udgave.nummer}. udgave er offentliggjort")
    return redirect("aftale:pdf", periode=periode)
