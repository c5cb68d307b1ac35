"""The transition table itself; each app tests its own table as states × steps."""

from enum import StrEnum

import pytest

from socialaftale.kerne.forloeb import Forloeb, Overgang, UlovligOvergang


class Tilstand(StrEnum):
    KLADDE = "kladde"
    INDSENDT = "indsendt"
    LUKKET = "lukket"


class Trin(StrEnum):
    INDSEND = "indsend"
    LUK = "luk"
    GENAABN = "genaabn"


FORLOEB = Forloeb.af(
    Tilstand.KLADDE,
    [
        Overgang(Trin.INDSEND, frozenset({Tilstand.KLADDE}), Tilstand.INDSENDT),
        Overgang(Trin.LUK, frozenset({Tilstand.KLADDE, Tilstand.INDSENDT}), Tilstand.LUKKET, kraever_begrundelse=True),
    ],
)


def test_et_lovligt_trin_giver_sin_overgang():
    overgang = FORLOEB.kraev(Trin.LUK, "indsendt")
    assert overgang.til == Tilstand.LUKKET
    assert overgang.kraever_begrundelse


@pytest.mark.parametrize(
    ("trin", "tilstand"), [(Trin.INDSEND, "indsendt"), (Trin.GENAABN, "kladde"), (Trin.LUK, "findes ikke")]
)
def test_et_ulovligt_trin_naevner_trin_og_tilstand(trin, tilstand):
    with pytest.raises(UlovligOvergang, match=f"{trin} is not allowed from {tilstand}") as fejl:
        FORLOEB.kraev(trin, tilstand)
    assert (fejl.value.overgang, fejl.value.tilstand) == (trin, tilstand)
    assert not FORLOEB.kan(trin, tilstand)


def test_mulige_trin_i_tabellens_raekkefoelge():
    assert FORLOEB.mulige("kladde") == [Trin.INDSEND, Trin.LUK]
    assert FORLOEB.mulige("lukket") == []


def test_tilstande_er_alle_dem_tabellen_naevner():
    assert FORLOEB.tilstande == set(Tilstand)


def test_samme_trin_to_gange_er_en_fejl_i_tabellen():
    overgang = Overgang(Trin.LUK, frozenset({Tilstand.KLADDE}), Tilstand.LUKKET)
    with pytest.raises(ValueError, match="luk stands twice"):
        Forloeb.af(Tilstand.KLADDE, [overgang, overgang])
