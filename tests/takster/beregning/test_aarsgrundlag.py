"""T22, T68: the grundlag of a year whose tariff changed, weighed by the days of each."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takster.beregning.aarsgrundlag import Takstversioner, beregn_aarsgrundlag
from takster.beregning.sager import Aarsversion, ny_version

BELOEB = st.decimals(min_value=0, max_value=10**9, places=2)


def version(fra: str, til: str, vaerdi: str, nummer: int = 1) -> Aarsversion:
    return Aarsversion(
        nummer=nummer, fra=dt.date.fromisoformat(fra), til=dt.date.fromisoformat(til), vaerdi=Decimal(vaerdi)
    )


HELE = version("2025-01-01", "2025-12-31", "7800000.00")
DELT = (
    version("2025-01-01", "2025-10-31", "7800000.00"),
    version("2025-11-01", "2025-12-31", "8300000.00", nummer=2),
)


@pytest.mark.regel("T22", "T68")
def test_grundlaget_vaegtes_med_de_dage_det_gjaldt():
    """(7.800.000 × 304 + 8.300.000 × 61) / 365 = 7.883.561,64."""
    fundet = beregn_aarsgrundlag([Takstversioner(navn="Botilbud", versioner=DELT)], regulering=Decimal(0))
    assert fundet.grundlag == Decimal("7883561.64")
    (trin,) = fundet.trin
    assert trin.indsat == "(7.800.000,00 × 304 + 8.300.000,00 × 61) / 365"


@pytest.mark.regel("T14", "T68")
def test_skuddagen_taeller_ikke():
    skudaar = (version("2024-01-01", "2024-02-29", "100.00"), version("2024-03-01", "2024-12-31", "465.00", nummer=2))
    takst = Takstversioner(navn="Botilbud", versioner=skudaar)
    # (100 × 59 + 465 × 306) / 365
    assert (takst.dage, takst.grundlag) == (365, Decimal("406.00"))


@pytest.mark.regel("T22")
def test_summen_af_taksterne_uden_regulering():
    fundet = beregn_aarsgrundlag(
        [Takstversioner(navn="Botilbud", versioner=DELT), Takstversioner(navn="Dagtilbud", versioner=(HELE,))],
        regulering=Decimal("-370000.00"),
    )
    assert fundet.grundlag == Decimal("7883561.64") + Decimal("7800000.00") + Decimal(370_000)
    assert [trin.navn for trin in fundet.trin] == [
        "Botilbud (ændret i årets løb)",
        "Dagtilbud",
        "Regulering vedr. tidligere år",
        "Takstberegningsgrundlag",
    ]
    assert fundet.trin[-1].resultat == "16.053.561,64\xa0kr."


@pytest.mark.regel("T22")
def test_en_takst_der_ikke_er_aendret_beholder_sit_grundlag():
    halvt_aar = version("2025-07-01", "2025-12-31", "4000000.00")
    assert Takstversioner(navn="Nyt tilbud", versioner=(halvt_aar,)).grundlag == Decimal("4000000.00")


@st.composite
def aar_med_aendringer(draw) -> tuple[Aarsversion, ...]:
    """A tariff that is changed up to four times on days of its year, as the cases do it."""
    aar = draw(st.integers(min_value=2018, max_value=2040))
    dage = sorted(
        draw(st.sets(st.dates(dt.date(aar, 1, 2), dt.date(aar, 12, 31)), max_size=4)),
    )
    versioner = (Aarsversion(nummer=1, fra=dt.date(aar, 1, 1), til=dt.date(aar, 12, 31), vaerdi=draw(BELOEB)),)
    for dag in dage:
        versioner = ny_version(versioner, fra=dag, vaerdi=draw(BELOEB))
    return versioner


@pytest.mark.regel("T14", "T22", "T68")
@given(versioner=aar_med_aendringer())
def test_dagene_giver_365_og_grundlaget_ligger_mellem_det_mindste_og_det_stoerste(versioner):
    takst = Takstversioner(navn="Botilbud", versioner=versioner)
    assert takst.dage == 365
    vaerdier = [et.vaerdi for et in versioner if et.dage]
    assert min(vaerdier) <= takst.grundlag <= max(vaerdier)


@pytest.mark.regel("T22", "T68")
@given(versioner=aar_med_aendringer(), beloeb=BELOEB)
def test_ens_grundlag_giver_det_samme_grundlag(versioner, beloeb):
    ens = tuple(Aarsversion(nummer=et.nummer, fra=et.fra, til=et.til, vaerdi=beloeb) for et in versioner)
    assert Takstversioner(navn="Botilbud", versioner=ens).grundlag == beloeb
