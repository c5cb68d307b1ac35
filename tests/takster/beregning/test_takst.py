"""The tariff per unit, worked out by hand and by its properties."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takster.beregning.koder import Enhed
from takster.beregning.regelsaet import STANDARDREGLER, Regler
from takster.beregning.takst import beregn_doegntakst, beregn_takst, felt_for_kapacitet
from takster.beregning.trin import Beregningsfejl

TAKSTER = json.loads(Path(__file__).parents[3].joinpath("fixtures/talformer.json").read_text("utf-8"))["takst"]
GRUNDLAG = st.decimals(min_value=0, max_value=10**10, places=2, allow_nan=False, allow_infinity=False)
PLADSER = st.decimals(min_value="0.1", max_value=500, places=1, allow_nan=False, allow_infinity=False)
BELAEGNING = st.decimals(min_value=1, max_value=100, places=2, allow_nan=False, allow_infinity=False)


def doegntakst(grundlag, pladser, belaegning_pct):
    return beregn_doegntakst(
        Decimal(grundlag),
        pladser=Decimal(pladser),
        belaegning_pct=Decimal(belaegning_pct),
        regler=STANDARDREGLER,
    )


@pytest.mark.regel("T14")
@pytest.mark.parametrize("tilfaelde", TAKSTER, ids=lambda t: t["kilde"])
def test_takster_regnet_i_haanden(tilfaelde):
    resultat = beregn_takst(
        enhed=Enhed(tilfaelde["enhed"]),
        grundlag=Decimal(tilfaelde["grundlag"]),
        kapacitet=Decimal(tilfaelde["kapacitet"]),
        belaegning_pct=Decimal(tilfaelde["belaegning_pct"]),
        driftsdage=tilfaelde["dage"],
        regler=STANDARDREGLER,
    )
    assert str(resultat.takst) == tilfaelde["takst"]
    assert [None if pris is None else str(pris) for pris in (resultat.pr_aar, resultat.pr_maaned)] == [
        tilfaelde["pr_aar"],
        tilfaelde["pr_maaned"],
    ]


@pytest.mark.regel("T14")
@pytest.mark.parametrize(
    ("grundlag", "pladser", "belaegning_pct", "ventet"),
    [
        ("33826456", "22", "94.9", "4438.89"),
        ("45400729", "28", "95", "4676.15"),
        ("8000000", "10", "95", "2307.14"),
    ],
    ids=["Østerskoven 2019", "Østerskoven 2020", "regneeksempel"],
)
def test_de_tre_kendte_doegntakster(grundlag, pladser, belaegning_pct, ventet):
    assert doegntakst(grundlag, pladser, belaegning_pct).takst == Decimal(ventet)


@pytest.mark.regel("T14")
def test_resultatet_baerer_sine_mellemtal():
    resultat = doegntakst("8000000", "10", "95")
    assert resultat.enheder == Decimal("3467.5")
    assert (resultat.dage, resultat.kapacitet, resultat.belaegning_pct) == (365, 10, 95)
    assert resultat.pr_aar == Decimal("842106.10")
    assert resultat.pr_maaned == Decimal("70175.51")


@pytest.mark.regel("T14")
def test_trinene_kan_laeses_og_regnes_efter():
    assert [(trin.navn, trin.indsat, trin.resultat) for trin in doegntakst("33826456", "22", "94.9").trin] == [
        ("Forventede døgn", "22 × 365 × 94,9\u00a0%", "7.620,47\u00a0døgn"),
        ("Døgntakst", "33.826.456,00 / (22 × 365 × 94,9\u00a0%)", "4.438,89\u00a0kr. pr. døgn"),
        ("Pris pr. plads pr. år", "4.438,89 × 365", "1.620.194,85\u00a0kr."),
        ("Pris pr. plads pr. måned", "1.620.194,85 / 12", "135.016,24\u00a0kr."),
    ]


def test_timetakst_har_ingen_dage_og_ingen_pris_pr_plads():
    resultat = beregn_takst(
        enhed=Enhed.TIME,
        grundlag=Decimal(1000),
        kapacitet=Decimal(10),
        belaegning_pct=Decimal(50),
        driftsdage=200,
        regler=STANDARDREGLER,
    )
    assert (resultat.takst, resultat.dage, resultat.pr_aar, resultat.pr_maaned) == (200, None, None, None)
    assert [trin.formel for trin in resultat.trin] == [
        "Timer × belægning",
        "Takstberegningsgrundlag / (timer × belægning), afrundet til øre",
    ]


@pytest.mark.regel("T14")
def test_aarets_laengde_kommer_fra_reglerne():
    resultat = beregn_doegntakst(
        Decimal(3600), pladser=Decimal(1), belaegning_pct=Decimal(100), regler=Regler(dage_pr_aar=360)
    )
    assert resultat.takst == 10


@pytest.mark.parametrize(
    ("enhed", "kapacitet", "dage", "belaegning", "felt"),
    [
        (Enhed.DOEGN, None, None, 95, "pladser"),
        (Enhed.DOEGN, 0, None, 95, "pladser"),
        (Enhed.DOEGN, -1, None, 95, "pladser"),
        (Enhed.DAG, 10, None, 95, "driftsdage"),
        (Enhed.DAG, 10, 0, 95, "driftsdage"),
        (Enhed.TIME, None, None, 95, "kapacitetstimer"),
        (Enhed.ENHED, None, None, 95, "antal"),
        (Enhed.DOEGN, 10, None, None, "belaegning_pct"),
        (Enhed.DOEGN, 10, None, 0, "belaegning_pct"),
    ],
)
def test_det_der_mangler_naevnes_med_felt(enhed, kapacitet, dage, belaegning, felt):
    with pytest.raises(Beregningsfejl) as fejl:
        beregn_takst(
            enhed=enhed,
            grundlag=Decimal(1),
            kapacitet=None if kapacitet is None else Decimal(kapacitet),
            belaegning_pct=None if belaegning is None else Decimal(belaegning),
            driftsdage=dage,
            regler=STANDARDREGLER,
        )
    assert fejl.value.felt == felt
    assert fejl.value.besked.startswith("Indtast")


@pytest.mark.regel("T9")
def test_en_ukendt_enhed_afvises():
    with pytest.raises(ValueError, match="uge"):
        beregn_takst(
            enhed="uge",
            grundlag=Decimal(1),
            kapacitet=Decimal(1),
            belaegning_pct=Decimal(95),
            regler=STANDARDREGLER,
        )


def test_feltet_for_kapacitet_tager_ogsaa_den_gemte_kode():
    assert [felt_for_kapacitet(kode) for kode in ("doegn", "dag", "time", "enhed")] == [
        "pladser",
        "pladser",
        "kapacitetstimer",
        "antal",
    ]


@pytest.mark.regel("T14")
@given(GRUNDLAG, PLADSER, BELAEGNING)
def test_taksten_ligger_hoejst_en_halv_oere_fra_den_praecise(grundlag, pladser, belaegning):
    praecis = Fraction(grundlag) / (Fraction(pladser) * 365 * Fraction(belaegning) / 100)
    assert abs(Fraction(doegntakst(grundlag, pladser, belaegning).takst) - praecis) <= Fraction(1, 200)


@given(GRUNDLAG, GRUNDLAG, PLADSER, BELAEGNING)
def test_stoerre_grundlag_giver_aldrig_lavere_takst(a, b, pladser, belaegning):
    lille, stor = sorted([a, b])
    assert doegntakst(lille, pladser, belaegning).takst <= doegntakst(stor, pladser, belaegning).takst


@given(GRUNDLAG, PLADSER, PLADSER, BELAEGNING)
def test_flere_pladser_giver_aldrig_hoejere_takst(grundlag, a, b, belaegning):
    faa, mange = sorted([a, b])
    assert doegntakst(grundlag, faa, belaegning).takst >= doegntakst(grundlag, mange, belaegning).takst


@given(GRUNDLAG, PLADSER, BELAEGNING, BELAEGNING)
def test_hoejere_belaegning_giver_aldrig_hoejere_takst(grundlag, pladser, a, b):
    lav, hoej = sorted([a, b])
    assert doegntakst(grundlag, pladser, lav).takst >= doegntakst(grundlag, pladser, hoej).takst
