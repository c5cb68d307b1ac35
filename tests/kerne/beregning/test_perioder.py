"""Periods with both ends included."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialaftale.kerne.perioder import Periode

AFTALE = Periode.for_aar(2023, 2024)
DATO = st.none() | st.dates(min_value=date(2000, 1, 1), max_value=date(2040, 12, 31))
PERIODE = st.tuples(DATO, DATO).filter(lambda p: None in p or p[0] <= p[1]).map(lambda p: Periode(*p))


@pytest.mark.parametrize(
    ("dato", "ventet"),
    [
        (date(2022, 12, 31), False),
        (date(2023, 1, 1), True),
        (date(2024, 12, 31), True),
        (date(2025, 1, 1), False),
    ],
)
def test_begge_ender_er_med(dato, ventet):
    assert AFTALE.gaelder(dato) is ventet


def test_ukendt_start_og_aaben_slutning():
    assert Periode().gaelder(date(1970, 1, 1))
    assert Periode(til=date(2020, 1, 1)).gaelder(date(1970, 1, 1))
    assert Periode(fra=date(2020, 1, 1)).gaelder(date(2099, 1, 1))
    assert not Periode(fra=date(2020, 1, 1)).gaelder(date(2019, 12, 31))


def test_slut_foer_start():
    with pytest.raises(ValueError, match="before it starts"):
        Periode(date(2024, 1, 2), date(2024, 1, 1))


def test_overlap_paa_en_enkelt_dag():
    assert AFTALE.overlapper(Periode(fra=date(2024, 12, 31)))
    assert not AFTALE.overlapper(Periode(fra=date(2025, 1, 1)))


def test_aar():
    assert list(AFTALE.aar()) == [2023, 2024]
    assert Periode.for_aar(2027) == Periode(date(2027, 1, 1), date(2027, 12, 31))
    with pytest.raises(ValueError, match="both ends"):
        Periode(fra=date(2020, 1, 1)).aar()


@given(PERIODE, PERIODE)
def test_overlap_er_gensidigt_og_kan_ses_paa_en_dag(a, b):
    """Two periods overlap exactly when the later start, or any day when both are unknown, lies in both."""
    assert a.overlapper(b) == b.overlapper(a)
    starter = [p.fra for p in (a, b) if p.fra] or [p.til for p in (a, b) if p.til] or [date(2020, 1, 1)]
    proeve = max(starter) if any(p.fra for p in (a, b)) else min(starter)
    assert a.overlapper(b) == (a.gaelder(proeve) and b.gaelder(proeve))
