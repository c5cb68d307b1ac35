"""Pages of the annexes: uploading a file, and reading what an edition was issued with."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from socialaftale.aftale.adgang import redigerer
from socialaftale.aftale.bilag.forms import Bilagsfilform
from socialaftale.aftale.bilag.handlinger import laeg_fil_op
from socialaftale.aftale.views.faelles import find_aftale, krummer
from socialaftale.kerne import svar
from socialaftale.kerne.adgang import kraev, offentlig
from socialaftale.kerne.formularer import svar_med_formular, vis_fejl
from socialaftale.kerne.models import Dokument


@kraev(redigerer)
@require_http_methods(["GET", "HEAD", "POST"])
def fil(request: HttpRequest, periode: str, pk: int) -> HttpResponse:
    """The file of an annex, its earlier versions, and a new one in its place."""
    aftale = find_aftale(request, periode)
    bilag = get_object_or_404(aftale.bilag.select_related("dokument__bilagsfil"), pk=pk)
    sendt = request.method == "POST"
    form = Bilagsfilform(request.POST if sendt else None, request.FILES if sendt else None)
    if sendt and form.is_valid():
        uploadet = form.cleaned_data["fil"]
        try:
            laeg_fil_op(bilag, adgang=request.adgang, filnavn=uploadet.name, data=uploadet.read())
        except ValidationError as fejl:
            vis_fejl(form, fejl)
        else:
            messages.success(request, f"Filen er lagt op til {bilag}")
            return redirect("aftale:bilag_fil", periode=periode, pk=pk)
    versioner = Dokument.objects.synlige_for(request.adgang).filter(noegle=bilag.filnoegle)
    return svar_med_formular(
        request,
        "aftale/bilag/fil.html",
        [form],
        {
            "aftale": aftale,
            "bilag": bilag,
            "form": form,
            "versioner": versioner.select_related("bilagsfil", "oprettet_af"),
            "broedkrummer": krummer(
                aftale, ("Opbygning", reverse("aftale:opbygning", args=(periode,))), (f"Bilag {bilag.nr}", None)
            ),
        },
    )


@kraev(offentlig)
@require_safe
def bilag(request: HttpRequest, periode: str, noegle: str) -> HttpResponse:
    """An annex of the published edition by itself, at an address that stays."""
    aftale = find_aftale(request, periode)
    if aftale.gaeldende_udgave is None:
        raise Http404
    poster = aftale.gaeldende_udgave.bilag.exclude(dokument=None).select_related("dokument")
    return svar.offentligt_dokument(request, get_object_or_404(poster, noegle=noegle).dokument)


@kraev(offentlig)
@require_safe
def uden_bilag(request: HttpRequest, periode: str) -> HttpResponse:
    """The text of the published edition without annexes; an edition that has none is its own text."""
    aftale = find_aftale(request, periode)
    if aftale.gaeldende_udgave is None:
        raise Http404
    udgave = aftale.gaeldende_udgave
    return svar.offentligt_dokument(request, udgave.uden_bilag or udgave.dokument)
