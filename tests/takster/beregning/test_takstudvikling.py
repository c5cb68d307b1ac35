"""Tariff development: the printed averages of 2021-2023, hand-calculated pairs, and what must hold for any round."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from takster.beregning.regulering import ManglendeSats, PlSats
from takster.beregning.takstudvikling import (
    Aarstakst,
    Gennemsnit,
    Priser,
    Udeladt,
    dan_par,
    gennemsnit_pr_driftsherre,
    maengde,
    uden_en_ad_gangen,
    uvaegtet,
    vaegtet,
)

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures" / "takster"
SATSER = (
    PlSats(fra_aar=2021, til_aar=2022, pct=Decimal(2)),
    PlSats(fra_aar=2022, til_aar=2023, pct=Decimal(3)),
)


def takst(noegle, beloeb, *, driftsherre="Aalborg", vaegt=None, enhed="doegn"):
    return Aarstakst(
        noegle=noegle,
        driftsherre=driftsherre,
        navn=f"Ydelse {noegle}",
        enhed=enhed,
        takst=Decimal(beloeb),
        vaegt=None if vaegt is None else Decimal(vaegt),
    )


def par_af(gamle, nye, *, satser=(), priser=Priser.LOEBENDE):
    return dan_par(gamle, nye, fra_aar=2021, til_aar=2023, satser=satser, priser=priser)


def raekker(navn):
    with (FIXTURES / navn).open(encoding="utf-8", newline="") as fil:
        return list(csv.DictReader(fil))


@pytest.fixture
def trykte():
    return [
        Gennemsnit.trykt(raekke["driftsherre_som_skrevet"], Decimal(raekke["gennemsnitlig_aendring_pct"]))
        for raekke in raekker("takstudvikling_2021_2023.csv")
    ]


@pytest.mark.regel("T92")
@pytest.mark.parametrize("udsnit", raekker("takstudvikling_2021_2023_gennemsnit.csv"), ids=lambda u: u["udsnit"])
def test_de_trykte_gennemsnit_2021_2023(trykte, udsnit):
    uden = {udsnit["udsnit"].removeprefix("Uden ")} if udsnit["udsnit"].startswith("Uden ") else set()
    samlet = uvaegtet(trykte, uden=uden)
    assert samlet.pct == Decimal(udsnit["trykt_pct"])
    assert samlet.antal == int(udsnit["antal_driftsherrer"])


@pytest.mark.regel("T92")
def test_uden_en_ad_gangen_2021_2023(trykte):
    uden = {et.driftsherre: et for et in uden_en_ad_gangen(trykte)}
    assert len(uden) == 11
    assert uden["Frederikshavn Kommune"].uvaegtet.pct == Decimal("-2.01")
    assert uden["Thisted Kommune"].uvaegtet.pct == Decimal("0.38")
    assert all(et.vaegtet is None for et in uden.values())


@pytest.mark.regel("T92")
def test_trinnet_viser_alle_elleve_led(trykte):
    (trin,) = uvaegtet(trykte).trin
    assert trin.indsat == "(−0,30 +7,13 +1,00 +2,95 −1,68 −2,46 −0,50 −16,71 −2,98 −0,50 +1,11) / 11"
    assert trin.resultat == "−1,18\u00a0%"


@pytest.mark.regel("T92", "T93")
def test_et_par_skrives_tilbage_til_det_gamle_aars_priser():
    parring = par_af([takst("a", "1000")], [takst("a", "1103.13")], satser=SATSER, priser=Priser.GAMMELT_AAR)
    (par,) = parring.par
    # 1.103,13 / (1,02 × 1,03) = 1.103,13 / 1,0506 = 1.050,00.
    assert (par.gammel_fast, par.ny_fast, par.pct) == (Decimal("1000.00"), Decimal("1050.00"), Decimal("5.00"))
    assert parring.prisaar == 2021
    assert [(trin.indsat, trin.resultat) for trin in par.trin] == [
        ("1.103,13\u00a0kr.", "1.050,00\u00a0kr."),
        ("(1.050,00 − 1.000,00) / 1.000,00", "+5,00\u00a0%"),
    ]


@pytest.mark.regel("T93")
def test_de_tre_prisgrundlag():
    gamle, nye = [takst("a", "1000")], [takst("a", "1103.13")]
    frem = par_af(gamle, nye, satser=SATSER, priser=Priser.NYT_AAR)
    assert (frem.prisaar, frem.par[0].gammel_fast, frem.par[0].pct) == (2023, Decimal("1050.60"), Decimal("5.00"))
    raa = par_af(gamle, nye)
    assert (raa.prisaar, raa.par[0].pct) == (None, Decimal("10.31"))


@pytest.mark.regel("T93")
def test_en_manglende_sats_gaettes_ikke():
    with pytest.raises(ManglendeSats, match="fra 2022 til 2023"):
        par_af([takst("a", "1000")], [takst("a", "1000")], satser=SATSER[:1], priser=Priser.GAMMELT_AAR)


@pytest.mark.regel("T92")
def test_nye_udgaaede_og_usammenlignelige_udelades_og_taelles():
    gamle = [takst("a", "100"), takst("b", "100"), takst("c", "100", enhed="dag"), takst("d", "0")]
    nye = [takst("a", "110"), takst("c", "100"), takst("d", "90"), takst("e", "100"), takst("f", "100")]
    parring = par_af(gamle, nye)
    assert [par.noegle for par in parring.par] == ["a"]
    assert {grund: parring.antal_udeladt(grund) for grund in Udeladt} == {
        Udeladt.NY: 2,
        Udeladt.UDGAAET: 1,
        Udeladt.ANDEN_ENHED: 1,
        Udeladt.UDEN_PRIS: 1,
    }


@pytest.mark.regel("T92")
def test_gennemsnit_vaegt_og_uden_en():
    gamle = [
        takst("a", "1000", vaegt=100),
        takst("b", "2000", vaegt=10),
        takst("c", "1000", vaegt=300, driftsherre="Thisted"),
        takst("d", "500", driftsherre="Thisted"),
    ]
    nye = [
        takst("a", "1100"),
        takst("b", "1900"),
        takst("c", "900", driftsherre="Thisted"),
        takst("d", "550", driftsherre="Thisted"),
    ]
    par = par_af(gamle, nye).par
    gennemsnit = gennemsnit_pr_driftsherre(par)
    # Aalborg (10 − 5) / 2 = 2,5; Thisted (−10 + 10) / 2 = 0; the mean of the two 1,25.
    assert [(et.driftsherre, et.pct, et.antal_par) for et in gennemsnit] == [
        ("Thisted", Decimal("0.00"), 2),
        ("Aalborg", Decimal("2.50"), 2),
    ]
    assert uvaegtet(gennemsnit).pct == Decimal("1.25")
    # New 110.000 + 19.000 + 270.000 = 399.000; old 100.000 + 20.000 + 300.000 = 420.000; 399 / 420 = 0,95.
    samlet = vaegtet(par)
    assert (samlet.pct, samlet.antal, samlet.udeladt) == (Decimal("-5.00"), 3, 1)
    assert samlet.trin[0].indsat == "399.000,00 / 420.000,00 − 1"
    uden_thisted = {et.driftsherre: et for et in uden_en_ad_gangen(gennemsnit, par)}["Thisted"]
    # 129 / 120 = 1,075.
    assert (uden_thisted.uvaegtet.pct, uden_thisted.vaegtet.pct) == (Decimal("2.50"), Decimal("7.50"))
    assert gennemsnit_pr_driftsherre(par, uden={"c"})[0].pct == Decimal("10.00")


def test_trinnet_viser_summen_hvor_der_er_for_mange_led():
    mange = [Gennemsnit.trykt(str(nummer), Decimal("1.50")) for nummer in range(21)]
    assert uvaegtet(mange[:20]).trin[0].indsat.count("+1,50") == 20
    assert uvaegtet(mange).trin[0].indsat == "(+31,50) / 21"


def test_ingen_tal_uden_par():
    assert gennemsnit_pr_driftsherre([]) == ()
    assert uvaegtet([]) is None
    assert vaegtet([]) is None
    assert uden_en_ad_gangen([Gennemsnit.trykt("Aalborg", Decimal(1))])[0].uvaegtet is None


@pytest.mark.parametrize(
    ("fejl", "kald"),
    [
        ("have the key a", lambda: par_af([takst("a", "1"), takst("a", "2")], [])),
        ("not after", lambda: dan_par([], [], fra_aar=2023, til_aar=2023)),
        ("negative", lambda: takst("a", "1", vaegt=-1)),
    ],
)
def test_forkerte_oplysninger_afvises(fejl, kald):
    with pytest.raises(ValueError, match=fejl):
        kald()


def test_maengde_er_kapacitet_gange_dage_gange_belaegning():
    assert maengde(Decimal(10), 365, Decimal(95)) == Decimal("3467.5")
    assert maengde(Decimal(2900), None, Decimal(95)) == Decimal(2755)


beloeb = st.decimals(min_value=1, max_value=10**5, places=2)
vaegte = st.decimals(min_value=0, max_value=10**4, places=1)
DRIFTSHERRER = ("Aalborg", "Hjørring", "Thisted")


@st.composite
def runder(draw):
    """A synthetic round of pairs, with or without weights."""
    antal = draw(st.integers(min_value=1, max_value=12))
    gamle, nye = [], []
    for nummer in range(antal):
        driftsherre = draw(st.sampled_from(DRIFTSHERRER))
        gamle.append(takst(str(nummer), draw(beloeb), driftsherre=driftsherre, vaegt=draw(st.none() | vaegte)))
        nye.append(takst(str(nummer), draw(beloeb), driftsherre=driftsherre))
    return gamle, nye


def tal(par):
    gennemsnit = gennemsnit_pr_driftsherre(par)
    return (
        [(et.driftsherre, et.praecis) for et in gennemsnit],
        uvaegtet(gennemsnit).pct,
        vaegtet(par) and vaegtet(par).pct,
    )


@pytest.mark.regel("T92")
@given(runder(), st.randoms(use_true_random=False))
def test_raekkefoelgen_aendrer_intet(runde, tilfaeldig):
    gamle, nye = runde
    par = par_af(gamle, nye).par
    forventet = tal(par)
    blandet = list(par)
    tilfaeldig.shuffle(blandet)
    tilfaeldig.shuffle(gamle)
    assert tal(blandet) == forventet
    assert par_af(gamle, nye).par == par


def med_vaegte(gamle, vaegt):
    return [takst(t.noegle, t.takst, driftsherre=t.driftsherre, vaegt=vaegt(t)) for t in gamle]


@pytest.mark.regel("T92")
@given(runder())
def test_ens_vaegte_er_forholdet_mellem_summerne(runde):
    gamle, nye = runde
    par = par_af(med_vaegte(gamle, lambda _: 7), nye).par
    forhold = (sum(t.takst for t in nye) / sum(t.takst for t in gamle) - 1) * 100
    assert abs(vaegtet(par).pct - forhold) <= Decimal("0.0051")


@pytest.mark.regel("T92")
@given(runder(), st.decimals(min_value=Decimal("0.1"), max_value=1000, places=1))
def test_at_gange_alle_vaegte_aendrer_intet(runde, faktor):
    gamle, nye = runde
    ganget = med_vaegte(gamle, lambda t: None if t.vaegt is None else t.vaegt * faktor)
    foer, efter = vaegtet(par_af(gamle, nye).par), vaegtet(par_af(ganget, nye).par)
    assert (foer and foer.pct) == (efter and efter.pct)


@pytest.mark.regel("T93")
@given(runder(), st.sampled_from([Priser.GAMMELT_AAR, Priser.NYT_AAR]))
def test_nul_regulering_er_de_raa_takster(runde, priser):
    nul = tuple(PlSats(fra_aar=aar, til_aar=aar + 1, pct=Decimal(0)) for aar in (2021, 2022))
    assert par_af(*runde, satser=nul, priser=priser).par == par_af(*runde).par


@pytest.mark.regel("T92")
@given(runder())
def test_hvert_tal_ligger_mellem_mindste_og_stoerste_aendring(runde):
    par = par_af(*runde).par
    mindst, stoerst = min(et.pct for et in par), max(et.pct for et in par)
    gennemsnit = gennemsnit_pr_driftsherre(par)
    assert all(mindst <= et.pct <= stoerst for et in gennemsnit)
    assert mindst <= uvaegtet(gennemsnit).pct <= stoerst
    assume(vaegtet(par))
    assert mindst <= vaegtet(par).pct <= stoerst
