"""The tag tree of a PDF, built from WeasyPrint's boxes: one structure element per HTML element.

WeasyPrint builds its tree page by page, so a table over 51 pages becomes 51 tables, each with its own heading row.
Here the key is the HTML element, so what is split over pages is joined again; what is repeated on each page (heading
rows, margin boxes) and what is decoration becomes an artifact, which is skipped when the document is read aloud.
"""

from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from socialaftale.kerne.pdf import roller
from socialaftale.kerne.pdf.fejl import PdfFejl
from socialaftale.kerne.pdf.knude import Annotation, Indhold, Knude

# 72 PDF points to 96 CSS pixels.
PUNKT_PR_PX = 0.75
BLOED_BINDESTREG = "\u00ad"


def _har_tekst(linje: Any) -> bool:
    """Whether a line holds more than pictures and the space around them."""
    return any(isinstance(boks, boxes.TextBox) and boks.text.strip() for boks in linje.descendants())


class Strukturtrae:
    """Walks the boxes of all pages and gathers structure elements, artifacts and link annotations."""

    def __init__(self, pdf: pydyf.PDF, dokument: Any, stroemme: list[Any]) -> None:
        self.pdf = pdf
        self.sprog = dokument.metadata.lang
        self.sider = dokument.pages
        self.stroemme = stroemme
        sidenumre = pdf.pages["Kids"][::3]
        self.sideobjekter = [pdf.objects[nummer] for nummer in sidenumre]
        # pydyf builds the tuple of all page references anew each time it is asked: quadratic in long documents.
        self.sidereferencer = pdf.page_references
        self.rod = Knude("Document", None)
        self.noter: list[Knude] = []
        # What is no content, page by page: MCID -> kind of page artifact (None for decoration).
        self.artefakter: list[dict[int, str | None]] = []
        self._knuder: dict[tuple[object, str], Knude] = {}
        self._foerste_side: dict[object, int] = {}
        self._kald: dict[object, pydyf.Dictionary] = {}
        self._kildetekster: dict[object, str] = {}
        self._side = 0
        self._maerker: dict[Any, dict[str, Any]] = {}

    def byg(self) -> None:
        """Fills the tree from all pages."""
        for nummer, (side, stroem) in enumerate(zip(self.sider, self.stroemme, strict=True)):
            self._side, self._maerker = nummer, stroem._tags
            self.artefakter.append({})
            for boks in side._page_box.children:
                self._gaa(boks, self.rod)
            if self._maerker:
                rester = ", ".join(repr(getattr(boks, "text", boks)) for boks in list(self._maerker)[:3])
                raise PdfFejl(f"page {nummer + 1}: painted content that no box owns: {rester}")
        self.rod.beskaer()

    def _gaa(self, boks: Any, knude: Knude) -> None:
        """Takes one box and its descendants into the tree below ``knude``."""
        if isinstance(boks, AbsolutePlaceholder):
            boks = boks._box
        if isinstance(boks, boxes.TextBox):
            # A text box that is not drawn (an empty line) has no mark.
            if maerke := self._maerker.pop(boks, None):
                if knude.rolle in roller.GRUPPER:
                    # Only blank lines get here: the space around a picture that stands alone.
                    self.artefakter[self._side][maerke["mcid"]] = None
                else:
                    knude.boern.append(Indhold(self._side, maerke))
                    self._bloed_bindestreg(boks, maerke)
            return
        if isinstance(boks, boxes.MarginBox):
            self._artefakt(boks, "/Header" if boks.at_keyword.startswith("@top") else "/Footer")
            return
        if boks.element is not None and roller.er_dekorativ(boks.element):
            self._artefakt(boks, None)
            return
        if self._er_gentaget(boks):
            self._artefakt(boks, "/Header")
            return
        if isinstance(boks, boxes.LineBox):
            knude = self._linjens_knude(boks, knude)
        else:
            knude = self._knude_for(boks, knude)
            self._tag_link_med(boks, knude)
            if annotation := self._kald.pop(knude.ophav, None):
                annotation["Dest"] = self._maal(boks)
        if isinstance(boks, boxes.ReplacedBox) and (maerke := self._maerker.pop(boks, None)):
            self._figur(boks, knude)
            knude.boern.append(Indhold(self._side, maerke))
        for barn in boks.children:
            self._gaa(barn, knude)
        if boks.footnote is not None:
            self._tilfoej_note(boks, knude)

    def _bloed_bindestreg(self, boks: Any, maerke: dict[str, Any]) -> None:
        """What is read where a word was divided at the end of a line: a soft hyphen, so that the word stays whole.

        A hyphen the author wrote stands in the source and stays one.
        """
        if not boks.text.endswith(boks.style["hyphenate_character"]) or boks.element is None:
            return
        ordstump = boks.text.split()[-1]
        if boks.element not in self._kildetekster:
            self._kildetekster[boks.element] = "".join(boks.element.itertext())
        if ordstump not in self._kildetekster[boks.element]:
            maerke["laes"] = boks.text.removesuffix(boks.style["hyphenate_character"]) + BLOED_BINDESTREG

    def _artefakt(self, boks: Any, slags: str | None) -> None:
        """Marks all content of a box as no content, and takes the links in it away."""
        if isinstance(boks, AbsolutePlaceholder):
            boks = boks._box
        if maerke := self._maerker.pop(boks, None):
            self.artefakter[self._side][maerke["mcid"]] = slags
        if boks.link_annotation is not None:
            self._fjern_annotation(boks.link_annotation)
        for barn in boks.children:
            self._artefakt(barn, slags)

    def _er_gentaget(self, boks: Any) -> bool:
        """Whether a heading or footing row group is the copy that stands again on a later page."""
        if not (getattr(boks, "is_header", False) or getattr(boks, "is_footer", False)):
            return False
        return self._foerste_side.setdefault(boks.element, self._side) != self._side

    def _linjens_knude(self, boks: Any, knude: Knude) -> Knude:
        """The element a line belongs to: text directly in a grouping element gets a paragraph."""
        if knude.rolle not in roller.GRUPPER or not _har_tekst(boks):
            return knude
        ophav = (boks.element, "linjer")
        sidste = knude.boern[-1] if knude.boern else None
        if isinstance(sidste, Knude) and sidste.ophav == ophav:
            return sidste
        return knude.tilfoej("P", ophav)

    def _knude_for(self, boks: Any, knude: Knude) -> Knude:
        """The structure element of a box; the one around it when the box says nothing about structure."""
        element, maerkat = boks.element, boks.element_tag
        if element is None:
            return knude
        noegle = (element, maerkat)
        if noegle not in self._knuder:
            ny = self._ny_knude(boks, knude)
            if ny is knude:
                return knude
            self._knuder[noegle] = ny
            ny.ophav = noegle
        return self._knuder[noegle]

    def _ny_knude(self, boks: Any, knude: Knude) -> Knude:
        element, maerkat = boks.element, boks.element_tag
        navn, _, pseudo = maerkat.partition("::")
        if pseudo:
            return self._pseudo(pseudo, knude)
        match navn:
            case "li":
                return self._listepunkt(knude)
            case "dt":
                return knude.tilfoej("LI").tilfoej("Lbl")
            case "dd":
                sidste = knude.boern[-1] if knude.boern else None
                punkt = sidste if isinstance(sidste, Knude) and sidste.rolle == "LI" else knude.tilfoej("LI")
                return punkt.tilfoej("LBody")
            case "a" if boks.link_annotation is not None:
                ny = knude.tilfoej("Link")
            case "ul" | "ol" if knude.i_indhold:
                # A nested list belongs to the entry, not to the reference inside it.
                ny = (knude.foraelder if knude.rolle == "Reference" else knude).tilfoej("TOC")
            case _ if navn in roller.ROLLER:
                ny = knude.tilfoej(roller.ROLLER[navn])
            case _ if (sprog := element.get("lang")) and sprog != self.sprog and navn not in ("html", "body"):
                ny = knude.tilfoej("Div" if navn in roller.BLOKKE_UDEN_ROLLE else "Span")
            case "abbr" if element.get("title"):
                ny = knude.tilfoej("Span")
            case _:
                return knude
        self._beskriv(boks, ny)
        return ny

    def _pseudo(self, pseudo: str, knude: Knude) -> Knude:
        """Markers and footnote calls are elements; what stands ``::before`` and ``::after`` is part of its element."""
        if pseudo == "marker" and knude.rolle in ("LBody", "Reference"):
            return knude.foraelder.tilfoej("Lbl", plads=0)
        if pseudo == "footnote-marker" and knude.rolle == "Note":
            return knude.tilfoej("Lbl", plads=0)
        if pseudo == "footnote-call":
            return knude.tilfoej("Reference").tilfoej("Link")
        return knude

    def _listepunkt(self, knude: Knude) -> Knude:
        if knude.rolle == "TOC":
            return knude.tilfoej("TOCI").tilfoej("Reference")
        if knude.rolle == "L":
            return knude.tilfoej("LI").tilfoej("LBody")
        return knude

    def _beskriv(self, boks: Any, knude: Knude) -> None:
        """Gives a new element what HTML says about it: language, scope, spans, numbering, expansion."""
        element, objekt = boks.element, knude.objekt
        if (sprog := element.get("lang")) and sprog != self.sprog:
            objekt["Lang"] = pydyf.String(sprog)
        if element.tag == "abbr" and (titel := element.get("title")):
            objekt["E"] = pydyf.String(titel)
        if roller.er_indholdsfortegnelse(element):
            knude.i_indhold = True
        if knude.rolle == "L" and element.tag != "dl":
            stil = boks.style["list_style_type"]
            navn = stil if isinstance(stil, str) else "disc"
            objekt["A"] = pydyf.Dictionary(
                {
                    "O": "/List",
                    "ListNumbering": roller.NUMMERERING.get(navn, "/Disc" if element.tag == "ul" else "/Decimal"),
                }
            )
        elif knude.rolle in ("TH", "TD"):
            egenskaber = {}
            if knude.rolle == "TH":
                i_hoved = knude.foraelder.foraelder is not None and knude.foraelder.foraelder.rolle == "THead"
                egenskaber["Scope"] = roller.SCOPE.get(element.get("scope"), "/Column" if i_hoved else "/Row")
            if boks.colspan != 1:
                egenskaber["ColSpan"] = boks.colspan
            if boks.rowspan != 1:
                egenskaber["RowSpan"] = boks.rowspan
            if egenskaber:
                objekt["A"] = pydyf.Dictionary({"O": "/Table", **egenskaber})

    def _figur(self, boks: Any, knude: Knude) -> None:
        """Alternative text and the place on the page, in PDF's coordinates (points, upwards)."""
        if tekst := roller.alternativ_tekst(boks.element):
            knude.objekt["Alt"] = pydyf.String(tekst)
        x, y = boks.content_box_x(), boks.content_box_y()
        knude.objekt["A"] = pydyf.Dictionary(
            {
                "O": "/Layout",
                "Placement": "/Block",
                "BBox": pydyf.Array(self._rektangel(self._side, (x, y, boks.width, boks.height))),
            }
        )

    def _rektangel(self, side: int, kasse: tuple[float, float, float, float]) -> list[float]:
        """A box of CSS pixels from the top left as PDF points from the bottom left."""
        x, y, bredde, hoejde = kasse
        top = self.sider[side].height - y
        return [tal * PUNKT_PR_PX for tal in (x, top - hoejde, x + bredde, top)]

    def _tag_link_med(self, boks: Any, knude: Knude) -> None:
        annotation = boks.link_annotation
        if annotation is None:
            return
        if knude.rolle == "Link" and knude.ophav == (boks.element, boks.element_tag):
            annotation["Contents"] = pydyf.String(roller.linktekst(boks.element))
            knude.boern.append(Annotation(self._side, annotation))
        else:
            # WeasyPrint gives each box inside a link an annotation of its own; one link is one link.
            self._fjern_annotation(annotation)

    def _fjern_annotation(self, annotation: pydyf.Dictionary) -> None:
        side = self.sideobjekter[self._side]
        if annotation.reference in side.get("Annots", ()):
            side["Annots"].remove(annotation.reference)
            if not side["Annots"]:
                del side["Annots"]
            annotation.clear()

    def _tilfoej_note(self, boks: Any, kald: Knude) -> None:
        """Reserves the place of a footnote right after its call; WeasyPrint lays it out at the foot of the page."""
        reference = kald.foraelder
        omgivende = reference.foraelder
        note = omgivende.tilfoej("Note", plads=omgivende.boern.index(reference) + 1)
        note.ophav = (boks.element, boks.element.tag)
        self.noter.append(note)
        note.objekt["ID"] = pydyf.String(f"note-{len(self.noter):04d}")
        self._knuder[note.ophav] = note
        annotation = pydyf.Dictionary(
            {
                "Type": "/Annot",
                "Subtype": "/Link",
                "Rect": pydyf.Array(self._rektangel(self._side, boks.hit_area())),
                "BS": pydyf.Dictionary({"W": 0}),
                "Contents": pydyf.String(f"Fodnote {len(self.noter)}"),
            }
        )
        self.pdf.add_object(annotation)
        self.sideobjekter[self._side].setdefault("Annots", pydyf.Array()).append(annotation.reference)
        kald.boern.append(Annotation(self._side, annotation))
        # The note may be laid out on the next page: where it stands is known when the walk gets there.
        self._kald[note.ophav] = annotation

    def _maal(self, boks: Any) -> pydyf.Array:
        x, _, _, y = self._rektangel(self._side, (boks.position_x, boks.position_y, 0, 0))
        return pydyf.Array([self.sidereferencer[self._side], "/XYZ", x, y, 0])
