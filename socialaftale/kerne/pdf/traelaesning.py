"""Reads the structure tree of a finished PDF: elements, who owns which content, who owns which annotation."""

from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Dictionary, Name, Object, Pdf

from socialaftale.kerne.pdf.fund import Fund


@dataclass(frozen=True)
class Element:
    """A structure element as read from the file."""

    objekt: Object
    rolle: str
    boern: tuple["Element", ...]


class Traelaesning:
    """One reading of the tree, with what is wrong with the tree itself."""

    def __init__(self, sidenumre: dict[tuple[int, int], int]) -> None:
        self.sidenumre = sidenumre
        self.fund: list[Fund] = []
        self.ejere: dict[tuple[int, int], tuple[int, int]] = {}
        self.annotationer: dict[tuple[int, int], Element] = {}
        self._set: set[tuple[int, int]] = set()

    def laes(self, objekt: Object, foraelder: Object | None = None) -> Element:
        rolle = str(objekt.get("/S", "/StructTreeRoot"))[1:]
        if foraelder is not None and objekt.get("/P", Dictionary()).objgen != foraelder.objgen:
            self.fund.append(Fund("parent", f"{rolle} {objekt.objgen} does not point back to its parent"))
        if objekt.objgen in self._set:
            self.fund.append(Fund("tree", f"{rolle} {objekt.objgen} stands twice in the tree"))
            return Element(objekt, rolle, ())
        self._set.add(objekt.objgen)
        boern, annotationer = [], []
        k = objekt.get("/K", None)
        for barn in () if k is None else k if isinstance(k, pikepdf.Array) else [k]:
            if isinstance(barn, int):
                self._indhold(objekt, objekt.get("/Pg", None), barn)
            elif barn.get("/Type", None) == Name.MCR:
                self._indhold(objekt, barn.get("/Pg", objekt.get("/Pg", None)), int(barn.MCID))
            elif barn.get("/Type", None) == Name.OBJR:
                annotationer.append(barn.Obj.objgen)
            else:
                boern.append(self.laes(barn, objekt))
        element = Element(objekt, rolle, tuple(boern))
        for noegle in annotationer:
            if noegle in self.annotationer:
                self.fund.append(Fund("objr", f"annotation {noegle} is owned by two elements"))
            self.annotationer[noegle] = element
        return element

    def _indhold(self, objekt: Object, side: Object | None, mcid: int) -> None:
        nummer = self.sidenumre.get(side.objgen) if side is not None else None
        if nummer is None:
            self.fund.append(Fund("mcid", f"content {mcid} of {objekt.objgen} lies on no page of the document"))
        elif (nummer, mcid) in self.ejere:
            self.fund.append(Fund("mcid", f"content {mcid} is owned by two elements", nummer))
        else:
            self.ejere[nummer, mcid] = objekt.objgen


def alle(element: Element) -> Iterator[Element]:
    """An element and all below it, in reading order."""
    yield element
    for barn in element.boern:
        yield from alle(barn)


def foraeldretrae(pdf: Pdf) -> dict[int, Object]:
    """The parent tree as a dictionary; it may be split in nodes."""
    resultat: dict[int, Object] = {}
    rest = [pdf.Root.StructTreeRoot.get("/ParentTree", Dictionary())]
    while rest:
        knude = rest.pop()
        rest.extend(knude.get("/Kids", []))
        numre = knude.get("/Nums", [])
        for plads in range(0, len(numre), 2):
            resultat[int(numre[plads])] = numre[plads + 1]
    return resultat
