"""The buyers of a takstskema: their page, prefill from last year, two people at once, and the check (T8)."""

from __future__ import annotations

import html
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.grunddata import indlaes_kommuner
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models import Haendelse, Organisation
from takster.enums import Rundetilstand, Skematilstand
from takster.handlinger import koebere as handlinger
from takster.handlinger import runder, skemaer
from takster.koebere import kendte_koebere, valgmuligheder
from takster.models import Koeb, Takstskema
from tests.takster.factories import IndberetningFactory, RundeFactory, SkemaFactory, TilbudFactory, YdelseFactory
from tests.takster.taelling import forespoergsler

pytestmark = pytest.mark.django_db
SYSTEM = Adgang.system()


@pytest.fixture
def skema(organisationer) -> Takstskema:
    return SkemaFactory(udfyldt=True, indberetning=IndberetningFactory(driftsherre=organisationer["aalborg"]))


def side(skema: Takstskema) -> str:
    return f"/takster/skemaer/{skema.pk}/koebere/"


def koebt(skema: Takstskema) -> dict[str, Decimal]:
    return dict(Koeb.objects.filter(skema=skema).values_list("kommune__slug", "maengde"))


def data(*raekker: tuple[object, str], version: int = 1, slet: tuple[int, ...] = (), **mere: str) -> dict[str, str]:
    felter = {"koebere-TOTAL_FORMS": str(len(raekker)), "koebere-INITIAL_FORMS": "0", "version": str(version)}
    for nummer, (kommune, maengde) in enumerate(raekker):
        felter[f"koebere-{nummer}-kommune"] = str(kommune)
        felter[f"koebere-{nummer}-maengde"] = maengde
        if nummer in slet:
            felter[f"koebere-{nummer}-slet"] = "on"
    return felter | mere


class TestKommuner:
    @pytest.mark.regel("T8")
    def test_alle_98_kommuner_og_groenland_kan_koebe(self, organisationer):
        foer = Organisation.objects.count()
        indlaes_kommuner()
        indlaes_kommuner()
        assert len(kendte_koebere()) == 99
        # The eleven of the agreement stay as they were.
        assert Organisation.objects.count() == foer + 88
        (egne, andre) = valgmuligheder()
        assert (len(egne[1]), len(andre[1])) == (11, 88)
        assert {"København", "Grønland", "Randers"} <= {navn for _, navn in andre[1]}
        assert Organisation.objects.parter().count() == 12


class TestGem:
    @pytest.mark.regel("T8")
    def test_listen_erstattes(self, skema, organisationer):
        indlaes_kommuner()
        groenland = Organisation.objects.get(slug="groenland")
        handlinger.gem_koebere(
            skema,
            adgang=SYSTEM,
            version=1,
            maengder={organisationer["thisted"].pk: Decimal("2.50"), groenland.pk: Decimal("1.00")},
        )
        assert koebt(skema) == {"thisted": Decimal("2.50"), "groenland": Decimal("1.00")}
        haendelse = Haendelse.objects.for_objekt(skema).get(handling="koebere_gemt")
        assert haendelse.data["koebere"][str(organisationer["aalborg"].pk)] == ["9.50", None]
        skema.refresh_from_db()
        assert (skema.koebere_version, skema.version) == (2, 1)

    def test_uaendret_gemmes_uden_spor_men_er_bekraeftet(self, skema, organisationer):
        gemt = handlinger.gem_koebere(
            skema, adgang=SYSTEM, version=1, maengder={organisationer["aalborg"].pk: Decimal("9.50")}
        )
        assert gemt.koebere_version == 2
        assert not Haendelse.objects.for_objekt(skema).filter(handling="koebere_gemt").exists()

    def test_konflikt(self, skema, organisationer):
        handlinger.gem_koebere(skema, adgang=SYSTEM, version=1, maengder={})
        with pytest.raises(Versionskonflikt):
            handlinger.gem_koebere(
                skema, adgang=SYSTEM, version=1, maengder={organisationer["thisted"].pk: Decimal(1)}
            )
        assert koebt(skema) == {}

    def test_kun_kommuner(self, skema, organisationer):
        with pytest.raises(ValidationError, match="ikke kommuner"):
            handlinger.gem_koebere(
                skema, adgang=SYSTEM, version=1, maengder={organisationer["sekretariatet"].pk: Decimal(1)}
            )

    @pytest.mark.parametrize("rolle", [Rolle.SEKRETARIAT, Rolle.DRIFTSHERRE_GODKENDER, Rolle.KOMMUNE_MYNDIGHED])
    def test_kun_indberetteren(self, skema, adgang, rolle):
        with pytest.raises(PermissionDenied):
            handlinger.gem_koebere(skema, adgang=adgang(rolle), version=1, maengder={})

    def test_ikke_efter_indsendelsen(self, skema, adgang):
        skemaer.indsend(skema, adgang=SYSTEM)
        with pytest.raises(PermissionDenied):
            handlinger.gem_koebere(skema, adgang=adgang(Rolle.DRIFTSHERRE_INDBERETTER), version=1, maengder={})


