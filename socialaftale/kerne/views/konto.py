"""allauth's pages as we offer them: bad forms answer 422, and the pages know what ours need to know."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as konto
from allauth.mfa.base import views as totrin
from allauth.mfa.recovery_codes import views as koder
from allauth.mfa.totp import views as totp
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from socialaftale.kerne.adgang import indlogget, kraev
from socialaftale.kerne.brugere.forms import NavnForm
from socialaftale.kerne.brugere.oplysninger import ret_eget_navn
from socialaftale.kerne.demobrugere import ADGANGSKODE, demobrugere
from socialaftale.kerne.formularer import svar_med_formular
from socialaftale.kerne.konto import kan_slaa_totrin_fra
from socialaftale.kerne.models import Bruger


def med_422(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A form sent with errors answers 422 as everywhere else; allauth says 200."""

    @wraps(view)
    def indpakket(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        svar = view(request, *args, **kwargs)
        formular = (getattr(svar, "context_data", None) or {}).get("form")
        if request.method == "POST" and svar.status_code == 200 and formular is not None and formular.errors:
            svar.status_code = 422
        return svar

    return indpakket


class LogPaa(konto.LoginView):
    """Log-in; in the demo with the demo users and their password."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        brugere = [
            (email, navn, [rolle.label for _, roller in steder for rolle in roller])
            for email, navn, steder in (demobrugere() if settings.DEMO else [])
        ]
        return {
            **super().get_context_data(**kwargs),
            "demobrugere": brugere,
            "demoadgangskode": ADGANGSKODE if settings.DEMO else "",
        }


class BekraeftEmail(konto.ConfirmEmailView):
    """The owner of a new address confirms it; a link that is used, too old or overtaken says so."""

    def get_object(self, queryset: Any = None) -> Any:
        bekraeftelse = super().get_object(queryset)
        ny = bekraeftelse.email_address
        if Bruger.objects.filter(email=ny.email).exclude(pk=ny.user_id).exists():
            # Somebody else has got the address meanwhile.
            raise Http404
        return bekraeftelse

    @method_decorator(transaction.atomic)
    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().post(*args, **kwargs)
        except Http404:
            self.object = None
            return self.render_to_response(self.get_context_data())


class Totrin(totrin.IndexView):
    """State of the second factor."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "kan_slaa_fra": kan_slaa_totrin_fra(self.request.user)}


class HentKoder(koder.DownloadRecoveryCodesView):
    """Recovery codes as a text file."""

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        svar = super().render_to_response(context, **kwargs)
        svar.headers["Content-Disposition"] = content_disposition_header(True, "gendannelseskoder.txt")
        return svar


@kraev(indlogget)
@require_http_methods(["GET", "POST"])
def mit_navn(request: HttpRequest) -> HttpResponse:
    """The user's own name; the address is the administrator's to correct."""
    bruger = request.adgang.bruger
    formular = NavnForm(request.POST if request.method == "POST" else None, initial={"navn": bruger.navn})
    if request.method == "POST" and formular.is_valid():
        if ret_eget_navn(adgang=request.adgang, navn=formular.cleaned_data["navn"]):
            messages.success(request, "Dit navn er rettet")
        else:
            messages.info(request, "Du har ikke ændret noget")
        return redirect("kerne:mit_navn")
    return svar_med_formular(request, "account/mit_navn.html", [formular], {"formular": formular})


log_paa = med_422(LogPaa.as_view())
bekraeft_email = login_not_required(BekraeftEmail.as_view())
bekraeft = med_422(konto.reauthenticate)
skift_adgangskode = med_422(konto.password_change)
vaelg_adgangskode = med_422(konto.password_set)
glemt_adgangskode = med_422(konto.password_reset)
ny_adgangskode = med_422(konto.PasswordResetFromKeyView.as_view(reset_url_key="vaelg"))
kode = med_422(totrin.authenticate)
bekraeft_med_kode = med_422(totrin.reauthenticate)
slaa_totrin_til = med_422(totp.activate_totp)
slaa_totrin_fra = med_422(totp.deactivate_totp)
nye_koder = med_422(koder.generate_recovery_codes)
