"""Findings are computed: they change with the numbers and hold in the odd cases."""

from __future__ import annotations

from tests.tilbud.kapacitet.test_kapacitetsberegning import opgoerelse
from tilbud import kapacitetstekster as tekster
from tilbud.beregning.kapacitet import Udvikling
from tilbud.beregning.pladsfordeling import Interval


def test_kortfund_naevner_de_stoerste_og_dem_uden():
    tal = opgoerelse("2023-2024", 2022, a=(1, 1, 50), b=(1, 1, 30), c=(1, 1, 15), d=(1, 1, 5), e=(1, 1, 0))
    assert tekster.kortfund(tal) == (
        "Flest af socialaftalens pladser ligger i A (50), B (30) og C (15). Det er tilsammen 95\u00a0%. E har ingen."
    )


def test_kortfund_uden_pladser_i_aftalen():
    assert tekster.kortfund(opgoerelse("2023-2024", 2022, a=(1, 1, 0))) == (
        "Ingen kommuner har pladser i socialaftalen i 2022."
    )


def test_kortfund_med_faa_kommuner_og_mange_uden():
    assert tekster.kortfund(opgoerelse("x", 2022, a=(0, 0, 7))) == "Flest af socialaftalens pladser ligger i A (7)."
    tomme = dict.fromkeys("bcde", (1, 1, 0))
    assert tekster.kortfund(opgoerelse("x", 2022, a=(0, 0, 7), **tomme)).endswith("4 kommuner har ingen.")


def test_soejlefund():
    tal = opgoerelse("x", 2022, a=(10, 0, 10), b=(90, 0, 10))
    assert tekster.soejlefund(tal) == (
        "B har flest pladser i alt, 100. Socialaftalens andel er størst i A (50,0\u00a0%) og mindst i B (10,0\u00a0%)."
    )
    assert tekster.soejlefund(opgoerelse("x", 2022, a=(1, 0, 1), b=(1, 0, 1))) == "A har flest pladser i alt, 2."


def test_udviklingsfund_stigning_fald_og_stilstand():
    foer = opgoerelse("1", 2020, a=(0, 0, 10), b=(0, 0, 10))
    assert tekster.udviklingsfund(Udvikling(foer, opgoerelse("2", 2022, a=(0, 0, 16), b=(0, 0, 9)))) == (
        "Antallet af pladser i socialaftalen er steget med 5 (25,0\u00a0%) fra 2020 til 2022. "
        "Størst stigning har A (+6), størst fald har B (−1)."
    )
    assert tekster.udviklingsfund(Udvikling(foer, opgoerelse("2", 2022, a=(0, 0, 10), b=(0, 0, 10)))) == (
        "Antallet af pladser i socialaftalen er uændret fra 2020 til 2022."
    )
    faldet = Udvikling(foer, opgoerelse("2", 2022, a=(0, 0, 5), b=(0, 0, 10)))
    assert "er faldet med 5 (25,0\u00a0%)" in tekster.udviklingsfund(faldet)
    assert "Størst fald har A (−5)." in tekster.udviklingsfund(faldet)


def test_udvikling_fra_ingen_pladser_har_ingen_procent():
    udvikling = Udvikling(opgoerelse("1", 2020, a=(0, 0, 0)), opgoerelse("2", 2022, a=(0, 0, 3)))
    assert tekster.udviklingsfund(udvikling).startswith("Antallet af pladser i socialaftalen er steget med 3 fra 2020")


def test_hovedfund_uden_navngiven_broek():
    tal = opgoerelse("x", 2022, a=(0, 0, 9), b=(1, 0, 0))
    assert tekster.hovedfund(tal, omraade="", aftalenavn="Aftalen") == (
        "I 2022 var der 10 dag- og døgnpladser. 9 af dem (90,0\u00a0%) var med i Aftalen."
    )


def test_kommunefund():
    tal = opgoerelse("x", 2022, a=(2, 1, 1), b=(1, 0, 3), c=(1, 0, 0))
    assert tekster.kommunefund(tal, tal.kommuner[0]) == (
        "I 2022 lå der 4 pladser i kommunen. 1 af dem (25,0\u00a0%) var med i socialaftalen. "
        "Det er 25,0\u00a0% af alle socialaftalens pladser."
    )
    assert tekster.kommunefund(tal, tal.kommuner[2]) == (
        "I 2022 lå der 1 plads i kommunen. Ingen af dem var med i socialaftalen."
    )


def test_interval():
    assert [tekster.interval(vaerdi) for vaerdi in (None, Interval(5, 5), Interval(5, 1008), Interval(-3, 2))] == [
        "–",
        "5",
        "5–1.008",
        "−3 til 2",
    ]


def test_artnavne():
    assert tekster.artnavn("godkendt") == "godkendte pladser"
    assert tekster.artnavn(None) == "pladser uden oplyst art"
