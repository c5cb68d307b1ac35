"""Buyers per year: the secretariat edits them, the driftsherre proposes them, and T3 follows."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.grunddata import indlaes_kommuner
from socialaftale.kerne.models import Haendelse, Organisation
from tests.tilbud.factories import AftalestatusFactory, KoeberkommuneFactory, TilbudFactory
from tilbud import handlinger
from tilbud.handlinger import Koeberkonflikt, ret_koebere
from tilbud.handlinger.koebere import fingeraftryk, registrerede
from tilbud.importering import importer
from tilbud.models import Koeberkommune, Tilbud, Tilbudsforslag

GODKENDER, INDBERETTER = Rolle.DRIFTSHERRE_GODKENDER, Rolle.DRIFTSHERRE_INDBERETTER
HELE_LANDET = 99


@pytest.fixture
def landet(organisationer) -> dict[str, Organisation]:
    """All municipalities of the country and Greenland beside the region's own organisations."""
    indlaes_kommuner()
    return {organisation.slug: organisation for organisation in Organisation.objects.all()}


@pytest.fixture
def tilbud(landet) -> Tilbud:
    tilbud = TilbudFactory(slug="proeve", driftsherre=landet["aalborg"], kategori=1)
    AftalestatusFactory(tilbud=tilbud, aar=2026, i_socialaftale=False)
    return tilbud


def koebere(tilbud: Tilbud, aar: int = 2026) -> list[str]:
    return [koeber.kommune.slug for koeber in registrerede(tilbud, aar)]


def sendt(landet, *slugs: str, **felter: str) -> dict[str, object]:
    valgte = [landet[slug] for slug in slugs]
    return {
        "parter": [kommune.pk for kommune in valgte if kommune.er_part],
        "andre": [kommune.pk for kommune in valgte if not kommune.er_part],
        "kilde": "",
        "aabnet": "",
        **felter,
    }


@pytest.mark.regel("T8")
def test_hele_landet_og_groenland_kan_koebe(landet, tilbud, log_ind):
    assert Organisation.objects.filter(type="kommune").count() == HELE_LANDET
    assert landet["koebenhavn"].navn == "Københavns Kommune"
    assert not landet["groenland"].er_part
    side = log_ind(Rolle.SEKRETARIAT).get(reverse("tilbud:koebere", args=["proeve"])).text
    assert side.count('name="parter"') + side.count('name="andre"') == HELE_LANDET


def test_kommuner_kan_indlaeses_igen_og_efter_registret(organisationer):
    importer()
    indlaes_kommuner()
    indlaes_kommuner()
    assert Organisation.objects.filter(type="kommune").count() == HELE_LANDET
    # The register's own row of Aarhus stays as it was.
    assert Organisation.objects.get(kode=751).raekkefoelge == 70


@pytest.mark.regel("T3", "T8")
def test_sekretariatet_retter_og_t3_kontrolleres(tilbud, landet, log_ind):
    klient = log_ind(Rolle.SEKRETARIAT)
    adresse = reverse("tilbud:koebere", args=["proeve"])
    svar = klient.post(f"{adresse}?aar=2026", sendt(landet, "aarhus", "groenland", kilde="Afregning 2026"))
    assert svar.url == tilbud.get_absolute_url()
    assert koebere(tilbud) == ["groenland", "aarhus"]
    assert tilbud.fund.get(regel="T3").art == "kun_koebere_udefra"
    aabnet = fingeraftryk(registrerede(tilbud, 2026))
    klient.post(f"{adresse}?aar=2026", sendt(landet, "hjoerring", "aarhus", aabnet=aabnet))
    assert koebere(tilbud) == ["hjoerring", "aarhus"]
    assert tilbud.fund.get(regel="T3").art == "kategori_1_med_koebere"
    haendelse = Haendelse.objects.for_objekt(tilbud).first()
    assert (haendelse.tekst, haendelse.data["aar"]) == ("Køberkommuner 2026 rettet", 2026)
    side = klient.get(tilbud.get_absolute_url()).text
    assert "Hjørring Kommune" in side
    assert "Ret køberkommuner" in side


