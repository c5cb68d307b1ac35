"""Interest by yearly rates, worked out by hand."""

from decimal import Decimal

import pytest

from takster.beregning.koder import Grad, Renteart
from takster.beregning.regelsaet import STANDARDREGLER, Regler
from takster.beregning.renter import (
    Rentesats,
    find_sats,
    forrent_anlaeg,
    forrent_driftskapital,
    forrent_resultat,
    kontroller_driftskapital,
)
from takster.beregning.trin import Beregningsfejl

SATSER = [
    Rentesats(aar=2021, art=art, pct=Decimal(pct))
    for art, pct in ((Renteart.RESULTAT, "1.5"), (Renteart.ANLAEG, "2"), (Renteart.DRIFTSKAPITAL, "0.75"))
]


@pytest.mark.regel("T29")
@pytest.mark.parametrize(("saldo", "ventet"), [("400000", "6000"), ("-300000", "-4500"), ("0.33", "0"), ("0", "0")])
def test_over_og_underskud_har_samme_rente(saldo, ventet):
    rente = forrent_resultat(Decimal(saldo), 2021, SATSER)
    assert rente.beloeb == Decimal(ventet)
    assert (rente.trin.regel, rente.pct) == ("T29", Decimal("1.5"))


@pytest.mark.regel("T52")
def test_anlaeg():
    rente = forrent_anlaeg(Decimal(5_000_000), 2021, SATSER)
    assert rente.beloeb == 100_000
    assert rente.trin.indsat == "5.000.000,00 × 2\u00a0%"


@pytest.mark.regel("T53")
@pytest.mark.parametrize(
    ("omsaetning", "maaneder", "ventet"),
    [("12000000", None, "15000"), ("12000000", 1, "7500"), ("12000000", 0, "0"), ("12000000", 12, "90000")],
)
def test_driftskapital(omsaetning, maaneder, ventet):
    rente = forrent_driftskapital(Decimal(omsaetning), 2021, SATSER, regler=STANDARDREGLER, maaneder=maaneder)
    assert rente.beloeb == Decimal(ventet)


@pytest.mark.regel("T53")
def test_maaneder_er_en_graense():
    rente = forrent_driftskapital(Decimal(1_200_000), 2021, SATSER, regler=Regler(driftskapital_maaneder=3))
    assert rente.trin.indsat == "1.200.000,00 × 3 / 12 × 0,75\u00a0%"
    assert rente.beloeb == 2250


@pytest.mark.regel("T53")
@pytest.mark.parametrize(
    ("beloeb", "er_vaesentlig", "ventet"),
    [
        (None, False, []),
        (0, False, []),
        (15_000, True, []),
        (15_001, True, []),
        (15_002, True, ["driftskapital_stemmer_ikke"]),
        (15_000, False, ["driftskapital_ikke_vaesentlig"]),
    ],
)
def test_linjen_er_kun_til_store_udlaeg(beloeb, er_vaesentlig, ventet):
    rente = forrent_driftskapital(Decimal(12_000_000), 2021, SATSER, regler=STANDARDREGLER)
    beloeb = None if beloeb is None else Decimal(beloeb)
    fund = kontroller_driftskapital(beloeb, rente, er_vaesentlig=er_vaesentlig, regler=STANDARDREGLER)
    assert [et_fund.kode for et_fund in fund] == ventet
    assert {et_fund.grad for et_fund in fund} <= {Grad.ADVARSEL}


def test_linjen_uden_sats_vurderes_ikke():
    assert not kontroller_driftskapital(Decimal(1), None, er_vaesentlig=True, regler=STANDARDREGLER)


@pytest.mark.regel("T29", "T52", "T53")
def test_en_manglende_rente_gaettes_ikke():
    with pytest.raises(Beregningsfejl, match="Der mangler en rente af anlæg for 2022"):
        forrent_anlaeg(Decimal(1), 2022, SATSER)
    to = [*SATSER, Rentesats(aar=2021, art=Renteart.ANLAEG, pct=Decimal(3))]
    with pytest.raises(Beregningsfejl, match="to forskellige renter"):
        find_sats(to, Renteart.ANLAEG, 2021)
    assert find_sats([*SATSER, *SATSER], Renteart.ANLAEG, 2021).pct == 2


@pytest.mark.parametrize(
    ("beregn", "felt"),
    [
        (lambda: forrent_anlaeg(Decimal(-1), 2021, SATSER), "kapital"),
        (lambda: forrent_driftskapital(Decimal(-1), 2021, SATSER, regler=STANDARDREGLER), "omsaetning"),
        (lambda: forrent_driftskapital(Decimal(1), 2021, SATSER, regler=STANDARDREGLER, maaneder=13), "maaneder"),
    ],
)
def test_umulige_tal_afvises(beregn, felt):
    with pytest.raises(Beregningsfejl) as fejl:
        beregn()
    assert fejl.value.felt == felt
