"""Finds chapters that end with a few lines on a page of their own, and lays the document out without such pages.

A chapter begins on a new page (``.kapitel``), unless it is short (``.kapitel-kort``). When its last page would hold
little it is set a little tighter (``.stram``). Where that does not take the page back, the next chapter goes on below
on the same page (``.kapitel-fortsat``). Each is used only where it saves a page, the second also where the thinnest
page becomes a fuller one.

What begins on a page of its own is as long alone as in the document: so the ways to set a chapter are tried on that
chapter, and what came out is kept (``maalinger``) for the next time the document is made.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, tostring

from weasyprint.formatting_structure import boxes

from socialaftale.kerne.pdf.maalinger import Maalinger, Side

KAPITEL, KORT = "kapitel", "kapitel-kort"
STRAM, FORTSAT = "stram", "kapitel-fortsat"
# A last page filled less than this is too empty to stand for itself.
TYND = 0.35
# Lays out a document; what it remarks is not kept of a trial (the second argument), where links lead out of it.
Saet = Callable[[Element, bool], Any]


@dataclass(frozen=True)
class Maerker:
    """The chapters that are set tighter, and those that go on where the one before ended, by number."""

    stramme: frozenset[int] = frozenset()
    fortsatte: frozenset[int] = frozenset()


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


def uden_tynde(rod: Element, saet: Saet, maalinger: Maalinger) -> Any:
    """The layout of a document without pages that hold little."""
    return _Ombrydning(rod, saet, maalinger).dokument()


class _Ombrydning:
    """One document, and how its chapters come out with the marks that are tried."""

    def __init__(self, rod: Element, saet: Saet, maalinger: Maalinger) -> None:
        self.rod, self.saet, self.maalinger = rod, saet, maalinger
        self.kapitler = kapitler(rod)
        self.hele: Any = None

    def dokument(self) -> Any:
        if not self.kapitler:
            return self.saet(self.rod, False)
        maerker = self._vaelg()
        if maerker == Maerker() and self.hele is not None:
            return self.hele
        return self.saet(self._udsnit(range(len(self.kapitler)), maerker, alt=True), False)

    def _vaelg(self) -> Maerker:
        """The marks to set the document with."""
        foer = self._sider(Maerker())
        tynde = set(_haler(foer))
        if not tynde:
            return Maerker()
        strammere = self._sider(Maerker(frozenset(tynde)))
        stadig = sorted(set(_haler(strammere)))
        if not stadig:
            return Maerker(frozenset(tynde)) if len(strammere) <= len(foer) else Maerker()
        bedst = Maerker(frozenset(tynde - set(stadig)))
        # A chapter that has moved up ends elsewhere, so the one after it stands as it did.
        fortsatte: list[int] = []
        for nummer in (tynd + 1 for tynd in stadig):
            if nummer < len(self.kapitler) and nummer - 1 not in fortsatte:
                fortsatte.append(nummer)
        nu = self._sider(Maerker(bedst.stramme, frozenset(fortsatte)))
        nyttige = frozenset(
            nr
            for nr in fortsatte
            for gruppe in [(nr - 1, *_foelge(nr, foer, len(self.kapitler)))]
            if _maal(gruppe, nu) < _maal(gruppe, foer)
        )
        proevet = Maerker(bedst.stramme, nyttige)
        return proevet if len(self._sider(proevet)) <= len(self._sider(bedst)) else bedst

    def _sider(self, maerker: Maerker) -> list[Side]:
        """The pages of the chapters with these marks: what is not known yet is laid out, all of it at once."""
        forloeb = list(self._forloeb(maerker))
        noegler = [self._noegle(numre, maerker) for numre in forloeb]
        ukendte = [numre for numre, noegle in zip(forloeb, noegler, strict=True) if noegle not in self.maalinger]
        if ukendte:
            for numre, sider in self._laeg_ud(ukendte, maerker).items():
                self.maalinger[self._noegle(numre, maerker)] = [
                    ([nummer - numre[0] for nummer in fundne], fyld) for fundne, fyld in sider
                ]
        return [
            ([numre[0] + nummer for nummer in fundne], fyld)
            for numre, noegle in zip(forloeb, noegler, strict=True)
            for fundne, fyld in self.maalinger[noegle]
        ]

    def _forloeb(self, maerker: Maerker) -> Iterator[range]:
        """The chapters by runs that begin on a page of their own."""
        begyndelser = [
            nummer
            for nummer, element in enumerate(self.kapitler)
            if nummer == 0 or not (nummer in maerker.fortsatte or KORT in _klasser(element))
        ]
        return map(range, begyndelser, [*begyndelser[1:], len(self.kapitler)])

    def _noegle(self, numre: range, maerker: Maerker) -> str:
        dele = [
            f"{nummer in maerker.stramme:d}{nummer in maerker.fortsatte:d}{tostring(self.kapitler[nummer], 'unicode')}"
            for nummer in numre
        ]
        return self.maalinger.noegle(dele)

    def _laeg_ud(self, forloeb: Sequence[range], maerker: Maerker) -> dict[range, list[Side]]:
        """The pages of each run, laid out; the whole document when it is all of it, since it may do as it is."""
        valgte = [nummer for numre in forloeb for nummer in numre]
        alt = maerker == Maerker() and len(valgte) == len(self.kapitler)
        rod = self._udsnit(valgte, maerker, alt=alt)
        dokument = self.saet(rod, not alt)
        if alt:
            self.hele = dokument
        nummer = dict(zip(kapitler(rod), valgte, strict=True))
        fundne: dict[range, list[Side]] = {numre: [] for numre in forloeb}
        for side in dokument.pages:
            paa_siden = [nummer[element] for element in _paa_siden(side)]
            if paa_siden:
                numre = next(numre for numre in forloeb if paa_siden[0] in numre)
                fundne[numre].append((paa_siden, fyldning(side)))
        return fundne

    def _udsnit(self, valgte: Collection[int], maerker: Maerker, *, alt: bool) -> Element:
        """A copy of the document with the marks set, of these chapters or of all there is."""
        nye = {self.kapitler[nummer]: _maerket(self.kapitler[nummer], nummer, maerker) for nummer in valgte}
        ny = _kopi(self.rod, nye, alt)
        assert ny is not None
        return ny


def _maerket(element: Element, nummer: int, maerker: Maerker) -> Element:
    ny = _ny(element, list(element))
    klasser = _klasser(element)
    klasser += [STRAM] * (nummer in maerker.stramme) + [FORTSAT] * (nummer in maerker.fortsatte)
    ny.set("class", " ".join(klasser))
    return ny


def _kopi(element: Element, nye: dict[Element, Element], alt: bool) -> Element | None:
    """The element with the new chapters in place of the old; without ``alt`` nothing else of the text."""
    if element in nye:
        return nye[element]
    if element.tag == "head":
        return element
    if KAPITEL in _klasser(element):
        return None
    if not isinstance(element.tag, str):
        # A comment.
        return element if alt else None
    boern = [barn for gammelt in element if (barn := _kopi(gammelt, nye, alt)) is not None]
    if not alt and not boern:
        return None
    ny = _ny(element, boern)
    if not alt:
        ny.text = ny.tail = None
    return ny


def _ny(element: Element, boern: Sequence[Element]) -> Element:
    """An element like another with these children; a plain copy would share its attributes."""
    ny = Element(element.tag, dict(element.attrib))
    ny.text, ny.tail = element.text, element.tail
    ny.extend(boern)
    return ny


def _haler(sider: Sequence[Side]) -> Iterator[int]:
    """The chapters whose last page holds little; a chapter of one page is what it is."""
    for plads in range(1, len(sider)):
        fundne, fyld = sider[plads]
        if len(fundne) != 1:
            continue
        nummer = fundne[0]
        naeste = sider[plads + 1][0] if plads + 1 < len(sider) else ()
        if nummer in sider[plads - 1][0] and nummer not in naeste and fyld < TYND:
            yield nummer


def _foelge(nummer: int, sider: Sequence[Side], antal: int) -> list[int]:
    """The chapter and those after it that begin where the one before ended."""
    paa = [{plads for plads, (fundne, _) in enumerate(sider) if nr in fundne} for nr in range(antal)]
    foelge = [nummer]
    while foelge[-1] + 1 < antal and min(paa[foelge[-1] + 1]) == max(paa[foelge[-1]]):
        foelge.append(foelge[-1] + 1)
    return foelge


def _maal(numre: Iterable[int], sider: Sequence[Side]) -> tuple[int, float]:
    """How well chapters fill their pages, the less the better: the number of pages, and the emptiest of them."""
    brugte = [fyld for fundne, fyld in sider if not set(numre).isdisjoint(fundne)]
    return len(brugte), 1 - min(brugte)
