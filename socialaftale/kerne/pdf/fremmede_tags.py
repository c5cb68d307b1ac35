"""Builds the structure tree of a PDF made elsewhere anew: standard types, one owner per piece of content, no gaps.

What is kept is what readers use: types, order, alternative texts, languages, attributes of lists and tables. What a
file leaves out is filled in as modestly as can be (a figure without a text says that it has none); what contradicts
itself raises `UkendtMaerkning`, and the pages are tagged as wholes instead.
"""

from collections import defaultdict
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from socialaftale.kerne.pdf.maerker import UkendtMaerkning, helt_maerket, mcider
from socialaftale.kerne.pdf.strukturkontrol import LOVLIGE_BOERN, STANDARDTYPER

BEHOLDES = ("/Alt", "/ActualText", "/E", "/Lang", "/T", "/A")
# Types that mean something only inside their own kind of parent.
BUNDNE = frozenset(["TR", "TH", "TD", "THead", "TBody", "TFoot", "LI", "TOCI", "Lbl", "LBody"])
UDEN_BESKRIVELSE = "Figur uden beskrivelse"
OVERSKRIFTER = tuple(f"H{niveau}" for niveau in range(1, 7))
MAKS_DYBDE = 150


class Trae:
    """The new tree of one file; `rod` is its Document."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.gammel = pdf.Root.StructTreeRoot
        self.rollekort = {noegle: str(vaerdi)[1:] for noegle, vaerdi in dict(self.gammel.get("/RoleMap", {})).items()}
        self.sider = {side.objgen: nummer for nummer, side in enumerate(pdf.pages)}
        self.paa_siden: list[set[int]] = []
        self.ejere: dict[int, dict[int, Object]] = defaultdict(dict)
        self.links = {
            annotation.objgen: (side.obj, annotation)
            for side in pdf.pages
            for annotation in side.obj.get("/Annots", [])
        }
        self.linkejere: dict[tuple[int, int], Object] = {}
        self._set: set[tuple[int, int]] = set()
        self._noter = 0
        # Below the heading of the cover sheet.
        self._niveau = 1
        self.rod = pdf.make_indirect(Dictionary(S=Name.Document, K=Array()))

    def byg(self) -> None:
        """Reads the old tree, marks the pages and puts the new tree in the file."""
        for side in self.pdf.pages:
            numre = mcider(side)
            if len(set(numre)) < len(numre):
                raise UkendtMaerkning("a number is used twice on a page")
            self.paa_siden.append(set(numre))
        k = self.gammel.get("/K", None)
        for barn in _liste(k):
            self._tilfoej(self.rod, barn, None, 0)
        self._ret_indlejring(self.rod)
        self._resten_af_links()
        for nummer, side in enumerate(self.pdf.pages):
            ordrer = helt_maerket(side, self.ejere[nummer].keys())
            side.obj.Contents = self.pdf.make_stream(pikepdf.unparse_content_stream(ordrer))
        skriv_rod(self.pdf, self.rod, [self.ejere[nummer] for nummer in range(len(self.pdf.pages))], self.linkejere)

    def _rolle(self, navn: str) -> str:
        set_: set[str] = set()
        while f"/{navn}" in self.rollekort and navn not in STANDARDTYPER and navn not in set_:
            set_.add(navn)
            navn = self.rollekort[f"/{navn}"]
        return navn if navn in STANDARDTYPER else "NonStruct"

    def _tilfoej(self, over: Object, gammelt: Any, side: Object | None, dybde: int) -> None:
        """One child of the old tree below an element of the new one; what leads nowhere is left out."""
        if dybde > MAKS_DYBDE:
            raise UkendtMaerkning("the tree is too deep")
        if isinstance(gammelt, int):
            self._indhold(over, side, gammelt)
        elif not isinstance(gammelt, Dictionary):
            return
        elif gammelt.get("/Type", None) == Name.MCR:
            if "/Stm" in gammelt:
                raise UkendtMaerkning("content in a form")
            self._indhold(over, gammelt.get("/Pg", side), int(gammelt.MCID))
        elif gammelt.get("/Type", None) == Name.OBJR:
            self._link(over, gammelt.Obj)
        elif "/S" in gammelt:
            self._element(over, gammelt, side, dybde)

    def _indhold(self, over: Object, side: Object | None, mcid: int) -> None:
        nummer = self.sider.get(side.objgen) if side is not None else None
        if nummer is None or mcid not in self.paa_siden[nummer]:
            return
        if mcid in self.ejere[nummer]:
            raise UkendtMaerkning("content with two owners")
        self.ejere[nummer][mcid] = over
        over.K.append(Dictionary(Type=Name.MCR, Pg=self.pdf.pages[nummer].obj, MCID=mcid))

    def _link(self, over: Object, annotation: Object) -> None:
        if annotation.objgen not in self.links or annotation.objgen in self.linkejere:
            return
        if Name.Link != over.S:
            over = self._nyt(over, "Link")
        self.linkejere[annotation.objgen] = over
        over.K.append(Dictionary(Type=Name.OBJR, Pg=self.links[annotation.objgen][0], Obj=annotation))

    def _nyt(self, over: Object, rolle: str) -> Object:
        nyt = self.pdf.make_indirect(Dictionary(S=Name(f"/{rolle}"), P=over, K=Array()))
        over.K.append(nyt)
        return nyt

    def _element(self, over: Object, gammelt: Object, side: Object | None, dybde: int) -> None:
        if gammelt.is_indirect:
            if gammelt.objgen in self._set:
                raise UkendtMaerkning("an element stands twice in the tree")
            self._set.add(gammelt.objgen)
        rolle = self._rolle(str(gammelt.S)[1:])
        if rolle in ("Document", "Annot", "Form"):
            rolle = "Div"
        nyt = self._nyt(over, rolle)
        for noegle in BEHOLDES:
            if noegle in gammelt:
                nyt[noegle] = gammelt[noegle]
        if rolle in OVERSKRIFTER:
            self._niveau = min(int(rolle[1]) + 1, self._niveau + 1, 6)
            nyt.S = Name(f"/H{self._niveau}")
        for barn in _liste(gammelt.get("/K", None)):
            self._tilfoej(nyt, barn, gammelt.get("/Pg", side), dybde + 1)
        if not len(nyt.K) and rolle not in ("TD", "TH"):
            del over.K[len(over.K) - 1]
            return
        self._udfyld(nyt, rolle)

    def _udfyld(self, nyt: Object, rolle: str) -> None:
        """What the type demands and the file may have left out."""
        if rolle == "Figure":
            if not str(nyt.get("/Alt", "")).strip():
                nyt.Alt = String(UDEN_BESKRIVELSE)
            side = _foerste_side(nyt)
            if side is not None and not _har(nyt, "/BBox"):
                _tilfoej_egenskab(nyt, Dictionary(O=Name.Layout, BBox=Array(side.MediaBox)))
        elif rolle == "TH" and not _har(nyt, "/Scope"):
            _tilfoej_egenskab(nyt, Dictionary(O=Name.Table, Scope=Name.Column))
        elif rolle == "Note":
            self._noter += 1
            nyt.ID = String(f"note-{self._noter:04d}")

    def _ret_indlejring(self, element: Object) -> None:
        """A list or table that is not built as one becomes plain parts in the same order."""
        rolle = str(element.S)[1:]
        for barn in _elementer(element):
            barnerolle = str(barn.S)[1:]
            if barnerolle in BUNDNE - {"Lbl"} and barnerolle not in LOVLIGE_BOERN.get(rolle, ()) and rolle != "LI":
                _nedtag(barn)
        roller = [str(barn.S)[1:] for barn in _elementer(element)]
        lovlige = LOVLIGE_BOERN.get(rolle)
        if lovlige is not None and (set(roller) - lovlige or (rolle == "Table" and not _har_hoved(element))):
            _nedtag(element)
        for barn in _elementer(element):
            self._ret_indlejring(barn)

    def _resten_af_links(self) -> None:
        """Links the file has left out of its tree come last, in the order of the pages."""
        for noegle, (_, annotation) in self.links.items():
            if noegle not in self.linkejere:
                self._link(self._nyt(self.rod, "P"), annotation)


def skriv_rod(pdf: Pdf, rod: Object, ejere: list[dict[int, Object]], linkejere: dict[tuple[int, int], Object]) -> None:
    """Puts the tree in the file, and the parent tree that follows from it: the pages first, then the links."""
    numre = Array()
    for nummer, side in enumerate(pdf.pages):
        paa_siden = ejere[nummer]
        side.obj.StructParents = nummer
        hoejeste = max(paa_siden, default=-1)
        if hoejeste > 100_000:
            raise UkendtMaerkning("numbers without end")
        numre.extend([nummer, Array([paa_siden.get(mcid) for mcid in range(hoejeste + 1)])])
    naeste = len(pdf.pages)
    for side in pdf.pages:
        for annotation in side.obj.get("/Annots", []):
            annotation.StructParent = naeste
            numre.extend([naeste, linkejere[annotation.objgen]])
            naeste += 1
    noter = [element for element in _alle(rod) if "/ID" in element]
    rodobjekt = pdf.make_indirect(
        Dictionary(
            Type=Name.StructTreeRoot,
            K=Array([rod]),
            ParentTree=pdf.make_indirect(Dictionary(Nums=numre)),
            ParentTreeNextKey=naeste,
        )
    )
    if noter:
        rodobjekt.IDTree = Dictionary(Names=Array([del_ for note in noter for del_ in (note.ID, note)]))
    rod.P = rodobjekt
    pdf.Root.StructTreeRoot = rodobjekt
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def _liste(k: Any) -> list[Any]:
    return [] if k is None else list(k) if isinstance(k, Array) else [k]


def _elementer(element: Object) -> list[Object]:
    return [barn for barn in element.get("/K", []) if isinstance(barn, Dictionary) and "/S" in barn]


def _alle(element: Object) -> list[Object]:
    return [element, *(under for barn in _elementer(element) for under in _alle(barn))]


def _har_hoved(tabel: Object) -> bool:
    return any(Name.TH == element.S for element in _alle(tabel))


def _nedtag(element: Object) -> None:
    """The element and what only means something inside it become plain parts."""
    element.S = Name.Div
    for barn in _elementer(element):
        if str(barn.S)[1:] in BUNDNE:
            _nedtag(barn)


def _har(element: Object, navn: str) -> bool:
    return any(isinstance(del_, Dictionary) and navn in del_ for del_ in _liste(element.get("/A", None)))


def _tilfoej_egenskab(element: Object, egenskab: Dictionary) -> None:
    andre = [del_ for del_ in _liste(element.get("/A", None)) if isinstance(del_, Dictionary)]
    element.A = Array([*andre, egenskab]) if andre else egenskab


def _foerste_side(element: Object) -> Object | None:
    """The page of the first content of an element."""
    for barn in element.K:
        side = barn.get("/Pg", None) if "/S" not in barn else _foerste_side(barn)
        if side is not None:
            return side
    return None
