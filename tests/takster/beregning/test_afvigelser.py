"""Tariffs far from comparable ones: quartiles by hand, limits, and the same answer whatever the order."""

import statistics
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takster.beregning.afvigelser import (
    Afstand,
    Sammenligningstakst,
    fraktil,
    median,
    sammenlign,
    sammenlign_med,
)


def takst(noegle, beloeb, *, lovgrundlag="SEL § 107", maalgruppe="Udviklingshæmning", enhed="doegn"):
    return Sammenligningstakst(
        noegle=noegle,
        navn=f"Tilbud {noegle}",
        lovgrundlag=lovgrundlag,
        maalgruppe=maalgruppe,
        enhed=enhed,
        takst=Decimal(beloeb),
    )


def afvigende(takster, **kwargs):
    return [s.takst.noegle for s in sammenlign(takster, **kwargs) if s.er_afvigende]


@pytest.mark.parametrize(
    ("vaerdier", "kvartiler"),
    [
        # Excel's KVARTIL.MEDTAG.
        (["1", "2", "3", "4"], ["1.75", "2.50", "3.25"]),
        (["1", "2", "3", "4", "5"], ["2.00", "3.00", "4.00"]),
        (["10", "20"], ["12.50", "15.00", "17.50"]),
        (["7"], ["7.00", "7.00", "7.00"]),
    ],
)
def test_kvartiler(vaerdier, kvartiler):
    sorteret = [Decimal(vaerdi) for vaerdi in vaerdier]
    assert [fraktil(sorteret, Fraction(n, 4)) for n in (1, 2, 3)] == [Fraction(kvartil) for kvartil in kvartiler]


def test_der_er_ingen_median_af_intet():
    with pytest.raises(ValueError, match="nothing"):
        median([])


@pytest.mark.regel("T15")
def test_en_takst_holdes_op_mod_de_andre_og_ikke_sig_selv():
    takster = [takst("a", "1000"), takst("b", "1100"), takst("c", "1200"), takst("d", "1400")]
    efter = {s.takst.noegle: s for s in sammenlign(takster)}
    # The others of d are 1.000, 1.100, 1.200: median 1.100; 300 / 1.100 = 27,3 %.
    assert (efter["d"].median, efter["d"].nedre_kvartil, efter["d"].oevre_kvartil) == (1100, 1050, 1150)
    assert (efter["d"].afvigelse_pct, efter["d"].er_afvigende) == (Decimal("27.3"), True)
    assert efter["d"].fund.tekst.replace("\u00a0", " ") == (
        "Taksten på 1.400,00 kr. ligger 27,3 % over medianen på 1.100,00 kr. for 3 sammenlignelige takster "
        "(SEL § 107, Udviklingshæmning). Se efter, om den er rigtig, eller skriv hvorfor"
    )
    # The others of a are 1.100, 1.200, 1.400: 200 / 1.200 = 16,7 %.
    assert (efter["a"].afvigelse_pct, efter["a"].fund) == (Decimal("-16.7"), None)
    assert efter["a"].trin[1].indsat == "(1.000,00 − 1.200,00) / 1.200,00"


@pytest.mark.regel("T15")
@pytest.mark.parametrize(
    ("beloeb", "flag"), [("125.00", False), ("125.01", True), ("75.00", False), ("74.99", True), ("100.00", False)]
)
def test_graensen_selv_er_ikke_over_graensen(beloeb, flag):
    andre = [takst(noegle, "100") for noegle in "abc"]
    assert ("x" in afvigende([*andre, takst("x", beloeb)])) is flag


def test_afstand_og_antal_er_parametre():
    takster = [takst("a", "100"), takst("b", "100"), takst("x", "111")]
    assert sammenlign(takster) == ()
    assert afvigende(takster, afstand=Afstand(pct=Decimal(10), mindst_andre=2)) == ["x"]
    assert sammenlign(takster[:1], afstand=Afstand(mindst_andre=0)) == ()


@pytest.mark.parametrize(
    "anden", [{"lovgrundlag": "SEL § 108"}, {"maalgruppe": "Autisme"}, {"enhed": "dag"}, {"maalgruppe": ""}]
)
def test_kun_samme_paragraf_maalgruppe_og_enhed_sammenlignes(anden):
    andre = [takst(noegle, "100") for noegle in "abcd"]
    assert "x" not in [s.takst.noegle for s in sammenlign([*andre, takst("x", "900", **anden)])]


def test_store_bogstaver_og_nul_kroner():
    andre = [takst(noegle, "100") for noegle in "abc"] + [takst("nul", "0")]
    fundne = sammenlign([*andre, takst("x", "900", maalgruppe=" udviklingshæmning ")])
    assert [s.takst.noegle for s in fundne] == ["a", "b", "c", "x"]
    assert fundne[-1].antal_andre == 3


priser = st.decimals(min_value=1, max_value=10**5, places=2)


@given(st.lists(priser, min_size=1, max_size=30))
def test_medianen_er_den_samme_som_bibliotekets(vaerdier):
    assert abs(median(vaerdier) - statistics.median(vaerdier)) <= Decimal("0.005")


@given(st.lists(priser, min_size=2, max_size=30))
def test_kvartiler_er_de_samme_som_bibliotekets(vaerdier):
    sorteret = sorted(vaerdier)
    egne = [fraktil(sorteret, Fraction(n, 4)) for n in (1, 2, 3)]
    bibliotekets = statistics.quantiles([Fraction(v) for v in sorteret], n=4, method="inclusive")
    assert egne == bibliotekets


@pytest.mark.regel("T15")
@given(st.lists(priser, min_size=4, max_size=12), st.randoms(use_true_random=False))
def test_raekkefoelgen_aendrer_intet(vaerdier, tilfaeldig):
    takster = [takst(f"{nummer:02}", vaerdi) for nummer, vaerdi in enumerate(vaerdier)]
    forventet = sammenlign(takster)
    tilfaeldig.shuffle(takster)
    assert sammenlign(takster) == forventet
    for s in forventet:
        assert s.nedre_kvartil <= s.median <= s.oevre_kvartil
        assert s.er_afvigende == (abs(s.takst.takst - s.median) * 100 > s.median * 25)


@pytest.mark.regel("T15")
def test_en_alene_faar_det_samme_som_alle_sammen():
    takster = [
        takst(navn, beloeb)
        for navn, beloeb in zip("abcdefg", ["900", "1000", "1100", "1400", "0", "900", "2000"], strict=True)
    ]
    takster += [takst("h", "100", enhed="dag"), takst("i", "100", maalgruppe=""), takst("j", "5", enhed="time")]
    alle = {s.takst.noegle: s for s in sammenlign(takster)}
    for nummer, en in enumerate(takster):
        assert sammenlign_med(en, takster[:nummer] + takster[nummer + 1 :]) == alle.get(en.noegle)
