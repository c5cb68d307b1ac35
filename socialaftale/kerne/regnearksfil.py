"""Is an uploaded file a workbook that is safe to open? Limits on size and compression, and what is refused by name.

Everything is decided from the archive itself before openpyxl sees it: a small file that unpacks to a large one,
macros, a password, another kind of file. Links to other workbooks are never followed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from openpyxl.utils import column_index_from_string

from socialaftale.kerne.cpr import find_cpr

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KRYPTERET = "EncryptedPackage".encode("utf-16-le")
_ENDELSER = {
    "xls": "Filen er i det gamle Excel-format .xls. Åbn den i Excel, og gem den som .xlsx",
    "xlsm": "Filen er en projektmappe med makroer. Gem den som .xlsx uden makroer",
    "xltm": "Filen er en skabelon med makroer. Gem den som .xlsx uden makroer",
    "xlsb": "Filen er en binær projektmappe. Åbn den i Excel, og gem den som .xlsx",
    "xltx": "Filen er en skabelon. Åbn den i Excel, og gem den som .xlsx",
    "ods": "Filen er et OpenDocument-regneark. Gem den som .xlsx",
    "csv": "Filen er en tekstfil og ikke en arbejdsbog. Brug den .xlsx-fil, du har hentet her",
    "pdf": "Filen er en PDF. Brug den .xlsx-fil, du har hentet her",
}
ANDEN_FIL = "Filen er ikke en Excel-arbejdsbog. Vælg en fil, der ender på .xlsx"
BESKADIGET = "Filen er beskadiget og kan ikke åbnes. Åbn den i Excel, gem den, og prøv igen"
_PORTION = 1 << 20
# Where texts stand: cells by reference, cells themselves, and comments of both kinds.
_TEKSTDELE = re.compile(r"(xl/sharedStrings|xl/worksheets/.*|comments?[^/]*)\.xml$", re.IGNORECASE)
_TEKSTMAERKER = ("si", "is", "comment", "threadedComment")
# A sheet without these has its texts in the shared strings alone.
_TEKST_I_ARKET = re.compile(rb'<(?:\w+:)?is[\s>]|\bt=["\']str["\']')


class FilAfvist(Exception):
    """The file is refused as a whole; `besked` is the Danish text for the user, without a full stop."""

    def __init__(self, besked: str) -> None:
        super().__init__(besked)
        self.besked = besked


@dataclass(frozen=True, slots=True, kw_only=True)
class Graenser:
    """What a workbook may be at most; the ratio is only asked of parts above a megabyte."""

    byte: int = 10 * 1024 * 1024
    udpakket: int = 120 * 1024 * 1024
    forhold: int = 100
    dele: int = 400
    ark: int = 20


def kontroller_navn(navn: str, stoerrelse: int, graenser: Graenser) -> None:
    """What can be said before the file is read."""
    endelse = navn.rpartition(".")[2].lower() if "." in navn else ""
    if find_cpr(navn):
        raise FilAfvist("Filens navn indeholder noget, der ligner et CPR-nummer. Giv filen et andet navn")
    if endelse != "xlsx":
        raise FilAfvist(_ENDELSER.get(endelse, ANDEN_FIL))
    if stoerrelse == 0:
        raise FilAfvist("Filen er tom. Vælg en anden fil")
    if stoerrelse > graenser.byte:
        raise FilAfvist(f"Filen fylder mere end {graenser.byte // (1024 * 1024)} MB. Fjern ark, der ikke skal bruges")


def kontroller_indhold(data: bytes, graenser: Graenser) -> None:
    """Refuse what is not a plain workbook, and what would unpack to more than we hold."""
    if data.startswith(_OLE):
        if _KRYPTERET in data:
            raise FilAfvist("Filen er beskyttet med en adgangskode. Fjern adgangskoden, og gem filen igen")
        raise FilAfvist(_ENDELSER["xls"])
    if not data.startswith(b"PK"):
        raise FilAfvist(ANDEN_FIL)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as arkiv:
            _kontroller_arkiv(arkiv, graenser)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ElementTree.ParseError) as fejl:
        raise FilAfvist(BESKADIGET) from fejl


def _kontroller_arkiv(arkiv: zipfile.ZipFile, graenser: Graenser) -> None:
    dele = arkiv.infolist()
    navne = [del_.filename for del_ in dele]
    if any(del_.flag_bits & 1 for del_ in dele):
        raise FilAfvist("Filen er beskyttet med en adgangskode. Fjern adgangskoden, og gem filen igen")
    if len(dele) > graenser.dele or len(set(navne)) != len(navne):
        raise FilAfvist("Filen er bygget anderledes end en Excel-arbejdsbog. Brug den fil, du har hentet her")
    if sum(del_.file_size for del_ in dele) > graenser.udpakket or any(
        del_.file_size > _PORTION and del_.file_size > graenser.forhold * max(1, del_.compress_size) for del_ in dele
    ):
        raise FilAfvist("Filen fylder for meget, når den pakkes ud. Fjern tomme rækker og ark, der ikke skal bruges")
    if "[Content_Types].xml" not in navne:
        raise FilAfvist(ANDEN_FIL)
    typer = arkiv.read("[Content_Types].xml").lower()
    if b"macroenabled" in typer or any(navn.lower().endswith("vbaproject.bin") for navn in navne):
        raise FilAfvist("Filen indeholder makroer. Gem den som .xlsx uden makroer")
    if b"spreadsheetml.sheet.main" not in typer:
        raise FilAfvist(ANDEN_FIL)
    if sum(bool(re.fullmatch(r"xl/worksheets/[^/]+\.xml", navn)) for navn in navne) > graenser.ark:
        raise FilAfvist(f"Arbejdsbogen har mere end {graenser.ark} ark. Slet dem, der ikke skal bruges")
    for del_ in dele:
        if del_.filename.lower().endswith((".xml", ".rels")):
            _afvis_doctype(arkiv, del_)


def _afvis_doctype(arkiv: zipfile.ZipFile, del_: zipfile.ZipInfo) -> None:
    """Entities are what XML bombs and references to files on the server are made of; Excel writes none."""
    hale = b""
    with arkiv.open(del_) as fil:
        while portion := fil.read(_PORTION):
            if b"<!DOCTYPE" in hale + portion or b"<!ENTITY" in hale + portion:
                raise FilAfvist("Filen er bygget anderledes end en Excel-arbejdsbog. Brug den fil, du har hentet her")
            hale = portion[-16:]


def har_eksterne_links(data: bytes) -> bool:
    """Does the workbook refer to other files?"""
    with zipfile.ZipFile(io.BytesIO(data)) as arkiv:
        return any(navn.startswith("xl/externalLinks/") for navn in arkiv.namelist())


def tekst_med_cpr(data: bytes) -> bool:
    """Is there something that looks like a CPR number in a comment, or in a text cell however far out it stands?

    A text that a formula gave counts as well.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as arkiv:
        return any(
            _har_cpr(arkiv, navn) for navn in arkiv.namelist() if _TEKSTDELE.search(navn) and "/_rels/" not in navn
        )


