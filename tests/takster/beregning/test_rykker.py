"""Reminders of missing takstskemaer: the dates, skipped days, and each reminder at most once."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takster.beregning.rykker import Manglende, SendtRykker, forfaldne_rykkere, rykkerdatoer

FRIST = dt.date(2026, 10, 31)
SKEMA = Manglende(noegle="1", driftsherre="Hjørring Kommune", navn="Åge Holms Vej, døgn")


def dag(tal):
    return FRIST + dt.timedelta(days=tal)


def sendt(dag_, frist=FRIST, noegle="1"):
    return SendtRykker(noegle=noegle, frist=frist, dag=dag_)


def forfaldne(i_dag, sendte=(), **kwargs):
    return [rykker.dag for rykker in forfaldne_rykkere([SKEMA], frist=FRIST, i_dag=i_dag, sendte=sendte, **kwargs)]


@pytest.mark.regel("T13")
def test_datoerne():
    assert [et.dato for et in rykkerdatoer(FRIST)] == [
        dt.date(2026, 10, 1),
        dt.date(2026, 10, 17),
        dt.date(2026, 10, 28),
    ]
    assert [et.dag for et in rykkerdatoer(FRIST, dage=(-1, -7, -1))] == [-7, -1]


@pytest.mark.regel("T13")
def test_ingen_rykker_for_en_runde_der_ikke_er_aaben():
    assert [et.dag for et in rykkerdatoer(FRIST, aabner=dag(-21))] == [-14, -3]
    assert [et.dag for et in rykkerdatoer(FRIST, aabner=dag(-14))] == [-14, -3]
    assert forfaldne(dag(-20), aabner=dag(-21)) == []


@pytest.mark.regel("T13")
@pytest.mark.parametrize(
    ("i_dag", "sendte", "forventet"),
    [
        (dag(-31), [], []),
        (dag(-30), [], [-30]),
        (dag(-30), [-30], []),
        (dag(-29), [], [-30]),
        (dag(-15), [-30], []),
        (dag(-14), [-30], [-14]),
        (dag(-2), [-30], [-3]),
        (dag(-2), [-3], []),
        (dag(0), [], [-3]),
        (dag(1), [], []),
    ],
)
def test_kun_den_nyeste_forfaldne_sendes(i_dag, sendte, forventet):
    assert forfaldne(i_dag, [sendt(d) for d in sendte]) == forventet


@pytest.mark.regel("T13")
def test_en_flyttet_frist_har_sine_egne_rykkere():
    assert forfaldne(dag(-3), [sendt(-3, frist=dag(-14))]) == [-3]
    assert forfaldne(dag(-3), [sendt(-3, noegle="2")]) == [-3]


def test_rykkere_efter_fristen():
    assert forfaldne(dag(6), dage=(-3, 7)) == []
    (rykker,) = forfaldne_rykkere([SKEMA], frist=FRIST, i_dag=dag(8), sendte=(), dage=(-3, 7))
    assert rykker.dag == 7
    assert rykker.besked == "Takstskemaet for Åge Holms Vej, døgn mangler. Fristen var 31. oktober 2026."


@pytest.mark.parametrize(("tal", "hvornaar"), [(-14, "om 14 dage"), (-2, "om 2 dage"), (-1, "i morgen"), (0, "i dag")])
def test_beskeden_taeller_dagene_fra_i_dag(tal, hvornaar):
    (rykker,) = forfaldne_rykkere([SKEMA], frist=FRIST, i_dag=dag(tal), sendte=())
    assert rykker.besked == (f"Takstskemaet for Åge Holms Vej, døgn mangler. Fristen er 31. oktober 2026, {hvornaar}.")


def test_raekkefoelgen_er_dansk_og_hvert_skema_er_der_en_gang():
    andre = [
        Manglende(noegle="3", driftsherre="Aalborg Kommune", navn="Algade"),
        SKEMA,
        Manglende(noegle="2", driftsherre="Hjørring Kommune", navn="Algade"),
        SKEMA,
    ]
    rykkere = forfaldne_rykkere(andre, frist=FRIST, i_dag=dag(-3), sendte=())
    assert [rykker.mangler.noegle for rykker in rykkere] == ["2", "1", "3"]


@pytest.mark.regel("T13")
@given(
    st.lists(st.integers(min_value=-40, max_value=5), max_size=60),
    st.dictionaries(st.sampled_from("abc"), st.integers(min_value=-40, max_value=5)),
)
def test_hvert_skema_faar_hver_rykker_hoejst_en_gang_uanset_hvornaar_jobbet_koerer(koersler, indsendt):
    """`indsendt` is the day from which a form is no longer missing."""
    sendte, log = set(), []
    for tal in sorted(koersler):
        mangler = [
            Manglende(noegle=noegle, driftsherre="Thisted Kommune", navn=noegle)
            for noegle in "abc"
            if tal < indsendt.get(noegle, 99)
        ]
        for rykker in forfaldne_rykkere(mangler, frist=FRIST, i_dag=dag(tal), sendte=sendte):
            sendte.add(rykker.som_sendt)
            log.append((rykker.mangler.noegle, rykker.dag, tal))
    assert len({(noegle, rykkerdag) for noegle, rykkerdag, _ in log}) == len(log)
    for noegle, rykkerdag, tal in log:
        assert rykkerdag <= tal <= 0
        assert tal < indsendt.get(noegle, 99)
    for noegle in "abc":
        raekke = [rykkerdag for n, rykkerdag, _ in log if n == noegle]
        assert raekke == sorted(raekke)


@pytest.mark.regel("T13")
def test_et_job_der_koerer_hver_dag_sender_paa_de_tre_dage():
    sendte, dage = set(), []
    for tal in range(-40, 10):
        for rykker in forfaldne_rykkere([SKEMA], frist=FRIST, i_dag=dag(tal), sendte=sendte):
            sendte.add(rykker.som_sendt)
            dage.append(tal)
    assert dage == [-30, -14, -3]
