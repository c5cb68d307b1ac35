"""A form that meets an expired log-in: kept for its user in that browser, and sent again only on purpose."""

from __future__ import annotations

import datetime as dt
import html
import re
import uuid
from urllib.parse import urlencode

import pytest
from django.conf import settings as aktuelle
from django.contrib.sessions.models import Session
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.gemtpost import kager, lager
from socialaftale.kerne.models import Bruger, GemtPost, Haendelse
from tests.kerne.brugere.factories import ADGANGSKODE, BrugerFactory, MedlemskabFactory, administrator

START = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
SIDE = "/gemt-formular/"
LOG_PAA_GEMT = "/konto/log-paa/?udloebet=1&gemt=1&next=%2Fgemt-formular%2F"
DATA = {
    "navn": 'Åse "Ø" <b>',
    "email": "ikke en adresse",
    "organisation": "1",
    "roller": ["revisor", "das_medlem"],
    "fra": "1.12.2026",
    "til": "",
    "note": " første linje\r\n\r\nanden linje & mere ",
}

# The same, field by field.
SKREVET = [
    (navn, vaerdi)
    for navn, vaerdier in DATA.items()
    for vaerdi in ([vaerdier] if isinstance(vaerdier, str) else vaerdier)
]


@pytest.fixture(autouse=True)
def _nu(time_machine):
    time_machine.move_to(START, tick=False)


@pytest.fixture
def bruger(organisationer) -> Bruger:
    return administrator(bruger__navn="Åse").bruger


@pytest.fixture
def klient(bruger) -> Client:
    """A browser with a form open and a log-in that has run out."""
    return _udloebet(_browser(bruger))


def _browser(bruger: Bruger) -> Client:
    klient = Client()
    _log_paa(klient, bruger)
    klient.get("/brugere/inviter/")
    return klient


def _udloebet(klient: Client) -> Client:
    Session.objects.all().delete()
    return klient


def _log_paa(klient: Client, bruger: Bruger):
    return klient.post("/konto/log-paa/", {"login": bruger.email, "password": ADGANGSKODE})


def _send(klient: Client, data=None, sti: str = "/brugere/inviter/?fra=menu", **ekstra):
    return klient.post(sti, DATA if data is None else data, **ekstra)


def _skjulte_felter(side: str, sti: str) -> list[tuple[str, str]]:
    """The hidden fields of the form that sends to the address, as a browser reads them."""
    formular = re.search(rf'<form method="post" action="{re.escape(html.escape(sti))}">(.*?)</form>', side, re.DOTALL)[
        1
    ]
    felter = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', formular)
    return [(html.unescape(navn), html.unescape(vaerdi)) for navn, vaerdi in felter]


