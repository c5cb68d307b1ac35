"""Lists from the register in texts, on the real memberships."""

import pytest

from socialaftale.kerne.tal.katalog import Talkontekst, TalMangler
from socialaftale.kerne.tekst.blokke import Tekstkontekst
from tests.tilbud.factories import ForstaerketmedlemFactory, TilbudFactory
from tilbud.tekstblokke import forstaerket


def kontekst(periode):
    return Tekstkontekst(Talkontekst(periode))


def test_medlemmer_i_periodens_foerste_aar(organisationer):
    tilbud = TilbudFactory(navn="Østerskoven", driftsherre=organisationer["region-nordjylland"], offentliggjort=True)
    ForstaerketmedlemFactory(tilbud=tilbud, fra_aar=2021, til_aar=2024, maalgruppe="Voksne med <hjerneskade>.")
    ForstaerketmedlemFactory(tilbud=TilbudFactory(navn="Birken", offentliggjort=True), fra_aar=None, til_aar=2022)
    assert forstaerket(kontekst("2023-2024")) == (
        "<ul><li><strong>Østerskoven</strong> (Region Nordjylland). "
        "Målgruppe: voksne med &lt;hjerneskade&gt;.</li></ul>"
    )
    assert "Birken" in forstaerket(kontekst("2021-2022"))


def test_uden_medlemmer_er_der_intet_at_vise(db):
    with pytest.raises(TalMangler):
        forstaerket(kontekst("2023-2024"))
