"""Where a round stands: the driftsherre's page, the secretariat's overview, and the round itself."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from socialaftale.kerne.enums import Jobtilstand, Rolle
from socialaftale.kerne.models import Job
from takster.enums import Rundetilstand, Skematilstand
from takster.models import Indberetningsrunde, Takst
from tests.takster.factories import (
    IndberetningFactory,
    RundeFactory,
    SkemaFactory,
    TakstFactory,
    TilbudFactory,
    YdelseFactory,
)
from tests.takster.taelling import kraev_fast_antal

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.kun_sqlite("the page is made in Python; the permission walk runs its queries on PostgreSQL"),
]


@pytest.fixture
def runde(organisationer):
    return RundeFactory()


@pytest.fixture
def egen(runde, organisationer):
    return IndberetningFactory(runde=runde, driftsherre=organisationer["aalborg"], overhead_metode="")


@pytest.fixture
def nabo(runde, organisationer):
    return IndberetningFactory(runde=runde, driftsherre=organisationer["hjoerring"])


class TestIndgang:
    def test_driftsherren_kommer_til_sine_egne(self, log_ind, egen):
        svar = log_ind(Rolle.DRIFTSHERRE_INDBERETTER).get(reverse("takster:indberetning"))
        assert svar.url == egen.get_absolute_url()

    def test_sekretariatet_kommer_til_overblikket(self, log_ind, egen):
        svar = log_ind(Rolle.SEKRETARIAT).get(reverse("takster:indberetning"))
        assert svar.url == reverse("takster:indberetning_runde", kwargs={"aar": 2027})

    def test_uden_runde(self, log_ind):
        svar = log_ind(Rolle.DRIFTSHERRE_INDBERETTER).get(reverse("takster:indberetning"))
        assert "Der er ingen åben runde" in svar.text

    def test_uden_egen_indberetning(self, log_ind, runde):
        svar = log_ind(Rolle.DRIFTSHERRE_INDBERETTER).get(reverse("takster:indberetning"))
        assert "ingen takster at indberette" in svar.text

    def test_en_runde_under_forberedelse_er_sekretariatets_egen(self, log_ind, egen):
        Indberetningsrunde.objects.update(tilstand=Rundetilstand.KLADDE)
        assert log_ind(Rolle.DRIFTSHERRE_INDBERETTER).get(egen.get_absolute_url()).status_code == 404
        assert log_ind(Rolle.SEKRETARIAT).get(egen.get_absolute_url()).status_code == 200


class TestDriftsherreside:
    def test_skemaer_med_status_takst_og_frist(self, log_ind, egen):
        SkemaFactory(udfyldt=True, indberetning=egen)
        SkemaFactory(indberetning=egen)
        svar = log_ind(Rolle.DRIFTSHERRE_INDBERETTER).get(egen.get_absolute_url())
        tekst = svar.text.replace("\u00a0", " ")
        assert "2.307,14" in tekst
        assert "Ikke begyndt" in tekst
        assert "31. oktober 2026" in tekst
        assert "30 dage" in tekst
        assert svar.context["status"] == [("kladde", "Kladde", "2")]

    def test_naboens_ses_ikke(self, log_ind, egen, nabo):
        SkemaFactory(indberetning=nabo, ydelse=YdelseFactory(tilbud=TilbudFactory(navn="Naboens tilbud")))
        klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER)
        assert klient.get(nabo.get_absolute_url()).status_code == 404
        assert "Naboens tilbud" not in klient.get(reverse("takster:skemaer")).text

    def test_antal_foresporgsler_er_fast(self, log_ind, egen):
        def lav(antal: int) -> None:
            for _ in range(antal):
                TakstFactory(ydelse=SkemaFactory(udfyldt=True, indberetning=egen).ydelse)

        klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER)
        kraev_fast_antal(lambda: klient.get(egen.get_absolute_url()), lav)

    def test_excel_er_det_man_ser(self, log_ind, egen):
        SkemaFactory(udfyldt=True, indberetning=egen)
        SkemaFactory(indberetning=egen, tilstand=Skematilstand.INDSENDT, udfyldt=True)
        svar = log_ind(Rolle.DRIFTSHERRE_INDBERETTER).get(
            egen.get_absolute_url(), {"tilstand": "indsendt", "format": "xlsx"}
        )
        ark = load_workbook(io.BytesIO(svar.content)).active
        raekker = [raekke for raekke in ark.iter_rows(values_only=True) if raekke[0] and "Tilbud" in str(raekke[0])]
        hoved, *data = raekker[-2:]
        assert hoved[:3] == ("Tilbud", "Ydelse", "Status")
        assert data[0][hoved.index("Takst (kr.)")] == pytest.approx(2307.14)

    def test_en_ny_ydelse_faar_et_skema(self, log_ind, egen):
        ydelse = YdelseFactory(tilbud=TilbudFactory(driftsherre=egen.driftsherre, navn="Nyt tilbud"))
        klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER)
        assert "Nyt tilbud" in klient.get(egen.get_absolute_url()).text
        svar = klient.post(
            reverse("takster:opret_skema", kwargs={"aar": 2027, "slug": "aalborg"}), {"ydelse": ydelse.pk}
        )
        skema = egen.skemaer.get()
        assert svar.url == skema.get_absolute_url()
        assert "Opret skema" not in klient.get(egen.get_absolute_url()).text

    @pytest.mark.regel("T55")
    def test_metoden_beskrives_en_gang(self, log_ind, egen):
        klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER)
        url = reverse("takster:metode", kwargs={"aar": 2027, "slug": "aalborg"})
        assert klient.post(url, {"metode": ""}).status_code == 422
        svar = klient.post(url, {"metode": "Efter antal årsværk", "version": 1}, follow=True)
        assert "Metoden er gemt" in svar.text
        assert "Efter antal årsværk" in svar.text

    def test_das_ser_overblikket_uden_metode_og_historik(self, log_ind, egen):
        egen.overhead_metode = "Hemmelig nøgle"
        egen.save()
        svar = log_ind(Rolle.DAS_MEDLEM).get(egen.get_absolute_url())
        assert svar.status_code == 200
        assert "Hemmelig nøgle" not in svar.text


class TestOverblik:
    def test_tal_pr_driftsherre_og_hvem_der_mangler(self, log_ind, egen, nabo):
        for tilstand in (Skematilstand.KLADDE, Skematilstand.INDSENDT, Skematilstand.GODKENDT):
            SkemaFactory(udfyldt=True, indberetning=egen, tilstand=tilstand)
        SkemaFactory(udfyldt=True, indberetning=nabo, tilstand=Skematilstand.INDSENDT)
        klient = log_ind(Rolle.SEKRETARIAT)
        url = reverse("takster:indberetning_runde", kwargs={"aar": 2027})
        svar = klient.get(url)
        assert [post["tal"] for post in svar.context["noegletal"]] == ["2", "1", "1", "1"]
        raekker = {raekke.driftsherre.slug: raekke for raekke in svar.context["table"].data}
        assert (raekker["aalborg"].antal, raekker["aalborg"].kladde, raekker["hjoerring"].indsendt) == (3, 1, 1)
        mangler = klient.get(url, {"status": "mangler"})
        assert [raekke.driftsherre.slug for raekke in mangler.context["table"].data] == ["aalborg"]

    def test_antal_foresporgsler_er_fast(self, log_ind, organisationer, runde):
        driftsherrer = iter([org for org in organisationer.values() if org.er_driftsherre])

        def lav(antal: int) -> None:
            for _ in range(antal):
                SkemaFactory(indberetning=IndberetningFactory(runde=runde, driftsherre=next(driftsherrer)))

        klient = log_ind(Rolle.SEKRETARIAT)
        kraev_fast_antal(lambda: klient.get(reverse("takster:indberetning_runde", kwargs={"aar": 2027})), lav)

    def test_listen_over_skemaer(self, log_ind, egen):
        def lav(antal: int) -> None:
            for _ in range(antal):
                SkemaFactory(udfyldt=True, indberetning=egen)

        klient = log_ind(Rolle.SEKRETARIAT)
        kraev_fast_antal(lambda: klient.get(reverse("takster:skemaer")), lav)

    def test_filtre(self, log_ind, egen, nabo):
        SkemaFactory(indberetning=egen, ydelse=YdelseFactory(tilbud=TilbudFactory(navn="Ærøhus")))
        SkemaFactory(udfyldt=True, indberetning=nabo, tilstand=Skematilstand.INDSENDT)
        klient = log_ind(Rolle.SEKRETARIAT)

        def fundne(**filtre):
            return len(klient.get(reverse("takster:skemaer"), filtre).context["table"].data)

        assert fundne() == 2
        assert fundne(q="ærø") == 1
        assert fundne(tilstand="indsendt") == 1
        assert fundne(tilstand="hos_driftsherren") == 1
        assert fundne(tilstand="faerdige") == 0
        assert fundne(driftsherre=egen.driftsherre_id) == 1
        assert fundne(runde=egen.runde_id) == 2


@pytest.mark.regel("T13")
class TestGenaabn:
    def test_efter_fristen_med_begrundelse(self, efter_fristen, log_ind, egen):
        klient = log_ind(Rolle.SEKRETARIAT)
        url = reverse("takster:genaabn", kwargs={"aar": 2027, "slug": "aalborg"})
        assert klient.post(url, {"til": "20.11.2026", "begrundelse": ""}).status_code == 422
        assert klient.post(url, {"til": "04.11.2026", "begrundelse": "x"}).status_code == 422
        svar = klient.post(url, {"til": "20.11.2026", "begrundelse": "To børnehaver mangler"}, follow=True)
        assert "genåbnet for Aalborg Kommune" in svar.text
        assert "To børnehaver mangler" in svar.text
        egen.refresh_from_db()
        assert egen.genaabnet_til == dt.date(2026, 11, 20)

    def test_mens_runden_er_aaben_forlaenges_fristen(self, log_ind, egen):
        url = reverse("takster:genaabn", kwargs={"aar": 2027, "slug": "aalborg"})
        klient = log_ind(Rolle.SEKRETARIAT)
        assert "Forlæng fristen for Aalborg Kommune" in klient.get(url).text
        svar = klient.post(url, {"til": "31.10.2026", "begrundelse": "Sygdom"})
        assert svar.status_code == 422
        assert "Vælg en dag efter rundens frist" in svar.text
        assert "Sygdom" in svar.text
        svar = klient.post(url, {"til": "10.11.2026", "begrundelse": "Sygdom"}, follow=True)
        assert "Fristen er forlænget for Aalborg Kommune" in svar.text


class TestRunde:
    def url(self, navn="runde", **kwargs):
        return reverse(f"takster:{navn}", kwargs={"aar": 2027, **kwargs})

    def test_graenserne_staar_med_kilde(self, log_ind, runde):
        runde.regelsaet.graenser = {
            "belaegning_max_pct": {"vaerdi": "100", "regel": "T17", "kilde": "Styringsaftale 2021, afsnit 5.2"}
        }
        runde.regelsaet.save()
        svar = log_ind(Rolle.SEKRETARIAT).get(self.url())
        assert "Styringsaftale 2021, afsnit 5.2" in svar.text
        assert "365\u00a0dage" in svar.text

    def test_opret_aabn_luk_og_offentliggoer(self, log_ind, organisationer, django_capture_on_commit_callbacks):
        RundeFactory(aar=2020).regelsaet.save()
        klient = log_ind(Rolle.SEKRETARIAT)
        svar = klient.post(
            reverse("takster:runde_opret"), {"aar": "2027", "aabner": "1.8.2026", "frist": "31.10.2026", "note": ""}
        )
        assert svar.url == self.url()
        ydelse = YdelseFactory(tilbud=TilbudFactory(driftsherre=organisationer["aalborg"]))
        assert "er åben" in klient.post(self.url("runde_skift", trin="aabn"), follow=True).text
        indberetning = Indberetningsrunde.objects.get(aar=2027).indberetninger.get(driftsherre__slug="aalborg")
        assert indberetning.skemaer.get().ydelse == ydelse
        SkemaFactory(udfyldt=True, indberetning=indberetning, tilstand=Skematilstand.GODKENDT)
        assert "er lukket" in klient.post(self.url("runde_skift", trin="luk"), follow=True).text
        with django_capture_on_commit_callbacks(execute=True):
            svar = klient.post(self.url("runde_skift", trin="offentliggoer"))
        job = Job.objects.get()
        assert svar.url == reverse("kerne:job", kwargs={"pk": job.pk})
        assert job.tilstand == Jobtilstand.FAERDIG
        assert job.resultat_url == reverse("takster:liste", query={"aar": 2027})
        assert Takst.objects.count() == 1

    def test_en_mislykket_offentliggoerelse_siger_hvorfor(self, log_ind, runde, django_capture_on_commit_callbacks):
        Indberetningsrunde.objects.update(tilstand=Rundetilstand.LUKKET)
        klient = log_ind(Rolle.SEKRETARIAT)
        with django_capture_on_commit_callbacks(execute=True):
            klient.post(self.url("runde_skift", trin="offentliggoer"))
        assert Job.objects.get().fejl == "Der er ingen godkendte takstskemaer at offentliggøre."

    def test_aaret_findes_allerede(self, log_ind, runde):
        svar = log_ind(Rolle.SEKRETARIAT).post(
            reverse("takster:runde_opret"), {"aar": "2027", "aabner": "1.8.2026", "frist": "31.10.2026", "note": ""}
        )
        assert svar.status_code == 422

    def test_fristen_foer_aabningen(self, log_ind, organisationer):
        svar = log_ind(Rolle.SEKRETARIAT).post(
            reverse("takster:runde_opret"), {"aar": "2028", "aabner": "1.8.2027", "frist": "31.7.2027", "note": ""}
        )
        assert svar.status_code == 422
        assert "Fristen skal ligge efter" in svar.text

    def test_flyt_fristen(self, log_ind, runde):
        klient = log_ind(Rolle.SEKRETARIAT)
        assert klient.post(self.url("runde_frist"), {"frist": "7.11.2026", "begrundelse": ""}).status_code == 422
        klient.post(self.url("runde_frist"), {"frist": "7.11.2026", "begrundelse": "Sent DAS-møde"})
        runde.refresh_from_db()
        assert runde.frist == dt.date(2026, 11, 7)

    def test_genaabn_en_lukket_runde(self, log_ind, runde):
        Indberetningsrunde.objects.update(tilstand=Rundetilstand.LUKKET)
        klient = log_ind(Rolle.SEKRETARIAT)
        assert "Genåbn runden" in klient.get(self.url("runde_frist")).text
        klient.post(self.url("runde_frist"), {"frist": "7.11.2026", "begrundelse": "Nye regler"})
        runde.refresh_from_db()
        assert (runde.tilstand, runde.frist) == (Rundetilstand.AABEN, dt.date(2026, 11, 7))

    def test_ukendt_trin(self, log_ind, runde):
        assert log_ind(Rolle.SEKRETARIAT).post(self.url("runde_skift", trin="spring")).status_code == 404

    def test_runder_under_forberedelse_ses_kun_af_sekretariatet(self, log_ind, runde):
        Indberetningsrunde.objects.update(tilstand=Rundetilstand.KLADDE)
        assert "2027" in log_ind(Rolle.SEKRETARIAT).get(reverse("takster:runder")).text
        assert log_ind(Rolle.TAKSTGRUPPE).get(self.url()).status_code == 404
