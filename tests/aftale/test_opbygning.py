"""How a draft is put together: chapters moved, added, renamed and taken out; lists in their order."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from socialaftale.aftale import opbygning, urls
from socialaftale.aftale.models import Fokusomraade, Initiativ
from socialaftale.aftale.opbygning import LISTER
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Haendelse, Kapitel
from tests.aftale.factories import AftaleFactory, UdkastFactory

PERIODE = "2025-2026"


@pytest.fixture
def aftale(organisationer):
    return UdkastFactory(periode=PERIODE)


@pytest.fixture
def sekretariat(adgang):
    return adgang(Rolle.SEKRETARIAT)


def orden(aftale):
    return [kapitel.noegle for kapitel in aftale.tekst.kapitler.all()]


def numre(aftale):
    return {kapitel.noegle: kapitel.nummer for kapitel in aftale.tekst.kapitler.all() if kapitel.nummer}


def kapitel(aftale, noegle="forord"):
    return aftale.tekst.kapitler.get(noegle=noegle)


class TestKapitler:
    @pytest.mark.parametrize(
        ("noegle", "retning", "ny_orden"),
        [
            # A chapter takes its parts along.
            ("omraader", "op", ["forside", "omraader", "omraade_1", "forord", "bilag", "bagside"]),
            ("omraader", "ned", ["forside", "forord", "bilag", "omraader", "omraade_1", "bagside"]),
            ("bilag", "op", ["forside", "forord", "bilag", "omraader", "omraade_1", "bagside"]),
            # Cover and back page keep their places, and a part stays with its chapter.
            ("forord", "op", None),
            ("bilag", "ned", None),
            ("omraade_1", "op", None),
            ("forside", "ned", None),
        ],
    )
    def test_flyt(self, aftale, sekretariat, noegle, retning, ny_orden):
        foer = orden(aftale)
        flyttet = opbygning.flyt_kapitel(aftale, adgang=sekretariat, noegle=noegle, retning=retning)
        assert (flyttet, orden(aftale)) == (ny_orden is not None, ny_orden or foer)

    def test_numrene_foelger_raekkefoelgen(self, aftale, sekretariat):
        assert numre(aftale) == {"omraader": 1, "bilag": 2}
        opbygning.flyt_kapitel(aftale, adgang=sekretariat, noegle="bilag", retning="op")
        assert numre(aftale) == {"bilag": 1, "omraader": 2}

    def test_tilfoej(self, aftale, sekretariat):
        nyt = opbygning.tilfoej_kapitel(
            aftale, adgang=sekretariat, titel="Tal", niveau=1, nummereret=True, efter=kapitel(aftale, "omraader")
        )
        # "tal" is a page of its own, and a chapter does not stand between another and its parts.
        assert nyt.noegle == "tal-2"
        assert orden(aftale) == ["forside", "forord", "omraader", "omraade_1", "tal-2", "bilag", "bagside"]
        assert numre(aftale) == {"omraader": 1, "tal-2": 2, "bilag": 3}
        assert nyt.versioner.count() == 1

    def test_omdoeb(self, aftale, sekretariat):
        felter = {"niveau": 1, "nummereret": True, "vejledning": "Kort", "fra_version": 1}
        nyt = opbygning.omdoeb_kapitel(aftale, kapitel(aftale), adgang=sekretariat, titel="Indledning", **felter)
        assert (nyt.titel, nyt.version, nyt.vejledning) == ("Indledning", 2, "Kort")
        assert numre(aftale) == {"forord": 1, "omraader": 2, "bilag": 3}

    def test_fjern(self, aftale, sekretariat):
        with pytest.raises(ValidationError, match="Det har tekst"):
            opbygning.fjern_kapitel(
                aftale, kapitel(aftale, "omraade_1"), adgang=sekretariat, begrundelse="", fra_version=1
            )
        opbygning.fjern_kapitel(
            aftale, kapitel(aftale, "omraade_1"), adgang=sekretariat, begrundelse="Slået sammen", fra_version=1
        )
        assert "omraade_1" not in orden(aftale)
        gemt = Kapitel.alle.get(tekst=aftale.tekst, noegle="omraade_1")
        assert (gemt.versioner.count(), aftale.fokusomraader.get().kapitel) == (1, None)
        assert Haendelse.objects.for_objekt(aftale).first().begrundelse == "Slået sammen"
        # The key is not given to another, so that old versions and comparisons stay true.
        felter = {"niveau": 2, "nummereret": False, "efter": kapitel(aftale, "omraader")}
        assert opbygning.tilfoej_kapitel(aftale, adgang=sekretariat, titel="omraade 1", **felter).noegle == "omraade-1"

    @pytest.mark.parametrize(
        ("noegle", "fra_version", "besked"),
        [("omraader", 1, "har dele under sig"), ("forside", 1, "Forsiden"), ("forord", 7, "rettet kapitlet imens")],
    )
    def test_hvad_der_ikke_kan_fjernes(self, aftale, sekretariat, noegle, fra_version, besked):
        with pytest.raises(ValidationError, match=besked):
            opbygning.fjern_kapitel(
                aftale, kapitel(aftale, noegle), adgang=sekretariat, begrundelse="x", fra_version=fra_version
            )

    def test_kun_et_udkast_og_kun_sekretariatet(self, organisationer, aftale, sekretariat, adgang):
        with pytest.raises(PermissionDenied):
            opbygning.flyt_kapitel(aftale, adgang=adgang(Rolle.DAS_MEDLEM), noegle="bilag", retning="op")
        vedtaget = AftaleFactory(periode="2027-2028")
        with pytest.raises(PermissionDenied):
            opbygning.flyt_kapitel(vedtaget, adgang=sekretariat, noegle="bilag", retning="op")


def test_ingen_noegle_skygger_for_en_side():
    """A chapter's page has its key where other pages have a word: each of those words is reserved."""
    efter_perioden = "<slug:periode>/"
    stier = [str(post.pattern).removeprefix(efter_perioden) for post in urls.urlpatterns]
    ord_ = {sti.partition("/")[0] for sti in stier if "/" in sti and not sti.startswith("<")}
    # Pages that belong to no period.
    ord_ -= {"eksterne-tal"}
    assert ord_ - set(opbygning.RESERVEREDE) == set()


