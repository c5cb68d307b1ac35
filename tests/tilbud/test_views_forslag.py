"""Proposals on the pages: the driftsherre writes and sends, the secretariat decides."""

from __future__ import annotations

import pytest

from socialaftale.kerne.enums import Rolle
from tests.tilbud.factories import TilbudFactory
from tilbud import handlinger
from tilbud.models import Tilbud, Tilbudsforslag

pytestmark = pytest.mark.django_db
INDBERETTER, GODKENDER = Rolle.DRIFTSHERRE_INDBERETTER, Rolle.DRIFTSHERRE_GODKENDER


@pytest.fixture
def tilbud(organisationer) -> Tilbud:
    return TilbudFactory(
        slug="proeve", navn="Prøven", driftsherre=organisationer["aalborg"], maalgruppe="Voksne\nog unge"
    )


@pytest.fixture
def godkender(log_ind):
    return log_ind(GODKENDER, organisation="aalborg")


@pytest.fixture
def sekretariat(log_ind):
    return log_ind(Rolle.SEKRETARIAT)


def som_sendt(**aendringer) -> dict[str, str]:
    return {"navn": "Prøven", "maalgruppe": "Voksne\r\nog unge", "begrundelse": "Ny viden", **aendringer}


def skriv(klient, **aendringer):
    return klient.post("/tilbud/proeve/forslag/", som_sendt(**aendringer))


def test_hele_vejen(tilbud, godkender, sekretariat, organisationer):
    svar = skriv(godkender, maalgruppe="Unge", beliggenhedskommune=str(organisationer["rebild"].pk))
    assert svar.status_code == 302
    kladde = godkender.get(svar.url).text
    assert "Din kladde er gemt. Forslaget er ikke indsendt endnu." in kladde
    assert "Rebild" in kladde
    forslag = Tilbudsforslag.objects.get()
    assert sekretariat.get(svar.url).status_code == 404

    svar = godkender.post(f"/tilbud/forslag/{forslag.pk}/indsend/", follow=True)
    assert "Forslaget er indsendt" in svar.text
    assert "Det sker der nu" in svar.text
    assert "1</strong>" in sekretariat.get("/").text
    liste = sekretariat.get("/tilbud/forslag/?tilstand=indsendt").text
    assert "målgruppe" in liste
    assert "Prøven" in liste

    side = sekretariat.get(f"/tilbud/forslag/{forslag.pk}/").text
    assert "Godkend" in side
    svar = sekretariat.post(f"/tilbud/forslag/{forslag.pk}/godkend/", {"version": "1"}, follow=True)
    assert "registret er rettet" in svar.text
    tilbud.refresh_from_db()
    assert (tilbud.maalgruppe, tilbud.beliggenhedskommune.slug) == ("Unge", "rebild")
    assert "Godkendt" in godkender.get(f"/tilbud/forslag/{forslag.pk}/").text


def test_afvis_med_begrundelse(tilbud, godkender, sekretariat):
    skriv(godkender, maalgruppe="Unge")
    forslag = Tilbudsforslag.objects.get()
    godkender.post(f"/tilbud/forslag/{forslag.pk}/indsend/")
    uden = sekretariat.post(f"/tilbud/forslag/{forslag.pk}/afvis/", {"begrundelse": " "})
    assert uden.status_code == 422
    assert "Skriv, hvorfor forslaget bliver afvist" in uden.text
    svar = sekretariat.post(f"/tilbud/forslag/{forslag.pk}/afvis/", {"begrundelse": "Ikke rigtigt"}, follow=True)
    assert "Forslaget er afvist" in svar.text
    side = godkender.get(f"/tilbud/forslag/{forslag.pk}/").text
    assert "Ikke rigtigt" in side
    tilbud.refresh_from_db()
    assert tilbud.maalgruppe == "Voksne\nog unge"


def test_en_kladde_kan_rettes_og_traekkes(tilbud, godkender):
    skriv(godkender, maalgruppe="Unge")
    side = godkender.get("/tilbud/proeve/forslag/").text
    assert "\nUnge</textarea>" in side
    assert "\nNy viden</textarea>" in side
    skriv(godkender, maalgruppe="Børn", adresse="Nygade 1")
    forslag = Tilbudsforslag.objects.get()
    assert {felt: aendring["efter"] for felt, aendring in forslag.aendringer.items()} == {
        "maalgruppe": "Børn",
        "adresse": "Nygade 1",
    }
    svar = godkender.post(f"/tilbud/forslag/{forslag.pk}/traek/", follow=True)
    assert "Forslaget er trukket tilbage" in svar.text
    assert godkender.get("/tilbud/proeve/forslag/").status_code == 200


