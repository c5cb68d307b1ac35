"""The catalogue as the editor gets it: every figure with value, source, date and all its formats."""

import pytest

from socialaftale.kerne.models import EksterntTal
from socialaftale.kerne.tal.katalog import Talkontekst
from socialaftale.kerne.tekst import talopslag
from socialaftale.kerne.tekst.talopslag import for_henvisninger, soeg


@pytest.fixture
def tal(organisationer):
    return EksterntTal.objects.create(
        noegle="aeldre",
        statistik="Ældre borgere",
        vaerdi_tekst="10.000",
        kilde="Kilden",
        aar=2022,
        link="https://k.dk",
    )


def test_et_tal_med_alt_hvad_skriveren_skal_vide(tal):
    svar = soeg(Talkontekst(), "parter.kommuner antal")
    assert [post["noegle"] for post in svar["tal"]] == ["parter.kommuner.antal"]
    post = svar["tal"][0]
    assert (post["navn"], post["vaerdi"], post["enhed"]) == ("Antal kommuner", "11", "kommuner")
    assert post["kilde"] == "Registret over organisationer"
    assert post["formater"] == [
        {"henvisning": "parter.kommuner.antal|hele", "navn": "Helt tal", "trykt": "11"},
        {"henvisning": "parter.kommuner.antal|ord", "navn": "Tal i ord", "trykt": "elleve"},
    ]


def test_et_fremmed_tal_har_kilde_aar_link_og_fodnote(tal):
    post = soeg(Talkontekst(), "ÆLDRE")["tal"][0]
    assert (post["kilde"], post["pr"], post["kilde_url"], post["note"]) == (
        "Kilden, 2022",
        "2022",
        "https://k.dk",
        "note:aeldre",
    )
    assert post["formater"] == [{"henvisning": "ekstern.aeldre", "navn": "Tekst", "trykt": "10.000"}]


def test_fodnoter_er_kun_fremmede_tal(tal):
    svar = soeg(Talkontekst(), "", art="note")
    assert [post["noegle"] for post in svar["tal"]] == ["ekstern.aeldre"]
    assert svar["blokke"] == []


def test_blokke_og_intet(tal):
    assert [post["noegle"] for post in soeg(Talkontekst(), "liste bilag")["blokke"]] == ["liste:bilag"]
    assert soeg(Talkontekst(), "findes slet ikke") == {"tal": [], "blokke": [], "i_alt": 0, "vist": 0}


def test_helheden_staar_foer_delene(tal):
    noegler = [post["noegle"] for post in soeg(Talkontekst(), "antal")["tal"]]
    assert noegler.index("parter.antal") < noegler.index("parter.kommuner.antal")
    assert [noegle.count(".") for noegle in noegler] == sorted(noegle.count(".") for noegle in noegler)


def test_mange_fund_vises_ikke_alle(tal, monkeypatch):
    alle = soeg(Talkontekst(), "")
    monkeypatch.setattr(talopslag, "VISES_HOEJST", 2)
    faa = soeg(Talkontekst(), "")
    assert len(faa["tal"]) == 2
    assert (faa["i_alt"], faa["vist"]) == (alle["i_alt"], 2 + len(alle["blokke"]))


def test_hvad_henvisninger_staar_for(tal):
    svar = for_henvisninger(
        Talkontekst(),
        [
            "parter.antal|ord",
            "note:aeldre",
            "liste:bilag",
            "parter.antl",
            "liste:intet",
            "parter.antal|pct",
            "{{ }} x",
        ],
    )
    assert svar["parter.antal|ord"]["trykt"] == "tolv"
    assert svar["parter.antal|ord"]["tal"]["noegle"] == "parter.antal"
    assert (svar["note:aeldre"]["art"], svar["note:aeldre"]["navn"]) == ("note", "Ældre borgere")
    assert svar["liste:bilag"] == {"art": "blok", "navn": "Liste over bilagene", "kendt": True}
    assert svar["parter.antl"] == {"art": "tal", "kendt": False}
    assert svar["liste:intet"]["kendt"] is False
    assert svar["parter.antal|pct"]["trykt"] == "1.200\N{NO-BREAK SPACE}%"
    assert "{{ }} x" not in svar
