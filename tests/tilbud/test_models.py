"""Constraints in the database, and what the QuerySets mean."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from tests.tilbud.factories import (
    AftalestatusFactory,
    ForstaerketmedlemFactory,
    LovgrundlagFactory,
    OrganisationFactory,
    PladsFactory,
    TilbudFactory,
    TilbudslovgrundlagFactory,
    TilbudsnavnFactory,
    YdelseFactory,
)
from tilbud.enums import Forslagstilstand
from tilbud.models import (
    Forstaerketmedlem,
    Lovgrundlag,
    Plads,
    Tilbud,
    Tilbudseksempel,
    Tilbudsforslag,
    Tilbudsfund,
    Ydelse,
)
from tilbud.models.plads import seneste_pladser

pytestmark = pytest.mark.django_db
TID = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)


def forslag(**felter) -> Tilbudsforslag:
    tilbud = felter.pop("tilbud", None) or TilbudFactory()
    return Tilbudsforslag.objects.create(tilbud=tilbud, organisation=tilbud.driftsherre, **felter)


BRUD = {
    "tilbud_driftsform_kendt": lambda: TilbudFactory(driftsform="anden"),
    "tilbud_kategori_kendt": lambda: TilbudFactory(kategori=4),
    "tilbud_alder_i_orden": lambda: TilbudFactory(alder_fra=18, alder_til=17),
    "tilbud_version_positiv": lambda: TilbudFactory(version=0),
    "plads_art_kendt": lambda: PladsFactory(art="opdigtet"),
    "plads_type_kendt": lambda: PladsFactory(type="opdigtet"),
    "plads_antal_i_orden": lambda: PladsFactory(antal_fra=8, antal_til=5),
    "lovgrundlag_omfattet_kendt": lambda: LovgrundlagFactory(omfattet="maaske"),
    "lovgrundlag_aar_i_orden": lambda: LovgrundlagFactory(fra_aar=2020, til_aar=2019),
    "tilbudslovgrundlag_aar_i_orden": lambda: TilbudslovgrundlagFactory(fra_aar=2020, til_aar=2019),
    "tilbudsnavn_aar_i_orden": lambda: TilbudsnavnFactory(fra_aar=2020, til_aar=2019),
    "ydelse_enhed_kendt": lambda: YdelseFactory(enhed="uge"),
    "ydelse_aar_i_orden": lambda: YdelseFactory(aktiv_fra_aar=2025, aktiv_til_aar=2024),
    "forstaerketmedlem_kriterie_kendt": lambda: ForstaerketmedlemFactory(kriterie="d"),
    "forstaerketmedlem_aar_i_orden": lambda: ForstaerketmedlemFactory(fra_aar=2024, til_aar=2023),
    "tilbudseksempel_ikke_tomt": lambda: Tilbudseksempel.objects.create(tilbud=TilbudFactory()),
    "tilbudsfund_art_kendt": lambda: Tilbudsfund.objects.create(tilbud=TilbudFactory(), art="x", niveau="fejl"),
    "tilbudsfund_niveau_kendt": lambda: Tilbudsfund.objects.create(
        tilbud=TilbudFactory(), art="uden_pladser", niveau="x"
    ),
    "tilbudsforslag_tilstand_kendt": lambda: forslag(tilstand="opdigtet"),
    "tilbudsforslag_indsendt_har_tidspunkt": lambda: forslag(tilstand=Forslagstilstand.INDSENDT),
    "tilbudsforslag_afgjort_har_tidspunkt": lambda: forslag(
        tilstand=Forslagstilstand.GODKENDT, indsendt_tidspunkt=TID
    ),
    "tilbudsforslag_afvist_har_grund": lambda: forslag(
        tilstand=Forslagstilstand.AFVIST, indsendt_tidspunkt=TID, afgjort_tidspunkt=TID
    ),
}


@pytest.mark.parametrize("navn", BRUD)
def test_checks_staar_i_databasen(navn):
    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        BRUD[navn]()


@pytest.mark.parametrize(
    ("fabrik", "felter"),
    [
        (PladsFactory, {"art": None, "type": None, "aar": None, "kilde": "X"}),
        (PladsFactory, {"art": "godkendt", "type": "doegn", "aar": 2024, "kilde": "X"}),
        (AftalestatusFactory, {"aar": None}),
        (AftalestatusFactory, {"aar": 2023}),
        (ForstaerketmedlemFactory, {"fra_aar": None, "til_aar": 2020}),
        (TilbudsnavnFactory, {"navn": "ISH", "til_aar": None}),
        (TilbudslovgrundlagFactory, {"fra_aar": None}),
        (YdelseFactory, {"slug": "doegn"}),
    ],
    ids=lambda vaerdi: vaerdi.__name__ if isinstance(vaerdi, type) else "",
)
def test_det_samme_kan_ikke_staa_to_gange(fabrik, felter):
    """Unknown counts as a value of its own: two rows that lack the same are the same."""
    tilbud = TilbudFactory()
    fabrik(tilbud=tilbud, **felter)
    with pytest.raises(IntegrityError, match="(?i)unique"), transaction.atomic():
        fabrik(tilbud=tilbud, **felter)


def test_to_dele_af_et_tilbud_kan_have_hvert_sit_tal():
    tilbud = TilbudFactory()
    for del_ in ("sikrede pladser", "åbne pladser"):
        PladsFactory(tilbud=tilbud, art="godkendt", kilde="X", daekker=del_)
    assert tilbud.pladser.count() == 2


def test_et_tilbud_er_ikke_sin_egen_afdeling():
    tilbud = TilbudFactory()
    with pytest.raises(IntegrityError, match="tilbud_ikke_sin_egen_afdeling"), transaction.atomic():
        Tilbud.objects.filter(pk=tilbud.pk).update(overordnet=tilbud)


def test_hoejst_et_aabent_forslag_pr_tilbud():
    tilbud = TilbudFactory()
    forslag(tilbud=tilbud)
    with pytest.raises(IntegrityError, match="(?i)unique"), transaction.atomic():
        forslag(tilbud=tilbud)
    Tilbudsforslag.objects.update(tilstand=Forslagstilstand.TRUKKET)
    assert forslag(tilbud=tilbud).tilstand == Forslagstilstand.KLADDE


# QuerySets


def test_synlige_for(adgang):
    aalborg, hjoerring = OrganisationFactory(slug="aalborg"), OrganisationFactory(slug="hjoerring")
    offentligt = TilbudFactory(driftsherre=hjoerring)
    eget = TilbudFactory(driftsherre=aalborg, offentliggjort=False)
    andres = TilbudFactory(driftsherre=hjoerring, offentliggjort=False)
    uden_driftsherre = TilbudFactory(driftsherre=None, offentliggjort=False)
    set_af = {
        "offentlig": set(Tilbud.objects.synlige_for(Adgang())),
        "sekretariat": set(Tilbud.objects.synlige_for(adgang(Rolle.SEKRETARIAT))),
        "driftsherre": set(Tilbud.objects.synlige_for(adgang(Rolle.DRIFTSHERRE_INDBERETTER, organisation="aalborg"))),
        "myndighed": set(Tilbud.objects.synlige_for(adgang(Rolle.KOMMUNE_MYNDIGHED, organisation="aalborg"))),
    }
    assert set_af == {
        "offentlig": {offentligt},
        "sekretariat": {offentligt, eget, andres, uden_driftsherre},
        "driftsherre": {offentligt, eget},
        # The same municipality under its other hat: the authority is no operator.
        "myndighed": {offentligt},
    }


@pytest.mark.regel("T2", "T3")
@pytest.mark.parametrize(
    ("aar", "forventet"), [(2012, None), (2013, True), (2020, True), (2021, False), (None, False)]
)
def test_status_holder_til_den_naeste(aar, forventet):
    tilbud = TilbudFactory()
    AftalestatusFactory(tilbud=tilbud, aar=2021, i_socialaftale=False)
    AftalestatusFactory(tilbud=tilbud, aar=2013, i_socialaftale=True)
    assert Tilbud.objects.med_aftalestatus(aar).get().i_aftalen is forventet
    assert Tilbud.objects.i_socialaftalen(aar).exists() is (forventet is True)


def test_status_uden_aar_er_den_aeldste():
    tilbud = TilbudFactory()
    AftalestatusFactory(tilbud=tilbud, aar=None, i_socialaftale=False)
    assert Tilbud.objects.med_aftalestatus(2010).get().i_aftalen is False
    AftalestatusFactory(tilbud=tilbud, aar=2011, i_socialaftale=None)
    assert Tilbud.objects.med_aftalestatus().get().i_aftalen is None


def test_uden_status_er_ukendt():
    TilbudFactory()
    assert Tilbud.objects.med_aftalestatus().get().i_aftalen is None
    assert not Tilbud.objects.i_socialaftalen().exists()


@pytest.mark.regel("FS3")
@pytest.mark.parametrize(
    ("fra", "til", "aar", "forventet"),
    [
        (2021, 2022, 2021, True),
        (2021, 2022, 2022, True),
        (2021, 2022, 2023, False),
        (None, 2020, 2019, True),
        (None, 2020, 2021, False),
        (2023, None, 2026, True),
        (None, None, 2020, False),
    ],
)
def test_medlem_i_aar(fra, til, aar, forventet):
    ForstaerketmedlemFactory(fra_aar=fra, til_aar=til)
    assert Forstaerketmedlem.objects.i_aar(aar).exists() is forventet


def test_lovgrundlag_gaelder_i_sine_aar():
    LovgrundlagFactory(slug="sel-1", til_aar=2012)
    LovgrundlagFactory(slug="sel-2", fra_aar=2013)
    LovgrundlagFactory(slug="sel-3")
    assert {post.slug for post in Lovgrundlag.objects.gaeldende(2012)} == {"sel-1", "sel-3"}
    assert {post.slug for post in Lovgrundlag.objects.gaeldende(2013)} == {"sel-2", "sel-3"}


def test_aktive_ydelser():
    YdelseFactory(slug="altid", aktiv_fra_aar=None)
    YdelseFactory(slug="lukket", aktiv_til_aar=2026)
    YdelseFactory(slug="ny", aktiv_fra_aar=2027)
    assert {ydelse.slug for ydelse in Ydelse.objects.aktive(2027)} == {"altid", "ny"}


def test_soegeteksten_foelger_navn_og_driftsherre():
    tilbud = TilbudFactory(navn="Ærøhuset", adresse="Åvej 1", maalgruppe="Børn med AUTISME")
    TilbudsnavnFactory(tilbud=tilbud, navn="Søhuset")
    tilbud.save(update_fields=["adresse"])
    tilbud.refresh_from_db()
    assert tilbud.soegetekst == "ærøhuset søhuset ålborg kommune åvej 1"
    assert tilbud.maalgruppe_soegetekst == "børn med autisme"


# Places


def raekke(antal, aar=2024, *, art=None, type=None, daekker="", pk=None, **felter) -> Plads:
    return Plads(pk=pk, antal_fra=antal, antal_til=antal, aar=aar, art=art, type=type, daekker=daekker, **felter)


def tal(raekker) -> list[int]:
    return [plads.antal_fra for plads in seneste_pladser(raekker)]


def test_seneste_aar_vinder():
    assert tal([raekke(22, 2019), raekke(28, 2020), raekke(5, None)]) == [28]


def test_arter_blandes_aldrig():
    assert tal([raekke(28, art="budgetteret"), raekke(32, art="godkendt"), raekke(17, art="normeret")]) == [28]
    assert tal([raekke(9), raekke(2, art="godkendt")]) == [2]


def test_typer_af_samme_art_hoerer_sammen():
    assert tal([raekke(14), raekke(4, type="aflastning")]) == [14, 4]


def test_hele_tilbuddet_gaar_foran_en_nyere_del():
    assert tal([raekke(92, 2023, daekker="4 tilbud"), raekke(131, 2020)]) == [131]
    assert tal([raekke(72, daekker="sikrede"), raekke(12, daekker="åbne")]) == [72, 12]


def test_eksempler_viger_for_virkelige_tal():
    assert tal([raekke(10, 2024, er_eksempel=True), raekke(22, 2013)]) == [22]
    assert tal([raekke(10, 2024, er_eksempel=True)]) == [10]


def test_af_to_kilder_tages_den_sidst_indtastede():
    assert tal([raekke(22, kilde="A", pk=1), raekke(28, kilde="B", pk=2)]) == [28]


def test_uden_pladser():
    assert seneste_pladser([]) == []


@pytest.mark.parametrize(
    ("fra", "til", "cirka", "tekst"), [(22, 22, False, "22"), (5, 8, False, "5–8"), (20, 20, True, "ca.\u00a020")]
)
def test_antal_i_ord(fra, til, cirka, tekst):
    plads = Plads(antal_fra=fra, antal_til=til, cirka=cirka)
    assert plads.antal_tekst == tekst
    assert plads.er_praecis is (tekst == "22")
