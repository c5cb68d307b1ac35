"""The steps of a takstskema as pages: check and submit, withdraw, send back, approve, publish a late one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from socialaftale.kerne.adgang import kraev, kun_driftsherre, kun_sekretariat
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.formularer import svar_med_formular
from socialaftale.kerne.konflikt import Versionskonflikt
from takster import adgang as regler
from takster import hentning
from takster.beregning.kontrolraekke import Skemaberegning
from takster.forms.trin import Bemaerkningsformular, Godkendelsesformular
from takster.handlinger import offentliggoerelse, skemaer
from takster.handlinger.faelles import SkemaHarFejl
from takster.models import Takstskema
from takster.views.faelles import (
    ANDEN_VAR_HURTIGERE,
    beregn,
    beregningslinjer,
    fakta,
    fejllinjer,
    hent_skema,
    koeberlinje,
    kontroltrin,
    metapunkter,
    resultatpanel,
    rettigheder,
    skema_broedkrummer,
)
from takster.views.kommentarer import ubesvarede
from takster.visning import byg_ark

MELD_KLAR = "meld_klar"


@kraev(kun_driftsherre)
def indsend(request: HttpRequest, pk: int) -> HttpResponse:
    """The check page: totals, what was checked and what it found; submission is one deliberate step from here."""
    skema = hent_skema(request, pk)
    i_dag = timezone.localdate()
    if not (regler.maa_indsende(request.adgang, skema, i_dag) or regler.maa_redigere(request.adgang, skema, i_dag)):
        messages.info(request, "Skemaet kan ikke indsendes nu.")
        return redirect(skema)
    if request.method == "POST":
        return _indsend(request, skema)
    return _kontrolside(request, skema, _bemaerkningsformular(skema))


def _bemaerkningsformular(skema: Takstskema, data: Any = None) -> Bemaerkningsformular:
    return Bemaerkningsformular(
        data,
        initial={
            "bemaerkning": skema.bemaerkning,
            "belaegning_begrundelse": skema.belaegning_begrundelse,
            "version": skema.version,
        },
    )


def _indsend(request: HttpRequest, skema: Takstskema) -> HttpResponse:
    formular = _bemaerkningsformular(skema, request.POST)
    if not formular.is_valid():
        return _kontrolside(request, skema, formular, status=422)
    try:
        skema = _gem_bemaerkninger(request, skema, formular)
        if request.POST.get("handling") == MELD_KLAR:
            skemaer.meld_klar(skema, adgang=request.adgang, version=skema.version)
            messages.success(request, "Jeres godkender har fået en mail om, at skemaet er klar.")
            return redirect(skema)
        skemaer.indsend(skema, adgang=request.adgang, version=skema.version)
    except SkemaHarFejl as fejl:
        return _kontrolside(request, skema, _bemaerkningsformular(skema), status=422, stoppet_af=fejl)
    except (Versionskonflikt, UlovligOvergang):
        return _kontrolside(request, hent_skema(request, skema.pk), formular, status=409, konflikt=True)
    return redirect("takster:skema_kvittering", pk=skema.pk)


def _gem_bemaerkninger(request: HttpRequest, skema: Takstskema, formular: Bemaerkningsformular) -> Takstskema:
    """Save the remarks typed here on their own, so that they stand even when the submission is stopped."""
    version = formular.cleaned_data["version"]
    nye = {navn: formular.cleaned_data[navn] for navn in ("bemaerkning", "belaegning_begrundelse")}
    aendret = any(getattr(skema, navn) != tekst for navn, tekst in nye.items() if navn in formular.data)
    if not aendret or not regler.maa_redigere(request.adgang, skema, timezone.localdate()):
        if version != skema.version:
            raise Versionskonflikt(skema)
        return skema
    felter = hentning.felter_af(skema) | {navn: tekst for navn, tekst in nye.items() if navn in formular.data}
    return skemaer.gem_skema(skema, adgang=request.adgang, version=version, felter=felter, linjer=skema.beloeb())


def _kontrolside(
    request: HttpRequest,
    skema: Takstskema,
    formular: Bemaerkningsformular,
    *,
    status: int = 200,
    stoppet_af: SkemaHarFejl | None = None,
    konflikt: bool = False,
) -> HttpResponse:
    omgivelser, beregning = beregn(skema)
    formularfejl = formular.fejlresume if formular.is_bound and status == 422 else []
    ret_url = reverse("takster:skema_ret", kwargs={"pk": skema.pk})
    fejl = formularfejl or (fejllinjer(stoppet_af.fund) if stoppet_af else [])
    kontekst = {
        "skema": skema,
        "broedkrummer": skema_broedkrummer(skema, ("Kontrollér og indsend", None)),
        "meta": metapunkter(skema),
        "panel": resultatpanel(skema, beregning),
        "fakta": fakta(skema, beregning),
        "koebere": koeberlinje(skema, omgivelser),
        "ark": byg_ark(skema.beloeb(), omgivelser),
        "beregning": beregning,
        "kontroltrin": kontroltrin(beregning, ret_url),
        "beregningslinjer": beregningslinjer(beregning),
        "formular": formular,
        "viser_bemaerkning": _beder_om(beregning, "bemaerkning", skema.bemaerkning),
        "viser_begrundelse": _beder_om(beregning, "belaegning_begrundelse", skema.belaegning_begrundelse),
        "ret_url": ret_url,
        "kommentarer": ubesvarede(skema),
        "konflikt": konflikt,
        "fejl": fejl,
        "har_fejl": bool(fejl),
        **rettigheder(request, skema),
    }
    return render(request, "takster/skema/indsend.html", kontekst, status=status)


def _beder_om(beregning: Skemaberegning, felt: str, tekst: str) -> bool:
    """Show the box when the check asks for the remark, or when there already is one to see again.

    Findings on single lines are settled by the general remark too.
    """
    andre = {"belaegning_begrundelse"}
    beder = any(
        fund.felt == felt or (felt == "bemaerkning" and fund.felt not in andre) for fund in beregning.bemaerkninger
    )
    return beder or bool(tekst)


@kraev(kun_driftsherre)
@require_POST
def traek_tilbage(request: HttpRequest, pk: int) -> HttpResponse:
    skema = hent_skema(request, pk)
    try:
        skemaer.traek_tilbage(skema, adgang=request.adgang)
    except UlovligOvergang:
        messages.warning(request, ANDEN_VAR_HURTIGERE)
    else:
        messages.success(request, "Skemaet er trukket tilbage og kan rettes igen.")
    return redirect(skema)


@kraev(kun_sekretariat)
def godkend(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve, with a reason when something deviates from the rules."""
    skema = hent_skema(request, pk)
    if not regler.maa_godkende(request.adgang, skema):
        messages.warning(request, ANDEN_VAR_HURTIGERE)
        return redirect(skema)
    _, beregning = beregn(skema)
    formular = Godkendelsesformular(
        request.POST if request.method == "POST" else None,
        kraever_begrundelse=bool(beregning.godkendelser),
        initial={"version": skema.version},
    )
    if request.method == "POST" and formular.is_valid():
        try:
            skemaer.godkend(skema, adgang=request.adgang, **formular.cleaned_data)
        except UlovligOvergang:
            messages.warning(request, ANDEN_VAR_HURTIGERE)
        except Versionskonflikt as konflikt:
            # The page shows the figures as they are now; sending it again approves those.
            formular.data = {**request.POST.dict(), "version": str(konflikt.nyeste.version)}
            formular.add_error(None, ANDEN_VAR_HURTIGERE)
        else:
            messages.success(request, "Takstskemaet er godkendt, og driftsherren har fået en mail.")
        if not formular.errors:
            return redirect(skema)
    return svar_med_formular(
        request,
        "takster/skema/godkend.html",
        [formular],
        {
            "skema": skema,
            "formular": formular,
            "beregning": beregning,
            "panel": resultatpanel(skema, beregning),
            "meta": metapunkter(skema),
            "broedkrummer": skema_broedkrummer(skema, ("Godkend", None)),
        },
    )


@kraev(kun_sekretariat)
@require_POST
def offentliggoer(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish one late form after the round."""
    skema = hent_skema(request, pk)
    try:
        takst = offentliggoerelse.offentliggoer_skema(skema, adgang=request.adgang)
    except (UlovligOvergang, PermissionDenied):
        messages.warning(request, ANDEN_VAR_HURTIGERE)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, "Taksten er offentliggjort.")
        return redirect(takst)
    return redirect(skema)
