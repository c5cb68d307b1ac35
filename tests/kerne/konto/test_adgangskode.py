"""Passwords: the rules, change, reset, and what a change does to other log-ins."""

import re

import pytest
from django.core import mail
from django.test import Client

from socialaftale.kerne.models import Haendelse
from tests.kerne.brugere.factories import ADGANGSKODE, BrugerFactory

NY = "tre grønne æbler i snor"
SKIFT = "/konto/adgangskode/"


@pytest.fixture
def bruger(db):
    return BrugerFactory(navn="Rosenkrands Gyldenstjerne", email="rosenkrands@kommune.example")


@pytest.fixture
def klient(bruger):
    klient = Client()
    klient.force_login(bruger)
    return klient


def _skift(klient, ny, gammel=ADGANGSKODE, gentag=None):
    return klient.post(SKIFT, {"oldpassword": gammel, "password1": ny, "password2": gentag or ny})


@pytest.mark.parametrize(
    ("ny", "grund"),
    [
        ("kort æble1", "Adgangskoden skal fylde mindst 12 tegn"),
        ("rosenkrands1234", "Adgangskoden ligner dit navn eller din e-mailadresse"),
        ("gyldenstjerne", "Adgangskoden ligner dit navn eller din e-mailadresse"),
        ("918273645546372819", "Adgangskoden må ikke kun være tal"),
        ("qwerty123456", "Adgangskoden er en af dem, mange bruger"),
    ],
)
def test_regler(klient, bruger, ny, grund):
    svar = _skift(klient, ny)
    assert svar.status_code == 422
    assert grund in svar.text
    bruger.refresh_from_db()
    assert bruger.check_password(ADGANGSKODE)


def test_skift(klient, bruger):
    anden = Client()
    anden.force_login(bruger)
    svar = _skift(klient, NY)
    assert svar.headers["Location"] == SKIFT
    bruger.refresh_from_db()
    assert bruger.check_password(NY)
    # This log-in goes on; the user's others end.
    assert klient.get(SKIFT).status_code == 200
    assert anden.get(SKIFT).status_code == 302
    assert [haendelse.tekst for haendelse in Haendelse.objects.for_objekt(bruger)] == ["Adgangskode valgt"]
    assert mail.outbox[0].subject == "Din adgangskode er ændret"


@pytest.mark.parametrize(
    ("felter", "grund"),
    [
        ({"gammel": "forkert"}, "Den nuværende adgangskode er ikke rigtig"),
        ({"gentag": "noget helt andet"}, "De to adgangskoder er ikke ens"),
    ],
)
def test_skift_afvises(klient, felter, grund):
    svar = _skift(klient, NY, **felter)
    assert svar.status_code == 422
    assert grund in svar.text


def test_kraever_log_in(client, db):
    assert client.get(SKIFT).headers["Location"] == f"/konto/log-paa/?next={SKIFT}"


class TestGlemt:
    def _bestil(self, bruger) -> str:
        Client().post("/konto/adgangskode/glemt/", {"email": bruger.email})
        return re.search(r"http://testserver(/konto/adgangskode/ny/\S+)", mail.outbox[-1].body)[1]

    def test_hele_vejen(self, bruger, klient, client):
        svar = client.get(self._bestil(bruger))
        svar = client.post(svar.headers["Location"], {"password1": NY, "password2": NY})
        assert "Adgangskoden er gemt" in client.get(svar.headers["Location"]).text
        bruger.refresh_from_db()
        assert bruger.check_password(NY)
        # Choosing a password is no log-in, and the old log-ins end.
        assert "_auth_user_id" not in client.session
        assert klient.get(SKIFT).status_code == 302
        assert Haendelse.objects.for_objekt(bruger).get().hvem == "Rosenkrands Gyldenstjerne"

    def test_reglerne_gaelder_ogsaa_her(self, bruger, client):
        svar = client.get(self._bestil(bruger))
        svar = client.post(svar.headers["Location"], {"password1": "kort", "password2": "kort"})
        assert svar.status_code == 422
        assert "mindst 12 tegn" in svar.text

    def test_lukket_konto_faar_intet_link(self, client, db):
        lukket = BrugerFactory(lukket=True)
        client.post("/konto/adgangskode/glemt/", {"email": lukket.email})
        assert "adgangskode/ny" not in mail.outbox[0].body

    def test_hoejst_fem_links_i_minuttet_til_samme_adresse(self, bruger):
        svar = [Client().post("/konto/adgangskode/glemt/", {"email": bruger.email}) for _ in range(6)]
        assert [et.status_code for et in svar] == [302] * 5 + [429]
        assert len(mail.outbox) == 5

    @pytest.mark.parametrize("noegle", ["1-xx-yy", "zzzz-abc-def"])
    def test_forkert_link(self, client, db, noegle):
        svar = client.get(f"/konto/adgangskode/ny/{noegle}/")
        assert "Linket virker ikke længere" in svar.text


def test_sider_uden_djangos_standardtekster(klient):
    svar = klient.post(SKIFT, {})
    assert svar.status_code == 422
    assert "påkrævet" not in svar.text
    assert "Indtast din nuværende adgangskode" in svar.text
