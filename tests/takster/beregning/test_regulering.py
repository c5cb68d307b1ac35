"""Price and wage adjustment, and comparison in the same prices."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takster.beregning.regulering import ManglendeSats, PlSats, fremskriv, pl_faktor, sammenlign_takst

SATSER = tuple(
    PlSats(fra_aar=aar, til_aar=aar + 1, pct=Decimal(pct), kilde="Udgiftsanalyse 2020")
    for aar, pct in [(2016, "2.0"), (2017, "1.4"), (2018, "1.6"), (2019, "2.3")]
) + (
    PlSats(fra_aar=2023, til_aar=2024, pct=Decimal("4.2")),
    PlSats(fra_aar=2023, til_aar=2024, pct=Decimal("3.9"), type="inkl. overførsler"),
)


@pytest.mark.regel("T93")
def test_produktet_2016_til_2020():
    assert pl_faktor(2016, 2020, SATSER) == Decimal("1.0750")
    assert fremskriv(Decimal(1_000_000), 2016, 2020, SATSER) == Decimal("1074997.54")


@pytest.mark.regel("T93")
def test_typen_afgoer_satsen():
    assert fremskriv(Decimal(1000), 2023, 2024, SATSER) == Decimal("1042.00")
    assert fremskriv(Decimal(1000), 2023, 2024, SATSER, type="inkl. overførsler") == Decimal("1039.00")


@pytest.mark.regel("T92")
def test_tilbageskrivning_deler():
    assert fremskriv(Decimal("1042.00"), 2024, 2023, SATSER) == Decimal("1000.00")


@pytest.mark.regel("T93")
@pytest.mark.parametrize(("fra", "til", "mangler"), [(2019, 2024, 2020), (2024, 2025, 2024), (2024, 2019, 2020)])
def test_en_manglende_sats_gaettes_aldrig(fra, til, mangler):
    with pytest.raises(ManglendeSats, match=f"fra {mangler} til {mangler + 1}") as fejl:
        fremskriv(Decimal(1000), fra, til, SATSER)
    assert fejl.value.fra_aar == mangler


@pytest.mark.regel("T93")
def test_to_forskellige_satser_for_samme_aar_skal_vaelges():
    rettet = PlSats(fra_aar=2019, til_aar=2020, pct=Decimal("2.2"), kilde="Senere vejledning")
    with pytest.raises(ManglendeSats, match="to forskellige satser"):
        fremskriv(Decimal(1000), 2019, 2020, (*SATSER, rettet))
    assert fremskriv(Decimal(1000), 2019, 2020, (*SATSER, SATSER[3])) == Decimal("1023.00")


def test_samme_aar_kraever_ingen_sats():
    assert fremskriv(Decimal("1000.005"), 2030, 2030, ()) == Decimal("1000.01")


def test_en_sats_gaelder_et_aar():
    with pytest.raises(ValueError, match="2016 to 2020"):
        PlSats(fra_aar=2016, til_aar=2020, pct=Decimal(7))


@given(st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False))
def test_frem_og_tilbage_er_hoejst_en_oere_fra(beloeb):
    frem = fremskriv(beloeb, 2016, 2020, SATSER)
    assert abs(fremskriv(frem, 2020, 2016, SATSER) - beloeb) <= Decimal("0.01")


@pytest.mark.regel("T43")
@pytest.mark.regel("T93")
def test_oesterskoven_2019_til_2020_i_samme_priser():
    aendring = sammenlign_takst(Decimal("4676.15"), 2020, Decimal("4438.89"), 2019, SATSER)
    assert aendring.forrige_fremskrevet == Decimal("4540.98")
    assert round(aendring.pct, 2) == Decimal("2.98")
    assert [(trin.indsat, trin.resultat) for trin in aendring.trin] == [
        ("4.438,89 × 102,3\u00a0%", "4.540,98\u00a0kr."),
        ("(4.676,15 − 4.540,98) / 4.540,98", "+3,0\u00a0%"),
    ]


@pytest.mark.regel("T43")
@pytest.mark.parametrize(
    ("takst", "markant"),
    [("105.00", True), ("104.99", False), ("95.00", True), ("95.01", False), ("83.29", True), ("100.00", False)],
)
def test_markant_er_taersklen_eller_mere_i_begge_retninger(takst, markant):
    aendring = sammenlign_takst(Decimal(takst), 2027, Decimal("100.00"), 2027, ())
    assert aendring.er_markant(Decimal(5)) is markant


def test_ingen_procent_naar_den_tidligere_takst_var_nul():
    aendring = sammenlign_takst(Decimal("105.00"), 2027, Decimal(0), 2027, ())
    assert aendring.pct is None
    assert not aendring.er_markant(Decimal(5))
    assert aendring.trin[-1].resultat == "–\u00a0%"
