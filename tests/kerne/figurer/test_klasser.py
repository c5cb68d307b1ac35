"""Classes of a map: every value in exactly one, none empty, round limits, Danish labels."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialaftale.kerne.figurer import Klasser, klassegraenser, klassesignatur
from socialaftale.kerne.penge import afrund

HARDT = "\u00a0"
HELTAL = st.lists(st.one_of(st.none(), st.integers(0, 100_000)), min_size=1, max_size=40)
PROCENTER = st.lists(st.decimals(min_value=-50, max_value=150, places=2), min_size=1, max_size=30)
ANTAL = st.integers(1, 6)


def kontroller(vaerdier, klasser: Klasser, antal: int, decimaler: int) -> None:
    viste = {afrund(v, decimaler) for v in vaerdier if v is not None}
    assert klasser.antal == max(1, min(antal, len(viste)))
    assert list(klasser.graenser) == sorted(set(klasser.graenser))
    assert {klasser.klasse(v) for v in viste} == (set(range(klasser.antal)) if viste else set())
    assert len(klasser.etiketter()) == len(set(klasser.etiketter())) == len(klasser.farver) == klasser.antal
    for vaerdi in viste:
        nummer = klasser.klasse(vaerdi)
        assert nummer == 0 or klasser.graenser[nummer - 1] <= vaerdi
        assert nummer == klasser.antal - 1 or vaerdi < klasser.graenser[nummer]


@given(vaerdier=HELTAL, antal=ANTAL)
def test_whole_numbers_each_in_one_class_and_no_class_empty(vaerdier, antal):
    kontroller(vaerdier, klassegraenser(vaerdier, antal), antal, 0)


@given(vaerdier=PROCENTER, antal=ANTAL)
def test_decimals_are_classed_as_they_are_shown(vaerdier, antal):
    kontroller(vaerdier, klassegraenser(vaerdier, antal, decimaler=1), antal, 1)


@given(vaerdier=HELTAL, antal=ANTAL, data=st.data())
def test_order_does_not_matter(vaerdier, antal, data):
    blandet = data.draw(st.permutations(vaerdier))
    assert klassegraenser(vaerdier, antal) == klassegraenser(blandet, antal)


def test_the_regions_places_get_round_classes(pladser):
    klasser = klassegraenser(pladser.values())
    assert klasser.etiketter() == ("Under 100", "100–199", "200–499", "500 eller mere")


def test_thousands_and_one_value_far_above_the_rest():
    klasser = klassegraenser([25, 422, 547, 642, 838, 899, 924, 974, 1036, 1063, 3079], 5)
    assert klasser.etiketter() == ("Under 500", "500–699", "700–999", "1.000–1.999", "2.000 eller mere")


def test_percentages():
    vaerdier = [
        Decimal(t) for t in ["96.3", "93.1", "93.3", "96.7", "85.7", "97.2", "95.7", "94.4", "92.3", "94.9", "94.5"]
    ]
    klasser = klassegraenser(vaerdier, 3, decimaler=1, enhed="%")
    assert all(graense % Decimal("0.5") == 0 for graense in klasser.graenser)
    assert klasser.vis(Decimal("96.25")) == f"96,3{HARDT}%"


def test_labels_of_given_limits():
    klasser = Klasser(graenser=(Decimal(90), Decimal(95), Decimal(98)), decimaler=1, enhed="%")
    assert klasser.etiketter() == (
        f"Under 90,0{HARDT}%",
        f"90,0–94,9{HARDT}%",
        f"95,0–97,9{HARDT}%",
        f"98,0{HARDT}% eller mere",
    )
    assert [klasser.klasse(Decimal(v)) for v in ("89.94", "89.95", "94.96", "98", "100")] == [0, 1, 2, 3, 3]


def test_labels_of_single_numbers_and_negative_ones():
    assert Klasser(graenser=(Decimal(1), Decimal(2))).etiketter() == ("Under 1", "1", "2 eller mere")
    assert Klasser(graenser=(Decimal(-5), Decimal(0))).etiketter() == ("Under −5", "−5 til −1", "0 eller mere")


@pytest.mark.parametrize("vaerdier", [[], [None, None], [7], [7, 7, None]])
def test_too_little_for_classes_is_one_class(vaerdier):
    assert klassegraenser(vaerdier).etiketter() == ("Alle oplyste",)


def test_impossible_classes_are_refused():
    with pytest.raises(ValueError, match="ascend"):
        Klasser(graenser=(Decimal(5), Decimal(5)))
    with pytest.raises(ValueError, match="decimals"):
        Klasser(graenser=(Decimal("5.5"),))
    with pytest.raises(ValueError, match="At most"):
        Klasser(graenser=tuple(Decimal(i) for i in range(6)))
    for antal in (0, 7):
        with pytest.raises(ValueError, match="classes"):
            klassegraenser([1, 2], antal)


def test_key_of_a_map(pladser):
    klasser = klassegraenser(pladser.values())
    poster = klassesignatur(klasser, id_praefiks="k", med_ukendt=True)
    assert [post.navn for post in poster] == [*klasser.etiketter(), "Ikke oplyst"]
    for post, farve in zip(poster, klasser.farver, strict=False):
        assert f'fill="{farve}"' in post.svg
    assert len(klassesignatur(klasser, id_praefiks="k")) == klasser.antal
