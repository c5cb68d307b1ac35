"""The whole check in the order of section K, with the calculation beside it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from takster.beregning.forbehold import Forbehold, Ramme
from takster.beregning.koder import Grad
from takster.beregning.kontrol import Sidsteaar, Skemadata
from takster.beregning.kontrolraekke import KONTROLTRIN, beregn_skema, trinnummer
from takster.beregning.regelsaet import STANDARDREGLER
from takster.beregning.regulering import PlSats

UDFYLDT = Skemadata(
    aar=2027,
    enhed="doegn",
    beloeb={"A20": Decimal(7_000_000), "B20": Decimal(1_000_000)},
    pladser=Decimal(10),
    belaegning_pct=Decimal(95),
    belaegningsprincip="forventning",
    belaegning_begrundelse="Stabil efterspørgsel gennem flere år",
    direkte_stoettetimer=Decimal(20),
)
BEKRAEFTET = Forbehold(
    uden_tillaegsydelser=True,
    uden_valgfri_ydelser=True,
    kun_generelt_tilsyn=True,
    uden_myndighedsopgaver=True,
    uden_udviklingsomkostninger=True,
    tilbudsportal_opdateret=True,
)
SATSER = (PlSats(fra_aar=2026, til_aar=2027, pct=Decimal("3.0")),)


def beregn(data=UDFYLDT, forbehold=BEKRAEFTET, ramme=Ramme()):  # noqa: B008 - a frozen value
    return beregn_skema(data, forbehold, ramme, regler=STANDARDREGLER)


@pytest.mark.regel("T14")
def test_et_skema_uden_fejl():
    """[own] 8,000,000 / (10 × 365 × 95 %) = 2,307.14."""
    resultat = beregn()
    assert resultat.fund == ()
    assert resultat.kan_indsendes
    assert resultat.takst.takst == Decimal("2307.14")
    assert resultat.mangler == ""


def test_fundene_staar_i_raekkefoelgen_af_afsnit_k():
    tomt = Skemadata(aar=2027, enhed="doegn", beloeb={"A10": Decimal(100), "A50": Decimal(-5)})
    resultat = beregn(tomt, Forbehold(), Ramme(vindue_aabent=False))
    numre = [trinnummer(fund) for fund in resultat.fund]
    assert numre == sorted(numre)
    assert {1, 4, 6, 7, 10, 11} <= set(numre)
    assert not resultat.kan_indsendes
    assert resultat.takst is None
    assert resultat.mangler == "Indtast antal pladser"


def test_hvert_trin_vises_ogsaa_uden_fund():
    assert [trin.nr for trin, _ in beregn().trin] == [trin.nr for trin in KONTROLTRIN]
    assert [trin.nr for trin, _ in beregn().trin] == list(range(1, 12))


@pytest.mark.regel("T93")
def test_manglende_sats_giver_en_advarsel_og_ingen_sammenligning():
    sidste = Sidsteaar(aar=2026, takst=Decimal(2000), kapacitet=Decimal(10), beloeb={})
    resultat = beregn(replace(UDFYLDT, sidste_aar=sidste))
    (fund,) = resultat.fund
    assert (fund.kode, fund.grad) == ("pl_sats_mangler", Grad.ADVARSEL)
    assert resultat.aendring is None
    assert resultat.kan_indsendes


@pytest.mark.regel("T43")
def test_med_sats_sammenlignes_i_samme_priser():
    sidste = Sidsteaar(aar=2026, takst=Decimal(2000), kapacitet=Decimal(10), beloeb={})
    resultat = beregn(replace(UDFYLDT, sidste_aar=sidste, pl_satser=SATSER))
    assert resultat.aendring.forrige_fremskrevet == Decimal("2060.00")
    assert [fund.kode for fund in resultat.bemaerkninger] == ["takst_aendret_markant"]
    assert not resultat.kan_indsendes
    med = replace(UDFYLDT, sidste_aar=sidste, pl_satser=SATSER, bemaerkning="Nye skærmede pladser")
    assert beregn(med).kan_indsendes


def test_godkendelser_stopper_ikke_indsendelsen():
    resultat = beregn(replace(UDFYLDT, belaegning_pct=Decimal("94.9")))
    assert [fund.regel for fund in resultat.godkendelser] == ["T17"]
    assert resultat.fejl == resultat.advarsler == []
    assert resultat.kan_indsendes