class TestForudfyldt:
    @pytest.mark.regel("T8")
    def test_naar_runden_aabner(self, organisationer):
        ydelse = YdelseFactory(tilbud=TilbudFactory(driftsherre=organisationer["aalborg"]))
        ny = YdelseFactory(tilbud=ydelse.tilbud)
        indberetning = IndberetningFactory(
            runde=RundeFactory(aar=2026, tilstand=Rundetilstand.LUKKET), driftsherre=organisationer["aalborg"]
        )
        gammelt = SkemaFactory(indberetning=indberetning, ydelse=ydelse)
        Koeb.objects.create(skema=gammelt, kommune=organisationer["thisted"], maengde=Decimal("3.40"))
        runde = RundeFactory(tilstand=Rundetilstand.KLADDE)
        runder.aabn_runde(runde, adgang=SYSTEM)
        assert koebt(Takstskema.objects.get(indberetning__runde=runde, ydelse=ydelse)) == {"thisted": Decimal("3.40")}
        assert koebt(Takstskema.objects.get(indberetning__runde=runde, ydelse=ny)) == {}

    def test_et_skema_der_kommer_senere(self, organisationer):
        ydelse = YdelseFactory(tilbud=TilbudFactory(driftsherre=organisationer["aalborg"]))
        gammel = RundeFactory(aar=2026, tilstand=Rundetilstand.LUKKET)
        foer = SkemaFactory(
            indberetning=IndberetningFactory(runde=gammel, driftsherre=organisationer["aalborg"]), ydelse=ydelse
        )
        Koeb.objects.create(skema=foer, kommune=organisationer["rebild"], maengde=Decimal(2))
        indberetning = IndberetningFactory(runde=RundeFactory(), driftsherre=organisationer["aalborg"])
        nyt = skemaer.opret_skema(indberetning, ydelse, adgang=SYSTEM)
        assert koebt(nyt) == {"rebild": Decimal("2.00")}


