"""The page of one tilbud: what stands there, for whom, and what other apps add."""

from __future__ import annotations

import pytest
from django.test import Client

from socialaftale.kerne.enums import Rolle
from tests.tilbud.factories import (
    AftalestatusFactory,
    ForstaerketmedlemFactory,
    KoeberkommuneFactory,
    LovgrundlagFactory,
    OrganisationFactory,
    PladsFactory,
    TilbudFactory,
    TilbudslovgrundlagFactory,
    TilbudsnavnFactory,
    YdelseFactory,
)
from tilbud.handlinger import ret_tilbud
from tilbud.models import Tilbud, Tilbudseksempel
from tilbud.registre import sektioner

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.kun_sqlite("the page is made in Python; the permission walk runs its queries on PostgreSQL"),
]


def side(tilbud: Tilbud, klient: Client | None = None) -> str:
    svar = (klient or Client()).get(tilbud.get_absolute_url())
    assert svar.status_code == 200
    return svar.text


@pytest.mark.langsom
def test_de_104_virkelige_sider_kan_laeses(register):
    klient = Client()
    for tilbud in Tilbud.objects.all():
        tekst = side(tilbud, klient)
        assert tilbud.navn.replace("'", "&#x27;") in tekst
        assert ">None<" not in tekst
        assert "None" not in tekst.replace("display:none", "")


def test_oesterskoven(register):
    tekst = side(Tilbud.objects.get(slug="neurocenter-oesterskoven"))
    assert "SEL\u00a0§\u00a066" in tekst
    assert "SEL\u00a0§\u00a0107" in tekst
    assert "Godkendte pladser" in tekst
    assert "Region Nordjylland" in tekst
    assert "2023–2024" in tekst
    assert "NSA23 Nordjysk Socialaftale 2023-2024" in tekst
    assert "Eksempel" not in tekst


def test_hierarki(register):
    soedisbakke = Tilbud.objects.get(slug="soedisbakke")
    tekst = side(soedisbakke)
    for afdeling in soedisbakke.afdelinger.all():
        assert f'href="{afdeling.get_absolute_url()}"' in tekst
    assert f'href="{soedisbakke.get_absolute_url()}"' in side(soedisbakke.afdelinger.first())


def test_afdelinger_der_ikke_er_offentliggjort_naevnes_ikke(organisationer, log_ind):
    over = TilbudFactory(navn="Huset", driftsherre=organisationer["aalborg"], offentliggjort=False)
    under = TilbudFactory(navn="Afdelingen", driftsherre=organisationer["aalborg"], overordnet=over)
    assert "Huset" not in side(under)
    egen = log_ind(Rolle.DRIFTSHERRE_INDBERETTER, organisation="aalborg")
    assert "Huset" in side(under, egen)
    Tilbud.objects.filter(pk=over.pk).update(offentliggjort=True)
    Tilbud.objects.filter(pk=under.pk).update(offentliggjort=False)
    assert "Afdelingen" not in side(over)
    assert "Afdelingen" in side(over, log_ind(Rolle.SEKRETARIAT))


def test_eksempler_er_maerket_og_det_ukendte_er_en_streg(organisationer):
    tilbud = TilbudFactory(driftsherre=None, driftsform=None)
    assert side(tilbud).count("Eksempel") == 0
    Tilbudseksempel.objects.create(
        tilbud=tilbud, beliggenhedskommune=organisationer["rebild"], maalgruppe="Opdigtet gruppe"
    )
    PladsFactory(tilbud=tilbud, er_eksempel=True)
    YdelseFactory(tilbud=tilbud, er_eksempel=True)
    tekst = side(tilbud)
    assert tekst.count(">Eksempel</span>") == 3
    assert tekst.count(">Eksempeltal</span>") == 1
    assert "Eksempeltal er opdigtede" in tekst
    assert "<dt>Driftsform</dt><dd>–</dd>" in tekst


def test_kategori_alder_og_navne(organisationer):
    tilbud = TilbudFactory(kategori=2, aldersgruppe="unge", alder_fra=15, alder_til=23)
    TilbudsnavnFactory(tilbud=tilbud, navn="Det gamle", til_aar=2013)
    AftalestatusFactory(tilbud=tilbud, aar=2021, note="følger af T2")
    AftalestatusFactory(tilbud=tilbud, aar=2013, i_socialaftale=None)
    tekst = side(tilbud)
    assert "Kategori 2" in tekst
    assert "Unge (15–23 år)" in tekst
    assert "Det gamle" in tekst
    assert "til 2013" in tekst
    assert "følger af T2" in tekst
    assert tekst.index(">2021<") < tekst.index(">2013<")


def test_historisk_paragraf_siger_hvad_den_svarer_til(organisationer):
    nu = LovgrundlagFactory(slug="sel-66")
    gammel = LovgrundlagFactory(slug="sel-67", afloest_af=nu)
    tilbud = TilbudslovgrundlagFactory(lovgrundlag=gammel).tilbud
    assert "svarer til SEL\u00a0§\u00a066" in side(tilbud)


