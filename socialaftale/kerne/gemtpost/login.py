"""What happens at log-in: the same hat as before, and on to the page with what was kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from socialaftale.kerne.gemtpost import kager, lager
from socialaftale.kerne.hatte import SESSIONSNOEGLE
from socialaftale.kerne.models import Bruger


def efter_log_paa(request: HttpRequest, bruger: Bruger, svar: HttpResponse) -> HttpResponse:
    """Log-in of the user who was last here goes on in the same hat; something kept is offered first."""
    lager.ryd_op()
    sidste = kager.laes_sidste_bruger(request)
    if sidste and sidste.bruger_id == bruger.pk and sidste.hat:
        request.session[SESSIONSNOEGLE] = sidste.hat
    if isinstance(svar, HttpResponseRedirect) and lager.hent(bruger, kager.laes_noegler(request)):
        return HttpResponseRedirect(reverse("kerne:gemt_formular"))
    return svar