class TestLister:
    def tilfoej(self, aftale, adgang, raekke, art="fokusomraade"):
        return opbygning.gem_raekke(aftale, LISTER[art], raekke, adgang=adgang)

    def test_fokusomraader_bytter_numre(self, aftale, sekretariat):
        for titel in ("Det andet", "Det tredje"):
            self.tilfoej(aftale, sekretariat, Fokusomraade(aftale=aftale, titel=titel))
        tredje = aftale.fokusomraader.get(nr=3)
        assert opbygning.flyt_raekke(aftale, LISTER["fokusomraade"], tredje, adgang=sekretariat, retning="op")
        assert [(o.nr, o.titel) for o in aftale.fokusomraader.all()] == [
            (1, "Det første"),
            (2, "Det tredje"),
            (3, "Det andet"),
        ]
        opbygning.slet_raekke(aftale, LISTER["fokusomraade"], aftale.fokusomraader.get(nr=1), adgang=sekretariat)
        assert [o.nr for o in aftale.fokusomraader.all()] == [1, 2]

    def test_initiativer_har_bogstaver(self, aftale, sekretariat):
        omraade = aftale.fokusomraader.get()
        for titel in ("B-et", "C-et"):
            self.tilfoej(aftale, sekretariat, Initiativ(fokusomraade=omraade, titel=titel), "initiativ")
        foerste = omraade.initiativer.get(bogstav="A")
        opbygning.flyt_raekke(aftale, LISTER["initiativ"], foerste, adgang=sekretariat, retning="ned")
        assert [(i.bogstav, i.titel) for i in omraade.initiativer.all()] == [
            ("A", "B-et"),
            ("B", "Et initiativ"),
            ("C", "C-et"),
        ]
        assert not opbygning.flyt_raekke(
            aftale, LISTER["initiativ"], omraade.initiativer.get(bogstav="C"), adgang=sekretariat, retning="ned"
        )


def adresse(navn, *args):
    return reverse(f"aftale:{navn}", args=[PERIODE, *args])


@pytest.fixture
def klient(log_ind):
    return log_ind(Rolle.SEKRETARIAT)


