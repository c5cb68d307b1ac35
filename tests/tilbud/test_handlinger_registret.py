"""Editing the register: what changes, what is logged, who is first, and who may."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models import Haendelse
from tests.tilbud.factories import (
    KoeberkommuneFactory,
    LovgrundlagFactory,
    PladsFactory,
    TilbudFactory,
    TilbudsnavnFactory,
    YdelseFactory,
)
from tilbud.handlinger import opdater_fund, opret_tilbud, ret_tilbud
from tilbud.models import Aftalestatus, Plads, Tilbud, Tilbudsfund, Tilbudslovgrundlag, Tilbudsnavn, Ydelse

pytestmark = pytest.mark.django_db


@pytest.fixture
def sekretariat(adgang):
    return adgang(Rolle.SEKRETARIAT)


@pytest.fixture
def tilbud(organisationer) -> Tilbud:
    return TilbudFactory(slug="proeve", navn="Prøvetilbuddet", driftsherre=organisationer["aalborg"])


def test_ret_felter(tilbud, sekretariat, organisationer):
    rettet = ret_tilbud(
        tilbud,
        adgang=sekretariat,
        version=1,
        felter={"adresse": "Nygade 1", "beliggenhedskommune": organisationer["hjoerring"], "navn": tilbud.navn},
        begrundelse="Mail fra driftsherren",
    )
    tilbud.refresh_from_db()
    assert (tilbud.adresse, tilbud.beliggenhedskommune.slug, tilbud.version) == ("Nygade 1", "hjoerring", 2)
    assert rettet.version == 2
    assert "nygade 1" in tilbud.soegetekst
    haendelse = Haendelse.objects.for_objekt(tilbud).get()
    assert haendelse.tekst == "Rettet: adresse, beliggenhedskommune"
    assert haendelse.begrundelse == "Mail fra driftsherren"
    assert haendelse.vedroerer == organisationer["aalborg"]
    assert haendelse.data["felter"] == {
        "adresse": {"foer": "", "efter": "Nygade 1"},
        "beliggenhedskommune": {"foer": None, "efter": organisationer["hjoerring"].pk},
    }


def test_uden_aendringer_er_der_intet_spor(tilbud, sekretariat):
    plads = PladsFactory(tilbud=tilbud)
    rettet = ret_tilbud(
        tilbud, adgang=sekretariat, version=1, felter={"navn": tilbud.navn}, raekker={"pladser": [kopi(plads)]}
    )
    assert rettet.version == 1
    assert not Haendelse.objects.exists()
    assert tilbud.pladser.get().pk == plads.pk


def kopi(raekke, **aendringer):
    """The row as a form hands it over: another instance with the same key."""
    felter = {felt.attname: getattr(raekke, felt.attname) for felt in raekke._meta.concrete_fields}
    return type(raekke)(**(felter | aendringer))


def test_ret_raekker(tilbud, sekretariat):
    blev, gik, rettes = (PladsFactory(tilbud=tilbud, aar=aar) for aar in (2020, 2021, 2022))
    ret_tilbud(
        tilbud,
        adgang=sekretariat,
        version=1,
        felter={},
        raekker={
            "pladser": [
                kopi(blev),
                kopi(rettes, antal_fra=5, antal_til=8),
                Plads(antal_fra=3, antal_til=3, art="godkendt", aar=2023),
            ]
        },
    )
    assert [(p.aar, p.antal_fra, p.antal_til, p.art) for p in tilbud.pladser.order_by("aar")] == [
        (2020, 10, 10, None),
        (2022, 5, 8, None),
        (2023, 3, 3, "godkendt"),
    ]
    assert tilbud.pladser.filter(pk=blev.pk).exists()
    assert not tilbud.pladser.filter(pk=gik.pk).exists()
    haendelse = Haendelse.objects.get()
    assert haendelse.tekst == "Rettet: pladser"
    assert [raekke["aar"] for raekke in haendelse.data["raekker"]["pladser"]["fjernet"]] == [2022, 2021]
    assert [raekke["aar"] for raekke in haendelse.data["raekker"]["pladser"]["tilfoejet"]] == [2023, 2022]


def test_to_raekker_kan_bytte_plads(tilbud, sekretariat):
    """The unique key is not met on the way."""
    a = PladsFactory(tilbud=tilbud, aar=2020, antal_fra=1)
    b = PladsFactory(tilbud=tilbud, aar=2021, antal_fra=2)
    ret_tilbud(
        tilbud,
        adgang=sekretariat,
        version=1,
        felter={},
        raekker={"pladser": [kopi(a, aar=2021), kopi(b, aar=2020)]},
    )
    assert dict(tilbud.pladser.values_list("aar", "antal_fra")) == {2021: 1, 2020: 2}


def test_ydelser_beholder_deres_noegle(tilbud, sekretariat):
    """Tariffs point at them."""
    ydelse = YdelseFactory(tilbud=tilbud, slug="doegn", navn="Botilbud")
    ret_tilbud(
        tilbud,
        adgang=sekretariat,
        version=1,
        felter={},
        raekker={"ydelser": [kopi(ydelse, navn="Botilbud, døgn"), Ydelse(navn="Botilbud, døgn", enhed="dag")]},
    )
    ydelser = {ydelse.slug: ydelse for ydelse in tilbud.ydelser.all()}
    assert ydelser["doegn"].pk == ydelse.pk
    assert ydelser["doegn"].navn == "Botilbud, døgn"
    assert set(ydelser) == {"doegn", "botilbud-doegn"}


def test_andre_navne_kan_findes_ved_soegning(tilbud, sekretariat):
    TilbudsnavnFactory(tilbud=tilbud, navn="Gammelt")
    ret_tilbud(tilbud, adgang=sekretariat, version=1, felter={}, raekker={"navne": [Tilbudsnavn(navn="Ærøhuset")]})
    tilbud.refresh_from_db()
    assert "ærøhuset" in tilbud.soegetekst
    assert "gammelt" not in tilbud.soegetekst


def test_konflikt_naar_en_anden_har_gemt(tilbud, sekretariat):
    ret_tilbud(tilbud, adgang=sekretariat, version=1, felter={"adresse": "Først 1"})
    with pytest.raises(Versionskonflikt) as konflikt:
        ret_tilbud(tilbud, adgang=sekretariat, version=1, felter={"adresse": "Sidst 2"})
    assert konflikt.value.nyeste.adresse == "Først 1"
    tilbud.refresh_from_db()
    assert (tilbud.adresse, tilbud.version) == ("Først 1", 2)


@pytest.mark.parametrize(
    ("felter", "raekker"),
    [
        ({"alder_fra": 20, "alder_til": 18}, {}),
        ({"navn": ""}, {}),
        ({"driftsform": "opdigtet"}, {}),
        ({"adresse": "Ny"}, {"pladser": [Plads(antal_fra=8, antal_til=5)]}),
        ({"adresse": "Ny"}, {"ydelser": [Ydelse(navn="X", enhed="uge")]}),
    ],
    ids=["alder", "navn", "driftsform", "pladser", "enhed"],
)
def test_et_brud_paa_en_regel_gemmer_intet(tilbud, sekretariat, felter, raekker):
    with pytest.raises(ValidationError):
        ret_tilbud(tilbud, adgang=sekretariat, version=1, felter=felter, raekker=raekker)
    tilbud.refresh_from_db()
    assert (tilbud.version, tilbud.adresse, tilbud.pladser.count()) == (1, "", 0)
    assert not Haendelse.objects.exists()


def test_kun_kendte_felter(tilbud, sekretariat):
    with pytest.raises(ValueError, match="version is not an editable field"):
        ret_tilbud(tilbud, adgang=sekretariat, version=1, felter={"version": 7})


@pytest.mark.parametrize("rolle", [rolle for rolle in Rolle if not rolle.startswith("sekretariat")])
def test_kun_sekretariatet_retter_og_opretter(tilbud, adgang, rolle):
    hvem = adgang(rolle)
    with pytest.raises(PermissionDenied):
        ret_tilbud(tilbud, adgang=hvem, version=1, felter={"adresse": "X"})
    with pytest.raises(PermissionDenied):
        opret_tilbud(adgang=hvem, felter={"navn": "X"})


@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite locks the whole database.")
def test_raekken_laases_foer_den_bedoemmes(tilbud, sekretariat):
    with CaptureQueriesContext(connection) as opslag:
        ret_tilbud(tilbud, adgang=sekretariat, version=1, felter={"adresse": "X"})
    foerste = next(post["sql"] for post in opslag if 'FROM "tilbud_tilbud"' in post["sql"])
    assert "FOR UPDATE" in foerste


@pytest.mark.regel("T60")
def test_opret_med_raekker(sekretariat, organisationer):
    tilbud = opret_tilbud(
        adgang=sekretariat,
        felter={"navn": "Ny Østergård", "driftsherre": organisationer["hjoerring"], "driftsform": "kommunal"},
        raekker={
            "lovgrundlag": [
                Tilbudslovgrundlag(lovgrundlag=LovgrundlagFactory(slug="sel-112", omfattet="ikke_omfattet"))
            ],
            "aftalestatus": [Aftalestatus(aar=2026, i_socialaftale=True)],
        },
    )
    assert tilbud.slug == "ny-oestergaard"
    assert not tilbud.offentliggjort
    assert Haendelse.objects.for_objekt(tilbud).get().tekst == "Tilbuddet er oprettet"
    assert tilbud.fund.filter(art="lovgrundlag_ikke_omfattet", niveau="fejl", regel="T1").exists()


def test_to_tilbud_kan_hedde_det_samme(sekretariat, organisationer):
    """Two different tilbud are called Vingen (inconsistencies F11); the addresses differ."""
    slugs = [opret_tilbud(adgang=sekretariat, felter={"navn": "Vingen"}).slug for _ in range(3)]
    assert slugs == ["vingen", "vingen-2", "vingen-3"]


@pytest.mark.parametrize("navn", ["Mangler", "Forslag", "Nyt"])
def test_sidernes_egne_adresser_er_optaget(sekretariat, navn):
    assert opret_tilbud(adgang=sekretariat, felter={"navn": navn}).slug == f"{navn.lower()}-2"


# Findings


@pytest.mark.regel("T1", "T2", "T3")
def test_fund_foelger_rettelsen(tilbud, sekretariat):
    opdater_fund([tilbud.pk])
    assert tilbud.fund.filter(art="uden_maalgruppe").exists()
    ret_tilbud(
        tilbud,
        adgang=sekretariat,
        version=1,
        felter={"maalgruppe": "Voksne", "driftsform": "privat"},
        raekker={"aftalestatus": [Aftalestatus(aar=2024, i_socialaftale=True)]},
    )
    assert not tilbud.fund.filter(art="uden_maalgruppe").exists()
    assert tilbud.fund.filter(niveau="fejl").get().art == "privat_i_aftalen"


@pytest.mark.regel("T3", "T8")
def test_kun_koebere_i_omraadet_taeller(tilbud, organisationer):
    """Any municipality may buy; only the others of the area count for the category."""
    Tilbud.objects.update(kategori=1)
    Aftalestatus.objects.create(tilbud=tilbud, aar=2026, i_socialaftale=False)
    KoeberkommuneFactory(tilbud=tilbud, kommune=organisationer["aalborg"])
    opdater_fund()
    assert not tilbud.fund.filter(regel="T3").exists()
    KoeberkommuneFactory(tilbud=tilbud, kommune=organisationer["region-midtjylland"])
    opdater_fund()
    assert tilbud.fund.get(regel="T3").art == "kun_koebere_udefra"
    KoeberkommuneFactory(tilbud=tilbud, kommune=organisationer["hjoerring"], er_eksempel=True)
    opdater_fund()
    assert tilbud.fund.get(regel="T3").art == "kun_koebere_udefra"
    KoeberkommuneFactory(tilbud=tilbud, kommune=organisationer["rebild"])
    opdater_fund()
    assert tilbud.fund.get(regel="T3").art == "kategori_1_med_koebere"


def test_eksempeltal_udfylder_ingen_mangel(tilbud):
    PladsFactory(tilbud=tilbud, er_eksempel=True)
    opdater_fund()
    assert tilbud.fund.filter(art="uden_pladser").exists()


def test_kontrollen_koster_det_samme_for_ti_som_for_tre(organisationer, django_assert_num_queries):
    def fyld(antal):
        for _ in range(antal):
            tilbud = TilbudFactory()
            PladsFactory(tilbud=tilbud)
            KoeberkommuneFactory(tilbud=tilbud)

    fyld(3)
    with django_assert_num_queries(9):
        opdater_fund()
    fyld(7)
    with django_assert_num_queries(9):
        opdater_fund()
    assert Tilbudsfund.objects.values("tilbud").distinct().count() == 10
