"""Comments on the draft: all of them, one chapter with its own, and the secretariat's answer."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from socialaftale.aftale.adgang import laeser_kladde, maa_besvare_kommentarer, maa_kommentere, redigerer
from socialaftale.aftale.forms_kommentarer import Kommentarform, Svarform
from socialaftale.aftale.hentning import hent_laesning
from socialaftale.aftale.kommentering import antal_pr_kapitel, besvar, kommenter, synlige_kommentarer
from socialaftale.aftale.models import Aftale
from socialaftale.aftale.views.faelles import find_aftale, krummer
from socialaftale.kerne.adgang import kraev
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.formularer import svar_med_formular, vis_fejl
from socialaftale.kerne.tekst.kommentarer import Kommentartilstand


def _liste_url(aftale: Aftale) -> str:
    return reverse("aftale:kommentarer", args=(aftale.periode,))


@kraev(laeser_kladde)
@require_safe
def liste(request: HttpRequest, periode: str) -> HttpResponse:
    """The comments the reader may see, by chapter; only the open ones unless all are asked for."""
    aftale = find_aftale(request, periode)
    alle = "alle" in request.GET
    kommentarer = synlige_kommentarer(aftale, request.adgang).til_liste()
    antal = antal_pr_kapitel(aftale, request.adgang)
    return render(
        request,
        "aftale/kommentarer/liste.html",
        {
            "aftale": aftale,
            "kommentarer": list(kommentarer if alle else kommentarer.filter(tilstand=Kommentartilstand.AABEN)),
            "alle": alle,
            "aabne": sum(aabne for aabne, _ in antal.values()),
            "i_alt": sum(i_alt for _, i_alt in antal.values()),
            "kapitler": [(kapitel, *antal.get(kapitel.pk, (0, 0))) for kapitel in aftale.tekst.kapitler.all()],
            "maa_besvare": maa_besvare_kommentarer(request.adgang),
            "maa_kommentere": maa_kommentere(request.adgang, aftale),
            "broedkrummer": krummer(aftale, ("Kommentarer", None)),
        },
    )


@kraev(laeser_kladde)
@require_http_methods(["GET", "HEAD", "POST"])
def kapitel(request: HttpRequest, periode: str, noegle: str) -> HttpResponse:
    """A chapter of the draft with its comments, and the form of a new one."""
    aftale = find_aftale(request, periode)
    laesning = hent_laesning(aftale, kladde=True)
    fundet = next((kapitel for kapitel in laesning.kapitler if kapitel.noegle == noegle), None)
    if fundet is None:
        raise Http404
    tekst = laesning.udfyldt(fundet, ryk=1)
    form = Kommentarform(request.POST or None)
    raekke = aftale.tekst.kapitler.get(noegle=noegle)
    if request.method == "POST" and form.is_valid():
        try:
            kommenter(aftale, adgang=request.adgang, kapitel=raekke, som_laest=tekst, **form.cleaned_data)
        except ValidationError as fejl:
            vis_fejl(form, fejl)
        else:
            messages.success(request, "Din kommentar er gemt")
            return redirect("aftale:kommentarer_kapitel", periode=periode, noegle=noegle)
    return svar_med_formular(
        request,
        "aftale/kommentarer/kapitel.html",
        [form],
        {
            "aftale": aftale,
            "tekst": tekst,
            "kommentarer": synlige_kommentarer(aftale, request.adgang).filter(kapitel=raekke).til_liste(),
            "maa_besvare": maa_besvare_kommentarer(request.adgang),
            "maa_kommentere": maa_kommentere(request.adgang, aftale),
            "form": form,
            "broedkrummer": krummer(aftale, ("Kommentarer", _liste_url(aftale)), (fundet.titel, None)),
        },
    )


@kraev(redigerer)
@require_http_methods(["GET", "HEAD", "POST"])
def svar(request: HttpRequest, periode: str, pk: int) -> HttpResponse:
    """The secretariat's answer to one comment."""
    aftale = find_aftale(request, periode)
    kommentar = get_object_or_404(synlige_kommentarer(aftale, request.adgang).til_liste(), pk=pk)
    form = Svarform(request.POST if request.method == "POST" else None, kommentar=kommentar)
    if request.method == "POST" and form.is_valid():
        try:
            besvaret = besvar(aftale, kommentar, adgang=request.adgang, **form.cleaned_data)
        except ValidationError as fejl:
            vis_fejl(form, fejl)
        except UlovligOvergang:
            messages.info(request, "En anden har imens svaret på kommentaren")
            return redirect("aftale:kommentarsvar", periode=periode, pk=pk)
        else:
            messages.success(request, f"Kommentaren er gemt som: {besvaret.tilstandstekst.lower()}")
            return redirect(_liste_url(aftale))
    return svar_med_formular(
        request,
        "aftale/kommentarer/svar.html",
        [form],
        {
            "aftale": aftale,
            "kommentar": kommentar,
            "form": form,
            "broedkrummer": krummer(aftale, ("Kommentarer", _liste_url(aftale)), ("Svar", None)),
        },
    )
