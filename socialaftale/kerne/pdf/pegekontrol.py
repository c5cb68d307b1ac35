"""Links, destinations and bookmarks of a finished PDF: each leads somewhere and says where."""

from collections.abc import Iterator

import pikepdf
from pikepdf import Dictionary, Name, Object, Pdf

from socialaftale.kerne.pdf.fund import Fund
from socialaftale.kerne.pdf.traelaesning import Traelaesning

LOVLIGE_ADRESSER = ("https:", "http:", "mailto:", "tel:")


def _maal(pdf: Pdf) -> dict[str, Object]:
    """All named destinations."""
    resultat: dict[str, Object] = {}
    rest = [pdf.Root.get("/Names", {}).get("/Dests", Dictionary())]
    while rest:
        knude = rest.pop()
        rest.extend(knude.get("/Kids", []))
        navne = knude.get("/Names", [])
        for plads in range(0, len(navne), 2):
            resultat[str(navne[plads])] = navne[plads + 1]
    return resultat


def _peger_paa_side(maal: Object | None, navne: dict[str, Object], sidenumre: dict[tuple[int, int], int]) -> bool:
    if isinstance(maal, pikepdf.String | str):
        maal = navne.get(str(maal))
    if isinstance(maal, Dictionary):
        maal = maal.get("/D", None)
    return isinstance(maal, pikepdf.Array) and len(maal) > 0 and maal[0].objgen in sidenumre


def kontroller_links(pdf: Pdf, laesning: Traelaesning, sidenumre: dict[tuple[int, int], int]) -> Iterator[Fund]:
    """Links lead somewhere, say where, and stand in the order of the structure."""
    navne = _maal(pdf)
    for navn, maal in navne.items():
        if not _peger_paa_side(maal, {}, sidenumre):
            yield Fund("destination", f"{navn!r} leads to no page")
    for nummer, side in enumerate(pdf.pages, start=1):
        annotationer = side.obj.get("/Annots", [])
        if len(annotationer) and side.obj.get("/Tabs", None) != Name.S:
            yield Fund("tabs", "the order of the links is not that of the structure", nummer)
        for annotation in annotationer:
            if annotation.get("/Subtype", None) != Name.Link:
                continue
            if not str(annotation.get("/Contents", "")).strip():
                yield Fund("link", f"{annotation.objgen} has no description", nummer)
            ejer = laesning.annotationer.get(annotation.objgen)
            if ejer is not None and ejer.rolle != "Link":
                yield Fund("link", f"{annotation.objgen} stands in a {ejer.rolle}, not in a Link", nummer)
            handling = annotation.get("/A", None)
            if handling is not None and handling.get("/S", None) == Name.URI:
                if not str(handling.URI).startswith(LOVLIGE_ADRESSER):
                    yield Fund("link", f"{str(handling.URI)!r} cannot be followed by a reader", nummer)
                continue
            maal = annotation.get("/Dest", handling.get("/D", None) if handling is not None else None)
            if not _peger_paa_side(maal, navne, sidenumre):
                yield Fund("link", f"{annotation.objgen} leads nowhere", nummer)


def kontroller_bogmaerker(pdf: Pdf, sidenumre: dict[tuple[int, int], int]) -> Iterator[Fund]:
    """There are bookmarks, and each leads to a page."""
    navne = _maal(pdf)
    with pdf.open_outline() as oversigt:
        rest = list(oversigt.root)
        if not rest:
            yield Fund("bookmark", "the document has no bookmarks")
        while rest:
            punkt = rest.pop()
            rest.extend(punkt.children)
            maal = punkt.destination if punkt.destination is not None else (punkt.action or {}).get("/D", None)
            if not _peger_paa_side(maal, navne, sidenumre):
                yield Fund("bookmark", f"{punkt.title!r} leads nowhere")