def test_hvert_aar_er_sit_eget(tilbud, landet, adgang):
    sekretariat = adgang(Rolle.SEKRETARIAT)
    for aar, slug in ((2025, "rebild"), (2026, "thisted")):
        assert ret_koebere(tilbud, adgang=sekretariat, aar=aar, kommuner=[landet[slug]], aabnet="")
    assert (koebere(tilbud, 2025), koebere(tilbud, 2026)) == (["rebild"], ["thisted"])
    aabnet = fingeraftryk(registrerede(tilbud, 2026))
    antal = Haendelse.objects.count()
    assert not ret_koebere(tilbud, adgang=sekretariat, aar=2026, kommuner=[landet["thisted"]], aabnet=aabnet)
    assert Haendelse.objects.count() == antal
    assert ret_koebere(tilbud, adgang=sekretariat, aar=2026, kommuner=[], aabnet=aabnet)
    assert (koebere(tilbud, 2025), koebere(tilbud, 2026)) == (["rebild"], [])


def test_rigtige_koebere_afloeser_eksempler(tilbud, landet, log_ind):
    KoeberkommuneFactory(tilbud=tilbud, kommune=landet["thisted"], aar=2026, er_eksempel=True)
    klient = log_ind(Rolle.SEKRETARIAT)
    adresse = reverse("tilbud:koebere", args=["proeve"])
    side = klient.get(adresse).text
    assert "Thisted. Eksemplerne forsvinder" in side
    assert "checked" not in side
    klient.post(f"{adresse}?aar=2026", sendt(landet, "rebild"))
    assert list(Koeberkommune.objects.values_list("kommune__slug", "er_eksempel")) == [("rebild", False)]


def test_den_anden_var_foerst(tilbud, landet, log_ind, adgang):
    ret_koebere(tilbud, adgang=adgang(Rolle.SEKRETARIAT), aar=2026, kommuner=[landet["rebild"]], aabnet="")
    klient = log_ind(Rolle.SEKRETARIAT)
    adresse = reverse("tilbud:koebere", args=["proeve"]) + "?aar=2026"
    svar = klient.post(adresse, sendt(landet, "thisted", kilde="Min kilde"))
    assert svar.status_code == 422
    assert "I registret står nu: Rebild." in svar.text
    assert 'value="Min kilde"' in svar.text
    assert koebere(tilbud) == ["rebild"]
    with pytest.raises(Koeberkonflikt):
        ret_koebere(tilbud, adgang=adgang(Rolle.SEKRETARIAT), aar=2026, kommuner=[], aabnet="")
    # The form that came back may be saved.
    aabnet = fingeraftryk(registrerede(tilbud, 2026))
    assert f'name="aabnet" value="{aabnet}"' in svar.text
    assert klient.post(adresse, sendt(landet, "thisted", aabnet=aabnet)).status_code == 302
    assert koebere(tilbud) == ["thisted"]


@pytest.mark.parametrize(
    ("felter", "besked", "krydser"),
    [
        ({"kilde": "x" * 201}, "Kilde må højst fylde 200 tegn", 2),
        ({"parter": ["999999"]}, "Vælg kommuner i aftalen", 1),
    ],
)
def test_fejl_beholder_det_skrevne(tilbud, landet, log_ind, felter, besked, krydser):
    data = {**sendt(landet, "rebild", "groenland"), **felter}
    svar = log_ind(Rolle.SEKRETARIAT).post(reverse("tilbud:koebere", args=["proeve"]) + "?aar=2026", data)
    assert svar.status_code == 422
    assert besked in svar.text
    assert svar.text.count(" checked") == krydser
    assert koebere(tilbud) == []


@pytest.mark.parametrize("aar", ["26", "abc", "1850", ""])
def test_et_forkert_aar(tilbud, log_ind, aar):
    svar = log_ind(Rolle.SEKRETARIAT).get(reverse("tilbud:koebere", args=["proeve"]), {"aar": aar})
    assert svar.status_code == 422
    assert 'name="parter"' not in svar.text


def test_en_region_er_ingen_koeberkommune(tilbud, landet, adgang):
    with pytest.raises(ValidationError, match="Kun kommuner"):
        ret_koebere(
            tilbud, adgang=adgang(Rolle.SEKRETARIAT), aar=2026, kommuner=[landet["region-midtjylland"]], aabnet=""
        )


