"""T30: the level accounts are made by, fixed per driftsherre."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from takster import hentning_resultat as hentning
from takster.beregning.regelsaet import Regler
from takster.handlinger import regnskaber
from takster.models import Niveauvalg, Reguleringspligt
from takster.visning_resultat import manglende_regnskaber
from tests.takster.conftest import I_DAG
from tests.takster.factories import RegelsaetFactory, SkemaFactory, TakstFactory, YdelseFactory
from tests.takster.resultathjaelp import SYSTEM, lav_regnskab, tilbud_med_takst

pytestmark = pytest.mark.django_db


@pytest.fixture
def aalborg(organisationer):
    RegelsaetFactory()
    return organisationer["aalborg"]


@pytest.fixture
def tilbud(aalborg):
    return tilbud_med_takst(aalborg)


def beregn(regnskab):
    return hentning.beregn_regnskab(regnskab, Regler(), I_DAG)


@pytest.mark.regel("T30")
def test_det_der_mangler_foelger_niveauet(tilbud, aalborg):
    takst = tilbud.takster.get()
    takst.skema = SkemaFactory(ydelse=takst.ydelse, indberetning__driftsherre=aalborg)
    takst.save()
    assert [(en.tilbud, en.ydelse) for en in manglende_regnskaber(aalborg.pk, 2025)] == [(tilbud.pk, None)]
    regnskaber.vaelg_niveau(aalborg, adgang=SYSTEM, fra_aar=2025, niveau="ydelse", begrundelse="Ny kontoplan")
    assert [en.ydelse for en in manglende_regnskaber(aalborg.pk, 2025)] == [takst.ydelse_id]
    lav_regnskab(tilbud, ydelse=takst.ydelse)
    assert manglende_regnskaber(aalborg.pk, 2025) == []


class TestNiveau:
    @pytest.mark.regel("T30")
    def test_aendres_med_begrundelse_og_ses_paa_regnskabet(self, tilbud, aalborg):
        regnskaber.vaelg_niveau(aalborg, adgang=SYSTEM, fra_aar=2025, niveau="ydelse", begrundelse="Ny kontoplan")
        with pytest.raises(ValidationError, match="Vælg den ydelse"):
            regnskaber.opret_regnskab(tilbud, 2025, adgang=SYSTEM)
        regnskab = lav_regnskab(tilbud, ydelse=tilbud.ydelser.get())
        assert [fund.kode for fund in beregn(regnskab).fund][0] == "niveau_aendret"
        assert "Ny kontoplan" in beregn(regnskab).fund[0].tekst

    @pytest.mark.regel("T30")
    def test_ligger_fast_naar_aaret_er_begyndt(self, tilbud, aalborg):
        lav_regnskab(tilbud)
        with pytest.raises(ValidationError, match="allerede regnskaber"):
            regnskaber.vaelg_niveau(aalborg, adgang=SYSTEM, fra_aar=2025, niveau="ydelse", begrundelse="Ny kontoplan")
        assert not Niveauvalg.objects.exists()

    @pytest.mark.regel("T30")
    def test_maalgruppe_deler_tilbuddet(self, aalborg):
        tilbud = tilbud_med_takst(aalborg)
        andre = YdelseFactory(tilbud=tilbud, maalgruppe="Autisme")
        TakstFactory(ydelse=andre, aar=2025, grundlag=Decimal(2_000_000))
        regnskaber.vaelg_niveau(aalborg, adgang=SYSTEM, fra_aar=2025, niveau="maalgruppe", begrundelse="Ny kontoplan")
        regnskab = lav_regnskab(tilbud, maalgruppe="Autisme", hensat=Decimal(100_000), til="godkendt")
        assert regnskab.budget == Decimal(2_000_000)
        assert Reguleringspligt.objects.get().maalgruppe == "Autisme"