class TestHeleVejen:
    def test_gemt_tilbudt_og_sendt(self, klient, bruger):
        svar = _send(klient)
        assert svar.headers["Location"] == LOG_PAA_GEMT
        assert "Du er logget af, men det, du skrev, er gemt" in klient.get(svar.headers["Location"]).text
        assert not Haendelse.objects.exists()

        assert _log_paa(klient, bruger).headers["Location"] == SIDE
        side = klient.get(SIDE).text
        assert "Du blev logget af, mens du skrev" in side
        assert "testserver/brugere/inviter/?fra=menu" in side
        assert "22.\xa0november 2026 kl.\xa013.00" in side
        felter = _skjulte_felter(side, "/brugere/inviter/?fra=menu")
        skrevet = [par for par in felter if par[0] not in ("csrfmiddlewaretoken", lager.IDFELT)]
        assert skrevet == SKREVET

        svar = klient.post(
            "/brugere/inviter/?fra=menu", urlencode(felter), content_type="application/x-www-form-urlencoded"
        )
        # What was wrong with it is shown where it was written, with everything as it was typed.
        assert svar.status_code == 422
        assert html.escape(DATA["navn"]) in svar.text
        assert not GemtPost.objects.exists()
        assert klient.get(SIDE).headers["Location"] == "/"

    def test_token_paa_siden_er_nyt_og_godt(self, bruger):
        klient = Client(enforce_csrf_checks=True)
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', klient.get("/konto/log-paa/").text)[1]
        log_paa = {"login": bruger.email, "password": ADGANGSKODE}
        klient.post("/konto/log-paa/", log_paa | {"csrfmiddlewaretoken": token})
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', klient.get("/brugere/inviter/").text)[1]
        _udloebet(klient)
        assert _send(klient, DATA | {"csrfmiddlewaretoken": token}).headers["Location"] == LOG_PAA_GEMT
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', klient.get("/konto/log-paa/").text)[1]
        klient.post("/konto/log-paa/", log_paa | {"csrfmiddlewaretoken": token})
        felter = dict(_skjulte_felter(klient.get(SIDE).text, "/brugere/inviter/?fra=menu"))
        assert felter["csrfmiddlewaretoken"] != token
        assert klient.post("/brugere/inviter/", felter).status_code == 422

    def test_det_der_lykkes_sker_en_gang(self, klient, bruger, organisationer):
        data = DATA | {"email": "ny@kommune.example", "organisation": organisationer["aalborg"].pk}
        _send(klient, data)
        _log_paa(klient, bruger)
        felter = _skjulte_felter(klient.get(SIDE).text, "/brugere/inviter/?fra=menu")
        svar = klient.post("/brugere/inviter/", urlencode(felter), content_type="application/x-www-form-urlencoded")
        ny = Bruger.objects.get(email="ny@kommune.example")
        assert svar.headers["Location"] == ny.get_absolute_url()
        assert {rolle.rolle for rolle in ny.medlemskaber.all()} == {Rolle.REVISOR, Rolle.DAS_MEDLEM}
        assert not GemtPost.objects.exists()

    def test_at_aabne_siden_sender_intet(self, klient, bruger):
        _send(klient, {"begrundelse": "Stoppet"}, sti=f"/brugere/{BrugerFactory().pk}/luk/")
        _log_paa(klient, bruger)
        for _ in range(3):
            assert klient.get(SIDE).status_code == 200
        assert not Haendelse.objects.exists()
        assert GemtPost.objects.count() == 1

    def test_hele_knappen_huskes(self, klient, bruger):
        """Which button was pressed is part of what was meant."""
        _send(klient, {"begrundelse": "x", "handling": "gem"})
        _log_paa(klient, bruger)
        assert ("handling", "gem") in _skjulte_felter(klient.get(SIDE).text, "/brugere/inviter/?fra=menu")

    def test_flere_vinduer(self, klient, bruger):
        for nummer in range(7):
            _send(klient, {"navn": f"nummer {nummer}"})
        _log_paa(klient, bruger)
        side = klient.get(SIDE).text
        assert [nummer for nummer in range(7) if f"nummer {nummer}" in side] == [2, 3, 4, 5, 6]

    def test_stor_men_ikke_for_stor(self, klient, bruger):
        assert _send(klient, {"note": "x" * 900_000}).headers["Location"] == LOG_PAA_GEMT
        _log_paa(klient, bruger)
        assert "x" * 900_000 in klient.get(SIDE).text

    def test_fejler_afsendelsen_bliver_det_liggende(self, klient, bruger):
        _send(klient, {"begrundelse": "x"}, sti="/brugere/999999/luk/")
        _log_paa(klient, bruger)
        felter = dict(_skjulte_felter(klient.get(SIDE).text, "/brugere/999999/luk/"))
        assert klient.post("/brugere/999999/luk/", felter).status_code == 404
        assert GemtPost.objects.count() == 1

    def test_almindelig_brug_roerer_det_ikke(self, klient, bruger):
        _send(klient)
        _log_paa(klient, bruger)
        klient.post("/brugere/inviter/", {"navn": "noget andet"})
        assert GemtPost.objects.count() == 1

    def test_adressen_findes_ikke_laengere(self, klient, bruger, monkeypatch):
        _send(klient)
        _log_paa(klient, bruger)
        post = GemtPost.objects.get()
        noegle = kager.laes_noegler(klient.get(SIDE).wsgi_request)[0]
        aabnet = lager.hent(bruger, [noegle])[0]
        indhold = f'{{"sti": "/nedlagt/side/", "hat": "{aabnet.hat}", "felter": [["navn", "beholdes"]]}}'
        post.indhold = lager._kode(noegle.hemmelighed).encrypt(indhold.encode())
        post.save()
        side = klient.get(SIDE).text
        assert "Siden findes ikke længere" in side
        assert "beholdes" in side
        assert "Send igen" not in side

    def test_slet(self, klient, bruger):
        _send(klient)
        _log_paa(klient, bruger)
        svar = klient.post(f"{SIDE}{GemtPost.objects.get().pk}/slet/")
        assert svar.headers["Location"] == SIDE
        assert not GemtPost.objects.exists()
        assert not klient.cookies[kager.NOEGLER].value
        assert klient.get(SIDE).headers["Location"] == "/"


