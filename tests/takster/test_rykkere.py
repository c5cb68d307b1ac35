"""Reminders: who is due when, once each, and the ones the secretariat sends by hand."""

from __future__ import annotations

import datetime as dt
import io

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Haendelse
from takster.enums import Rundetilstand, Skematilstand
from takster.handlinger import runder, rykkere
from takster.mangler import hent_mangler
from takster.models import Rykker
from tests.takster.factories import IndberetningFactory, RundeFactory, SkemaFactory
from tests.takster.taelling import forespoergsler, kraev_fast_antal

pytestmark = [pytest.mark.django_db, pytest.mark.regel("T13")]
SYSTEM = Adgang.system()
FRIST = dt.date(2026, 10, 31)


@pytest.fixture
def runde(organisationer):
    return RundeFactory()


@pytest.fixture
def egen(runde, organisationer, bruger_med):
    bruger_med(Rolle.DRIFTSHERRE_INDBERETTER)
    return IndberetningFactory(runde=runde, driftsherre=organisationer["aalborg"])


def foer(dage: int) -> dt.date:
    return FRIST - dt.timedelta(days=dage)


def send(dage: int) -> list[int | None]:
    return [rykker.dage for rykker in rykkere.send_forfaldne(adgang=SYSTEM, dato=foer(dage)).sendte]


@pytest.mark.parametrize(
    ("tilbage", "ventet"), [(31, None), (30, 30), (29, 30), (14, 14), (4, 14), (3, 3), (0, 3), (-1, None)]
)
def test_den_seneste_dag_der_er_naaet(tilbage, ventet):
    assert rykkere.forfalden([30, 14, 3], tilbage) == ventet


class TestForfaldne:
    def test_hver_dag_en_gang(self, egen):
        SkemaFactory(indberetning=egen)
        assert [send(dage) for dage in (31, 30, 30, 29, 14, 13, 3, 2, 0)] == [[], [30], [], [], [14], [], [3], [], []]

    def test_en_dag_der_blev_sprunget_over_sendes_ikke_bagefter(self, egen):
        SkemaFactory(indberetning=egen)
        assert [send(dage) for dage in (10, 9)] == [[14], []]

    def test_ny_frist_begynder_forfra(self, egen, runde):
        SkemaFactory(indberetning=egen)
        assert send(14) == [14]
        runder.flyt_frist(runde, adgang=SYSTEM, frist=FRIST + dt.timedelta(days=1), begrundelse="Sygdom")
        assert send(14) == [30]
        assert send(13) == [14]

    def test_kun_dem_der_mangler(self, egen, runde, organisationer, bruger_med):
        bruger_med(Rolle.DRIFTSHERRE_GODKENDER, organisation="hjoerring")
        nabo = IndberetningFactory(runde=runde, driftsherre=organisationer["hjoerring"])
        SkemaFactory(indberetning=nabo, udfyldt=True, tilstand=Skematilstand.INDSENDT)
        SkemaFactory(indberetning=egen)
        kvittering = rykkere.send_forfaldne(adgang=SYSTEM, dato=foer(3))
        assert [rykker.indberetning for rykker in kvittering.sendte] == [egen]

    def test_uden_modtager_taeller_den_ikke_som_sendt(self, runde, organisationer):
        nabo = IndberetningFactory(runde=runde, driftsherre=organisationer["hjoerring"])
        SkemaFactory(indberetning=nabo)
        kvittering = rykkere.send_forfaldne(adgang=SYSTEM, dato=foer(3))
        assert (kvittering.sendte, [mangel.driftsherre.slug for mangel in kvittering.uden_modtager]) == (
            [],
            ["hjoerring"],
        )

    def test_en_forlaenget_frist_er_driftsherrens_egen(self, egen):
        SkemaFactory(indberetning=egen)
        runder.genaabn_for_driftsherre(
            egen, adgang=SYSTEM, til=FRIST + dt.timedelta(days=20), begrundelse="Nyt økonomisystem"
        )
        assert send(14) == []
        assert send(-6) == [14]

    def test_ikke_foer_runden_er_begyndt_eller_paa_klade(self, egen, runde):
        SkemaFactory(indberetning=egen)
        runde.tilstand = Rundetilstand.KLADDE
        runde.save()
        assert send(3) == []

    def test_rundens_egne_dage(self, egen, runde):
        SkemaFactory(indberetning=egen)
        runder.ret_rykkerdage(runde, adgang=SYSTEM, dage=[5, 20])
        assert [send(dage) for dage in (30, 20, 14, 5)] == [[], [20], [], [5]]

    def test_antal_foresporgsler_er_fast(self, egen, runde):
        def lav(antal: int) -> None:
            for _ in range(antal):
                SkemaFactory(indberetning=egen)

        kraev_fast_antal(lambda: hent_mangler(runde), lav)

        def faa(mangel):
            return (mangel.indberetning, mangel.frist, mangel.antal, mangel.skemaer[:2], mangel.modtagere)

        assert [faa(mangel) for mangel in hent_mangler(runde, hoejst=2)] == [faa(en) for en in hent_mangler(runde)]
        assert all(len(mangel.skemaer) <= 2 <= mangel.antal for mangel in hent_mangler(runde, hoejst=2))


