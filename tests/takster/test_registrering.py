"""What the tariff app offers the rest: next steps, coming dates, live figures, and the demo."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Haendelse
from socialaftale.kerne.tal.katalog import Talkontekst, TalMangler, find
from takster import demodata, grunddata, paneler
from takster.demotal import eksempel_for
from takster.enums import Rundetilstand, Skematilstand
from takster.handlinger import skemaer
from takster.hentning import beregn_gemt, hent_omgivelser
from takster.models import Indberetning, Indberetningsrunde, PLsats, Takst, Takstskema
from tests.takster.factories import (
    IndberetningFactory,
    RegelsaetFactory,
    RundeFactory,
    SkemaFactory,
    TakstFactory,
    TilbudFactory,
    YdelseFactory,
)

pytestmark = pytest.mark.django_db
I_DAG = dt.date(2026, 10, 1)


def tekster(adgang) -> list[tuple[str, int]]:
    return [(skridt.tekst, skridt.antal) for skridt in paneler.naeste_skridt(adgang, I_DAG)]


class TestPaneler:
    @pytest.fixture
    def egen(self, organisationer):
        return IndberetningFactory(runde=RundeFactory(), driftsherre=organisationer["aalborg"])

    def test_driftsherrens_kladder_og_returnerede(self, egen, adgang):
        SkemaFactory(udfyldt=True, indberetning=egen)
        SkemaFactory(udfyldt=True, indberetning=egen, tilstand=Skematilstand.SENDT_RETUR)
        SkemaFactory(udfyldt=True, indberetning=egen, tilstand=Skematilstand.GODKENDT)
        assert tekster(adgang(Rolle.DRIFTSHERRE_INDBERETTER)) == [
            ("takstskemaer er sendt retur og skal rettes", 1),
            ("takstskemaer for 2027 mangler at blive indsendt", 1),
        ]
        assert tekster(adgang(Rolle.DRIFTSHERRE_INDBERETTER, organisation="hjoerring")) == []

    def test_godkenderen_ser_det_der_er_meldt_klar(self, egen, adgang):
        skema = SkemaFactory(udfyldt=True, indberetning=egen)
        skemaer.meld_klar(skema, adgang=adgang(Rolle.DRIFTSHERRE_INDBERETTER))
        assert ("takstskemaer er klar til, at du indsender dem", 1) in tekster(adgang(Rolle.DRIFTSHERRE_GODKENDER))
        assert len(tekster(adgang(Rolle.DRIFTSHERRE_INDBERETTER))) == 1

    def test_haster_den_sidste_uge(self, egen, adgang):
        SkemaFactory(indberetning=egen)
        klient = adgang(Rolle.DRIFTSHERRE_INDBERETTER)
        (skridt,) = paneler.naeste_skridt(klient, dt.date(2026, 10, 23))
        assert (skridt.haster, skridt.frist) == (False, dt.date(2026, 10, 31))
        (skridt,) = paneler.naeste_skridt(klient, dt.date(2026, 10, 24))
        assert skridt.haster
        assert list(paneler.naeste_skridt(klient, dt.date(2026, 11, 1))) == []

    def test_sekretariatets_koe_og_dem_der_mangler(self, egen, adgang):
        SkemaFactory(udfyldt=True, indberetning=egen, tilstand=Skematilstand.INDSENDT)
        SkemaFactory(indberetning=egen)
        assert tekster(adgang(Rolle.SEKRETARIAT)) == [
            ("indsendte takstskemaer venter på kontrol", 1),
            ("driftsherrer mangler at indsende takster for 2027", 1),
        ]

    def test_sekretariatet_taeller_driftsherrer_ikke_skemaer(
        self, egen, adgang, organisationer, django_assert_num_queries
    ):
        for slug in ("hjoerring", "thisted"):
            anden = IndberetningFactory(runde=egen.runde, driftsherre=organisationer[slug])
            SkemaFactory.create_batch(2, indberetning=anden)
        SkemaFactory(indberetning=egen, tilstand=Skematilstand.GODKENDT)
        sekretariat = adgang(Rolle.SEKRETARIAT)
        with django_assert_num_queries(2):
            fundet = tekster(sekretariat)
        assert fundet == [("driftsherrer mangler at indsende takster for 2027", 2)]

    def test_andre_faar_ingen(self, egen, adgang):
        SkemaFactory(indberetning=egen)
        for rolle in (Rolle.KOMMUNE_MYNDIGHED, Rolle.DAS_MEDLEM, Rolle.KKR_LAESER):
            assert tekster(adgang(rolle)) == []
        assert tekster(Adgang()) == []

    def test_kommende_datoer(self, egen, adgang):
        RundeFactory(aar=2028, tilstand=Rundetilstand.KLADDE, aabner=dt.date(2027, 8, 1), frist=dt.date(2027, 10, 31))

        def datoer(rolle):
            return [(post.tekst, post.dato) for post in paneler.kommende(adgang(rolle), I_DAG)]

        frist = ("Frist for takster 2027", dt.date(2026, 10, 31))
        assert datoer(Rolle.DRIFTSHERRE_INDBERETTER) == [frist]
        assert ("Indberetningen af takster for 2028 åbner", dt.date(2027, 8, 1)) in datoer(Rolle.SEKRETARIAT)
        assert datoer(Rolle.KKR_LAESER) == []

    @pytest.mark.parametrize("antal", [3, 10])
    def test_antal_foresporgsler(self, egen, adgang, antal, django_assert_num_queries):
        for _ in range(antal):
            SkemaFactory(indberetning=egen)
        klient = adgang(Rolle.DRIFTSHERRE_INDBERETTER)
        with django_assert_num_queries(1):
            list(paneler.naeste_skridt(klient, I_DAG))


class TestLevendeTal:
    @pytest.fixture
    def _regelsaet(self, db):
        grunddata.indlaes_regelsaet()

    @pytest.mark.usefixtures("_regelsaet")
    @pytest.mark.parametrize("periode", ["", "2021-2022", "2023-2024"])
    @pytest.mark.parametrize(
        ("noegle", "vaerdi"),
        [
            ("styringsaftale.dage", 365),
            ("styringsaftale.belaegning_interval", "95–98\u00a0%"),
            ("styringsaftale.hensaettelse_pct", Decimal("0.05")),
            ("styringsaftale.anvend_aar", 5),
            ("styringsaftale.varsel", "løbende måned plus en måned"),
        ],
    )
    def test_styringsaftalens_graenser(self, noegle, vaerdi, periode):
        fundet = find(noegle).beregn(Talkontekst(periode))
        assert fundet.vaerdi == vaerdi
        assert fundet.kilde

    def test_uden_regelsaet(self):
        with pytest.raises(TalMangler):
            find("styringsaftale.dage").beregn(Talkontekst())

    def test_antal_takster(self):
        skema = SkemaFactory(udfyldt=True, tilstand=Skematilstand.OFFENTLIGGJORT)
        TakstFactory(skema=skema, ydelse=skema.ydelse)
        TakstFactory(aar=2019)
        assert find("takster.antal").beregn(Talkontekst()).vaerdi == 1
        with pytest.raises(TalMangler):
            find("takster.antal").beregn(Talkontekst("2021-2022"))


def _runder_i_alle_tilstande() -> None:
    runde = Indberetningsrunde.objects.get(aar=2027)
    assert runde.frist == I_DAG + dt.timedelta(days=21)
    assert runde.note == "forlænget (demo)"
    aalborg = Takstskema.objects.filter(indberetning__runde=runde, indberetning__driftsherre__slug="aalborg")
    assert set(aalborg.values_list("tilstand", flat=True)) == {
        Skematilstand.KLADDE,
        Skematilstand.INDSENDT,
        Skematilstand.SENDT_RETUR,
        Skematilstand.GODKENDT,
    }
    # One driftsherre has not begun, so that there is one to remind.
    tavse = Takstskema.objects.filter(indberetning__driftsherre__slug="frederikshavn", indberetning__runde=runde)
    assert set(tavse.values_list("tilstand", flat=True)) == {Skematilstand.KLADDE}
    assert not Takstskema.objects.filter(er_eksempel=False).exists()
    assert not Takst.objects.filter(er_eksempel=False).exists()
    assert Takst.objects.filter(aar=2026, aendring_pct__isnull=False).exists()


def _loggen_siger_at_demoen_gjorde_det() -> None:
    """What came into being without a user's step is the system's, labelled as invented."""
    noegler = {str(pk) for pk in Takstskema.objects.values_list("pk", flat=True)}
    af_demoen = Haendelse.objects.filter(objekttype="takster.takstskema", handling="demodata")
    assert set(af_demoen.values_list("objekt_id", flat=True)) == noegler
    assert set(af_demoen.values_list("til_tilstand", "bruger")) == {(Skematilstand.OFFENTLIGGJORT, None)}
    beskrevet = Haendelse.objects.filter(objekttype="takster.indberetning", handling="demodata")
    assert set(beskrevet.values_list("objekt_id", flat=True)) == {
        str(pk) for pk in Indberetning.objects.values_list("pk", flat=True)
    }
    assert all(haendelse.tekst.startswith("Eksempeltal") for haendelse in [*af_demoen, *beskrevet])


def _kommentarer_paa_det_der_er_sendt_retur() -> None:
    retur = Takstskema.objects.filter(tilstand=Skematilstand.SENDT_RETUR).first()
    assert [kommentar.felt for kommentar in retur.kommentarer.ubesvarede()] == ["A20", "pladser"]


def _er_ens_hver_gang_og_overskriver_intet() -> None:
    foer = list(Takst.objects.order_by("pk").values_list("pk", "takst"))
    Takstskema.objects.update(bemaerkning="Rettet")
    demodata.lav_tidligere_aar()
    assert list(Takst.objects.order_by("pk").values_list("pk", "takst")) == foer
    assert set(Takstskema.objects.values_list("bemaerkning", flat=True)) == {"Rettet"}


def _opdigtede_satser_er_maerket() -> None:
    assert not PLsats.objects.filter(fra_aar__lt=2020, er_eksempel=True).exists()
    assert not PLsats.objects.filter(fra_aar__gte=2024, er_eksempel=False).exists()
    assert {sats.fra_aar for sats in PLsats.objects.som_vaerdier()} == set(range(2016, 2027))


@pytest.mark.langsom
@pytest.mark.kun_sqlite("invented data through actions that are proven on both")
class TestDemo:
    @pytest.fixture
    def _register(self, organisationer):
        RegelsaetFactory(fra_aar=2018)
        for slug in ("aalborg", "region-nordjylland", "hjoerring", "frederikshavn"):
            for nummer, enhed in enumerate(("doegn", "dag", "time") * 4):
                tilbud = TilbudFactory(slug=f"{slug}-{nummer}", driftsherre=organisationer[slug])
                YdelseFactory(tilbud=tilbud, enhed=enhed, slug=enhed)

    @pytest.mark.usefixtures("_register")
    def test_demoen(self, mailoutbox, django_capture_on_commit_callbacks):
        """One demo serves all that follows: making it takes seconds."""
        grunddata.indlaes_plsatser()
        with django_capture_on_commit_callbacks(execute=True):
            demodata.lav_tidligere_aar()
            _loggen_siger_at_demoen_gjorde_det()
            _opdigtede_satser_er_maerket()
            demodata.lav_aaben_runde()
        assert mailoutbox == []
        _runder_i_alle_tilstande()
        _kommentarer_paa_det_der_er_sendt_retur()
        _er_ens_hver_gang_og_overskriver_intet()

    @pytest.mark.parametrize("enhed", ["doegn", "dag", "time", "enhed"])
    def test_et_eksempel_bestaar_kontrollen(self, enhed):
        skema = SkemaFactory(ydelse=YdelseFactory(enhed=enhed))
        eksempel = eksempel_for(skema, 2027)
        skema = skemaer.gem_skema(
            skema,
            adgang=Adgang.system(),
            version=1,
            felter={"enhed": skema.enhed, **{navn: getattr(skema, navn) for navn in EKSTRA}, **eksempel.felter},
            linjer=eksempel.linjer,
        )
        beregning = beregn_gemt(skema, hent_omgivelser(skema, I_DAG))
        assert beregning.kan_indsendes
        assert beregning.takst.takst > 0


EKSTRA = ("belaegningsgrundlag", "forventede_borgere")
