"""Old figures: other people's that nobody has renewed, and the figures of an earlier period."""

import pytest

from socialaftale.kerne.tekst.port.fund import Alvor
from socialaftale.kerne.tekst.port.kilder import find
from socialaftale.kerne.tekst.port.laesning import Portkapitel, Porttekst
from socialaftale.kerne.tekst.port.viden import Viden


@pytest.fixture
def viden():
    return Viden(
        "2027-2028",
        2027,
        2028,
        gamle={"ekstern.unge": (2022, 3)},
        tidligere={"pladser.i_alt": ("Pladser i alt", "2022"), "pladser.andel": ("Andelen", "2022")},
    )


def fund(viden, *indhold):
    kapitler = (Portkapitel(f"k{nr}", f"Kapitel {nr}", tekst) for nr, tekst in enumerate(indhold, start=1))
    return list(find(Porttekst(tuple(kapitler)), viden))


def test_et_gammelt_tal_meldes_en_gang_pr_kapitel(viden):
    viden.trykt = {"ekstern.unge": "15 %"}
    tekst = "<p>Det er {{ ekstern.unge }}{{ note:unge }}.</p><p>Igen {{ ekstern.unge }}.</p>"
    (foerste, andet) = fund(viden, tekst, tekst)
    assert foerste.hvad == "Tallet er fra 2022, 5 år før perioden begynder"
    assert "3 år gamle" in foerste.hvorfor
    assert (foerste.sted.citat, foerste.kode, foerste.alvor) == ("15 %", "kilde.gammel", Alvor.ADVARSEL)
    assert foerste.kan_fraviges
    assert foerste.fingeraftryk != andet.fingeraftryk


def test_en_note_alene_er_ogsaa_brug(viden):
    assert [f.kode for f in fund(viden, "<p>Mange{{ note:unge }}.</p>")] == ["kilde.gammel"]


def test_en_rettet_kilde_kraever_en_ny_fravigelse(viden):
    tekst = "<p>Det er {{ ekstern.unge }}.</p>"
    (foer,) = fund(viden, tekst)
    viden.gamle["ekstern.unge"] = (2023, 3)
    (efter,) = fund(viden, tekst)
    assert foer.fingeraftryk != efter.fingeraftryk


def test_periodens_manglende_tal_meldes_samlet(viden):
    (et,) = fund(viden, "<p>{{ pladser.i_alt|ca }} og {{ pladser.andel|pct }}.</p><p>{{ pladser.i_alt }}</p>")
    assert et.hvad == "Kapitlets tal er fra 2022, for perioden har ikke sine egne endnu"
    assert "Pladser i alt, Andelen." in et.hvorfor
    assert et.kode == "kilde.tidligere"


def test_friske_tal_meldes_ikke(viden):
    assert fund(viden, "<p>{{ ekstern.andet }} og {{ parter.antal }}</p>") == []
