"""A tilbud's line on its forms, exact to the øre."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takster.beregning.reguleringsfordeling import Skemadel, fordel_paa_skemaer

BELOEB = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
VAEGT = st.one_of(st.just(Decimal(0)), st.decimals(min_value=0, max_value=10**8, places=2))


@pytest.mark.regel("T48")
def test_efter_sidste_aars_grundlag():
    dele = [Skemadel(noegle=1, vaegt=Decimal(3_000_000)), Skemadel(noegle=2, vaegt=Decimal(1_000_000))]
    assert fordel_paa_skemaer(Decimal("-370000.00"), dele) == {1: Decimal("-277500.00"), 2: Decimal("-92500.00")}


def test_en_ny_ydelse_baerer_ikke_gammelt_underskud():
    dele = [Skemadel(noegle=1, vaegt=Decimal(1)), Skemadel(noegle=2)]
    assert fordel_paa_skemaer(Decimal("100.00"), dele) == {1: Decimal("100.00"), 2: Decimal("0.00")}


def test_lige_naar_ingen_havde_takst():
    dele = [Skemadel(noegle=noegle) for noegle in (1, 2, 3)]
    assert fordel_paa_skemaer(Decimal("0.10"), dele) == {1: Decimal("0.04"), 2: Decimal("0.03"), 3: Decimal("0.03")}


def test_det_offentliggjorte_staar_fast_og_resten_baeres_af_de_andre():
    dele = [
        Skemadel(noegle=1, vaegt=Decimal(5), fastlagt=Decimal("-10.00")),
        Skemadel(noegle=2, vaegt=Decimal(1)),
    ]
    assert fordel_paa_skemaer(Decimal("-100.00"), dele) == {1: Decimal("-10.00"), 2: Decimal("-90.00")}


def test_naar_alle_er_offentliggjort_aendres_intet():
    assert fordel_paa_skemaer(Decimal(5), [Skemadel(noegle=1, fastlagt=Decimal(3))]) == {1: Decimal(3)}


@pytest.mark.regel("T48")
@given(beloeb=BELOEB, vaegte=st.lists(VAEGT, min_size=1, max_size=6))
def test_delene_giver_altid_hele_beloebet(beloeb, vaegte):
    dele = [Skemadel(noegle=noegle, vaegt=vaegt) for noegle, vaegt in enumerate(vaegte)]
    assert sum(fordel_paa_skemaer(beloeb, dele).values()) == beloeb
