"""Building SVG text: escaping, numbers and the root element that every *figur* shares.

A figure must work in two places with different demands: inline on a page under a strict CSP (so no style
attributes and no style elements) and in a WeasyPrint PDF, where the document's CSS does not reach into an svg.
Presentation attributes, with the font on the root, satisfy both.
"""

import re

SKRIFT = "'IBM Plex Sans', Arial, sans-serif"

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*", re.ASCII)
_UGYLDIGE_TEGN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ERSTATNINGER = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})


class Svg(str):
    """Finished markup, all of whose text was escaped here; templates print it as it is (the ``__html__`` protocol)."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


def undslip(tekst: str) -> str:
    """Text that is safe in element content and attributes; characters XML cannot hold are dropped."""
    return _UGYLDIGE_TEGN.sub("", tekst).translate(_ERSTATNINGER)


def tal(vaerdi: float) -> str:
    """A coordinate: at most two decimals, always a dot, never ``-0`` or an exponent."""
    tekst = f"{vaerdi:.2f}".rstrip("0").rstrip(".")
    return "0" if tekst == "-0" else tekst


def element(navn: str, *indhold: str, **attributter: str | float | None) -> str:
    """One element. Underscores in attribute names become hyphens, a trailing one is dropped; None leaves it out.

    Content is markup and must be escaped already.
    """
    dele = [navn]
    for noegle, vaerdi in attributter.items():
        if vaerdi is None:
            continue
        tekst = undslip(vaerdi) if isinstance(vaerdi, str) else tal(vaerdi)
        dele.append(f'{noegle.rstrip("_").replace("_", "-")}="{tekst}"')
    start = " ".join(dele)
    return f"<{start}>{''.join(indhold)}</{navn}>" if indhold else f"<{start}/>"


def tekst(x: float, y: float, indhold: str, **attributter: str | float | None) -> str:
    """A line of text with its baseline at y."""
    return element("text", undslip(indhold), x=x, y=y, **attributter)


def titel(indhold: str) -> str:
    """A title element: the name of a figure, or the tooltip of a part of it."""
    return element("title", undslip(indhold))


def kraev_id(id_praefiks: str) -> str:
    """The prefix itself, if it can start every id of a figure and be named in ``url(#…)``."""
    if not _ID.fullmatch(id_praefiks):
        raise ValueError(f"Not usable as id prefix: {id_praefiks!r}")
    return id_praefiks


def tegning(
    *indhold: str, id_praefiks: str, titel_tekst: str, beskrivelse: str, bredde: float, hoejde: float, defs: str = ""
) -> Svg:
    """The root: named by its title and described by its desc, both first, since that is where readers look."""
    kraev_id(id_praefiks)
    if not titel_tekst.strip():
        raise ValueError("A figure needs a title")
    hoved = [element("title", undslip(titel_tekst), id=f"{id_praefiks}-titel")]
    navngivet_af = f"{id_praefiks}-titel"
    if beskrivelse:
        hoved.append(element("desc", undslip(beskrivelse), id=f"{id_praefiks}-beskrivelse"))
        navngivet_af += f" {id_praefiks}-beskrivelse"
    return Svg(
        element(
            "svg",
            *hoved,
            element("defs", defs) if defs else "",
            *indhold,
            xmlns="http://www.w3.org/2000/svg",
            class_="ns-figur__svg",
            role="img",
            aria_labelledby=navngivet_af,
            width=bredde,
            height=hoejde,
            viewBox=f"0 0 {tal(bredde)} {tal(hoejde)}",
            font_family=SKRIFT,
        )
    )
