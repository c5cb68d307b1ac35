"""Log-in: who gets in, who is slowed down, what is noted, and what nobody learns."""

import re

import pytest
from django.conf import settings as aktuelle
from django.core.management import call_command
from django.test import Client
from django.urls import NoReverseMatch, reverse

from socialaftale.kerne import demobrugere, konto
from socialaftale.kerne.brugere.enums import Loginudfald
from socialaftale.kerne.models import Bruger, Loginforsoeg
from tests.kerne.brugere.factories import ADGANGSKODE, BrugerFactory, LoginforsoegFactory

LOG_PAA = "/konto/log-paa/"
FORKERT = "E-mailadressen og adgangskoden passer ikke sammen. Prøv igen"
FOR_MANGE = "Der er prøvet mange gange med forkert adgangskode. Vent fem minutter, og prøv igen"


@pytest.fixture
def bruger(db) -> Bruger:
    return BrugerFactory(email="aase@kommune.example")


def _log_paa(klient: Client, email: str = "aase@kommune.example", adgangskode: str = ADGANGSKODE, **ekstra):
    return klient.post(LOG_PAA, {"login": email, "password": adgangskode}, **ekstra)


def _udfald() -> list[tuple[str, str]]:
    return [
        (str(forsoeg.bruger or ""), forsoeg.udfald)
        for forsoeg in Loginforsoeg.objects.select_related("bruger").order_by("pk")
    ]


class TestLogPaa:
    @pytest.mark.parametrize("email", ["aase@kommune.example", " Aase@Kommune.EXAMPLE "])
    def test_rigtig(self, bruger, client, email):
        svar = _log_paa(client, email)
        assert svar.headers["Location"] == "/"
        assert _udfald() == [(str(bruger), Loginudfald.LOGGET_PAA)]

    def test_tilbage_til_siden_man_ville_til(self, bruger, client):
        svar = client.get("/skift-rolle/")
        assert svar.headers["Location"] == "/konto/log-paa/?next=/skift-rolle/"
        svar = client.post(svar.headers["Location"], {"login": bruger.email, "password": ADGANGSKODE})
        assert svar.headers["Location"] == "/skift-rolle/"

    @pytest.mark.parametrize("naeste", ["https://ond.example/", "//ond.example/", "javascript:alert(1)"])
    def test_aldrig_ud_af_huset(self, bruger, client, naeste):
        svar = client.post(LOG_PAA, {"login": bruger.email, "password": ADGANGSKODE, "next": naeste})
        assert svar.headers["Location"] == "/"

    def test_forkert_adgangskode(self, bruger, client):
        svar = _log_paa(client, adgangskode="noget andet")
        assert svar.status_code == 422
        assert FORKERT in svar.text
        assert 'value="aase@kommune.example"' in svar.text
        assert "noget andet" not in svar.text
        assert "<title>Fejl: " in svar.text
        assert _udfald() == [(str(bruger), Loginudfald.FORKERT_ADGANGSKODE)]

    def test_tom(self, client, db):
        svar = client.post(LOG_PAA, {})
        assert svar.status_code == 422
        assert "Indtast din e-mailadresse" in svar.text
        assert "påkrævet" not in svar.text
        assert not Loginforsoeg.objects.exists()

    def test_ny_session_og_nyt_formularnoegle(self, bruger):
        """Session fixation: what was known before the log-in is worth nothing after it."""
        klient = Client(enforce_csrf_checks=True)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', klient.get(LOG_PAA).text)[1]
        session = klient.session
        session["foer"] = 1
        session.save()
        klient.cookies[aktuelle.SESSION_COOKIE_NAME] = session.session_key
        kage = klient.cookies["csrftoken"].value
        svar = klient.post(LOG_PAA, {"login": bruger.email, "password": ADGANGSKODE, "csrfmiddlewaretoken": token})
        assert svar.status_code == 302
        assert klient.session.session_key != session.session_key
        assert klient.cookies["csrftoken"].value != kage
        assert klient.post("/hold-i-live/", {"csrfmiddlewaretoken": token}).status_code == 403


