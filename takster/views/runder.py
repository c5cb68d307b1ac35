"""Rounds: the list, one round with its rules and steps, historic rounds, and the forms of the steps."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from socialaftale.kerne import haandbog
from socialaftale.kerne.adgang import kraev, kun_sekretariat
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.formularer import svar_med_formular, vis_fejl
from socialaftale.kerne.job import koersel
from socialaftale.kerne.models import Haendelse
from takster import adgang as regler
from takster import historik
from takster.adgang import maa_se_indberetning
from takster.enums import Rundetilstand, Skematilstand
from takster.forloeb import Rundetrin
from takster.forms.trin import Fristformular, Rundeformular
from takster.graenser import graenselinjer
from takster.handlinger import runder
from takster.models import Indberetningsrunde, Takstskema

OFFENTLIGGOER_JOB = "offentliggoer_takster"


def krummer(*mere: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [("Overblik", "/"), ("Runder", reverse("takster:runder")), *mere]


@kraev(maa_se_indberetning)
@require_GET
def liste(request: HttpRequest) -> HttpResponse:
    """All rounds, newest first; there is one a year."""
    return render(
        request,
        "takster/runder/liste.html",
        {
            "runder": Indberetningsrunde.objects.synlige_for(request.adgang).select_related("regelsaet"),
            "broedkrummer": [("Overblik", "/"), ("Runder", None)],
        },
    )


@kraev(maa_se_indberetning)
@require_GET
def vis(request: HttpRequest, aar: int) -> HttpResponse:
    """One round: dates, limits, steps and history; a historic round shows the accounts it holds."""
    runde = hent_runde(request, aar)
    kontekst: dict[str, Any] = {"runde": runde, "broedkrummer": krummer((str(aar), None))}
    if runde.er_historisk:
        kontekst["opgoerelser"] = historik.opgoerelser_for_runde(runde, request.adgang)
        return render(request, "takster/runder/historisk.html", kontekst)
    i_dag = timezone.localdate()
    kontekst |= {
        "dage": runde.dage_til_frist(i_dag),
        "graenser": graenselinjer(runde.regelsaet),
        "haendelser": list(Haendelse.objects.for_objekt(runde).synlige_for(request.adgang)),
        "antal_godkendte": _antal(request, runde, Skematilstand.GODKENDT),
        "antal_i_gang": _antal(
            request, runde, Skematilstand.KLADDE, Skematilstand.SENDT_RETUR, Skematilstand.INDSENDT
        ),
        "maa_flytte_frist": regler.maa_flytte_frist(request.adgang, runde),
        "maa_udstede": regler.maa_udstede_takstbilag(request.adgang, runde),
        **{f"maa_{trin.value}": regler.maa_aendre_runde(request.adgang, runde, trin) for trin in Rundetrin},
    }
    return render(request, "takster/runder/detalje.html", kontekst)


def hent_runde(request: HttpRequest, aar: int) -> Indberetningsrunde:
    haandbog.saet_aar(request, aar)
    return get_object_or_404(
        Indberetningsrunde.objects.synlige_for(request.adgang).select_related("regelsaet"), aar=aar
    )


def _antal(request: HttpRequest, runde: Indberetningsrunde, *tilstande: Skematilstand) -> int:
    """How many of the forms the reader may see are in one of the states."""
    synlige = Takstskema.objects.synlige_for(request.adgang)
    return synlige.filter(indberetning__runde=runde, tilstand__in=tilstande).count()


@kraev(kun_sekretariat)
def opret(request: HttpRequest) -> HttpResponse:
    """A new round, in preparation until it is opened."""
    formular = Rundeformular(request.POST if request.method == "POST" else None)
    if request.method == "POST" and formular.is_valid():
        try:
            runde = runder.opret_runde(adgang=request.adgang, **formular.cleaned_data)
        except ValidationError as fejl:
            vis_fejl(formular, fejl)
        else:
            messages.success(request, "Runden er oprettet. Den kan ses af driftsherrerne, når du åbner den.")
            return redirect(runde)
    return svar_med_formular(
        request,
        "takster/runder/opret.html",
        [formular],
        {"formular": formular, "broedkrummer": krummer(("Opret runde", None))},
    )


@kraev(kun_sekretariat)
def frist(request: HttpRequest, aar: int) -> HttpResponse:
    """Move the deadline, or open a closed round again; both need a reason and a date."""
    runde = hent_runde(request, aar)
    genaabner = runde.tilstand == Rundetilstand.LUKKET
    maa = (
        regler.maa_aendre_runde(request.adgang, runde, Rundetrin.GENAABN)
        if genaabner
        else regler.maa_flytte_frist(request.adgang, runde)
    )
    if not maa:
        messages.info(request, "Fristen kan ikke flyttes nu.")
        return redirect(runde)
    formular = Fristformular(
        request.POST if request.method == "POST" else None, initial={"frist": None if genaabner else runde.frist}
    )
    if request.method == "POST" and formular.is_valid():
        handling = runder.genaabn_runde if genaabner else runder.flyt_frist
        try:
            handling(runde, adgang=request.adgang, **formular.cleaned_data)
        except ValidationError as fejl:
            vis_fejl(formular, fejl)
        except UlovligOvergang:
            messages.warning(request, "Runden er ændret i mellemtiden.")
            return redirect(runde)
        else:
            messages.success(request, "Runden er genåbnet." if genaabner else "Fristen er flyttet.")
            return redirect(runde)
    return svar_med_formular(
        request,
        "takster/runder/frist.html",
        [formular],
        {
            "formular": formular,
            "runde": runde,
            "genaabner": genaabner,
            "broedkrummer": krummer((str(aar), runde.get_absolute_url()), ("Frist", None)),
        },
    )


@kraev(kun_sekretariat)
@require_POST
def skift(request: HttpRequest, aar: int, trin: str) -> HttpResponse:
    """The steps that need no form: open, close, publish (as a job, since it may be many tariffs)."""
    runde = hent_runde(request, aar)
    if trin == Rundetrin.OFFENTLIGGOER:
        return _start_offentliggoerelse(request, runde)
    handling = {Rundetrin.AABN.value: runder.aabn_runde, Rundetrin.LUK.value: runder.luk_runde}.get(trin)
    if handling is None:
        raise Http404
    try:
        handling(runde, adgang=request.adgang)
    except (UlovligOvergang, PermissionDenied):
        messages.warning(request, "Runden er ændret i mellemtiden.")
    else:
        messages.success(
            request,
            "Runden er åben, og driftsherrerne har fået en mail." if trin == Rundetrin.AABN else "Runden er lukket.",
        )
    return redirect(runde)


def _start_offentliggoerelse(request: HttpRequest, runde: Indberetningsrunde) -> HttpResponse:
    if not regler.maa_aendre_runde(request.adgang, runde, Rundetrin.OFFENTLIGGOER):
        messages.warning(request, "Runden er ændret i mellemtiden.")
        return redirect(runde)
    job = koersel.start(
        request.adgang,
        OFFENTLIGGOER_JOB,
        titel=f"Offentliggør takster {runde.aar}",
        noegle=f"{OFFENTLIGGOER_JOB}:{runde.aar}",
        parametre={"aar": runde.aar},
    )
    return redirect("kerne:job", pk=job.pk)
