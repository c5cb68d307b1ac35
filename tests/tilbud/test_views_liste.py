"""The public list: search, filters, Danish order, exports and the number of queries."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from socialaftale.kerne.enums import Rolle
from tests.tilbud.factories import (
    AftalestatusFactory,
    LovgrundlagFactory,
    OrganisationFactory,
    PladsFactory,
    TilbudFactory,
    TilbudslovgrundlagFactory,
    TilbudsnavnFactory,
)
from tilbud.models import Tilbud, Tilbudseksempel
from tilbud.regneark.tilbudsliste import KOLONNER

pytestmark = pytest.mark.django_db
URL = "/tilbud/"


def navne(svar) -> list[str]:
    """The names in the order of the page."""
    return re.findall(r'<th scope="row"[^>]*><a href="[^"]*">([^<]*)</a>', svar.text)


def hent(klient=None, **parametre):
    return (klient or Client()).get(URL, parametre)


@pytest.fixture
def tre(organisationer) -> dict[str, Tilbud]:
    """Three tilbud that differ in everything."""
    aalborg, hjoerring = organisationer["aalborg"], organisationer["hjoerring"]
    a = TilbudFactory(
        navn="Ærøhuset", driftsherre=aalborg, beliggenhedskommune=aalborg, kategori=2, maalgruppe="Voksne med autisme"
    )
    TilbudslovgrundlagFactory(tilbud=a, lovgrundlag=LovgrundlagFactory(slug="sel-107"))
    AftalestatusFactory(tilbud=a, i_socialaftale=True)
    b = TilbudFactory(
        navn="Bakken",
        driftsherre=hjoerring,
        driftsform="privat",
        beliggenhedskommune=hjoerring,
        kategori=1,
        maalgruppe="Børn med autisme",
    )
    TilbudslovgrundlagFactory(tilbud=b, lovgrundlag=LovgrundlagFactory(slug="sel-108"))
    AftalestatusFactory(tilbud=b, i_socialaftale=False)
    TilbudsnavnFactory(tilbud=b, navn="Ådalen")
    b.save()
    c = TilbudFactory(navn="Ukendt", driftsherre=None, driftsform=None)
    return {"a": a, "b": b, "c": c}


def test_registret_paa_den_offentlige_side(register):
    svar = hent()
    assert "104\u00a0tilbud" in svar.text
    assert len(navne(svar)) == 25


@pytest.mark.parametrize(
    ("q", "forventet"),
    [
        ("ærø", ["Ærøhuset"]),
        ("ÆRØ", ["Ærøhuset"]),
        ("Ålborg", ["Ærøhuset"]),
        ("aalborg", ["Ærøhuset"]),
        ("AALBORG ærø", ["Ærøhuset"]),
        # A former name is found too, whichever way it is spelt.
        ("aadalen", ["Bakken"]),
        ("hjørring bakken", ["Bakken"]),
        ("hjørring ærø", []),
        ("", ["Bakken", "Ukendt", "Ærøhuset"]),
        ("100%", []),
    ],
)
def test_soegning(tre, q, forventet):
    assert navne(hent(q=q)) == forventet


@pytest.mark.parametrize(
    ("parametre", "forventet"),
    [
        ({"driftsherre": "aalborg"}, ["Ærøhuset"]),
        ({"driftsherre": "ukendt"}, ["Ukendt"]),
        ({"kommune": "hjoerring"}, ["Bakken"]),
        ({"kommune": "ukendt"}, ["Ukendt"]),
        ({"lovgrundlag": "sel-107"}, ["Ærøhuset"]),
        ({"lovgrundlag": "ukendt"}, ["Ukendt"]),
        ({"maalgruppe": "AUTISME"}, ["Bakken", "Ærøhuset"]),
        ({"maalgruppe": "autisme børn"}, ["Bakken"]),
        ({"driftsform": "privat"}, ["Bakken"]),
        ({"driftsform": "ukendt"}, ["Ukendt"]),
        ({"kategori": "2"}, ["Ærøhuset"]),
        ({"kategori": "ukendt"}, ["Ukendt"]),
        ({"i_socialaftalen": "ja"}, ["Ærøhuset"]),
        ({"i_socialaftalen": "nej"}, ["Bakken"]),
        ({"i_socialaftalen": "ukendt"}, ["Ukendt"]),
        ({"i_socialaftalen": "ja", "driftsherre": "hjoerring"}, []),
    ],
    ids=str,
)
def test_filtre(tre, parametre, forventet):
    svar = hent(**parametre)
    assert svar.status_code == 200
    assert navne(svar) == forventet
    if not forventet:
        assert "Intet passer til dine filtre" in svar.text


def test_et_valgt_filter_kan_fjernes(tre):
    svar = hent(driftsherre="ukendt")
    assert "Driftsherre: Ikke oplyst" in svar.text
    assert 'href="/tilbud/"' in svar.text


def test_et_eksempel_paa_beliggenhed_findes_under_kommunen_og_er_stadig_ukendt(tre, organisationer):
    Tilbudseksempel.objects.create(tilbud=tre["c"], beliggenhedskommune=organisationer["rebild"])
    svar = hent(kommune="rebild")
    assert navne(svar) == ["Ukendt"]
    assert "Eksempel" in svar.text
    assert navne(hent(kommune="ukendt")) == ["Ukendt"]


DANSK = ["Bakken", "Zebra", "Ærø", "Østbo", "Aabo", "Åsen"]


@pytest.mark.parametrize(("sort", "forventet"), [("navn", DANSK), ("-navn", DANSK[::-1]), ("opdigtet", DANSK)])
def test_dansk_raekkefoelge(organisationer, sort, forventet):
    for navn in ("Åsen", "Østbo", "Bakken", "Aabo", "Ærø", "Zebra"):
        TilbudFactory(navn=navn)
    assert navne(hent(sort=sort)) == forventet


@pytest.mark.parametrize(
    "sort", ["driftsherre", "-driftsherre", "beliggenhed", "-beliggenhed", "i_aftalen", "-i_aftalen"]
)
def test_det_ukendte_staar_sidst_hvilken_vej_der_end_sorteres(tre, sort):
    assert navne(hent(sort=sort))[-1] == "Ukendt"


def test_aalborg_staar_sidst_af_kommunerne(register):
    valg = re.search(r'name="kommune".*?</select>', hent().text, re.S).group()
    assert re.findall(r'value="([a-z]+)"', valg)[-2:] == ["aalborg", "ukendt"]


def test_side_og_sidestoerrelse(register):
    foerste, anden = hent(per_page=10), hent(per_page=10, page=2)
    assert len(navne(foerste)) == len(navne(anden)) == 10
    assert not set(navne(foerste)) & set(navne(anden))
    assert len(navne(hent(per_page=100000))) == 100


def test_uden_tilbud(organisationer, log_ind):
    svar = hent()
    assert "Der er ingen tilbud i registret endnu" in svar.text
    assert "Opret tilbud" not in svar.text
    assert "Opret tilbud" in hent(log_ind(Rolle.SEKRETARIAT)).text


def test_ikke_offentliggjorte_ses_af_sekretariatet_og_driftsherren(organisationer, log_ind):
    TilbudFactory(navn="Skjult", driftsherre=organisationer["aalborg"], offentliggjort=False)
    assert navne(hent()) == []
    assert navne(hent(log_ind(Rolle.SEKRETARIAT))) == ["Skjult"]
    assert navne(hent(log_ind(Rolle.DRIFTSHERRE_INDBERETTER, organisation="aalborg"))) == ["Skjult"]
    assert navne(hent(log_ind(Rolle.DRIFTSHERRE_INDBERETTER, organisation="hjoerring"))) == []
    # Neither in the filter's choices.
    TilbudFactory(navn="Synligt", driftsherre=organisationer["hjoerring"])
    assert 'value="aalborg"' not in re.search(r'name="driftsherre".*?</select>', hent().text, re.S).group()


def test_pladser_i_listen(organisationer):
    tilbud = TilbudFactory(navn="Pladser")
    PladsFactory(tilbud=tilbud, antal_fra=5, antal_til=8, art="godkendt", aar=2020)
    PladsFactory(tilbud=TilbudFactory(navn="Eksempler"), antal_fra=7, er_eksempel=True)
    svar = hent().text
    assert "5–8 <small>godkendte, 2020</small>" in svar
    assert "Eksempeltal" in svar
    assert "–" in svar


# Exports


def test_excel_er_det_man_ser(tre):
    PladsFactory(tilbud=tre["a"], antal_fra=5, antal_til=8, art="godkendt", type="doegn", aar=2020)
    svar = hent(format="xlsx", maalgruppe="autisme", sort="-navn")
    assert 'filename="tilbud.xlsx"' in svar.headers["Content-Disposition"]
    raekker = [raekke for raekke in load_workbook(io.BytesIO(svar.content)).active.values if any(raekke)]
    hoved = raekker.index(tuple(kolonne.overskrift for kolonne in KOLONNER))
    assert "Målgruppe: autisme" in str(raekker[hoved - 1][0])
    assert "Sorteret efter Tilbud, faldende" in str(raekker[hoved - 1][0])
    foerste, anden = raekker[hoved + 1 :]
    som = dict(zip([kolonne.overskrift for kolonne in KOLONNER], foerste, strict=True))
    assert som["Tilbud"] == "Ærøhuset"
    assert (som["Pladser, mindst"], som["Pladser, højst"], som["År"]) == (5, 8, 2020)
    assert (som["Art"], som["Type"], som["I socialaftalen"]) == ("Godkendte pladser", "Døgn", "Ja")
    assert som["Lovgrundlag"] == "SEL § 107"
    assert anden[0] == "Bakken"
    # Not known is an empty cell, never a zero or a dash.
    assert anden[6] is None


def test_csv_er_det_man_ser(tre):
    svar = hent(format="csv", i_socialaftalen="ukendt")
    raekker = list(csv.reader(io.StringIO(svar.content.decode("utf-8-sig")), delimiter=";"))
    assert len(raekker) == 2
    assert raekker[1][0] == "Ukendt"
    assert raekker[1][raekker[0].index("I socialaftalen")] == ""


def test_eksporten_har_kun_synlige_raekker(organisationer):
    TilbudFactory(navn="Hemmeligheden", offentliggjort=False)
    assert b"Hemmeligheden" not in hent(format="csv").content


# Queries


def fyld(antal):
    for nummer in range(antal):
        tilbud = TilbudFactory(driftsherre=OrganisationFactory(slug=("aalborg", "hjoerring")[nummer % 2]))
        for aar in (2020, 2021):
            PladsFactory(tilbud=tilbud, aar=aar)
        TilbudslovgrundlagFactory(tilbud=tilbud, lovgrundlag=LovgrundlagFactory(slug=f"sel-10{nummer % 8}"))
        AftalestatusFactory(tilbud=tilbud)


@pytest.mark.parametrize(
    "parametre", [{}, {"q": "tilbud", "i_socialaftalen": "ja", "sort": "-driftsherre"}, {"format": "xlsx"}]
)
def test_samme_antal_opslag_for_tre_og_ti(organisationer, log_ind, django_assert_max_num_queries, parametre):
    klient = log_ind(Rolle.SEKRETARIAT)
    fyld(3)
    with django_assert_max_num_queries(15) as ved_tre:
        hent(klient, **parametre)
    fyld(7)
    with django_assert_max_num_queries(15) as ved_ti:
        hent(klient, **parametre)
    assert len(ved_tre) == len(ved_ti)


def test_menuen_foerer_til_listen(db):
    assert reverse("tilbud:liste") == URL