class TestDriftsherren:
    def test_foreslaar_og_sekretariatet_godkender(self, tilbud, landet, log_ind, adgang):
        klient = log_ind(GODKENDER, organisation="aalborg")
        adresse = reverse("tilbud:koebere", args=["proeve"]) + "?aar=2026"
        assert "Gem kladde" in klient.get(adresse).text
        svar = klient.post(adresse, sendt(landet, "hjoerring", "aarhus", begrundelse="To nye købere"))
        forslag = Tilbudsforslag.objects.get()
        assert svar.url == forslag.get_absolute_url()
        side = klient.get(svar.url).text
        assert "Køberkommuner 2026" in side
        assert "Hjørring, Aarhus" in side
        assert koebere(tilbud) == []
        # The draft is gone on with, and the fields of the other page do not lose it.
        igen = klient.get(adresse).text
        assert igen.count(" checked") == 2
        assert "To nye købere" in igen
        handlinger.ret_forslag(
            forslag,
            adgang=adgang(GODKENDER, organisation="aalborg"),
            version=forslag.version,
            felter={"maalgruppe": "Voksne"},
            begrundelse="To nye købere",
        )
        forslag.refresh_from_db()
        assert sorted(forslag.aendringer) == ["koebere:2026", "maalgruppe"]
        assert klient.get(reverse("tilbud:foreslaa", args=["proeve"])).status_code == 200
        klient.post(reverse("tilbud:forslag_indsend", args=[forslag.pk]), {"version": forslag.version})
        assert klient.get(adresse).url == forslag.get_absolute_url()
        sekretariat = log_ind(Rolle.SEKRETARIAT)
        liste = sekretariat.get(reverse("tilbud:forslag_liste")).text
        assert "køberkommuner 2026" in liste
        sekretariat.post(reverse("tilbud:forslag_godkend", args=[forslag.pk]), {"version": tilbud.version})
        tilbud.refresh_from_db()
        assert (tilbud.maalgruppe, koebere(tilbud)) == ("Voksne", ["hjoerring", "aarhus"])
        assert tilbud.fund.get(regel="T3").art == "kategori_1_med_koebere"

    def test_ser_at_registret_har_flyttet_sig(self, tilbud, landet, log_ind, adgang):
        handlinger.foreslaa_koebere(
            tilbud,
            adgang=adgang(GODKENDER, organisation="aalborg"),
            aar=2026,
            kommuner=[landet["rebild"]],
            begrundelse="x",
        )
        kladde = Tilbudsforslag.objects.get()
        forslag = handlinger.indsend_forslag(
            kladde, adgang=adgang(GODKENDER, organisation="aalborg"), version=kladde.version
        )
        ret_koebere(tilbud, adgang=adgang(Rolle.SEKRETARIAT), aar=2026, kommuner=[landet["thisted"]], aabnet="")
        side = log_ind(Rolle.SEKRETARIAT).get(forslag.get_absolute_url()).text
        assert "Registret er ændret" in side
        assert 'data-label="Nu i registret">Thisted' in side

    def test_uden_aendring_eller_begrundelse(self, tilbud, landet, log_ind):
        klient = log_ind(INDBERETTER, organisation="aalborg")
        adresse = reverse("tilbud:koebere", args=["proeve"]) + "?aar=2026"
        svar = klient.post(adresse, sendt(landet, begrundelse="Intet"))
        assert svar.status_code == 422
        assert "Du har ikke ændret noget" in svar.text
        svar = klient.post(adresse, sendt(landet, "rebild"))
        assert svar.status_code == 422
        assert "Skriv, hvorfor køberne skal ændres" in svar.text
        assert svar.text.count(" checked") == 1
        assert not Tilbudsforslag.objects.exists()

    def test_kun_sit_eget_og_aldrig_selv(self, tilbud, landet, adgang):
        nabo, egen = adgang(GODKENDER, organisation="hjoerring"), adgang(GODKENDER, organisation="aalborg")
        with pytest.raises(PermissionDenied):
            handlinger.foreslaa_koebere(tilbud, adgang=nabo, aar=2026, kommuner=[landet["rebild"]])
        with pytest.raises(PermissionDenied):
            ret_koebere(tilbud, adgang=egen, aar=2026, kommuner=[landet["rebild"]], aabnet="")


def test_samme_antal_opslag_for_faa_og_mange(tilbud, landet, log_ind, django_assert_max_num_queries):
    klient = log_ind(Rolle.SEKRETARIAT)
    adresse = reverse("tilbud:koebere", args=["proeve"]) + "?aar=2026"
    kommuner = list(Organisation.objects.filter(type="kommune"))
    for kommune in kommuner[:2]:
        KoeberkommuneFactory(tilbud=tilbud, kommune=kommune)
    with django_assert_max_num_queries(15) as faa:
        klient.get(adresse)
    for kommune in kommuner[2:60]:
        KoeberkommuneFactory(tilbud=tilbud, kommune=kommune)
    with django_assert_max_num_queries(15) as mange:
        klient.get(adresse)
    assert len(faa) == len(mange)