def test_indberetteren_ser_at_godkenderen_mangler(tilbud, log_ind):
    klient = log_ind(INDBERETTER, organisation="aalborg")
    side = klient.get(skriv(klient, maalgruppe="Unge").url).text
    assert "venter på jeres godkender" in side
    assert ">Indsend<" not in side


FEJL = {
    "intet ændret": ({}, "Du har ikke ændret noget"),
    "ingen begrundelse": ({"maalgruppe": "Unge", "begrundelse": ""}, "Skriv, hvorfor oplysningerne skal ændres"),
    "cpr": ({"maalgruppe": "Unge, fx 010190-1234"}, "ligner et CPR-nummer"),
    "cpr i begrundelsen": ({"maalgruppe": "Unge", "begrundelse": "Se 010190 1234"}, "ligner et CPR-nummer"),
    "navn": ({"navn": ""}, "Skriv tilbuddets navn"),
    "alder": ({"alder_fra": "20", "alder_til": "10"}, "Den laveste alder skal ligge før den højeste."),
}


@pytest.mark.parametrize("navn", FEJL)
def test_fejl_i_forslaget(navn, tilbud, godkender):
    aendringer, besked = FEJL[navn]
    svar = skriv(godkender, **{"adresse": "", "bemaerkning": "", **aendringer})
    assert svar.status_code == 422
    assert besked in svar.text
    assert "påkrævet" not in svar.text
    assert not Tilbudsforslag.objects.exists()


def test_registret_har_flyttet_sig(tilbud, godkender, sekretariat, adgang):
    skriv(godkender, maalgruppe="Unge")
    forslag = Tilbudsforslag.objects.get()
    godkender.post(f"/tilbud/forslag/{forslag.pk}/indsend/")
    handlinger.ret_tilbud(tilbud, adgang=adgang(Rolle.SEKRETARIAT), version=1, felter={"maalgruppe": "Børn"})
    svar = sekretariat.post(f"/tilbud/forslag/{forslag.pk}/godkend/", {"version": "1"})
    assert svar.status_code == 422
    assert "Registret er ændret, siden du åbnede siden" in svar.text
    assert "Nu i registret" in svar.text
    assert "Børn" in svar.text
    assert 'name="version" value="2"' in svar.text
    assert sekretariat.post(f"/tilbud/forslag/{forslag.pk}/godkend/", {"version": "2"}).status_code == 302


@pytest.mark.parametrize("trin", ["indsend", "traek", "godkend"])
def test_for_sent(trin, tilbud, godkender, sekretariat, adgang):
    """Somebody was faster: a page that tells what it has become, not an error."""
    skriv(godkender, maalgruppe="Unge")
    forslag = Tilbudsforslag.objects.get()
    hvem = adgang(GODKENDER, organisation="aalborg")
    handlinger.indsend_forslag(forslag, adgang=hvem)
    handlinger.afvis_forslag(forslag, adgang=adgang(Rolle.SEKRETARIAT), begrundelse="Nej")
    klient = sekretariat if trin == "godkend" else godkender
    svar = klient.post(f"/tilbud/forslag/{forslag.pk}/{trin}/", {"version": "1"}, follow=True)
    assert svar.status_code == 200
    assert "Forslaget er ændret af en anden" in svar.text
    assert sekretariat.get(f"/tilbud/forslag/{forslag.pk}/afvis/").status_code == 302


def test_andres_forslag_er_ikke_ens_egne(tilbud, godkender, log_ind):
    skriv(godkender, maalgruppe="Unge")
    forslag = Tilbudsforslag.objects.get()
    nabo = log_ind(GODKENDER, organisation="hjoerring")
    assert "Prøven" not in nabo.get("/tilbud/forslag/").text
    for url in ("", "indsend/", "traek/"):
        metode = nabo.post if url else nabo.get
        assert metode(f"/tilbud/forslag/{forslag.pk}/{url}").status_code == 404


def test_samme_antal_opslag_for_tre_og_ti(organisationer, sekretariat, adgang, django_assert_max_num_queries):
    hvem = adgang(GODKENDER, organisation="aalborg")

    def fyld(antal):
        for _ in range(antal):
            tilbud = TilbudFactory(driftsherre=organisationer["aalborg"])
            forslag = handlinger.opret_forslag(tilbud, adgang=hvem, felter={"maalgruppe": "Unge"})
            handlinger.indsend_forslag(forslag, adgang=hvem)

    fyld(3)
    with django_assert_max_num_queries(15) as ved_tre:
        sekretariat.get("/tilbud/forslag/")
    fyld(7)
    with django_assert_max_num_queries(15) as ved_ti:
        sekretariat.get("/tilbud/forslag/")
    assert len(ved_tre) == len(ved_ti)