class TestHvem:
    def test_en_anden_bruger_ser_intet(self, klient, bruger):
        _send(klient)
        anden = administrator().bruger
        assert _log_paa(klient, anden).headers["Location"] == "/"
        assert klient.get(SIDE).headers["Location"] == "/"
        assert klient.post(f"{SIDE}{GemtPost.objects.get().pk}/slet/").status_code == 404
        # It is still there for the first one.
        klient.post("/konto/log-af/")
        assert _log_paa(klient, bruger).headers["Location"] == SIDE

    def test_heller_ikke_i_en_anden_browser(self, klient, bruger):
        _send(klient)
        anden = Client()
        assert _log_paa(anden, bruger).headers["Location"] == "/"
        assert anden.get(SIDE).headers["Location"] == "/"

    def test_en_der_aldrig_har_vaeret_logget_paa_faar_intet_gemt(self, db):
        svar = _send(Client())
        assert svar.headers["Location"] == "/konto/log-paa/?next=%2F"
        assert not GemtPost.objects.exists()

    def test_den_der_selv_loggede_af_faar_intet_gemt(self, bruger):
        klient = _browser(bruger)
        klient.post("/konto/log-af/")
        assert not klient.cookies[kager.SIDSTE_BRUGER].value
        assert _send(klient).headers["Location"] == "/konto/log-paa/?next=%2F"
        assert not GemtPost.objects.exists()

    def test_lukket_konto_faar_intet_gemt(self, klient, bruger):
        Bruger.objects.update(is_active=False)
        _send(klient)
        assert not GemtPost.objects.exists()

    def test_hoejst_ti_per_bruger(self, klient, bruger):
        for _ in range(13):
            _send(klient)
        assert GemtPost.objects.count() == 10

    def test_samme_hat_efter_log_paa(self, organisationer):
        """The user goes on as who they were, so that what they send goes where they meant."""
        rolle = administrator()
        driftsherre = MedlemskabFactory(bruger=rolle.bruger)
        klient = _browser(rolle.bruger)
        hat = f"{driftsherre.organisation_id}:driftsherre"
        klient.post("/skift-rolle/", {"hat": hat})
        _send(_udloebet(klient), {"navn": "X"}, sti="/skift-rolle/")
        _log_paa(klient, rolle.bruger)
        assert klient.session["hat"] == hat
        assert "Send igen" in klient.get(SIDE).text
        klient.post("/skift-rolle/", {"hat": f"{rolle.organisation_id}:sekretariat"})
        side = klient.get(SIDE).text
        assert "Du skrev som Aalborg Kommune – driftsherre. Skift rolle, før du sender." in side
        assert "Send igen" not in side
        assert klient.post("/skift-rolle/", {"hat": hat, "next": SIDE}).headers["Location"] == SIDE


