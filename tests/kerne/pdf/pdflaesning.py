"""Reads a finished PDF as a reader meets it: text, bookmarks, pages, structure."""

import io
import re
from dataclasses import dataclass

import pikepdf
import pypdf
from pypdf.generic import Destination

# A hyphen before "og" or "eller" is the author's ("dag- og døgnpladser"), any other at a line's end divides a word.
DELT_ORD = re.compile(r"(?<=[a-zæøå])-\s*\n\s*(?=[a-zæøå])(?!og\b|eller\b)")


@dataclass(frozen=True)
class Bogmaerke:
    """A bookmark; ``side`` counts from 1, ``niveau`` from 1."""

    titel: str
    side: int
    niveau: int


def _laeser(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data))


def antal_sider(data: bytes) -> int:
    return len(_laeser(data).pages)


def sidetekster(data: bytes) -> list[str]:
    """The text of each page on one line, words that were hyphenated at a line's end joined again."""
    return [_flad(side.extract_text()) for side in _laeser(data).pages]


def _flad(tekst: str) -> str:
    return " ".join(DELT_ORD.sub("", tekst).split())


def bogmaerker(data: bytes) -> list[Bogmaerke]:
    """All bookmarks in order."""
    laeser = _laeser(data)

    def gaa(punkter: list, niveau: int) -> list[Bogmaerke]:
        resultat = []
        for punkt in punkter:
            if isinstance(punkt, Destination):
                titel = " ".join(str(punkt.title).split())
                resultat.append(Bogmaerke(titel, laeser.get_destination_page_number(punkt) + 1, niveau))
            else:
                resultat += gaa(punkt, niveau + 1)
        return resultat

    return gaa(laeser.outline, 1)


def oplysninger(data: bytes) -> dict[str, str]:
    """The document information (Title, Author, CreationDate ...)."""
    return {noegle.lstrip("/"): str(vaerdi) for noegle, vaerdi in (_laeser(data).metadata or {}).items()}


def sidemaerker(data: bytes) -> list[str]:
    """What a viewer calls each page."""
    return _laeser(data).page_labels


@dataclass(frozen=True)
class Strukturelement:
    """A structure element as assistive technology meets it; ``sider`` is where its own content and links lie."""

    rolle: str
    egenskaber: dict[str, str]
    sider: tuple[int, ...]
    boern: tuple["Strukturelement", ...]

    def alle(self, rolle: str) -> list["Strukturelement"]:
        """This element and those below it that have the role, in reading order."""
        egen = [self] if self.rolle == rolle else []
        return egen + [fund for barn in self.boern for fund in barn.alle(rolle)]

    @property
    def roller(self) -> list[str]:
        """The roles of the children."""
        return [barn.rolle for barn in self.boern]


def struktur(data: bytes) -> Strukturelement:
    """The structure tree from its Document element down."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        numre = {side.objgen: nummer for nummer, side in enumerate(pdf.pages, start=1)}

        def laes(objekt: pikepdf.Object) -> Strukturelement:
            k = objekt.get("/K", None)
            dele = [] if k is None else list(k) if isinstance(k, pikepdf.Array) else [k]
            sider, boern = set(), []
            for del_ in dele:
                if isinstance(del_, int) or "/S" not in del_:
                    side = objekt.get("/Pg") if isinstance(del_, int) else del_.get("/Pg", objekt.get("/Pg"))
                    sider.add(numre[side.objgen])
                else:
                    boern.append(laes(del_))
            egenskaber = {
                navn[1:]: str(objekt[navn]) for navn in ("/Alt", "/Lang", "/E", "/ID", "/T") if navn in objekt
            }
            for navn, vaerdi in objekt.get("/A", {}).items():
                if navn == "/BBox":
                    egenskaber["BBox"] = " ".join(f"{float(tal):.1f}" for tal in vaerdi)
                else:
                    egenskaber[navn[1:]] = str(vaerdi).lstrip("/")
            return Strukturelement(str(objekt.S)[1:], egenskaber, tuple(sorted(sider)), tuple(boern))

        return laes(pdf.Root.StructTreeRoot.K[0])
