"""Economy at closure: set-asides first, then the other tariffs, and a region never pays for good."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takster.beregning.lukning import Modtager, fordel_ved_lukning
from takster.beregning.regelsaet import STANDARDREGLER
from takster.beregning.trin import Beregningsfejl

ELMEHUSET = Modtager(noegle="elmehuset", navn="Elmehuset", grundlag=Decimal(6_000_000))
BIRKEHUSET = Modtager(noegle="birkehuset", navn="Birkehuset", grundlag=Decimal(3_000_000))
KRONER = st.decimals(min_value=0, max_value="1e9", places=2)


def luk(resultat, modtagere=(ELMEHUSET, BIRKEHUSET), *, hensat=0, er_region=False):
    return fordel_ved_lukning(
        Decimal(resultat),
        aar=2021,
        navn="Pilehuset",
        modtagere=modtagere,
        hensat=Decimal(hensat),
        er_region=er_region,
        regler=STANDARDREGLER,
    )


@pytest.mark.regel("T65", "T28")
@pytest.mark.parametrize(
    ("resultat", "modtagere", "hensat", "er_region", "ventet", "fund"),
    [
        # Expected: from set-asides, shares (Birkehuset, Elmehuset), treasury, balance, without receiver.
        (-900_000, 2, 300_000, False, (300_000, [200_000, 400_000], 0, 0, 0), []),
        (-900_000, 2, 900_000, False, (900_000, [], 0, 0, 0), []),
        (-900_000, 2, 2_000_000, False, (900_000, [], 0, 0, 0), []),
        (-900_000, 0, 300_000, False, (300_000, [], 600_000, 0, 0), ["lukning_kommunekasse"]),
        (-900_000, 2, 300_000, True, (300_000, [200_000, 400_000], 0, 600_000, 0), ["lukning_balance"]),
        (-900_000, 0, 300_000, True, (300_000, [], 0, 600_000, 0), ["lukning_balance"]),
        (90_000, 2, 300_000, False, (0, [-30_000, -60_000], 0, 0, 0), []),
        (90_000, 2, 0, True, (0, [-30_000, -60_000], 0, 0, 0), []),
        (90_000, 0, 0, False, (0, [], 0, 0, 90_000), ["lukning_uden_modtager"]),
        (0, 2, 0, False, (0, [], 0, 0, 0), []),
    ],
)
def test_regnet_i_haanden(resultat, modtagere, hensat, er_region, ventet, fund):
    delt = luk(resultat, (ELMEHUSET, BIRKEHUSET)[:modtagere], hensat=hensat, er_region=er_region)
    andele = [andel.beloeb for andel in delt.andele]
    assert (delt.fra_hensat, andele, delt.kommunekasse, delt.balance, delt.uden_modtager) == ventet
    assert [et_fund.kode for et_fund in delt.fund] == fund


@pytest.mark.regel("T65")
def test_andelene_er_reguleringer_i_de_andre_tilbud():
    delt = luk(-900_000, hensat=300_000)
    forpligtelse = delt.andele[0].forpligtelse
    assert (forpligtelse.beloeb, forpligtelse.tidligst_aar, forpligtelse.senest_aar, forpligtelse.regel) == (
        200_000,
        2022,
        2023,
        "T65",
    )
    assert forpligtelse.navn == "Andel af underskud ved lukning af Pilehuset"
    assert [trin.navn for trin in delt.trin] == ["Dækkes af hensatte overskud", "Birkehuset", "Elmehuset"]


@pytest.mark.regel("T65")
@given(resultat=st.decimals(min_value="-1e9", max_value="1e9", places=2), hensat=KRONER, er_region=st.booleans())
def test_intet_forsvinder(resultat, hensat, er_region):
    med = luk(resultat, hensat=hensat, er_region=er_region)
    assert med.fra_hensat + sum(andel.beloeb for andel in med.andele) == -resultat
    uden = luk(resultat, (), hensat=hensat, er_region=er_region)
    assert uden.fra_hensat + uden.kommunekasse + uden.balance - uden.uden_modtager == -resultat


@pytest.mark.parametrize(
    ("modtagere", "hensat", "felt"),
    [((), -1, "hensat"), ((Modtager(noegle="a", navn="A", grundlag=Decimal(0)),), 0, "grundlag")],
)
def test_umulige_tal_afvises(modtagere, hensat, felt):
    with pytest.raises(Beregningsfejl) as fejl:
        luk(-1, modtagere, hensat=hensat)
    assert fejl.value.felt == felt
