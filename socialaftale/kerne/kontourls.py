"""Addresses of accounts: exactly those of allauth's pages that we offer, under its names.

Not included, hence closed: the user's own administration of e-mail addresses (the administrator corrects them, and the
user confirms), log-in by code. The page for sign-up says that accounts come by invitation.
"""

from allauth.account import views as konto
from allauth.mfa.recovery_codes import views as koder
from django.urls import path, re_path

from socialaftale.kerne.views import konto as egne

urlpatterns = [
    path("log-paa/", egne.log_paa, name="account_login"),
    path("log-af/", konto.logout, name="account_logout"),
    path("lukket/", konto.account_inactive, name="account_inactive"),
    path("faa-adgang/", konto.signup, name="account_signup"),
    path("bekraeft/", egne.bekraeft, name="account_reauthenticate"),
    re_path(r"^bekraeft-email/(?P<key>[-:\w]+)/$", egne.bekraeft_email, name="account_confirm_email"),
    path("adgangskode/", egne.skift_adgangskode, name="account_change_password"),
    path("adgangskode/foerste/", egne.vaelg_adgangskode, name="account_set_password"),
    path("adgangskode/glemt/", egne.glemt_adgangskode, name="account_reset_password"),
    path("adgangskode/glemt/sendt/", konto.password_reset_done, name="account_reset_password_done"),
    # allauth puts the key in place of UID-KEY itself, hence its own pattern.
    re_path(
        r"^adgangskode/ny/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        egne.ny_adgangskode,
        name="account_reset_password_from_key",
    ),
    path("adgangskode/gemt/", konto.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("to-trin/", egne.Totrin.as_view(), name="mfa_index"),
    path("to-trin/kode/", egne.kode, name="mfa_authenticate"),
    path("to-trin/bekraeft/", egne.bekraeft_med_kode, name="mfa_reauthenticate"),
    path("to-trin/slaa-til/", egne.slaa_totrin_til, name="mfa_activate_totp"),
    path("to-trin/slaa-fra/", egne.slaa_totrin_fra, name="mfa_deactivate_totp"),
    path("to-trin/gendannelseskoder/", koder.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("to-trin/gendannelseskoder/nye/", egne.nye_koder, name="mfa_generate_recovery_codes"),
    path("to-trin/gendannelseskoder/hent/", egne.HentKoder.as_view(), name="mfa_download_recovery_codes"),
]
