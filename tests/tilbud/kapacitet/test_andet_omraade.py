"""Another region works from its folder of data alone: other municipalities, borders, periods and numbers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from socialaftale.kerne.grunddata import indlaes_omraade
from socialaftale.kerne.tal import katalog
from socialaftale.kerne.tal.katalog import Talkontekst
from tilbud.kapacitetsindlaesning import indlaes_pladser

KOMMUNER = {"oesterby": ("Østerby", 301), "vesterby": ("Vesterby", 302), "aaby": ("Åby", 303)}


def _felt(vest: float) -> list[list[list[float]]]:
    return [[[vest, 55.0], [vest + 0.5, 55.0], [vest + 0.5, 55.4], [vest, 55.4], [vest, 55.0]]]


@pytest.fixture
def andet_omraade(db, tmp_path, settings) -> Path:
    """A made-up region of three municipalities, one of which is not on its map."""
    (tmp_path / "omraade.json").write_text(
        json.dumps(
            {
                "opsaetning": {"navn": "Fynsk Rammeaftale", "omraade": "Fyn", "sekretariat_navn": "Sekretariatet"},
                "organisationer": [
                    {"slug": slug, "type": "kommune", "navn": f"{navn} Kommune", "kortnavn": navn, "kode": kode,
                     "raekkefoelge": nummer, "er_part": True}
                    for nummer, (slug, (navn, kode)) in enumerate(KOMMUNER.items())
                ],
            }
        ),
        encoding="utf-8",
    )  # fmt: skip
    geo = tmp_path / "geo"
    geo.mkdir()
    features = [
        {
            "type": "Feature",
            "properties": {"kommunekode": str(kode), "navn": navn},
            "geometry": {"type": "Polygon", "coordinates": _felt(10 + nummer)},
        }
        for nummer, (navn, kode) in enumerate(list(KOMMUNER.values())[:2])
    ]
    graenser = {"type": "FeatureCollection", "kilde": "Kort: Egen tegning", "features": features}
    (geo / "kommunegraenser.geojson").write_text(json.dumps(graenser), encoding="utf-8")
    kapacitet = tmp_path / "kapacitet"
    kapacitet.mkdir()
    opgoerelse = {"aftaleperiode": "2025-2028", "version": "1", "statistik_aar": 2024, "offentliggjort": True}
    (kapacitet / "opgoerelser.json").write_text(json.dumps([opgoerelse]), encoding="utf-8")
    linjer = [
        "aftaleperiode,version,kommune,raekketype,kommunale_pladser,private_pladser,socialaftale_pladser,kilde",
        "2025-2028,1,Østerby,kommune,10,20,70,Rammeaftalen",
        "2025-2028,1,Vesterby,kommune,5,5,10,Rammeaftalen",
        "2025-2028,1,Åby,kommune,1,0,0,Rammeaftalen",
    ]
    (kapacitet / "pladser_pr_kommune.csv").write_text("\n".join(linjer), encoding="utf-8")
    settings.OMRAADEDATA = tmp_path
    indlaes_omraade()
    assert indlaes_pladser() == []
    return tmp_path


def test_siderne_taler_om_det_andet_omraade(andet_omraade, client):
    html = client.get("/kapacitet/").content.decode().replace("\u00a0", " ")
    assert "I 2024 var der 121 dag- og døgnpladser i Fyn. 80 af dem (66,1 %" in html
    assert "var med i Fynsk Rammeaftale." in html
    assert "Flest af socialaftalens pladser ligger i Østerby (70) og Vesterby (10). Åby har ingen." in html
    assert "Kort: Egen tegning" in html
    assert "Nordj" not in html
    assert "Aalborg" not in html
    assert client.get("/kapacitet/aaby/").status_code == 200


def test_tallene_foelger_omraadet(andet_omraade):
    kontekst = Talkontekst()
    assert katalog.find("pladser.i_alt").beregn(kontekst).vaerdi == 121
    assert katalog.find("pladser.stoerste_kommune").beregn(kontekst).vaerdi == "Østerby"
    assert katalog.find("pladser.kommune.aaby.i_alt").beregn(kontekst).vaerdi == 1


def test_uden_kort_vises_resten(andet_omraade, client):
    (andet_omraade / "geo" / "kommunegraenser.geojson").unlink()
    html = client.get("/kapacitet/").content.decode()
    assert 'id="pladskort"' not in html
    assert 'id="pladssoejler"' in html
