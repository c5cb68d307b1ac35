"""The public pages of capacity: totals, shares, order, periods, what is not distributed, constant queries."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Organisation
from socialaftale.kerne.models.haendelse import log
from tests.tilbud.factories import AftalestatusFactory, OrganisationFactory, PladsFactory, TilbudFactory
from tests.tilbud.kapacitet.factories import KommunepladserFactory, PladsopgoerelseFactory
from tilbud.models import Pladsopgoerelse, Tilbudseksempel

pytestmark = pytest.mark.kun_sqlite("the page is made in Python; the permission walk runs its queries on PostgreSQL")

MAKS_FORESPOERGSLER = 15


def hent(klient: Client, adresse: str = "/kapacitet/", status: int = 200) -> str:
    svar = klient.get(adresse)
    assert svar.status_code == status
    return svar.content.decode()


def kommuner_i_tabellen(html: str) -> list[str]:
    tabel = html[html.index('id="tabel"') :]
    return re.findall(r'<th scope="row"[^>]*><a href="/kapacitet/[^"]+">([^<]+)</a>', tabel)


def flad(html: str) -> str:
    """The text of a page on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\u00a0", " ").split())


# The whole area


def test_hovedtal_og_fund_er_beregnet(kapacitet, client):
    tekst = flad(hent(client))
    assert "I 2022 var der 10.449 dag- og døgnpladser i Nordjylland." in tekst
    assert "2.421 af dem (23,2 %, næsten hver fjerde) var med i Nordjysk Socialaftale." in tekst
    assert "I alt 4.876 3.152 2.421 10.449 23,2" in tekst
    assert "+341 siden 2020" in tekst
    assert "+0,95 procentpoint siden 2020" in tekst
    assert "Socialaftalens andel er størst i Mariagerfjord (43,3 %) og mindst i Læsø (0,0 %)." in tekst


def test_kommuner_i_dansk_raekkefoelge_med_aalborg_sidst(kapacitet, client):
    kommuner = kommuner_i_tabellen(hent(client))
    assert len(kommuner) == 11
    assert (kommuner[0], kommuner[4], kommuner[-1]) == ("Brønderslev", "Læsø", "Aalborg")


@pytest.mark.parametrize(
    ("sort", "foerste", "sidste"),
    [("-navn", "Aalborg", "Brønderslev"), ("-socialaftale", "Aalborg", "Læsø"), ("andel", "Læsø", "Mariagerfjord")],
)
def test_tabellen_sorteres_over_alle_raekker(kapacitet, client, sort, foerste, sidste):
    kommuner = kommuner_i_tabellen(hent(client, f"/kapacitet/?sort={sort}"))
    assert (kommuner[0], kommuner[-1]) == (foerste, sidste)


def test_en_tidligere_periode(kapacitet, client):
    html = hent(client, "/kapacitet/?periode=2021-2022")
    tekst = flad(html)
    assert "I alt 4.392 2.888 2.080 9.360 22,2" in tekst
    assert "tal fra 2020" in tekst
    # The first period has nothing to be compared with.
    assert "Udvikling fra" not in tekst
    assert '<a href="/kapacitet/?periode=2021-2022" class="tab-button" aria-current="page">' in html


def test_udvikling_mellem_perioderne(kapacitet, client):
    tekst = flad(hent(client))
    assert "Udvikling fra 2020 til 2022" in tekst
    assert "Pladser i socialaftalen 2.080 2.421 +341 +16,4" in tekst
    assert "Vesthimmerland 300 266 −34 −11,3" in tekst
    # From nothing to nothing has no percentage.
    assert "Læsø 0 0 0 –" in tekst


def test_kilde_aar_definitioner_beregning_og_kreditlinje(kapacitet, client):
    tekst = flad(hent(client))
    assert "Kilde: Nordjysk Socialaftale 2023-2024, tal fra 2022." in tekst
    assert "Kort: DAGI 1:500.000, Geodatastyrelsen, 2014" in tekst
    assert "Sådan er andelen beregnet" in tekst
    assert "Andel = pladser i socialaftalen / (kommunale + private + pladser i socialaftalen)" in tekst
    assert "Regionens pladser er derfor talt med i den kommune, hvor de ligger" in tekst


def test_alle_ider_er_unikke(kapacitet, client):
    for adresse in ("/kapacitet/", "/kapacitet/aalborg/"):
        ider = re.findall(r' id="([^"]+)"', hent(client, adresse))
        assert len(ider) == len(set(ider))


