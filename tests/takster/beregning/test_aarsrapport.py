"""What the annual reports print against their own figures; the figures are those of the reports for 2019."""

from decimal import Decimal

import pytest

from takster.beregning.aarsrapport import (
    Budgetgrundlag,
    bemaerk_belaegning,
    bemaerk_kapacitet,
    bemaerk_resultat,
    beregn_historisk_takst,
)
from takster.beregning.regelsaet import STANDARDREGLER


@pytest.mark.regel("T14")
@pytest.mark.parametrize(
    ("budget", "pladser", "pct", "takst"),
    [
        pytest.param("33826456", "22", "94.9", "4438.89", id="Østerskoven 2019"),
        pytest.param("45400729", "28", "95.0", "4676.15", id="Østerskoven 2020"),
    ],
)
def test_doegntakst_af_aarsrapporten(budget, pladser, pct, takst):
    grundlag = Budgetgrundlag(budget=Decimal(budget), pladser=Decimal(pladser), belaegning_pct=Decimal(pct))
    assert beregn_historisk_takst(grundlag, regler=STANDARDREGLER).takst == Decimal(takst)


@pytest.mark.parametrize("mangler", ["budget", "pladser", "belaegning_pct"])
def test_uden_alle_tre_tal_er_der_ingen_takst(mangler):
    tal = {"budget": Decimal(100), "pladser": Decimal(1), "belaegning_pct": Decimal(95)} | {mangler: None}
    assert beregn_historisk_takst(Budgetgrundlag(**tal), regler=STANDARDREGLER) is None


@pytest.mark.regel("T22")
def test_trykt_resultat():
    assert bemaerk_resultat(Decimal(850565), Decimal(850564)).startswith("Resultatet er trykt som 850.564")
    assert bemaerk_resultat(Decimal(-986997), Decimal(-986997)) == ""
    assert bemaerk_resultat(Decimal(1), None) == ""


@pytest.mark.regel("T21")
@pytest.mark.parametrize(
    ("beregnet", "trykt", "afviger"),
    [
        pytest.param("110.0000", "110.2", True, id="Østerskoven 2019"),
        pytest.param("77.7778", "78.1", True, id="Kvisten 2019"),
        pytest.param("61.1111", "61", False, id="Kvisten 2020, printed without decimals"),
        pytest.param("77.0966", "77.1", False, id="ISHD 2A/2B 2018"),
    ],
)
def test_trykt_belaegning_sammenlignes_med_de_decimaler_den_har(beregnet, trykt, afviger):
    assert bool(bemaerk_belaegning(Decimal(beregnet), Decimal(trykt))) is afviger


def test_ukendt_belaegning_er_ingen_afvigelse():
    assert bemaerk_belaegning(None, Decimal(80)) == ""
    assert bemaerk_belaegning(Decimal(80), None) == ""


@pytest.mark.parametrize(
    ("kapacitet", "forrige", "aktivitet", "trykt", "fundet"),
    [
        pytest.param("1885", "2900", None, "65", True, id="ISHD 2A/2B 2020"),
        pytest.param("8036", "9800", None, "82", True, id="ISHD 2C syn 2020"),
        pytest.param("870", "1027", None, "80", False, id="ISHD 2E 2020: a real change"),
        pytest.param("960", "960", None, "95", False, id="unchanged"),
        pytest.param("1885", "2900", "1200", "65", False, id="activity is told"),
        pytest.param("1885", None, None, "65", False, id="first year"),
    ],
)
def test_forventet_aktivitet_i_kapacitetens_raekke(kapacitet, forrige, aktivitet, trykt, fundet):
    tekst = bemaerk_kapacitet(
        Decimal(kapacitet), forrige and Decimal(forrige), aktivitet and Decimal(aktivitet), Decimal(trykt)
    )
    assert bool(tekst) is fundet
