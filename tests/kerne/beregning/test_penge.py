"""Rounding, sums, shares and exact distribution."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialaftale.kerne.penge import afrund, afrund_kvotient, andel, fordel, i_alt

BELOEB = st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False, allow_infinity=False)
VAEGTE = st.lists(
    st.decimals(min_value=0, max_value=10**6, places=3, allow_nan=False, allow_infinity=False), min_size=1, max_size=40
).filter(any)


@pytest.mark.parametrize(
    ("beloeb", "decimaler", "ventet"),
    [
        ("0.005", 2, "0.01"),
        ("-0.005", 2, "-0.01"),
        ("0.0049999", 2, "0.00"),
        ("2.675", 2, "2.68"),
        ("1.25", 1, "1.3"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("1E+3", 2, "1000.00"),
        ("999999999999999999999999999999.995", 2, "1000000000000000000000000000000.00"),
    ],
)
def test_afrund_runder_halve_vaek_fra_nul(beloeb, decimaler, ventet):
    assert str(afrund(Decimal(beloeb), decimaler)) == ventet


def test_afrund_giver_aldrig_minus_nul():
    assert str(afrund(Decimal("-0.004"))) == "0.00"


@pytest.mark.parametrize("vaerdi", [0.1, True, "1", None])
def test_afrund_afviser_alt_andet_end_decimal_og_heltal(vaerdi):
    with pytest.raises(TypeError):
        afrund(vaerdi)


@pytest.mark.parametrize("vaerdi", ["NaN", "Infinity"])
def test_afrund_afviser_tal_der_ikke_er_endelige(vaerdi):
    with pytest.raises(ValueError, match="finite"):
        afrund(Decimal(vaerdi))


def test_kvotient_afrundes_fra_den_praecise_broek():
    """A Decimal division of 28 digits would round 0.4999…/1 up first and then once more."""
    naevner = Decimal(2 * 10**40)
    assert afrund_kvotient(Decimal(10**40 - 1), naevner, 0) == 0
    assert afrund_kvotient(Decimal(10**40), naevner, 0) == 1


def test_kvotient_med_nul_som_naevner():
    with pytest.raises(ZeroDivisionError):
        afrund_kvotient(1, 0)


@given(BELOEB, BELOEB.filter(bool))
def test_kvotient_ligger_hoejst_en_halv_oere_fra_den_praecise(taeller, naevner):
    afvigelse = abs(Fraction(afrund_kvotient(taeller, naevner)) - Fraction(taeller) / Fraction(naevner))
    assert afvigelse <= Fraction(1, 200)


def test_i_alt_er_praecis_og_kraever_decimal():
    assert i_alt([Decimal("0.1")] * 3) == Decimal("0.3")
    assert i_alt([]) == 0
    with pytest.raises(TypeError):
        i_alt([Decimal(1), 0.1])


@pytest.mark.parametrize(
    ("del_", "helhed", "ventet"),
    [(1, 4, Decimal("0.25")), (0, 4, Decimal(0)), (1, 0, None), (None, 4, None), (1, None, None)],
)
def test_andel(del_, helhed, ventet):
    assert andel(del_, helhed) == ventet


class TestFordel:
    def test_den_stoerste_rest_faar_den_sidste_oere(self):
        assert fordel(Decimal("100.00"), [Decimal(1)] * 3) == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]

    def test_hele_kroner(self):
        """FIN1: Aalborg's share of the foster-family budget 2024, here with the sum kept."""
        boern = [21872, 7775, 10035, 7556, 218, 7870, 3643, 7317, 8398, 7006, 39978]
        dele = fordel(Decimal(19_156_058), boern, decimaler=0)
        assert dele[-1] == 6_294_349
        assert sum(dele) == 19_156_058

    def test_lige_store_rester_gaar_til_den_stoerste_vaegt(self):
        """0.5 and 1.5 øre: the one øre left over goes to the larger weight wherever it stands."""
        assert fordel(Decimal("0.02"), [Decimal(1), Decimal(3)]) == [0, Decimal("0.02")]
        assert fordel(Decimal("0.02"), [Decimal(3), Decimal(1)]) == [Decimal("0.02"), 0]

    def test_negativ_total_er_spejlbilledet(self):
        vaegte = [Decimal(1), Decimal(2), Decimal(4)]
        assert fordel(Decimal("-10.00"), vaegte) == [-del_ for del_ in fordel(Decimal("10.00"), vaegte)]

    def test_nulvaegt_faar_intet(self):
        assert fordel(Decimal("0.01"), [Decimal(0), Decimal(5), Decimal(0)]) == [0, Decimal("0.01"), 0]

    @pytest.mark.parametrize("vaegte", [[], [Decimal(0)], [Decimal(0), Decimal(0)], [Decimal(2), Decimal(-1)]])
    def test_ubrugelige_vaegte(self, vaegte):
        with pytest.raises(ValueError, match="weights"):
            fordel(Decimal(100), vaegte)

    def test_total_finere_end_oere(self):
        with pytest.raises(ValueError, match="decimals"):
            fordel(Decimal("1.005"), [Decimal(1)])

    @given(BELOEB, VAEGTE)
    def test_delene_giver_praecis_det_hele(self, total, vaegte):
        assert i_alt(fordel(total, vaegte)) == total

    @given(BELOEB, VAEGTE)
    def test_hver_del_ligger_under_en_oere_fra_sin_andel(self, total, vaegte):
        sum_vaegte = sum(map(Fraction, vaegte))
        for del_, vaegt in zip(fordel(total, vaegte), vaegte, strict=True):
            assert abs(Fraction(del_) - Fraction(total) * Fraction(vaegt) / sum_vaegte) < Fraction(1, 100)

    @given(BELOEB, VAEGTE, st.randoms(use_true_random=False))
    def test_raekkefoelgen_er_ligegyldig(self, total, vaegte, tilfaeldig):
        """The same weights in another order give the same parts to the same weights."""
        blandet = list(vaegte)
        tilfaeldig.shuffle(blandet)
        foer = sorted(zip(vaegte, fordel(total, vaegte), strict=True))
        efter = sorted(zip(blandet, fordel(total, blandet), strict=True))
        assert foer == efter

    @given(BELOEB.filter(lambda total: total >= 0), VAEGTE)
    def test_stoerre_vaegt_faar_aldrig_mindre(self, total, vaegte):
        par = sorted(zip(vaegte, fordel(total, vaegte), strict=True))
        for (vaegt, del_), (naeste_vaegt, naeste_del) in zip(par, par[1:], strict=False):
            assert naeste_del >= del_ or naeste_vaegt == vaegt
