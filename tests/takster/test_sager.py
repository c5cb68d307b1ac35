"""Cases during the year (T66-T68): from the tariff's page to a new version on its day, with the old one kept."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse

from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Sag
from socialaftale.kerne.sager import handlinger
from socialaftale.kerne.sager.enums import Instans, Udfald
from socialaftale.kerne.sager.grunddata import indlaes_kompetence
from takster.beregning.koder import Enhed
from takster.beregning.nytakst import Offentliggjort, beregn_ny_takst
from takster.beregning.regelsaet import Regler
from takster.beregning.trin import Beregningsfejl
from takster.models import Takst, Takstberegning
from takster.sager.arter import vindue
from tests.takster.conftest import I_DAG
from tests.takster.factories import IndberetningFactory, RegelsaetFactory, RundeFactory, TakstFactory
from tests.tilbud.factories import PladsFactory
from tilbud.models import Plads

pytestmark = pytest.mark.django_db
LINJER = {"A20": "7000000.00", "B20": "800000.00"}
VIRKNING = dt.date(2026, 11, 1)
BESLUT = {"dato": dt.date(2026, 10, 1), "reference": "FU, punkt 3", "tekst": "Fordi"}


@pytest.fixture
def takst(organisationer) -> Takst:
    """7.800.000 / (10 × 365 × 95 %) = 2.249,46."""
    indlaes_kompetence()
    RegelsaetFactory()
    return TakstFactory(linjer=LINJER)


@pytest.fixture
def skriv(takst, organisationer, log_ind):
    """`skriv("takst_i_aaret", linje_A20="7.500.000")`: the application as written on the page."""

    def lav(art: str = "takst_i_aaret", *, om: Takst | None = None, **felter: str) -> Sag:
        url = reverse("sager:ny", kwargs={"art": art, "objekt": str((om or takst).pk)})
        data = {
            "begrundelse": "Socialtilsynet kræver flere nattevagter.",
            "virkningsdato": "1.11.2026",
            "koebere": [str(organisationer["hjoerring"].pk)],
            "linje_A20": "7.000.000,00",
            "linje_B20": "800.000,00",
        }
        svar = log_ind(Rolle.DRIFTSHERRE_GODKENDER).post(url, data | felter)
        assert svar.status_code == 302, svar.text
        return Sag.objects.latest("pk")

    return lav


def _koder(sag: Sag, dato: dt.date | None = None) -> set[str]:
    return {fund.kode for fund in handlinger.kontroller(sag, dato) if fund.blokerer}


def _paa_dagsorden(sag: Sag, adgang) -> Sag:
    sag = handlinger.indsend(sag, adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER))
    return handlinger.saet_paa_dagsorden(sag, adgang=adgang(Rolle.SEKRETARIAT), moededato=BESLUT["dato"])


def _godkend(sag: Sag, adgang) -> Sag:
    return handlinger.beslut(
        _paa_dagsorden(sag, adgang), adgang=adgang(Rolle.SEKRETARIAT), udfald=Udfald.GODKENDT, **BESLUT
    )


@pytest.fixture
def paa_dagen(_ur):
    """The command of the night, on the day of effect."""

    def koer() -> None:
        _ur.move_to(dt.datetime(2026, 11, 1, 3, tzinfo=dt.UTC))
        call_command("udfoer_sager")

    return koer


class TestBeregning:
    """Hand-calculated, and what stays as published."""

    foer = Offentliggjort(
        enhed=Enhed.DOEGN,
        grundlag=Decimal("7800000.00"),
        beloeb={"A20": Decimal("7000000.00"), "B20": Decimal("800000.00")},
        regulering=Decimal(0),
        kapacitet=Decimal(10),
        dage=365,
        belaegning_pct=Decimal(95),
        regler=Regler(),
    )

    @pytest.mark.regel("T68")
    def test_en_linje_mere(self):
        ny = beregn_ny_takst(self.foer, linjer={"A20": Decimal("7500000.00")})
        # 8.300.000 / 3.467,5
        assert (ny.resultat.grundlag, ny.resultat.takst) == (Decimal("8300000.00"), Decimal("2393.66"))
        assert ny.beloeb == {"A20": Decimal("7500000.00"), "B20": Decimal("800000.00")}

    @pytest.mark.regel("T67")
    def test_flere_pladser_uden_flere_udgifter(self):
        # 7.800.000 / (12 × 365 × 0,95) = 1.874,55
        assert beregn_ny_takst(self.foer, kapacitet=Decimal(12)).resultat.takst == Decimal("1874.55")

    def test_en_ny_linje_laegges_til(self):
        ny = beregn_ny_takst(self.foer, linjer={"E30": Decimal("200000.00")})
        assert ny.resultat.grundlag == Decimal("8000000.00")

    def test_uden_linjer_kan_kun_antallet_aendres(self):
        uden = Offentliggjort(**{navn: getattr(self.foer, navn) for navn in self.foer.__slots__} | {"beloeb": {}})
        assert beregn_ny_takst(uden, kapacitet=Decimal(12)).resultat.takst == Decimal("1874.55")
        with pytest.raises(Beregningsfejl):
            beregn_ny_takst(uden, linjer={"A20": Decimal(1)})

    def test_linjer_der_ikke_stemmer_kan_ikke_aendres(self):
        skaev = Offentliggjort(
            **{navn: getattr(self.foer, navn) for navn in self.foer.__slots__} | {"grundlag": Decimal(9_000_000)}
        )
        assert not skaev.har_linjer


class TestKontrol:
    @pytest.mark.regel("T68")
    def test_en_god_ansoegning(self, skriv):
        sag = skriv(linje_A20="7.500.000")
        assert _koder(sag) == set()
        # Only what differs is kept.
        assert sag.data == {"koebere": ["hjoerring"], "linjer": {"A20": "7500000.00"}}

    @pytest.mark.regel("T67", "T68")
    @pytest.mark.parametrize("art", ["pladser_i_aaret", "takst_i_aaret"])
    def test_saerlige_omstaendigheder_skal_beskrives(self, art, skriv):
        assert "sag_uden_omstaendigheder" in _koder(skriv(art, begrundelse="Kort", linje_A20="7.500.000"))

    @pytest.mark.regel("T68")
    def test_taksten_skal_aendre_sig(self, skriv):
        assert _koder(skriv()) == {"takst_uaendret"}

    @pytest.mark.regel("T67")
    def test_pladserne_skal_aendre_sig(self, skriv):
        assert _koder(skriv("pladser_i_aaret", kapacitet="10")) == {"pladser_uaendret"}
        assert _koder(skriv("pladser_i_aaret", kapacitet="12")) == set()

    @pytest.mark.regel("T66")
    def test_aldrig_flere_end_godkendt(self, skriv, takst):
        PladsFactory(tilbud=takst.tilbud, art="godkendt", antal_fra=11, aar=2026)
        assert _koder(skriv("pladser_i_aaret", kapacitet="12")) == {"flere_pladser_end_godkendt"}

    @pytest.mark.regel("T4", "T67", "T68")
    @pytest.mark.parametrize(
        ("dato", "koder"),
        [
            ("", {"sag_uden_virkning"}),
            ("1.1.2027", {"virkning_uden_for_aaret", "uden_for_perioden"}),
            ("1.1.2026", {"virkning_ved_nytaar", "virkning_passeret", "uden_for_perioden"}),
            ("1.10.2026", {"virkning_passeret"}),
            ("2.10.2026", set()),
        ],
    )
    def test_datoen(self, dato, koder, skriv):
        assert _koder(skriv(linje_A20="7.500.000", virkningsdato=dato)) == koder

    def test_uden_koebere_er_en_advarsel(self, skriv):
        sag = skriv(linje_A20="7.500.000", koebere=[])
        assert [fund.kode for fund in handlinger.kontroller(sag)] == ["ingen_koebere"]

    def test_en_anden_sag_om_samme_takst_skal_vaere_slut(self, skriv, adgang):
        handlinger.indsend(skriv(linje_A20="7.500.000"), adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER))
        assert _koder(skriv("pladser_i_aaret", kapacitet="12")) == {"anden_sag"}

    @pytest.mark.regel("T69")
    def test_virkning_efter_beslutningen(self, skriv, adgang):
        sag = _paa_dagsorden(skriv(linje_A20="7.500.000"), adgang)
        assert _koder(sag, VIRKNING) == {"virkning_foer_beslutning"}
        assert _koder(sag, VIRKNING - dt.timedelta(days=1)) == set()


class TestVirkning:
    @pytest.mark.regel("T68", "T69")
    def test_ny_version_fra_dagen_og_den_gamle_bliver(self, skriv, adgang, takst, paa_dagen):
        sag = _godkend(skriv(linje_A20="7.500.000"), adgang)
        assert sag.beslutninger.get().instans == Instans.FU
        assert Takst.objects.count() == 1
        paa_dagen()
        paa_dagen()
        gammel, ny = Takst.objects.order_by("version")
        assert (gammel.gyldig_fra, gammel.gyldig_til, gammel.er_gaeldende) == (
            dt.date(2026, 1, 1),
            dt.date(2026, 10, 31),
            False,
        )
        assert gammel.takst == Decimal("2249.46")
        assert (ny.gyldig_fra, ny.gyldig_til, ny.er_gaeldende) == (VIRKNING, dt.date(2026, 12, 31), True)
        assert (ny.takst, ny.grundlag) == (Decimal("2393.66"), Decimal("8300000.00"))
        assert ny.pr_aar == Decimal("873685.90")
        assert (ny.afloeser, ny.sag) == (gammel, sag)
        data = Takstberegning.objects.get(takst=ny).data
        assert data["linjer"] == {"A20": "7500000.00", "B20": "800000.00"}
        assert data["regelsaet"] == "Styringsaftale til test"
        assert Takstberegning.objects.get(takst=gammel).data["linjer"] == LINJER

    @pytest.mark.regel("T67")
    def test_pladser_skrives_i_registret(self, skriv, adgang, paa_dagen):
        sag = _godkend(skriv("pladser_i_aaret", kapacitet="12"), adgang)
        paa_dagen()
        assert Takst.objects.gaeldende().get().takst == Decimal("1874.55")
        plads = Plads.objects.get()
        assert (plads.art, plads.antal_fra, plads.aar, plads.daekker) == ("aftalt", 12, 2026, "")
        assert sag.nummer in plads.kilde

    def test_graenserne_er_dem_taksten_blev_offentliggjort_med(self, skriv, adgang, takst, paa_dagen):
        takst.beregning.data["regler"] = {"dage_pr_aar": "360", "bemaerkning_min_tegn": "3"}
        takst.beregning.save()
        sag = skriv("pladser_i_aaret", kapacitet="12", begrundelse="Kort")
        assert _koder(sag) == set()
        _godkend(sag, adgang)
        paa_dagen()
        # 7.800.000 / (12 × 360 × 0,95)
        assert Takst.objects.gaeldende().get().takst == Decimal("1900.58")

    def test_to_aendringer_efter_hinanden(self, skriv, adgang, paa_dagen, takst):
        _godkend(skriv(linje_A20="7.500.000"), adgang)
        paa_dagen()
        ny = Takst.objects.gaeldende().get()
        assert _koder(skriv("pladser_i_aaret", kapacitet="12")) == {"takst_foraeldet", "virkning_passeret"}
        sag = skriv(om=ny, linje_A20="7.500.000", linje_B20="900.000", virkningsdato="1.12.2026")
        assert sag.data["linjer"] == {"B20": "900000.00"}
        handlinger.saet_paa_dagsorden(
            handlinger.indsend(sag, adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER)),
            adgang=adgang(Rolle.SEKRETARIAT),
            moededato=VIRKNING,
        )
        handlinger.beslut(sag, adgang=adgang(Rolle.SEKRETARIAT), udfald=Udfald.GODKENDT, **BESLUT | {"dato": VIRKNING})
        with time_machine.travel(dt.datetime(2026, 12, 1, 3, tzinfo=dt.UTC), tick=False):
            call_command("udfoer_sager")
        # 8.400.000 / 3.467,5
        assert [(t.version, t.takst) for t in Takst.objects.order_by("version")] == [
            (1, Decimal("2249.46")),
            (2, Decimal("2393.66")),
            (3, Decimal("2422.49")),
        ]

    def test_forsvundet_periode_giver_fejl_og_ingen_halv_aendring(self, skriv, adgang, takst, paa_dagen):
        _godkend(skriv(linje_A20="7.500.000"), adgang)
        Takst.objects.filter(pk=takst.pk).update(gyldig_til=dt.date(2026, 6, 30))
        with pytest.raises(CommandError):
            paa_dagen()
        assert Takst.objects.get().er_gaeldende
        assert Sag.objects.get().udfoert_tidspunkt is None

    def test_koeberne_faar_besked_med_den_offentlige_side(
        self, skriv, adgang, takst, bruger_med, mailoutbox, django_capture_on_commit_callbacks
    ):
        myndighed = bruger_med(Rolle.KOMMUNE_MYNDIGHED, organisation="hjoerring")
        bruger_med(Rolle.KOMMUNE_MYNDIGHED, organisation="rebild")
        with django_capture_on_commit_callbacks(execute=True):
            _godkend(skriv(linje_A20="7.500.000"), adgang)
        (mail,) = [mail for mail in mailoutbox if "I køber pladser" in mail.body]
        assert mail.to == [myndighed.email]
        assert takst.get_absolute_url() in mail.body
        assert "1. november 2026" in mail.body.replace("\u00a0", " ")


class TestSider:
    def test_begge_perioder_og_aarets_gennemsnit(self, skriv, adgang, takst, paa_dagen, client):
        _godkend(skriv(linje_A20="7.500.000"), adgang)
        kommende = client.get(takst.get_absolute_url()).text
        assert "Taksten ændres i løbet af året" in kommende
        assert "2.393,66" in kommende
        paa_dagen()
        tekst = client.get(takst.get_absolute_url()).text
        assert "Perioder i 2026" in tekst
        assert "01.01.2026–31.10.2026" in tekst
        # (2.249,46 × 304 + 2.393,66 × 61) / 365
        assert "2.273,56" in tekst
        gammel = client.get(takst.get_absolute_url() + "?version=1").text
        assert "Taksten er afløst af en ny" in gammel
        assert client.get(takst.get_absolute_url() + "?version=7").status_code == 404

    def test_listen_viser_den_gaeldende_og_naevner_den_foer(self, skriv, adgang, paa_dagen, client):
        _godkend(skriv(linje_A20="7.500.000"), adgang)
        paa_dagen()
        tekst = client.get(reverse("takster:liste")).text
        assert "2.393,66" in tekst
        assert "Fra 01.11.2026; før 2.249,46" in tekst.replace("\u00a0", " ")

    def test_offentligheden_ser_ingen_sager(self, skriv, takst, client, log_ind):
        sag = skriv(linje_A20="7.500.000")
        for klient in (client, log_ind(Rolle.KOMMUNE_MYNDIGHED), log_ind(Rolle.DAS_MEDLEM)):
            assert sag.nummer not in klient.get(takst.get_absolute_url()).text
        assert sag.nummer in log_ind(Rolle.DRIFTSHERRE_INDBERETTER).get(takst.get_absolute_url()).text

    def test_vejen_findes_kun_paa_aarets_egen_takst(self, takst, log_ind):
        gammel = TakstFactory(ydelse=takst.ydelse, aar=2025, linjer=LINJER)
        klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER)
        assert "/sager/ny/takst_i_aaret/" in klient.get(takst.get_absolute_url()).text
        assert "/sager/ny/" not in klient.get(gammel.get_absolute_url()).text
        nabo = log_ind(Rolle.DRIFTSHERRE_INDBERETTER, organisation="hjoerring")
        assert "/sager/ny/" not in nabo.get(takst.get_absolute_url()).text

    @pytest.mark.parametrize(
        ("rolle", "ser"), [(Rolle.FU_MEDLEM, True), (Rolle.TAKSTGRUPPE, True), (Rolle.DAS_MEDLEM, False)]
    )
    def test_linjerne_ses_af_fu_men_ikke_af_das(self, rolle, ser, skriv, adgang, log_ind):
        sag = _paa_dagsorden(skriv(linje_A20="7.500.000"), adgang)
        tekst = log_ind(rolle).get(sag.get_absolute_url()).text
        assert ("7.500.000,00" in tekst) is ser
        assert "2.393,66" in tekst

    def test_fejl_i_en_linje_og_intet_tabes(self, takst, log_ind):
        url = reverse("sager:ny", kwargs={"art": "takst_i_aaret", "objekt": str(takst.pk)})
        svar = log_ind(Rolle.DRIFTSHERRE_INDBERETTER).post(url, {"linje_A20": "12.5", "begrundelse": "En grund"})
        assert svar.status_code == 422
        assert 'value="12.5"' in svar.text
        assert "En grund" in svar.text
        assert 'href="#id_linje_A20"' in svar.text

    def test_redigering_viser_de_aendrede_linjer(self, skriv, log_ind):
        sag = skriv("pladser_i_aaret", kapacitet="12", linje_A20="7.500.000")
        tekst = log_ind(Rolle.DRIFTSHERRE_INDBERETTER).get(reverse("sager:ret", kwargs={"nummer": sag.nummer})).text
        assert 'value="7.500.000,00"' in tekst
        assert 'value="800.000,00"' in tekst
        assert 'value="12"' in tekst

    def test_sagens_side_koster_hoejst_15_opslag(self, skriv, log_ind, django_assert_max_num_queries):
        sag = skriv("pladser_i_aaret", kapacitet="12", linje_A20="7.500.000")
        klient = log_ind(Rolle.DRIFTSHERRE_GODKENDER)
        with django_assert_max_num_queries(15):
            klient.get(sag.get_absolute_url())

    def test_takstens_side_koster_hoejst_15_opslag(
        self, skriv, adgang, takst, paa_dagen, log_ind, django_assert_max_num_queries
    ):
        _godkend(skriv(linje_A20="7.500.000"), adgang)
        paa_dagen()
        klient = log_ind(Rolle.DRIFTSHERRE_GODKENDER)
        with django_assert_max_num_queries(15):
            klient.get(takst.get_absolute_url())


@pytest.mark.regel("T4")
class TestVindue:
    """The window of the category cases is the round's own."""

    def _vindue(self, organisation, dato=I_DAG):
        fundet = vindue(organisation, dato)
        return (fundet.aar, fundet.er_aabent(dato)) if fundet else None

    def test_uden_runde(self, organisationer):
        assert self._vindue(organisationer["aalborg"]) is None

    def test_foer_under_og_efter(self, organisationer):
        RundeFactory()
        aalborg = organisationer["aalborg"]
        assert self._vindue(aalborg) == (2027, True)
        assert self._vindue(aalborg, dt.date(2026, 10, 31)) == (2027, True)
        assert self._vindue(aalborg, dt.date(2026, 11, 1)) == (2027, False)

    def test_genaabnet_for_en_driftsherre(self, organisationer):
        IndberetningFactory(
            runde=RundeFactory(tilstand="lukket"),
            driftsherre=organisationer["aalborg"],
            genaabnet_til=dt.date(2026, 11, 10),
        )
        assert self._vindue(organisationer["aalborg"], dt.date(2026, 11, 5)) == (2027, True)
        assert self._vindue(organisationer["hjoerring"], dt.date(2026, 11, 5)) == (2027, False)

    def test_lukket_foer_tid(self, organisationer):
        RundeFactory(tilstand="lukket")
        assert self._vindue(organisationer["aalborg"]) == (2027, False)
