"""T22: the grundlag of an account when a case changed the tariff during its year."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from socialaftale.kerne.enums import Rolle
from takster import hentning_resultat as hentning
from takster.beregning.regelsaet import Regler
from tests.takster.conftest import I_DAG
from tests.takster.factories import RegelsaetFactory, TakstFactory
from tests.takster.resultathjaelp import lav_regnskab, tilbud_med_takst

pytestmark = pytest.mark.django_db


@pytest.fixture
def aalborg(organisationer):
    RegelsaetFactory()
    return organisationer["aalborg"]


@pytest.mark.regel("T22", "T67", "T68")
def test_en_takst_der_er_aendret_i_aaret_vaegtes_med_dagene(aalborg, log_ind):
    """8.000.000 until 31 October and 9.000.000 after: (8.000.000 × 304 + 9.000.000 × 61) / 365 = 8.167.123,29."""
    tilbud = tilbud_med_takst(aalborg)
    gammel = tilbud.takster.get()
    gammel.gyldig_til, gammel.er_gaeldende = dt.date(2025, 10, 31), False
    gammel.save(update_fields=["gyldig_til", "er_gaeldende"])
    TakstFactory(
        ydelse=gammel.ydelse,
        aar=2025,
        version=2,
        afloeser=gammel,
        grundlag=Decimal("9000000.00"),
        gyldig_fra=dt.date(2025, 11, 1),
    )
    regnskab = lav_regnskab(tilbud, hensat=Decimal(400_000), til="afgivet")
    assert regnskab.budget == Decimal("8167123.29")
    assert regnskab.budget_kilde == "Offentliggjorte takster 2025 (1 takst, ændret i årets løb)"
    assert hentning.beregn_regnskab(regnskab, Regler(), I_DAG).deling.graense == Decimal("408356.16")
    tekst = log_ind(Rolle.DRIFTSHERRE_INDBERETTER).get(regnskab.get_absolute_url()).text
    assert "Sådan er takstberegningsgrundlaget beregnet" in tekst
    assert "(8.000.000,00 × 304 + 9.000.000,00 × 61) / 365" in tekst.replace("\xa0", " ")


@pytest.mark.regel("T22", "T68")
def test_en_rettelse_for_hele_aaret_er_ingen_version_af_aaret(aalborg):
    """A tariff that a correction took the place of was never in force beside it."""
    tilbud = tilbud_med_takst(aalborg)
    gammel = tilbud.takster.get()
    gammel.er_gaeldende = False
    gammel.save(update_fields=["er_gaeldende"])
    TakstFactory(ydelse=gammel.ydelse, aar=2025, version=2, grundlag=Decimal("9000000.00"))
    assert lav_regnskab(tilbud).budget == Decimal("9000000.00")
