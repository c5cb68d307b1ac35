"""Pages of the central reports."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from socialaftale.kerne import svar
from socialaftale.kerne.adgang import kraev, kun_sekretariat, offentlig
from socialaftale.kerne.dokumenter import MIMETYPER
from socialaftale.kerne.formularer import svar_med_formular
from socialaftale.kerne.models import Haendelse
from socialaftale.kerne.talformat import skriv_heltal
from socialaftale.kerne.templatetags import dansk
from udmeldinger import hentning
from udmeldinger.adgang import maa_se_interne_tal
from udmeldinger.forms import SmaatalForm
from udmeldinger.handlinger import godkend_note, godkend_smaatal
from udmeldinger.models import CentralUdmelding, Maalgruppetal, Udmeldingstilbud
from udmeldinger.regneark import tal as talark


@kraev(offentlig)
@require_GET
def liste(request: HttpRequest) -> HttpResponse:
    udmeldinger = (
        CentralUdmelding.objects.synlige_for(request.adgang)
        .select_related("myndighed")
        .prefetch_related("myndighed__tidligere_navne", "perioder", "tilbud")
    )
    return render(
        request,
        "udmeldinger/liste.html",
        {"udmeldinger": udmeldinger, "broedkrummer": [("Overblik", "/"), ("Centrale udmeldinger", None)]},
    )


@kraev(offentlig)
@require_GET
def detalje(request: HttpRequest, slug: str) -> HttpResponse:
    udmelding = get_object_or_404(
        CentralUdmelding.objects.synlige_for(request.adgang)
        .select_related("myndighed")
        .prefetch_related("myndighed__tidligere_navne", "perioder"),
        slug=slug,
    )
    intern = maa_se_interne_tal(request.adgang)
    aarene, linjer = hentning.hent_tilbud(udmelding, intern=intern)
    spredning = list(udmelding.spredning.all())
    return render(
        request,
        "udmeldinger/detalje.html",
        {
            "udmelding": udmelding,
            "tabel": hentning.hent_maalgrupper(udmelding, intern=intern),
            "aarene": aarene,
            "linjer": linjer,
            "spredning": hentning.hent_spredning(udmelding, spredning),
            "intern": intern,
            "intern_spredning": spredning if intern else [],
            "haendelser": Haendelse.objects.for_objekt(udmelding).synlige_for(request.adgang) if intern else [],
            "broedkrummer": [
                ("Overblik", "/"),
                ("Centrale udmeldinger", reverse("udmeldinger:liste")),
                (str(udmelding), None),
            ],
        },
    )


@kraev(offentlig)
@require_GET
def regneark(request: HttpRequest, slug: str) -> HttpResponse:
    udmelding = get_object_or_404(CentralUdmelding.objects.synlige_for(request.adgang), slug=slug)
    data = talark.byg(udmelding, intern=maa_se_interne_tal(request.adgang), udtrukket=dansk.tidspunkt(timezone.now()))
    return svar.fil(f"udmelding-{udmelding.slug}.xlsx", MIMETYPER["xlsx"], data)


@kraev(kun_sekretariat)
@require_GET
def smaatal(request: HttpRequest) -> HttpResponse:
    """What may point at single citizens in all reports and waits for the secretariat's tick."""
    return render(
        request,
        "udmeldinger/smaatal.html",
        {
            "tallene": hentning.ubehandlede_smaatal(request.adgang),
            "noter": hentning.ubehandlede_noter(request.adgang),
            "broedkrummer": [("Centrale udmeldinger", reverse("udmeldinger:liste")), ("Små tal", None)],
        },
    )


@kraev(kun_sekretariat)
@require_http_methods(["GET", "POST"])
def godkend(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick a small count."""
    udmeldinger = CentralUdmelding.objects.synlige_for(request.adgang)
    alle = Maalgruppetal.objects.filter(gruppe__udmelding__in=udmeldinger).select_related("gruppe__udmelding")
    tal = get_object_or_404(alle, pk=pk)
    fakta = [
        ("Udmelding", tal.gruppe.udmelding),
        ("Gruppe", tal.gruppe),
        ("År", tal.periodenavn),
        ("Antal i hele området", skriv_heltal(tal.antal)),
    ]
    return _stillingtagen(
        request, tal, tal.gruppe.udmelding, godkend_smaatal, fakta, f"Tallet for {tal.gruppe}, {tal.periodenavn}"
    )


@kraev(kun_sekretariat)
@require_http_methods(["GET", "POST"])
def godkend_borgerflow(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick the words about the flow of a *tilbud*."""
    udmeldinger = CentralUdmelding.objects.synlige_for(request.adgang)
    alle = Udmeldingstilbud.objects.filter(udmelding__in=udmeldinger).exclude(borgerflow_note="")
    post = get_object_or_404(alle.select_related("udmelding"), pk=pk)
    fakta = [
        ("Udmelding", post.udmelding),
        ("Tilbud", post.navn),
        ("Note om borgerflow", post.borgerflow_note),
    ]
    return _stillingtagen(request, post, post.udmelding, godkend_note, fakta, f"Noten om {post.navn}")


def _stillingtagen(
    request: HttpRequest,
    post: Maalgruppetal | Udmeldingstilbud,
    udmelding: CentralUdmelding,
    handling: Callable[..., object],
    fakta: list[tuple[str, object]],
    navn: str,
) -> HttpResponse:
    """A page of its own, because showing something small cannot be taken back."""
    formular = SmaatalForm(request.POST or None)
    if request.method == "POST" and formular.is_valid():
        try:
            handling(post, adgang=request.adgang, begrundelse=formular.cleaned_data["begrundelse"])
        except ValidationError as fejl:
            formular.add_error(None, fejl)
        else:
            messages.success(request, f"{navn} vises nu for alle.")
            return redirect(udmelding)
    return svar_med_formular(
        request,
        "udmeldinger/godkend_smaatal.html",
        [formular],
        {
            "formular": formular,
            "fakta": fakta,
            "er_godkendt": post.er_godkendt,
            "broedkrummer": [
                ("Centrale udmeldinger", reverse("udmeldinger:liste")),
                ("Små tal", reverse("udmeldinger:smaatal")),
                ("Godkend visning", None),
            ],
        },
    )
