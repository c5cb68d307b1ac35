"""The ATA hourly rate: the printed example, both forms, and the time of day."""

from dataclasses import replace
from datetime import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takster.beregning.ata import AtaElementer, FastPris, Leveringstid, beregn_ata, beregn_ugepris, kontroller_ata
from takster.beregning.koder import AtaMetode, Grad
from takster.beregning.regelsaet import STANDARDREGLER, Regler
from takster.beregning.trin import Beregningsfejl

EKSEMPEL = AtaElementer(
    personalekategori="Socialpædagoger",
    timeomkostning=Decimal(206),
    fravaer_pct=Decimal(33),
    doegn_pct=Decimal(25),
    foelge_pct=Decimal(5),
)
HVERDAGE = frozenset(range(5))
AFTEN = Leveringstid(ugedage=HVERDAGE, fra=time(17), til=time(17, 30))
PCT = st.decimals(min_value=0, max_value=100, places=2)


@pytest.mark.regel("T39")
@pytest.mark.parametrize(
    ("elementer", "ventet"),
    [
        (EKSEMPEL, "335.78"),
        (replace(EKSEMPEL, metode=AtaMetode.MULTIPLIKATIV), "356.17"),
        (replace(EKSEMPEL, doegn_pct=Decimal(0)), "284.28"),
        (replace(EKSEMPEL, fravaer_pct=Decimal(0), doegn_pct=Decimal(0), foelge_pct=Decimal(0)), "206.00"),
        (replace(EKSEMPEL, timeomkostning=Decimal("0.01")), "0.02"),
    ],
)
def test_regnet_i_haanden(elementer, ventet):
    assert str(beregn_ata(elementer).takst) == ventet


@pytest.mark.regel("T39")
def test_kildens_eksempel_med_alle_led():
    ata = beregn_ata(EKSEMPEL)
    assert (ata.fravaer, ata.doegn, ata.foelge) == (Decimal("67.98"), Decimal("51.50"), Decimal("10.30"))
    assert 206 + ata.fravaer + ata.doegn + ata.foelge == ata.takst
    assert [trin.resultat for trin in ata.trin] == [
        "67,98\u00a0kr.",
        "51,50\u00a0kr.",
        "10,30\u00a0kr.",
        "335,78\u00a0kr. pr. time",
    ]
    assert ata.trin[-1].indsat == "206,00 × (1 + 25\u00a0% + 5\u00a0% + 33\u00a0%)"
    uge = beregn_ugepris(ata.takst, minutter_pr_gang=30, gange_pr_uge=5)
    assert uge.pr_uge == Decimal("839.45")
    assert uge.trin.indsat == "5 × 30 / 60 × 335,78"
    assert not kontroller_ata(EKSEMPEL, AFTEN, regler=STANDARDREGLER)


@pytest.mark.regel("T39")
def test_leddene_i_den_multiplikative_form():
    ata = beregn_ata(replace(EKSEMPEL, metode=AtaMetode.MULTIPLIKATIV))
    # 273,98 with absence; 25 % and 5 % of that.
    assert (ata.fravaer, ata.doegn, ata.foelge) == (Decimal("67.98"), Decimal("68.50"), Decimal("13.70"))
    assert ata.trin[-1].indsat == "206,00 × (1 + 33\u00a0%) × (1 + 25\u00a0% + 5\u00a0%)"
    assert ata.trin[1].indsat == "206,00 × (1 + 33\u00a0%) × 25\u00a0%"


@pytest.mark.regel("T39")
@given(k=PCT, d=PCT, v=PCT)
def test_den_additive_form_er_aldrig_dyrere(k, d, v):
    additiv = replace(EKSEMPEL, fravaer_pct=k, doegn_pct=d, foelge_pct=v)
    assert beregn_ata(additiv).takst <= beregn_ata(replace(additiv, metode=AtaMetode.MULTIPLIKATIV)).takst


