"""The table of contents, gathered from the headings of the body; headings get the anchors it needs."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

import lxml.html

DANSKE = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


@dataclass
class Punkt:
    """An entry of the table of contents with those below it."""

    titel: str
    anker: str
    boern: list["Punkt"] = field(default_factory=list)


def anker(titel: str, optaget: Iterable[str] = ()) -> str:
    """An anchor made of a title, unlike those in use: ``udvikling-og-koordinering``, ``…-2``."""
    ascii_ = unicodedata.normalize("NFKD", titel.lower().translate(DANSKE)).encode("ascii", "ignore").decode()
    stamme = re.sub(r"[^a-z0-9]+", "-", ascii_).strip("-") or "afsnit"
    navn, nummer = stamme, 1
    while navn in optaget:
        nummer += 1
        navn = f"{stamme}-{nummer}"
    return navn


def saml_indhold(krop: str, niveauer: int = 2) -> tuple[str, list[Punkt]]:
    """The body with an anchor on each heading down to ``niveauer``, and the entries.

    Headings in boxes, figures and cells do not count: they name a box, not a part of the document.
    """
    rod = lxml.html.fragment_fromstring(krop, create_parent="div")
    optaget = set(rod.xpath(".//@id"))
    punkter: list[Punkt] = []
    for overskrift in rod.iter(*(f"h{niveau}" for niveau in range(1, niveauer + 1))):
        if any(forfader.tag in ("aside", "figure", "table", "nav") for forfader in overskrift.iterancestors()):
            continue
        titel = " ".join(overskrift.text_content().split())
        if overskrift.get("id") is None:
            navn = anker(titel, optaget)
            optaget.add(navn)
            overskrift.set("id", navn)
        punkt = Punkt(titel, overskrift.get("id"))
        (punkter[-1].boern if overskrift.tag != "h1" and punkter else punkter).append(punkt)
    return "".join(_som_tekst(barn) for barn in rod) if not rod.text else _med_tekst(rod), punkter


def _som_tekst(element: lxml.html.HtmlElement) -> str:
    return lxml.html.tostring(element, encoding="unicode")


def _med_tekst(rod: lxml.html.HtmlElement) -> str:
    return (rod.text or "") + "".join(_som_tekst(barn) for barn in rod)
