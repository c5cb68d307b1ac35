"""The year's result and its sign."""

from decimal import Decimal

import pytest

from takster.beregning.koder import Grad
from takster.beregning.regelsaet import STANDARDREGLER
from takster.beregning.resultat import Aarsresultat, kontroller_fortegn

TILBUD_X = Aarsresultat(
    indtaegter=Decimal(8_418_000), omkostninger=Decimal(6_236_000 + 611_000 + 801_000), grundlag=Decimal(8_000_000)
)


@pytest.mark.regel("T22")
def test_kildens_eksempel():
    assert TILBUD_X.omkostninger == 7_648_000
    assert TILBUD_X.resultat == 770_000
    assert TILBUD_X.resultat_pct == Decimal("9.625")
    assert TILBUD_X.graense(STANDARDREGLER) == 400_000
    assert TILBUD_X.trin().indsat == "8.418.000,00 − 7.648.000,00"


@pytest.mark.regel("T22")
@pytest.mark.parametrize(
    ("takstindtaegter", "omkostninger", "grundlag", "trykt_i_alt", "pct"),
    [
        (-42_234_540, [34_580_861, 2_977_531, 1_711_728, 3_695_286, 256_131], 33_826_456, 986_997, "-2.9"),
        (-42_495_747, [31_360_165, 3_669_436, 2_050_563, 3_557_412, 211_976], 45_400_729, -1_646_195, "3.6"),
    ],
    ids=["Østerskoven 2019", "Østerskoven 2020"],
)
def test_kildens_tal_vendes(takstindtaegter, omkostninger, grundlag, trykt_i_alt, pct):
    """The source prints costs − income, so its total is our result with the opposite sign."""
    resultat = Aarsresultat.fra_kilde(
        takstindtaegter=Decimal(takstindtaegter), omkostninger=map(Decimal, omkostninger), grundlag=Decimal(grundlag)
    )
    assert resultat.resultat == -trykt_i_alt
    assert round(resultat.resultat_pct, 1) == Decimal(pct)
    assert resultat.trin().navn == ("Underskud" if trykt_i_alt > 0 else "Overskud")


@pytest.mark.regel("T22")
def test_resultatprocent_er_ukendt_uden_grundlag():
    resultat = Aarsresultat(indtaegter=Decimal(1), omkostninger=Decimal(2), grundlag=None)
    assert resultat.resultat_pct is None
    assert resultat.graense(STANDARDREGLER) is None


@pytest.mark.regel("T22")
def test_budgettet_med_vendt_fortegn_opdages_og_rettes_aabent():
    kontrol = kontroller_fortegn(Decimal(-45_400_729))
    assert (kontrol.oplyst, kontrol.rettet) == (-45_400_729, 45_400_729)
    assert (kontrol.fund.kode, kontrol.fund.grad, kontrol.fund.felt) == (
        "modsat_fortegn",
        Grad.BEMAERKNING,
        "bruttobudget",
    )
    assert "−45.400.729\u00a0kr." in kontrol.fund.tekst
    assert kontrol.fund.tekst.endswith("45.400.729\u00a0kr.")


@pytest.mark.parametrize(("beloeb", "forventet"), [(45_400_729, 1), (0, 1), (-42_495_747, -1)])
def test_det_rigtige_fortegn_roeres_ikke(beloeb, forventet):
    kontrol = kontroller_fortegn(Decimal(beloeb), forventet=forventet)
    assert kontrol.rettet == beloeb
    assert kontrol.fund is None


def test_indtaegt_trykt_som_udgift():
    kontrol = kontroller_fortegn(Decimal(5), forventet=-1, felt="takstindtaegter", betegnelse="Takstindtægterne")
    assert kontrol.rettet == -5
    assert kontrol.fund.tekst.startswith("Takstindtægterne står i kilden som 5\u00a0kr.")