@pytest.mark.regel("T39")
@pytest.mark.parametrize(("foelge", "antal"), [("5", 0), ("5.01", 1), ("10", 1)])
def test_foelgeomkostningernes_graense(foelge, antal):
    fund = kontroller_ata(replace(EKSEMPEL, foelge_pct=Decimal(foelge)), AFTEN, regler=STANDARDREGLER)
    assert [et_fund.grad for et_fund in fund] == [Grad.FEJL] * antal
    hoej = Regler(foelgeomkostninger_max_pct=Decimal(10))
    assert not kontroller_ata(replace(EKSEMPEL, foelge_pct=Decimal(foelge)), AFTEN, regler=hoej)


@pytest.mark.regel("T39")
@pytest.mark.parametrize(
    ("tid", "er_normal"),
    [
        (Leveringstid(ugedage=HVERDAGE, fra=time(6), til=time(17)), True),
        (Leveringstid(ugedage=frozenset({0}), fra=time(9), til=time(10)), True),
        (Leveringstid(ugedage=HVERDAGE, fra=time(5, 59), til=time(8)), False),
        (Leveringstid(ugedage=HVERDAGE, fra=time(16), til=time(17, 1)), False),
        (AFTEN, False),
        (Leveringstid(ugedage=frozenset({4, 5}), fra=time(9), til=time(10)), False),
        (Leveringstid(ugedage=HVERDAGE, fra=time(9), til=time(10), er_helligdag=True), False),
        (Leveringstid(ugedage=HVERDAGE, fra=time(10), til=time(8)), False),
        (Leveringstid(ugedage=HVERDAGE, fra=time(10), til=time(0)), False),
    ],
)
def test_doegnkoefficienten_passer_til_tiden(tid, er_normal):
    assert tid.er_i_normaltid(STANDARDREGLER) == er_normal
    med = kontroller_ata(EKSEMPEL, tid, regler=STANDARDREGLER)
    uden = kontroller_ata(replace(EKSEMPEL, doegn_pct=Decimal(0)), tid, regler=STANDARDREGLER)
    assert [fund.kode for fund in med] == (["doegnkoefficient_i_normaltid"] if er_normal else [])
    assert [fund.kode for fund in uden] == ([] if er_normal else ["doegnkoefficient_mangler"])
    assert all(fund.grad == Grad.ADVARSEL for fund in med + uden)


@pytest.mark.regel("T39")
def test_normaltiden_er_en_graense():
    sen = Regler(ata_normaltid_til_time=18)
    assert AFTEN.er_i_normaltid(sen)
    assert "hverdage kl. 6–18" in kontroller_ata(EKSEMPEL, AFTEN, regler=sen)[0].tekst


@pytest.mark.regel("T39")
def test_kategori_og_metode_skal_vaelges():
    tom = replace(EKSEMPEL, personalekategori=" ", metode="gaet")
    fund = kontroller_ata(tom, None, regler=STANDARDREGLER)
    assert [et_fund.kode for et_fund in fund] == ["personalekategori_mangler", "ata_metode_mangler"]


@pytest.mark.parametrize(
    ("felt", "vaerdi"), [("timeomkostning", 0), ("fravaer_pct", -1), ("doegn_pct", -1), ("foelge_pct", -1)]
)
def test_umulige_elementer(felt, vaerdi):
    with pytest.raises(Beregningsfejl) as fejl:
        beregn_ata(replace(EKSEMPEL, **{felt: Decimal(vaerdi)}))
    assert fejl.value.felt == felt


@pytest.mark.parametrize(("minutter", "gange", "felt"), [(0, 1, "minutter_pr_gang"), (1, 0, "gange_pr_uge")])
def test_en_ugepris_kraever_tid(minutter, gange, felt):
    with pytest.raises(Beregningsfejl) as fejl:
        beregn_ugepris(Decimal(1), minutter_pr_gang=minutter, gange_pr_uge=gange)
    assert fejl.value.felt == felt


@pytest.mark.regel("T40")
def test_fast_pris():
    ridning = FastPris(stykpris=Decimal("312.50"), antal=Decimal(12))
    assert ridning.i_alt == 3750
    assert ridning.trin().indsat == "312,50 × 12"
