"""Pages of the central reports."""

from __future__ import annotations

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
from socialaftale.kerne.templatetags import dansk
from udmeldinger import hentning
from udmeldinger.adgang import maa_se_interne_tal
from udmeldinger.forms import SmaatalForm
from udmeldinger.handlinger import godkend_smaatal
from udmeldinger.models import CentralUdmelding, Maalgruppetal
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
    """Counts of one or two in all reports that wait for the secretariat's tick."""
    grupper = [
        (udmelding, tal)
        for udmelding in CentralUdmelding.objects.synlige_for(request.adgang).prefetch_related("grupper__tal")
        for tal in hentning.ubehandlede_smaatal(udmelding)
    ]
    return render(
        request,
        "udmeldinger/smaatal.html",
        {
            "grupper": grupper,
            "broedkrummer": [("Centrale udmeldinger", reverse("udmeldinger:liste")), ("Små tal", None)],
        },
    )


@kraev(kun_sekretariat)
@require_http_methods(["GET", "POST"])
def godkend(request: HttpRequest, pk: int) -> HttpResponse:
    """A page of its own, because showing a small count cannot be taken back."""
    tal = get_object_or_404(
        Maalgruppetal.objects.filter(
            gruppe__udmelding__in=CentralUdmelding.objects.synlige_for(request.adgang)
        ).select_related("gruppe__udmelding"),
        pk=pk,
    )
    formular = SmaatalForm(request.POST or None)
    if request.method == "POST" and formular.is_valid():
        try:
            godkend_smaatal(tal, adgang=request.adgang, begrundelse=formular.cleaned_data["begrundelse"])
        except ValidationError as fejl:
            formular.add_error(None, fejl)
        else:
            messages.success(request, f"Tallet for {tal.gruppe}, {tal.periodenavn} vises nu for alle.")
            return redirect(tal.gruppe.udmelding)
    return svar_med_formular(
        request,
        "udmeldinger/godkend_smaatal.html",
        [formular],
        {
            "formular": formular,
            "tal": tal,
            "broedkrummer": [
                ("Centrale udmeldinger", reverse("udmeldinger:liste")),
                ("Små tal", reverse("udmeldinger:smaatal")),
                ("Godkend visning", None),
            ],
        },
    )
