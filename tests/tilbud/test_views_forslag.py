"""Proposals on the pages: the driftsherre writes and sends, the secretariat decides."""

from __future__ import annotations

import re

import pytest

from socialaftale.kerne.enums import Rolle
from tests.tilbud.factories import TilbudFactory
from tilbud import handlinger
from tilbud.models import Tilbud, Tilbudsforslag

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.kun_sqlite("the page is made in Python; the permission walk runs its queries on PostgreSQL"),
]
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

    svar = godkender.post(f"/tilbud/forslag/{forslag.pk}/indsend/", {"version": "1"}, follow=True)
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
    godkender.post(f"/tilbud/forslag/{forslag.pk}/indsend/", {"version": "1"})
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
    forslag = Tilbudsforslag.objects.get()
    assert f'name="forslag" value="{forslag.pk}"' in side
    assert 'name="version" value="1"' in side
    skriv(godkender, maalgruppe="Børn", adresse="Nygade 1", forslag=str(forslag.pk), version="1")
    forslag.refresh_from_db()
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
    godkender.post(f"/tilbud/forslag/{forslag.pk}/indsend/", {"version": "1"})
    handlinger.ret_tilbud(tilbud, adgang=adgang(Rolle.SEKRETARIAT), version=1, felter={"maalgruppe": "Børn"})
    svar = sekretariat.post(f"/tilbud/forslag/{forslag.pk}/godkend/", {"version": "1"})
    assert svar.status_code == 409
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
    handlinger.indsend_forslag(forslag, adgang=hvem, version=1)
    handlinger.afvis_forslag(forslag, adgang=adgang(Rolle.SEKRETARIAT), begrundelse="Nej")
    klient = sekretariat if trin == "godkend" else godkender
    svar = klient.post(f"/tilbud/forslag/{forslag.pk}/{trin}/", {"version": "1"}, follow=True)
    assert svar.status_code == 200
    assert "Forslaget er ændret af en anden" in svar.text
    assert sekretariat.get(f"/tilbud/forslag/{forslag.pk}/afvis/").status_code == 302


# Two colleagues write at once


@pytest.fixture
def kollega(log_ind):
    return log_ind(INDBERETTER, organisation="aalborg")


def valgte(svar) -> dict[str, str]:
    """What the page suggests: the radio buttons that are checked."""
    return dict(re.findall(r'name="valg-(\w+)" id="\w[\w-]*" value="(\w+)" checked', svar.text))


@pytest.fixture
def kladde(tilbud, godkender) -> Tilbudsforslag:
    skriv(godkender, maalgruppe="Unge")
    return Tilbudsforslag.objects.get()


def fra_kladden(kladde: Tilbudsforslag, version: int = 1, **aendringer) -> dict[str, str]:
    return {"maalgruppe": "Unge", "forslag": str(kladde.pk), "version": str(version), **aendringer}


def test_den_anden_der_gemmer_ser_begge_udgaver(kladde, godkender, kollega):
    """Both opened version 1: the colleague changed target group and address, we the target group and the remark."""
    skriv(kollega, **fra_kladden(kladde, maalgruppe="Børn", adresse="Nygade 1"))
    svar = skriv(godkender, **fra_kladden(kladde, maalgruppe="Voksne", bemaerkning="Min bemærkning"))
    assert svar.status_code == 409
    assert "Kladden er rettet af en anden, mens du skrev" in svar.text
    for tekst in ("I kladden nu: Børn", "Din: Voksne", "I kladden nu: Nygade 1", "Din: –"):
        assert tekst in svar.text
    assert valgte(svar) == {"maalgruppe": "din", "adresse": "gemt"}
    assert "\nVoksne</textarea>" in svar.text
    assert "\nMin bemærkning</textarea>" in svar.text
    assert 'name="version" value="2"' in svar.text
    kladde.refresh_from_db()
    assert kladde.aendringer["maalgruppe"]["efter"] == "Børn"

    igen = fra_kladden(kladde, version=2, maalgruppe="Voksne", bemaerkning="Min bemærkning")
    svar = skriv(godkender, **igen, **{"valg-maalgruppe": "din", "valg-adresse": "gemt"})
    assert svar.status_code == 302
    kladde.refresh_from_db()
    assert kladde.version == 3
    assert {felt: aendring["efter"] for felt, aendring in kladde.aendringer.items()} == {
        "maalgruppe": "Voksne",
        "adresse": "Nygade 1",
        "bemaerkning": "Min bemærkning",
    }