@pytest.mark.parametrize("adresse", ["/kapacitet/?periode=1999-2000", "/kapacitet/?format=pdf"])
def test_ukendt_periode_og_format_findes_ikke(kapacitet, client, adresse):
    hent(client, adresse, 404)


def test_uden_opgoerelser_staar_der_hvorfor(organisationer, client):
    assert "Der er ingen opgørelse af pladser endnu" in hent(client)
    assert "Opgørelsen for" not in hent(client, "/kapacitet/aalborg/")


def test_en_kladde_er_ikke_offentlig(kapacitet, client, log_ind):
    KommunepladserFactory(opgoerelse__aftaleperiode="2025-2026", opgoerelse__offentliggjort=False)
    for klient in (client, log_ind(Rolle.SEKRETARIAT)):
        hent(klient, "/kapacitet/?periode=2025-2026", 404)
        assert "2025-2026" not in hent(klient)


def test_kun_sekretariatet_ser_indlaesningens_fund(kapacitet, client, log_ind):
    opgoerelse = Pladsopgoerelse.objects.get(aftaleperiode="2023-2024")
    log(Adgang.system(), "fund", opgoerelse, tekst="Private pladser: kilden skriver 3.150 i alt")
    assert "kilden skriver 3.150" in hent(log_ind(Rolle.SEKRETARIAT))
    for klient in (client, log_ind(Rolle.DAS_MEDLEM)):
        assert "Opgørelsens historik" not in hent(klient)


def test_kapacitet_staar_i_menuen_og_paa_den_offentlige_forside(kapacitet, client):
    html = hent(client, "/")
    assert 'href="/kapacitet/"' in html
    assert "Se, hvor mange pladser der er i hver kommune" in html


# One municipality


@pytest.fixture
def aalborg(kapacitet) -> Organisation:
    return Organisation.objects.get(slug="aalborg")


@pytest.fixture
def regionen(kapacitet) -> Organisation:
    return Organisation.objects.get(slug="region-nordjylland")


def afsnit(html: str, overskrift: str) -> str:
    """The page from one heading to the next of the same rank."""
    return flad(html.split(f"<h2>{overskrift}</h2>")[1].split("<h2>")[0])


def test_kommunens_serier_pr_periode(kapacitet, client):
    tekst = flad(hent(client, "/kapacitet/mariagerfjord/"))
    assert "Kapacitet i Mariagerfjord Kommune" in tekst
    assert "460 af dem (43,3 %) var med i socialaftalen. Det er 19,0 % af alle socialaftalens pladser." in tekst
    assert "2023-2024 2022 174 429 460 1.063 43,3" in tekst
    assert "2021-2022 2020 209 393 378 980 38,6" in tekst
    assert "Antallet af pladser i kommunen er i alt steget med 83 (8,5 %) fra 2020 til 2022." in tekst
    assert "Pladser i alt de tre serier lagt sammen 1.063 Resultat 43,3 %" in tekst


def test_mange_tilbud_vises_en_side_ad_gangen(aalborg, regionen, client):
    """Each of the two lists turns its own pages."""
    for nr in range(52):
        TilbudFactory(navn=f"Hus {nr:02}", beliggenhedskommune=aalborg, driftsherre=regionen, offentliggjort=True)
    sider = [client.get("/kapacitet/aalborg/", {"ligger": side}).context["ligger_i"] for side in (1, 2)]
    assert [len(side) for side in sider] == [50, 2]
    assert [linje.navn for linje in sider[1]] == ["Hus 50", "Hus 51"]
    assert len(client.get("/kapacitet/aalborg/", {"drives": 2}).context["ligger_i"]) == 50
    assert "Viser <strong>51–52</strong>" in hent(client, "/kapacitet/aalborg/?ligger=2")


