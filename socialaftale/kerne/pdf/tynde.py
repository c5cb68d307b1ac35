"""Finds chapters that end with a few lines on a page of their own, so that they can be set a little tighter.

A chapter begins on a new page (``.kapitel``). When its last page would hold next to nothing, the whole document is
laid out once more with that chapter marked ``.stram``; the second layout is used when it saves a page.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure import boxes

KAPITEL = "kapitel"
STRAM = "stram"
# A page filled less than this is almost empty.
NAESTEN_TOM = 0.2


def _klasser(element: Element | None) -> list[str]:
    return [] if element is None else (element.get("class") or "").split()


def kapitler(rod: Element) -> list[Element]:
    """The chapters of a document in order."""
    return [element for element in rod.iter() if KAPITEL in _klasser(element)]


def fyldning(side: Any) -> float:
    """How far down the page its text and pictures reach, 0 to 1; notes and margins do not count."""
    kasse = side._page_box
    bund = max(
        (
            boks.position_y + boks.height
            for boks in kasse.children[0].descendants()
            if isinstance(boks, boxes.LineBox | boxes.ReplacedBox)
        ),
        default=kasse.content_box_y(),
    )
    return (bund - kasse.content_box_y()) / kasse.height


def _paa_siden(side: Any) -> list[Element]:
    """The chapters that stand on a page."""
    fundne: dict[Element, None] = {}
    for boks in side._page_box.children[0].descendants():
        if KAPITEL in _klasser(boks.element):
            fundne[boks.element] = None
    return list(fundne)


def tynde_kapitler(rod: Element, sider: Sequence[Any]) -> list[int]:
    """The numbers of the chapters whose last page is almost empty; a chapter of one page is what it is."""
    nummer = {element: plads for plads, element in enumerate(kapitler(rod))}
    return [nummer[element] for element in _haler(sider)] if nummer else []


def _haler(sider: Sequence[Any]) -> Iterator[Element]:
    paa_sider = [_paa_siden(side) for side in sider]
    for plads in range(1, len(sider)):
        if len(paa_sider[plads]) != 1:
            continue
        element = paa_sider[plads][0]
        er_hale = element in paa_sider[plads - 1] and (plads + 1 == len(sider) or element not in paa_sider[plads + 1])
        if er_hale and fyldning(sider[plads]) < NAESTEN_TOM:
            yield element


def stram(rod: Element, numre: Sequence[int]) -> None:
    """Marks these chapters to be set tighter."""
    alle = kapitler(rod)
    for nummer in numre:
        alle[nummer].set("class", f"{alle[nummer].get('class')} {STRAM}")
