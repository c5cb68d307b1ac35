"""Keeping the library: what only the secretariat does."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from socialaftale.aftale.adgang import redigerer
from socialaftale.aftale.bibliotek import handlinger
from socialaftale.aftale.bibliotek.forms import Nytdokumentform, Oplysningsform, Tilbagetraekningsform
from socialaftale.aftale.bibliotek.models import Biblioteksdokument
from socialaftale.aftale.bibliotek.views import krummer
from socialaftale.aftale.bilag.forms import Bilagsfilform
from socialaftale.kerne.adgang import kraev
from socialaftale.kerne.formularer import Formular, svar_med_formular, vis_fejl

SKABELON = "aftale/opbygning/formular.html"


def _side(request: HttpRequest, form: Formular, fortryd_url: str, **kontekst: Any) -> HttpResponse:
    return svar_med_formular(
        request,
        SKABELON,
        [form],
        {
            "overtekst": "Bibliotek",
            "indledning": "",
            "form": form,
            "fortryd_url": fortryd_url,
            "broedkrummer": krummer((kontekst["titel"], None)),
            **kontekst,
        },
    )


def _post(request: HttpRequest) -> dict[str, Any]:
    return {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}


def _find(request: HttpRequest, pk: int) -> Biblioteksdokument:
    return get_object_or_404(Biblioteksdokument.objects.synlige_for(request.adgang).i_brug(), pk=pk)


@kraev(redigerer)
@require_http_methods(["GET", "HEAD", "POST"])
def ny(request: HttpRequest) -> HttpResponse:
    """Add a document with its first file."""
    form = Nytdokumentform(**_post(request), initial={"periode": request.GET.get("periode", "")})
    if form.is_bound and form.is_valid():
        fil = form.cleaned_data["fil"]
        try:
            post = handlinger.opret(form.til_dokument(), adgang=request.adgang, filnavn=fil.name, data=fil.read())
        except ValidationError as fejl:
            vis_fejl(form, fejl)
        else:
            messages.success(request, f"“{post}” ligger nu i biblioteket")
            return redirect(post)
    return _side(
        request, form, reverse("bibliotek:liste"), titel="Læg dokument i biblioteket", knap="Læg op", har_filer=True
    )


@kraev(redigerer)
@require_http_methods(["GET", "HEAD", "POST"])
def ret(request: HttpRequest, pk: int) -> HttpResponse:
    """Another title, name in the address, or dates."""
    post = _find(request, pk)
    felter = ("titel", "slug", "gaelder_fra", "gaelder_til")
    form = Oplysningsform(**_post(request), initial={felt: getattr(post, felt) for felt in felter})
    if form.is_bound and form.is_valid():
        try:
            rettet = handlinger.omdoeb(
                post, adgang=request.adgang, **{navn: form.cleaned_data[navn] for navn in felter}
            )
        except ValidationError as fejl:
            vis_fejl(form, fejl)
        else:
            messages.success(request, "Oplysningerne er gemt. En tidligere adresse fører hertil")
            return redirect(rettet)
    return _side(request, form, post.get_absolute_url(), titel=f"Redigér {post}", knap="Gem")


@kraev(redigerer)
@require_http_methods(["GET", "HEAD", "POST"])
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """A newer file at the same address."""
    post = _find(request, pk)
    form = Bilagsfilform(**_post(request))
    if form.is_bound and form.is_valid():
        fil = form.cleaned_data["fil"]
        try:
            handlinger.ny_version(post, adgang=request.adgang, filnavn=fil.name, data=fil.read())
        except ValidationError as fejl:
            vis_fejl(form, fejl)
        else:
            messages.success(request, "Den nye fil er lagt op. De tidligere versioner bliver stående")
            return redirect(post)
    titel = f"Ny version af {post}"
    return _side(request, form, post.get_absolute_url(), titel=titel, knap="Læg filen op", har_filer=True)


@kraev(redigerer)
@require_http_methods(["GET", "HEAD", "POST"])
def traek_tilbage(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a document out of use, with the reason everybody reads."""
    post = _find(request, pk)
    form = Tilbagetraekningsform(**_post(request))
    if form.is_bound and form.is_valid():
        try:
            handlinger.traek_tilbage(post, adgang=request.adgang, begrundelse=form.cleaned_data["begrundelse"])
        except ValidationError as fejl:
            vis_fejl(form, fejl)
        else:
            messages.success(request, f"“{post}” er trukket tilbage")
            return redirect("bibliotek:liste")
    return _side(
        request,
        form,
        post.get_absolute_url(),
        titel=f"Træk {post} tilbage",
        knap="Træk tilbage",
        indledning="Adressen bliver stående med begrundelsen. Filen kan ikke længere hentes derfra.",
    )
