"""The supervision's price by approved places, its split on ydelser, and the check of the line."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takster.beregning.koder import Grad
from takster.beregning.regelsaet import STANDARDREGLER
from takster.beregning.tilsyn import Forventet, Tilsynstrin, del_paa_ydelser, find_trin, kontroller_tilsyn

# Socialtilsyn Nord 2024.
TRIN = tuple(
    Tilsynstrin(aar=2024, pladser_fra=fra, pladser_til=til, beloeb=Decimal(beloeb))
    for fra, til, beloeb in ((1, 7, 43852), (8, 24, 52622), (25, 49, 87703), (50, None, 131555))
)


@pytest.mark.regel("T46")
@pytest.mark.parametrize(
    ("pladser", "beloeb"),
    [(1, 43852), (7, 43852), (8, 52622), (24, 52622), (25, 87703), (49, 87703), (50, 131555), (900, 131555)],
)
def test_the_step_that_covers_the_places(pladser, beloeb):
    assert find_trin(Decimal(pladser), TRIN).beloeb == beloeb


@pytest.mark.parametrize(("pladser", "trin"), [(None, TRIN), (Decimal(0), TRIN), (Decimal(5), ())])
def test_unknown_is_unknown(pladser, trin):
    assert find_trin(pladser, trin) is None


def test_a_tilbud_pays_once():
    assert del_paa_ydelser(Decimal(52622), [Decimal(12), Decimal(4)]) == [Decimal("39466.50"), Decimal("13155.50")]
    assert del_paa_ydelser(Decimal(100), [Decimal(12), None, Decimal(1)]) == [
        Decimal("33.34"),
        Decimal("33.33"),
        Decimal("33.33"),
    ]


@given(st.lists(st.none() | st.decimals("0.5", "500", places=2), min_size=1, max_size=12), st.integers(0, 200_000))
def test_the_parts_add_up(pladser, beloeb):
    assert sum(del_paa_ydelser(Decimal(beloeb), pladser)) == beloeb


@pytest.mark.regel("T46")
class TestKontrol:
    FORVENTET = Forventet(beloeb=Decimal(52622), trin=TRIN[1], godkendte_pladser=Decimal(16), antal_ydelser=1)

    @pytest.mark.parametrize("beloeb", ["52622", "52621", "52623"])
    def test_the_price_itself_or_a_krone_beside_it(self, beloeb):
        assert kontroller_tilsyn(Decimal(beloeb), self.FORVENTET, STANDARDREGLER) == []

    def test_more_may_hold_supervision_of_citizens(self):
        (fund,) = kontroller_tilsyn(Decimal(80000), self.FORVENTET, STANDARDREGLER)
        assert (fund.grad, fund.felt) == (Grad.ADVARSEL, "C30")
        assert "8-24 godkendte pladser er 52.622" in fund.tekst
        assert "80.000,00" in fund.tekst

    def test_an_empty_line_is_told(self):
        (fund,) = kontroller_tilsyn(None, self.FORVENTET, STANDARDREGLER)
        assert "Linjen er tom" in fund.tekst

    def test_nothing_to_compare_with(self):
        assert kontroller_tilsyn(Decimal(5), None, STANDARDREGLER) == []

    def test_a_shared_price_is_told(self):
        delt = Forventet(beloeb=Decimal(26311), trin=TRIN[1], godkendte_pladser=Decimal(16), antal_ydelser=2)
        assert "Delt på tilbuddets 2 ydelser giver det 26.311,00" in delt.forklaring
