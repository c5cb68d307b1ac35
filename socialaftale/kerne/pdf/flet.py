"""Joins finished PDFs into one and keeps what makes them accessible: tags, bookmarks, links, language, title.

Each part keeps its own page numbers ("Side 3 af 25", "Bilag 7, side 3 af 51"), so a changed chapter makes the prose
anew and nothing else. General tools lose the tags or the links: structure, parent tree, identifiers and destinations
are renumbered here.
"""

import io
import re
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Pdf, String

from socialaftale.kerne.pdf.fejl import PdfFejl

# A link written as href="del:bilag-7" leads to the first page of the part with that key.
DELLINK = re.compile(r"^del:(?P<noegle>[^/#?]+)$")


@dataclass(frozen=True)
class Del:
    """One part: ``titel`` is its bookmark (None when its own bookmarks stand at the top) and its page label."""

    data: bytes
    noegle: str = ""
    titel: str | None = None
    sidemaerke: str = ""


def flet_dele(dele: Sequence[Del], *, titel: str | None = None) -> bytes:
    """One PDF of all parts in order; deterministic.

    Information and language come from the first part, ``titel`` replaces its title. Raises ``PdfFejl`` when a part is
    not tagged, has another language, or a ``del:`` link names no part.
    """
    if not dele:
        raise ValueError("no parts to join")
    noegler = [del_.noegle for del_ in dele if del_.noegle]
    if len(set(noegler)) < len(noegler):
        raise ValueError("two parts have the same key")
    # Copied streams are read from their source when the whole is saved, so the sources stay open until then.
    with ExitStack() as aabne:
        samlet = aabne.enter_context(pikepdf.open(io.BytesIO(dele[0].data)))
        _kraev_tags(samlet, dele[0], sprog=None)
        sprog = str(samlet.Root.get("/Lang", ""))
        fletning = _Fletning(samlet)
        fletning.begynd(dele[0])
        for nummer, del_ in enumerate(dele[1:], start=2):
            kilde = aabne.enter_context(pikepdf.open(io.BytesIO(del_.data)))
            _kraev_tags(kilde, del_, sprog)
            fletning.tilfoej(kilde, del_, f"d{nummer}.")
        fletning.afslut(dele)
        if titel is not None:
            samlet.docinfo["/Title"] = titel
            with samlet.open_metadata(set_pikepdf_as_editor=False) as xmp:
                xmp["dc:title"] = titel
        ud = io.BytesIO()
        samlet.save(
            ud, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, fix_metadata_version=False
        )
        return ud.getvalue()


def _kraev_tags(pdf: Pdf, del_: Del, sprog: str | None) -> None:
    navn = del_.noegle or del_.titel or "the part"
    if "/StructTreeRoot" not in pdf.Root:
        raise PdfFejl(f"{navn} has no structure tree, so its tags cannot be kept")
    if sprog is not None and str(pdf.Root.get("/Lang", "")) != sprog:
        raise PdfFejl(f"{navn} is in {str(pdf.Root.get('/Lang', ''))!r}, the first part in {sprog!r}")


