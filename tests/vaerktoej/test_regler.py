import json
from typing import NamedTuple

import pytest

from tests.plugins.regelliste import REGLER, maerkede_regler, regelnumre, regler_med_test
from tests.vaerktoej.regler import main, rapport

KATALOG = {
    "grupper": {"A": {"navn": "Omfattede tilbud"}, "B": {"navn": "Takstmodel"}},
    "regler": [
        {"nr": "T1", "titel": "Lovhjemler", "gruppe": "A"},
        {"nr": "T2", "titel": "Regionens tilbud", "gruppe": "A"},
        {"nr": "T9", "titel": "Afregning", "gruppe": "B"},
    ],
}


class Punkt(NamedTuple):
    """A collected test, as much of it as the plugin reads."""

    nodeid: str
    maerker: tuple[pytest.Mark, ...] = ()

    def iter_markers(self, navn):
        return (maerke for maerke in self.maerker if maerke.name == navn)


def test_regelbogen_har_alle_numre_i_orden_og_hver_sin_titel():
    ventet = [f"T{n}" for n in range(1, 96)] + [f"FIN{n}" for n in range(7)] + [f"FS{n}" for n in range(1, 12)]
    assert list(regelnumre()) == ventet
    bog = json.loads(REGLER.read_text(encoding="utf-8"))
    assert len({regel["titel"] for regel in bog["regler"]}) == len(ventet)
    assert {regel["gruppe"] for regel in bog["regler"]} == set(bog["grupper"])


def test_parametre_til_samme_test_taeller_en_gang():
    maerke = pytest.mark.regel("T1", "T9").mark
    punkter = [Punkt("a.py::test_a[1]", (maerke,)), Punkt("a.py::test_a[2]", (maerke,)), Punkt("a.py::test_b")]
    fundet = regler_med_test(punkter)
    assert fundet["T1"] == fundet["T9"] == ["a.py::test_a"]
    assert fundet["T2"] == []
    assert list(fundet) == list(regelnumre())


def test_en_ukendt_regel_er_en_fejl():
    with pytest.raises(ValueError, match="'T96'"):
        maerkede_regler(Punkt("a.py::test_a", (pytest.mark.regel("T1", "T96").mark,)))


def test_et_maerke_uden_nummer_er_en_fejl():
    with pytest.raises(ValueError, match="needs a number"):
        maerkede_regler(Punkt("a.py::test_a", (pytest.mark.regel().mark,)))


def test_rapporten_viser_test_mangler_og_sum():
    assert rapport(KATALOG, {"T2": ["a.py::test_a", "a.py::test_b"]}) == (
        "A. Omfattede tilbud\n"
        "T1    Lovhjemler  – ingen test\n"
        "T2    Regionens tilbud\n"
        "        a.py::test_a\n"
        "        a.py::test_b\n"
        "\n"
        "B. Takstmodel\n"
        "T9    Afregning  – ingen test\n"
        "\n"
        "1 af 3 regler er dækket\n"
    )


def test_rapporten_kan_vise_en_enkelt_regel_men_summen_er_af_alle():
    assert rapport(KATALOG, {"T9": ["a.py::test_a"]}, ["T9"]) == (
        "B. Takstmodel\nT9    Afregning\n        a.py::test_a\n\n1 af 3 regler er dækket\n"
    )


def test_en_regel_der_ikke_findes_giver_besked(capsys):
    assert main(["T96"]) == 2
    assert capsys.readouterr().err == "Ukendt regel: T96\n"
