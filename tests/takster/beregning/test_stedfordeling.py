"""Cost places: nothing is lost, the order of rows makes no difference, and what is left or misplaced is found."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takster.beregning.koder import Grad, Noeglegrundlag, Stedtype
from takster.beregning.omkostningssteder import Bogfoert, Fordelingsnoegle, Fordelingsregel, Omkostningssted
from takster.beregning.stedfordeling import fordel_omkostninger
from takster.beregning.trin import Beregningsfejl


def endelig(kode, **felter):
    return Omkostningssted(
        kode=kode, navn=f"Ydelse {kode}", type=Stedtype.ENDELIG, **({"ydelse": f"ydelse-{kode}"} | felter)
    )


def midlertidig(kode, **felter):
    return Omkostningssted(kode=kode, navn=f"Fælles {kode}", type=Stedtype.MIDLERTIDIG, **felter)


def ekstern(kode, **felter):
    return Omkostningssted(kode=kode, navn=f"Myndighed {kode}", type=Stedtype.EKSTERN, **felter)


def bogfoert(sted, beloeb, post="C20"):
    return Bogfoert(sted=sted, post=post, beloeb=Decimal(str(beloeb)))


def noegle(kode, grundlag=Noeglegrundlag.PLADSER, **maengder):
    return Fordelingsnoegle(
        kode=kode,
        navn=f"nøgle {kode}",
        grundlag=grundlag,
        maengder={sted: Decimal(str(maengde)) for sted, maengde in maengder.items()},
    )


def fra(sted, nogle_kode, post=""):
    return Fordelingsregel(fra=sted, noegle=nogle_kode, post=post)


def koder(resultat):
    return [(fund.kode, fund.felt) for fund in resultat.fund]


STEDER = [endelig("a"), endelig("b"), ekstern("x"), midlertidig("ledelse"), midlertidig("bygning")]


@pytest.mark.regel("T56", "T57")
def test_trin_for_trin_regnet_i_haanden():
    """The management takes a tenth of the building, and is then shared out with what it got."""
    resultat = fordel_omkostninger(
        STEDER,
        [bogfoert("a", 1_000_000, "A20"), bogfoert("bygning", 200_000, "E10"), bogfoert("ledelse", 300_000)],
        [
            noegle("m2", Noeglegrundlag.KVADRATMETER, a=600, b=300, ledelse=100),
            noegle("tid", Noeglegrundlag.ANDEL, a="0.5", b="0.3", x="0.2"),
        ],
        [fra("bygning", "m2"), fra("ledelse", "tid")],
    )
    assert resultat.fund == ()
    assert resultat.endelige == {
        "a": {"A20": 1_000_000, "C20": 150_000, "E10": 130_000},
        "b": {"C20": 90_000, "E10": 66_000},
    }
    assert resultat.eksterne == {"x": {"C20": 60_000, "E10": 4_000}}
    assert (resultat.rest, resultat.rest_i_alt) == ({}, 0)
    assert [(trin.navn, trin.resultat) for trin in resultat.trin] == [
        ("Fælles bygning til Ydelse a", "120.000,00\u00a0kr."),
        ("Fælles bygning til Ydelse b", "60.000,00\u00a0kr."),
        ("Fælles bygning til Fælles ledelse", "20.000,00\u00a0kr."),
        ("Fælles ledelse til Ydelse a", "160.000,00\u00a0kr."),
        ("Fælles ledelse til Ydelse b", "96.000,00\u00a0kr."),
        ("Fælles ledelse til Myndighed x", "64.000,00\u00a0kr."),
        ("Afstemning", "1.500.000,00\u00a0kr."),
    ]
    assert resultat.trin[0].indsat == "200.000,00 × 600 / 1.000"


@pytest.mark.regel("T57")
def test_tredjedele_giver_hele_beloebet():
    resultat = fordel_omkostninger(
        [endelig("a"), endelig("b"), endelig("c"), midlertidig("m")],
        [bogfoert("m", 100)],
        [noegle("lige", a=1, b=1, c=1)],
        [fra("m", "lige")],
    )
    assert [poster["C20"] for poster in resultat.endelige.values()] == [
        Decimal("33.34"),
        Decimal("33.33"),
        Decimal("33.33"),
    ]


@pytest.mark.regel("T57")
def test_en_linje_kan_have_sin_egen_noegle():
    resultat = fordel_omkostninger(
        STEDER,
        [bogfoert("ledelse", 100), bogfoert("ledelse", 100, "E50"), bogfoert("ledelse", -50, "G10")],
        [noegle("kun_a", a=1), noegle("kun_b", b=1)],
        [fra("ledelse", "kun_a"), fra("ledelse", "kun_b", "E50")],
    )
    assert resultat.endelige == {"a": {"C20": 100, "G10": -50}, "b": {"E50": 100}}


@pytest.mark.regel("T57")
@pytest.mark.parametrize(
    ("fejlnoegle", "kode"),
    [
        (noegle("n", Noeglegrundlag.ANDEL, a="0.5", b="0.4"), "noegle_giver_ikke_een"),
        (noegle("n", Noeglegrundlag.ANDEL, a="0.5", b="0.500001"), "noegle_giver_ikke_een"),
        (noegle("n", a=0), "noegle_tom"),
        (noegle("n"), "noegle_tom"),
        (noegle("n", a=3, b=-1), "noegle_negativ"),
        (noegle("n", a=1, q=1), "noegle_til_ukendt_sted"),
        (noegle("n", "gaet", a=1), "noegle_uden_grundlag"),
    ],
)
def test_en_fejl_i_noeglen_lader_beloebet_staa(fejlnoegle, kode):
    resultat = fordel_omkostninger(STEDER, [bogfoert("ledelse", 100)], [fejlnoegle], [fra("ledelse", "n")])
    assert koder(resultat) == [(kode, "n"), ("rest_paa_midlertidigt_sted", "ledelse")]
    assert {fund.grad for fund in resultat.fund} == {Grad.FEJL}
    assert resultat.rest == {"ledelse": {"C20": 100}}
    assert not resultat.flytninger


@pytest.mark.regel("T56")
def test_resten_findes_linje_for_linje():
    resultat = fordel_omkostninger(STEDER, [bogfoert("ledelse", 5), bogfoert("ledelse", -5, "G10")], [], [])
    assert koder(resultat) == [("rest_paa_midlertidigt_sted", "ledelse")]
    assert resultat.rest_i_alt == 0
    assert "C20, G10" in resultat.fund[0].tekst


@pytest.mark.regel("T56")
@pytest.mark.parametrize(
    ("noegler", "ring"),
    [
        ([noegle("l", a=1, bygning=1), noegle("g", a=1, ledelse=1)], "Fælles bygning, Fælles ledelse"),
        ([noegle("l", a=1, ledelse=1), noegle("g", ledelse=1)], "Fælles ledelse"),
    ],
)
def test_en_ring_afvises(noegler, ring):
    resultat = fordel_omkostninger(
        STEDER, [bogfoert("ledelse", 100)], noegler, [fra("ledelse", "l"), fra("bygning", "g")]
    )
    assert [fund.kode for fund in resultat.fund] == ["fordeling_i_ring", "rest_paa_midlertidigt_sted"]
    assert resultat.fund[0].tekst.startswith(f"Stederne fordeler til hinanden i ring: {ring}.")
    assert resultat.rest == {"ledelse": {"C20": 100}}


@pytest.mark.regel("T56", "T57")
@pytest.mark.parametrize(
    ("poster", "regler", "ventet"),
    [
        ([bogfoert("q", 1)], [], [("ukendt_sted", "q")]),
        ([bogfoert("a", 1, "Z99")], [], [("ukendt_post", "a")]),
        ([], [fra("a", "n")], [("fordeling_af_andet", "a")]),
        ([], [fra("q", "n")], [("fordeling_af_andet", "q")]),
        ([], [fra("ledelse", "m")], [("noegle_findes_ikke", "ledelse")]),
    ],
)
def test_henvisninger_til_det_der_ikke_findes(poster, regler, ventet):
    assert koder(fordel_omkostninger(STEDER, poster, [noegle("n", a=1)], regler)) == ventet


@pytest.mark.regel("T56")
def test_eet_endeligt_sted_pr_hovedydelse():
    steder = [endelig("a"), endelig("b", ydelse="ydelse-a"), endelig("c", ydelse="")]
    assert koder(fordel_omkostninger(steder, [], [], [])) == [("ydelse_gentaget", "b"), ("ydelse_mangler", "c")]


@pytest.mark.regel("T58")
@pytest.mark.parametrize(
    ("steder", "noeglen", "ventet"),
    [
        ([endelig("a", er_myndighed=True)], None, [("myndighed_i_taksten", "a")]),
        ([endelig("a"), midlertidig("m", er_myndighed=True)], {"a": 1}, [("myndighed_i_taksten", "m")]),
        ([ekstern("x"), midlertidig("m", er_myndighed=True)], {"x": 1}, []),
        ([ekstern("x", er_myndighed=True)], None, []),
        ([endelig("a"), midlertidig("m", betjener_myndighed=True)], {"a": 1}, [("indirekte_andel_mangler", "m")]),
        ([endelig("a"), ekstern("x"), midlertidig("m", betjener_myndighed=True)], {"a": 9, "x": 1}, []),
    ],
)
def test_myndighedsopgaver_holdes_ude(steder, noeglen, ventet):
    noegler = [noegle("n", **noeglen)] if noeglen else []
    regler = [fra("m", "n")] if noeglen else []
    resultat = fordel_omkostninger(steder, [bogfoert(steder[-1].kode, 10)], noegler, regler)
    assert koder(resultat) == ventet
    assert {fund.grad for fund in resultat.fund} <= {Grad.ADVARSEL}


def test_brug_af_samme_kode_to_gange():
    with pytest.raises(ValueError, match="twice"):
        fordel_omkostninger([endelig("a"), ekstern("a")], [], [], [])
    with pytest.raises(ValueError, match="Two rules"):
        fordel_omkostninger(STEDER, [], [], [fra("ledelse", "n"), fra("ledelse", "m")])


def test_dele_af_en_oere_afvises():
    with pytest.raises(Beregningsfejl) as fejl:
        fordel_omkostninger(STEDER, [bogfoert("a", "0.005")], [], [])
    assert fejl.value.felt == "a"


KODER = ["a", "b", "x", "m1", "m2", "m3", "m4"]
ALLE = [endelig("a"), endelig("b"), ekstern("x"), *(midlertidig(kode) for kode in KODER[3:])]
BELOEB = st.decimals(min_value="-1e7", max_value="1e7", places=2)
POSTER = st.lists(
    st.builds(bogfoert, st.sampled_from([*KODER, "ukendt"]), BELOEB, st.sampled_from(["A20", "C20", "G10", "Z99"])),
    max_size=12,
)
NOEGLER = st.lists(
    st.dictionaries(st.sampled_from(KODER), st.decimals(min_value=0, max_value=100, places=2), max_size=4),
    min_size=4,
    max_size=4,
)
VALG = st.dictionaries(
    st.tuples(st.sampled_from(KODER), st.sampled_from(["", "C20"])), st.sampled_from(["n0", "n1", "n2", "n3"])
)


@pytest.mark.regel("T56", "T57")
@given(poster=POSTER, maengder=NOEGLER, valg=VALG, tal=st.randoms())
def test_intet_forsvinder_og_raekkefoelgen_er_ligegyldig(poster, maengder, valg, tal):
    steder = list(ALLE)
    noegler = [noegle(f"n{nr}", **maengde) for nr, maengde in enumerate(maengder)]
    regler = [fra(sted, kode, post) for (sted, post), kode in valg.items()]
    resultat = fordel_omkostninger(steder, poster, noegler, regler)
    for post in {"A20", "C20", "G10", "Z99"}:
        delt = sum(
            beloeb.get(post, 0)
            for del_ in (resultat.endelige, resultat.eksterne, resultat.rest)
            for beloeb in del_.values()
        )
        assert delt == sum(bogfoert_.beloeb for bogfoert_ in poster if bogfoert_.post == post)
    assert set(resultat.endelige) <= {"a", "b"}
    assert bool(resultat.rest) == any(
        fund.kode in {"rest_paa_midlertidigt_sted", "ukendt_sted"} for fund in resultat.fund
    )
    for liste in (steder, poster, noegler, regler):
        tal.shuffle(liste)
    noegler = [replace(n, maengder=dict(reversed(n.maengder.items()))) for n in noegler]
    assert fordel_omkostninger(steder, poster, noegler, regler) == resultat
