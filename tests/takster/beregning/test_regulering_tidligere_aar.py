"""The computed line for earlier years: what must be in, what may be in, and what is too much or too little."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takster.beregning.koder import Grad
from takster.beregning.regulering_tidligere_aar import Forpligtelse, beregn_reguleringer, kontroller_indregnet

OVERSKUD = Forpligtelse(
    noegle="2021",
    beloeb=Decimal(-370_000),
    oprindelsesaar=2021,
    regel="T25",
    tidligst_aar=2022,
    senest_aar=2023,
)
UNDERSKUD = replace(OVERSKUD, noegle="u2021", beloeb=Decimal(300_000), regel="T27")
BELOEB = st.decimals(min_value="-1e9", max_value="1e9", places=2).filter(bool)


def koder(fund):
    return [et_fund.kode for et_fund in fund]


@pytest.mark.regel("T25", "T27", "T48")
@pytest.mark.parametrize(
    ("forpligtelse", "aar", "valgt", "ventet", "fund"),
    [
        (OVERSKUD, 2021, None, None, []),
        (OVERSKUD, 2021, -1, None, ["regulering_for_tidligt"]),
        (OVERSKUD, 2022, None, 0, []),
        (OVERSKUD, 2022, -100_000, -100_000, []),
        (OVERSKUD, 2022, -370_000, -370_000, []),
        (OVERSKUD, 2022, -370_001, -370_000, ["regulering_uden_for_resten"]),
        (OVERSKUD, 2022, 5, 0, ["regulering_uden_for_resten"]),
        (OVERSKUD, 2023, None, -370_000, []),
        (OVERSKUD, 2023, -370_000, -370_000, []),
        (OVERSKUD, 2023, -369_999, -370_000, ["regulering_skal_med"]),
        (OVERSKUD, 2024, None, -370_000, ["regulering_for_sent"]),
        (UNDERSKUD, 2022, 300_001, 300_000, ["regulering_uden_for_resten"]),
        (UNDERSKUD, 2023, 0, 300_000, ["regulering_skal_med"]),
        (replace(OVERSKUD, indregnet={2022: Decimal(-100_000)}), 2023, None, -270_000, []),
        (replace(OVERSKUD, indregnet={2022: Decimal(-370_000)}), 2023, None, None, []),
        (replace(OVERSKUD, indregnet={2022: Decimal(-370_000)}), 2023, -1, None, ["regulering_uden_for_resten"]),
        # What was held too much in 2022 comes back.
        (replace(OVERSKUD, indregnet={2022: Decimal(-400_000)}), 2023, None, 30_000, []),
    ],
)
def test_linjen(forpligtelse, aar, valgt, ventet, fund):
    valg = {} if valgt is None else {forpligtelse.noegle: Decimal(valgt)}
    resultat = beregn_reguleringer([forpligtelse], aar, valg)
    assert [linje.beloeb for linje in resultat.linjer] == ([] if ventet is None else [ventet])
    assert resultat.i_alt == (ventet or 0)
    assert koder(resultat.fund) == fund


@pytest.mark.regel("T48")
def test_flere_aar_laegges_sammen_og_forklares():
    aeldre = replace(UNDERSKUD, noegle="u2020", oprindelsesaar=2020, tidligst_aar=2021, senest_aar=2022)
    resultat = beregn_reguleringer([OVERSKUD, aeldre], 2022, {"2021": Decimal(-50_000)})
    assert resultat.i_alt == 250_000
    assert [linje.er_pligtig for linje in resultat.linjer] == [True, False]
    assert [linje.rest_efter for linje in resultat.linjer] == [0, -320_000]
    assert [trin.navn for trin in resultat.trin] == [
        "Underskud fra 2020",
        "Overskud fra 2021",
        "Regulering vedr. tidligere år i taksten for 2022",
    ]
    assert resultat.trin[-1].indsat == "(300.000,00) + (−50.000,00)"
    assert resultat.trin[-1].resultat == "250.000,00\u00a0kr."


@pytest.mark.regel("T48")
def test_uden_forpligtelser_er_der_intet_at_regulere():
    resultat = beregn_reguleringer([], 2023)
    assert (resultat.linjer, resultat.i_alt, resultat.trin, resultat.fund) == ((), 0, (), ())


@pytest.mark.regel("T48")
def test_et_valg_uden_forpligtelse_afvises():
    (fund,) = beregn_reguleringer([], 2023, {"x": Decimal(1)}).fund
    assert (fund.kode, fund.grad) == ("regulering_ukendt", Grad.FEJL)


@pytest.mark.regel("T25", "T27")
@pytest.mark.parametrize(
    ("forpligtelse", "indregnet", "efter_aar", "ventet"),
    [
        (OVERSKUD, {}, 2022, ""),
        (OVERSKUD, {2022: -100_000, 2023: -270_000}, 2023, ""),
        (OVERSKUD, {2022: -100_000}, 2023, "Det er 270.000,00\u00a0kr. for lidt."),
        (OVERSKUD, {2022: -400_000}, 2023, "Det er 30.000,00\u00a0kr. for meget."),
        # Too late is not in time.
        (OVERSKUD, {2024: -370_000}, 2024, "Det er 370.000,00\u00a0kr. for lidt."),
        (UNDERSKUD, {2022: 300_000}, 2023, ""),
        (UNDERSKUD, {2022: 290_000}, 2023, "Det er 10.000,00\u00a0kr. for lidt."),
        (UNDERSKUD, {2022: 310_000}, 2023, "Det er 10.000,00\u00a0kr. for meget."),
    ],
)
def test_summen_efter_fristen(forpligtelse, indregnet, efter_aar, ventet):
    indregnet = {aar: Decimal(beloeb) for aar, beloeb in indregnet.items()}
    fund = kontroller_indregnet(replace(forpligtelse, indregnet=indregnet), efter_aar=efter_aar)
    assert [et_fund.tekst.endswith(ventet) and et_fund.regel == forpligtelse.regel for et_fund in fund] == (
        [True] if ventet else []
    )


@pytest.mark.regel("T25", "T27")
@given(beloeb=BELOEB, oensket=BELOEB)
def test_to_aars_takster_regulerer_altid_det_hele(beloeb, oensket):
    forpligtelse = replace(OVERSKUD, beloeb=beloeb)
    foerste = beregn_reguleringer([forpligtelse], 2022, {"2021": oensket}).i_alt
    anden = beregn_reguleringer([replace(forpligtelse, indregnet={2022: foerste})], 2023).i_alt
    assert foerste + anden == beloeb
    assert abs(foerste) <= abs(beloeb)
    assert not kontroller_indregnet(replace(forpligtelse, indregnet={2022: foerste, 2023: anden}), efter_aar=2023)


@pytest.mark.parametrize(
    "aendring", [{"beloeb": Decimal(0)}, {"senest_aar": 2021}, {"tidligst_aar": 2021}, {"tidligst_aar": 2024}]
)
def test_umulige_forpligtelser(aendring):
    with pytest.raises(ValueError, match="obligation"):
        replace(OVERSKUD, **aendring)
