"""Reading: the list of periods, an agreement's front page, chapters, the whole, its figures, its PDF."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from socialaftale.aftale import visning
from socialaftale.aftale.adgang import maa_laese_kladde, redigerer
from socialaftale.aftale.models import Aftale
from socialaftale.aftale.views.faelles import find_aftale, grundkontekst, kapitelmenu, krummer, laes, naboer
from socialaftale.kerne import svar
from socialaftale.kerne.adgang import kraev, offentlig
from socialaftale.kerne.tekst.models import Kapiteltype


@kraev(offentlig)
@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    """The periods, newest first."""
    aftaler = Aftale.objects.synlige_for(request.adgang).select_related("gaeldende_udgave")
    # What an edition printed is long, and the list shows none of it.
    aftaler = aftaler.defer("gaeldende_udgave__faste")
    aar = timezone.localdate().year
    return render(
        request,
        "aftale/liste.html",
        {
            "poster": [visning.aftalekort(aftale, aar) for aftale in aftaler],
            "maa_rette": redigerer(request.adgang),
            "maa_laese_kladde": maa_laese_kladde(request.adgang),
            "broedkrummer": [("Aftaler", None)],
        },
    )


@kraev(offentlig)
@require_safe
def aftale(request: HttpRequest, periode: str) -> HttpResponse:
    """The front page: cover, key figures, contents, facts, annexes."""
    aftale = find_aftale(request, periode)
    laesning = laes(request, aftale)
    forside = next((kapitel for kapitel in laesning.kapitler if kapitel.type == Kapiteltype.FORSIDE), None)
    return render(
        request,
        "aftale/aftale.html",
        {
            **grundkontekst(request, laesning),
            "forsidetekst": laesning.udfyldt(forside).html if forside else "",
            "noegletal": visning.noegletal(laesning),
            "kapitler": kapitelmenu(laesning),
            "fakta": visning.fakta(aftale),
            "bilag": visning.bilagsgrupper(aftale, laesning.udgave),
            "filer": visning.filer(aftale.gaeldende_udgave, periode) if aftale.gaeldende_udgave else [],
            "broedkrummer": [("Aftaler", reverse("aftale:liste")), (aftale.titel, None)],
        },
    )


@kraev(offentlig)
@require_safe
def kapitel(request: HttpRequest, periode: str, noegle: str) -> HttpResponse:
    """One chapter with its sources, the menu of chapters, and the ways to the one before and after."""
    aftale = find_aftale(request, periode)
    laesning = laes(request, aftale)
    fundet = next((kapitel for kapitel in laesning.sider if kapitel.noegle == noegle), None)
    if fundet is None:
        raise Http404
    return render(
        request,
        "aftale/kapitel.html",
        {
            **grundkontekst(request, laesning),
            "tekst": laesning.udfyldt(fundet),
            **naboer(laesning, fundet),
            "sidemenu": kapitelmenu(laesning, noegle),
            "sidemenu_titel": "Kapitler",
            "broedkrummer": krummer(aftale, (fundet.titel, None)),
        },
    )


@kraev(offentlig)
@require_safe
def hele(request: HttpRequest, periode: str) -> HttpResponse:
    """All chapters on one page, for reading through, searching and printing."""
    aftale = find_aftale(request, periode)
    laesning = laes(request, aftale)
    kontekst = laesning.kontekst()
    tekster = [laesning.udfyldt(kapitel, ryk=kapitel.niveau, kontekst=kontekst) for kapitel in laesning.sider]
    return render(
        request,
        "aftale/hele.html",
        {
            **grundkontekst(request, laesning),
            "tekster": tekster,
            "fodnoter": tuple(kontekst.fodnoter.values()),
            "tidligere": tuple(dict.fromkeys(kontekst.tidligere.values())),
            "kapitler": [
                (titel, f"#{kapitel.noegle}", kapitel.niveau)
                for kapitel in laesning.sider
                for titel in (kapitel.fuld_titel,)
            ],
            "broedkrummer": krummer(aftale, ("Hele aftalen", None)),
        },
    )


@kraev(offentlig)
@require_safe
def tal(request: HttpRequest, periode: str) -> HttpResponse:
    """Every figure of the text: what it is, where it comes from, how it is computed."""
    aftale = find_aftale(request, periode)
    laesning = laes(request, aftale)
    return render(
        request,
        "aftale/tal.html",
        {
            **grundkontekst(request, laesning),
            "grupper": visning.talgrupper(laesning),
            "broedkrummer": krummer(aftale, ("Tallene i aftalen", None)),
        },
    )


@kraev(offentlig)
@require_safe
def hent_pdf(request: HttpRequest, periode: str) -> HttpResponse:
    """The published file as it was issued; without one the secretariat is led to where it is made."""
    aftale = find_aftale(request, periode)
    if aftale.gaeldende_udgave is None:
        if redigerer(request.adgang):
            return redirect(aftale.adresse("pdf"))
        raise Http404
    return svar.offentligt_dokument(request, aftale.gaeldende_udgave.dokument)
