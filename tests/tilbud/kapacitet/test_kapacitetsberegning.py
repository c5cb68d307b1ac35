"""Totals, shares and changes of stated capacity; pure, with the printed figures as golden numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from socialaftale.kerne.penge import afrund
from tilbud.beregning.kapacitet import (
    Aendring,
    Kommunetal,
    Opgoerelse,
    Pladstal,
    Serie,
    Sumafvigelse,
    Udvikling,
    i_alt,
    sumafvigelser,
    udvikling_til,
)


def opgoerelse(periode: str, aar: int, **pladser: tuple[int, int, int]) -> Opgoerelse:
    kommuner = tuple(Kommunetal(slug, slug.capitalize(), "", Pladstal(*tal)) for slug, tal in pladser.items())
    return Opgoerelse(id=1, periode=periode, aar=aar, kilde="Kilden", kommuner=kommuner)


@pytest.mark.parametrize(
    ("pladser", "samlet", "andel_pct"),
    [
        (Pladstal(4876, 3152, 2421), 10449, "23.2"),
        (Pladstal(4392, 2888, 2080), 9360, "22.2"),
        # The draft of June 2020, with the 25 % it printed.
        (Pladstal(3956, 2651, 2205), 8812, "25.0"),
    ],
)
def test_andel_af_alle_pladser(pladser, samlet, andel_pct):
    assert pladser.i_alt == samlet
    assert afrund(pladser.andel_pct, 1) == Decimal(andel_pct)


def test_andelen_er_ikke_afrundet():
    assert Pladstal(4876, 3152, 2421).andel * 10449 == pytest.approx(Decimal(2421), abs=Decimal("1e-20"))


def test_uden_pladser_er_andelen_ukendt():
    assert Pladstal(0, 0, 0).andel is None
    assert Pladstal(25, 0, 0).andel == 0


def test_sum_serie_for_serie():
    assert i_alt([Pladstal(1, 2, 3), Pladstal(10, 20, 30)]) == Pladstal(11, 22, 33)
    assert i_alt([]) == Pladstal(0, 0, 0)


def test_kun_serier_med_forskel_er_afvigelser():
    assert sumafvigelser(Pladstal(1, 2, 3), Pladstal(1, 2, 3)) == []
    assert sumafvigelser(Pladstal(1, 2, 3), Pladstal(1, 5, 3)) == [Sumafvigelse(Serie.PRIVATE, 2, 5)]


@pytest.mark.parametrize(
    ("foer", "nu", "absolut", "pct"),
    [(2080, 2421, 341, "16.4"), (300, 266, -34, "-11.3"), (52, 52, 0, "0.0"), (0, 5, 5, None), (None, 5, None, None)],
)
def test_aendring(foer, nu, absolut, pct):
    aendring = Aendring(foer, nu)
    assert aendring.absolut == absolut
    assert (None if aendring.pct is None else str(afrund(aendring.pct, 1))) == pct


def test_udvikling_sammenligner_med_naermeste_tidligere_periode():
    gammel = opgoerelse("2019-2020", 2018, nord=(1, 1, 1))
    foer = opgoerelse("2021-2022", 2020, nord=(5, 5, 10), syd=(1, 1, 4))
    nu = opgoerelse("2023-2024", 2022, nord=(5, 5, 15), vest=(1, 1, 2))
    udvikling = udvikling_til(nu, [nu, gammel, foer])
    assert udvikling == Udvikling(foer, nu)
    assert udvikling_til(gammel, [nu, gammel, foer]) is None
    assert udvikling.serie(Serie.SOCIALAFTALE) == Aendring(14, 17)
    assert udvikling.i_alt == Aendring(26, 29)
    assert [(kommune.slug, kommune.aendring) for kommune in udvikling.kommuner] == [
        ("nord", Aendring(10, 15)),
        # Named by one of them only: unknown in the other, never 0.
        ("vest", Aendring(None, 2)),
        ("syd", Aendring(4, None)),
    ]


def test_aendring_af_andelen_i_procentpoint():
    udvikling = Udvikling(opgoerelse("1", 1, nord=(3, 0, 1)), opgoerelse("2", 2, nord=(2, 0, 2)))
    assert udvikling.procentpoint == 25


def test_rangliste_beholder_raekkefoelgen_ved_lige_mange():
    tal = opgoerelse("2023-2024", 2022, a=(0, 0, 5), b=(0, 0, 9), c=(0, 0, 5))
    assert [kommune.slug for kommune in tal.rangliste(Serie.SOCIALAFTALE)] == ["b", "a", "c"]
