"""The ATA calculator as a page (T39)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from socialaftale.kerne.enums import Rolle

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.kun_sqlite("the page is made in Python; the permission walk runs its queries on PostgreSQL"),
]
EKSEMPEL = {
    "ata_personale": "Pædagoger",
    "ata_timeomkostning": "206",
    "ata_fravaer_pct": "33",
    "ata_doegn_pct": "25 %",
    "ata_foelge_pct": "5",
    "ata_levering": "uden_for",
    "ata_metode": "additiv",
    "ata_minutter": "30",
    "ata_gange": "5",
}


@pytest.fixture
def hent(log_ind):
    klient = log_ind(Rolle.KOMMUNE_MYNDIGHED)

    def hent_siden(**felter: str):
        return klient.get(reverse("takster:ata", query=felter))

    return hent_siden


@pytest.mark.regel("T39")
def test_styringsaftalens_eksempel(hent):
    svar = hent(**EKSEMPEL)
    assert svar.status_code == 200
    assert "335,78\u00a0kr." in svar.text
    assert "839,45\u00a0kr." in svar.text
    assert "Sådan er tallet beregnet" in svar.text
    # Every component on its own.
    for del_ in ("67,98", "51,50", "10,30"):
        assert del_ in svar.text
    assert "5 × 30 / 60 × 335,78" in svar.context["tekst"]


@pytest.mark.regel("T39")
def test_ganget_giver_et_andet_tal(hent):
    assert "356,17\u00a0kr." in hent(**EKSEMPEL | {"ata_metode": "multiplikativ"}).text


@pytest.mark.regel("T39")
def test_for_store_foelgeomkostninger_staar_ved_feltet(hent):
    svar = hent(**EKSEMPEL | {"ata_foelge_pct": "5,5"})
    assert svar.status_code == 422
    assert svar.context["fejl"][0].maal == "id_ata_foelge_pct"
    assert svar.context["takst"] is None
    assert 'value="5,5"' in svar.text


@pytest.mark.regel("T39")
def test_advarsel_naar_koefficienten_ikke_passer(hent):
    svar = hent(**EKSEMPEL | {"ata_levering": "inden_for"})
    assert svar.status_code == 200
    assert "døgnkoefficienten skal være 0" in svar.text


@pytest.mark.parametrize(
    ("felt", "tekst"),
    [("ata_timeomkostning", ""), ("ata_timeomkostning", "0"), ("ata_timeomkostning", "2.06"), ("ata_gange", "0")],
)
def test_det_der_mangler_staar_ved_feltet(hent, felt, tekst):
    svar = hent(**EKSEMPEL | {felt: tekst})
    assert svar.status_code == 422
    assert svar.context["fejl"][0].maal == f"id_{felt}"


def test_uden_tal_er_siden_tom(hent):
    svar = hent()
    assert svar.status_code == 200
    assert svar.context["takst"] is None
    assert not svar.context["fejl"]
