"""Disclosure control: what is shown must not pin a hidden count."""

from __future__ import annotations

import itertools

import pytest

from udmeldinger.beregning.smaatal import Celle, Visning, visning

pytestmark = pytest.mark.kun_sqlite("the page is made in Python; the permission walk runs its queries on PostgreSQL")

GRAENSE = 2


def _mulige(celler: list[Celle], vist: dict[str, Visning], dele: list[str]) -> dict[str, set[int]]:
    """Every value a reader who can add could give each hidden part, from what is shown."""
    spand = {}
    for celle in celler:
        regel = vist[celle.noegle]
        if regel is Visning.VIS:
            spand[celle.noegle] = [celle.antal]
        elif regel is Visning.BAAND:
            spand[celle.noegle] = list(range(1, GRAENSE + 1))
        else:
            spand[celle.noegle] = list(range(31))
    fundne: dict[str, set[int]] = {navn: set() for navn in spand}
    for kombination in itertools.product(*(spand[navn] for navn in dele)):
        i_alt = sum(kombination)
        if i_alt in spand["t"]:
            for navn, vaerdi in zip(dele, kombination, strict=True):
                fundne[navn].add(vaerdi)
            fundne["t"].add(i_alt)
    return fundne


@pytest.mark.parametrize(
    "tal", list(itertools.product(range(5), repeat=2)) + list(itertools.product(range(4), repeat=3))
)
def test_et_skjult_lille_tal_kan_ikke_regnes_ud(tal):
    dele = [f"d{nummer}" for nummer in range(len(tal))]
    celler = [Celle("t", sum(tal)), *(Celle(navn, antal) for navn, antal in zip(dele, tal, strict=True))]

    vist = visning(celler, graense=GRAENSE, summer=[("t", dele)])

    mulige = _mulige(celler, vist, dele)
    afsloerede = [c for c in celler if 1 <= c.antal <= GRAENSE and len(mulige[c.noegle]) == 1]
    assert not afsloerede, f"{tal}: {vist} giver {mulige}"