class TestHvorLaenge:
    @pytest.mark.parametrize(("timer", "findes"), [(23, True), (25, False)])
    def test_24_timer(self, klient, bruger, time_machine, timer, findes):
        _send(klient)
        time_machine.move_to(START + dt.timedelta(hours=timer), tick=False)
        assert _log_paa(klient, bruger).headers["Location"] == (SIDE if findes else "/")
        assert GemtPost.objects.exists() is findes

    def test_raekken_alene_bestemmer_ikke(self, klient, bruger, time_machine):
        """The time is in the encryption too: a row with a changed date stays shut."""
        _send(klient)
        time_machine.move_to(START + dt.timedelta(hours=25), tick=False)
        GemtPost.objects.update(oprettet=START + dt.timedelta(hours=25))
        assert _log_paa(klient, bruger).headers["Location"] == "/"

    def test_de_udloebne_ryddes_naar_naeste_gemmes(self, klient, bruger, time_machine):
        _send(klient)
        time_machine.move_to(START + dt.timedelta(hours=25), tick=False)
        _send(klient)
        assert GemtPost.objects.count() == 1

    @pytest.mark.parametrize(("dage", "gemt"), [(6, 1), (8, 0)])
    def test_browseren_husker_brugeren_i_syv_dage(self, klient, time_machine, dage, gemt):
        time_machine.move_to(START + dt.timedelta(days=dage), tick=False)
        klient.cookies[kager.SIDSTE_BRUGER]["max-age"] = ""
        _send(klient)
        assert GemtPost.objects.count() == gemt


class TestHemmeligt:
    def test_intet_kan_laeses_i_databasen(self, klient):
        _send(klient)
        raat = bytes(GemtPost.objects.get().indhold)
        for ord_ in ("kommune", "inviter", "linje"):
            assert ord_.encode() not in raat

    def test_heller_ikke_med_secret_key_alene(self, klient, bruger):
        _send(klient)
        post = GemtPost.objects.get()
        assert lager.hent(bruger, [kager.Noegle(post.pk, "")]) == []
        assert lager.hent(bruger, [kager.Noegle(post.pk, "gæt")]) == []

    @pytest.mark.parametrize(
        "kage",
        [
            "",
            "vrøvl",
            "a:b|c:d",
            f"{uuid.UUID(int=1).hex}:noegle",
            "{id}:forkertnøgle",
            "{id}:",
            "{id}",
            "|".join(f"{uuid.UUID(int=nummer).hex}:x" for nummer in range(50)),
        ],
    )
    def test_aendret_kage(self, klient, bruger, kage):
        _send(klient)
        klient.cookies[kager.NOEGLER] = kage.format(id=GemtPost.objects.get().pk.hex)
        assert _log_paa(klient, bruger).headers["Location"] == "/"
        assert klient.get(SIDE).headers["Location"] == "/"

    @pytest.mark.parametrize(
        "forfalsket",
        [
            lambda pk: "vrøvl",
            lambda pk: "",
            lambda pk: signing.dumps([pk, ""], salt="noget.andet"),
            lambda pk: signing.dumps([pk, ""], key="en.anden.noegle", salt="kerne.sidste_bruger"),
        ],
        ids=["vrøvl", "tom", "andet-formål", "anden-nøgle"],
    )
    def test_en_forfalsket_bruger_faar_intet_gemt(self, klient, bruger, forfalsket):
        klient.cookies[kager.SIDSTE_BRUGER] = forfalsket(bruger.pk)
        assert _send(klient).headers["Location"] == "/konto/log-paa/?next=%2F"
        assert not GemtPost.objects.exists()

    def test_siden_gemmes_ikke_af_browseren(self, klient, bruger):
        _send(klient)
        _log_paa(klient, bruger)
        assert "no-store" in klient.get(SIDE).headers["Cache-Control"]

    def test_kagerne(self, klient, settings):
        settings.SESSION_COOKIE_SECURE = True
        kage = _send(klient).cookies[kager.NOEGLER]
        assert (kage["httponly"], kage["secure"], kage["samesite"], kage["max-age"]) == (True, True, "Lax", 86400)