class TestMail:
    def test_naevner_frist_antal_og_skemaer(self, egen, mailoutbox, django_capture_on_commit_callbacks):
        skemaerne = [SkemaFactory(indberetning=egen) for _ in range(22)]
        with django_capture_on_commit_callbacks(execute=True):
            send(14)
        mail = mailoutbox[0]
        krop = mail.body.replace("\u00a0", " ")
        assert mail.to == ["driftsherre-indberetter.aalborg@test.example"]
        assert mail.subject == "Takstskemaer for 2027: I mangler 22"
        assert "Fristen er den 31. oktober 2026" in krop
        assert skemaerne[0].ydelse.tilbud.navn in krop
        assert "og 2 flere" in krop

    def test_log_og_raekke(self, egen):
        SkemaFactory(indberetning=egen)
        send(14)
        rykker = Rykker.objects.get()
        assert (rykker.frist, rykker.antal, rykker.modtagere, rykker.sendt_af) == (FRIST, 1, 1, None)
        haendelse = Haendelse.objects.for_objekt(egen).get()
        assert (haendelse.tekst, haendelse.vedroerer) == ("Rykker sendt 14 dage før fristen", egen.driftsherre)

    def test_kommandoen_kan_koeres_igen(self, egen, mailoutbox, django_capture_on_commit_callbacks):
        SkemaFactory(indberetning=egen)
        for ventet in ("Sendt: 1 rykkere", "Sendt: 0 rykkere"):
            ud = io.StringIO()
            with django_capture_on_commit_callbacks(execute=True):
                call_command("send_rykkere", stdout=ud)
            assert ventet in ud.getvalue()
        assert len(mailoutbox) == 1


