"""Life of a log-in: two hours without use, extended by work, ended everywhere when it must be."""

import datetime as dt

import pytest
from django.conf import settings
from django.test import Client

from socialaftale.kerne import sessioner
from tests.kerne.brugere.factories import BrugerFactory

START = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
SIDE = "/skift-rolle/"


@pytest.fixture
def ur(time_machine):
    time_machine.move_to(START, tick=False)
    return lambda **senere: time_machine.move_to(START + dt.timedelta(**senere), tick=False)


@pytest.fixture
def klient(ur, db) -> Client:
    klient = Client()
    klient.force_login(BrugerFactory())
    return klient


@pytest.mark.parametrize(("minutter", "status"), [(119, 200), (121, 302)])
def test_to_timer_uden_brug(klient, ur, minutter, status):
    ur(minutes=minutter)
    assert klient.get(SIDE).status_code == status


def test_arbejde_forlaenger(klient, ur):
    for minutter in range(0, 60 * 8, 90):
        ur(minutes=minutter)
        assert klient.get(SIDE).status_code == 200


def test_hold_i_live(klient, ur):
    ur(minutes=118)
    svar = klient.post("/hold-i-live/")
    assert svar.json() == {"sekunder": settings.SESSION_COOKIE_AGE} == {"sekunder": 7200}
    ur(minutes=118 + 119)
    assert klient.get(SIDE).status_code == 200


def test_hold_i_live_vaekker_ikke_en_udloebet(klient, ur):
    ur(minutes=121)
    assert klient.post("/hold-i-live/", headers={"Accept": "application/json"}).status_code == 302
    assert klient.get(SIDE).status_code == 302


def test_kun_en_skrivning_i_minuttet(klient, ur, django_assert_num_queries):
    """Frame (4); the first page after a minute also stores the log-in (with its savepoint)."""
    for sekunder, antal in ((0, 4), (59, 4), (60, 7), (61, 4), (119, 4), (120, 7)):
        ur(seconds=sekunder)
        with django_assert_num_queries(antal):
            klient.get(SIDE)


def test_uret_stillet_tilbage_goer_intet(klient, ur):
    ur(minutes=-30)
    assert klient.get(SIDE).status_code == 200
    ur(minutes=0)
    assert klient.get(SIDE).status_code == 200


def test_besoeg_uden_log_in_laver_ingen_session(client, db):
    client.get("/privatlivspolitik/")
    assert settings.SESSION_COOKIE_NAME not in client.cookies


def test_log_af_overalt_rammer_kun_den_ene(klient, db):
    mine = [Client() for _ in range(3)]
    mig = BrugerFactory()
    for et in mine:
        et.force_login(mig)
    assert sessioner.log_af_overalt(mig) == 3
    assert [et.get(SIDE).status_code for et in mine] == [302] * 3
    assert klient.get(SIDE).status_code == 200


def test_kagerne_er_lukket_for_scripts(klient):
    svar = klient.get(SIDE)
    assert svar.cookies["sidste_bruger"]["httponly"]
    assert svar.cookies["sidste_bruger"]["samesite"] == "Lax"
