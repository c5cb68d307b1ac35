"""Form fields: what is accepted, what is shown again, what is said."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django import forms

from socialaftale.kerne.formularer import (
    AarField,
    BeloebField,
    DatoField,
    Formular,
    HeltalField,
    ProcentField,
    TalField,
    TekstField,
    TekstomraadeField,
)


class Skema(Formular):
    beloeb = BeloebField(label="Vikarer", mangler="Indtast beløb for vikarer", hoejst=2_000_000)
    hele = BeloebField(label="Løn", decimaler=0, required=False)
    pladser = HeltalField(label="Antal pladser", mindst=1)
    belaegning = ProcentField(label="Forventet belægning", hoejst=105)
    timer = TalField(label="Timer", decimaler=1, required=False)
    dato = DatoField(label="Startdato", tidligst=dt.date(2027, 1, 1), senest=dt.date(2027, 12, 31))
    navn = TekstField(label="Tilbuddets navn", max_length=20)
    note = TekstomraadeField(label="Bemærkninger", required=False, max_length=50)


GODE = {
    "beloeb": "1.250.000,50 kr.",
    "hele": "−500",
    "pladser": "1.250",
    "belaegning": "97,5 %",
    "timer": "12,5",
    "dato": "15/10-2027",
    "navn": " Østergade ",
    "note": "",
}


def test_gode_svar_bliver_til_vaerdier():
    formular = Skema(GODE)
    assert formular.is_valid(), formular.errors
    assert formular.cleaned_data == {
        "beloeb": Decimal("1250000.50"),
        "hele": Decimal(-500),
        "pladser": 1250,
        "belaegning": Decimal("97.5"),
        "timer": Decimal("12.5"),
        "dato": dt.date(2027, 10, 15),
        "navn": "Østergade",
        "note": "",
    }


@pytest.mark.parametrize(
    ("felt", "skrevet", "besked"),
    [
        ("beloeb", "", "Indtast beløb for vikarer"),
        ("beloeb", "12.5", "Vikarer: skriv beløbet med komma før øre, fx 1.250,50"),
        ("beloeb", "2.000.000,01", "Vikarer må højst være 2.000.000\u00a0kr."),
        ("hele", "1,25", "Løn: skriv beløbet i hele kroner, fx 1.250"),
        ("pladser", "", "Udfyld antal pladser"),
        ("pladser", "0", "Antal pladser skal være mindst 1"),
        ("pladser", "ti", "Antal pladser: skriv et helt tal, fx 1.250"),
        ("belaegning", "120", "Forventet belægning må højst være 105\u00a0%"),
        ("dato", "31.02.2027", "Startdato: datoen findes ikke i kalenderen. Skriv den fx som 15.10.2026"),
        ("dato", "15.10.27", "Startdato: skriv årstallet med fire cifre, fx 15.10.2026"),
        ("dato", "31.12.2026", "Startdato skal være den 1. januar 2027 eller senere"),
        ("dato", "01.01.2028", "Startdato skal være den 31. december 2027 eller tidligere"),
        ("navn", "x" * 21, "Tilbuddets navn må højst fylde 20 tegn. Du har skrevet 21 tegn"),
        ("note", "x" * 51, "Bemærkninger må højst fylde 50 tegn. Du har skrevet 51 tegn"),
    ],
)
def test_besked_og_det_skrevne_vises_igen(felt, skrevet, besked):
    """Requirement 1: every value comes back exactly as typed, with a text that says what to do."""
    formular = Skema({**GODE, felt: skrevet})
    assert not formular.is_valid()
    assert formular.errors == {felt: [besked]}
    assert formular[felt].value() == skrevet
    if skrevet:
        assert skrevet in str(formular[felt])
    assert besked in formular[felt].as_field_group()


@pytest.mark.parametrize("skrevet", ["  1.250.000,5", "kr. 5", "1250000,50", "97,5"])
def test_gode_svar_vises_ogsaa_som_skrevet(skrevet):
    """A second field's error must not rewrite this one."""
    formular = Skema({**GODE, "beloeb": skrevet, "navn": ""})
    assert not formular.is_valid()
    assert f'value="{skrevet}"' in str(formular["beloeb"])


