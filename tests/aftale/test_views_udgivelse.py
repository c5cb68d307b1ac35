"""The page of editions: what is missing, ordering with progress, publication."""

import pytest
from django.urls import reverse

from socialaftale.aftale.enums import Aftaletilstand
from socialaftale.aftale.handlinger import bestil_pdf, ret_kapitel
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Jobtilstand, Rolle
from socialaftale.kerne.models import Job
from tests.aftale.factories import AftaleFactory, UdkastFactory, fremlaeg, lav_offentliggjort, lav_udgave

pytestmark = pytest.mark.kun_sqlite("the page is made in Python; the permission walk runs its queries on PostgreSQL")


@pytest.fixture
def klient(log_ind):
    return log_ind(Rolle.SEKRETARIAT)


def side(klient, periode="2023-2024"):
    return klient.get(reverse("aftale:pdf", args=[periode])).text


def send(klient, navn, *args, **felter):
    return klient.post(reverse(f"aftale:{navn}", args=["2023-2024", *args]), felter)


class TestSide:
    def test_uden_udgaver(self, organisationer, klient):
        AftaleFactory(periode="2023-2024")
        tekst = side(klient)
        assert "Der er ikke lavet nogen PDF endnu" in tekst
        assert "Lav PDF" in tekst

    def test_udgaver_og_hvad_der_er_rettet(self, organisationer, klient):
        aftale = lav_offentliggjort(periode="2023-2024")
        tekst = side(klient)
        assert "1. udgave (PDF)" in tekst
        assert "Gældende" in tekst
        assert "Teksten er den samme" in tekst
        ret_kapitel(
            aftale,
            adgang=Adgang.system(),
            kapitel=aftale.tekst.kapitler.get(noegle="forord"),
            titel="Forord",
            indhold="<p>Nyt</p>",
            fra_version=1,
        )
        ny = lav_udgave(aftale, b"%PDF-1.7 ny")
        tekst = side(klient)
        assert "1\N{NO-BREAK SPACE}kapitel er rettet" in tekst
        # Not before it is laid before the parties.
        assert "data-bekraeft=" not in tekst
        fremlaeg(aftale)
        tekst = side(klient)
        assert reverse("aftale:offentliggoer", args=["2023-2024", ny.pk]) in tekst
        assert "data-bekraeft=" in tekst

    def test_et_udkast_kan_ikke_offentliggoeres(self, organisationer, klient):
        lav_udgave(UdkastFactory(periode="2023-2024"))
        tekst = side(klient)
        assert "Udkast" in tekst
        assert ">Offentliggør<" not in tekst

    def test_en_tekst_der_ligger_fast_faar_ingen_ny_udgave(self, organisationer, klient):
        lav_offentliggjort(periode="2023-2024", laast=True)
        tekst = side(klient)
        assert "Teksten ligger fast" in tekst
        assert "Lav PDF" not in tekst
        assert send(klient, "bestil_pdf").url == reverse("aftale:godkendelse", args=["2023-2024"])
        assert not Job.objects.exists()

    def test_antal_forespoergsler(self, organisationer, klient, django_assert_max_num_queries):
        aftale = lav_offentliggjort(periode="2023-2024")
        with django_assert_max_num_queries(15) as faa:
            side(klient)
        for nummer in range(10):
            lav_udgave(aftale, b"%%PDF-1.7 nr. %d" % nummer)
        with django_assert_max_num_queries(len(faa)) as mange:
            side(klient)
        assert len(mange) == len(faa)


class TestBestil:
    def test_foerer_til_fremdriften(self, organisationer, klient):
        AftaleFactory(periode="2023-2024")
        svar = send(klient, "bestil_pdf")
        job = Job.objects.get()
        assert svar.url == reverse("kerne:job", args=[job.pk])
        assert "Følg arbejdet" in side(klient)

    @pytest.mark.langsom
    def test_jobbet_ender_paa_siden_med_udgaver(self, organisationer, klient, django_capture_on_commit_callbacks):
        aftale = AftaleFactory(periode="2023-2024")
        with django_capture_on_commit_callbacks(execute=True):
            send(klient, "bestil_pdf")
        job = Job.objects.get()
        assert (job.tilstand, job.fejl) == (Jobtilstand.FAERDIG, "")
        assert job.resultat_url == reverse("aftale:pdf", args=["2023-2024"])
        udgave = aftale.udgaver.get()
        assert udgave.dokument.oprettet_af == job.bruger
        assert ">Offentliggør<" in side(klient)
        assert send(klient, "offentliggoer", udgave.pk).status_code == 302
        # The address answers everybody with exactly the stored bytes.
        klient.logout()
        svar = klient.get(reverse("aftale:hent_pdf", args=["2023-2024"]))
        assert svar.content == udgave.dokument.laes()
        assert svar.content.startswith(b"%PDF-")

    def test_det_der_mangler_siges_med_det_samme(self, organisationer, klient):
        aftale = AftaleFactory(periode="2023-2024")
        aftale.tekst.kapitler.filter(noegle="forord").update(indhold="<p>{{ liste:intet }} {{ parter.antl }}</p>")
        svar = send(klient, "bestil_pdf")
        assert svar.status_code == 422
        assert "<code>liste:intet</code>" in svar.text
        assert "Mente du parter.antal" in svar.text
        assert not Job.objects.exists()

    def test_jobbet_siger_hvad_der_mangler(self, organisationer, adgang, django_capture_on_commit_callbacks):
        """The text may have changed between the order and the job's turn."""
        aftale = AftaleFactory(periode="2023-2024")
        with django_capture_on_commit_callbacks(execute=True):
            job = bestil_pdf(aftale, adgang=adgang(Rolle.SEKRETARIAT))
            aftale.tekst.kapitler.filter(noegle="forord").update(indhold="<p>{{ liste:intet }}</p>")
        job.refresh_from_db()
        assert job.tilstand == Jobtilstand.FEJLET
        assert job.fejl.endswith("før disse tal og figurer findes: liste:intet.")


class TestOffentliggoer:
    def test_offentliggoer(self, organisationer, klient):
        aftale = AftaleFactory(periode="2023-2024")
        svar = send(klient, "offentliggoer", lav_udgave(aftale).pk)
        assert "1. udgave er offentliggjort" in klient.get(svar.url).text

    def test_offentliggoer_et_udkast(self, organisationer, klient):
        aftale = UdkastFactory(periode="2023-2024")
        svar = send(klient, "offentliggoer", lav_udgave(aftale).pk)
        assert "skal være godkendt af alle parter" in klient.get(svar.url).text
        aftale.refresh_from_db()
        assert aftale.tilstand == Aftaletilstand.UDKAST

    def test_offentliggoer_en_gammel_udgave(self, organisationer, klient):
        aftale = lav_offentliggjort(periode="2023-2024")
        gammel = aftale.gaeldende_udgave
        lav_udgave(aftale, b"%PDF-1.7 ny")
        svar = send(klient, "offentliggoer", gammel.pk)
        assert "Kun den nyeste udgave" in klient.get(svar.url).text

    def test_en_anden_aftales_udgave_findes_ikke(self, organisationer, klient):
        AftaleFactory(periode="2023-2024")
        fremmed = lav_udgave(AftaleFactory(periode="2021-2022"))
        assert send(klient, "offentliggoer", fremmed.pk).status_code == 404
