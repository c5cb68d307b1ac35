"""The Word file of the draft: GET hands it out when it is made of the text as it is now, POST orders it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from socialaftale.aftale import wordfiler
from socialaftale.aftale.adgang import redigerer
from socialaftale.aftale.dokumenter import word as wordfil
from socialaftale.aftale.hentning import Laesning
from socialaftale.aftale.hoering.models import Hoering
from socialaftale.aftale.models import Aftale
from socialaftale.aftale.views.faelles import find_aftale
from socialaftale.kerne import svar
from socialaftale.kerne.adgang import kraev
from socialaftale.kerne.word import har_pandoc


@kraev(redigerer)
@require_http_methods(["GET", "HEAD", "POST"])
def kladde(request: HttpRequest, periode: str) -> HttpResponse:
    """The draft, for the secretariat."""
    aftale = find_aftale(request, periode)
    return svar_med_word(request, aftale, *wordfiler.kladdens(aftale), tilbage=reverse("aftale:ret", args=(periode,)))


def svar_med_word(
    request: HttpRequest,
    aftale: Aftale,
    laesning: Laesning,
    navn: str,
    *,
    tilbage: str,
    hoering: Hoering | None = None,
) -> HttpResponse:
    """The file, the job that makes it, or (the text has changed since it was made) the way back to the button."""
    if not har_pandoc():
        raise Http404
    data = wordfil.lavet(wordfil.dokument(laesning, navn))
    if data is not None:
        return svar.fil(wordfil.filnavn(laesning, navn), wordfil.MIMETYPE, data)
    if request.method == "POST":
        return redirect("kerne:job", pk=wordfiler.bestil(aftale, adgang=request.adgang, hoering=hoering).pk)
    messages.info(request, "Teksten er ændret, siden Word-filen blev lavet. Vælg Hent som Word igen")
    return redirect(tilbage)
