"""Cost places: booked once, distributed by keys to the øre, and put in the drafts; nothing is lost on the way."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.konflikt import Versionskonflikt
from takster.enums import Skematilstand, Stedtype
from takster.handlinger import omkostningssteder as handlinger
from takster.models import Fordelingsnoegle, Omkostningssted, Takstkladde, Takstskema
from takster.stedhentning import hent_stedregnskab
from tests.takster.factories import IndberetningFactory, RundeFactory, SkemaFactory
from tests.takster.taelling import kraev_fast_antal

pytestmark = pytest.mark.django_db


@pytest.fixture
def indberetning(organisationer):
    return IndberetningFactory(runde=RundeFactory(), driftsherre=organisationer["aalborg"])


@pytest.fixture
def skemaer(indberetning):
    return [
        SkemaFactory(udfyldt=True, indberetning=indberetning, pladser=Decimal(12)),
        SkemaFactory(udfyldt=True, indberetning=indberetning, pladser=Decimal(4)),
    ]


@pytest.fixture
def indberetter(adgang):
    return adgang(Rolle.DRIFTSHERRE_INDBERETTER)


@pytest.fixture
def klient(log_ind):
    return log_ind(Rolle.DRIFTSHERRE_INDBERETTER)


def nyt_sted(indberetning, adgang, navn="Fælles ledelse", beloeb=None, **flag):
    felter = {
        "navn": navn,
        "type": Stedtype.MIDLERTIDIG,
        "noegle": None,
        "er_myndighed": False,
        "betjener_myndighed": False,
        **flag,
    }
    return handlinger.gem_sted(
        indberetning, adgang=adgang, sted=None, version=0, felter=felter, beloeb=beloeb or {"A10": Decimal(1000)}
    )


@pytest.fixture
def fordelt(indberetning, skemaer, indberetter):
    """Two ydelser with 12 and 4 places share 1.000,01 kr. of management by places."""
    handlinger.begynd(indberetning, adgang=indberetter)
    steder = {sted.skema_id: sted.pk for sted in Omkostningssted.objects.all()}
    noegle = handlinger.gem_noegle(
        indberetning,
        adgang=indberetter,
        noegle=None,
        version=0,
        navn="Pladser",
        grundlag="pladser",
        maengder={steder[skema.pk]: skema.pladser for skema in skemaer},
    )
    nyt_sted(indberetning, indberetter, noegle=noegle, beloeb={"A10": Decimal("1000.01")})
    return noegle


def url(indberetning, navn="omkostningssteder", **mere):
    noegler = {"aar": indberetning.runde.aar, "slug": indberetning.driftsherre.slug, **mere}
    return reverse(f"takster:{navn}", kwargs=noegler)


class TestHandlinger:
    @pytest.mark.regel("T56")
    def test_et_endeligt_sted_pr_ydelse_ogsaa_for_dem_der_kommer_senere(self, indberetning, skemaer, indberetter):
        assert handlinger.begynd(indberetning, adgang=indberetter) == 2
        SkemaFactory(indberetning=indberetning)
        assert handlinger.begynd(indberetning, adgang=indberetter) == 1
        assert handlinger.begynd(indberetning, adgang=indberetter) == 0

    @pytest.mark.regel("T57")
    def test_overfoert_til_kladderne_til_oeren(self, indberetning, skemaer, fordelt, indberetter):
        udfoert = handlinger.overfoer(indberetning, adgang=indberetter)
        assert len(udfoert) == 2
        linjer = [Takstskema.objects.get(pk=skema.pk).beloeb()["A10"] for skema in skemaer]
        assert linjer == [Decimal("750.01"), Decimal("250.00")]
        # The other lines are as they were.
        assert Takstskema.objects.get(pk=skemaer[0].pk).beloeb()["A20"] == Decimal("5200000.00")

    def test_det_der_er_skrevet_og_ikke_gemt_bliver(self, indberetning, skemaer, fordelt, indberetter):
        Takstkladde.objects.create(skema=skemaer[0], bruger=indberetter.bruger, version=1, data={"bemaerkning": "x"})
        handlinger.overfoer(indberetning, adgang=indberetter)
        assert Takstkladde.objects.filter(skema=skemaer[0]).exists()

    def test_et_indsendt_skema_roeres_ikke(self, indberetning, skemaer, fordelt, indberetter):
        indsendt = SkemaFactory(udfyldt=True, indberetning=indberetning, tilstand=Skematilstand.INDSENDT)
        handlinger.begynd(indberetning, adgang=indberetter)
        sted = Omkostningssted.objects.get(skema=indsendt)
        handlinger.gem_sted(
            indberetning, adgang=indberetter, sted=sted, version=1, felter={}, beloeb={"A10": Decimal(5)}
        )
        handlinger.overfoer(indberetning, adgang=indberetter)
        assert Takstskema.objects.get(pk=indsendt.pk).beloeb()["A10"] == Decimal("600000.00")

    @pytest.mark.regel("T56")
    def test_intet_overfoeres_mens_der_er_en_rest(self, indberetning, skemaer, fordelt, indberetter):
        nyt_sted(indberetning, indberetter, navn="Køkken")
        with pytest.raises(ValidationError, match="Køkken er midlertidigt"):
            handlinger.overfoer(indberetning, adgang=indberetter)
        assert Takstskema.objects.get(pk=skemaer[0].pk).version == 1

    @pytest.mark.regel("T58")
    def test_myndighedsopgaver_holdes_ude_paa_et_eksternt_sted(self, indberetning, skemaer, fordelt, indberetter):
        nyt_sted(indberetning, indberetter, navn="Visitation", type=Stedtype.EKSTERN, er_myndighed=True)
        fordeling = hent_stedregnskab(indberetning).fordeling
        assert sum(sum(poster.values()) for poster in fordeling.eksterne.values()) == Decimal(1000)
        assert not fordeling.fund

    @pytest.mark.regel("T58")
    def test_myndighed_i_taksten_er_noget_at_se_efter(self, indberetning, fordelt, indberetter):
        nyt_sted(indberetning, indberetter, navn="Visitation", noegle=fordelt, er_myndighed=True)
        assert [fund.regel for fund in hent_stedregnskab(indberetning).fordeling.fund] == ["T58"]

    def test_to_der_gemmer_samme_sted(self, indberetning, fordelt, indberetter):
        sted = Omkostningssted.objects.get(navn="Fælles ledelse")
        gem = {"adgang": indberetter, "sted": sted, "version": 1, "felter": {}, "beloeb": {"A10": Decimal(1)}}
        handlinger.gem_sted(indberetning, **gem)
        with pytest.raises(Versionskonflikt):
            handlinger.gem_sted(indberetning, **gem)

    def test_et_sted_med_beloeb_slettes_ikke(self, indberetning, fordelt, indberetter):
        sted = Omkostningssted.objects.select_related("indberetning__driftsherre").get(navn="Fælles ledelse")
        with pytest.raises(ValidationError, match="Flyt eller fjern"):
            handlinger.slet_sted(sted, adgang=indberetter)

    def test_kun_egen_indberetter(self, indberetning, adgang):
        for fremmed in (
            adgang(Rolle.DRIFTSHERRE_GODKENDER),
            adgang(Rolle.SEKRETARIAT),
            adgang(Rolle.DRIFTSHERRE_INDBERETTER, organisation="hjoerring"),
        ):
            with pytest.raises(PermissionDenied):
                handlinger.begynd(indberetning, adgang=fremmed)


class TestSider:
    @pytest.mark.regel("T56")
    def test_summen_er_altid_det_bogfoerte_og_resten_vises(self, klient, indberetning, fordelt, indberetter):
        nyt_sted(indberetning, indberetter, navn="Køkken", beloeb={"B20": Decimal(300)})
        tekst = klient.get(url(indberetning)).text.replace("\u00a0", " ")
        assert "1.300,01 kr." in tekst
        assert "1.000,01 kr." in tekst
        assert "300,00 kr." in tekst
        assert "Køkken er midlertidigt" in tekst
        assert "Overfør til takstskemaerne" not in tekst

    def test_hele_vejen_i_browseren(self, klient, indberetning, skemaer):
        klient.post(url(indberetning, "omkostningssteder_begynd"))
        steder = {sted.skema_id: sted.pk for sted in Omkostningssted.objects.all()}
        svar = klient.get(url(indberetning, "noegle_opret"))
        assert f'name="maengde_{steder[skemaer[0].pk]}" value="12"' in svar.text
        data = {"navn": "Pladser", "grundlag": "pladser", "version": "0"}
        data |= {f"maengde_{steder[skema.pk]}": str(skema.pladser).replace(".", ",") for skema in skemaer}
        klient.post(url(indberetning, "noegle_opret"), data)
        noegle = Fordelingsnoegle.objects.get()
        sted = {"navn": "Ledelse", "type": "midlertidig", "noegle": noegle.pk, "version": "0", "linje_A10": "1.600"}
        assert klient.post(url(indberetning, "sted_opret"), sted).status_code == 302
        assert "1.200,00" in klient.get(url(indberetning, "omkostningssteder_overfoer")).text
        svar = klient.post(url(indberetning, "omkostningssteder_overfoer"), follow=True)
        assert "overført til 2 takstskemaer" in svar.text
        assert Takstskema.objects.get(pk=skemaer[0].pk).beloeb()["A10"] == Decimal("1200.00")

    @pytest.mark.regel("T57")
    def test_andele_der_ikke_giver_een(self, klient, indberetning, skemaer):
        klient.post(url(indberetning, "omkostningssteder_begynd"))
        sted = Omkostningssted.objects.first()
        data = {"navn": "Andele", "grundlag": "andel", "version": "0", f"maengde_{sted.pk}": "0,9"}
        klient.post(url(indberetning, "noegle_opret"), data)
        assert "Andelene i nøglen Andele giver 0,9, men skal give 1" in klient.get(url(indberetning)).text

    def test_fejl_bevarer_det_skrevne(self, klient, indberetning):
        data = {"navn": "", "type": "midlertidig", "version": "0", "linje_A10": "12.5"}
        svar = klient.post(url(indberetning, "sted_opret"), data)
        assert svar.status_code == 422
        assert 'value="12.5"' in svar.text

    def test_samme_navn_to_gange(self, klient, indberetning, fordelt):
        svar = klient.post(
            url(indberetning, "sted_opret"), {"navn": "Fælles ledelse", "type": "ekstern", "version": "0"}
        )
        assert svar.status_code == 422
        assert "allerede et omkostningssted med det navn" in svar.text

    def test_den_anden_ser_begge_vaerdier(self, klient, indberetning, fordelt):
        sted = Omkostningssted.objects.get(navn="Fælles ledelse")
        data = {"navn": "Fælles ledelse", "type": "midlertidig", "noegle": fordelt.pk, "version": "1"}
        klient.post(url(indberetning, "sted", pk=sted.pk), data | {"linje_A10": "2.000"})
        svar = klient.post(url(indberetning, "sted", pk=sted.pk), data | {"linje_A10": "3.000"})
        assert svar.status_code == 409
        assert "du skrev 3.000, gemt er 2.000" in svar.text
        assert 'name="version" value="2"' in svar.text

    @pytest.mark.regel("T13")
    def test_efter_fristen_staar_det_skrevne_paa_siden(self, efter_fristen, klient, indberetning):
        svar = klient.post(url(indberetning, "sted_opret"), {"navn": "Sent sted", "type": "ekstern", "version": "0"})
        assert svar.status_code == 409
        assert "Sent sted" in svar.text

    def test_naboen_og_das_ser_dem_ikke(self, log_ind, indberetning, fordelt):
        assert (
            log_ind(Rolle.DRIFTSHERRE_INDBERETTER, organisation="hjoerring").get(url(indberetning)).status_code == 404
        )
        assert log_ind(Rolle.DAS_MEDLEM).get(url(indberetning)).status_code == 404
        assert log_ind(Rolle.SEKRETARIAT).get(url(indberetning)).status_code == 200

    def test_fast_antal_forespoergsler(self, klient, indberetning, fordelt, indberetter):
        def flere(antal: int) -> None:
            for nummer in range(antal):
                nyt_sted(indberetning, indberetter, navn=f"Sted {antal}.{nummer}", noegle=fordelt)
                SkemaFactory(indberetning=indberetning)
            handlinger.begynd(indberetning, adgang=indberetter)

        kraev_fast_antal(lambda: klient.get(url(indberetning)), flere)
