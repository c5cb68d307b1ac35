"""Log-in: closed sign-up, log of log-ins, demo accounts only in demo settings, second factor."""

from __future__ import annotations

import ipaddress
from typing import Any

from allauth.account import signals as kontosignaler
from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.models import EmailAddress
from allauth.mfa import signals as totrinssignaler
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import signals as loginsignaler
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.brugere.adgang import skal_have_totrin
from socialaftale.kerne.brugere.enums import Loginudfald
from socialaftale.kerne.brugere.oplysninger import log_ny_email
from socialaftale.kerne.demobrugere import er_demoadresse
from socialaftale.kerne.gemtpost import efter_log_paa
from socialaftale.kerne.kontoformularer import KONTOFEJL, Mfaadapter
from socialaftale.kerne.kryptering import fernet
from socialaftale.kerne.models import Bruger, Loginforsoeg
from socialaftale.kerne.models.haendelse import log
from socialaftale.kerne.sessioner import forlaeng


class Kontoadapter(DefaultAccountAdapter):
    """allauth's hooks for us: accounts come by invitation only, and every attempt to log in is noted."""

    error_messages = {**DefaultAccountAdapter.error_messages, **KONTOFEJL}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Bruger | None:
        """Refuse demo accounts outside demo settings, and an address that is not confirmed yet."""
        email = (credentials.get("email") or "").strip().lower()
        if er_demoadresse(email) and not settings.DEMO:
            raise ValidationError("Demobrugere kan ikke logge på her.")
        bruger = super().authenticate(request, **credentials)
        if bruger and email and bruger.email != email:
            self.authentication_failed(request, **credentials)
            return None
        return bruger

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            noter(request, Loginudfald.SPAERRET, _kendt(credentials))
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        bruger = _kendt(credentials)
        noter(request, Loginudfald.FORKERT_ADGANGSKODE if bruger else Loginudfald.UKENDT, bruger)

    def respond_user_inactive(self, request: HttpRequest, user: Bruger) -> HttpResponse:
        noter(request, Loginudfald.LUKKET, user)
        return super().respond_user_inactive(request, user)

    def post_login(self, request: HttpRequest, user: Bruger, **kwargs: Any) -> HttpResponse:
        svar = super().post_login(request, user, **kwargs)
        noter(request, Loginudfald.LOGGET_PAA, user)
        return efter_log_paa(request, user, svar)


class Totrinsadapter(Mfaadapter):
    """Secrets of the second factor are encrypted at rest; a role that must have one cannot switch it off."""

    def encrypt(self, text: str) -> str:
        return fernet("totrin").encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return fernet("totrin").decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return kan_slaa_totrin_fra(authenticator.user)


def kan_slaa_totrin_fra(bruger: Bruger) -> bool:
    return not (settings.KRAEV_TOTP and skal_have_totrin(bruger))


def noter(request: HttpRequest, udfald: Loginudfald, bruger: Bruger | None) -> None:
    """Note an attempt to log in; those older than a year go at the same time."""
    Loginforsoeg.objects.foraeldede().delete()
    netadresse = forkort_adresse(get_adapter().get_client_ip(request))
    Loginforsoeg.objects.create(bruger=bruger, udfald=udfald, netadresse=netadresse)


def forkort_adresse(adresse: str) -> str:
    """The network an IP address belongs to: "192.0.2.x", "2001:db8:1::x"; "" for what is no address."""
    try:
        ip = ipaddress.ip_address(adresse)
    except ValueError:
        return ""
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if ip.version == 4:
        return f"{str(ip).rpartition('.')[0]}.x"
    return f"{ipaddress.ip_network((ip, 48), strict=False).network_address}x"


def _kendt(credentials: dict[str, Any]) -> Bruger | None:
    return Bruger.objects.filter(email=(credentials.get("email") or "").strip().lower()).first()


# What users do with their own account, for the history on their page.


def _log_egen(bruger: Bruger, handling: str, tekst: str) -> None:
    log(Adgang(bruger=bruger), handling, bruger, tekst=tekst)


def _adgangskode_valgt(*, user: Bruger, **_: Any) -> None:
    _log_egen(user, "adgangskode_valgt", "Adgangskode valgt")


def _email_bekraeftet(*, user: Bruger, from_email_address: EmailAddress | None, **_: Any) -> None:
    log_ny_email(user, Adgang(bruger=user), from_email_address.email if from_email_address else "")


def _totrin_slaaet_til(*, user: Bruger, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        _log_egen(user, "totrin_til", "To-trins-log-på slået til")


def _totrin_slaaet_fra(*, request: HttpRequest, user: Bruger, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        _log_egen(user, "totrin_fra", "To-trins-log-på slået fra")
        # The log-in no longer counts as made with two factors.
        maader = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [et for et in maader if et["method"] != "mfa"]


def _nye_gendannelseskoder(*, user: Bruger, **_: Any) -> None:
    _log_egen(user, "gendannelseskoder", "Nye gendannelseskoder lavet")


def _forkert_kode(*, request: HttpRequest, user: Bruger, **_: Any) -> None:
    noter(request, Loginudfald.FORKERT_KODE, user)


def _session_begyndt(*, request: HttpRequest, **_: Any) -> None:
    forlaeng(request.session)


def tilslut() -> None:
    """Listen to Django and allauth; called once when the app is ready."""
    for signal, modtager in (
        (loginsignaler.user_logged_in, _session_begyndt),
        (kontosignaler.password_set, _adgangskode_valgt),
        (kontosignaler.password_changed, _adgangskode_valgt),
        (kontosignaler.password_reset, _adgangskode_valgt),
        (kontosignaler.email_changed, _email_bekraeftet),
        (totrinssignaler.authenticator_added, _totrin_slaaet_til),
        (totrinssignaler.authenticator_removed, _totrin_slaaet_fra),
        (totrinssignaler.authenticator_reset, _nye_gendannelseskoder),
        (totrinssignaler.authentication_failed, _forkert_kode),
    ):
        signal.connect(modtager, dispatch_uid=f"kerne.{modtager.__name__}.{id(signal)}")
