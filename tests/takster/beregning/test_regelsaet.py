"""Every limit tells what it is: name, unit, rule and use."""

import json
from dataclasses import fields
from decimal import Decimal
from pathlib import Path

import pytest

from takster.beregning.regelsaet import STANDARDREGLER, Regler, graensebeskrivelser

FIXTURES = Path(__file__).parents[3] / "fixtures"
REGELNUMRE = {regel["nr"] for regel in json.loads((FIXTURES / "regler.json").read_text("utf-8"))["regler"]}
INDLAEST = json.loads((FIXTURES / "takster" / "regelsaet.json").read_text("utf-8"))["graenser"]["faelles"]


@pytest.mark.parametrize("graense", fields(Regler), ids=lambda graense: graense.name)
def test_graensen_er_beskrevet(graense):
    assert set(graense.metadata) == {"regel", "navn", "enhed", "bruges"}
    assert all(tekst and tekst == tekst.strip() for tekst in graense.metadata.values())
    assert graense.metadata["regel"] in REGELNUMRE
    assert graense.metadata["navn"][0].isupper()
    assert not graense.metadata["bruges"].endswith(".")
    # The kinds of value a rule set can store.
    assert type(graense.default) in {int, Decimal}


def test_navne_er_forskellige():
    navne = [beskrivelse.navn for beskrivelse in graensebeskrivelser()]
    assert len(set(navne)) == len(navne) == len(fields(Regler))


def test_beskrivelserne_har_standarden():
    for beskrivelse in graensebeskrivelser():
        assert getattr(STANDARDREGLER, beskrivelse.felt) == beskrivelse.standard


@pytest.mark.parametrize("felt", sorted(INDLAEST))
def test_de_indlaeste_graenser_har_samme_regelnummer(felt):
    regler = {beskrivelse.felt: beskrivelse.regel for beskrivelse in graensebeskrivelser()}
    assert regler[felt] == INDLAEST[felt]["regel"]
