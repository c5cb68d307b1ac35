"""The secretariat's desk: counts per kind, the tilbud behind them, and the front page."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from tests.tilbud.factories import AftalestatusFactory, TilbudFactory
from tilbud.beregning.omfattet import Fundart
from tilbud.fundtekster import FUNDTEKSTER
from tilbud.handlinger import opdater_fund
from tilbud.models import Tilbudsfund
from tilbud.registrering import naeste_skridt

pytestmark = pytest.mark.django_db
URL = "/tilbud/mangler/"


@pytest.fixture
def klient(log_ind):
    return log_ind(Rolle.SEKRETARIAT)


def test_hvert_fund_har_sin_tekst():
    assert set(FUNDTEKSTER) == set(Fundart)


def test_det_virkelige_register(register, klient):
    tekst = klient.get(URL).text
    for art in ("uden_beliggenhed", "lovgrundlag_ukendt", "uden_pladsart"):
        antal = Tilbudsfund.objects.filter(art=art).count()
        assert f'href="/tilbud/mangler/?art={art}"' in tekst
        assert f"<strong>{antal}\u00a0tilbud</strong>" in tekst
    assert "I socialaftalen uden kendt lovgrundlag (T1)" in klient.get(URL, {"art": "lovgrundlag_ukendt"}).text


def test_linket_viser_netop_dem(register, klient):
    svar = klient.get(URL, {"art": "lovgrundlag_ukendt", "format": "csv"})
    raekker = list(csv.reader(io.StringIO(svar.content.decode("utf-8-sig")), delimiter=";"))
    assert len(raekker) == 1 + 7
    assert all("I socialaftalen uden kendt lovgrundlag" in raekke[2] for raekke in raekker[1:])
    assert "Handling" not in raekker[0]


def test_niveau_og_driftsherre(organisationer, klient):
    forkert = TilbudFactory(navn="Forkert", driftsherre=organisationer["aalborg"], driftsform="privat")
    AftalestatusFactory(tilbud=forkert)
    TilbudFactory(navn="Mangelfuld", driftsherre=organisationer["hjoerring"])
    opdater_fund()
    fejl = klient.get(URL, {"niveau": "fejl"}).text
    assert "Forkert" in fejl
    assert "Mangelfuld" not in fejl
    assert 'href="/tilbud/' + forkert.slug + '/ret/"' in fejl
    hjoerring = klient.get(URL, {"driftsherre": "hjoerring"}).text
    assert "Mangelfuld" in hjoerring
    assert "Forkert" not in hjoerring


def test_intet_mangler(organisationer, klient):
    assert "Registret mangler ikke noget" in klient.get(URL).text


def test_samme_antal_opslag_for_tre_og_ti(organisationer, klient, django_assert_max_num_queries):
    def fyld(antal):
        for _ in range(antal):
            TilbudFactory()
        opdater_fund()

    fyld(3)
    with django_assert_max_num_queries(15) as ved_tre:
        klient.get(URL, {"sort": "-antal"})
    fyld(7)
    with django_assert_max_num_queries(15) as ved_ti:
        klient.get(URL, {"sort": "-antal"})
    assert len(ved_tre) == len(ved_ti)


def test_naeste_skridt_for_sekretariatet(organisationer, adgang, klient):
    sekretariat = adgang(Rolle.SEKRETARIAT)
    i_dag = dt.date(2026, 10, 1)
    assert list(naeste_skridt(sekretariat, i_dag)) == []
    AftalestatusFactory(tilbud=TilbudFactory(driftsform="privat"))
    TilbudFactory()
    opdater_fund()
    skridt = list(naeste_skridt(sekretariat, i_dag))
    assert [(et.tekst, et.antal, et.haster) for et in skridt] == [
        ("tilbud har fejl i registret", 1, True),
        ("tilbud mangler oplysninger", 2, False),
    ]
    for et in skridt:
        assert klient.get(et.url).status_code == 200


@pytest.mark.parametrize("rolle", [Rolle.DRIFTSHERRE_INDBERETTER, Rolle.DAS_MEDLEM])
def test_fund_er_kun_sekretariatets(organisationer, adgang, rolle):
    TilbudFactory()
    opdater_fund()
    hvem = adgang(rolle)
    assert not Tilbudsfund.objects.synlige_for(hvem).exists()
    assert not Tilbudsfund.objects.synlige_for(Adgang()).exists()
    assert list(naeste_skridt(hvem, dt.date(2026, 10, 1))) == []