SER_HISTORIK = [
    (None, None, False),
    (Rolle.SEKRETARIAT, None, True),
    (Rolle.TAKSTGRUPPE, None, True),
    (Rolle.DRIFTSHERRE_INDBERETTER, "aalborg", True),
    (Rolle.DRIFTSHERRE_GODKENDER, "aalborg", True),
    (Rolle.REVISOR, "aalborg", True),
    (Rolle.DRIFTSHERRE_INDBERETTER, "hjoerring", False),
    (Rolle.REVISOR, "hjoerring", False),
    (Rolle.KOMMUNE_MYNDIGHED, "aalborg", False),
    (Rolle.DAS_MEDLEM, "aalborg", False),
]


@pytest.mark.parametrize(("rolle", "organisation", "ser"), SER_HISTORIK)
def test_historik_og_koebere_for_dem_de_angaar(organisationer, adgang, log_ind, rolle, organisation, ser):
    tilbud = TilbudFactory(driftsherre=organisationer["aalborg"])
    ret_tilbud(tilbud, adgang=adgang(Rolle.SEKRETARIAT), version=1, felter={"adresse": "Nygade 1"})
    KoeberkommuneFactory(tilbud=tilbud, kommune=organisationer["thisted"])
    tekst = side(tilbud, log_ind(rolle, organisation=organisation) if rolle else None)
    assert ("Rettet: adresse" in tekst) is ser
    # The auditor and the tariff group read the log, but not who buys.
    ser_koebere = ser and rolle not in (Rolle.TAKSTGRUPPE, Rolle.REVISOR)
    assert ("Thisted Kommune" in tekst) is ser_koebere


KNAPPER = [
    (None, None, set()),
    (Rolle.SEKRETARIAT, None, {"Redigér"}),
    (Rolle.DRIFTSHERRE_INDBERETTER, "aalborg", {"Foreslå ændring"}),
    (Rolle.DRIFTSHERRE_INDBERETTER, "hjoerring", set()),
    (Rolle.KOMMUNE_MYNDIGHED, "aalborg", set()),
]


@pytest.mark.parametrize(("rolle", "organisation", "knapper"), KNAPPER)
def test_hvad_man_ikke_maa_er_der_ikke(organisationer, log_ind, rolle, organisation, knapper):
    tilbud = TilbudFactory(driftsherre=organisationer["aalborg"])
    tekst = side(tilbud, log_ind(rolle, organisation=organisation) if rolle else None)
    assert {knap for knap in ("Redigér", "Foreslå ændring") if knap in tekst} == knapper
    assert ("Kontrollen har" in tekst) is (rolle == Rolle.SEKRETARIAT)


def test_andre_apps_kan_tilfoeje_en_sektion(organisationer, monkeypatch):
    monkeypatch.setattr(sektioner, "_poster", {})
    tilbud = TilbudFactory(navn="Med sektion")
    sektioner.tilfoej(
        "proeve", lambda tilbud, adgang: ("komponenter/tilstand.html", {"tilstand": "", "tekst": f"Om {tilbud.navn}"})
    )
    sektioner.tilfoej("tom", lambda tilbud, adgang: None)
    assert "Om Med sektion" in side(tilbud)


def test_et_ukendt_tilbud_er_404(db):
    assert Client().get("/tilbud/findes-ikke/").status_code == 404


@pytest.mark.parametrize("rolle", [None, Rolle.SEKRETARIAT, Rolle.DRIFTSHERRE_GODKENDER])
def test_samme_antal_opslag_for_faa_og_mange_raekker(
    organisationer, log_ind, django_assert_max_num_queries, rolle, monkeypatch
):
    # What other apps add they count themselves.
    monkeypatch.setattr(sektioner, "_poster", {})
    tilbud = TilbudFactory(driftsherre=organisationer["aalborg"])
    klient = log_ind(rolle, organisation=None if rolle == Rolle.SEKRETARIAT else "aalborg") if rolle else Client()

    def fyld(fra, til):
        for nummer in range(fra, til):
            PladsFactory(tilbud=tilbud, aar=2000 + nummer)
            YdelseFactory(tilbud=tilbud, lovgrundlag=LovgrundlagFactory(slug=f"sel-{nummer}"))
            TilbudslovgrundlagFactory(tilbud=tilbud, lovgrundlag=LovgrundlagFactory(slug=f"sel-{nummer}"))
            TilbudsnavnFactory(tilbud=tilbud, navn=f"Navn {nummer}")
            AftalestatusFactory(tilbud=tilbud, aar=2000 + nummer)
            ForstaerketmedlemFactory(tilbud=tilbud, fra_aar=2000 + nummer, til_aar=2001 + nummer)
            KoeberkommuneFactory(tilbud=tilbud, kommune=OrganisationFactory(slug=f"kommune-{nummer}"))
            TilbudFactory(overordnet=tilbud)

    fyld(0, 3)
    with django_assert_max_num_queries(15) as ved_tre:
        side(tilbud, klient)
    fyld(3, 10)
    with django_assert_max_num_queries(15) as ved_ti:
        side(tilbud, klient)
    assert len(ved_tre) == len(ved_ti)