@pytest.mark.parametrize(
    ("felt", "vaerdi", "vist"),
    [
        ("beloeb", Decimal("1250000.5"), "1.250.000,50"),
        ("hele", Decimal(-500), "−500"),
        ("pladser", 1250, "1.250"),
        ("belaegning", Decimal("97.50"), "97,5"),
        ("dato", dt.date(2027, 1, 5), "05.01.2027"),
        ("beloeb", None, None),
    ],
)
def test_gemte_vaerdier_skrives_paa_dansk(felt, vaerdi, vist):
    assert Skema(initial={felt: vaerdi})[felt].value() == vist


def test_uaendret_trods_anden_skrivemaade():
    start = {"beloeb": Decimal("1250.00"), "dato": dt.date(2027, 10, 15)}
    formular = Skema({"beloeb": "1.250 kr.", "dato": "2027-10-15"}, initial=start)
    assert formular.changed_data == []
    assert Skema({"beloeb": "1.251", "dato": "x"}, initial=start).changed_data == ["beloeb", "dato"]


def test_talfelter_er_almindelige_tekstfelter():
    """type=number loses Danish input and changes by the mouse wheel."""
    html = str(Skema()["beloeb"])
    assert 'type="text"' in html
    assert 'inputmode="decimal"' in html
    assert 'data-decimaler="2"' in html
    assert "tal input-width-s" in html


@pytest.mark.parametrize(
    ("felt", "tekst", "sted"),
    [
        ("navn", "Ring 010190-1234", "tegn 6"),
        ("note", "Første linje\nanden 0101901234", "linje 2"),
    ],
)
def test_cpr_afvises_uden_at_gentages(felt, tekst, sted):
    formular = Skema({**GODE, felt: tekst})
    (besked,) = formular.errors[felt]
    assert besked.startswith("Fjern det, der ligner et CPR-nummer, i ")
    assert sted in besked
    assert "010190" not in besked
    assert formular[felt].value() == tekst


def test_modellens_graenser_foelger_med():
    class Model(Formular):
        tal = BeloebField(label="Beløb", max_digits=5, decimal_places=2)
        antal = HeltalField(label="Antal", min_value=0)

    formular = Model({"tal": "1000", "antal": "-1"})
    assert formular.errors["tal"] == ["Beløb: tallet er for stort. Se efter, om der er et ciffer for meget"]
    assert formular.errors["antal"] == ["Antal skal være mindst 0"]
    assert Model({"tal": "999,99", "antal": "0"}).is_valid()


def test_bredde_og_egen_klasse_kan_staa_sammen():
    class Egen(forms.Form):
        tal = HeltalField(bredde="m", widget=forms.TextInput(attrs={"class": "min-egen"}))

    assert 'class="form-input tal min-egen input-width-m"' in str(Egen()["tal"])


class Aarstal(Formular):
    aar = AarField(label="Takstår", mindst=2000)


@pytest.mark.parametrize(
    ("skrevet", "besked"),
    [
        ("26", "Takstår: skriv årstallet med fire cifre, fx 2024"),
        ("2.026", "Takstår: skriv årstallet med fire cifre, fx 2024"),
        ("1999", "Takstår skal være mindst 2000"),
        ("2101", "Takstår må højst være 2100"),
    ],
)
def test_et_aar_er_fire_cifre_og_aldrig_grupperet(skrevet, besked):
    formular = Aarstal({"aar": skrevet})
    assert formular.errors == {"aar": [besked]}
    assert f'value="{skrevet}"' in str(formular["aar"])
    assert 'value="2026"' in str(Aarstal(initial={"aar": 2026})["aar"])
    # Not one of the sheet's numbers: skema.js would group the digits.
    assert "data-tal" not in str(formular["aar"])
