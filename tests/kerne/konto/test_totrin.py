"""Second factor: set-up, log-in with it, recovery codes, and the roles that open nothing before they have it."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from socialaftale.kerne.brugere.enums import Loginudfald
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Bruger, Haendelse, Loginforsoeg
from tests.kerne.brugere.factories import (
    ADGANGSKODE,
    HEMMELIGHED,
    BrugerFactory,
    MedlemskabFactory,
    administrator,
    giv_totrin,
)

SLAA_TIL = "/konto/to-trin/slaa-til/"
KRAEVET = f"{SLAA_TIL}?kraevet=1"


def _kode(hemmelighed: str = HEMMELIGHED) -> str:
    return format_hotp_value(hotp_value(hemmelighed, int(time.time()) // 30))


def _log_paa(bruger: Bruger) -> Client:
    klient = Client()
    klient.post("/konto/log-paa/", {"login": bruger.email, "password": ADGANGSKODE})
    return klient


def _bekraeft(klient: Client) -> None:
    klient.post("/konto/bekraeft/", {"password": ADGANGSKODE})


def _slaa_til(klient: Client):
    _bekraeft(klient)
    side = klient.get(SLAA_TIL).text
    hemmelighed = re.search(r"<code[^>]*>([A-Z2-7]{32})</code>", side)[1]
    return klient.post(SLAA_TIL, {"code": _kode(hemmelighed)})


def _er_logget_paa(klient: Client) -> bool:
    return "_auth_user_id" in klient.session


@pytest.fixture(autouse=True)
def _nu(time_machine):
    time_machine.move_to("2026-11-22T12:00:00Z", tick=False)


@pytest.fixture
def bruger(organisationer) -> Bruger:
    return MedlemskabFactory().bruger


class TestSlaaTil:
    def test_adgangskoden_spoerges_der_om_foerst(self, bruger):
        svar = _log_paa(bruger).get(SLAA_TIL)
        assert svar.headers["Location"].startswith("/konto/bekraeft/?next=")

    @pytest.mark.django_db(transaction=True)
    def test_hele_vejen(self, bruger, mailoutbox):
        klient = _log_paa(bruger)
        svar = _slaa_til(klient)
        assert svar.headers["Location"] == "/konto/to-trin/gendannelseskoder/"
        assert len(re.findall(r"<code>\d{8}</code>", klient.get(svar.headers["Location"]).text)) == 10
        assert [mail.subject for mail in mailoutbox] == ["To-trins-log-på er slået til"]
        assert Haendelse.objects.for_objekt(bruger).get().tekst == "To-trins-log-på slået til"

    def test_forkert_kode(self, bruger):
        klient = _log_paa(bruger)
        _bekraeft(klient)
        klient.get(SLAA_TIL)
        svar = klient.post(SLAA_TIL, {"code": "000000"})
        assert svar.status_code == 422
        assert "Koden er ikke rigtig" in svar.text
        assert not Authenticator.objects.exists()

    def test_hemmeligheden_er_krypteret_i_databasen(self, bruger):
        giv_totrin(bruger)
        for et in Authenticator.objects.all():
            assert HEMMELIGHED not in str(et.data)
        assert Authenticator.objects.get(type="totp").wrap().validate_code(_kode())

    def test_ogsaa_efter_skift_af_secret_key(self, bruger, settings):
        giv_totrin(bruger)
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "en helt anden"
        assert Authenticator.objects.get(type="totp").wrap().validate_code(_kode())

    def test_en_invitation_er_nok_bevis_for_adressen(self, bruger, client):
        """allauth marks an address that got a link as unproven, and then refuses the second factor."""
        client.post("/konto/adgangskode/glemt/", {"email": bruger.email})
        assert _slaa_til(_log_paa(bruger)).status_code == 302
        assert Authenticator.objects.filter(user=bruger, type="totp").exists()


class TestLogPaaMedKode:
    @pytest.fixture
    def halvvejs(self, bruger) -> Client:
        giv_totrin(bruger)
        return _log_paa(bruger)

    def test_adgangskoden_alene_er_ikke_nok(self, halvvejs):
        assert not _er_logget_paa(halvvejs)
        assert halvvejs.get("/skift-rolle/").status_code == 302
        assert not Loginforsoeg.objects.exists()

    def test_med_kode(self, halvvejs):
        assert "Indtast kode" in halvvejs.get("/konto/to-trin/kode/").text
        assert halvvejs.post("/konto/to-trin/kode/", {"code": _kode()}).headers["Location"] == "/"
        assert _er_logget_paa(halvvejs)
        assert Loginforsoeg.objects.get().udfald == Loginudfald.LOGGET_PAA

    def test_forkert_kode_noteres(self, halvvejs, bruger):
        svar = halvvejs.post("/konto/to-trin/kode/", {"code": "000000"})
        assert svar.status_code == 422
        assert not _er_logget_paa(halvvejs)
        forsoeg = Loginforsoeg.objects.get()
        assert (forsoeg.bruger, forsoeg.udfald) == (bruger, Loginudfald.FORKERT_KODE)

    def test_den_sjette_kode_afvises_selv_om_den_er_rigtig(self, halvvejs):
        for _ in range(5):
            halvvejs.post("/konto/to-trin/kode/", {"code": "000000"})
        svar = halvvejs.post("/konto/to-trin/kode/", {"code": _kode()})
        assert "Der er prøvet mange gange" in svar.text
        assert not _er_logget_paa(halvvejs)

    def test_en_kode_bruges_en_gang(self, halvvejs, bruger):
        halvvejs.post("/konto/to-trin/kode/", {"code": _kode()})
        anden = _log_paa(bruger)
        assert anden.post("/konto/to-trin/kode/", {"code": _kode()}).status_code == 422

    def test_gendannelseskode_bruges_en_gang(self, halvvejs, bruger):
        kode = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
        assert halvvejs.post("/konto/to-trin/kode/", {"code": kode}).status_code == 302
        assert _er_logget_paa(halvvejs)
        anden = _log_paa(bruger)
        assert anden.post("/konto/to-trin/kode/", {"code": kode}).status_code == 422

    def test_lukket_imens(self, halvvejs, bruger):
        bruger.is_active = False
        bruger.save()
        halvvejs.post("/konto/to-trin/kode/", {"code": _kode()})
        assert halvvejs.get("/skift-rolle/").status_code == 302


class TestGendannelseskoder:
    @pytest.fixture
    def klient(self, bruger) -> Client:
        giv_totrin(bruger)
        klient = Client()
        klient.force_login(bruger)
        klient.post("/konto/bekraeft/", {"password": ADGANGSKODE})
        return klient

    def test_hent(self, klient):
        svar = klient.get("/konto/to-trin/gendannelseskoder/hent/")
        assert svar.headers["Content-Disposition"] == 'attachment; filename="gendannelseskoder.txt"'
        assert svar.headers["Content-Type"].startswith("text/plain")
        assert len(svar.text.split()) == 10

    @pytest.mark.django_db(transaction=True)
    def test_nye_koder_aflyser_de_gamle(self, klient, bruger):
        foer = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
        klient.post("/konto/to-trin/gendannelseskoder/nye/")
        assert not set(foer) & set(Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes())
        assert Haendelse.objects.for_objekt(bruger).get().tekst == "Nye gendannelseskoder lavet"

    def test_slaa_fra_tager_koderne_med(self, klient, bruger):
        assert klient.post("/konto/to-trin/slaa-fra/").status_code == 302
        assert not Authenticator.objects.exists()
        assert Haendelse.objects.for_objekt(bruger).get().tekst == "To-trins-log-på slået fra"


# What a secretariat user opens in a day, read and written, by a person and by a script.
ADRESSER = [
    ("get", "kerne:forside", (), {}),
    ("get", "kerne:brugere", (), {}),
    ("get", "kerne:vejledning", (), {}),
    ("get", "kerne:skift_hat", (), {}),
    ("post", "kerne:skift_hat", (), {"hat": "1:sekretariat"}),
    ("post", "kerne:bruger_inviter", (), {"navn": "X"}),
    ("post", "kerne:bruger_luk", (1,), {"begrundelse": "x"}),
    ("get", "kerne:gemt_formular", (), {}),
    ("get", "account_change_password", (), {}),
    ("post", "account_change_password", (), {"oldpassword": "x"}),
    ("get", "mfa_view_recovery_codes", (), {}),
    ("get", "mfa_deactivate_totp", (), {}),
]


class TestKravet:
    @pytest.fixture(autouse=True)
    def _kraevet(self, settings):
        settings.KRAEV_TOTP = True

    @pytest.mark.parametrize(("metode", "navn", "args", "data"), ADRESSER)
    def test_intet_aabner(self, log_ind, metode, navn, args, data):
        klient = log_ind(Rolle.SEKRETARIAT)
        svar = getattr(klient, metode)(reverse(navn, args=args), data)
        assert (svar.status_code, svar.headers["Location"]) == (302, KRAEVET)

    @pytest.mark.parametrize(("metode", "navn", "args", "data"), ADRESSER)
    def test_scripter_faar_at_vide_hvorfor(self, log_ind, metode, navn, args, data):
        klient = log_ind(Rolle.SEKRETARIAT_ADMIN)
        svar = getattr(klient, metode)(reverse(navn, args=args), data, headers={"Accept": "application/json"})
        assert svar.status_code == 403
        assert svar.json() == {"besked": "Slå to-trins-log-på til, før du fortsætter"}

    def test_ogsaa_med_json(self, log_ind):
        klient = log_ind(Rolle.SEKRETARIAT)
        svar = klient.post("/brugere/inviter/", {"navn": "X"}, content_type="application/json")
        assert svar.status_code == 403

    @pytest.mark.parametrize(
        "sti",
        ["/konto/to-trin/", "/tilgaengelighedserklaering/", "/privatlivspolitik/", "/farver.css", "/konto/log-af/"],
    )
    def test_vejen_ud_og_det_loven_kraever_er_fri(self, log_ind, sti):
        assert log_ind(Rolle.SEKRETARIAT).get(sti).status_code == 200

    def test_log_af_er_fri(self, log_ind):
        klient = log_ind(Rolle.SEKRETARIAT)
        klient.post("/konto/log-af/")
        assert not _er_logget_paa(klient)

    def test_alle_hatte_taeller(self, organisationer):
        """Acting for a municipality does not help one who can put on the secretariat's hat."""
        rolle = MedlemskabFactory(bruger=administrator().bruger)
        klient = Client()
        klient.force_login(rolle.bruger)
        session = klient.session
        session["hat"] = f"{rolle.organisation_id}:driftsherre"
        session.save()
        assert klient.get("/").headers["Location"] == KRAEVET

    @pytest.mark.parametrize("rolle", [Rolle.DRIFTSHERRE_INDBERETTER, Rolle.DAS_MEDLEM, Rolle.KKR_LAESER])
    def test_andre_roller_er_fri(self, log_ind, rolle):
        assert log_ind(rolle).get("/").status_code == 200

    def test_siden_siger_hvorfor_og_slipper_en_ind_bagefter(self, organisationer):
        klient = _log_paa(administrator().bruger)
        svar = klient.get("/brugere/", follow=True)
        assert svar.redirect_chain[-1][0].startswith("/konto/bekraeft/?next=")
        assert "Din rolle kræver to-trins-log-på" in svar.text
        _bekraeft(klient)
        assert "Din rolle kræver to-trins-log-på" in klient.get(KRAEVET).text
        _slaa_til(klient)
        assert klient.get("/brugere/").status_code == 200
        assert klient.get("/konto/to-trin/gendannelseskoder/").status_code == 200

    def test_kan_ikke_slaas_fra(self, organisationer):
        bruger = administrator().bruger
        giv_totrin(bruger)
        klient = _log_paa(bruger)
        klient.post("/konto/to-trin/kode/", {"code": _kode()})
        assert "Din rolle kræver det" in klient.get("/konto/to-trin/").text
        assert "/konto/to-trin/slaa-fra/" not in klient.get("/konto/to-trin/").text
        klient.post("/konto/bekraeft/", {"password": ADGANGSKODE})
        svar = klient.post("/konto/to-trin/slaa-fra/")
        assert svar.status_code == 422
        assert "Du kan ikke slå to-trins-log-på fra" in svar.text
        assert Authenticator.objects.filter(user=bruger, type="totp").exists()

    def test_andre_kan_slaa_fra(self, bruger):
        giv_totrin(bruger)
        klient = Client()
        klient.force_login(bruger)
        klient.post("/konto/bekraeft/", {"password": ADGANGSKODE})
        assert klient.post("/konto/to-trin/slaa-fra/").status_code == 302

    def test_slaaet_fra_foer_rollen_kom(self, bruger):
        """A log-in made with two factors no longer counts as such once the second is gone."""
        giv_totrin(bruger)
        klient = _log_paa(bruger)
        klient.post("/konto/to-trin/kode/", {"code": _kode()})
        klient.post("/konto/bekraeft/", {"password": ADGANGSKODE})
        klient.post("/konto/to-trin/slaa-fra/")
        administrator(bruger=bruger)
        assert klient.get("/").headers["Location"] == KRAEVET

    def test_koster_kun_den_der_maa_spoerges(self, bruger, organisationer, django_assert_num_queries):
        """Frame (3): session, user with memberships, set-up. One more only for a log-in without second factor."""
        andre = Client()
        andre.force_login(bruger)
        chef = administrator().bruger
        giv_totrin(chef)
        med_kode = _log_paa(chef)
        med_kode.post("/konto/to-trin/kode/", {"code": _kode()})
        uden_kode = Client()
        uden_kode.force_login(chef)
        for klient, antal in ((andre, 3), (med_kode, 3), (uden_kode, 4)):
            with django_assert_num_queries(antal):
                klient.get("/skift-rolle/")


