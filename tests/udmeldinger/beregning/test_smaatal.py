"""Disclosure control: no count of one or two can be read or worked out."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from udmeldinger.beregning.erfaring import erfaringsandel
from udmeldinger.beregning.smaatal import Celle, Visning, visning

SUM = [("i_alt", ["a", "b"])]


def vis(graense=2, summer=(), godkendt=(), **antal):
    celler = [Celle(noegle, tal, noegle in godkendt) for noegle, tal in antal.items()]
    return {noegle: str(v) for noegle, v in visning(celler, graense=graense, summer=summer).items()}


@pytest.mark.parametrize(("antal", "ventet"), [(0, "vis"), (1, "baand"), (2, "baand"), (3, "vis"), (16, "vis")])
def test_graensen(antal, ventet):
    assert vis(a=antal) == {"a": ventet}


def test_dom_2017_kan_ikke_regnes_ud():
    """The real figures: 4 of type 1 and 1 transferred give 5 in all; 5 − 4 would tell the 1."""
    assert vis(summer=SUM, a=4, b=1, i_alt=5) == {"a": "skjul", "b": "baand", "i_alt": "vis"}


def test_dom_2019_har_intet_at_skjule():
    assert vis(summer=SUM, a=4, b=0, i_alt=4) == {"a": "vis", "b": "vis", "i_alt": "vis"}


def test_godkendt_lille_tal_vises():
    assert vis(summer=SUM, godkendt=("b",), a=4, b=1, i_alt=5) == {"a": "vis", "b": "vis", "i_alt": "vis"}


def test_uden_anden_del_at_skjule_skjules_summen():
    assert vis(summer=SUM, a=0, b=2, i_alt=2) == {"a": "vis", "b": "baand", "i_alt": "baand"}
    assert vis(summer=[("i_alt", ["b"])], godkendt=("i_alt",), b=2, i_alt=2) == {"b": "baand", "i_alt": "skjul"}


@given(
    dele=st.lists(st.integers(0, 12), min_size=1, max_size=5),
    graense=st.integers(2, 4),
    godkendte=st.sets(st.integers(0, 4)),
)
def test_ingen_skjult_del_er_alene_om_sin_rest(dele, graense, godkendte):
    """If the total is shown, a part below the limit is never the only one that is not."""
    celler = [Celle(str(i), antal, i in godkendte) for i, antal in enumerate(dele)]
    celler.append(Celle("i_alt", sum(dele), True))
    noegler = [str(i) for i in range(len(dele))]
    resultat = visning(celler, graense=graense, summer=[("i_alt", noegler)])
    for i, antal in enumerate(dele):
        if 1 <= antal <= graense and i not in godkendte:
            assert resultat[str(i)] is not Visning.VIS
    if resultat["i_alt"] is Visning.VIS:
        assert sum(resultat[noegle] is not Visning.VIS for noegle in noegler) != 1


@pytest.mark.parametrize(
    ("aarsvaerk", "erfarne", "ventet"),
    [("105.5", "49", 46), ("21", "12", 57), ("85", "70", 82), ("20", "12", 60), ("9", "5", 56), ("0", "0", None)],
)
def test_erfaringsandel(aarsvaerk, erfarne, ventet):
    """The shares of the reports; NBU is printed 55 but is 56."""
    assert erfaringsandel(Decimal(aarsvaerk), Decimal(erfarne)) == ventet


def test_ukendt_er_ukendt():
    assert erfaringsandel(None, Decimal(5)) is None
    assert erfaringsandel(Decimal(329), None) is None
