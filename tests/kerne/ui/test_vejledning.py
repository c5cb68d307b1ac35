"""The guide names what is on the pages: a button that changes its name takes the guide with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

SKABELONER = Path(settings.BASE_DIR, "templates")
VEJLEDNING = SKABELONER / "vejledning"
NAVNE = {
    "indberetter": [
        *("Udfyld skemaet", "Fortryd indsætning", "Gem kladde", "Kontrollér og indsend"),
        *("Bed jeres godkender om at indsende", "Foreslå ændring", "Køberkommuner"),
    ],
    "godkender": ["Kontrollér og indsend", "Indsend", "Træk tilbage", "Foreslå ændring", "Foreslå køberkommuner"],
    "sekretariat": [
        *("Opret runde", "Åbn runden", "Godkend", "Send retur", "Offentliggør taksterne", "Udsted takstbilag"),
        *("Redigér", "Lav PDF", "PDF og udgaver", "Gendan denne version", "Kontrollér teksten"),
        *("Hent som Word (.docx)", "Slået op i dag, uændret"),
    ],
    "myndighed": ["Skift rolle"],
}


@pytest.mark.parametrize(("side", "navn"), [(side, navn) for side, navne in NAVNE.items() for navn in navne])
def test_navnene_findes_paa_siderne(side, navn):
    assert navn in (VEJLEDNING / f"{side}.html").read_text(encoding="utf-8")
    andre = (fil for fil in SKABELONER.rglob("*.html") if VEJLEDNING not in fil.parents)
    assert any(navn in fil.read_text(encoding="utf-8") for fil in andre)


def test_menupunkterne_hedder_det_samme(db, client):
    side = client.get("/vejledning/offentlig/").text
    for navn in ("Tilbud", "Kapacitet", "Takster", "Aftaler", "Udmeldinger"):
        assert f"<li>{navn}: " in side
        assert f"<span>{navn}</span></a>" in side
