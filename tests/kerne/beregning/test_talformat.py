"""The Danish number forms in Python, from the table that JavaScript is held to as well."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialaftale.kerne import talformat
from socialaftale.kerne.penge import afrund, afrund_kvotient

TALFORMER = json.loads(Path(__file__).parents[3].joinpath("fixtures/talformer.json").read_text("utf-8"))
BELOEB = st.decimals(
    min_value=-999_999_999_999, max_value=999_999_999_999, places=2, allow_nan=False, allow_infinity=False
)
LAESERE = {
    "beloeb": talformat.laes_beloeb,
    "tal": talformat.laes_tal,
    "procent": talformat.laes_procent,
    "heltal": lambda tekst, decimaler: talformat.laes_heltal(tekst),
}
SKRIVERE = {
    "beloeb": talformat.skriv_beloeb,
    "kr": talformat.skriv_kr,
    "pct": talformat.skriv_pct,
    "aendring": talformat.skriv_aendring,
}


@pytest.mark.parametrize("tilfaelde", TALFORMER["laes"], ids=lambda t: f"{t['art']}-{t['tekst'][:30]!a}")
def test_laes(tilfaelde):
    laes = LAESERE[tilfaelde["art"]]
    if "besked" in tilfaelde:
        with pytest.raises(talformat.TalFejl) as fejl:
            laes(tilfaelde["tekst"], decimaler=tilfaelde["decimaler"])
        assert fejl.value.besked == tilfaelde["besked"]
    else:
        assert str(laes(tilfaelde["tekst"], decimaler=tilfaelde["decimaler"])) == tilfaelde["vaerdi"]


@pytest.mark.parametrize("tilfaelde", TALFORMER["skriv"], ids=lambda t: f"{t['art']}-{t['vaerdi']}")
def test_skriv(tilfaelde):
    vaerdi = None if tilfaelde["vaerdi"] is None else Decimal(tilfaelde["vaerdi"])
    assert SKRIVERE[tilfaelde["art"]](vaerdi, tilfaelde["vis"]) == tilfaelde["tekst"]


@pytest.mark.parametrize("tilfaelde", TALFORMER["kvotient"], ids=lambda t: f"{t['taeller']}/{t['naevner']}")
def test_kvotient(tilfaelde):
    resultat = afrund_kvotient(int(tilfaelde["taeller"]), int(tilfaelde["naevner"]), 0)
    assert resultat == int(tilfaelde["resultat"])


@given(BELOEB)
def test_det_skrevne_laeses_som_det_samme(beloeb):
    assert talformat.laes_beloeb(talformat.skriv_beloeb(beloeb)) == beloeb
    assert talformat.laes_beloeb(talformat.skriv_kr(beloeb)) == beloeb


@given(st.decimals(min_value=-1000, max_value=1000, places=1, allow_nan=False, allow_infinity=False))
def test_den_skrevne_procent_laeses_som_den_samme(pct):
    assert talformat.laes_procent(talformat.skriv_pct(pct)) == pct


@given(st.integers(min_value=-(10**14), max_value=10**14))
def test_det_skrevne_heltal_laeses_som_det_samme(tal):
    assert talformat.laes_heltal(talformat.skriv_heltal(tal)) == tal


@given(st.text(max_size=30))
def test_en_vilkaarlig_tekst_laeses_eller_afvises_med_dansk_besked(tekst):
    besked = "Læst"
    try:
        assert talformat.laes_beloeb(tekst) == afrund(talformat.laes_beloeb(tekst))
        assert set(tekst) <= set("0123456789.,-−–kKrR \t\r\n\u00a0\u2009\u202f")
    except talformat.TalFejl as fejl:
        besked = fejl.besked
    assert besked[0].isupper()


@pytest.mark.parametrize(
    ("tal", "tekst"), [("22.00", "22"), ("2143.50", "2.143,5"), ("100", "100"), ("0.004", "0"), ("-5.5", "−5,5")]
)
def test_skriv_tal_uden_overfloedige_nuller(tal, tekst):
    assert talformat.skriv_tal(Decimal(tal)) == tekst


def test_skriv_andel_som_procent():
    assert talformat.skriv_andel_pct(Decimal(1131) / Decimal(4876)) == "23,2\u00a0%"
    assert talformat.skriv_andel_pct(None) == "–"


def test_ukendt_tal():
    assert talformat.skriv_tal(None) == talformat.skriv_heltal(None) == "–"