class _Fletning:
    """The document that grows part by part."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.numre: list[Object] = []
        self.naeste = 0
        self.toppe: list[Object] = []
        self.id_er: list[tuple[str, Object]] = []
        self.maal: dict[str, Object] = {}
        self.forsider: list[Object] = []
        self.antal: list[int] = []
        self.bogmaerker: list[list[OutlineItem]] = []

    def begynd(self, del_: Del) -> None:
        """Takes the first part as it is."""
        self._overtag(self.pdf, self.pdf.pages, self.pdf.Root.StructTreeRoot, "", del_)

    def tilfoej(self, kilde: Pdf, del_: Del, praefiks: str) -> None:
        """Copies the pages of another part, and its structure after them."""
        foer = len(self.pdf.pages)
        for side in kilde.pages:
            self.pdf.pages.append(side)
        # The pages are copied already, so what the tree says about them points to the copies.
        rod = self.pdf.copy_foreign(kilde.make_indirect(kilde.Root.StructTreeRoot))
        self._overtag(kilde, self.pdf.pages[foer:], rod, praefiks, del_)

    def _overtag(self, kilde: Pdf, sider: Sequence[pikepdf.Page], rod: Object, praefiks: str, del_: Del) -> None:
        self.forsider.append(sider[0].obj)
        self.antal.append(len(sider))
        forskydning = self.naeste
        for noegle, vaerdi in _tal_i_trae(rod.ParentTree):
            self.numre.extend([noegle + forskydning, vaerdi])
            self.naeste = max(self.naeste, noegle + forskydning + 1)
        self.toppe.extend(_top(rod, del_.titel))
        for navn, element in _navne_i_trae(rod.get("/IDTree", Dictionary())):
            element.ID = String(praefiks + navn)
            self.id_er.append((praefiks + navn, element))
        for side in sider:
            side.obj.StructParents = int(side.obj.StructParents) + forskydning
            for annotation in side.obj.get("/Annots", []):
                if "/StructParent" in annotation:
                    annotation.StructParent = int(annotation.StructParent) + forskydning
                if praefiks and isinstance(annotation.get("/Dest", None), String):
                    annotation.Dest = String(praefiks + str(annotation.Dest))
        nye_sider = {gammel.objgen: ny.obj for gammel, ny in zip(kilde.pages, sider, strict=True)}
        for navn, maal in _navne_i_trae(kilde.Root.get("/Names", {}).get("/Dests", Dictionary())):
            self.maal[praefiks + navn] = _paa_side(maal, nye_sider)
        with kilde.open_outline() as oversigt:
            punkter = [_kopier(punkt, nye_sider) for punkt in oversigt.root]
        if del_.titel is not None:
            top = OutlineItem(del_.titel, Array([sider[0].obj, Name.Fit]))
            top.children.extend(punkter)
            punkter = [top]
        self.bogmaerker.append(punkter)

    def afslut(self, dele: Sequence[Del]) -> None:
        """Writes what belongs to the whole: one structure tree, names, bookmarks, page labels, links between parts."""
        dokument = self.pdf.make_indirect(Dictionary(S=Name.Document, K=Array(self.toppe)))
        rod = self.pdf.make_indirect(
            Dictionary(
                Type=Name.StructTreeRoot,
                K=Array([dokument]),
                ParentTree=self.pdf.make_indirect(Dictionary(Nums=Array(self.numre))),
                ParentTreeNextKey=self.naeste,
            )
        )
        dokument.P = rod
        for top in self.toppe:
            top.P = dokument
        if self.id_er:
            rod.IDTree = Dictionary(Names=_navneliste(self.id_er))
        self.pdf.Root.StructTreeRoot = rod
        if self.maal:
            if "/Names" not in self.pdf.Root:
                self.pdf.Root.Names = Dictionary()
            self.pdf.Root.Names.Dests = Dictionary(Names=_navneliste(list(self.maal.items())))
        with self.pdf.open_outline() as oversigt:
            oversigt.root.clear()
            oversigt.root.extend(punkt for punkter in self.bogmaerker for punkt in punkter)
        self.pdf.Root.PageMode = Name.UseOutlines
        self._sidemaerker(dele)
        self._delenes_links({del_.noegle: side for del_, side in zip(dele, self.forsider, strict=True) if del_.noegle})

    def _sidemaerker(self, dele: Sequence[Del]) -> None:
        """What a viewer calls each page: the same numbers as printed at its foot."""
        numre, foerste = Array(), 0
        for del_, antal in zip(dele, self.antal, strict=True):
            maerke = Dictionary(S=Name.D)
            if del_.sidemaerke:
                maerke.P = String(del_.sidemaerke)
            numre.extend([foerste, maerke])
            foerste += antal
        self.pdf.Root.PageLabels = Dictionary(Nums=numre)

    def _delenes_links(self, forsider: dict[str, Object]) -> None:
        """Makes ``del:`` links lead to the first page of the part they name."""
        for side in self.pdf.pages:
            for annotation in side.obj.get("/Annots", []):
                handling = annotation.get("/A", None)
                fund = DELLINK.match(str(handling.get("/URI", ""))) if handling is not None else None
                if fund is None:
                    continue
                if fund["noegle"] not in forsider:
                    raise PdfFejl(f"a link leads to the part {fund['noegle']!r}, which is not in the document")
                del annotation["/A"]
                annotation.Dest = Array([forsider[fund["noegle"]], Name.Fit])


def _top(rod: Object, titel: str | None) -> list[Object]:
    """The topmost elements of a part, its Document as a Part of the whole."""
    k = rod.K
    toppe = list(k) if isinstance(k, Array) else [k]
    for top in toppe:
        if Name.Document == top.S:
            top.S = Name.Part
        if titel is not None:
            top.T = String(titel)
    return toppe


def _tal_i_trae(knude: Object) -> list[tuple[int, Object]]:
    numre = knude.get("/Nums", [])
    resultat = [(int(numre[plads]), numre[plads + 1]) for plads in range(0, len(numre), 2)]
    for barn in knude.get("/Kids", []):
        resultat += _tal_i_trae(barn)
    return resultat


def _navne_i_trae(knude: Object) -> list[tuple[str, Object]]:
    navne = knude.get("/Names", [])
    resultat = [(str(navne[plads]), navne[plads + 1]) for plads in range(0, len(navne), 2)]
    for barn in knude.get("/Kids", []):
        resultat += _navne_i_trae(barn)
    return resultat


def _navneliste(par: Sequence[tuple[str, Object]]) -> Array:
    """A name tree of one node; readers search it by the bytes of the names."""
    ordnet = sorted(((String(navn), vaerdi) for navn, vaerdi in par), key=lambda del_: bytes(del_[0]))
    return Array([del_ for navn, vaerdi in ordnet for del_ in (navn, vaerdi)])


def _paa_side(maal: Object, nye_sider: dict[tuple[int, int], Object]) -> Array:
    """The same place on the copied page."""
    if isinstance(maal, Dictionary):
        maal = maal.D
    return Array([nye_sider[maal[0].objgen], *list(maal)[1:]])


def _kopier(punkt: OutlineItem, nye_sider: dict[tuple[int, int], Object]) -> OutlineItem:
    """A bookmark and those below it, with new destinations and as open as they were."""
    if not isinstance(punkt.destination, Array):
        raise PdfFejl(f"the bookmark {punkt.title!r} has no page of its own")
    kopi = OutlineItem(punkt.title, _paa_side(punkt.destination, nye_sider))
    kopi.is_closed = punkt.is_closed
    kopi.children.extend(_kopier(barn, nye_sider) for barn in punkt.children)
    return kopi
