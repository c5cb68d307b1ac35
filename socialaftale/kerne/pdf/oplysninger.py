"""What a document says about itself: on the cover, at the foot of each page and in its metadata."""

import datetime
from dataclasses import dataclass

from socialaftale.kerne.datoformat import MAANEDER

HAARDT_MELLEMRUM = "\u00a0"


def dansk_dato(dato: datetime.date) -> str:
    """``3. marts 2027``, never broken between the number and the month."""
    return f"{dato.day}.{HAARDT_MELLEMRUM}{MAANEDER[dato.month - 1]} {dato.year}"


@dataclass(frozen=True)
class Dokument:
    """The frame of a document; ``dato`` is the date of the version, never the day it is printed.

    ``del_`` names an annex ("Bilag 7"), which has page numbers of its own. No personal names belong here.
    """

    titel: str
    dato: datetime.date
    undertitel: str = ""
    periode: str = ""
    omraade: str = ""
    udgiver: str = ""
    version: str = ""
    emne: str = ""
    del_: str = ""
    kontakt: tuple[str, ...] = ()

    @property
    def fuld_titel(self) -> str:
        """The title in the metadata: ``Bilag 7: Takster 2027`` or ``Rammeaftale 2027-2028``."""
        titel = f"{self.titel} {self.periode}".strip()
        return f"{self.del_}: {titel}" if self.del_ else titel

    @property
    def sidefod(self) -> str:
        """Document, version and date at the foot of each page."""
        titel = f"{self.titel} {self.periode}".strip()
        return " · ".join(tekst for tekst in (titel, self.version, self.datotekst) if tekst)

    @property
    def sideord(self) -> str:
        """What stands before the page number."""
        return f"{self.del_}, side" if self.del_ else "Side"

    @property
    def sidemaerke(self) -> str:
        """The prefix of the page labels of an annex when it is joined with other parts."""
        return f"{self.del_}, side{HAARDT_MELLEMRUM}" if self.del_ else ""

    @property
    def datotekst(self) -> str:
        return dansk_dato(self.dato)

    @property
    def oprettet(self) -> str:
        """The creation date of the file: fixed by the version, so that equal input gives equal bytes."""
        return self.dato.isoformat()