class TestHvadDerIkkeGemmes:
    def _intet(self, svar, hvorfor: str = "udloebet=1&tabt=1&"):
        assert svar.headers["Location"] == f"/konto/log-paa/?{hvorfor}next=%2F"
        assert not GemtPost.objects.exists()

    def test_filer(self, klient):
        self._intet(_send(klient, {"fil": SimpleUploadedFile("a.txt", b"x"), "navn": "X"}))

    def test_for_meget(self, klient):
        self._intet(_send(klient, {"note": "x" * 1_000_001}))

    @pytest.mark.parametrize("felt", ["password", "oldpassword", "ny_adgangskode"])
    def test_adgangskoder(self, klient, felt):
        self._intet(_send(klient, {felt: "hemmelig"}))

    @pytest.mark.parametrize("sti", ["/konto/adgangskode/", "/konto/to-trin/slaa-til/"])
    def test_kontosider(self, klient, sti):
        self._intet(_send(klient, {"code": "123456"}, sti=sti))

    def test_det_scripter_sender(self, klient):
        svar = _send(klient, headers={"Accept": "application/json"})
        assert svar.status_code == 302
        svar = klient.post("/brugere/inviter/", {"navn": "X"}, content_type="application/json")
        assert svar.status_code == 302
        assert not GemtPost.objects.exists()

    def test_andre_formater(self, klient):
        self._intet(klient.post("/brugere/inviter/", "tekst", content_type="text/plain"))

    def test_offentlige_sider_og_adresser_der_ikke_findes(self, klient):
        assert klient.post("/privatlivspolitik/", DATA).status_code == 405
        assert klient.post("/findes/ikke/", DATA).status_code == 404
        assert not GemtPost.objects.exists()

    def test_uden_gyldigt_token(self, bruger):
        """Another site's form in this browser: Django refuses it before anything is kept."""
        klient = Client(enforce_csrf_checks=True)
        klient.force_login(bruger)
        klient.get("/brugere/inviter/")
        _udloebet(klient)
        assert _send(klient, DATA | {"csrfmiddlewaretoken": "x" * 64}).status_code == 403
        assert _send(klient).status_code == 403
        assert not GemtPost.objects.exists()

    def test_get_gemmes_aldrig(self, klient):
        assert klient.get("/brugere/").headers["Location"] == "/konto/log-paa/?next=/brugere/"
        assert not GemtPost.objects.exists()


class TestVejenVidere:
    """Where a form could not be kept, the way back is the page it was on; never anywhere else."""

    @pytest.mark.parametrize(
        ("henviser", "naeste"),
        [
            ("http://testserver/brugere/inviter/?a=1", "%2Fbrugere%2Finviter%2F%3Fa%3D1"),
            ("http://testserver/", "%2F"),
            ("http://testserver", "%2F"),
            ("https://ond.example/brugere/", "%2F"),
            ("http://testserver//ond.example/", "%2F"),
            ("javascript:alert(1)", "%2F"),
            ("", "%2F"),
        ],
    )
    def test_afsenderen(self, db, henviser, naeste):
        svar = _send(Client(), headers={"Referer": henviser})
        assert svar.headers["Location"] == f"/konto/log-paa/?next={naeste}"

    @pytest.mark.parametrize(
        "sti", ["//ond.example/", "https://ond.example/", "javascript:alert(1)", "/\\ond.example/"]
    )
    def test_en_knap_sender_aldrig_ud_af_huset(self, klient, bruger, sti):
        """Even if somebody could write into the database and had the key."""
        _send(klient)
        _log_paa(klient, bruger)
        noegle = kager.laes_noegler(klient.get(SIDE).wsgi_request)[0]
        ond = f'{{"sti": {sti!r}, "hat": "", "felter": []}}'.replace("'", '"')
        GemtPost.objects.update(indhold=lager._kode(noegle.hemmelighed).encrypt(ond.encode()))
        assert klient.get(SIDE).headers["Location"] == "/"


def test_koster_ikke_forespoergsler(log_ind, django_assert_num_queries):
    """Frame (3), also with something kept in the browser."""
    klient = log_ind(Rolle.DAS_MEDLEM)
    klient.cookies[kager.NOEGLER] = f"{uuid.uuid4().hex}:x"
    with django_assert_num_queries(3):
        klient.get("/skift-rolle/")


def test_middlewaren_staar_hvor_den_skal():
    """After the check of the token, which it relies on, and before what would send the user away."""
    orden = [navn.rpartition(".")[2] for navn in aktuelle.MIDDLEWARE]
    foer, efter = "CsrfViewMiddleware", "LoginRequiredMiddleware"
    assert orden.index(foer) < orden.index("GemtPostMiddleware") < orden.index(efter)
