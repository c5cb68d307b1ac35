"""Which structure type an HTML element gets in the tag tree (ISO 32000-1, 14.8.4).

An element that says nothing about structure (``div``, ``em``, ``span``) gets no structure element: its content belongs
to the element around it. That keeps the tree as small as it can be and what is read aloud free of empty groups.
"""

from xml.etree.ElementTree import Element

SVG = "{http://www.w3.org/2000/svg}"

ROLLER = {
    "article": "Art",
    "section": "Sect",
    "nav": "Sect",
    "aside": "Sect",
    "figure": "Div",
    "blockquote": "BlockQuote",
    "q": "Quote",
    "code": "Code",
    "p": "P",
    "pre": "P",
    **{f"h{niveau}": f"H{niveau}" for niveau in range(1, 7)},
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "caption": "Caption",
    "figcaption": "Caption",
    "img": "Figure",
    f"{SVG}svg": "Figure",
}

# Elements that group others; text directly inside one of them becomes a paragraph of its own.
GRUPPER = frozenset({"Document", "Part", "Art", "Sect", "Div", "BlockQuote"})
# Elements that mean something even when they are empty: an empty cell still holds its place in the row.
BEHOLDES_TOMME = frozenset({"TD", "TH"})
BLOKKE_UDEN_ROLLE = frozenset({"div", "header", "footer", "main", "address", "fieldset", "form", "center"})

SCOPE = {"col": "/Column", "colgroup": "/Column", "row": "/Row", "rowgroup": "/Row"}
NUMMERERING = {
    "disc": "/Disc",
    "circle": "/Circle",
    "square": "/Square",
    "decimal": "/Decimal",
    "lower-roman": "/LowerRoman",
    "upper-roman": "/UpperRoman",
    "lower-alpha": "/LowerAlpha",
    "upper-alpha": "/UpperAlpha",
    "lower-latin": "/LowerAlpha",
    "upper-latin": "/UpperAlpha",
    "none": "/None",
}


def er_dekorativ(element: Element) -> bool:
    """Whether the author says that the element carries no content (``aria-hidden``, empty ``alt``)."""
    if element.get("aria-hidden") == "true":
        return True
    if element.tag not in ("img", f"{SVG}svg"):
        return False
    return element.get("role") in ("presentation", "none") or (element.tag == "img" and element.get("alt") == "")


def er_indholdsfortegnelse(element: Element) -> bool:
    """Whether the element is a table of contents (``role="doc-toc"``)."""
    return element.get("role") == "doc-toc"


def flad_tekst(element: Element) -> str:
    """The text of an element on one line, with the alternative texts of the images in it."""
    dele: list[str] = []
    for del_ in element.iter():
        if not isinstance(del_.tag, str):
            continue
        dele.append(del_.get("alt", "") if del_.tag == "img" else del_.text or "")
        if del_ is not element:
            dele.append(del_.tail or "")
    return " ".join("".join(dele).split())


def alternativ_tekst(element: Element) -> str:
    """What stands in for a picture: its label, or the title and description inside an SVG, or ``alt``."""
    if maerkat := element.get("aria-label"):
        return " ".join(maerkat.split())
    if element.tag == "img":
        return " ".join(element.get("alt", "").split())
    tekster = (element.findtext(f"{SVG}{navn}") for navn in ("title", "desc"))
    return " ".join(" ".join(tekst.split()) for tekst in tekster if tekst and tekst.strip())


def linktekst(element: Element) -> str:
    """What a link says about itself to a reader who cannot see where it stands."""
    return element.get("aria-label") or flad_tekst(element) or element.get("title") or element.get("href", "")
