"""What the editor asks the server: figures, drafts, presence, images; and the way back to a draft."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from socialaftale.aftale.dokumenter import aftale_pdf
from socialaftale.aftale.handlinger import ret_kapitel
from socialaftale.aftale.hentning import hent_laesning
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Billede, Haendelse, Kladde, Opsaetning
from socialaftale.kerne.pdf import byg_pdf_i_barn, skabelon
from socialaftale.kerne.pdf.strukturkontrol import kontroller
from tests.aftale.factories import AftaleFactory, billedfil, lav_billede, saet_ind
from tests.kerne.pdf import pdflaesning

pytestmark = pytest.mark.kun_sqlite("the page is made in Python; the permission walk runs its queries on PostgreSQL")

FORORD = "<p>Vi er {{ parter.antal }} parter.</p>"


@pytest.fixture
def aftale(organisationer):
    return AftaleFactory(periode="2023-2024")


@pytest.fixture
def klient(log_ind):
    return log_ind(Rolle.SEKRETARIAT)


def adresse(navn, *mere):
    return reverse(f"aftale:{navn}", args=["2023-2024", *mere])


RET = ("ret_kapitel", "forord")


def gem_kladde(klient, indhold="<p>Ugemt</p>", **felter):
    data = {"titel": "Forord", "indhold": indhold, "fra_version": "1", "kladde": ""} | felter
    return klient.post(adresse("gem_kladde", "forord"), data)


def forord(aftale):
    return aftale.tekst.kapitler.get(noegle="forord")


class TestTal:
    def test_soeg_i_periodens_tal(self, aftale, klient):
        svar = klient.get(adresse("ret_tal"), {"soeg": "aftaleperiode"}).json()
        assert [post["vaerdi"] for post in svar["tal"]] == ["2023-2024"]

    def test_henvisninger(self, aftale, klient):
        svar = klient.get(adresse("ret_tal"), {"h": ["parter.antal|ord", "periode"]}).json()
        assert {h: data["trykt"] for h, data in svar["henvisninger"].items()} == {
            "parter.antal|ord": "tolv",
            "periode": "2023-2024",
        }

    @pytest.mark.parametrize("forespoergsel", [{"soeg": ""}, {"soeg": "pladser"}, {"h": ["parter.antal"] * 50}])
    def test_antal_forespoergsler(self, aftale, klient, forespoergsel, django_assert_max_num_queries):
        with django_assert_max_num_queries(15):
            klient.get(adresse("ret_tal"), forespoergsel)


class TestBlok:
    def test_som_laeseren_ser_den(self, aftale, klient):
        svar = klient.get(adresse("ret_blok"), {"noegle": "liste:bilag"}).json()
        assert "Et bilag" in svar["html"]
        assert "<table" in svar["html"]

    def test_uden_noget_at_vise_siges_hvorfor(self, aftale, klient):
        svar = klient.get(adresse("ret_blok"), {"noegle": "figur:pladskort"}).json()
        assert svar["html"] == ""
        assert "ingen opgørelse" in svar["mangler"]

    def test_ukendt(self, aftale, klient):
        assert klient.get(adresse("ret_blok"), {"noegle": "figur:nej"}).status_code == 404

    def test_antal_forespoergsler(self, aftale, klient, django_assert_max_num_queries):
        with django_assert_max_num_queries(15):
            klient.get(adresse("ret_blok"), {"noegle": "liste:fokusomraader"})


class TestKladde:
    def test_gemmes_tilbydes_fortsaettes_og_forsvinder_ved_gem(self, aftale, klient):
        svar = gem_kladde(klient).json()
        assert svar["besked"].startswith("Gemt ")
        side = klient.get(adresse(*RET)).text
        assert "Du har en ugemt kladde fra " in side
        assert "&lt;p&gt;Ugemt&lt;/p&gt;" not in side
        fortsat = klient.get(adresse(*RET) + "?kladde").text
        assert "&lt;p&gt;Ugemt&lt;/p&gt;" in fortsat
        assert f'name="kladde" value="{svar["felter"]["kladde"]}"' in fortsat
        assert "Du fortsætter på din kladde fra " in fortsat
        klient.post(
            adresse(*RET),
            {"titel": "Forord", "indhold": "<p>Ugemt</p>", "fra_version": "1", "kladde": svar["felter"]["kladde"]},
        )
        assert forord(aftale).indhold == "<p>Ugemt</p>"
        assert not Kladde.objects.exists()

    def test_naeste_gemning_bygger_paa_den_forrige(self, aftale, klient):
        maerke = gem_kladde(klient).json()["felter"]["kladde"]
        assert gem_kladde(klient, "<p>Mere</p>", kladde=maerke).status_code == 200
        assert Kladde.objects.get().indhold == "<p>Mere</p>"

    def test_en_kladde_der_ikke_er_valgt_overskrives_ikke_og_overlever_gem(self, aftale, klient):
        gem_kladde(klient)
        svar = gem_kladde(klient, "<p>Andet</p>")
        assert svar.status_code == 409
        assert "bliver ikke overskrevet" in svar.json()["besked"]
        klient.post(adresse(*RET), {"titel": "Forord", "indhold": "<p>Andet</p>", "fra_version": "1", "kladde": ""})
        assert forord(aftale).indhold == "<p>Andet</p>"
        assert Kladde.objects.get().indhold == "<p>Ugemt</p>"
        assert "Kapitlet er gemt på ny siden" in klient.get(adresse(*RET)).text

    def test_uaendret_er_ingen_kladde(self, aftale, klient):
        assert gem_kladde(klient, FORORD).json()["felter"] == {"kladde": ""}
        assert not Kladde.objects.exists()

    def test_cpr(self, aftale, klient):
        svar = gem_kladde(klient, "<p>010190-1234</p>")
        assert svar.status_code == 422
        assert "CPR-nummer" in svar.json()["besked"]
        assert "1234" not in svar.text

    @pytest.mark.parametrize("version", ["", "0", "2", "x"])
    def test_vroevl(self, aftale, klient, version):
        assert gem_kladde(klient, fra_version=version).status_code == 400

    def test_andres_kladder_ses_ikke(self, aftale, klient, log_ind):
        gem_kladde(klient)
        anden = log_ind(Rolle.SEKRETARIAT_ADMIN)
        assert "Ugemt" not in anden.get(adresse(*RET) + "?kladde").text
        anden.post(adresse("slet_kladde", "forord"), {"kladde": Kladde.objects.get().maerke})
        assert Kladde.objects.exists()

    def test_slet(self, aftale, klient):
        maerke = gem_kladde(klient).json()["felter"]["kladde"]
        svar = klient.post(adresse("slet_kladde", "forord"), {"kladde": "forkert"})
        assert "i et andet vindue" in klient.get(svar.url).text
        klient.post(adresse("slet_kladde", "forord"), {"kladde": maerke})
        assert not Kladde.objects.exists()

    def test_kladden_overlever_en_konflikt_og_foelger_med(self, aftale, klient):
        maerke = gem_kladde(klient).json()["felter"]["kladde"]
        ret_kapitel(
            aftale,
            adgang=Adgang.system(),
            kapitel=forord(aftale),
            titel="Forord",
            indhold="<p>Den andens</p>",
            fra_version=1,
        )
        felter = {"titel": "Forord", "indhold": "<p>Ugemt</p>", "fra_version": "1", "kladde": maerke}
        svar = klient.post(adresse(*RET), felter)
        assert svar.status_code == 409
        # The other's text as it reads and as source; the own in the form.
        assert "<p>Den andens</p>" in svar.text
        assert "&lt;p&gt;Den andens&lt;/p&gt;" in svar.text
        assert "&lt;p&gt;Ugemt&lt;/p&gt;" in svar.text
        assert f'name="kladde" value="{maerke}"' in svar.text
        assert Kladde.objects.exists()
        assert klient.post(adresse(*RET), {**felter, "fra_version": "2"}).status_code == 302
        assert not Kladde.objects.exists()


class TestTilStede:
    def test_andre_ser_hvem_der_skriver(self, aftale, klient, log_ind):
        anden = log_ind(Rolle.SEKRETARIAT_ADMIN)
        assert klient.post(adresse("til_stede", "forord")).json()["andre"] == []
        svar = anden.post(adresse("til_stede", "forord")).json()
        assert len(svar["andre"]) == 1
        assert "redigerer nu, siden kl. " in svar["andre"][0]
        assert (svar["version"], svar["rettet_af"]) == (1, "Systemet")
        assert "redigerer nu, siden kl. " in anden.get(adresse(*RET)).text
        assert "redigerer nu, siden kl. " in anden.get(adresse("ret")).text
        # Saved: no longer at work.
        klient.post(adresse(*RET), {"titel": "Forord", "indhold": FORORD, "fra_version": "1"})
        assert anden.get(adresse("ret")).text.count("redigerer nu") == 1
        assert "redigerer nu" not in anden.get(adresse(*RET)).text


class TestBilleder:
    def laeg_op(self, klient, data=None, alt="Et hus"):
        fil = SimpleUploadedFile("foto.png", billedfil() if data is None else data)
        return klient.post(adresse("laeg_billede_op"), {"fil": fil, "alt": alt})

    def test_laeg_op_og_se(self, aftale, klient):
        svar = self.laeg_op(klient)
        assert svar.status_code == 200
        billede = Billede.objects.get()
        assert svar.json() == {"billede": billede.pk, "alt": "Et hus"}
        vist = klient.get(adresse("billede", billede.pk))
        assert vist.headers["Content-Type"] == "image/png"
        assert vist.headers["X-Content-Type-Options"] == "nosniff"
        assert "private" in vist.headers["Cache-Control"]
        assert vist.content == billede.laes()
        haendelse = Haendelse.objects.for_objekt(aftale).get()
        assert haendelse.tekst == f"Billede {billede.pk} lagt op"

    def test_fejl_ved_hvert_felt(self, aftale, klient):
        assert self.laeg_op(klient, b"%PDF", "x").json()["fejl"]["fil"].startswith("Filen er ikke et billede")
        assert "Beskriv" in self.laeg_op(klient, alt=" ").json()["fejl"]["alt"]
        svar = klient.post(adresse("laeg_billede_op"), {"alt": "x"})
        assert svar.status_code == 422
        assert svar.json()["fejl"]["fil"] == "Vælg et billede"

    def test_ukendt_billede_og_manglende_tekst_afvises_ved_gem(self, aftale, klient):
        for indhold, besked in [
            ('<figure><img data-billede="999" alt="x"></figure>', "Billede 999 findes ikke"),
            (f'<figure><img data-billede="{lav_billede().pk}" alt=""></figure>', "alternativ tekst"),
        ]:
            svar = klient.post(adresse(*RET), {"titel": "Forord", "indhold": indhold, "fra_version": "1"})
            assert svar.status_code == 422
            assert besked in svar.text

    def test_vises_paa_siden_og_i_pdf_uden_at_blive_hentet(self, aftale, klient):
        billede = lav_billede("rådhuset")
        saet_ind(aftale, billede)
        side = klient.get(adresse("kapitel", "forord")).text
        assert f'<img class="tekstbillede" src="{adresse("billede", billede.pk)}" alt="Billede af rådhuset"' in side
        assert "<figcaption>Et billede</figcaption>" in side
        html = aftale_pdf.html(hent_laesning(aftale, kladde=True), Opsaetning.hent())
        assert f'src="{billede.data_url}"' in html
        assert adresse("billede", billede.pk) not in html

    @pytest.mark.langsom
    def test_pdf_med_billede_bestaar_kontrollen_og_har_den_alternative_tekst(self, aftale, klient):
        """A real PDF: the picture is a figure with its text, and what the structure check asks for is there."""
        saet_ind(aftale, lav_billede("rådhuset"))
        html = aftale_pdf.html(hent_laesning(aftale, kladde=True), Opsaetning.hent())
        ark = skabelon.stilark(ekstra=aftale_pdf.css())
        resultat = byg_pdf_i_barn(html, stilark=ark, rodmapper=skabelon.rodmapper())
        assert kontroller(resultat.data) == []
        figurer = pdflaesning.struktur(resultat.data).alle("Figure")
        assert "Billede af rådhuset" in [figur.egenskaber.get("Alt") for figur in figurer]

    def test_antal_forespoergsler_vokser_ikke_med_billederne(self, aftale, klient, django_assert_num_queries):
        saet_ind(aftale, lav_billede("et"))
        with CaptureQueriesContext(connection) as et:
            klient.get(adresse("hele"))
        for noegle in ("omraader", "omraade_1", "bilag"):
            saet_ind(aftale, lav_billede(noegle), noegle)
        with django_assert_num_queries(len(et)):
            klient.get(adresse("hele"))
