"""Clean HTML as blocks of words: what comparing two texts needs to see, without Django and without the page.

A block is a heading, a paragraph, a point of a list or a whole table. A word carries the inline markup around it, a
live figure (`{{ pladser.i_alt|ca }}`) is one word, and so is a picture or a line break.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import lxml.html
from lxml.html import HtmlElement

# A reference first, then words with their inner hyphens and decimal signs, then single signs, then spaces.
_STYKKER = re.compile(r"\{\{[^{}]*\}\}|\w+(?:[-–.,/]\w+)*|[^\w\s]|\s+")
_BEHOLDERE = {"aside", "div", "blockquote", "figure", "section", "ul", "ol"}
_BLADE = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "caption", "pre"}
_BLOKKE = _BEHOLDERE | _BLADE | {"li", "table"}
_TOMME = {"br", "img", "hr"}
MELLEMRUM = " "
LINJESKIFT = "<br>"
OVERSKRIFTER = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True, slots=True)
class Ord:
    """A word, a sign, a space, or (`er_maerke`) an element that stands for itself."""

    tekst: str
    stil: tuple[str, ...] = ()
    er_maerke: bool = False

    @property
    def er_mellemrum(self) -> bool:
        return not self.er_maerke and self.tekst.isspace()

    @property
    def er_henvisning(self) -> bool:
        return self.tekst.startswith("{{")


Ordfoelge = tuple[Ord, ...]


@dataclass(frozen=True, slots=True)
class Celle:
    """A cell with its tag as written ("<td class="tal">")."""

    maerke: str
    ord: Ordfoelge


@dataclass(frozen=True, slots=True)
class Raekke:
    """A row of a table; `gruppe` is thead, tbody or tfoot."""

    gruppe: str
    celler: tuple[Celle, ...]

    @property
    def ord(self) -> Ordfoelge:
        return tuple(ord_ for celle in self.celler for ord_ in celle.ord)


@dataclass(frozen=True, slots=True)
class Blok:
    """`sti` is the tags around the words as written, outermost first; a table has rows instead of words."""

    sti: tuple[str, ...]
    ord: Ordfoelge = ()
    raekker: tuple[Raekke, ...] = ()
    titel: Ordfoelge = ()

    @property
    def er_tabel(self) -> bool:
        return bool(self.sti) and _navn(self.sti[-1]) == "table"

    @property
    def er_overskrift(self) -> bool:
        return bool(self.sti) and _navn(self.sti[-1]) in OVERSKRIFTER

    @property
    def alle_ord(self) -> Ordfoelge:
        return (*self.titel, *(ord_ for raekke in self.raekker for ord_ in raekke.ord)) if self.raekker else self.ord

    @property
    def tekst(self) -> str:
        return skriv_tekst(self.alle_ord)


def _navn(maerke: str) -> str:
    """ "<td class="tal">" → "td"."""
    return re.match(r"</?([a-z0-9]+)", maerke)[1]


def aabn(maerker: Iterable[str]) -> str:
    return "".join(maerker)


def luk(maerker: Iterable[str]) -> str:
    return "".join(f"</{_navn(maerke)}>" for maerke in reversed(tuple(maerker)))


def skriv_tekst(ord_: Iterable[Ord]) -> str:
    """The words as plain text."""
    return "".join(MELLEMRUM if et.tekst == LINJESKIFT else "" if et.er_maerke else et.tekst for et in ord_)


def laes_blokke(indhold: str) -> list[Blok]:
    """The blocks of a chapter in order; empty ones are left out."""
    rod = lxml.html.fragment_fromstring(indhold or "<p></p>", create_parent="div")
    return [blok for blok in _gennemgaa(rod, ()) if blok.ord or blok.raekker]


def _maerke(element: HtmlElement) -> str:
    attributter = "".join(f' {navn}="{html.escape(vaerdi)}"' for navn, vaerdi in element.attrib.items())
    return f"<{element.tag}{attributter}>"


def _gennemgaa(element: HtmlElement, sti: tuple[str, ...]) -> Iterator[Blok]:
    """The blocks inside a container; words that stand between them become paragraphs of their own."""
    samlet: list[Ord] = []

    def toem() -> Iterator[Blok]:
        ord_ = _trimmet(samlet)
        samlet.clear()
        if ord_:
            yield Blok(sti, ord_)

    i_punkt = element.tag == "li"
    samlet += _ordene(element.text, ())
    for barn in element:
        if not isinstance(barn.tag, str):
            samlet += _ordene(barn.tail, ())
            continue
        if i_punkt and barn.tag == "p":
            # The paragraphs of a point are lines of it: it has one bullet.
            if _trimmet(samlet):
                samlet.append(Ord(LINJESKIFT, (), True))
            samlet += _inline(barn, ())
        elif barn.tag in _BLOKKE:
            yield from toem()
            yield from _blok(barn, sti)
        else:
            samlet += _element(barn, ())
        samlet += _ordene(barn.tail, ())
    yield from toem()


def _blok(element: HtmlElement, sti: tuple[str, ...]) -> Iterator[Blok]:
    egen = (*sti, _maerke(element))
    if element.tag == "table":
        yield _tabel(element, egen)
    elif element.tag in _BLADE:
        yield Blok(egen, _trimmet(_inline(element, ())))
    else:
        # A list inside a point is its own list, shown one step in.
        yield from _gennemgaa(element, egen)


def _tabel(tabel: HtmlElement, sti: tuple[str, ...]) -> Blok:
    titel = tabel.find("caption")
    raekker = []
    for raekke in tabel.iter("tr"):
        over = raekke.getparent()
        gruppe = over.tag if over is not None and over.tag in ("thead", "tbody", "tfoot") else "tbody"
        celler = tuple(Celle(_maerke(celle), _trimmet(_inline(celle, ()))) for celle in raekke)
        raekker.append(Raekke(gruppe, celler))
    return Blok(sti, (), tuple(raekker), _trimmet(_inline(titel, ())) if titel is not None else ())


def _inline(element: HtmlElement, stil: tuple[str, ...]) -> list[Ord]:
    """The words inside an element, also through blocks that should not stand there."""
    samlet = list(_ordene(element.text, stil))
    for barn in element:
        if isinstance(barn.tag, str):
            samlet += _element(barn, stil)
        samlet += _ordene(barn.tail, stil)
    return samlet


def _element(element: HtmlElement, stil: tuple[str, ...]) -> list[Ord]:
    if element.tag in _TOMME:
        return [Ord(_maerke(element), stil, True)]
    if element.tag in _BLOKKE:
        return [*_inline(element, stil), Ord(LINJESKIFT, stil, True)]
    return _inline(element, (*stil, _maerke(element)))


def _ordene(tekst: str | None, stil: tuple[str, ...]) -> Iterator[Ord]:
    for stykke in _STYKKER.findall(tekst or ""):
        yield Ord(MELLEMRUM if stykke.isspace() and "\xa0" not in stykke else stykke, stil)


def _trimmet(ord_: list[Ord]) -> Ordfoelge:
    """Without spaces and line breaks at the ends, and with single spaces."""
    ud: list[Ord] = []
    for et in ord_:
        if et.er_mellemrum and (not ud or ud[-1].er_mellemrum or ud[-1].tekst == LINJESKIFT):
            continue
        if et.tekst == LINJESKIFT:
            while ud and ud[-1].er_mellemrum:
                ud.pop()
            if not ud:
                continue
        ud.append(et)
    while ud and (ud[-1].er_mellemrum or ud[-1].tekst == LINJESKIFT):
        ud.pop()
    return tuple(ud)
