"""Makes WeasyPrint write an accessible PDF: our own tag tree instead of WeasyPrint's, and what the catalogue needs.

``install()`` takes the place of one private function, so the version is pinned and a test fails when a name we rely on
disappears. What was wrong with WeasyPrint 70's own tree: one element per page for what is
split over pages, no Scope, headers and footers outside the tree instead of artifacts, figure boxes in the wrong space,
decorative images as figures, footnotes as spans, nested links, link descriptions that are anchor names.
"""

from typing import Any

import pydyf
import weasyprint.pdf

from socialaftale.kerne.pdf.fejl import PdfFejl
from socialaftale.kerne.pdf.knude import Annotation, Indhold, Knude
from socialaftale.kerne.pdf.strukturtrae import Strukturtrae

WEASYPRINT = "70.0"
MAERKE = "_socialaftale_tags"


def install() -> None:
    """Puts our tagging in place, once per process."""
    if weasyprint.VERSION != WEASYPRINT:
        raise PdfFejl(f"WeasyPrint {weasyprint.VERSION} found, but the tagging is made for {WEASYPRINT}")
    weasyprint.pdf.add_tags = skriv_tags


def finisher(dokument: Any, pdf: pydyf.PDF) -> None:
    """Last touch before the file is written; refuses a file whose tags are not ours."""
    if not pdf.catalog.pop(MAERKE, False):
        raise PdfFejl("the tag tree was not built by socialaftale.kerne.pdf.a11y")
    if "Outlines" in pdf.catalog:
        pdf.catalog["PageMode"] = "/UseOutlines"


def skriv_tags(pdf: pydyf.PDF, dokument: Any, pdf_version: object, stroemme: list[Any]) -> None:
    """Adds the structure tree, the parent tree and the identifiers; same signature as ``weasyprint.pdf.add_tags``."""
    trae = Strukturtrae(pdf, dokument, stroemme)
    trae.byg()
    ejere = _nummerer_maerker(trae)

    rod = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    foraeldretrae = pydyf.Dictionary({"Nums": pydyf.Array()})
    pdf.add_object(rod)
    pdf.add_object(foraeldretrae)
    for knude in trae.rod.efterkommere():
        pdf.add_object(knude.objekt)

    annotationer: list[tuple[pydyf.Dictionary, Knude]] = []
    for knude in trae.rod.efterkommere():
        _skriv_knude(pdf, trae, knude, rod, annotationer)
    _skriv_foraeldretrae(foraeldretrae, ejere, annotationer)
    rod["K"] = pydyf.Array([trae.rod.objekt.reference])
    rod["ParentTree"] = foraeldretrae.reference
    rod["ParentTreeNextKey"] = len(ejere) + len(annotationer)
    if noter := [note for note in trae.noter if note.objekt.number is not None]:
        navne = pydyf.Array()
        for note in noter:
            navne.extend([note.objekt["ID"], note.objekt.reference])
        rod["IDTree"] = pydyf.Dictionary({"Names": navne})

    pdf.catalog["StructTreeRoot"] = rod.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog[MAERKE] = True


def _nummerer_maerker(trae: Strukturtrae) -> list[list[Knude]]:
    """Numbers the marked content of each page from 0 without gaps and turns the rest into artifacts.

    Answers, page by page, which element owns each number.
    """
    indhold: list[list[tuple[Indhold, Knude]]] = [[] for _ in trae.sider]
    for knude in trae.rod.efterkommere():
        for barn in knude.boern:
            if isinstance(barn, Indhold):
                indhold[barn.side].append((barn, knude))

    ejere = []
    for side, (stykker, stroem) in enumerate(zip(indhold, trae.stroemme, strict=True)):
        stykker.sort(key=lambda par: par[0].maerke["mcid"])
        nye = {
            stykke.maerke["mcid"]: (nummer, stykke.maerke.get("laes")) for nummer, (stykke, _) in enumerate(stykker)
        }
        _omskriv(stroem, nye, trae.artefakter[side], side)
        for nummer, (stykke, _) in enumerate(stykker):
            stykke.maerke["mcid"] = nummer
        ejere.append([knude for _, knude in stykker])
    return ejere


def _omskriv(
    stroem: Any, nye: dict[int, tuple[int, str | None]], artefakter: dict[int, str | None], side: int
) -> None:
    """Gives the marks in a page's content stream their new numbers, or makes artifacts of them."""
    dele = stroem.stream
    mangler = set(nye)
    for plads, del_ in enumerate(dele):
        if not isinstance(del_, pydyf.Dictionary) or "MCID" not in del_:
            continue
        gammel = del_["MCID"]
        if gammel in nye:
            del_["MCID"], laes = nye[gammel]
            if laes:
                del_["ActualText"] = pydyf.String(laes)
            mangler.discard(gammel)
            continue
        slags = artefakter.get(gammel)
        # The items are: the tag's name, its properties, the operator BDC.
        dele[plads - 1] = "/Artifact"
        egenskaber = {"Type": "/Pagination", "Subtype": slags} if slags else {"Type": "/Layout"}
        dele[plads] = pydyf.Dictionary(egenskaber)
    if mangler:
        raise PdfFejl(f"page {side + 1}: text inside a transparent group (opacity below 1) cannot be tagged")


def _skriv_knude(
    pdf: pydyf.PDF,
    trae: Strukturtrae,
    knude: Knude,
    rod: pydyf.Dictionary,
    annotationer: list[tuple[pydyf.Dictionary, Knude]],
) -> None:
    """Fills an element's dictionary: parent, page and children."""
    objekt = knude.objekt
    objekt["P"] = rod.reference if knude.foraelder is None else knude.foraelder.objekt.reference
    egne = [barn for barn in knude.boern if not isinstance(barn, Knude)]
    hovedside = egne[0].side if egne else None
    if hovedside is not None:
        objekt["Pg"] = trae.sidereferencer[hovedside]
    boern = pydyf.Array()
    for barn in knude.boern:
        match barn:
            case Knude():
                boern.append(barn.objekt.reference)
            case Indhold(side, maerke) if side == hovedside:
                boern.append(maerke["mcid"])
            case Indhold(side, maerke):
                boern.append(
                    pydyf.Dictionary({"Type": "/MCR", "Pg": trae.sidereferencer[side], "MCID": maerke["mcid"]})
                )
            case Annotation(side, annotation):
                boern.append(
                    pydyf.Dictionary({"Type": "/OBJR", "Pg": trae.sidereferencer[side], "Obj": annotation.reference})
                )
                annotationer.append((annotation, knude))
    if boern:
        objekt["K"] = boern


def _skriv_foraeldretrae(
    foraeldretrae: pydyf.Dictionary, ejere: list[list[Knude]], annotationer: list[tuple[pydyf.Dictionary, Knude]]
) -> None:
    """From page and number to owning element; annotations get the keys after the last page."""
    numre = foraeldretrae["Nums"]
    for side, knuder in enumerate(ejere):
        numre.extend([side, pydyf.Array(knude.objekt.reference for knude in knuder)])
    for noegle, (annotation, knude) in enumerate(annotationer, start=len(ejere)):
        annotation["StructParent"] = noegle
        numre.extend([noegle, knude.objekt.reference])