class TestSider:
    def test_kapitel_fra_vugge_til_grav(self, aftale, klient):
        assert "Tilføj kapitel" in klient.get(adresse("opbygning")).text
        felter = {"titel": "Børn og unge", "niveau": "1", "nummereret": "on", "efter": kapitel(aftale).pk}
        assert klient.post(adresse("kapitel_nyt"), {}).status_code == 422
        svar = klient.post(adresse("kapitel_nyt"), felter)
        assert svar.url.endswith("#kapitel-boern-og-unge")
        svar = klient.post(adresse("kapitel_flyt", "boern-og-unge"), {"retning": "ned"})
        assert "er flyttet" in klient.get(svar.url).text
        assert klient.post(adresse("kapitel_flyt", "boern-og-unge"), {"retning": "x"}).status_code == 404
        felter = {"titel": "Unge", "niveau": "1", "fra_version": "9"}
        svar = klient.post(adresse("kapitel_opsaet", "boern-og-unge"), felter)
        assert svar.status_code == 422
        assert "rettet kapitlet imens" in svar.text
        assert 'name="fra_version" value="1"' in svar.text
        assert (
            klient.post(adresse("kapitel_opsaet", "boern-og-unge"), felter | {"fra_version": "1"}).status_code == 302
        )
        assert "Kapitlet er tomt" in klient.get(adresse("kapitel_fjern", "boern-og-unge")).text
        assert klient.post(adresse("kapitel_fjern", "boern-og-unge"), {"fra_version": "2"}).status_code == 302
        assert klient.post(adresse("kapitel_fjern", "forord"), {"fra_version": "1"}).status_code == 422

    @pytest.mark.parametrize(
        ("art", "felter"),
        [
            ("fokusomraade", {"titel": "Nyt område"}),
            ("bilag", {"titel": "Nyt bilag", "gruppe": "Styring"}),
            ("underskriver", {"funktion": "Ny formand"}),
        ],
    )
    def test_raekker(self, aftale, klient, art, felter):
        assert klient.post(adresse("raekke_ny", art), {}).status_code == 422
        assert klient.post(adresse("raekke_ny", art), felter).status_code == 302
        raekke = LISTER[art].raekker(aftale).last()
        assert klient.get(adresse("raekke", art, raekke.pk)).status_code == 200
        assert klient.post(adresse("raekke", art, raekke.pk), felter).status_code == 302
        assert klient.post(adresse("raekke_flyt", art, raekke.pk), {"retning": "op"}).status_code == 302
        assert klient.post(adresse("raekke_slet", art, raekke.pk)).status_code == 302
        assert not LISTER[art].raekker(aftale).filter(pk=raekke.pk).exists()

    def test_initiativ(self, aftale, klient):
        omraade = aftale.fokusomraader.get()
        side = adresse("raekke_ny", "initiativ")
        assert "selected" in klient.get(f"{side}?fokusomraade={omraade.pk}").text
        felter = {"fokusomraade": omraade.pk, "slags": "laboratorium", "titel": "Et forsøg"}
        assert klient.post(side, felter).status_code == 302
        assert str(omraade.initiativer.last()) == "Laboratorium B: Et forsøg"

    def test_ukendt_art_og_vedtaget_aftale(self, aftale, klient):
        assert klient.get(adresse("raekke_ny", "intet")).status_code == 404
        AftaleFactory(periode="2027-2028")
        side = klient.get(reverse("aftale:opbygning", args=["2027-2028"]))
        assert "Rækkefølgen ligger fast" in side.text
        assert klient.get(reverse("aftale:kapitel_nyt", args=["2027-2028"])).status_code == 404

    def test_vejledningen_ses_naar_der_skrives(self, aftale, klient):
        Kapitel.objects.filter(tekst=aftale.tekst, noegle="forord").update(vejledning="Skriv visionen kort")
        assert "Skriv visionen kort" in klient.get(adresse("ret_kapitel", "forord")).text


def test_antal_forespoergsler(aftale, klient, sekretariat, django_assert_max_num_queries):
    klient.get(adresse("opbygning"))
    with django_assert_max_num_queries(15) as faa:
        klient.get(adresse("opbygning"))
    for nummer in range(5):
        opbygning.gem_raekke(
            aftale, LISTER["fokusomraade"], Fokusomraade(aftale=aftale, titel=f"Nr. {nummer}"), adgang=sekretariat
        )
        Kapitel.objects.create(tekst=aftale.tekst, noegle=f"k{nummer}", titel="K", raekkefoelge=50)
    with django_assert_max_num_queries(len(faa)):
        klient.get(adresse("opbygning"))