class TestSide:
    def test_viser_listen_og_siger_hvor_den_er_fra(self, skema, log_ind):
        svar = log_ind(Rolle.DRIFTSHERRE_INDBERETTER).get(side(skema))
        assert svar.status_code == 200
        assert 'value="9,5"' in svar.text
        assert "hentet fra sidste års skema" in html.unescape(svar.text)
        assert "Kommuner i aftalen" in svar.text

    def test_gem(self, skema, log_ind, organisationer):
        thisted = organisationer["thisted"].pk
        svar = log_ind(Rolle.DRIFTSHERRE_INDBERETTER).post(
            side(skema), data((thisted, "6,25"), (organisationer["rebild"].pk, "3"), ("", "")), follow=True
        )
        assert "Køberne er gemt" in svar.text
        assert koebt(skema) == {"thisted": Decimal("6.25"), "rebild": Decimal("3.00")}
        assert "hentet fra sidste års skema" not in html.unescape(svar.text)

    def test_fjern_en_raekke(self, skema, log_ind, organisationer):
        # What a removed row says no longer matters.
        raekker = (organisationer["aalborg"].pk, "abc"), (organisationer["thisted"].pk, "9")
        log_ind(Rolle.DRIFTSHERRE_INDBERETTER).post(side(skema), data(*raekker, slet=(0,)))
        assert koebt(skema) == {"thisted": Decimal("9.00")}

    def test_flere_raekker_uden_javascript_og_uden_at_miste_noget(self, skema, log_ind, organisationer):
        raekker = (organisationer["thisted"].pk, "6.25"), ("", "7")
        svar = log_ind(Rolle.DRIFTSHERRE_INDBERETTER).post(side(skema), data(*raekker, tilfoej="1"))
        assert svar.status_code == 200
        assert 'value="6.25"' in svar.text
        assert "koebere-4-kommune" in svar.text
        assert "form-error" not in svar.text
        assert koebt(skema) == {"aalborg": Decimal("9.50")}

    @pytest.mark.parametrize(
        ("kommuner", "maengder", "besked"),
        [
            (["thisted"], ["6.25"], "skriv tallet med komma"),
            (["thisted"], ["-1"], "skal være mindst 0"),
            (["thisted"], [""], "Skriv, hvor meget kommunen køber"),
            ([""], ["4"], "Vælg den kommune, der køber"),
            (["thisted", "thisted"], ["4", "5"], "Kommunen står allerede på listen"),
            (["sekretariatet"], ["4"], "Vælg kommune på listen"),
        ],
    )
    def test_fejl_ved_feltet_og_oeverst(self, skema, log_ind, organisationer, kommuner, maengder, besked):
        noegler = [organisationer[slug].pk if slug else "" for slug in kommuner]
        svar = log_ind(Rolle.DRIFTSHERRE_INDBERETTER).post(side(skema), data(*zip(noegler, maengder, strict=True)))
        assert svar.status_code == 422
        siden = html.unescape(svar.text)
        assert siden.count(besked) >= 2
        assert "Der er problemer" in siden
        assert all(f'value="{maengde}"' in siden for maengde in maengder if maengde)
        assert koebt(skema) == {"aalborg": Decimal("9.50")}

    def test_to_paa_en_gang(self, skema, log_ind, organisationer):
        klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER)
        handlinger.gem_koebere(
            skema, adgang=SYSTEM, version=1, maengder={organisationer["rebild"].pk: Decimal("8.00")}
        )
        svar = klient.post(side(skema), data((organisationer["thisted"].pk, "6,5")))
        assert svar.status_code == 409
        siden = html.unescape(svar.text)
        assert "En anden har gemt køberne" in siden
        assert svar.context["forskelle"] == [("Rebild", "–", "8"), ("Thisted", "6,5", "–")]
        assert 'value="6,5"' in siden
        # Saving again is deliberate.
        assert klient.post(side(skema), data((organisationer["thisted"].pk, "6,5"), version=2)).status_code == 302
        assert koebt(skema) == {"thisted": Decimal("6.50")}

    def test_for_sent(self, skema, log_ind, organisationer):
        skemaer.indsend(skema, adgang=SYSTEM)
        svar = log_ind(Rolle.DRIFTSHERRE_INDBERETTER).post(side(skema), data((organisationer["thisted"].pk, "6,5")))
        assert svar.status_code == 409
        assert "Thisted" in svar.text
        assert "6,5" in svar.text

    def test_et_indsendt_skema_kan_kun_laeses(self, skema, log_ind):
        skemaer.indsend(skema, adgang=SYSTEM)
        for rolle in (Rolle.DRIFTSHERRE_INDBERETTER, Rolle.SEKRETARIAT, Rolle.TAKSTGRUPPE, Rolle.REVISOR):
            svar = (
                log_ind(rolle).get(side(skema))
                if rolle == Rolle.SEKRETARIAT
                else log_ind(rolle, organisation="aalborg").get(side(skema))
            )
            assert svar.status_code == 200
            assert "9,5" in svar.text
            assert "Gem køberne" not in svar.text

    def test_das_ser_ikke_hvem_der_koeber(self, skema, log_ind):
        skemaer.indsend(skema, adgang=SYSTEM)
        assert log_ind(Rolle.DAS_MEDLEM).get(side(skema)).status_code == 404

    def test_en_anden_driftsherre(self, skema, log_ind):
        klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER, organisation="hjoerring")
        assert klient.get(side(skema)).status_code == 404

    def test_antal_foresporgsler_er_fast(self, skema, log_ind, organisationer):
        klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER)
        klient.get(side(skema))
        foer = forespoergsler(lambda: klient.get(side(skema)))
        for slug in ("thisted", "rebild", "morsoe", "laesoe"):
            Koeb.objects.create(skema=skema, kommune=organisationer[slug], maengde=1)
        assert forespoergsler(lambda: klient.get(side(skema))) == foer <= 15


