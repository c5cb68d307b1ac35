"""Clean HTML made ready for pandoc: boxes, sources and captions as paragraphs with a style, drawings left out.

What stands in the document is what a reader of the page gets without sight: the finding of a drawing, its table and
its source. Addresses of our own pages are no addresses in a file, so only their words stay.
"""

from __future__ import annotations

import html
import re

import lxml.html
from lxml.html import HtmlElement

STIL = "data-custom-style"
BOKS, BOKSTITEL, KILDE, BILLEDTEKST, MANGLER = "Boks", "Bokstitel", "Kilde", "Image Caption", "Mangler"
# Containers that mean nothing in Word; their content stays.
_RAMMER = "section | .//article | .//address | .//figure | .//div[not(@data-custom-style)]"
_LOVLIG = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)


def til_word(indhold: str) -> str:
    """A chapter with its references filled in (medium "word") as pandoc reads it."""
    rod = lxml.html.fragment_fromstring(indhold or "", create_parent="div")
    for vaek in rod.xpath(".//*[local-name()='svg'] | .//ul[contains(@class, 'signatur')] | .//colgroup"):
        vaek.drop_tree()
    for skjult in rod.xpath(".//*[contains(concat(' ', @class, ' '), ' sr-only ')]"):
        skjult.drop_tree()
    _billeder(rod)
    for celle in rod.xpath(".//*[self::td or self::th][contains(concat(' ', @class, ' '), ' tal ')]"):
        celle.set("style", "text-align: right")
    for celle in rod.xpath(".//tbody//th[@colspan]"):
        # A heading across columns: pandoc would cut it off at the column of headings.
        celle.tag = "td"
        fed = lxml.html.Element("strong")
        fed.text, celle.text = celle.text, None
        fed.extend(list(celle))
        celle.append(fed)
    for tekst in rod.xpath(".//figcaption"):
        _med_stil(tekst, BILLEDTEKST)
    for boks in rod.xpath(".//aside"):
        _boks(boks)
    for kilde in rod.xpath(".//p[contains(@class, 'kilde')]"):
        _med_stil(kilde, KILDE)
    for maerke in rod.xpath(".//mark"):
        maerke.tag = "span"
        maerke.set(STIL, MANGLER)
    for link in rod.xpath(".//a"):
        if not _LOVLIG.match(link.get("href", "")):
            link.drop_tag()
    for ramme in rod.xpath(f".//{_RAMMER}"):
        _pak_ud(ramme)
    return html.escape(rod.text or "", quote=False) + "".join(
        lxml.html.tostring(barn, encoding="unicode") for barn in rod
    )


def _med_stil(element: HtmlElement, stil: str) -> None:
    """The paragraph (or caption) inside a div that carries the style."""
    ramme = lxml.html.Element("div", {STIL: stil})
    element.addprevious(ramme)
    ramme.tail, element.tail = element.tail, None
    ramme.append(element)
    element.tag = "p"


def _billeder(rod: HtmlElement) -> None:
    """Each image in a paragraph of its own, so that pandoc keeps its alternative text apart from the caption."""
    for billede in rod.xpath(".//figure//img"):
        if billede.getparent().tag != "p":
            afsnit = lxml.html.Element("p")
            billede.addprevious(afsnit)
            afsnit.tail, billede.tail = billede.tail, None
            afsnit.append(billede)


def _boks(boks: HtmlElement) -> None:
    """Every paragraph of a box gets the style of boxes, its title that of titles: Word has no boxes around text."""
    for afsnit in boks.xpath(".//p | .//li[not(p)] | .//h2 | .//h3 | .//h4"):
        titel = "boks-titel" in afsnit.get("class", "") or afsnit.tag[0] == "h"
        if afsnit.tag == "li":
            ramme = lxml.html.Element("div", {STIL: BOKS})
            punkt = lxml.html.Element("p")
            punkt.text, afsnit.text = afsnit.text, None
            for barn in list(afsnit):
                if barn.tag not in ("ul", "ol"):
                    punkt.append(barn)
            ramme.append(punkt)
            afsnit.insert(0, ramme)
        else:
            _med_stil(afsnit, BOKSTITEL if titel else BOKS)
    boks.drop_tag()


def _pak_ud(ramme: HtmlElement) -> None:
    """Without the container; words that stood in it alone become a paragraph."""
    if ramme.text and ramme.text.strip():
        afsnit = lxml.html.Element("p")
        afsnit.text, ramme.text = ramme.text, None
        ramme.insert(0, afsnit)
    ramme.drop_tag()
