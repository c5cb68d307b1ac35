"""Our own check of a finished PDF: tags, reading order, links, bookmarks and what the catalogue must say.

It stands between the builder and the issued document, so that a mistake in a template or a new WeasyPrint is found
before a reader who cannot see the pages finds it. It does not prove conformance to PDF/UA; it proves what it lists.
"""

import io
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

import pikepdf
from pikepdf import Dictionary, Name, Object, Pdf

from socialaftale.kerne.pdf.fund import Fund
from socialaftale.kerne.pdf.indholdskontrol import kontroller_indhold
from socialaftale.kerne.pdf.pegekontrol import kontroller_bogmaerker, kontroller_links
from socialaftale.kerne.pdf.traelaesning import Element, Traelaesning, alle, foraeldretrae

# ISO 32000-1, 14.8.4: the types every reader knows.
TYPER = """
    Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private
    P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot
    Span Quote Note Reference BibEntry Code Link Annot Ruby Warichu Figure Formula Form
"""
STANDARDTYPER = frozenset(TYPER.split())
LOVLIGE_BOERN = {
    "L": {"LI", "L", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
    "TOC": {"TOC", "TOCI", "Caption"},
}


def kontroller(data: bytes, *, sprog: str = "da", fremmede: Collection[int] = ()) -> list[Fund]:
    """All findings in a PDF; an empty list is a pass. Developer-facing.

    `fremmede` are the pages (from 1) that were made elsewhere: their fonts are as they came.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fund = [*_katalog(pdf, sprog, fremmede)]
        if "/StructTreeRoot" not in pdf.Root:
            return [*fund, Fund("tags", "the document has no structure tree")]
        sidenumre = {side.objgen: nummer for nummer, side in enumerate(pdf.pages, start=1)}
        laesning = Traelaesning(sidenumre)
        rod = laesning.laes(pdf.Root.StructTreeRoot)
        fund += laesning.fund
        elementer = list(alle(rod))
        fund += _roller(elementer)
        fund += _overskrifter(elementer)
        fund += _noter(pdf, elementer)
        fund += _indhold(pdf, laesning)
        fund += kontroller_links(pdf, laesning, sidenumre)
        fund += kontroller_bogmaerker(pdf, sidenumre)
        return fund


def _katalog(pdf: Pdf, sprog: str, fremmede: Collection[int]) -> Iterator[Fund]:
    rod = pdf.Root
    if str(rod.get("/Lang", "")) != sprog:
        yield Fund("lang", f"Lang is {str(rod.get('/Lang', ''))!r}, expected {sprog!r}")
    if not rod.get("/MarkInfo", {}).get("/Marked", False):
        yield Fund("marked", "MarkInfo does not say that the document is tagged")
    if not str(pdf.docinfo.get("/Title", "")).strip():
        yield Fund("title", "the document has no title")
    with pdf.open_metadata() as xmp:
        if xmp.get("dc:title", "") != str(pdf.docinfo.get("/Title", "")):
            yield Fund("title", "the title in the metadata stream differs from the one in the document information")
    if not rod.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield Fund("title", "ViewerPreferences does not show the title")
    for navn, skrift in _skrifter(pdf, fremmede):
        if not any(noegle in skrift for noegle in ("/FontFile", "/FontFile2", "/FontFile3")):
            yield Fund("font", f"{navn} is not embedded")


def _skrifter(pdf: Pdf, fremmede: Collection[int]) -> Iterator[tuple[str, Object]]:
    """The descriptor of each font in use."""
    set_: set[tuple[int, int]] = set()
    for nummer, side in enumerate(pdf.pages, start=1):
        if nummer in fremmede:
            continue
        for skrift in side.obj.get("/Resources", {}).get("/Font", {}).values():
            if skrift.objgen in set_:
                continue
            set_.add(skrift.objgen)
            indre = skrift.get("/DescendantFonts", [skrift])[0]
            yield str(skrift.get("/BaseFont", "a font")), indre.get("/FontDescriptor", Dictionary())


def _egenskab(element: Element, navn: str) -> object:
    """An attribute of an element, wherever among its attribute dictionaries it stands."""
    egenskaber = element.objekt.get("/A", None)
    if egenskaber is None:
        return None
    for ordbog in egenskaber if isinstance(egenskaber, pikepdf.Array) else [egenskaber]:
        if isinstance(ordbog, Dictionary) and navn in ordbog:
            return ordbog[navn]
    return None


def _roller(elementer: Iterable[Element]) -> Iterator[Fund]:
    for element in elementer:
        if element.rolle != "StructTreeRoot" and element.rolle not in STANDARDTYPER:
            yield Fund("role", f"{element.rolle} is no standard structure type")
        lovlige = LOVLIGE_BOERN.get(element.rolle)
        for barn in element.boern:
            if lovlige is not None and barn.rolle not in lovlige:
                yield Fund("nesting", f"{barn.rolle} may not stand in {element.rolle}")
            if barn.rolle in ("TR", "TH", "TD", "LI", "TOCI") and not any(
                barn.rolle in boern for foraelder, boern in LOVLIGE_BOERN.items() if foraelder == element.rolle
            ):
                yield Fund("nesting", f"{barn.rolle} may not stand in {element.rolle}")
        if element.rolle == "Figure":
            if not str(element.objekt.get("/Alt", "")).strip():
                yield Fund("alt", f"figure {element.objekt.objgen} has no alternative text")
            if _egenskab(element, "/BBox") is None:
                yield Fund("bbox", f"figure {element.objekt.objgen} has no bounding box")
        if element.rolle == "TH" and _egenskab(element, "/Scope") not in (Name.Column, Name.Row, Name.Both):
            yield Fund("scope", f"heading cell {element.objekt.objgen} has no scope")
        if element.rolle == "Table" and not any(barn.rolle == "TH" for barn in alle(element)):
            yield Fund("table", f"table {element.objekt.objgen} has no heading cell")


def _overskrifter(elementer: Iterable[Element]) -> Iterator[Fund]:
    """Headings start at level 1 and never skip a level on the way down."""
    forrige = 0
    for element in elementer:
        if len(element.rolle) == 2 and element.rolle[0] == "H" and element.rolle[1].isdigit():
            niveau = int(element.rolle[1])
            if niveau > forrige + 1:
                yield Fund("heading", f"{element.rolle} follows {f'H{forrige}' if forrige else 'no heading'}")
            forrige = niveau
    if not forrige:
        yield Fund("heading", "the document has no headings")


def _noter(pdf: Pdf, elementer: Iterable[Element]) -> Iterator[Fund]:
    """Each footnote has an identifier of its own, listed in the identifier tree."""
    id_er = Counter(str(element.objekt.get("/ID", "")) for element in elementer if element.rolle == "Note")
    if not id_er:
        return
    liste = pdf.Root.StructTreeRoot.get("/IDTree", {}).get("/Names", [])
    i_trae = {str(liste[plads]) for plads in range(0, len(liste), 2)}
    for id_, antal in id_er.items():
        if not id_ or antal > 1 or id_ not in i_trae:
            yield Fund("note", f"note identifier {id_!r}: used {antal} times, in the tree: {id_ in i_trae}")


def _indhold(pdf: Pdf, laesning: Traelaesning) -> Iterator[Fund]:
    """Each piece of content is owned exactly once, and the parent tree agrees with the structure tree."""
    traeet = foraeldretrae(pdf)
    for nummer, side in enumerate(pdf.pages, start=1):
        mcider, fejl = kontroller_indhold(side)
        yield from (Fund("content", besked, nummer) for besked in fejl)
        for mcid, antal in mcider.items():
            if antal > 1:
                yield Fund("mcid", f"content {mcid} is used {antal} times", nummer)
        ejet = {mcid for side_, mcid in laesning.ejere if side_ == nummer}
        for mcid in sorted(set(mcider) - ejet):
            yield Fund("mcid", f"content {mcid} belongs to no element", nummer)
        for mcid in sorted(ejet - set(mcider)):
            yield Fund("mcid", f"content {mcid} is owned but not on the page", nummer)
        noegle = side.obj.get("/StructParents", None)
        ejere = traeet.get(int(noegle)) if noegle is not None else None
        if ejere is None:
            yield Fund("parent-tree", "the page is not in the parent tree", nummer)
            continue
        for mcid in sorted(ejet):
            if mcid >= len(ejere) or ejere[mcid].objgen != laesning.ejere[nummer, mcid]:
                yield Fund("parent-tree", f"disagrees about content {mcid}", nummer)
        for annotation in side.obj.get("/Annots", []):
            noegle = annotation.get("/StructParent", None)
            ejer = laesning.annotationer.get(annotation.objgen)
            i_traeet = traeet.get(int(noegle)) if noegle is not None else None
            if ejer is None or i_traeet is None or i_traeet.objgen != ejer.objekt.objgen:
                yield Fund("annotation", f"{annotation.objgen} is not tied to the structure", nummer)