class TestSiderne:
    """Every page of allauth's that we offer: in our frame, under our CSP, in Danish."""

    @pytest.fixture
    def sider(self, bruger) -> dict[str, str]:
        klient = _log_paa(bruger)
        sider = {"uden": klient.get("/konto/to-trin/").text, "bekraeft": klient.get("/konto/bekraeft/").text}
        _bekraeft(klient)
        sider["slaa_til"] = klient.get(SLAA_TIL).text
        _slaa_til(klient)
        for navn in ("mfa_index", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_deactivate_totp"):
            sider[navn] = klient.get(reverse(navn)).text
        sider["bekraeft_med_kode"] = klient.get("/konto/to-trin/bekraeft/").text
        sider["skift"] = klient.get("/konto/adgangskode/").text
        sider["log_af"] = klient.get("/konto/log-af/").text
        halvvejs = _log_paa(bruger)
        sider["kode"] = halvvejs.get("/konto/to-trin/kode/").text
        for navn in ("account_login", "account_signup", "account_inactive", "account_reset_password"):
            sider[navn] = Client().get(reverse(navn)).text
        for navn in ("account_reset_password_done", "account_reset_password_from_key_done"):
            sider[navn] = Client().get(reverse(navn)).text
        uden_kode = BrugerFactory()
        uden_kode.set_unusable_password()
        uden_kode.save()
        klient = Client()
        klient.force_login(uden_kode)
        sider["foerste"] = klient.get("/konto/adgangskode/foerste/").text
        return sider

    def test_i_rammen_uden_indlejret_kode(self, sider):
        assert len(sider) == 18
        for navn, side in sider.items():
            assert '<main id="indhold"' in side, navn
            assert re.search(r"<h1>[^<]+</h1>", side), navn
            assert not re.search(r"<script(?![^>]*\ssrc=)", side), navn
            assert not re.search(r"\s(style|on[a-z]+)=", side), navn
            assert not re.search(r"\b(Submit|Sign In|password|Your|Code)\b", re.sub(r"<[^>]*>", " ", side)), navn

    def test_qr_koden_er_et_billede_i_adressen(self, sider):
        assert re.search(r'<img src="data:image/svg\+xml;base64,[A-Za-z0-9+/=]+" alt="QR-kode', sider["slaa_til"])

    def test_csp_tillader_billedet_og_ikke_kode(self, client, db):
        politik = client.get("/konto/log-paa/").headers["Content-Security-Policy"]
        assert "img-src 'self' data:" in politik
        assert "unsafe-inline" not in politik