def test_ligger_i_og_drives_af_er_hver_for_sig(aalborg, regionen, client):
    TilbudFactory(navn="Regionens hus", driftsherre=regionen, beliggenhedskommune=aalborg)
    TilbudFactory(
        navn="Ude i Rebild",
        driftsherre=aalborg,
        beliggenhedskommune=Organisation.objects.get(slug="rebild"),
    )
    TilbudFactory(navn="Uden sted", driftsherre=aalborg)
    TilbudFactory(navn="Ikke offentligt", driftsherre=aalborg, beliggenhedskommune=aalborg, offentliggjort=False)
    html = hent(client, "/kapacitet/aalborg/")
    ligger = afsnit(html, "Tilbud, der ligger i kommunen")
    drives = afsnit(html, "Tilbud, som kommunen driver")
    assert "Regionens hus Region Nordjylland" in ligger
    assert "Ude i Rebild" not in ligger
    assert "Ude i Rebild Rebild" in drives
    # Where it lies is not known, and stays so.
    assert "Uden sted –" in drives
    assert "Regionens hus" not in drives
    assert "Ikke offentligt" not in html


def test_ikke_fordelt_paa_tilbud(aalborg, client):
    aftalt = TilbudFactory(navn="Aftalt", driftsherre=aalborg, beliggenhedskommune=aalborg)
    AftalestatusFactory(tilbud=aftalt)
    PladsFactory(tilbud=aftalt, art="aftalt", type="doegn", antal_fra=20, aar=2022)
    PladsFactory(tilbud=aftalt, art="aftalt", type="aflastning", antal_fra=4, aar=2022)
    # Older, and later than the period: neither counts.
    PladsFactory(tilbud=aftalt, art="aftalt", type="doegn", antal_fra=99, aar=2019)
    PladsFactory(tilbud=aftalt, art="aftalt", type="doegn", antal_fra=77, aar=2025)
    udenfor = TilbudFactory(navn="Udenfor", driftsherre=aalborg, beliggenhedskommune=aalborg)
    AftalestatusFactory(tilbud=udenfor, i_socialaftale=False)
    PladsFactory(tilbud=udenfor, art="aftalt", antal_fra=50, aar=2022)
    uden_art = TilbudFactory(navn="Uden art", driftsherre=aalborg, beliggenhedskommune=aalborg)
    AftalestatusFactory(tilbud=uden_art)
    PladsFactory(tilbud=uden_art, art=None, antal_fra=19, aar=2020)
    AftalestatusFactory(tilbud__navn="Tomt", tilbud__driftsherre=aalborg, tilbud__beliggenhedskommune=aalborg)
    tekst = afsnit(hent(client, "/kapacitet/aalborg/"), "Tilbud, der ligger i kommunen")
    assert "Ifølge opgørelsen, 2022 867 Aftalte pladser i registrets tilbud 24 Ikke fordelt på tilbud 843" in tekst
    assert "3 tilbud i kommunen er i socialaftalen ifølge registret. Pladserne er ikke oplyst for 1 af dem." in tekst
    assert "Pladser af anden art er ikke trukket fra: pladser uden oplyst art: 19." in tekst


def test_uden_aftalte_pladser_er_resten_ukendt(aalborg, client):
    tekst = afsnit(hent(client, "/kapacitet/aalborg/"), "Tilbud, der ligger i kommunen")
    assert "Ifølge opgørelsen, 2022 867 Aftalte pladser i registrets tilbud – Ikke fordelt på tilbud –" in tekst


def test_flere_pladser_i_registret_end_i_opgoerelsen(aalborg, client):
    laesoe = Organisation.objects.get(slug="laesoe")
    tilbud = TilbudFactory(driftsherre=laesoe, beliggenhedskommune=laesoe)
    AftalestatusFactory(tilbud=tilbud)
    PladsFactory(tilbud=tilbud, art="aftalt", antal_fra=3, aar=2022)
    tekst = afsnit(hent(client, "/kapacitet/laesoe/"), "Tilbud, der ligger i kommunen")
    assert "Ikke fordelt på tilbud −3" in tekst
    assert "Registret har flere aftalte pladser end opgørelsen." in tekst


def test_eksempler_er_maerket(aalborg, client):
    tilbud = TilbudFactory(navn="Virkeligt tilbud", driftsherre=aalborg)
    AftalestatusFactory(tilbud=tilbud)
    Tilbudseksempel.objects.create(tilbud=tilbud, beliggenhedskommune=aalborg)
    PladsFactory(tilbud=tilbud, art="aftalt", antal_fra=12, aar=2024, er_eksempel=True)
    html = hent(client, "/kapacitet/aalborg/")
    tekst = afsnit(html, "Tilbud, der ligger i kommunen")
    assert "Virkeligt tilbud Beliggenheden er et eksempel" in tekst
    assert "Aftalte pladser, 2024 Eksempeltal" in tekst
    assert "Heraf 12 eksempeltal 12" in tekst
    assert "opdigtet" in html
    assert "opdigtet" not in hent(client, "/kapacitet/rebild/")


