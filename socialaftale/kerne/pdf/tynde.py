"""Finds chapters that end with a few lines on a page of their own, and lays the document out without such pages.

A chapter begins on a new page (``.kapitel``). When its last page would hold little, the document is laid out once
more with that chapter marked ``.stram``, a little tighter. Where that does not take the page back, the next chapter
goes on below on the same page (``.kapitel-fortsat``). Each is used only where it saves a page, the second also where
the thinnest page becomes a fuller one.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure import boxes

KAPITEL = "kapitel"
STRAM, FORTSAT = "stram", "kapitel-fortsat"
# A last page filled less than this is too empty to stand for itself.
TYND = 0.35
Saet = Callable[[Sequence[int], Sequence[int]], tuple[Element, Any]]


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
    """The numbers of the chapters whose last page holds little; a chapter of one page is what it is."""
    nummer = {element: plads for plads, element in enumerate(kapitler(rod))}
    return [nummer[element] for element in _haler(sider)] if nummer else []


def _haler(sider: Sequence[Any]) -> Iterator[Element]:
    paa_sider = [_paa_siden(side) for side in sider]
    for plads in range(1, len(sider)):
        if len(paa_sider[plads]) != 1:
            continue
        element = paa_sider[plads][0]
        er_hale = element in paa_sider[plads - 1] and (plads + 1 == len(sider) or element not in paa_sider[plads + 1])
        if er_hale and fyldning(sider[plads]) < TYND:
            yield element


def maerk(rod: Element, stramme: Sequence[int], fortsatte: Sequence[int]) -> None:
    """Marks the chapters to be set tighter and those to go on where the one before ended."""
    alle = kapitler(rod)
    for klasse, numre in ((STRAM, stramme), (FORTSAT, fortsatte)):
        for nummer in numre:
            alle[nummer].set("class", f"{alle[nummer].get('class')} {klasse}")


def uden_tynde(saet: Saet) -> Any:
    """The layout without pages that hold little; ``saet(stramme, fortsatte)`` lays out with these chapters marked."""
    rod, foerste = saet((), ())
    tynde = tynde_kapitler(rod, foerste.pages)
    if not tynde:
        return foerste
    strammere_rod, strammere = saet(tynde, ())
    stadig = tynde_kapitler(strammere_rod, strammere.pages)
    if not stadig:
        return min(strammere, foerste, key=_antal)
    stramme = [nummer for nummer in tynde if nummer not in stadig]
    bedst = saet(stramme, ())[1] if stramme else foerste
    # A chapter that has moved up ends elsewhere, so the one after it stands as it did.
    fortsatte: list[int] = []
    for nummer in (tynd + 1 for tynd in stadig):
        if nummer < len(kapitler(rod)) and nummer - 1 not in fortsatte:
            fortsatte.append(nummer)
    proevet_rod, proevet = saet(stramme, fortsatte)
    foer, nu = _sider(rod, foerste.pages), _sider(proevet_rod, proevet.pages)
    grupper = {nr: [nr - 1, *_foelge(nr, foer)] for nr in fortsatte}
    nyttige = [
        nr for nr, gruppe in grupper.items() if _maal(gruppe, nu, proevet.pages) < _maal(gruppe, foer, foerste.pages)
    ]
    if nyttige != fortsatte:
        proevet = saet(stramme, nyttige)[1] if nyttige else bedst
    return proevet if _antal(proevet) <= _antal(bedst) else bedst


def _foelge(nummer: int, sider: Sequence[set[int]]) -> list[int]:
    """The chapter and those after it that begin where the one before ended."""
    foelge = [nummer]
    while foelge[-1] + 1 < len(sider) and min(sider[foelge[-1] + 1]) == max(sider[foelge[-1]]):
        foelge.append(foelge[-1] + 1)
    return foelge


def _maal(numre: Sequence[int], kapitelsider: Sequence[set[int]], sider: Sequence[Any]) -> tuple[int, float]:
    """How well chapters fill their pages, the less the better: the number of pages, and the emptiest of them."""
    brugte = set().union(*(kapitelsider[nummer] for nummer in numre))
    return len(brugte), 1 - min(fyldning(sider[nummer]) for nummer in brugte)


def _antal(dokument: Any) -> int:
    return len(dokument.pages)


def _sider(rod: Element, sider: Sequence[Any]) -> list[set[int]]:
    """The pages each chapter stands on."""
    paa_sider = [set(_paa_siden(side)) for side in sider]
    return [{nr for nr, fundne in enumerate(paa_sider) if element in fundne} for element in kapitler(rod)]
