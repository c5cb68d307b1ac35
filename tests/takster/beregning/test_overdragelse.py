"""The balance of a transferred tilbud, and the annuity of a cash amount (T50)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takster.beregning.koder import Renteart
from takster.beregning.overdragelse import Afregning, beregn_overdragelse
from takster.beregning.regelsaet import STANDARDREGLER, Regler
from takster.beregning.renter import Rentesats
from takster.beregning.trin import Beregningsfejl

AAR = 2027


def satser(pct="3"):
    return (Rentesats(aar=AAR, art=Renteart.OVERDRAGELSE, pct=Decimal(pct)),)


def beregn(*, pct="3", regler=STANDARDREGLER, **beloeb):
    vaerdier = {navn: Decimal(tal) for navn, tal in beloeb.items()}
    return beregn_overdragelse(vaerdier, AAR, satser(pct), regler=regler)


@pytest.mark.regel("T50")
def test_stoerst_aktiver_afregnes_med_et_laan():
    fundet = beregn(grunde=1_000_000, bygninger=4_000_000, koeretoejer=300_000, udstyr=200_000, laan=3_000_000)
    assert (fundet.aktiver, fundet.forpligtelser, fundet.beloeb) == (5_500_000, 3_000_000, 2_500_000)
    assert fundet.afregning == Afregning.LAAN
    assert fundet.annuitet == ()
    assert fundet.trin[-1].resultat.startswith("2.500.000")


@pytest.mark.regel("T50")
def test_stoerst_forpligtelser_er_et_kontant_beloeb_over_ti_aar():
    """[own] 1,000,000 at 3 % over 10 years: 1,000,000 × 0.03 / (1 − 1.03^−10) = 117,230.51 a year."""
    fundet = beregn(bygninger=2_000_000, pensioner=1_500_000, laan=1_000_000, leasinggaeld=500_000)
    assert (fundet.afregning, fundet.beloeb) == (Afregning.KONTANT, 1_000_000)
    foerste, sidste = fundet.annuitet[0], fundet.annuitet[-1]
    assert (foerste.aar, foerste.rente, foerste.afdrag) == (2028, Decimal("30000.00"), Decimal("87230.51"))
    assert {aar.ydelse for aar in fundet.annuitet[:-1]} == {Decimal("117230.51")}
    assert (sidste.aar, sidste.ultimo) == (2037, 0)
    assert fundet.betales_i_alt == sum(aar.ydelse for aar in fundet.annuitet)
    assert fundet.trin[-1].resultat == "117.230,51\u00a0kr."
    assert "3\u00a0%" in fundet.trin[-1].indsat


@pytest.mark.regel("T50")
def test_lige_stort_er_intet_at_afregne_og_kraever_ingen_rente():
    fundet = beregn_overdragelse({"grunde": Decimal(5), "laan": Decimal(5)}, AAR, (), regler=STANDARDREGLER)
    assert (fundet.afregning, fundet.beloeb) == (Afregning.INGEN, 0)


@pytest.mark.regel("T50")
def test_antallet_af_aar_er_en_graense_og_renten_en_sats():
    fem = beregn(laan=500_000, pct="0", regler=Regler(overdragelse_annuitet_aar=5))
    assert [aar.ydelse for aar in fem.annuitet] == [Decimal("100000.00")] * 5
    with pytest.raises(Beregningsfejl, match="Der mangler en rente af overdragelse af tilbud for 2027"):
        beregn_overdragelse({"laan": Decimal(1)}, AAR, (), regler=STANDARDREGLER)
    with pytest.raises(Beregningsfejl, match="mindst ét år"):
        beregn(laan=1, regler=Regler(overdragelse_annuitet_aar=0))


@pytest.mark.regel("T50")
def test_et_negativt_beloeb_afvises_ved_sit_felt():
    with pytest.raises(Beregningsfejl) as fejl:
        beregn(udstyr=-1)
    assert fejl.value.felt == "udstyr"


@pytest.mark.regel("T50")
@given(
    beloeb=st.decimals("0.01", "99999999.99", places=2),
    pct=st.decimals("-2", "15", places=4),
    antal_aar=st.integers(1, 30),
)
def test_gaelden_er_altid_noejagtig_betalt_til_sidst(beloeb, pct, antal_aar):
    fundet = beregn(laan=beloeb, pct=pct, regler=Regler(overdragelse_annuitet_aar=antal_aar))
    assert len(fundet.annuitet) == antal_aar
    assert fundet.annuitet[-1].ultimo == 0
    assert sum(aar.afdrag for aar in fundet.annuitet) == beloeb
    assert fundet.betales_i_alt == beloeb + sum(aar.rente for aar in fundet.annuitet)
    # The roundings of the years gather at most a few øre in the last instalment.
    assert abs(fundet.annuitet[-1].ydelse - fundet.annuitet[0].ydelse) <= Decimal("0.05") * antal_aar**2
