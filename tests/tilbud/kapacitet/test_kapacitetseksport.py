"""Excel and CSV of capacity, read back: what is seen, typed, in the order that is seen."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from django.test import Client
from openpyxl import Workbook, load_workbook

from socialaftale.kerne.models import Organisation
from tests.tilbud.factories import PladsFactory, TilbudFactory


def bog(klient: Client, adresse: str, filnavn: str) -> Workbook:
    svar = klient.get(adresse)
    assert svar.status_code == 200
    assert f'filename="{filnavn}"' in svar.headers["Content-Disposition"]
    return load_workbook(io.BytesIO(svar.content))


def rk(klient: Client, adresse: str) -> list[list[str]]:
    svar = klient.get(adresse)
    assert svar.headers["Content-Type"].startswith("text/csv")
    return list(csv.reader(io.StringIO(svar.content.decode("utf-8-sig")), delimiter=";"))


def raekker(ark) -> list[list[object]]:
    """The rows under the heading line."""
    alle = [[celle.value for celle in raekke] for raekke in ark.iter_rows()]
    return alle[int(ark.freeze_panes.removeprefix("A")) - 2 :]


def test_excel_har_tabel_udvikling_og_definitioner(kapacitet, client):
    fundet = bog(client, "/kapacitet/?format=xlsx", "kapacitet-2023-2024.xlsx")
    assert fundet.sheetnames == ["Pladser 2022", "Udvikling i alt", "Udvikling pr. kommune", "Sådan læses tallene"]
    tabel = raekker(fundet["Pladser 2022"])
    assert tabel[0] == ["Kommune", "Kommunale", "Private", "I socialaftalen", "I alt", "Andel i socialaftalen (%)"]
    assert tabel[1] == ["Brønderslev", 248, 224, 170, 642, 26.5]
    assert tabel[-2] == ["Aalborg", 1559, 653, 867, 3079, 28.2]
    assert tabel[-1] == ["I alt", 4876, 3152, 2421, 10449, 23.2]
    assert len(tabel) == 13
    noter = [raekke[0].value for raekke in fundet["Pladser 2022"].iter_rows(max_row=5)]
    assert "Kilde: Nordjysk Socialaftale 2023-2024, tal fra 2022." in noter
    assert any(str(note).startswith("Udtrukket ") for note in noter)
    assert "Sorteret efter Kommune." in noter
    assert raekker(fundet["Udvikling i alt"])[3] == ["Pladser i socialaftalen", 2080, 2421, 341, 16.4]
    udvikling = raekker(fundet["Udvikling pr. kommune"])
    assert udvikling[5] == ["Læsø", 0, 0, 0, None]
    assert udvikling[-1] == ["I alt", 2080, 2421, 341, 16.4]


def test_excel_af_den_foerste_periode_har_ingen_udvikling(kapacitet, client):
    fundet = bog(client, "/kapacitet/?periode=2021-2022&format=xlsx", "kapacitet-2021-2022.xlsx")
    assert fundet.sheetnames == ["Pladser 2020", "Sådan læses tallene"]


def test_csv_er_tabellen_i_den_viste_raekkefoelge(kapacitet, client):
    tabel = rk(client, "/kapacitet/?sort=-socialaftale&format=csv")
    assert tabel[0][:3] == ["Aftaleperiode", "År", "Kommune"]
    assert tabel[1] == ["2023-2024", "2022", "Aalborg", "1559", "653", "867", "3079", "28,2"]
    assert tabel[2][2] == "Mariagerfjord"
    assert tabel[-1][2:] == ["I alt", "4876", "3152", "2421", "10449", "23,2"]
    # The total is the sum of what stands above it.
    kommuner = tabel[1:-1]
    assert [sum(int(raekke[n]) for raekke in kommuner) for n in (3, 4, 5, 6)] == [4876, 3152, 2421, 10449]
    assert Decimal(tabel[-1][7].replace(",", ".")) == Decimal("23.2")


@pytest.fixture
def aalborg(kapacitet) -> Organisation:
    kommune = Organisation.objects.get(slug="aalborg")
    et = TilbudFactory(navn="Et hus", driftsherre=kommune, beliggenhedskommune=kommune)
    PladsFactory(tilbud=et, art="aftalt", antal_fra=10, type="doegn", aar=2022)
    PladsFactory(tilbud=et, art="aftalt", antal_fra=4, type="aflastning", aar=2022)
    to = TilbudFactory(navn="Øst", driftsherre=kommune)
    PladsFactory(tilbud=to, art=None, antal_fra=7, aar=2020, er_eksempel=True)
    region = Organisation.objects.get(slug="region-nordjylland")
    TilbudFactory(navn="Regionens", driftsherre=region, beliggenhedskommune=kommune)
    return kommune


def test_kommunens_excel(aalborg, client):
    fundet = bog(client, "/kapacitet/aalborg/?format=xlsx", "kapacitet-aalborg-2023-2024.xlsx")
    assert fundet.sheetnames == ["Pladser pr. periode", "Ligger i kommunen", "Drives af kommunen"]
    perioder = raekker(fundet["Pladser pr. periode"])
    assert perioder[1][:7] == ["2023-2024", 2022, 1559, 653, 867, 3079, 28.2]
    assert [raekke[0] for raekke in raekker(fundet["Ligger i kommunen"])[1:]] == ["Et hus", "Regionens"]
    drives = raekker(fundet["Drives af kommunen"])[1:]
    assert [raekke[0] for raekke in drives] == ["Et hus", "Øst"]
    assert drives[0][6] == "10 + 4"
    assert drives[1][6:9] == [7, "Art ikke oplyst, 2020", "Ja"]


def test_kommunens_csv_har_hvert_tilbud_en_gang(aalborg, client):
    tabel = rk(client, "/kapacitet/aalborg/?format=csv")
    assert [raekke[0] for raekke in tabel] == ["Tilbud", "Et hus", "Regionens", "Øst"]
    assert tabel[2][1:5] == ["Region Nordjylland", "Aalborg", "Ja", "Nej"]
    assert tabel[3][2:5] == ["", "Nej", "Ja"]
