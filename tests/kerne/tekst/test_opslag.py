"""The catalogue beside the editor: what can be inserted and what it says."""

import pytest

from socialaftale.kerne.models import EksterntTal
from socialaftale.kerne.tal.katalog import Talkontekst
from socialaftale.kerne.tekst.opslag import AFSNIT, ENKELTE, FRA_ANDRE, I_KAPITLET, slaa_op


@pytest.fixture
def tal(organisationer):
    return EksterntTal.objects.create(
        noegle="aeldre", statistik="Ældre borgere", vaerdi_tekst="10.000", kilde="Kilden", aar=2022
    )


def _maader(grupper):
    return {maade.henvisning: maade.trykt for g in grupper for post in g.opslag for maade in post.skrivemaader}


def test_skrivemaader_med_det_de_siger_i_dag(tal):
    grupper = slaa_op(Talkontekst(), "parter antal")
    maader = _maader(grupper)
    assert maader["{{ parter.antal|hele }}"] == "12"
    assert maader["{{ parter.kommuner.antal|ord }}"] == "elleve"


def test_kapitlets_egne_tal_staar_foerst_med_vaerdi(tal, django_assert_max_num_queries):
    """The others are listed without a value: looking all of them up would cost queries of every app.

    The annexes a text can refer to are one query.
    """
    with django_assert_max_num_queries(4):
        grupper = slaa_op(Talkontekst(), indhold="<p>{{ parter.antal|ord }} {{ note:aeldre }}</p>")
    assert grupper[0].titel == I_KAPITLET
    maader = _maader(grupper)
    assert maader["{{ parter.antal|ord }}"] == "tolv"
    assert maader["{{ ekstern.aeldre }}{{ note:aeldre }}"] == "10.000"
    assert maader["{{ parter.kommuner.antal|ord }}"] == ""


def test_tal_fra_andre_faar_fodnoten_med(tal):
    grupper = {gruppe.titel: gruppe for gruppe in slaa_op(Talkontekst())}
    assert grupper[FRA_ANDRE].opslag[0].skrivemaader[0].henvisning == "{{ ekstern.aeldre }}{{ note:aeldre }}"
    assert list(grupper)[-2:] == [FRA_ANDRE, AFSNIT]
    assert list(grupper)[0] == ENKELTE


@pytest.mark.parametrize("soeg", ["ældre", "AELDRE BORGERE", "ekstern.aeldre"])
def test_soegning_uden_hensyn_til_store_bogstaver(tal, soeg):
    maader = _maader(slaa_op(Talkontekst(), "ældre" if soeg.startswith("AE") else soeg))
    assert list(maader) == ["{{ ekstern.aeldre }}{{ note:aeldre }}"]


def test_intet_fundet(tal):
    assert slaa_op(Talkontekst(), "findes slet ikke") == []


def test_blokke_kan_findes(tal):
    assert "{{ liste:bilag }}" in _maader(slaa_op(Talkontekst(), "bilag"))