def _har_cpr(arkiv: zipfile.ZipFile, navn: str) -> bool:
    if "xl/worksheets/" in navn and not _TEKST_I_ARKET.search(arkiv.read(navn)):
        return False
    with arkiv.open(navn) as fil:
        # Entities and references to other files are refused before, so the parser meets none.
        for _, element in ElementTree.iterparse(fil):  # noqa: S314
            maerke = element.tag.rpartition("}")[2]
            er_tekst = maerke in _TEKSTMAERKER or (maerke == "c" and element.get("t") == "str")
            if er_tekst and find_cpr("".join(element.itertext())):
                return True
            if maerke in ("row", *_TEKSTMAERKER):
                element.clear()
    return False


def sammenflettede(data: bytes, sti: str) -> list[str]:
    """The merged ranges of one sheet part, which openpyxl's read-only mode does not tell of."""
    return [fund.decode() for fund in _find(data, sti, rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([^"]+)"')]


def sidste_raekke(data: bytes, sti: str) -> int:
    """The last row with anything in it; one that is only formatted does not count, and may be number 1,048,576."""
    celle = rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r="[A-Z]+(\d+)"(?:[^>]*[^/])?>'
    raekker = _find(data, sti, celle + rb"\s*<(?:\w+:)?(?:v|f|is)\b")
    return max((int(nummer) for nummer in raekker), default=0)


def formelceller(data: bytes, sti: str) -> set[tuple[int, int]]:
    """Row and column of the cells of one sheet part that hold a formula; the values alone do not tell."""
    fundne = _find(data, sti, rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r="([A-Z]+)(\d+)"[^>]*(?<!/)>\s*<(?:\w+:)?f[\s/>]')
    return {(int(nummer), column_index_from_string(bogstaver.decode())) for bogstaver, nummer in fundne}


def skjulte_raekker(data: bytes, sti: str) -> set[int]:
    """The rows of one sheet part that are hidden, by hand or by a filter."""
    raekker = _find(data, sti, rb"<(?:\w+:)?row\s([^>]*)>")
    return {
        int(nummer[1])
        for attributter in raekker
        if re.search(rb'\bhidden="(?:1|true)"', attributter) and (nummer := re.search(rb'\br="(\d+)"', attributter))
    }


def _find(data: bytes, sti: str, moenster: bytes) -> Iterator[Any]:
    with zipfile.ZipFile(io.BytesIO(data)) as arkiv:
        yield from re.findall(moenster, arkiv.read(sti.lstrip("/")))
