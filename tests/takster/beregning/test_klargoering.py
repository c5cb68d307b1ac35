"""What a form takes over from last year."""

from __future__ import annotations

from decimal import Decimal

import pytest

from takster.beregning.klargoering import Forlaeg, forlaeg_af_takst, overtag

SKEMA = {
    "pladser": Decimal("10.00"),
    "driftsdage": 225,
    "kapacitetstimer": Decimal(2000),
    "direkte_stoettetimer": Decimal("25.50"),
    "kort_forloeb": True,
    "leasing": "ydelser",
    "pensionsmetode": "pct25",
    "afskrivningspraksis": "lineaer",
    "belaegning_pct": Decimal(95),
    "belaegningsprincip": "beregnet",
    "tjenestemandsloen": Decimal(100),
    "uden_tillaegsydelser": True,
    "bemaerkning": "Sidste års",
    "dispensation": "DAS",
}


@pytest.mark.regel("T13")
@pytest.mark.parametrize(
    ("enhed", "kapacitet"),
    [
        ("doegn", {"pladser": Decimal("10.00")}),
        ("dag", {"pladser": Decimal("10.00"), "driftsdage": 225}),
        ("time", {"kapacitetstimer": Decimal(2000)}),
        ("enhed", {}),
    ],
)
def test_det_der_goer_ydelsen_ud_kommer_med_og_intet_andet(enhed, kapacitet):
    struktur = {
        "direkte_stoettetimer": Decimal("25.50"),
        "kort_forloeb": True,
        "leasing": "ydelser",
        "pensionsmetode": "pct25",
        "afskrivningspraksis": "lineaer",
    }
    assert overtag(enhed, Forlaeg(aar=2026, enhed=enhed, felter=SKEMA)) == kapacitet | struktur


def test_en_anden_enhed_tager_ikke_kapaciteten_med():
    assert "pladser" not in overtag("doegn", Forlaeg(aar=2026, enhed="time", felter=SKEMA))


def test_uden_sidste_aar_begynder_skemaet_tomt():
    assert overtag("doegn", None) == {}


def test_en_takst_uden_skema_giver_kapacitet_og_dage():
    dag = overtag("dag", forlaeg_af_takst(2026, "dag", Decimal(12), 225))
    assert dag == {"pladser": Decimal(12), "driftsdage": 225}
    assert overtag("time", forlaeg_af_takst(2026, "time", Decimal(900), None)) == {"kapacitetstimer": Decimal(900)}
