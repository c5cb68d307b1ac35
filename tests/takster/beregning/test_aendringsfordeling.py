"""Bands of change and the largest rises and falls."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takster.beregning.aendringsfordeling import fordel_paa_baand, stoerste_aendringer
from takster.beregning.takstudvikling import Takstpar

KILDE = Path(__file__).resolve().parents[3] / "fixtures" / "takster" / "takstudvikling_2021_2023.csv"


def par(navn, pct):
    ny = 100 + Decimal(pct)
    return Takstpar(
        noegle=navn, driftsherre="Aalborg", navn=navn, gammel=Decimal(100), ny=ny, gammel_fast=Decimal(100), ny_fast=ny
    )


@pytest.mark.regel("T95")
@pytest.mark.parametrize(
    ("pct", "nummer"),
    [
        ("-10.01", 0),
        ("-10.00", 1),
        ("-5.01", 1),
        ("-5.00", 2),
        ("-0.01", 2),
        ("0.00", 3),
        ("5.00", 3),
        ("5.01", 4),
        ("10.00", 4),
        ("10.01", 5),
    ],
)
def test_en_graense_hoerer_til_baandet_naermest_nul(pct, nummer):
    assert [baand.antal for baand in fordel_paa_baand([Decimal(pct)])].index(1) == nummer


def test_baandenes_tekster():
    assert [baand.tekst.replace("\u00a0", " ") for baand in fordel_paa_baand([])] == [
        "Under −10 %",
        "−10 til −5 %",
        "−5 til 0 %",
        "0 til 5 %",
        "5 til 10 %",
        "Over 10 %",
    ]


@pytest.mark.regel("T92")
def test_driftsherrernes_gennemsnit_2021_2023():
    with KILDE.open(encoding="utf-8", newline="") as fil:
        procenter = [Decimal(raekke["gennemsnitlig_aendring_pct"]) for raekke in csv.DictReader(fil)]
    assert [baand.antal for baand in fordel_paa_baand(procenter)] == [1, 0, 6, 3, 1, 0]


@given(st.lists(st.decimals(min_value=-100, max_value=500, places=2)))
def test_hver_aendring_er_i_et_baand(procenter):
    assert sum(baand.antal for baand in fordel_paa_baand(procenter)) == len(procenter)


def test_graenser_skal_stige():
    with pytest.raises(ValueError, match="go up"):
        fordel_paa_baand([], graenser=[Decimal(5), Decimal(5)])


def test_de_stoerste_stigninger_og_fald():
    alle = [par("b", 4), par("a", 4), par("c", 9), par("d", 0), par("e", -3), par("f", -16)]
    yderpunkter = stoerste_aendringer(alle, antal=2)
    assert [et.navn for et in yderpunkter.stigninger] == ["c", "a"]
    assert [et.navn for et in yderpunkter.fald] == ["f", "e"]
