"""Subtraction attacks on generated tables: a reader with paper and patience finds no small count.

The reader here knows nothing of the solver the product uses: it tries every table that fits what is shown.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from udmeldinger.beregning.celler import Celle, Visning
from udmeldinger.beregning.smaatal import afsloerede, visning
from udmeldinger.beregning.udledning import Laeser

GRAENSE = 2
# Beyond what the generated tables hold, with room for a guess that is too high.
STOERST = 9


def krydstabel(inde: list[list[int]]) -> tuple[list[Celle], dict[str, list[str]]]:
    """Rows and columns with their totals, and the total of all in both directions."""
    raekker, soejler = len(inde), len(inde[0])
    antal = {f"{r}{s}": inde[r][s] for r in range(raekker) for s in range(soejler)}
    antal |= {f"{r}T": sum(inde[r]) for r in range(raekker)}
    antal |= {f"T{s}": sum(raekke[s] for raekke in inde) for s in range(soejler)}
    antal["TT"] = sum(map(sum, inde))
    summer = {f"{r}T": [f"{r}{s}" for s in range(soejler)] for r in range(raekker)}
    summer |= {f"T{s}": [f"{r}{s}" for r in range(raekker)] for s in range(soejler)}
    # The grand total is both: said once as the sum of the rows; the columns follow.
    summer["TT"] = [f"{r}T" for r in range(raekker)]
    return [Celle(noegle, tal) for noegle, tal in antal.items()], summer


def mulige(celler: list[Celle], vist: Mapping[str, Visning], summer: Mapping[str, list[str]]) -> dict[str, set[int]]:
    """Every value each count can have, by trying all tables that fit what is shown."""
    antal = {celle.noegle: celle.antal for celle in celler}

    def passer(noegle: str, vaerdi: int) -> bool:
        if vist[noegle] is Visning.VIS:
            return vaerdi == antal[noegle]
        if vist[noegle] is Visning.BAAND:
            return 1 <= vaerdi <= GRAENSE
        # A reader who knows the rules: only totals and what was small are hidden with a small count in them.
        return noegle in summer or 1 <= antal[noegle] <= GRAENSE or vaerdi == 0 or vaerdi > GRAENSE

    inderst = [noegle for noegle in antal if noegle not in summer]
    spand = [[v for v in range(STOERST + 1) if passer(noegle, v)] for noegle in inderst]
    assume(math.prod(map(len, spand)) <= 8_000)
    fundne: dict[str, set[int]] = {noegle: set() for noegle in antal}
    for forsoeg in itertools.product(*spand):
        tabel = dict(zip(inderst, forsoeg, strict=True))
        rest = dict(summer)
        while rest:
            klar = next(i_alt for i_alt, dele in rest.items() if all(d in tabel for d in dele))
            tabel[klar] = sum(tabel[d] for d in rest.pop(klar))
        if all(passer(noegle, tabel[noegle]) for noegle in summer):
            for noegle, vaerdi in tabel.items():
                fundne[noegle].add(vaerdi)
    return fundne


def tabeller(raekker: int, soejler: int, hoejst: int = 5) -> st.SearchStrategy[list[list[int]]]:
    raekke = st.lists(st.integers(0, hoejst), min_size=soejler, max_size=soejler)
    return st.lists(raekke, min_size=raekker, max_size=raekker)


@pytest.mark.parametrize(("raekker", "soejler"), [(1, 2), (1, 4), (2, 2), (2, 3)])
def test_ingen_kan_traekke_sig_til_et_lille_tal(raekker, soejler):
    @settings(max_examples=60)
    @given(tabeller(raekker, soejler))
    def proev(inde):
        celler, summer = krydstabel(inde)
        vist = visning(celler, graense=GRAENSE, summer=summer.items())
        fundne = mulige(celler, vist, summer)
        for celle in celler:
            if 1 <= celle.antal <= GRAENSE:
                assert fundne[celle.noegle] >= {1, 2}, (vist, fundne)

    proev()


@given(tabeller(2, 2))
def test_laeseren_ved_det_samme_som_en_der_proever_alt(inde):
    """The solver's least and greatest value are those of all tables tried, up to the ceiling of the trial."""
    celler, summer = krydstabel(inde)
    vist = visning(celler, graense=GRAENSE, summer=summer.items())
    fundne = mulige(celler, vist, summer)
    laeser = Laeser(celler, summer.items(), graense=GRAENSE)
    for celle in celler:
        laeser.ser(celle.noegle, vist[celle.noegle])
    for celle in celler:
        mindst, hoejst = laeser.spaend(celle.noegle)
        assert mindst == min(fundne[celle.noegle])
        assert hoejst == max(fundne[celle.noegle]) or hoejst > STOERST


