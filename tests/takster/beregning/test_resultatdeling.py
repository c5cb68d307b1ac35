"""A year's result divided, worked out by hand and by its properties."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takster.beregning.koder import Grad
from takster.beregning.regelsaet import STANDARDREGLER
from takster.beregning.regulering_tidligere_aar import beregn_reguleringer
from takster.beregning.resultat import Aarsresultat
from takster.beregning.resultatdeling import (
    Delingsvalg,
    Foersteaarstab,
    Underskudsdaekning,
    del_resultat,
    fordel_foersteaarstab,
)
from takster.beregning.trin import Beregningsfejl

TAB = Foersteaarstab(driftsaar=1, begrundelse="Færre borgere end ventet i det første år")
RESULTAT = st.decimals(min_value="-1e9", max_value="1e9", places=2)
GRUNDLAG = st.decimals(min_value="0.01", max_value="1e9", places=2)


def deling(grundlag, resultat, *, er_region=False, **valg):
    aarsresultat = Aarsresultat(
        indtaegter=Decimal(resultat), omkostninger=Decimal(0), grundlag=None if grundlag is None else Decimal(grundlag)
    )
    valg = {navn: Decimal(v) if isinstance(v, int) else v for navn, v in valg.items()}
    return del_resultat(aarsresultat, aar=2021, er_region=er_region, regler=STANDARDREGLER, valg=Delingsvalg(**valg))


def koder(fund):
    return [(et_fund.kode, et_fund.regel) for et_fund in fund]


@pytest.mark.regel("T22", "T23", "T25", "T26", "T27", "T31")
@pytest.mark.parametrize(
    ("grundlag", "resultat", "hensat", "ventet"),
    [
        # Expected: may be set aside, set aside, returned, covered by the driftsherre, put in the tariff.
        ("8000000", "770000", 400_000, (400_000, 400_000, 370_000, 0, 0)),
        ("8000000", "770000", 100_000, (400_000, 100_000, 670_000, 0, 0)),
        ("8000000", "770000", 0, (400_000, 0, 770_000, 0, 0)),
        ("8000000", "400000", 400_000, (400_000, 400_000, 0, 0, 0)),
        ("8000000", "400000.01", 400_000, (400_000, 400_000, "0.01", 0, 0)),
        ("8000000", "250000", 250_000, (250_000, 250_000, 0, 0, 0)),
        ("8000000", "0", None, (0, 0, 0, 0, 0)),
        ("10000000", "-800000", None, (0, 0, 0, 500_000, 300_000)),
        ("10000000", "-500000", None, (0, 0, 0, 500_000, 0)),
        ("10000000", "-500000.01", None, (0, 0, 0, 500_000, "0.01")),
        ("33826456", "-986997", None, (0, 0, 0, 986_997, 0)),
        # 5 % of 100,10 is 5,005, rounded to 5,01.
        ("100.10", "6", 5, ("5.01", 5, 1, 0, 0)),
    ],
)
def test_regnet_i_haanden(grundlag, resultat, hensat, ventet):
    delt = deling(grundlag, resultat, hensat=hensat)
    fundet = (delt.hensat_max, delt.hensat, delt.tilbagefoersel, delt.daekkes_selv, delt.indregnes)
    assert fundet == tuple(Decimal(tal) for tal in ventet)


@pytest.mark.regel("T22", "T23", "T25")
def test_kildens_tilbud_x():
    delt = deling("8000000", "770000", hensat=400_000)
    assert (delt.resultat_pct, delt.graense, delt.frist_aar, delt.fund) == (Decimal("9.625"), 400_000, 2023, ())
    assert delt.virkning_paa_grundlag == -370_000
    (forpligtelse,) = delt.forpligtelser
    assert (forpligtelse.beloeb, forpligtelse.tidligst_aar, forpligtelse.senest_aar) == (-370_000, 2022, 2023)
    assert [(trin.navn, trin.resultat) for trin in delt.trin] == [
        ("Overskud", "770.000,00\u00a0kr."),
        ("Resultatprocent", "9,6\u00a0%"),
        ("Grænse", "400.000,00\u00a0kr."),
        ("Kan hensættes", "400.000,00\u00a0kr."),
        ("Føres tilbage i taksten", "370.000,00\u00a0kr."),
        ("Takstår", "2022–2023"),
    ]


@pytest.mark.regel("T23", "T25")
@pytest.mark.parametrize(
    ("hensat", "kode", "tilbagefoersel"),
    [
        (None, "hensaettelse_ikke_valgt", 370_000),
        (400_001, "hensaettelse_over_graensen", 370_000),
        (-1, "hensaettelse_negativ", 770_000),
    ],
)
def test_et_ugyldigt_valg_aendrer_ikke_det_der_skal_tilbage(hensat, kode, tilbagefoersel):
    delt = deling("8000000", "770000", hensat=hensat)
    assert koder(delt.fund) == [(kode, "T23")]
    assert delt.fund[0].blokerer
    assert delt.tilbagefoersel == tilbagefoersel


@pytest.mark.regel("T23")
def test_underskud_kan_ikke_hensaettes():
    delt = deling("10000000", "-800000", hensat=1, daekning=Underskudsdaekning(hensat=Decimal(500_000)))
    assert koder(delt.fund) == [("hensaettelse_af_underskud", "T23")]
    assert delt.hensat == 0


@pytest.mark.regel("T26")
@pytest.mark.parametrize(
    ("effektivisering", "hensat", "ventet"),
    [
        (0, 0, [("daekning_mangler", "T26")]),
        (200_000, 299_999, [("daekning_mangler", "T26")]),
        (200_000, 300_000, []),
        (200_001, 300_000, [("daekning_for_stor", "T26")]),
        (600_000, -100_000, [("daekning_negativ", "T26")]),
    ],
)
def test_kommunen_daekker_sin_egen_del(effektivisering, hensat, ventet):
    daekning = Underskudsdaekning(effektivisering=Decimal(effektivisering), hensat=Decimal(hensat))
    delt = deling("10000000", "-800000", daekning=daekning)
    assert koder(delt.fund) == ventet
    assert not delt.sag_kraeves
    assert (delt.indregnes, delt.frist_aar) == (300_000, 2023)


@pytest.mark.regel("T26", "T28")
def test_oesterskoven_er_en_regional_sag_og_ikke_en_takststigning():
    delt = deling("33826456", "-986997", er_region=True)
    assert round(delt.resultat_pct, 1) == Decimal("-2.9")
    assert delt.sag_kraeves
    assert (delt.indregnes, delt.forpligtelser, delt.frist_aar) == (0, (), None)
    assert [(fund.kode, fund.regel, fund.grad) for fund in delt.fund] == [
        ("regionalt_underskud", "T28", Grad.GODKENDELSE)
    ]
    assert deling("33826456", "-986997").fund[0].kode == "daekning_mangler"


@pytest.mark.regel("T28")
def test_regionens_sag_er_afsluttet_med_en_henvisning_eller_fuld_daekning():
    med_reference = deling("33826456", "-986997", er_region=True, sagsreference="DAS 21.08.2023, punkt 4")
    assert (med_reference.fund, med_reference.sag_kraeves, med_reference.udaekket) == ((), True, 986_997)
    daekket = deling("33826456", "-986997", er_region=True, daekning=Underskudsdaekning(hensat=Decimal(986_997)))
    assert (daekket.fund, daekket.sag_kraeves) == ((), False)


@pytest.mark.regel("T28")
@pytest.mark.parametrize(("aftalt", "koden"), [(986_997, []), (987_000, []), (986_996, [("aftale_for_lille", "T28")])])
def test_aftalen_skal_gaelde_hele_det_udaekkede(aftalt, koden):
    delt = deling("33826456", "-986997", er_region=True, sagsreference="Sag 2026-0001", aftalt=Decimal(aftalt))
    assert [(fund.kode, fund.regel) for fund in delt.fund] == koden


@pytest.mark.regel("T61")
def test_foersteaarstab_gaar_forud_for_graensen():
    delt = deling("10000000", "-800000", foersteaarstab=TAB)
    assert (delt.daekkes_selv, delt.indregnes, delt.frist_aar, delt.fund) == (0, 800_000, 2024, ())
    assert [(f.beloeb, f.tidligst_aar, f.senest_aar) for f in delt.forpligtelser] == [
        (Decimal("266666.67"), 2022, 2022),
        (Decimal("266666.67"), 2023, 2023),
        (Decimal("266666.66"), 2024, 2024),
    ]
    assert delt.trin[2].navn == "Tab i første driftsår 2021, del 1 af 3"
    assert delt.trin[2].resultat == "266.666,67\u00a0kr. i taksten for 2022"
    assert beregn_reguleringer(delt.forpligtelser, 2023).i_alt == Decimal("533333.34")


@pytest.mark.regel("T61")
@pytest.mark.parametrize(
    ("resultat", "tab", "kode"),
    [
        ("-1", Foersteaarstab(driftsaar=2, begrundelse=TAB.begrundelse), "foersteaarstab_for_sent"),
        ("-1", Foersteaarstab(driftsaar=1), "foersteaarstab_uden_begrundelse"),
        ("0", TAB, "intet_tab"),
    ],
)
def test_foersteaarstab_der_ikke_kan_fordeles(resultat, tab, kode):
    assert koder(deling("100", resultat, foersteaarstab=tab).fund) == [(kode, "T61")]


@pytest.mark.parametrize("grundlag", [None, "0", "-45400729"])
def test_uden_et_grundlag_er_der_ingen_graense(grundlag):
    with pytest.raises(Beregningsfejl) as fejl:
        deling(grundlag, "1")
    assert fejl.value.felt == "grundlag"


@pytest.mark.regel("T23", "T25", "T26", "T27", "T31")
@given(grundlag=GRUNDLAG, resultat=RESULTAT, hensat=RESULTAT)
def test_delene_giver_altid_resultatet(grundlag, resultat, hensat):
    delt = deling(grundlag, resultat, hensat=hensat)
    assert delt.hensat + delt.tilbagefoersel - delt.daekkes_selv - delt.indregnes == resultat
    assert min(delt.hensat, delt.tilbagefoersel, delt.daekkes_selv, delt.indregnes) >= 0
    assert max(delt.hensat, delt.daekkes_selv) <= delt.graense
    assert sum(f.beloeb for f in delt.forpligtelser) == delt.virkning_paa_grundlag


@pytest.mark.regel("T61")
@given(tab=st.decimals(min_value="0.01", max_value="1e9", places=2))
def test_raterne_giver_hele_tabet(tab):
    rater = [rate.beloeb for rate in fordel_foersteaarstab(tab, aar=2021, regler=STANDARDREGLER)]
    assert sum(rater) == tab
    assert max(rater) - min(rater) <= Decimal("0.01")