class TestIngenFaarNogetAtVide:
    def test_samme_svar_paa_kendt_og_ukendt(self, bruger):
        svar = [_log_paa(Client(), email, "forkert") for email in (bruger.email, "findes.ikke@kommune.example")]
        sider = [re.sub(r'value="[^"]*"', "", et.text) for et in svar]
        assert sider[0] == sider[1]
        assert svar[0].status_code == svar[1].status_code == 422

    def test_det_skrevne_gemmes_ikke_for_ukendte(self, bruger, client):
        """Somebody types their password in the wrong box sooner or later."""
        _log_paa(client, "hemmelig.kode@kommune.example", "forkert")
        forsoeg = Loginforsoeg.objects.get()
        assert (forsoeg.bruger, forsoeg.udfald) == (None, Loginudfald.UKENDT)
        assert "hemmelig" not in str(forsoeg.__dict__)

    def test_glemt_adgangskode_svarer_ens(self, bruger, mailoutbox):
        sider = []
        for email in (bruger.email, "findes.ikke@kommune.example"):
            svar = Client().post("/konto/adgangskode/glemt/", {"email": email})
            assert svar.headers["Location"] == "/konto/adgangskode/glemt/sendt/"
            sider.append(Client().get(svar.headers["Location"]).text)
        assert [mail.subject for mail in mailoutbox] == [
            "Vælg en ny adgangskode",
            "Der er ingen konto med din e-mailadresse",
        ]


class TestForMangeForsoeg:
    @pytest.fixture(params=["locmem", "database"])
    def cachen(self, request, settings, db):
        """The tests' own cache, and the one production shares between its processes."""
        if request.param == "database":
            settings.CACHES = {
                "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kerne_cache"}
            }
            call_command("createcachetable")

    @pytest.mark.usefixtures("cachen")
    def test_den_sjette_afvises_ogsaa_med_rigtig_kode(self, bruger):
        klient = Client()
        for _ in range(5):
            svar = _log_paa(klient, adgangskode="forkert")
            assert FORKERT in svar.text
        # From another browser too: it is the account that is guarded, not the visitor.
        svar = _log_paa(Client(REMOTE_ADDR="198.51.100.7"))
        assert svar.status_code == 422
        assert FOR_MANGE in svar.text
        assert "_auth_user_id" not in klient.session
        assert _udfald()[-1] == (str(bruger), Loginudfald.SPAERRET)

    def test_efter_fem_minutter_er_der_aabent_igen(self, bruger, client, time_machine):
        time_machine.move_to("2026-11-22T12:00:00Z", tick=False)
        for _ in range(6):
            _log_paa(client, adgangskode="forkert")
        time_machine.move_to("2026-11-22T12:05:01Z", tick=False)
        assert _log_paa(client).status_code == 302

    def test_ukendt_adresse_spaerres_paa_samme_maade(self, db):
        klient = Client()
        for _ in range(5):
            _log_paa(klient, "findes.ikke@kommune.example", "forkert")
        assert FOR_MANGE in _log_paa(klient, "findes.ikke@kommune.example", "forkert").text
        assert _udfald()[-1] == ("", Loginudfald.SPAERRET)

    def test_rigtige_log_in_bruger_ikke_af_forsoegene(self, bruger):
        for _ in range(8):
            assert _log_paa(Client()).status_code == 302

    def test_mange_konti_fra_samme_sted(self, db):
        """30 a minute from one address, whatever the account: then the page for "wait a little"."""
        svar = [_log_paa(Client(), f"nr{nummer}@kommune.example", "forkert") for nummer in range(31)]
        assert svar[-1].status_code == 429
        assert "Vent lidt, og prøv igen" in svar[-1].text
        assert FOR_MANGE in svar[20].text


class TestLukketKonto:
    def test_rigtig_kode(self, client, db):
        bruger = BrugerFactory(lukket=True)
        svar = _log_paa(client, bruger.email)
        assert svar.headers["Location"] == "/konto/lukket/"
        assert "Kontoen er lukket" in client.get("/konto/lukket/").text
        assert _udfald() == [(str(bruger), Loginudfald.LUKKET)]

    def test_forkert_kode_roeber_ikke_at_den_er_lukket(self, client, db):
        bruger = BrugerFactory(lukket=True)
        assert FORKERT in _log_paa(client, bruger.email, "forkert").text

    @pytest.mark.parametrize("adgangskode", ["!ingen", "ingen", "None"])
    def test_inviteret_uden_adgangskode(self, client, db, adgangskode):
        bruger = BrugerFactory()
        bruger.set_unusable_password()
        bruger.save()
        assert FORKERT in _log_paa(client, bruger.email, adgangskode).text


