"""allauth's forms with our Danish labels, hints and messages; named in ACCOUNT_FORMS and MFA_FORMS."""

from __future__ import annotations

from typing import Any, NamedTuple

from allauth.account import forms as konto
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes import forms as koder
from allauth.mfa.totp import forms as totp
from django.core.exceptions import ValidationError

from socialaftale.kerne.formularer import Formularmixin

NY_ADGANGSKODE = "Mindst 12 tegn. Brug gerne flere ord, og undgå dit navn og din e-mailadresse"
KODE = "Seks cifre fra appen eller en af dine gendannelseskoder"

# For the account adapter's `error_messages`.
KONTOFEJL = {
    "account_inactive": "Kontoen er lukket. Kontakt sekretariatet",
    "email_password_mismatch": "E-mailadressen og adgangskoden passer ikke sammen. Prøv igen",
    "enter_current_password": "Den nuværende adgangskode er ikke rigtig. Prøv igen",
    "incorrect_code": "Koden er ikke rigtig. Skriv den kode, appen viser nu",
    "incorrect_password": "Adgangskoden er ikke rigtig. Prøv igen",
    "invalid_login": "E-mailadressen og adgangskoden passer ikke sammen. Prøv igen",
    "invalid_or_expired_key": "Linket er udløbet. Bestil et nyt",
    "invalid_password_reset": "Linket er udløbet. Bestil et nyt",
    "rate_limited": "Du har prøvet mange gange på kort tid. Vent lidt, og prøv igen",
    "same_as_current": "Vælg en anden adgangskode end den nuværende",
    "too_many_login_attempts": "Der er prøvet mange gange med forkert adgangskode. Vent fem minutter, og prøv igen",
    "unknown_email": "Der er ingen konto med den e-mailadresse",
}


class Mfaadapter(DefaultMFAAdapter):
    """Danish messages of the second factor."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "Du kan ikke slå to-trins-log-på fra",
        "cannot_generate_recovery_codes": "Slå to-trins-log-på til, før du laver gendannelseskoder",
        "incorrect_code": KONTOFEJL["incorrect_code"],
        "rate_limited": KONTOFEJL["rate_limited"],
        "unverified_email": "Din e-mailadresse er ikke bekræftet. Kontakt sekretariatet",
    }


class Felttekst(NamedTuple):
    """What a field of allauth's says in our words."""

    label: str
    mangler: str
    hint: str = ""


class Kontomixin(Formularmixin):
    """Puts `tekster` on the fields; placeholders go, since they vanish when one types."""

    tekster: dict[str, Felttekst] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for navn, tekst in self.tekster.items():
            if felt := self.fields.get(navn):
                felt.label = tekst.label
                felt.help_text = tekst.hint
                felt.error_messages["required"] = tekst.mangler
                felt.widget.attrs.pop("placeholder", None)

    def add_error(self, field: str | None, error: Any) -> None:
        """Replace the one text that allauth writes into the form itself (all other errors are exceptions)."""
        egen = field == "password2" and not isinstance(error, ValidationError)
        super().add_error(field, "De to adgangskoder er ikke ens" if egen else error)


_EMAIL = Felttekst("E-mailadresse", "Indtast din e-mailadresse")
_ADGANGSKODE = Felttekst("Adgangskode", "Indtast din adgangskode")
_NY = Felttekst("Ny adgangskode", "Vælg en ny adgangskode", NY_ADGANGSKODE)
_GENTAG = Felttekst("Gentag den nye adgangskode", "Skriv den nye adgangskode en gang til")
_KODE = Felttekst("Kode", "Indtast koden", KODE)


class Logind(Kontomixin, konto.LoginForm):
    tekster = {"login": _EMAIL, "password": _ADGANGSKODE}


class Bekraeftadgangskode(Kontomixin, konto.ReauthenticateForm):
    tekster = {"password": _ADGANGSKODE}


class Nulstiladgangskode(Kontomixin, konto.ResetPasswordForm):
    tekster = {"email": _EMAIL}


class Nyadgangskode(Kontomixin, konto.ResetPasswordKeyForm):
    tekster = {"password1": _NY, "password2": _GENTAG}


class Saetadgangskode(Kontomixin, konto.SetPasswordForm):
    tekster = {"password1": _NY, "password2": _GENTAG}


class Skiftadgangskode(Kontomixin, konto.ChangePasswordForm):
    tekster = {
        "oldpassword": Felttekst("Nuværende adgangskode", "Indtast din nuværende adgangskode"),
        "password1": _NY,
        "password2": _GENTAG,
    }


class Bekraeftkode(Kontomixin, mfa.AuthenticateForm):
    tekster = {"code": _KODE}


class Genbekraeftkode(Kontomixin, mfa.ReauthenticateForm):
    tekster = {"code": _KODE}


class Aktivertotp(Kontomixin, totp.ActivateTOTPForm):
    tekster = {"code": Felttekst("Kode fra appen", "Indtast koden fra appen", "Seks cifre")}


class Slaatotpfra(Kontomixin, totp.DeactivateTOTPForm):
    """Nothing to fill in; says no for a role that must have it."""


class Nyekoder(Kontomixin, koder.GenerateRecoveryCodesForm):
    """Nothing to fill in."""
