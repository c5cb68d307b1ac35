"""Levels of a differentiated tariff: prices by direct support hours, and the proof that they cover what they must."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takster.beregning.forhandling import opdel_takst
from takster.beregning.grundlag import Omkostningsgrundlag
from takster.beregning.niveauer import Niveau, beregn_niveauer, kontroller_niveauer, middel_stoettetimer
from takster.beregning.regelsaet import STANDARDREGLER
from takster.beregning.takst import beregn_doegntakst
from takster.beregning.trin import Beregningsfejl

GRUNDLAG = Omkostningsgrundlag(beloeb={"A10": Decimal(2_000_000), "A20": Decimal(5_500_000), "E10": Decimal(500_000)})


def niveau(nr: int, pladser: str | None, timer: str | None, navn: str = "Trin") -> Niveau:
    return Niveau(
        nr=nr,
        navn=navn,
        pladser=None if pladser is None else Decimal(pladser),
        stoettetimer=None if timer is None else Decimal(timer),
    )


def grund(pladser: str = "10", belaegning: str = "95", grundlag: Omkostningsgrundlag = GRUNDLAG):
    takst = beregn_doegntakst(
        grundlag.i_alt, pladser=Decimal(pladser), belaegning_pct=Decimal(belaegning), regler=STANDARDREGLER
    )
    return opdel_takst(grundlag, takst), takst


TRAPPE = (niveau(1, "4", "10"), niveau(2, "4", "25"), niveau(3, "2", "40"))


@pytest.mark.regel("T36", "T37")
def test_et_regnestykke_i_haanden():
    """8,000,000 over 10 × 365 × 0.95 = 3,467.5 days; 5,500,000 of it by 40 + 100 + 80 = 220 hours a week."""
    opdeling, takst = grund()
    beregning = beregn_niveauer(opdeling, takst, TRAPPE)
    assert takst.takst == Decimal("2307.14")
    assert beregning.grundtakst == opdeling.fast_pr_enhed == Decimal("720.98")
    # 5,500,000 × 10 / 220 / 346.75 = 720.98 for the first level.
    assert [pris.pris for pris in beregning.priser] == [Decimal("720.98"), Decimal("1802.45"), Decimal("2883.92")]
    assert [pris.i_alt for pris in beregning.priser] == [Decimal("1441.96"), Decimal("2523.43"), Decimal("3604.90")]
    assert beregning.stoettetimer == Decimal("22.00")
    # 346.75 days per place: what the rounded prices bring in.
    assert beregning.indtaegt == Decimal("5499995.93")
    assert beregning.forskel == Decimal("-4.07")


@pytest.mark.regel("T36")
def test_grundtaksten_er_ens_for_alle():
    beregning = beregn_niveauer(*grund(), TRAPPE)
    assert {pris.i_alt - pris.pris for pris in beregning.priser} == {beregning.grundtakst}


@pytest.mark.regel("T37")
def test_trinene_viser_hele_vejen():
    trin = beregn_niveauer(*grund(), TRAPPE).trin
    assert [et.navn for et in trin] == [
        "Støttetimer i alt om ugen",
        "Niveau 1, Trin",
        "Niveau 2, Trin",
        "Niveau 3, Trin",
        "Niveauerne indbringer",
    ]
    assert "4 × 10 + 4 × 25 + 2 × 40" in trin[0].indsat


pladser = st.integers(1, 40)
timer = st.decimals("0.5", "120", places=2)


@pytest.mark.regel("T36", "T37")
@given(
    st.lists(st.tuples(pladser, timer), min_size=1, max_size=8),
    st.integers(1, 90_000_000),
    st.integers(0, 40_000_000),
    st.decimals("90", "100", places=2),
)
def test_niveauerne_daekker_den_borgerrettede_del(raekker, vagtlag, fast, belaegning):
    """However the places lie, the levels bring in the citizen-directed part but for half an øre per unit sold."""
    antal = sum(antal for antal, _ in raekker)
    grundlag = Omkostningsgrundlag(beloeb={"A20": Decimal(vagtlag), "E10": Decimal(fast)})
    opdeling, takst = grund(str(antal), str(belaegning), grundlag)
    niveauer = [niveau(nr, str(n), str(t)) for nr, (n, t) in enumerate(raekker, 1)]
    beregning = beregn_niveauer(opdeling, takst, niveauer)
    assert abs(beregning.forskel) <= takst.enheder * Decimal("0.005") + Decimal("0.01")
    assert beregning.indtaegt - beregning.forskel == opdeling.borgerrettet
    # More hours never cost less.
    efter_timer = sorted(beregning.priser, key=lambda pris: pris.niveau.stoettetimer)
    assert [pris.pris for pris in efter_timer] == sorted(pris.pris for pris in beregning.priser)


@pytest.mark.parametrize(
    ("niveauer", "felt"),
    [
        ((), "niveau_1_navn"),
        ((niveau(1, None, "10"),), "niveau_1_pladser"),
        ((niveau(1, "5", "10"), niveau(2, "5", None)), "niveau_2_stoettetimer"),
        ((niveau(1, "5", "0"), niveau(2, "5", "0")), "niveau_1_stoettetimer"),
    ],
)
def test_det_der_mangler_naevnes(niveauer, felt):
    with pytest.raises(Beregningsfejl) as fejl:
        beregn_niveauer(*grund(), niveauer)
    assert fejl.value.felt == felt


@pytest.mark.regel("T37")
def test_kontrollen_finder_tomme_felter_og_forkerte_pladser():
    fund = kontroller_niveauer((niveau(1, "4", None), niveau(2, "5", "20", navn="")), Decimal(10))
    assert [(et.kode, et.felt) for et in fund] == [
        ("niveau_stoettetimer_mangler", "niveau_1_stoettetimer"),
        ("niveau_navn_mangler", "niveau_2_navn"),
        ("niveauer_og_kapacitet", "niveau_1_pladser"),
    ]
    assert "tilsammen 9" in fund[-1].tekst
    assert kontroller_niveauer(TRAPPE, Decimal(10)) == []


@pytest.mark.regel("T37")
def test_et_niveau_er_ingen_trappe():
    assert kontroller_niveauer((niveau(1, "10", "20"),), Decimal(10))[0].kode == "for_faa_niveauer"


@pytest.mark.regel("T38")
def test_middel_af_stoettetimer():
    assert middel_stoettetimer(TRAPPE) == Decimal("22.00")
    assert middel_stoettetimer((niveau(1, "4", None),)) is None
    assert middel_stoettetimer(()) is None
