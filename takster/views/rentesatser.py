"""The yearly rates with their sources, and changing them (T29, T50, T52, T53)."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from socialaftale.kerne.adgang import kraev, kun_sekretariat, offentlig
from socialaftale.kerne.formularer import saml_fejl, vis_fejl
from socialaftale.kerne.konflikt import Versionskonflikt
from takster import adgang_resultat as regler
from takster.forms.resultat import Renteformular
from takster.handlinger.hensaettelser import gem_rentesats
from takster.models import Rentesats


def _krummer(*mere: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [("Overblik", "/"), ("Rentesatser", reverse("takster:rentesatser")), *mere]


@kraev(offentlig)
@require_GET
def liste(request: HttpRequest) -> HttpResponse:
    """All rates, newest first."""
    return render(
        request,
        "takster/rentesatser/liste.html",
        {
            "satser": Rentesats.objects.synlige_for(request.adgang),
            "maa_rette": regler.maa_rette_renter(request.adgang),
            "broedkrummer": [("Overblik", "/"), ("Takster", reverse("takster:liste")), ("Rentesatser", None)],
        },
    )


@kraev(kun_sekretariat)
def opret(request: HttpRequest) -> HttpResponse:
    return _formular(request, None)


@kraev(kun_sekretariat)
def ret(request: HttpRequest, pk: int) -> HttpResponse:
    return _formular(request, get_object_or_404(Rentesats.objects.synlige_for(request.adgang), pk=pk))


def _formular(request: HttpRequest, sats: Rentesats | None) -> HttpResponse:
    formular = Renteformular(request.POST if request.method == "POST" else None, sats=sats)
    status, konflikt = 200, None
    if request.method == "POST" and formular.is_valid():
        felter = {"aar": sats.aar, "art": sats.art} if sats else {}
        try:
            gem_rentesats(sats, adgang=request.adgang, **felter, **formular.cleaned_data)
        except Versionskonflikt as fejl:
            konflikt, status = fejl.nyeste, 409
            formular = Renteformular({**request.POST.dict(), "version": str(konflikt.version)}, sats=konflikt)
        except ValidationError as fejl:
            vis_fejl(formular, fejl)
        else:
            messages.success(request, "Renten er gemt.")
            return redirect("takster:rentesatser")
    if formular.errors:
        status = 422
    fejl = saml_fejl([formular]) if status == 422 else []
    return render(
        request,
        "takster/rentesatser/formular.html",
        {
            "formular": formular,
            "sats": sats,
            "konflikt": konflikt,
            "fejl": fejl,
            "har_fejl": bool(fejl),
            "broedkrummer": _krummer((f"Ret renten for {sats.aar}" if sats else "Opret rente", None)),
        },
        status=status,
    )
