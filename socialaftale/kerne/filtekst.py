"""Finds CPR numbers in the text of uploaded documents, so that they can be refused before they are stored.

Only the place is told, never the number. A page that is a picture has no text to search.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from itertools import chain
from xml.etree import ElementTree

import pypdf
from pypdf.generic import DictionaryObject

from socialaftale.kerne.cpr import find_cpr

# A longer document takes longer to search than anybody waits for an answer.
MAKS_SIDER = 400
# Word: what a part may unpack to, and which parts hold text.
MAKS_UDPAKKET = 60 * 1024 * 1024
_WORDDELE = ("word/", "docProps/", "customXml/")
_NY_TEKST, _LOEB = ("p", "tab", "br", "cr"), ("t", "delText")
LAASTE = "Filen er beskyttet med adgangskode, så den kan ikke gennemses for CPR-numre. Gem den uden, og vælg den igen"
ULAESELIG = "Filen kan ikke læses, så den kan ikke gennemses for CPR-numre. Gem den igen, og vælg den"
FOR_LANG = f"Filen har mere end {MAKS_SIDER} sider. Del den op i flere"
MED_CPR = "{sted} indeholder noget, der ligner et CPR-nummer. Fjern det, og vælg filen igen"


class TekstAfvist(Exception):
    """The document is refused; `besked` is the Danish text for the user, without a full stop."""

    def __init__(self, besked: str) -> None:
        super().__init__(besked)
        self.besked = besked


def kontroller_pdf(data: bytes) -> None:
    """Raise TekstAfvist for a PDF with a CPR number, and for one whose text cannot be read."""
    try:
        laeser = pypdf.PdfReader(io.BytesIO(data))
        if laeser.is_encrypted:
            raise TekstAfvist(LAASTE)
        if len(laeser.pages) > MAKS_SIDER:
            raise TekstAfvist(FOR_LANG)
        for sted, tekst in chain(_sidernes(laeser), _dokumentets(laeser)):
            if find_cpr(tekst):
                raise TekstAfvist(MED_CPR.format(sted=sted))
    except TekstAfvist:
        raise
    except Exception as fejl:
        # Whatever a broken file does to the reader: what cannot be read cannot be searched.
        raise TekstAfvist(ULAESELIG) from fejl


def _sidernes(laeser: pypdf.PdfReader) -> Iterator[tuple[str, str]]:
    for nummer, side in enumerate(laeser.pages, start=1):
        yield f"Side {nummer}", side.extract_text()
        for note in side.annotations or ():
            # Comments, and what is typed in the fields of a form.
            yield from ((f"Side {nummer}", tekst) for tekst in _tekster(note.get_object(), ("/Contents", "/V", "/T")))


def _tekster(ordbog: DictionaryObject, noegler: Iterable[str]) -> Iterator[str]:
    for noegle in noegler:
        if (vaerdi := ordbog.get(noegle)) is not None:
            yield str(vaerdi.get_object())


def _dokumentets(laeser: pypdf.PdfReader) -> Iterator[tuple[str, str]]:
    """Title, author and keywords, bookmarks, and the names of files inside."""
    yield from (("Filens egenskaber", str(vaerdi)) for vaerdi in (laeser.metadata or {}).values())
    for felt in (laeser.get_fields() or {}).values():
        yield from (("Et felt i filen", tekst) for tekst in _tekster(felt, ("/V", "/DV")))
    yield from (("Et bogmærke i filen", titel) for titel in _bogmaerker(laeser.outline))
    yield from (("Et vedhæftet dokument i filen", navn) for navn in laeser.attachments)


def _bogmaerker(poster: list) -> Iterator[str]:
    for post in poster:
        if isinstance(post, list):
            yield from _bogmaerker(post)
        else:
            yield str(post.title)


def kontroller_word(data: bytes) -> None:
    """Raise TekstAfvist for a .docx with a CPR number in text, notes or properties, or that cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as arkiv:
            dele = [del_ for del_ in arkiv.infolist() if del_.filename.endswith(".xml")]
            if sum(del_.file_size for del_ in dele) > MAKS_UDPAKKET:
                raise TekstAfvist(ULAESELIG)
            for del_ in dele:
                if del_.filename.startswith(_WORDDELE):
                    _kontroller_worddel(arkiv.read(del_))
    except TekstAfvist:
        raise
    except Exception as fejl:
        raise TekstAfvist(ULAESELIG) from fejl


def _kontroller_worddel(data: bytes) -> None:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise TekstAfvist(ULAESELIG)
    afsnit, andre = [""], []
    # Entities are refused above. A number may be split over the runs of a paragraph, but not over paragraphs.
    for element in ElementTree.fromstring(data).iter():  # noqa: S314
        maerke = element.tag.rpartition("}")[2]
        if maerke in _NY_TEKST:
            afsnit.append("")
        elif maerke in _LOEB:
            afsnit[-1] += element.text or ""
        else:
            andre += filter(None, (element.text, *element.attrib.values()))
    if any(find_cpr(tekst) for tekst in (*afsnit, *andre)):
        raise TekstAfvist(MED_CPR.format(sted="Teksten"))
