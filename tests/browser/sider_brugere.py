"""Pages of accounts: log-in, passwords, the second factor, what was kept at a log-out, and the users."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from tests.browser.sidetype import Side, klik, udfyld

ADGANGSKODE = "socialaftale-demo"
SEND = klik("main .button-primary")


def _bruger(email: str) -> Callable[[], dict[str, Any]]:
    def kwargs() -> dict[str, Any]:
        from socialaftale.kerne.models import Bruger

        return {"pk": Bruger.objects.get(email=email).pk}

    return kwargs


def _rolle(fremtidig: bool = False) -> Callable[[], dict[str, Any]]:
    """A role of the economist of Aalborg; one that has not begun can be taken back."""

    def kwargs() -> dict[str, Any]:
        from django.utils import timezone

        from socialaftale.kerne.models import Bruger

        bruger = Bruger.objects.get(email="oekonom.aalborg@demo.example")
        roller = bruger.medlemskaber.order_by("pk")
        rolle = roller.filter(fra__gt=timezone.localdate()).first() if fremtidig else roller.first()
        return {"pk": bruger.pk, "rolle": rolle.pk}

    return kwargs


def _nulstilling() -> dict[str, Any]:
    """The address of a mail about a forgotten password."""
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str

    from socialaftale.kerne.models import Bruger

    bruger = Bruger.objects.get(email="laeser@demo.example")
    return {"uidb36": user_pk_to_url_str(bruger), "key": default_token_generator.make_token(bruger)}


def _ny_email() -> dict[str, Any]:
    """The address of the mail about a corrected e-mail address."""
    from allauth.account.models import EmailAddress, EmailConfirmationHMAC

    from socialaftale.kerne.models import Bruger

    bruger = Bruger.objects.get(email="laeser@demo.example")
    ny, _ = EmailAddress.objects.get_or_create(user=bruger, email="ny.laeser@demo.example")
    return {"key": EmailConfirmationHMAC.create(ny).key}


def _logget_af_undervejs(side: Page) -> None:
    """Write a proposal, lose the log-in, send, log in again: what was written is offered."""
    side.fill("#id_begrundelse", "Målgruppen er ændret")
    side.context.clear_cookies(name="sessionid")
    SEND(side)
    udfyld({"#id_login": "oekonom.aalborg@demo.example", "#id_password": ADGANGSKODE})(side)


def _forslag_slug() -> dict[str, Any]:
    from tilbud.models import Tilbud

    return {"slug": Tilbud.objects.filter(driftsherre__slug="aalborg", forslag__isnull=True).first().slug}


AALBORG = _bruger("oekonom.aalborg@demo.example")
ADMIN = "sekretariat"

SIDER = [
    Side("log-paa", "account_login"),
    Side("log-paa-udloebet", "account_login", query="?udloebet=1&next=/tilbud/"),
    Side(
        "log-paa-fejl",
        "account_login",
        handling=udfyld({"#id_login": "ukendt@demo.example", "#id_password": "forkert-adgangskode"}),
        status=422,
    ),
    Side("log-paa-tom", "account_login", handling=SEND, status=422),
    Side(
        "log-paa-totp",
        "account_login",
        handling=udfyld({"#id_login": "totp@demo.example", "#id_password": ADGANGSKODE}),
    ),
    Side("log-af", "account_logout", som="laeser"),
    Side("faa-adgang", "account_signup"),
    Side("konto-lukket", "account_inactive"),
    Side("glemt", "account_reset_password"),
    Side("glemt-fejl", "account_reset_password", handling=SEND, status=422),
    Side("glemt-sendt", "account_reset_password_done"),
    Side("glemt-vaelg", "account_reset_password_from_key", _nulstilling),
    Side("glemt-gammelt-link", "account_reset_password_from_key", lambda: {"uidb36": "1", "key": "x-y"}),
    Side("glemt-gemt", "account_reset_password_from_key_done"),
    Side("bekraeft-adgangskode", "account_reauthenticate", som="laeser"),
    Side("ny-adgangskode", "account_change_password", som="laeser"),
    Side("ny-adgangskode-fejl", "account_change_password", som="laeser", handling=SEND, status=422),
    Side("mit-navn", "kerne:mit_navn", som="laeser"),
    Side("mit-navn-fejl", "kerne:mit_navn", som="laeser", handling=udfyld({"#id_navn": ""}), status=422),
    Side("bekraeft-email", "account_confirm_email", _ny_email),
    Side("bekraeft-email-gammelt-link", "account_confirm_email", lambda: {"key": "x"}),
    Side("foerste-adgangskode", "account_set_password", som="uden_adgangskode"),
    # Second factor
    Side("totrin-uden", "mfa_index", som="laeser"),
    Side("totrin-aktiver", "mfa_activate_totp", som="laeser"),
    Side("totrin-aktiver-fejl", "mfa_activate_totp", som="laeser", handling=udfyld({"#id_code": "000"}), status=422),
    Side("totrin-med", "mfa_index", som="totp"),
    Side("totrin-sluk", "mfa_deactivate_totp", som="totp"),
    Side("totrin-koder", "mfa_view_recovery_codes", som="totp"),
    Side("totrin-nye-koder", "mfa_generate_recovery_codes", som="totp"),
    Side("totrin-bekraeft", "mfa_reauthenticate", som="totp"),
    # Kept at a log-out
    Side("gemt-formular", "tilbud:foreslaa", _forslag_slug, som="aalborg", handling=_logget_af_undervejs),
    # Users
    Side("brugere", "kerne:brugere", som=ADMIN),
    Side("brugere-tom", "kerne:brugere", query="?q=findesikke", som=ADMIN),
    Side("bruger", "kerne:bruger", AALBORG, som=ADMIN),
    Side("bruger-totp", "kerne:bruger", _bruger("totp@demo.example"), som=ADMIN),
    Side("bruger-ret", "kerne:bruger_ret", AALBORG, som=ADMIN),
    Side("bruger-ret-fejl", "kerne:bruger_ret", AALBORG, som=ADMIN, handling=udfyld({"#id_email": "x"}), status=422),
    Side("bruger-inviter", "kerne:bruger_inviter", som=ADMIN),
    Side("bruger-inviter-fejl", "kerne:bruger_inviter", som=ADMIN, handling=SEND, status=422),
    Side("bruger-luk", "kerne:bruger_luk", AALBORG, som=ADMIN),
    Side("bruger-genaabn", "kerne:bruger_genaabn", _bruger("lukket@demo.example"), som=ADMIN),
    Side("bruger-nulstil-totrin", "kerne:bruger_nulstil_totrin", _bruger("totp@demo.example"), som=ADMIN),
    Side("bruger-giv-rolle", "kerne:bruger_giv_rolle", AALBORG, som=ADMIN),
    Side("bruger-afslut-rolle", "kerne:bruger_afslut_rolle", _rolle(), som=ADMIN),
    Side("bruger-traek-rolle", "kerne:bruger_traek_rolle", _rolle(fremtidig=True), som=ADMIN),
    Side("loginforsoeg", "kerne:loginforsoeg", som=ADMIN),
]

IKKE_SIDER = {
    "kerne:gemt_formular": "judged as gemt-formular; with nothing kept it leads to the front page",
    "kerne:slet_gemt_formular": "POST only",
    "kerne:bruger_send_invitation": "POST only",
    "mfa_authenticate": "judged as log-paa-totp; without a log-in under way it leads back to the log-in",
    "mfa_download_recovery_codes": "file",
}
