"""Price and wage rates: public with source, version and history; the secretariat adds and corrects them (T93)."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.shortcuts import render as vis_side
from django.urls import reverse
from django.views.decorators.http import require_GET

from socialaftale.kerne.adgang import kraev, kun_sekretariat, offentlig
from socialaftale.kerne.formularer import saml_fejl, svar_med_formular, vis_fejl
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models import Haendelse
from takster.forms.satser import NySatsformular, Satsformular
from takster.handlinger import plsatser as handlinger
from takster.models import PLsats


def _krummer(*mere: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    krummer = [("Overblik", "/"), ("Takster", reverse("takster:liste"))]
    return [*krummer, ("Pris- og lønsatser", reverse("takster:plsatser") if mere else None), *mere]


@kraev(offentlig)
@require_GET
def liste(request: HttpRequest) -> HttpResponse:
    """The rates in force, newest year first, and the versions they took the place of."""
    satser = list(PLsats.objects.synlige_for(request.adgang).order_by("-fra_aar", "type", "-version"))
    haendelser = Haendelse.objects.filter(objekttype=PLsats._meta.label_lower).select_related("bruger", "organisation")
    return vis_side(
        request,
        "takster/plsatser/liste.html",
        {
            "gaeldende": [sats for sats in satser if sats.er_gaeldende],
            "tidligere": [sats for sats in satser if not sats.er_gaeldende],
            "maa_rette": request.adgang.er_sekretariat,
            "haendelser": list(haendelser.synlige_for(request.adgang)[:50]) if request.adgang.er_sekretariat else None,
            "broedkrummer": _krummer(),
        },
    )


@kraev(kun_sekretariat)
def opret(request: HttpRequest) -> HttpResponse:
    formular = NySatsformular(request.POST if request.method == "POST" else None)
    if request.method == "POST" and formular.is_valid():
        try:
            sats = handlinger.opret_plsats(adgang=request.adgang, **formular.cleaned_data)
        except ValidationError as fejl:
            vis_fejl(formular, fejl)
        else:
            messages.success(request, f"Satsen fra {sats.fra_aar} til {sats.til_aar} er lagt ind.")
            return redirect("takster:plsatser")
    kontekst = {"titel": "Læg en sats ind", "formular": formular, "broedkrummer": _krummer(("Læg en sats ind", None))}
    return svar_med_formular(request, "takster/plsatser/formular.html", [formular], kontekst)


@kraev(kun_sekretariat)
def ret(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the rate in force; what was typed stands when a colleague was first."""
    sats = get_object_or_404(PLsats.objects.gaeldende(), pk=pk)
    formular = Satsformular.for_sats(sats, request.POST if request.method == "POST" else None)
    status, konflikt = 200, None
    if request.method == "POST" and formular.is_valid():
        try:
            handlinger.ret_plsats(sats, adgang=request.adgang, **formular.cleaned_data)
        except Versionskonflikt as fejl:
            konflikt, status = fejl.nyeste, 409
            formular = Satsformular.for_sats(sats, {**request.POST.dict(), "version": str(fejl.nyeste.version)})
        except ValidationError as fejl:
            vis_fejl(formular, fejl)
        else:
            messages.success(request, "Satsen er rettet. Den tidligere version står stadig på siden.")
            return redirect("takster:plsatser")
    fejl = saml_fejl([formular]) if status == 200 else []
    titel = f"Ret satsen fra {sats.fra_aar} til {sats.til_aar}"
    kontekst = {
        "titel": titel,
        "sats": sats,
        "formular": formular,
        "konflikt": konflikt,
        "fejl": fejl,
        "har_fejl": bool(fejl),
        "broedkrummer": _krummer((titel, None)),
    }
    return vis_side(request, "takster/plsatser/formular.html", kontekst, status=422 if fejl else status)