class TestKontrol:
    @pytest.mark.regel("T8")
    def test_kontrolsiden_advarer_uden_at_stoppe(self, skema, log_ind, organisationer):
        klient = log_ind(Rolle.DRIFTSHERRE_GODKENDER)
        kontrol = f"/takster/skemaer/{skema.pk}/indsend/"
        assert "Kontrollen fandt ingen fejl" in klient.get(kontrol).text
        Koeb.objects.filter(skema=skema).update(maengde=Decimal("4.00"))
        assert "Køberne køber i alt 4 helårspladser" in html.unescape(klient.get(kontrol).text)
        Koeb.objects.all().delete()
        siden = html.unescape(klient.get(kontrol).text)
        assert "hvilke kommuner der køber" in siden
        assert "Skemaet kan indsendes" in siden

    def test_skemaet_viser_vej_til_siden(self, skema, log_ind):
        svar = log_ind(Rolle.DRIFTSHERRE_INDBERETTER).get(f"/takster/skemaer/{skema.pk}/ret/")
        assert f'id="id_koebere" href="{side(skema)}"' in svar.text
        svar = log_ind(Rolle.SEKRETARIAT).get(f"/takster/skemaer/{skema.pk}/")
        assert "1 kommune køber i alt 9,5 helårspladser" in html.unescape(svar.text).replace("\u00a0", " ")


class TestSynlighed:
    """The buyer sees its own purchases once the form is handed in, and nobody else's."""

    def synlige(self, adgang) -> set[str]:
        return set(Koeb.objects.synlige_for(adgang).values_list("kommune__slug", flat=True))

    def test_roller(self, skema, adgang, organisationer):
        Koeb.objects.create(skema=skema, kommune=organisationer["thisted"], maengde=1)
        alle = {"aalborg", "thisted"}
        assert self.synlige(adgang(Rolle.SEKRETARIAT)) == alle
        assert self.synlige(adgang(Rolle.DRIFTSHERRE_INDBERETTER)) == alle
        assert self.synlige(adgang(Rolle.DRIFTSHERRE_INDBERETTER, organisation="thisted")) == set()
        koebere = (Rolle.KOMMUNE_MYNDIGHED, Rolle.KOMMUNE_GODKENDER, Rolle.DAS_MEDLEM)
        for rolle in (*koebere, Rolle.TAKSTGRUPPE, Rolle.REVISOR):
            assert self.synlige(adgang(rolle)) == set()
        skemaer.indsend(skema, adgang=SYSTEM)
        for rolle in koebere:
            assert self.synlige(adgang(rolle)) == {"aalborg"}
            assert self.synlige(adgang(rolle, organisation="thisted")) == {"thisted"}
        assert self.synlige(adgang(Rolle.TAKSTGRUPPE)) == self.synlige(adgang(Rolle.REVISOR)) == alle
        assert self.synlige(adgang(Rolle.KKR_LAESER)) == self.synlige(Adgang()) == set()
        assert skema.tilstand == Skematilstand.KLADDE
