"""Pages of the way: the matrix and the timeline, each step, a party's decision, a new edition."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from socialaftale.aftale import handlinger as aftalehandlinger
from socialaftale.aftale import panel
from socialaftale.aftale.enums import Aftaletilstand
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Haendelse, Organisation
from tests.aftale.factories import (
    UdkastFactory,
    alle_godkender,
    begynd_udgave,
    fremlaeg,
    lav_godkendelse,
    lav_i,
    lav_offentliggjort,
    lav_udgave,
)

T = Aftaletilstand
PERIODE = "2031-2032"


def adresse(navn, *args):
    return reverse(f"aftale:{navn}", args=[PERIODE, *args])


@pytest.fixture
def klient(log_ind):
    return log_ind(Rolle.SEKRETARIAT)


@pytest.fixture
def aftale(organisationer):
    return lav_i(T.GODKENDELSE)


def i_dag():
    return timezone.localdate().strftime("%d.%m.%Y")


def send(klient, part="aalborg", **felter):
    standard = {"afgoerelse": "godkendt", "moededato": i_dag(), "sagsnummer": "2026-052085", "fra_version": "0"}
    return klient.post(adresse("registrer_godkendelse", part), standard | felter)


def ny_udgave(aftale):
    begynd_udgave(aftale)
    kapitel = aftale.tekst.kapitler.get(noegle="forord")
    indhold = f"<p>Et nyt ord, {kapitel.version}</p>"
    felter = {"kapitel": kapitel, "titel": "Forord", "indhold": indhold, "fra_version": kapitel.version}
    aftalehandlinger.ret_kapitel(aftale, adgang=Adgang.system(), **felter)
    lav_udgave(aftale, b"%%PDF-1.7 nr. %d" % kapitel.version, er_udkast=False)


class TestSide:
    @pytest.mark.parametrize("tilstand", T)
    @pytest.mark.parametrize("rolle", [Rolle.SEKRETARIAT, Rolle.DAS_MEDLEM, Rolle.FU_MEDLEM])
    def test_i_hver_tilstand(self, organisationer, log_ind, tilstand, rolle):
        aftale = lav_i(tilstand)
        svar = log_ind(rolle).get(adresse("godkendelse"))
        assert svar.status_code == 200
        assert aftale.get_tilstand_display() in svar.text
        assert ("Parternes godkendelser" in svar.text) == (tilstand not in (T.UDKAST, T.HOERING, T.DAS, T.KKR))
        if rolle != Rolle.SEKRETARIAT:
            assert "/godkendelse/skridt/" not in svar.text

    def test_matrixen_siger_hvem_der_mangler(self, aftale, klient, organisationer):
        lav_godkendelse(aftale, organisationer["aalborg"], link="https://www.aalborg.dk/referat")
        tekst = klient.get(adresse("godkendelse")).text
        assert "1 af 12 har godkendt" in tekst
        assert "Godkendelse mangler fra" in tekst
        assert tekst.index("Hjørring Kommune") < tekst.index("Aalborg Kommune")
        assert 'href="https://www.aalborg.dk/referat"' in tekst
        assert "Registrér som godkendt: ikke endnu" in tekst

    def test_det_der_er_vedtaget_foer_systemet_mangler_ikke(self, organisationer, klient):
        aftale = lav_offentliggjort(periode="2023-2024", laast=True)
        lav_godkendelse(aftale, organisationer["aalborg"], moededato=dt.date(2022, 10, 3))
        tekst = klient.get(reverse("aftale:godkendelse", args=["2023-2024"])).text
        assert "vedtaget i 2022, før den kom ind i systemet" in tekst
        assert "1 af 12 er registreret" in tekst
        assert "Ikke registreret" in tekst
        assert "Send påmindelse" not in tekst

    def test_hvornaar_den_gaelder_fra(self, organisationer, log_ind, time_machine):
        """The day it took effect, when that was later than the first of the period."""
        time_machine.move_to("2031-02-10 10:00")
        klient = log_ind(Rolle.SEKRETARIAT)
        alle_godkender(lav_i(T.GODKENDELSE))
        assert "1.\N{NO-BREAK SPACE}januar 2031" in klient.get(adresse("godkendelse")).text
        klient.post(adresse("skridt", "godkend"), {})
        assert "Gælder fra</dt><dd>10.\N{NO-BREAK SPACE}februar 2031" in klient.get(adresse("godkendelse")).text

    def test_gaelder_den_gamle_udgave(self, aftale, klient, organisationer):
        lav_godkendelse(aftale, organisationer["aalborg"])
        ny_udgave(aftale)
        fremlaeg(aftale, redaktionel=False)
        tekst = klient.get(adresse("godkendelse")).text
        assert "Godkendt 1. udgave, ikke den nye" in tekst
        assert f"fra={PERIODE}:udgave-1&amp;til={PERIODE}:udgave-2" in tekst

    def test_partens_leder_registrerer_sin_egen(self, aftale, log_ind):
        tekst = log_ind(Rolle.KOMMUNE_GODKENDER, organisation="hjoerring").get(adresse("godkendelse")).text
        assert adresse("registrer_godkendelse", "hjoerring") in tekst
        assert adresse("registrer_godkendelse", "aalborg") not in tekst

    def test_antal_forespoergsler(self, aftale, klient, organisationer, django_assert_max_num_queries):
        lav_godkendelse(aftale, organisationer["aalborg"])
        klient.post(adresse("godkendelse_ryk"))
        with django_assert_max_num_queries(15) as faa:
            klient.get(adresse("godkendelse"))
        for slug in ("hjoerring", "rebild", "thisted", "region-nordjylland"):
            lav_godkendelse(aftale, organisationer[slug])
        for _ in range(3):
            aftale.refresh_from_db()
            ny_udgave(aftale)
            fremlaeg(aftale)
            UdkastFactory()
        with django_assert_max_num_queries(15) as mange:
            klient.get(adresse("godkendelse"))
        assert len(mange) == len(faa)

    @pytest.mark.parametrize("tilstand", [T.UDKAST, T.KKR, T.GAELDENDE])
    def test_antal_forespoergsler_i_andre_tilstande(
        self, organisationer, klient, tilstand, django_assert_max_num_queries
    ):
        lav_udgave(lav_i(tilstand), b"%PDF-1.7 en til")
        with django_assert_max_num_queries(15):
            klient.get(adresse("godkendelse"))

    def test_regneark(self, aftale, klient, organisationer):
        lav_godkendelse(aftale, organisationer["aalborg"], note="=1+1")
        svar = klient.get(adresse("godkendelser_regneark"))
        bog = load_workbook(io.BytesIO(svar.content))
        parter = [[celle.value for celle in raekke] for raekke in bog["Godkendelser"].iter_rows(min_row=7)]
        assert len(parter) == Organisation.objects.parter().count()
        assert parter[-1][:4] == [
            *("Aalborg Kommune", "Godkendt"),
            parter[-1][2],
            "2026-000123",
        ]
        assert parter[-1][2].date() == timezone.localdate()
        assert bog["Godkendelser"].cell(row=6 + len(parter), column=7).data_type == "s"

    def test_udgaven_laeses_af_dem_der_har_den_foran_sig(self, organisationer, klient, log_ind):
        aftale = UdkastFactory(periode=PERIODE)
        lav_udgave(aftale)
        das = log_ind(Rolle.DAS_MEDLEM)
        assert klient.get(adresse("udgave_pdf", 1)).content == b"%PDF-1.7 en udgave"
        assert das.get(adresse("udgave_pdf", 1)).status_code == 404
        klient.post(adresse("skridt", "send-til-das"), {"dato": i_dag()})
        assert das.get(adresse("udgave_pdf", 1)).content == b"%PDF-1.7 en udgave"
        assert das.get(adresse("udgave_pdf", 2)).status_code == 404


class TestSkridt:
    def test_til_das(self, organisationer, klient):
        aftale = UdkastFactory(periode=PERIODE)
        lav_udgave(aftale)
        assert "Den nyeste udgave lægges frem" in klient.get(adresse("skridt", "send-til-das")).text
        felter = {"dato": i_dag(), "sagsnummer": "2026-052085", "link": "https://das.example/dagsorden"}
        svar = klient.post(adresse("skridt", "send-til-das"), felter)
        tekst = klient.get(svar.url).text
        assert "Aftalen er nu: Til DAS" in tekst
        assert "sag 2026-052085" in tekst
        assert "https://das.example/dagsorden" in tekst

    @pytest.mark.parametrize(
        ("felter", "besked"),
        [
            ({"dato": ""}, "Skriv datoen"),
            ({"dato": "31.12.2099"}, "efter i dag"),
            ({"link": "http://das.example"}, "begynder med https://"),
            ({"sagsnummer": "010190-1234"}, "CPR"),
        ],
    )
    def test_fejl_staar_ved_feltet_og_intet_tabes(self, organisationer, klient, felter, besked):
        lav_udgave(UdkastFactory(periode=PERIODE))
        svar = klient.post(adresse("skridt", "send-til-das"), {"dato": i_dag(), "note": "Vigtig note"} | felter)
        assert svar.status_code == 422
        assert besked in svar.text
        assert "Vigtig note" in svar.text

    def test_hindringen_staar_paa_siden(self, organisationer, klient):
        UdkastFactory(periode=PERIODE)
        svar = klient.get(adresse("skridt", "send-til-das"))
        assert "Lav en udgave (PDF)" in klient.get(svar.url).text
        assert klient.post(adresse("skridt", "send-til-das"), {"dato": i_dag()}).status_code == 422

    def test_en_anden_var_hurtigere(self, organisationer, klient):
        lav_i(T.KKR)
        svar = klient.post(adresse("skridt", "send-til-kkr"), {"dato": i_dag(), "note": "Skrevet"})
        assert svar.status_code == 409
        assert "Til KKR" in svar.text
        assert "Skrevet" in svar.text
        assert klient.get(adresse("skridt", "send-til-kkr")).status_code == 302

    def test_ukendt_trin_og_hoeringens_egne(self, organisationer, klient):
        UdkastFactory(periode=PERIODE)
        for trin in ("intet", "luk-hoering", "traed-i-kraft", "begynd-udgave"):
            assert klient.get(adresse("skridt", trin)).status_code == 404

    def test_tilbage_skal_begrundes(self, organisationer, klient):
        lav_i(T.DAS)
        svar = klient.post(adresse("skridt", "tilbage"), {"dato": i_dag()})
        assert svar.status_code == 422
        assert "Skriv, hvorfor aftalen sendes tilbage" in svar.text
        svar = klient.post(adresse("skridt", "tilbage"), {"dato": i_dag(), "begrundelse": "Kapitel 4"})
        assert "Kapitel 4" in klient.get(svar.url).text

    def test_godkend(self, aftale, klient, client):
        offentlig = reverse("aftale:aftale", args=[PERIODE])
        alle_godkender(aftale)
        assert client.get(offentlig).status_code == 404
        assert "Alle parter har godkendt 1. udgave" in klient.get(adresse("skridt", "godkend")).text
        svar = klient.post(adresse("skridt", "godkend"), {})
        assert "Aftalen er nu: Godkendt" in klient.get(svar.url).text
        assert client.get(offentlig).status_code == 200
        assert client.get(reverse("aftale:hent_pdf", args=[PERIODE])).content == b"%PDF-1.7 en udgave"


class TestRegistrer:
    def test_ny(self, aftale, klient):
        assert "1. udgave (PDF)" in klient.get(adresse("registrer_godkendelse", "aalborg")).text
        svar = send(klient, link="https://www.aalborg.dk/referat", note="Enstemmigt")
        tekst = klient.get(svar.url).text
        assert "Aalborg Kommune: Godkendt er registreret" in tekst
        assert "1 af 12 har godkendt" in tekst
        assert "Enstemmigt" in tekst

    @pytest.mark.parametrize(
        ("felter", "besked"),
        [
            ({"afgoerelse": ""}, "Vælg, hvad der er besluttet"),
            ({"moededato": ""}, "Skriv, hvornår det er besluttet"),
            ({"moededato": "31.12.2099"}, "eller tidligere"),
            ({"moededato": "01.01.2020"}, "eller senere"),
            ({"sagsnummer": ""}, "Skriv sagsnummeret"),
            ({"link": "www.aalborg.dk"}, "begynder med https://"),
            ({"note": "010190-1234"}, "CPR"),
            ({"afgoerelse": "med_bemaerkning"}, "Skriv bemærkningen"),
        ],
    )
    def test_fejl(self, aftale, klient, felter, besked):
        svar = send(klient, **felter)
        assert svar.status_code == 422
        assert svar.text.count(besked) >= 2, "at the field and in the summary"
        assert not aftale.godkendelser.exists()

    def test_ret_med_begrundelse(self, aftale, klient, organisationer):
        lav_godkendelse(aftale, organisationer["aalborg"])
        side = klient.get(adresse("registrer_godkendelse", "aalborg")).text
        assert "Gemt nu: Godkendt" in side
        assert 'value="2026-000123"' in side
        assert send(klient, fra_version="1").status_code == 422
        assert send(klient, fra_version="1", begrundelse="Forkert nummer").status_code == 302
        haendelse = Haendelse.objects.for_objekt(aftale).first()
        assert (haendelse.handling, haendelse.begrundelse) == ("godkendelse_rettet", "Forkert nummer")

    def test_to_samtidig_faar_begge_at_se(self, aftale, klient, organisationer):
        lav_godkendelse(aftale, organisationer["aalborg"])
        svar = send(klient, sagsnummer="2026-999", begrundelse="Nyt")
        assert svar.status_code == 409
        assert "En anden har registreret imens" in svar.text
        assert 'value="2026-999"' in svar.text
        assert "2026-000123" in svar.text
        assert 'name="fra_version" value="1"' in svar.text

    def test_ikke_for_andre_end_parter_og_ikke_foer_den_er_sendt(self, aftale, klient):
        assert klient.get(adresse("registrer_godkendelse", "socialtilsyn-nord")).status_code == 404
        UdkastFactory(periode="2033-2034")
        url = reverse("aftale:registrer_godkendelse", args=["2033-2034", "aalborg"])
        assert klient.get(url).status_code == 404

    def test_ryk(self, aftale, klient):
        svar = klient.post(adresse("godkendelse_ryk"))
        tekst = klient.get(svar.url).text
        assert "Påmindelsen er sendt til 12" in tekst
        assert "Senest rykket" in tekst

    def test_der_rykkes_ikke_i_et_udkast(self, organisationer, klient):
        UdkastFactory(periode=PERIODE)
        assert klient.post(adresse("godkendelse_ryk")).status_code == 403


class TestNyUdgave:
    def test_begynd(self, aftale, klient):
        assert klient.post(adresse("ny_udgave"), {"begrundelse": " "}).status_code == 422
        svar = klient.post(adresse("ny_udgave"), {"begrundelse": "Et tal er forkert"})
        tekst = klient.get(svar.url).text
        assert "En ny udgave er begyndt" in tekst
        assert "Et tal er forkert" in tekst
        assert "Ret teksten, og lav en ny udgave" in tekst
        assert klient.get(adresse("ny_udgave")).status_code == 302

    def test_fortryd(self, aftale, klient):
        begynd_udgave(aftale)
        svar = klient.post(adresse("fortryd_udgave"))
        assert "Teksten ligger fast igen" in klient.get(svar.url).text
        assert "ikke begyndt" in klient.get(klient.post(adresse("fortryd_udgave")).url).text

    def test_fortryd_en_rettet_tekst(self, aftale, klient):
        ny_udgave(aftale)
        svar = klient.post(adresse("fortryd_udgave"))
        assert "Sæt kapitlerne tilbage" in klient.get(svar.url).text

    @pytest.mark.parametrize(("virkning", "besked"), [("indhold", "1 godkendelser skal"), ("redaktionel", "overført")])
    def test_fremlaeg(self, aftale, klient, organisationer, virkning, besked):
        lav_godkendelse(aftale, organisationer["aalborg"])
        ny_udgave(aftale)
        side = klient.get(adresse("fremlaeg_udgave")).text
        assert "Aalborg Kommune: Godkendt" in side
        assert "påvirker den ene godkendelse" in side
        assert klient.post(adresse("fremlaeg_udgave"), {"begrundelse": "x"}).status_code == 422
        svar = klient.post(adresse("fremlaeg_udgave"), {"virkning": virkning, "begrundelse": "Kun stavning"})
        assert besked in klient.get(svar.url).text

    def test_redaktionel_skal_begrundes(self, aftale, klient):
        ny_udgave(aftale)
        svar = klient.post(adresse("fremlaeg_udgave"), {"virkning": "redaktionel"})
        assert svar.status_code == 422
        assert "ikke påvirker godkendelserne" in svar.text

    def test_sammenligningen_ord_for_ord(self, aftale, klient, log_ind):
        ny_udgave(aftale)
        fremlaeg(aftale)
        svar = log_ind(Rolle.DAS_MEDLEM).get(
            reverse("aftale:sammenlign", args=[PERIODE]),
            {"fra": f"{PERIODE}:udgave-1", "til": f"{PERIODE}:udgave-2", "kapitel": "forord"},
        )
        assert svar.status_code == 200
        assert "<ins" in svar.text
        assert "<del" in svar.text

    def test_foerst_naar_den_er_lavet(self, aftale, klient):
        assert klient.get(adresse("fremlaeg_udgave")).status_code == 302
        begynd_udgave(aftale)
        assert klient.get(adresse("fremlaeg_udgave")).status_code == 302


class TestLaast:
    def test_kapitlet_foerer_til_vejen(self, aftale, klient):
        svar = klient.get(adresse("ret_kapitel", "forord"))
        assert svar.url == adresse("godkendelse")
        assert "Teksten ligger fast" in klient.get(svar.url).text
        assert "Begynd en ny udgave" in klient.get(adresse("ret")).text

    def test_det_skrevne_gaar_ikke_tabt(self, aftale, klient):
        felter = {"titel": "Forord", "indhold": "<p>Min lange tekst</p>", "fra_version": "1"}
        svar = klient.post(adresse("ret_kapitel", "forord"), felter)
        assert svar.status_code == 409
        assert "Min lange tekst" in svar.text

    def test_en_version_kan_ikke_gendannes(self, aftale, klient):
        begynd_udgave(aftale)
        ny = {"titel": "Forord", "indhold": "<p>To</p>", "fra_version": "1"}
        klient.post(adresse("ret_kapitel", "forord"), ny)
        lav_udgave(aftale, b"%PDF-1.7 anden")
        fremlaeg(aftale)
        url = adresse("version", "forord", 1)
        assert "kan ikke gendannes nu" in klient.get(url).text
        assert klient.post(url, {"fra_version": "2"}).status_code == 403


class TestPanel:
    def skridt(self, adgang):
        return [(trin.antal, trin.tekst) for trin in panel.skridt(adgang, timezone.localdate())]

    def test_parten_ser_at_den_mangler(self, aftale, adgang, organisationer):
        for rolle in (Rolle.KOMMUNE_GODKENDER, Rolle.DAS_MEDLEM):
            egen = adgang(rolle, organisation="hjoerring")
            assert (1, "Hjørring Kommune mangler at godkende: Prøveaftale 2031-2032") in self.skridt(egen)
        assert self.skridt(adgang(Rolle.KOMMUNE_MYNDIGHED, organisation="hjoerring")) == []
        lav_godkendelse(aftale, organisationer["hjoerring"])
        assert self.skridt(adgang(Rolle.KOMMUNE_GODKENDER, organisation="hjoerring")) == []

    def test_sekretariatet_ser_hvor_mange_der_mangler(self, aftale, adgang, organisationer):
        sekretariat = adgang(Rolle.SEKRETARIAT)
        assert self.skridt(sekretariat) == [(12, "parter mangler at godkende: Prøveaftale 2031-2032")]
        alle_godkender(aftale)
        assert self.skridt(sekretariat) == [(1, "aftale at registrere som godkendt: Prøveaftale 2031-2032")]

    @pytest.mark.parametrize(
        ("tilstand", "tekst"),
        [
            (T.UDKAST, "udkast at sende i høring eller til DAS"),
            (T.HOERING, "udkast at rette til efter høringen"),
            (T.DAS, "aftale hos DAS"),
            (T.KKR, "aftale hos KKR"),
        ],
    )
    def test_naeste_skridt(self, organisationer, adgang, tilstand, tekst):
        lav_i(tilstand)
        assert self.skridt(adgang(Rolle.SEKRETARIAT)) == [(1, f"{tekst}: Prøveaftale 2031-2032")]

    def test_en_ny_udgave(self, organisationer, adgang):
        aftale = lav_offentliggjort(periode="2023-2024")
        sekretariat = adgang(Rolle.SEKRETARIAT)
        assert self.skridt(sekretariat) == [(1, "ny udgave er begyndt: Prøveaftale 2023-2024")]
        ny_udgave_af(aftale)
        assert (12, "parter mangler at godkende: Prøveaftale 2023-2024") in self.skridt(sekretariat)
        aftale.refresh_from_db()
        Organisation.objects.parter().exclude(slug="aalborg").update(er_part=False)
        alle_godkender(aftale)
        assert (1, "godkendt udgave at offentliggøre: Prøveaftale 2023-2024") in self.skridt(sekretariat)

    def test_hvornaar_den_godkendte_traeder_i_kraft(self, organisationer, adgang):
        lav_i(T.GODKENDT)
        kommende = list(panel.kommende(adgang(Rolle.KKR_LAESER), timezone.localdate()))
        assert (kommende[0].tekst, kommende[0].dato.isoformat()) == (
            *("Prøveaftale 2031-2032 træder i kraft", "2031-01-01"),
        )


def ny_udgave_af(aftale):
    """A change of substance laid before the parties."""
    kapitel = aftale.tekst.kapitler.get(noegle="forord")
    felter = {"kapitel": kapitel, "titel": "Forord", "indhold": "<p>Nyt</p>", "fra_version": kapitel.version}
    aftalehandlinger.ret_kapitel(aftale, adgang=Adgang.system(), **felter)
    lav_udgave(aftale, b"%PDF-1.7 anden")
    fremlaeg(aftale, redaktionel=False)
