"""The generic list page: state in the address, removable filters, empty states, exports of what is seen."""

from __future__ import annotations

import csv
import io
import re

import pytest
import time_machine
from openpyxl import load_workbook

from socialaftale.kerne.models import Organisation
from tests.kerne.ui.factories import OrganisationFactory

pytestmark = [pytest.mark.urls("tests.kerne.ui.sider"), pytest.mark.django_db]
N = "\u00a0"
URL = "/proeve/liste/"


@pytest.fixture
def organisationerne(db):
    OrganisationFactory.create_batch(30, raekkefoelge=10)
    OrganisationFactory(navn="Aalborg Øst", type="region", raekkefoelge=1500, er_part=True)


def test_taeller_sider_og_raekker_per_side(client, organisationerne):
    html = client.get(URL).text
    assert f"Viser <strong>1–25</strong> af <strong>31{N}organisationer</strong>" in html
    assert 'href="?page=2"' in html
    assert 'href="?per_page=50"' in html
    anden = client.get(URL, {"page": "2", "per_page": "10", "sort": "-navn"}).text
    assert f"Viser <strong>11–20</strong> af <strong>31{N}organisationer</strong>" in anden
    assert 'href="?page=3&amp;per_page=10&amp;sort=-navn"' in anden
    assert 'href="?per_page=50&amp;sort=-navn"' in anden
    assert 'aria-current="page" aria-label="Side 2"' in anden
    sidste = client.get(URL, {"page": "999"}).text
    assert "Viser <strong>26–31</strong>" in sidste


def test_dansk_orden_og_samme_antal_forespoergsler(client, organisationerne, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        html = client.get(URL, {"per_page": "50"}).text
    assert re.findall(r'<a href="/o/[^"]+">([^<]+)</a>', html)[-1] == "Aalborg Øst"


def test_filtre_kan_fjernes_et_ad_gangen(client, organisationerne):
    svar = client.get(
        URL, {"soeg": "a", "type": ["privat", "region"], "part": "true", "antal_min": "5", "page": "2", "sort": "navn"}
    )
    assert [(navn, vaerdi) for navn, vaerdi, _ in svar.context["maerker"]] == [
        ("Søg", "a"),
        ("Type", "Privat driftsherre"),
        ("Type", "Region"),
        ("Part i aftalen", "Ja"),
        ("Pladser", "5 til –"),
    ]
    urler = [url for _, _, url in svar.context["maerker"]]
    assert urler[0] == "?type=privat&type=region&part=true&antal_min=5&sort=navn"
    assert urler[1] == "?soeg=a&part=true&antal_min=5&sort=navn&type=region"
    assert urler[4] == "?soeg=a&type=privat&type=region&part=true&sort=navn"
    assert "Nulstil filtre" in svar.text
    assert '<input type="hidden" name="sort" value="navn">' in svar.text


def test_ingen_filtre_ingen_maerker(client, organisationerne):
    svar = client.get(URL, {"soeg": "", "type": "", "page": "1"})
    assert "filtermaerker" not in svar.text
    assert "(frivilligt)" not in svar.text


def test_tre_slags_tomt(client, organisationerne):
    intet = client.get(URL, {"soeg": "findes ikke"}).text
    assert "Intet passer til dine filtre" in intet
    assert 'href="/proeve/liste/" class="button' in intet
    assert "Hent som Excel" not in intet
    Organisation.objects.all().delete()
    tomt = client.get(URL).text
    assert "Der er ingen organisationer endnu" in tomt
    assert "Opret organisation" in tomt
    assert "filterpanel" not in tomt


def test_forkert_filter_viser_fejl_og_ingen_raekker(client, organisationerne):
    svar = client.get(URL, {"type": "findes-ikke"})
    assert "<title>Fejl: Døgntilbud på Øen" in svar.text
    assert "form-error" in svar.text
    assert svar.context["table"].page.paginator.count == 0


@time_machine.travel("2026-10-14T11:42:00Z", tick=False)
def test_excel_er_det_man_ser(client, organisationerne):
    svar = client.get(URL, {"format": "xlsx", "soeg": "Øst", "type": "region", "sort": "-navn", "page": "7"})
    assert svar.headers["Content-Disposition"] == 'attachment; filename="doegntilbud-paa-oeen.xlsx"'
    ark = load_workbook(io.BytesIO(svar.content)).active
    celler = [[celle for celle in raekke if celle is not None] for raekke in ark.iter_rows(values_only=True)]
    assert celler[:4] == [
        ["Døgntilbud på Øen"],
        ["Kilde: prøve"],
        [f"Udtrukket 14.{N}oktober 2026 kl.{N}13.42"],
        ["Filtre: Søg: Øst; Type: Region. Sorteret efter Navn, faldende."],
    ]
    assert celler[5:] == [["Navn", "Type", "Pladser"], ["Aalborg Øst", "Region", 1500]]


def test_csv_har_alle_raekker_ikke_kun_siden(client, organisationerne):
    svar = client.get(URL, {"format": "csv", "per_page": "10", "sort": "-raekkefoelge"})
    raekker = list(csv.reader(io.StringIO(svar.content.decode("utf-8-sig")), delimiter=";"))
    assert len(raekker) == 32
    assert raekker[1] == ["Aalborg Øst", "Region", "1500"]


def test_ukendt_format_findes_ikke(client, organisationerne):
    assert client.get(URL, {"format": "exe"}).status_code == 404


def test_eksport_med_forkert_filter_er_tom(client, organisationerne):
    svar = client.get(URL, {"format": "csv", "type": "findes-ikke"})
    assert svar.content.decode("utf-8-sig").count("\n") == 1