class TestLogAf:
    def test_kun_med_post(self, bruger, client):
        client.force_login(bruger)
        svar = client.get("/konto/log-af/")
        assert svar.status_code == 200
        assert "_auth_user_id" in client.session
        assert client.post("/konto/log-af/").headers["Location"] == "/"
        assert "_auth_user_id" not in client.session


class TestLukkedeVeje:
    def test_ingen_opretter_sig_selv(self, client, db):
        data = {"email": "ny@kommune.example", "password1": ADGANGSKODE, "password2": ADGANGSKODE}
        for svar in (client.get("/konto/faa-adgang/"), client.post("/konto/faa-adgang/", data)):
            assert "Du får adgang ved invitation" in svar.text
        assert not Bruger.objects.exists()

    @pytest.mark.parametrize(
        "navn", ["account_email", "account_email_verification_sent", "account_confirm_login_code", "mfa_add_webauthn"]
    )
    def test_allauths_andre_sider_findes_ikke(self, navn):
        with pytest.raises(NoReverseMatch):
            reverse(navn)

    @pytest.mark.parametrize("sti", ["/konto/", "/konto/login/", "/konto/email/", "/konto/signup/"])
    def test_heller_ikke_under_deres_adresser(self, client, db, sti):
        assert client.get(sti).status_code == 404


class TestDemo:
    @pytest.fixture
    def demobrugere_findes(self, organisationer, settings):
        settings.DEMO = True
        demobrugere.lav_demobrugere()
        settings.DEMO = False

    @pytest.mark.usefixtures("demobrugere_findes")
    @pytest.mark.parametrize("email", ["sekretariat@demo.example", " LAESER@Demo.Example "])
    def test_afvises_uden_for_demoen_med_rigtig_kode(self, client, email):
        svar = _log_paa(client, email, demobrugere.ADGANGSKODE)
        assert svar.status_code == 422
        assert "Demobrugere kan ikke logge på her." in svar.text
        assert "_auth_user_id" not in client.session

    @pytest.mark.usefixtures("demobrugere_findes")
    def test_lukkes_ind_i_demoen(self, client, settings):
        settings.DEMO = True
        assert _log_paa(client, "sekretariat@demo.example", demobrugere.ADGANGSKODE).status_code == 302

    @pytest.mark.parametrize("demo", [True, False])
    def test_siden_viser_dem_kun_i_demoen(self, client, db, settings, demo):
        settings.DEMO = demo
        side = client.get(LOG_PAA).text
        for email, _, _ in demobrugere.demobrugere():
            assert (email in side) is demo
        assert (demobrugere.ADGANGSKODE in side) is demo


class TestNoterne:
    @pytest.mark.parametrize(
        ("adresse", "kort"),
        [
            ("192.0.2.77", "192.0.2.x"),
            ("2001:db8:1:2::77", "2001:db8:1::x"),
            ("::ffff:192.0.2.77", "192.0.2.x"),
            ("ikke en adresse", ""),
            ("", ""),
        ],
    )
    def test_adressen_forkortes(self, adresse, kort):
        assert konto.forkort_adresse(adresse) == kort

    def test_hvor_fra_bag_en_proxy(self, bruger, settings):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        _log_paa(Client(), headers={"X-Forwarded-For": "203.0.113.9, 192.0.2.77"})
        assert Loginforsoeg.objects.get().netadresse == "192.0.2.x"

    def test_de_gamle_forsvinder(self, bruger, client, time_machine):
        time_machine.move_to("2025-11-20T12:00:00Z", tick=False)
        LoginforsoegFactory(bruger=bruger)
        time_machine.move_to("2026-11-22T12:00:00Z", tick=False)
        _log_paa(client)
        assert _udfald() == [(str(bruger), Loginudfald.LOGGET_PAA)]
        assert Loginforsoeg.objects.count() == 1


@pytest.mark.parametrize(
    ("parameter", "tekst"),
    [
        ("udloebet", "Du er logget af, fordi siden ikke har været brugt"),
        ("gemt", "Du er logget af, men det, du skrev, er gemt"),
        ("tabt", "Du er logget af, og formularen blev ikke sendt"),
    ],
)
def test_hvorfor_man_er_her(client, db, parameter, tekst):
    assert tekst in client.get(LOG_PAA, {parameter: 1}).text
    assert tekst not in client.get(LOG_PAA).text
