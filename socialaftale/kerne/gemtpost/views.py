"""The page after log-in that offers what was kept, and the way to throw it away."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from socialaftale.kerne.adgang import Adgang, Mulighed, indlogget, kraev
from socialaftale.kerne.gemtpost import kager, lager


@kraev(indlogget)
@never_cache
@require_GET
def oversigt(request: HttpRequest) -> HttpResponse:
    """ "Du blev logget af, mens du skrev": each form with its address, its contents and a button to send it again."""
    gemte = lager.hent(request.adgang.bruger, kager.laes_noegler(request))
    if not gemte:
        return redirect("kerne:forside")
    return render(
        request,
        "gemtpost/oversigt.html",
        {
            "gemte": [
                {
                    "gemt": gemt,
                    "titel": f"{request.get_host()}{gemt.sti}",
                    "findes": _findes(gemt.sti),
                    "skift_til": _anden_hat(request.adgang, gemt.hat),
                }
                for gemt in gemte
            ],
            "idfelt": lager.IDFELT,
            "broedkrummer": [("Overblik", "/"), ("Ikke sendt", None)],
        },
    )


@kraev(indlogget)
@require_POST
def slet(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Throw away one of one's own."""
    if not lager.slet(request.adgang.bruger, pk):
        raise Http404
    messages.success(request, "Det, du skrev, er slettet")
    svar = redirect("kerne:gemt_formular")
    kager.saet_noegler(svar, [noegle for noegle in kager.laes_noegler(request) if noegle.id != pk])
    return svar


def _findes(sti: str) -> bool:
    """Does the address still lead to a page? Otherwise there is nowhere to send to, only something to copy."""
    try:
        resolve(sti.partition("?")[0])
    except Resolver404:
        return False
    return True


def _anden_hat(adgang: Adgang, hat: str) -> Mulighed | None:
    """The hat the form was written in, when the user still has it but wears another."""
    skrevet_i = next((mulighed for mulighed in adgang.muligheder if mulighed.noegle == hat), None)
    if skrevet_i is None or (skrevet_i.organisation == adgang.organisation and skrevet_i.hat == adgang.hat):
        return None
    return skrevet_i
