"""The contents are gathered from the headings, which get anchors."""

import lxml.html
import pytest

from socialaftale.kerne.pdf.indhold import anker, saml_indhold


@pytest.mark.parametrize(
    ("titel", "forventet"),
    [
        ("Aftalens formål", "aftalens-formaal"),
        ("Ændringer i § 107", "aendringer-i-107"),
        ("Lands- og landsdelsdækkende", "lands-og-landsdelsdaekkende"),
        ("Café é", "cafe-e"),
        ("§", "afsnit"),
    ],
)
def test_anchors_are_made_of_the_title(titel: str, forventet: str) -> None:
    assert anker(titel) == forventet


def test_an_anchor_in_use_is_not_taken_again() -> None:
    assert anker("A", {"a", "a-2"}) == "a-3"


def test_headings_become_entries_in_two_levels() -> None:
    krop, punkter = saml_indhold("<h1>Et</h1><h2>Et A</h2><h3>Dybt</h3><h1>To</h1><h2>Et A</h2>")
    assert [(punkt.titel, punkt.anker) for punkt in punkter] == [("Et", "et"), ("To", "to")]
    assert [barn.anker for barn in punkter[0].boern] == ["et-a"]
    assert [barn.anker for barn in punkter[1].boern] == ["et-a-2"]
    rod = lxml.html.fragment_fromstring(krop, create_parent="div")
    assert rod.xpath("//@id") == ["et", "et-a", "to", "et-a-2"]


def test_headings_of_boxes_figures_and_cells_are_no_entries() -> None:
    krop, punkter = saml_indhold(
        "<h1>Et</h1><aside><h2>Boks</h2></aside><table><tr><td><h2>Celle</h2></td></tr></table><h2>Afsnit</h2>"
    )
    assert [barn.titel for barn in punkter[0].boern] == ["Afsnit"]
    assert 'id="boks"' not in krop


def test_given_anchors_and_the_rest_of_the_body_are_kept() -> None:
    krop, punkter = saml_indhold('Før <h1 id="x">A <em>b</em></h1> <p>æ &lt; ø</p> efter')
    assert krop == 'Før <h1 id="x">A <em>b</em></h1> <p>æ &lt; ø</p> efter'
    assert (punkter[0].titel, punkter[0].anker) == ("A b", "x")


def test_a_section_before_the_first_chapter_stands_at_the_top() -> None:
    _, punkter = saml_indhold("<h2>Løst</h2><h1>A</h1>")
    assert [punkt.titel for punkt in punkter] == ["Løst", "A"]