def test_to_der_begynder_paa_hver_sin_kladde(tilbud, godkender, kollega, organisationer):
    """Neither page showed a draft: the first save makes it, the second is a conflict and not a second draft."""
    skriv(kollega, maalgruppe="Børn", beliggenhedskommune=str(organisationer["rebild"].pk), begrundelse="Min grund")
    svar = skriv(godkender, adresse="Nygade 1")
    assert svar.status_code == 409
    assert "I kladden nu: Rebild" in svar.text
    assert "I kladden nu: Min grund" in svar.text
    assert 'value="Nygade 1"' in svar.text
    assert valgte(svar) == {"maalgruppe": "gemt", "beliggenhedskommune": "gemt", "begrundelse": "din"}
    assert Tilbudsforslag.objects.get().aendringer.keys() == {"maalgruppe", "beliggenhedskommune"}


def test_begge_skrev_det_samme(kladde, godkender, kollega):
    skriv(kollega, **fra_kladden(kladde, maalgruppe="Børn"))
    svar = skriv(godkender, **fra_kladden(kladde, maalgruppe="Børn"))
    assert svar.status_code == 409
    assert "Kladden er ændret, mens du skrev" in svar.text
    assert skriv(godkender, **fra_kladden(kladde, version=2, maalgruppe="Børn")).status_code == 302


def test_en_ny_kladde_er_ikke_den_man_saa(kladde, godkender, kollega, adgang):
    """The draft was withdrawn and another begun, also at version 1: nobody has seen that one yet."""
    handlinger.traek_forslag(kladde, adgang=adgang(INDBERETTER, organisation="aalborg"))
    skriv(kollega, maalgruppe="Børn")
    svar = skriv(godkender, **fra_kladden(kladde, maalgruppe="Voksne"))
    assert svar.status_code == 409
    assert "I kladden nu: Børn" in svar.text


@pytest.mark.parametrize("skaebne", ["indsendt", "trukket"])
def test_kladden_kan_ikke_rettes_mere_men_intet_er_tabt(skaebne, kladde, godkender, adgang, organisationer):
    hvem = adgang(GODKENDER, organisation="aalborg")
    if skaebne == "indsendt":
        handlinger.indsend_forslag(kladde, adgang=hvem, version=1)
    else:
        handlinger.traek_forslag(kladde, adgang=hvem)
    kommune = str(organisationer["rebild"].pk)
    # A mistake in a field is no longer of interest.
    rettet = fra_kladden(
        kladde, maalgruppe="Kun\r\nvoksne", beliggenhedskommune=kommune, begrundelse="", alder_fra="x"
    )
    svar = skriv(godkender, **rettet)
    assert svar.status_code == 409
    assert "Forslaget kan ikke rettes nu" in svar.text
    for tekst in ("Kun<br>voksne", "<dd>Rebild</dd>", "<dd>x</dd>"):
        assert tekst in svar.text
    assert f'href="/tilbud/forslag/{kladde.pk}/"' in svar.text
    kladde.refresh_from_db()
    assert (kladde.tilstand, kladde.aendringer["maalgruppe"]["efter"]) == (skaebne, "Unge")


def test_der_indsendes_det_godkenderen_har_laest(kladde, godkender, kollega):
    skriv(kollega, **fra_kladden(kladde, maalgruppe="Børn"))
    for version in ("1", "", "x"):
        svar = godkender.post(f"/tilbud/forslag/{kladde.pk}/indsend/", {"version": version})
        assert svar.status_code == 409
        assert "Kladden er rettet, siden du åbnede siden" in svar.text
        assert "Børn" in svar.text
    assert godkender.post(f"/tilbud/forslag/{kladde.pk}/indsend/", {"version": "2"}).status_code == 302


def test_en_begrundelse_for_afvisning_gaar_ikke_tabt(kladde, godkender, sekretariat, adgang):
    handlinger.indsend_forslag(kladde, adgang=adgang(GODKENDER, organisation="aalborg"), version=1)
    handlinger.godkend_forslag(kladde, adgang=adgang(Rolle.SEKRETARIAT), version=1)
    svar = sekretariat.post(f"/tilbud/forslag/{kladde.pk}/afvis/", {"begrundelse": "Ikke rigtigt"})
    assert svar.status_code == 409
    assert "<dd>Ikke rigtigt</dd>" in svar.text


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
            handlinger.indsend_forslag(forslag, adgang=hvem, version=1)

    fyld(3)
    with django_assert_max_num_queries(15) as ved_tre:
        sekretariat.get("/tilbud/forslag/")
    fyld(7)
    with django_assert_max_num_queries(15) as ved_ti:
        sekretariat.get("/tilbud/forslag/")
    assert len(ved_tre) == len(ved_ti)
