"""The two parts of a tariff, and what can be negotiated."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takster.beregning.forhandling import kontroller_forhandling, opdel_takst
from takster.beregning.grundlag import Omkostningsgrundlag
from takster.beregning.koder import Enhed
from takster.beregning.poster import POST_EFTER_KODE, POSTER
from takster.beregning.regelsaet import STANDARDREGLER
from takster.beregning.takst import beregn_doegntakst, beregn_takst
from takster.beregning.trin import Beregningsfejl

BORGERRETTEDE = ["A20", "A30", "A40", "B10", "B20", "B30", "B40"]


def opdel(beloeb, regulering=0, pladser=10):
    grundlag = Omkostningsgrundlag(
        beloeb={kode: Decimal(kr) for kode, kr in beloeb.items()}, regulering=Decimal(regulering)
    )
    takst = beregn_doegntakst(
        grundlag.i_alt, pladser=Decimal(pladser), belaegning_pct=Decimal(95), regler=STANDARDREGLER
    )
    return takst, opdel_takst(grundlag, takst)


@pytest.mark.regel("T36", "T38")
def test_linjerne_er_delt_i_to():
    assert [post.kode for post in POSTER if post.er_borgerrettet] == BORGERRETTEDE
    assert [post.kode for post in POSTER if post.er_direkte_personale] == BORGERRETTEDE[:3]


@pytest.mark.regel("T36", "T38")
def test_regnet_i_haanden():
    # 8.000.000 / (10 × 365 × 95 %) = 2.307,14, of which 6.000.000 / 8.000.000 = 1.730,355 → 1.730,36.
    takst, delt = opdel({"A10": 1_000_000, "A20": 5_500_000, "B20": 500_000, "E10": 1_000_000})
    assert takst.takst == Decimal("2307.14")
    assert (delt.borgerrettet, delt.fast) == (6_000_000, 2_000_000)
    assert (delt.borgerrettet_pr_enhed, delt.fast_pr_enhed) == (Decimal("1730.36"), Decimal("576.78"))
    assert [trin.resultat for trin in delt.trin] == ["1.730,36\u00a0kr.", "576,78\u00a0kr."]


@pytest.mark.regel("T38", "T48")
def test_reguleringen_er_fast():
    _, delt = opdel({"A20": 1_000_000, "G10": -10_000}, regulering=-370_000)
    assert (delt.borgerrettet, delt.fast) == (1_000_000, -380_000)
    assert delt.fast_pr_enhed < 0 < delt.borgerrettet_pr_enhed


@pytest.mark.regel("T38")
@given(
    beloeb=st.dictionaries(
        st.sampled_from([post.kode for post in POSTER if post.fortegn > 0]),
        st.decimals(min_value="0.01", max_value="1e8", places=2),
        min_size=1,
    ),
    regulering=st.decimals(min_value=0, max_value="1e7", places=2),
)
def test_delene_giver_taksten(beloeb, regulering):
    takst, delt = opdel(beloeb, regulering)
    assert delt.borgerrettet_pr_enhed + delt.fast_pr_enhed == takst.takst
    assert delt.borgerrettet + delt.fast == takst.grundlag
    assert min(delt.borgerrettet_pr_enhed, delt.fast_pr_enhed) >= 0


def test_et_grundlag_paa_nul_kan_ikke_deles():
    with pytest.raises(Beregningsfejl) as fejl:
        opdel({"A20": 0})
    assert fejl.value.felt == "beloeb"


def test_taksten_skal_vaere_af_samme_grundlag():
    takst = beregn_takst(
        enhed=Enhed.TIME,
        grundlag=Decimal(1),
        kapacitet=Decimal(1),
        belaegning_pct=Decimal(95),
        regler=STANDARDREGLER,
    )
    with pytest.raises(ValueError, match="another grundlag"):
        opdel_takst(Omkostningsgrundlag(beloeb={"A20": Decimal(2)}), takst)


@pytest.mark.regel("T38")
@pytest.mark.parametrize("kode", list(POST_EFTER_KODE))
@pytest.mark.parametrize("aendring", [1_000, -1_000])
def test_kun_direkte_personale_kan_forhandles(kode, aendring):
    fund = kontroller_forhandling({kode: Decimal(aendring)}, direkte_stoettetimer=Decimal(20))
    if kode in BORGERRETTEDE[:3]:
        assert not fund
    else:
        ventet = "ikke_personale_forhandlet" if kode in BORGERRETTEDE else "fast_linje_forhandlet"
        assert [(et_fund.kode, et_fund.felt) for et_fund in fund] == [(ventet, kode)]
        assert fund[0].blokerer == (kode not in BORGERRETTEDE)


@pytest.mark.regel("T38")
def test_stoettetimerne_er_udgangspunktet():
    assert kontroller_forhandling({"E10": Decimal(0)}, direkte_stoettetimer=None) == []
    (fund,) = kontroller_forhandling({"A20": Decimal(1)}, direkte_stoettetimer=None)
    assert fund.kode == "stoettetimer_mangler"


def test_en_ukendt_linje():
    with pytest.raises(ValueError, match="Z99"):
        kontroller_forhandling({"Z99": Decimal(1)}, direkte_stoettetimer=None)
