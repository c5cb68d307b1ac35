"""Keeps a form that meets an expired log-in, and lets it go once it has been sent again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from socialaftale.kerne.gemtpost import kager, lager
from socialaftale.kerne.hatte import SESSIONSNOEGLE
from socialaftale.kerne.models import Bruger
from socialaftale.kerne.svar import vil_have_json

Svar = Callable[[HttpRequest], HttpResponse]

HOEJST_BYTE = 1_000_000
_FORMULARTYPER = ("application/x-www-form-urlencoded", "multipart/form-data")
_ALDRIG = ("account_", "mfa_", "kerne:gemt_formular")
_HEMMELIGE_FELTER = ("password", "adgangskode")


class GemtPostMiddleware:
    """Stands after CsrfViewMiddleware, whose check it relies on, and before LoginRequiredMiddleware."""

    def __init__(self, get_response: Svar) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        var_logget_paa = request.user.is_authenticated
        svar = self.get_response(request)
        if request.user.is_authenticated:
            self._husk_bruger(request, svar, nyt=not var_logget_paa)
            self._glem_sendt(request, svar)
        elif var_logget_paa:
            # Logged out on purpose: nothing more is kept for them here.
            kager.slet_sidste_bruger(svar)
        return svar

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """In place of the usual way to the log-in, for a form sent by a person who is not logged in (any more)."""
        if (
            request.method != "POST"
            or request.user.is_authenticated
            or not getattr(view, "login_required", True)
            # Without the check nobody knows who wrote the form.
            or getattr(view, "csrf_exempt", False)
            or vil_have_json(request)
        ):
            return None
        # The page it came from, since the address itself may take nothing but a POST.
        afsender = _afsender(request)
        sidste = kager.laes_sidste_bruger(request)
        bruger = Bruger.objects.filter(pk=sidste.bruger_id, is_active=True).first() if sidste else None
        if bruger is None:
            return _til_log_paa(afsender)
        if not kan_gemmes(request):
            return _til_log_paa(afsender, udloebet=1, tabt=1)
        noegle = lager.gem(request, bruger, sidste.hat)
        svar = _til_log_paa(reverse("kerne:gemt_formular"), udloebet=1, gemt=1)
        kager.saet_noegler(svar, [noegle, *kager.laes_noegler(request)])
        return svar

    @staticmethod
    def _husk_bruger(request: HttpRequest, svar: HttpResponse, *, nyt: bool) -> None:
        """Name the user (and their hat) in this browser; not in an answer that others may be given from a cache."""
        adgang = request.adgang
        baaret = f"{adgang.organisation.pk}:{adgang.hat}" if adgang.organisation else ""
        nu = kager.Sidstebruger(request.user.pk, request.session.get(SESSIONSNOEGLE) or baaret)
        if (nyt or kager.laes_sidste_bruger(request) != nu) and "public" not in svar.get("Cache-Control", ""):
            kager.saet_sidste_bruger(svar, nu)

    @staticmethod
    def _glem_sendt(request: HttpRequest, svar: HttpResponse) -> None:
        """What was sent again is done with, also when the page shows it back with errors; not if the page failed."""
        noegler = kager.laes_noegler(request)
        if request.method != "POST" or not noegler or not (svar.status_code < 400 or svar.status_code == 422):
            return
        sendt = request.POST.get(lager.IDFELT, "")
        for noegle in noegler:
            if noegle.id.hex == sendt and lager.slet(request.user, noegle.id):
                kager.saet_noegler(svar, [anden for anden in noegler if anden != noegle])


def kan_gemmes(request: HttpRequest) -> bool:
    """A plain form of reasonable size, without files and secrets."""
    return (
        request.content_type in _FORMULARTYPER
        and int(request.META.get("CONTENT_LENGTH") or 0) <= HOEJST_BYTE
        and not request.resolver_match.view_name.startswith(_ALDRIG)
        and not request.FILES
        and not any(ord_ in navn.lower() for navn in request.POST for ord_ in _HEMMELIGE_FELTER)
    )


def _til_log_paa(naeste: str, **hvorfor: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("account_login", query={**hvorfor, "next": naeste}))


def _afsender(request: HttpRequest) -> str:
    """The page of ours the form was on, else the front page."""
    henviser = request.headers.get("Referer", "")
    dele = urlsplit(henviser)
    sti = f"{dele.path}?{dele.query}" if dele.query else dele.path
    vores = url_has_allowed_host_and_scheme(henviser, {request.get_host()}, request.is_secure())
    return sti if vores and url_has_allowed_host_and_scheme(sti, None) else reverse("kerne:forside")
