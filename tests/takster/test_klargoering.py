"""Opening a round: what is copied from last year, what is new, what has ended, and the page that shows it first."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Haendelse
from takster.enums import Rundetilstand
from takster.handlinger import runder, skemaer
from takster.klargoering import hent_plan
from takster.models import Takstskema
from tests.takster.factories import (
    IndberetningFactory,
    RundeFactory,
    SkemaFactory,
    TakstFactory,
    TilbudFactory,
    YdelseFactory,
)
from tests.takster.taelling import forespoergsler, kraev_fast_antal

pytestmark = pytest.mark.django_db
SYSTEM = Adgang.system()


@pytest.fixture
def aalborg(organisationer):
    return organisationer["aalborg"]


@pytest.fixture
def sidste(aalborg):
    """Last year's round of Aalborg, closed."""
    runde = RundeFactory(aar=2026, tilstand=Rundetilstand.LUKKET)
    return IndberetningFactory(runde=runde, driftsherre=aalborg)


@pytest.fixture
def runde(sidste):
    return RundeFactory(tilstand=Rundetilstand.KLADDE)


def ydelse(organisation, navn="Tilbud", **felter):
    return YdelseFactory(tilbud=TilbudFactory(driftsherre=organisation, navn=navn), **felter)


class TestPlan:
    def test_fortsat_ny_og_ophoert(self, aalborg, organisationer, sidste, runde):
        fortsat = SkemaFactory(indberetning=sidste, ydelse=ydelse(aalborg), udfyldt=True)
        ophoert = SkemaFactory(indberetning=sidste, ydelse=ydelse(aalborg, aktiv_til_aar=2026), udfyldt=True)
        ny = ydelse(aalborg, aktiv_fra_aar=2027)
        fra_takst = TakstFactory(ydelse=ydelse(organisationer["hjoerring"]), kapacitet=Decimal(7))
        planer = {plan.driftsherre.slug: plan for plan in hent_plan(2027)}
        egen, nabo = planer["aalborg"], planer["hjoerring"]
        assert [kladde.ydelse for kladde in egen.kopieres] == [fortsat.ydelse]
        assert egen.kopieres[0].felter["pladser"] == Decimal(10)
        assert ([kladde.ydelse for kladde in egen.nye], egen.ophoerte) == ([ny], [ophoert.ydelse])
        assert nabo.kopieres[0].felter == {"pladser": Decimal(7)}
        assert nabo.kopieres[0].ydelse == fra_takst.ydelse
        assert planer["region-nordjylland"].antal == 0

    def test_antal_foresporgsler_er_fast(self, aalborg, sidste):
        def lav(antal: int) -> None:
            for _ in range(antal):
                SkemaFactory(indberetning=sidste, ydelse=ydelse(aalborg), udfyldt=True)

        kraev_fast_antal(lambda: hent_plan(2027), lav)


@pytest.mark.regel("T13")
class TestAabn:
    def test_skemaet_er_forudfyldt_uden_beloeb(self, aalborg, sidste, runde):
        sidste_skema = SkemaFactory(
            indberetning=sidste, ydelse=ydelse(aalborg), udfyldt=True, bemaerkning="Sidste års"
        )
        runder.aabn_runde(runde, adgang=SYSTEM)
        skema = Takstskema.objects.get(indberetning__runde=runde)
        assert (skema.ydelse, skema.pladser) == (sidste_skema.ydelse, Decimal(10))
        assert skema.direkte_stoettetimer == Decimal(25)
        assert (skema.belaegning_pct, skema.belaegningsprincip, skema.bemaerkning) == (None, "", "")
        assert not skema.uden_tillaegsydelser
        assert not skema.linjer.exists()
        skema.full_clean()

    def test_loggen_fortaeller_hvad_der_skete(self, aalborg, sidste, runde, adgang):
        SkemaFactory(indberetning=sidste, ydelse=ydelse(aalborg), udfyldt=True)
        SkemaFactory(indberetning=sidste, ydelse=ydelse(aalborg, navn="Gammelt", aktiv_til_aar=2026, slug="x"))
        ydelse(aalborg)
        runder.aabn_runde(runde, adgang=adgang(Rolle.SEKRETARIAT))
        data = Haendelse.objects.for_objekt(runde).get(handling="runde_aabnet").data
        assert (data["kopierede"], data["nye"]) == (1, 1)
        assert data["ophoerte"][0].startswith("Gammelt, ")
        tekster = Haendelse.objects.filter(handling="takstskema_oprettet").values_list("tekst", flat=True)
        assert sorted(tekster) == ["Takstskema oprettet", "Takstskema oprettet med pladser m.v. fra 2026"]

    def test_faa_saetninger_ogsaa_for_mange(self, aalborg, sidste, runde):
        for _ in range(30):
            SkemaFactory(indberetning=sidste, ydelse=ydelse(aalborg), udfyldt=True)
        # SQLite takes so few parameters that the rows go in portions.
        assert forespoergsler(lambda: runder.aabn_runde(runde, adgang=SYSTEM)) < 40

    def test_en_ydelse_der_kommer_senere_forudfyldes_ogsaa(self, aalborg, sidste):
        gammel = ydelse(aalborg)
        SkemaFactory(indberetning=sidste, ydelse=gammel, udfyldt=True)
        skema = skemaer.opret_skema(IndberetningFactory(driftsherre=aalborg), gammel, adgang=SYSTEM)
        assert skema.pladser == Decimal(10)


class TestSiden:
    def url(self, aar=2027):
        return reverse("takster:runde_klar", kwargs={"aar": aar})

    def test_viser_hvad_der_bliver_lavet(self, log_ind, aalborg, sidste, runde):
        SkemaFactory(indberetning=sidste, ydelse=ydelse(aalborg, "Fortsat tilbud"), udfyldt=True)
        SkemaFactory(indberetning=sidste, ydelse=ydelse(aalborg, "Ophørt tilbud", aktiv_til_aar=2026))
        ydelse(aalborg, "Nyt tilbud")
        klient = log_ind(Rolle.SEKRETARIAT)
        svar = klient.get(self.url())
        tekst = svar.text.replace("\u00a0", " ")
        for navn in ("Fortsat tilbud", "Ophørt tilbud", "Nyt tilbud", "får driftsherrerne 2 takstskemaer"):
            assert navn in tekst
        assert svar.context["i_alt"] == {"kopieres": 1, "nye": 1, "ophoerte": 1}
        assert not Takstskema.objects.filter(indberetning__runde=runde).exists()
        assert self.url() in klient.get(runde.get_absolute_url()).text

    def test_en_aaben_runde_kan_ikke_goeres_klar_igen(self, log_ind, runde):
        runder.aabn_runde(runde, adgang=SYSTEM)
        assert log_ind(Rolle.SEKRETARIAT).get(self.url()).url == runde.get_absolute_url()

    def test_antal_foresporgsler_er_fast(self, log_ind, aalborg, sidste, runde):
        def lav(antal: int) -> None:
            for _ in range(antal):
                SkemaFactory(indberetning=sidste, ydelse=ydelse(aalborg), udfyldt=True)

        klient = log_ind(Rolle.SEKRETARIAT)
        kraev_fast_antal(lambda: klient.get(self.url()), lav)