@given(tabeller(2, 2))
def test_et_angreb_paa_en_tabel_uden_vaern_lykkes(inde):
    """The attack itself works: with every total shown, a lone small count is found by subtraction."""
    celler, summer = krydstabel(inde)
    smaa = [celle for celle in celler if 1 <= celle.antal <= GRAENSE and celle.noegle not in summer]
    assume(len(smaa) == 1)
    vist = {celle.noegle: Visning.BAAND if celle is smaa[0] else Visning.VIS for celle in celler}
    assert afsloerede(celler, vist, graense=GRAENSE, summer=summer.items())
    assert mulige(celler, vist, summer)[smaa[0].noegle] == {smaa[0].antal}


@settings(max_examples=40)
@given(tabeller(2, 3))
def test_to_dokumenter_siger_tilsammen_intet_mere(inde):
    """First the totals of the rows are printed, later the whole table: the second hides what the first would tell."""
    celler, summer = krydstabel(inde)
    foerst = [celle for celle in celler if celle.noegle in {"0T", "1T", "TT"}]
    trykt = visning(foerst, graense=GRAENSE, summer=[("TT", ["0T", "1T"])])

    vist = visning(celler, graense=GRAENSE, summer=summer.items(), foer=trykt)

    assert {noegle: vist[noegle] for noegle in trykt} == trykt
    fundne = mulige(celler, vist, summer)
    for celle in celler:
        if 1 <= celle.antal <= GRAENSE:
            assert fundne[celle.noegle] >= {1, 2}, (trykt, vist, fundne)


def test_det_der_er_trykt_kan_ikke_tages_tilbage():
    """A total of 1 printed long ago tells its part; the secretariat is told instead of being promised anything."""
    celler = [Celle("a", 0), Celle("b", 1), Celle("t", 1)]
    summer = {"t": ["a", "b"]}
    vist = visning(celler, graense=GRAENSE, summer=summer.items(), foer={"t": Visning.VIS, "a": Visning.VIS})
    assert vist == {"a": Visning.VIS, "b": Visning.SKJUL, "t": Visning.VIS}
    assert afsloerede(celler, vist, graense=GRAENSE, summer=summer.items()) == ["b", "t"]


def test_aar_og_periode_haenger_sammen():
    """8, 1 and 6 in three years and 15 in the period: another year is hidden with the one."""
    celler = [Celle("2017", 8), Celle("2018", 1), Celle("2019", 6), Celle("2017-2019", 15)]
    summer = {"2017-2019": ["2017", "2018", "2019"]}
    vist = visning(celler, graense=GRAENSE, summer=summer.items())
    assert {noegle: str(v) for noegle, v in vist.items()} == {
        "2017": "vis",
        "2018": "baand",
        "2019": "skjul",
        "2017-2019": "vis",
    }


def test_kun_det_noedvendige_skjules():
    """A table without small counts stands as it is; so does one whose small counts hide each other."""
    celler, summer = krydstabel([[4, 7, 3], [9, 5, 6]])
    assert set(visning(celler, graense=GRAENSE, summer=summer.items()).values()) == {Visning.VIS}
    celler, summer = krydstabel([[1, 2, 7], [2, 1, 5]])
    vist = visning(celler, graense=GRAENSE, summer=summer.items())
    assert [n for n, v in vist.items() if v is Visning.SKJUL] == []


def test_elleve_kommuner_og_fem_aldre():
    """The size of a real table: every municipality, five ages, both totals; nothing is told."""
    inde = [[(7 * r + 3 * s * r + s) % 6 for s in range(5)] for r in range(11)]
    celler, summer = krydstabel(inde)
    vist = visning(celler, graense=3, summer=summer.items())
    assert afsloerede(celler, vist, graense=3, summer=summer.items()) == []
    assert Visning.VIS in vist.values()


def test_graense_paa_en_er_intet_vaern():
    with pytest.raises(ValueError, match="two numbers"):
        visning([Celle("a", 1)], graense=1)
