"""External figures: entered, corrected with a reason, flagged when old, kept while cited; editions keep theirs."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from socialaftale.aftale.eksterne.brug import brugssteder, gamle_i_udkast
from socialaftale.aftale.handlinger import offentliggoer, ret_kapitel
from socialaftale.aftale.hentning import hent_laesning
from socialaftale.aftale.kontrol.handlinger import fravig
from socialaftale.aftale.kontrol.samling import kontroller
from socialaftale.aftale.panel import skridt
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models import EksterntTal, Haendelse, Opsaetning
from socialaftale.kerne.tal import handlinger, katalog
from socialaftale.kerne.tal.katalog import LevendeTal, Periodevalg, Talvaerdi
from socialaftale.kerne.tekst.port.fund import Klasse
from tests.aftale.factories import AftaleFactory, UdkastFactory, lav_udgave

FELTER = {
    "statistik": "Andel af unge, der mistrives",
    "vaerdi_tekst": "15 %",
    "aar": 2022,
    "kilde": "Rapporten",
    "udgiver": "Styrelsen",
    "link": "https://eksempel.dk/rapport",
}
SYSTEM = Adgang.system()


@pytest.fixture
def tal(organisationer):
    return handlinger.opret(SYSTEM, **FELTER)


@pytest.fixture
def klient(log_ind):
    return log_ind(Rolle.SEKRETARIAT)


def citer(aftale, noegle, kapitel="forord"):
    ret_kapitel(
        aftale,
        adgang=SYSTEM,
        kapitel=aftale.tekst.kapitler.get(noegle=kapitel),
        titel="Forord",
        indhold=f"<p>Det er {{{{ ekstern.{noegle} }}}}{{{{ note:{noegle} }}}}.</p>",
        fra_version=1,
    )


def adresse(navn, *args):
    return reverse(f"aftale:{navn}", args=args)


class TestHandlinger:
    def test_oprettet_er_slaaet_op_i_dag_og_har_egen_noegle(self, tal):
        andet = handlinger.opret(SYSTEM, **FELTER)
        assert (tal.noegle, andet.noegle) == ("andel_af_unge_der_mistrives", "andel_af_unge_der_mistrives_2")
        assert tal.slaaet_op == timezone.localdate()
        assert tal.kildetekst == "Styrelsen: Rapporten, 2022"

    def test_kun_sekretariatet(self, tal, adgang):
        myndighed = adgang(Rolle.KOMMUNE_MYNDIGHED)
        for goer in (
            lambda: handlinger.opret(myndighed, **FELTER),
            lambda: handlinger.ret(tal, adgang=myndighed, begrundelse="x", fra_version=1, aar=2023),
            lambda: handlinger.bekraeft(tal, adgang=myndighed, fra_version=1),
            lambda: handlinger.slet(tal, adgang=myndighed),
        ):
            with pytest.raises(PermissionDenied):
                goer()

    def test_rettes_med_begrundelse_og_historik(self, tal):
        with pytest.raises(ValidationError, match="hvorfor"):
            handlinger.ret(tal, adgang=SYSTEM, begrundelse=" ", fra_version=1, vaerdi_tekst="16 %")
        rettet = handlinger.ret(tal, adgang=SYSTEM, begrundelse="Ny rapport", fra_version=1, vaerdi_tekst="16 %")
        haendelse = Haendelse.objects.for_objekt(tal).first()
        assert (rettet.version, haendelse.begrundelse) == (2, "Ny rapport")
        assert haendelse.tekst == "Værdien rettet fra 15 % til 16 %"
        assert haendelse.data == {"vaerdi_tekst": ["15 %", "16 %"]}
        with pytest.raises(Versionskonflikt):
            handlinger.ret(tal, adgang=SYSTEM, begrundelse="x", fra_version=1, vaerdi_tekst="17 %")

    def test_uaendret_giver_ingen_version(self, tal):
        assert handlinger.ret(tal, adgang=SYSTEM, begrundelse="x", fra_version=1, **FELTER).version == 1

    def test_slettes_kun_naar_ingen_version_citerer_det(self, tal):
        aftale = UdkastFactory()
        citer(aftale, tal.noegle)
        ret_kapitel(
            aftale,
            adgang=SYSTEM,
            kapitel=aftale.tekst.kapitler.get(noegle="forord"),
            titel="Forord",
            indhold="<p>Uden.</p>",
            fra_version=2,
        )
        with pytest.raises(ValidationError, match="kan ikke slettes"):
            handlinger.slet(tal, adgang=SYSTEM)
        # A longer key that begins the same is another figure.
        andet = handlinger.opret(SYSTEM, **FELTER)
        handlinger.slet(andet, adgang=SYSTEM)
        assert list(EksterntTal.objects.all()) == [tal]


class TestAlder:
    @pytest.mark.parametrize(
        ("egen", "aar", "i_ord"),
        [(None, 2025, ""), (None, 2026, "4 år gammelt"), (1, 2024, "2 år gammelt"), (10, 2030, "")],
    )
    def test_faelles_eller_egen_graense(self, tal, egen, aar, i_ord):
        tal.maks_alder = egen
        tal.save()
        assert tal.gammelt_i_ord(dt.date(aar, 6, 1)) == i_ord
        assert EksterntTal.objects.gamle(aar).exists() == bool(i_ord)

    def test_den_faelles_graense_er_data(self, tal):
        Opsaetning.objects.update(maks_alder_eksterne=5)
        Opsaetning.glem()
        assert not tal.er_gammelt(2027)
        assert tal.er_gammelt(2028)

    def test_overblikket_naevner_kun_gamle_i_udkast(self, tal, adgang):
        handlinger.opret(SYSTEM, **FELTER)
        sekretariat, i_dag = adgang(Rolle.SEKRETARIAT), dt.date(2026, 6, 1)
        assert gamle_i_udkast(2026) == []
        citer(AftaleFactory(periode="2023-2024"), tal.noegle)
        assert gamle_i_udkast(2026) == []
        citer(UdkastFactory(periode="2027-2028"), tal.noegle)
        assert [skridt_.antal for skridt_ in skridt(sekretariat, i_dag) if "eksternt tal" in skridt_.tekst] == [1]
        assert not [et for et in skridt(sekretariat, dt.date(2024, 1, 1)) if "eksternt tal" in et.tekst]


class TestIAftalen:
    def test_udkast_foelger_med_og_udgaven_bliver(self, tal):
        aftale = AftaleFactory(periode="2023-2024")
        citer(aftale, tal.noegle)
        aftale = offentliggoer(aftale, adgang=SYSTEM, udgave=lav_udgave(aftale))
        handlinger.ret(
            tal, adgang=SYSTEM, begrundelse="Ny", fra_version=1, vaerdi_tekst="16 %", aar=2024, link="https://ny.dk"
        )

        def laes(kladde):
            laesning = hent_laesning(aftale, kladde=kladde)
            tekst = laesning.udfyldt(next(k for k in laesning.kapitler if k.noegle == "forord"))
            return tekst.html, tekst.fodnoter[0]

        html, note = laes(kladde=False)
        assert "15 %" in html
        assert (note.tekst, note.url) == (f"{FELTER['statistik']}. Styrelsen: Rapporten, 2022.", FELTER["link"])
        html, note = laes(kladde=True)
        assert "16 %" in html
        assert "2024" in note.tekst
        assert note.url == "https://ny.dk"

    def test_brugssteder(self, tal):
        aftale = UdkastFactory(periode="2027-2028")
        citer(aftale, tal.noegle)
        (sted,) = brugssteder()[tal.noegle]
        assert (sted.tekst, sted.kapitel, sted.er_udkast) == (aftale.titel, "Forord", True)
        assert sted.url == "/aftaler/2027-2028/ret/forord/"


class TestSider:
    def test_opret_ret_bekraeft_og_slet(self, organisationer, klient):
        svar = klient.post(adresse("eksternt_tal_nyt"), {**FELTER, "maks_alder": "2"}, follow=True)
        tal = EksterntTal.objects.get()
        assert svar.redirect_chain[0][0] == adresse("eksternt_tal", tal.pk)
        assert f"note:{tal.noegle}" in svar.text
        assert "Slet" in svar.text
        side = klient.get(adresse("eksternt_tal_ret", tal.pk))
        assert 'value="15 %"' in side.text
        data = {**FELTER, "vaerdi_tekst": "17 %", "begrundelse": "Ny rapport", "fra_version": "1"}
        assert "17 %" in klient.post(adresse("eksternt_tal_ret", tal.pk), data, follow=True).text
        # The same page once more: told what stands there now, nothing typed is lost.
        svar = klient.post(adresse("eksternt_tal_ret", tal.pk), {**data, "vaerdi_tekst": "18 %"})
        assert svar.status_code == 422
        assert "Der står nu: 17 %" in svar.text
        assert 'value="18 %"' in svar.text
        assert 'name="fra_version" value="2"' in svar.text
        klient.post(adresse("eksternt_tal_bekraeft", tal.pk), {"fra_version": "2"})
        tal.refresh_from_db()
        assert tal.version == 3
        assert klient.post(adresse("eksternt_tal_slet", tal.pk)).status_code == 302
        assert not EksterntTal.objects.exists()

    @pytest.mark.parametrize(
        ("felt", "vaerdi", "besked"),
        [
            ("link", "http://eksempel.dk", "begynder med https://"),
            ("aar", "22", "fire cifre"),
            ("kilde", "", "Skriv, hvor tallet står"),
            ("statistik", "Om 010190-1234", "CPR-nummer"),
        ],
    )
    def test_fejl_staar_ved_feltet(self, organisationer, klient, felt, vaerdi, besked):
        svar = klient.post(adresse("eksternt_tal_nyt"), {**FELTER, felt: vaerdi})
        assert svar.status_code == 422
        assert besked in svar.text
        json = klient.post(adresse("ny_kilde"), {**FELTER, felt: vaerdi})
        assert json.status_code == 422
        assert besked in json.json()["fejl"][felt]

    def test_fra_skrivevinduet(self, organisationer, klient):
        svar = klient.post(adresse("ny_kilde"), FELTER).json()
        noegle = EksterntTal.objects.get().noegle
        assert svar == {"tal": f"ekstern.{noegle}", "note": f"note:{noegle}"}

    def test_liste_med_alder_og_brug(self, tal, klient):
        citer(UdkastFactory(), tal.noegle)
        EksterntTal.objects.filter(pk=tal.pk).update(aar=timezone.localdate().year - 6)
        nyt = handlinger.opret(SYSTEM, **{**FELTER, "statistik": "Et nyt tal", "aar": timezone.localdate().year})
        side = klient.get(adresse("eksterne_tal")).text
        assert "6 år gammelt" in side
        assert "1 kapitel" in side
        assert "Ingen steder" in side
        gamle = klient.get(adresse("eksterne_tal"), {"alder": "ja"}).text
        assert tal.statistik in gamle
        assert nyt.statistik not in gamle
        assert nyt.statistik in klient.get(adresse("eksterne_tal"), {"alder": "nej", "soeg": "rapporten"}).text

    def test_et_citeret_tal_har_ingen_slet_knap(self, tal, klient):
        citer(UdkastFactory(), tal.noegle)
        side = klient.get(adresse("eksternt_tal", tal.pk)).text
        assert "data-bekraeft-sletter" not in side
        svar = klient.post(adresse("eksternt_tal_slet", tal.pk), follow=True)
        assert "kan ikke slettes" in svar.text
        assert EksterntTal.objects.exists()

    @pytest.mark.parametrize("navn", ["eksterne_tal", "eksternt_tal"])
    def test_samme_antal_forespoergsler(self, tal, klient, navn, django_assert_max_num_queries):
        args = [tal.pk] if navn == "eksternt_tal" else []
        antal = []
        citer(UdkastFactory(), tal.noegle)
        for nummer in range(2):
            for post in range(10 * nummer):
                handlinger.opret(SYSTEM, **{**FELTER, "statistik": f"Tal {post}"})
                citer(UdkastFactory(), tal.noegle)
            with django_assert_max_num_queries(15) as spurgt:
                klient.get(adresse(navn, *args))
            antal.append(len(spurgt))
        assert antal[0] == antal[1]


class TestPorten:
    def test_et_gammelt_tal_holder_porten_lukket_til_det_er_rettet_eller_fraveget(self, tal, klient):
        aftale = UdkastFactory(periode="2027-2028")
        citer(aftale, tal.noegle)
        fund = [et for et in kontroller(aftale).aabne if et.klasse == Klasse.KILDE]
        assert [et.kode for et in fund] == ["kilde.gammel"]
        assert "Gamle tal og kilder" in klient.get(adresse("kontrol", "2027-2028")).text
        fravig(aftale, adgang=SYSTEM, fingeraftryk=fund[0].fingeraftryk, begrundelse="Der findes ikke et nyere")
        assert fund[0].fingeraftryk not in {et.fingeraftryk for et in kontroller(aftale).aabne}
        # A new year is a new question: the waiver held for the old one.
        handlinger.ret(tal, adgang=SYSTEM, begrundelse="Ny", fra_version=1, aar=2023)
        assert [et.kode for et in kontroller(aftale).aabne if et.klasse == Klasse.KILDE] == ["kilde.gammel"]
        handlinger.ret(tal, adgang=SYSTEM, begrundelse="Ny", fra_version=2, aar=2025)
        assert [et for et in kontroller(aftale).aabne if et.klasse == Klasse.KILDE] == []


class TestUdviklingIPorten:
    """The gate knows a development as any figure, and says why one cannot be printed."""

    @pytest.fixture
    def aftale(self, organisationer, monkeypatch):
        vaerdier = {
            "2021-2022": Talvaerdi(2080, pr="2020"),
            "2023-2024": Talvaerdi(2421, pr="2022"),
            "2025-2026": Talvaerdi(2500, pr="2024", grundlag="ny optælling"),
        }
        monkeypatch.setattr(katalog, "_enkelte", dict(katalog._enkelte))
        perioder = [Periodevalg(kode, vaerdi.pr) for kode, vaerdi in vaerdier.items()]
        katalog.registrer(
            LevendeTal(
                "proeve.pladser",
                "Pladser i prøven",
                "Pladser i alt.",
                lambda kontekst: vaerdier.get(kontekst.periode, vaerdier["2023-2024"]),
                "pladser",
                perioder=lambda kontekst: perioder,
            )
        )
        return UdkastFactory(periode="2027-2028")

    def koder(self, aftale, fra, til):
        # Past the check at saving: what a text said before a figure changed must be found too.
        tekst = f"<p>Antallet er {{{{ udvikling.{fra}.{til}.proeve.pladser|retning }}}}.</p>"
        aftale.tekst.kapitler.filter(noegle="forord").update(indhold=tekst)
        return [(fund.klasse, fund.hvorfor) for fund in kontroller(aftale).aabne if fund.sted.kapitel == "forord"]

    def test_kendt(self, aftale):
        assert self.koder(aftale, "2021-2022", "2023-2024") == []

    def test_usammenlignelig(self, aftale):
        (fund,) = self.koder(aftale, "2023-2024", "2025-2026")
        assert fund[0] == Klasse.PLADSHOLDER
        assert "opgjort på to måder" in fund[1]

    def test_staar_i_teksten_og_paa_siden_med_tal(self, aftale, klient):
        self.koder(aftale, "2021-2022", "2023-2024")
        side = klient.get("/aftaler/2027-2028/forord/").text
        assert 'href="/aftaler/2027-2028/tal/#udvikling.2021-2022.2023-2024.proeve.pladser"' in side
        assert "steget fra 2.080 til 2.421" in side
        tal = klient.get("/aftaler/2027-2028/tal/").text
        assert 'id="udvikling.2021-2022.2023-2024.proeve.pladser"' in tal
        assert "Pladser i prøven, 2020" in tal
