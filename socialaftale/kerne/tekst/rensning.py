"""Clean HTML for chapters: a strict list of elements, nothing that runs, no CPR numbers."""

from __future__ import annotations

import html
import re

import nh3
from django.core.exceptions import ValidationError

from socialaftale.kerne.cpr import find_cpr

ELEMENTER = {
    *("h2", "h3", "h4", "p", "ul", "ol", "li", "strong", "em", "blockquote", "br", "sup", "sub"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "a", "aside"),
    *("figure", "figcaption", "img"),
}
ATTRIBUTTER = {
    "a": {"href"},
    "aside": {"class"},
    "img": {"data-billede", "alt"},
    "p": {"class"},
    "th": {"scope", "colspan", "rowspan", "class"},
    "td": {"colspan", "rowspan", "class"},
}
KLASSER = {
    "aside": {"boks", "boks-vision", "boks-fakta", "boks-definition", "boks-liste"},
    "p": {"boks-titel", "kilde"},
    "th": {"tal"},
    "td": {"tal"},
}
# An image without a number of ours shows nothing: it came with a paste. nh3 writes attributes in double quotes.
_FREMMED_BILLEDE = re.compile(r'<img(?!(?:\s+[a-z-]+="[^"]*")*\s+data-billede=)(?:\s+[a-z-]+="[^"]*")*\s*>')
# The innermost, should one stand in another.
_FIGUR = re.compile(r"<figure>((?:(?!<figure>).)*?)</figure>", re.DOTALL)
_TOMT_AFSNIT = re.compile(r"\s*<(p|figcaption)>\s*</\1>")


def _attribut(element: str, navn: str, vaerdi: str) -> str | None:
    """Classes outside the list fall away, and so does what is no number of an image; other attributes pass."""
    if navn == "data-billede":
        return vaerdi if vaerdi.isascii() and vaerdi.isdigit() and len(vaerdi) < 10 else None
    if navn != "class":
        return vaerdi
    klasser = [klasse for klasse in vaerdi.split() if klasse in KLASSER.get(element, ())]
    return " ".join(klasser) or None


def rens(indhold: str) -> str:
    """The same text with only listed elements, attributes and classes; links to http(s), mail and own pages."""
    rent = _FREMMED_BILLEDE.sub("", _lovligt(indhold))
    while (uden := _FIGUR.sub(_kun_med_billede, rent)) != rent:
        # What stood in a figure may not stand where the figure stood (a paragraph in a paragraph).
        rent = _lovligt(uden)
    return _TOMT_AFSNIT.sub("", rent).strip()


def _lovligt(indhold: str) -> str:
    return nh3.clean(
        indhold,
        tags=ELEMENTER,
        clean_content_tags={"script", "style"},
        attributes=ATTRIBUTTER,
        attribute_filter=_attribut,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def _kun_med_billede(fund: re.Match[str]) -> str:
    """A figure that lost its image leaves its words as paragraphs."""
    if "<img" in fund[1]:
        return fund[0]
    return fund[1].replace("<figcaption>", "<p>").replace("</figcaption>", "</p>")


def ren_tekst(indhold: str) -> str:
    """The words without markup, for search and counting."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", indhold))).strip()


def afvis_cpr(indhold: str) -> None:
    """Raise when the text seems to hold a CPR number; the message never repeats it."""
    # Once with the markup as spaces and once without it: a tag may part the number or glue it to another.
    uden_maerker = html.unescape(re.sub(r"<[^>]+>", "", indhold))
    if find_cpr(ren_tekst(indhold)) or find_cpr(uden_maerker):
        raise ValidationError("Teksten ser ud til at indeholde et CPR-nummer. Fjern det, og gem igen.", code="cpr")