class TestSiden:
    @pytest.fixture
    def url(self, runde):
        return reverse("takster:rykkere", kwargs={"aar": runde.aar})

    def test_viser_modtagere_foer_der_sendes(self, log_ind, egen, url, mailoutbox):
        skema = SkemaFactory(indberetning=egen)
        svar = log_ind(Rolle.SEKRETARIAT).get(url)
        assert "driftsherre-indberetter.aalborg@test.example" in svar.text
        assert skema.ydelse.tilbud.navn in svar.text
        assert "Ikke rykket før" in svar.text
        assert mailoutbox == []

    def test_sender_til_de_valgte_med_besked(self, log_ind, egen, url, mailoutbox, django_capture_on_commit_callbacks):
        SkemaFactory(indberetning=egen)
        klient = log_ind(Rolle.SEKRETARIAT)
        data = {"driftsherrer": [egen.pk], "besked": "Ring, hvis I er i tvivl", "siden": timezone.now().isoformat()}
        with django_capture_on_commit_callbacks(execute=True):
            svar = klient.post(url, data, follow=True)
        assert "Der er sendt rykker til" in svar.text
        assert "Ring, hvis I er i tvivl" in mailoutbox[0].body
        assert Rykker.objects.get().sendt_af is not None

    def test_to_tryk_sender_en_gang(self, log_ind, egen, url):
        SkemaFactory(indberetning=egen)
        klient = log_ind(Rolle.SEKRETARIAT)
        data = {"driftsherrer": [egen.pk], "siden": timezone.now().isoformat()}
        with time_machine.travel(timezone.now() + dt.timedelta(seconds=2), tick=False):
            assert klient.post(url, data).status_code == 302
            svar = klient.post(url, data | {"besked": "Skrevet forgæves"})
        assert svar.status_code == 422
        assert "rykket, siden du åbnede siden" in svar.text
        assert "Skrevet forgæves" in svar.text
        assert Rykker.objects.count() == 1

    def test_ingen_valgt(self, log_ind, egen, url):
        SkemaFactory(indberetning=egen)
        svar = log_ind(Rolle.SEKRETARIAT).post(url, {"siden": timezone.now().isoformat()})
        assert svar.status_code == 422
        assert "Vælg mindst én driftsherre" in svar.text

    @pytest.mark.parametrize("tekst", ["30, 30", "-3", "30 dage", "3,5.5", "400"])
    def test_dage_der_ikke_kan_laeses(self, log_ind, runde, tekst):
        svar = log_ind(Rolle.SEKRETARIAT).post(
            reverse("takster:rykkerdage", kwargs={"aar": runde.aar}), {"dage": tekst}
        )
        assert svar.status_code == 422
        assert "hele tal mellem 0 og 365" in svar.text
        assert tekst in svar.text

    @pytest.mark.parametrize(("tekst", "dage"), [("3; 14 30", [30, 14, 3]), ("", []), ("0", [0])])
    def test_dagene_rettes_og_logges(self, log_ind, runde, tekst, dage):
        klient = log_ind(Rolle.SEKRETARIAT)
        klient.post(reverse("takster:rykkerdage", kwargs={"aar": runde.aar}), {"dage": tekst})
        runde.refresh_from_db()
        assert runde.rykkerdage == dage
        assert Haendelse.objects.for_objekt(runde).filter(handling="rykkerdage").exists() == (dage != [30, 14, 3])

    def test_kun_sekretariatet(self, adgang, runde):
        with pytest.raises(PermissionDenied):
            rykkere.send_nu(runde, adgang=adgang(Rolle.DAS_MEDLEM), indberetninger=[], siden=timezone.now())

    def test_den_der_intet_mangler_rykkes_ikke(self, runde, egen):
        with pytest.raises(ValidationError, match="mangler ikke noget"):
            rykkere.send_nu(runde, adgang=SYSTEM, indberetninger=[egen.pk], siden=timezone.now())

    def test_antal_foresporgsler_er_fast(self, log_ind, egen, url):
        def lav(antal: int) -> None:
            for _ in range(antal):
                SkemaFactory(indberetning=egen)

        klient = log_ind(Rolle.SEKRETARIAT)
        kraev_fast_antal(lambda: klient.get(url), lav)

    def test_afsendelsen_er_faa_saetninger(self, runde, organisationer, bruger_med):
        noegler = []
        for slug in ("aalborg", "hjoerring", "thisted", "rebild"):
            bruger_med(Rolle.DRIFTSHERRE_INDBERETTER, organisation=slug)
            indberetning = IndberetningFactory(runde=runde, driftsherre=organisationer[slug])
            SkemaFactory(indberetning=indberetning)
            noegler.append(indberetning.pk)
        antal = forespoergsler(
            lambda: rykkere.send_nu(runde, adgang=SYSTEM, indberetninger=noegler, siden=timezone.now())
        )
        assert antal < 15
