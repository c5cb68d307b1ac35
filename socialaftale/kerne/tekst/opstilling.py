"""Chapters made ready for a medium: tables that fold on a telephone or get column widths on paper, heading levels.

Runs on the clean source before references are filled in, except `ryk_overskrifter`, which runs on the result.
"""

from __future__ import annotations

import html
import re

import lxml.html
from lxml.html import HtmlElement

# Widths are steps of five percent, named as in static/app/pdf/dokument.css.
_TRIN = 5
_MINDST = 15
_OVERSKRIFT = re.compile(r"(</?h)([2-5])(?=[\s>])")


def til_web(indhold: str) -> str:
    """Tables get the design's classes and, in each cell, the heading to show when rows become cards.

    A box is a note to the text, not a landmark of the page: a chapter may have many.
    """
    return _med_tabeller(indhold, _webtabel).replace("<aside", '<aside role="note"')


def til_pdf(indhold: str) -> str:
    """Tables get a frame and columns as wide as their words need."""
    return _med_tabeller(indhold, _pdftabel)


def ryk_overskrifter(indhold: str, trin: int) -> str:
    """Headings moved down, for chapters shown together under a heading of their own."""
    return _OVERSKRIFT.sub(lambda fund: f"{fund[1]}{min(int(fund[2]) + trin, 6)}", indhold)


def _med_tabeller(indhold: str, opstil) -> str:
    if "<table" not in indhold:
        return indhold
    rod = lxml.html.fragment_fromstring(indhold, create_parent="div")
    for tabel in rod.iter("table"):
        opstil(tabel)
    # `text` is what the markup says, unescaped: written back as it stands it could come alive.
    return html.escape(rod.text or "", quote=False) + "".join(
        lxml.html.tostring(barn, encoding="unicode") for barn in rod
    )


def _webtabel(tabel: HtmlElement) -> None:
    tabel.set("class", "table table--compact teksttabel")
    navne = _kolonnenavne(tabel)
    for raekke in tabel.iter("tr"):
        for plads, celle in enumerate(raekke):
            if celle.tag == "td" and plads < len(navne):
                celle.set("data-label", navne[plads])


def _pdftabel(tabel: HtmlElement) -> None:
    bredder = _kolonnebredder(tabel)
    if bredder:
        gruppe = lxml.html.Element("colgroup")
        for bredde in bredder:
            gruppe.append(lxml.html.Element("col", {"class": f"b{bredde}"}))
        tabel.insert(1 if len(tabel) and tabel[0].tag == "caption" else 0, gruppe)
    ramme = lxml.html.Element("div", {"class": "tabelramme"})
    ramme.tail, tabel.tail = tabel.tail, None
    tabel.getparent().replace(tabel, ramme)
    ramme.append(tabel)


def _kolonnenavne(tabel: HtmlElement) -> list[str]:
    hoved = tabel.find("thead/tr")
    return [" ".join(celle.text_content().split()) for celle in hoved] if hoved is not None else []


def _kolonnebredder(tabel: HtmlElement) -> list[int]:
    """Percent per column: by the longest text, evened out, so that a column of words does not starve one of labels.

    Empty when cells span columns: then equal widths are as good a guess.
    """
    raekker = list(tabel.iter("tr"))
    if not raekker or any(celle.get("colspan") for raekke in raekker for celle in raekke):
        return []
    antal = max(len(raekke) for raekke in raekker)
    if not 2 <= antal <= 6:
        return []
    vaegte = [
        max(len(raekke[plads].text_content()) for raekke in raekker if plads < len(raekke)) ** 0.6
        for plads in range(antal)
    ]
    ialt = sum(vaegte) or 1
    bredder = [max(_MINDST, round(100 * vaegt / ialt / _TRIN) * _TRIN) for vaegt in vaegte]
    bredder[bredder.index(max(bredder))] += 100 - sum(bredder)
    return bredder
