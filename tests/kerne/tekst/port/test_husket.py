"""What the gate remembers between two looks changes nothing of what it finds."""

from __future__ import annotations

import random

import pytest

from socialaftale.kerne import dansk
from socialaftale.kerne.tekst.port import laesning, navne, register, soegning, taltekst, viden
from socialaftale.kerne.tekst.port.afstand import afstand
from socialaftale.kerne.tekst.port.laesning import Portkapitel, Porttekst
from socialaftale.kerne.tekst.port.viden import Kendtnavn
from tests.kerne.tekst.port import hjaelp

STYKKER = (
    "Aalborg Kommune og Vesthimmerlands Komune har 2.421 pladser i 2031.",
    "Se bilag 3 og kapitel 99, som står øverst på siden. Skriv XX her [navn].",
    "Aftalen gælder fra 1. januar 2021. Mødet holdes lørdag den 3. marts 2023.",
    "Der er 11 kommuner, hver fjerde plads og ca. 600.000 personer i Danmark.",
    "Mariagerfjord Kommunes 460 pladser er 12 procent af 10.449, og 2 borgere",
    "Jammerbugt kommune, Brønderslev og Region Nordjyland deltager.",
)


def glem() -> None:
    """As in a process that has looked at nothing yet."""
    for husker in (
        soegning.alle_traef,
        laesning.saetninger,
        taltekst.laes,
        viden.stammer,
        viden._foldede_ord,
        navne._navnebog,
    ):
        husker.cache_clear()


def kapitler(terning: random.Random) -> tuple[Portkapitel, ...]:
    def indhold() -> str:
        return "".join(f"<p>{terning.choice(STYKKER)}</p>" for _ in range(6))

    return tuple(Portkapitel(f"k{nr}", f"Kapitel {nr}", indhold(), nummer=nr) for nr in range(1, 5))


@pytest.mark.parametrize("froe", range(5))
def test_fundene_er_de_samme_som_uden_hukommelse(froe):
    terning = random.Random(froe)
    tekst, kendt = Porttekst(kapitler(terning)), hjaelp.viden()
    glem()
    foerste = register.koer(tekst, kendt)
    assert foerste
    assert register.koer(tekst, kendt) == foerste
    # One chapter is written anew: the others are remembered, and all is as if nothing were.
    andet = Porttekst((*tekst.kapitler[:-1], kapitler(terning)[0]))
    husket = register.koer(andet, kendt)
    glem()
    assert husket == register.koer(andet, kendt)


def test_nye_navne_i_registret_giver_nye_fund():
    tekst, kendt = Porttekst((Portkapitel("a", "A", "<p>Kommunerne og Nyby Komune er med.</p>"),)), hjaelp.viden()
    assert not [fund for fund in register.koer(tekst, kendt) if fund.kode == "navn.naesten"]
    kendt.navne.append(Kendtnavn("Nyby Kommune", "kommunen"))
    assert [f.sted.citat for f in register.koer(tekst, kendt) if f.kode == "navn.naesten"] == ["Nyby Komune"]


def naer_ved_at_proeve_alle(bog: navne._Navnebog, antal: int, foldet: str, skrevet: str) -> tuple[str, str] | None:
    """The near name, found by comparing with every one of them."""
    for kendt, navn, _, hoejst in bog.naere[antal]:
        for uden, endelse in navne._uden_ejefald(foldet, skrevet):
            if 0 < afstand(uden, kendt, hoejst) <= hoejst and not navne._boejet(uden, kendt):
                return navn, endelse
    return None


def forvansket(terning: random.Random, navn: str) -> str:
    for _ in range(terning.randrange(4)):
        plads = terning.randrange(len(navn))
        navn = navn[:plads] + terning.choice(["", "e", "ss", navn[plads].upper()]) + navn[plads + 1 :]
    return navn + terning.choice(["", "s"])


def test_genvejene_til_naesten_rigtige_navne_springer_ingen_over():
    terning = random.Random(1)
    bog = navne._Navnebog(tuple(hjaelp.viden().navne), 2023)
    ramte = 0
    for _ in range(400):
        antal = terning.choice([antal for antal, poster in bog.naere.items() if poster])
        skrevet = forvansket(terning, terning.choice(bog.naere[antal])[1])
        ord_ = navne._ord(skrevet)
        if len(ord_) != antal:
            continue
        foldet, maske = navne._foldet(ord_), 0
        for et in ord_:
            maske |= navne._bogstaver(dansk.soegetekst(et))
        ventet = naer_ved_at_proeve_alle(bog, antal, foldet, skrevet)
        assert bog._slaa_naer_op(antal, foldet, skrevet, maske) == ventet, skrevet
        ramte += ventet is not None
    assert ramte > 50
