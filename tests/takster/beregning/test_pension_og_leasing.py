"""Pensions as a share of wages, and leased assets in the tariff once."""

from decimal import Decimal

import pytest

from takster.beregning.leasing import LeasetAktiv, kontroller_leasing
from takster.beregning.pension import beregn_pension
from takster.beregning.regelsaet import STANDARDREGLER, Regler
from takster.beregning.trin import Beregningsfejl


@pytest.mark.regel("T54")
@pytest.mark.parametrize(
    ("loen", "pct", "ventet"),
    [("500000", 25, "125000"), ("0.02", 25, "0.01"), ("412345.67", 25, "103086.42"), ("500000", 20, "100000")],
)
def test_pensionen_af_loennen(loen, pct, ventet):
    pension = beregn_pension(Decimal(loen), regler=Regler(pension_pct=Decimal(pct)))
    assert pension.beloeb == Decimal(ventet)
    assert pension.trin.formel == f"{pct}\u00a0% af tjenestemændenes løn"


@pytest.mark.regel("T54")
@pytest.mark.parametrize("loen", [None, Decimal(0), Decimal(-1)])
def test_uden_loen_er_der_ingen_pension(loen):
    with pytest.raises(Beregningsfejl) as fejl:
        beregn_pension(loen, regler=STANDARDREGLER)
    assert fejl.value.felt == "tjenestemandsloen"


@pytest.mark.regel("T47")
@pytest.mark.parametrize(
    ("er_finansiel", "ydelser", "afskrivning", "rente", "ventet"),
    [
        (True, 10, 0, 0, []),
        (True, 0, 8, 2, []),
        (True, 10, 8, 0, ["leasing_dobbelt"]),
        (True, 10, 0, 2, ["leasing_dobbelt"]),
        (False, 10, 0, 0, []),
        (False, 10, 8, 0, ["operationel_leasing_afskrevet"]),
        (False, 0, 0, 2, ["operationel_leasing_afskrevet"]),
        (True, 10, -8, 0, ["leasing_negativ"]),
        (True, 0, 0, 0, []),
    ],
)
def test_et_leaset_aktiv_er_med_een_gang(er_finansiel, ydelser, afskrivning, rente, ventet):
    aktiv = LeasetAktiv(
        noegle="bus",
        navn="Bussen",
        er_finansiel=er_finansiel,
        ydelser=Decimal(ydelser),
        afskrivning=Decimal(afskrivning),
        rente=Decimal(rente),
    )
    fund = kontroller_leasing([aktiv])
    assert [et_fund.kode for et_fund in fund] == ventet
    assert all(et_fund.blokerer and et_fund.felt == "bus" for et_fund in fund)
    assert aktiv.i_alt == ydelser + afskrivning + rente