def test_pladser_skrives_som_kilden_har_dem(aalborg, client):
    tilbud = TilbudFactory(driftsherre=aalborg)
    PladsFactory(tilbud=tilbud, art="godkendt", antal_fra=5, antal_til=8, aar=None)
    cirka = TilbudFactory(driftsherre=aalborg)
    PladsFactory(tilbud=cirka, antal_fra=20, cirka=True, aar=2014, type="time")
    tekst = afsnit(hent(client, "/kapacitet/aalborg/"), "Tilbud, som kommunen driver")
    assert "5–8 Godkendte pladser, uden år" in tekst
    assert "ca. 20 Art ikke oplyst, time, 2014" in tekst


def test_forrige_og_naeste_kommune(kapacitet, client):
    html = hent(client, "/kapacitet/laesoe/?periode=2021-2022")
    assert '/kapacitet/jammerbugt/?periode=2021-2022">' in html
    assert '/kapacitet/mariagerfjord/?periode=2021-2022">' in html
    assert "Forrige:" not in hent(client, "/kapacitet/broenderslev/")
    assert "Næste:" not in hent(client, "/kapacitet/aalborg/")


@pytest.mark.parametrize("slug", ["findes-ikke", "region-nordjylland", "sekretariatet"])
def test_kun_kommuner_har_en_side(kapacitet, client, slug):
    hent(client, f"/kapacitet/{slug}/", 404)


def test_en_kommune_udenfor_aftalen_har_ingen_side(kapacitet, client):
    OrganisationFactory(slug="kolding", er_part=False)
    hent(client, "/kapacitet/kolding/", 404)


def test_en_part_uden_tal_i_perioden(kapacitet, client):
    OrganisationFactory(slug="ny-kommune")
    tekst = flad(hent(client, "/kapacitet/ny-kommune/"))
    assert "Opgørelsen for 2023-2024 har ingen tal for kommunen." in tekst
    assert "2023-2024 2022 – – – – –" in tekst
    assert "Ifølge opgørelsen, 2022 –" in tekst


# Queries


@pytest.mark.parametrize("adresse", ["/kapacitet/", "/kapacitet/aalborg/", "/kapacitet/?format=xlsx"])
def test_konstant_antal_forespoergsler(kapacitet, log_ind, adresse, django_assert_max_num_queries):
    klient = log_ind(Rolle.SEKRETARIAT)
    _flere(range(1))
    hent_bytes(klient, adresse)
    with django_assert_max_num_queries(MAKS_FORESPOERGSLER) as foer:
        hent_bytes(klient, adresse)
    _flere(range(1, 20))
    KommunepladserFactory(opgoerelse=PladsopgoerelseFactory(aftaleperiode="2019-2020", statistik_aar=2018))
    with django_assert_max_num_queries(MAKS_FORESPOERGSLER) as efter:
        hent_bytes(klient, adresse)
    assert len(foer.captured_queries) == len(efter.captured_queries)


def hent_bytes(klient: Client, adresse: str) -> None:
    assert klient.get(adresse).status_code == 200


def _flere(numre: range) -> None:
    """More municipalities, that the map does not know, and more tilbud in one."""
    aalborg = Organisation.objects.get(slug="aalborg")
    for nummer in numre:
        kommune = OrganisationFactory(slug=f"kommune-{nummer}", raekkefoelge=200 + nummer)
        opgoerelse = Pladsopgoerelse.objects.get(aftaleperiode="2023-2024")
        KommunepladserFactory(opgoerelse=opgoerelse, kommune=kommune, socialaftale=nummer)
        tilbud = TilbudFactory(driftsherre=aalborg, beliggenhedskommune=aalborg)
        AftalestatusFactory(tilbud=tilbud)
        PladsFactory(tilbud=tilbud, art="aftalt", aar=2022)
        PladsFactory(tilbud=tilbud, art=None, aar=2021)


def test_flere_kommuner_end_figurerne_kan_rumme(kapacitet, client):
    _flere(range(20))
    html = hent(client)
    assert len(kommuner_i_tabellen(html)) == 31
    assert "Figuren viser de 12 kommuner med flest pladser, tabellen alle 31." in html
    assert 'id="pladskort"' in html
