"""Dates as Danes write them: strict reading with four-digit years, and writing."""

import re
from datetime import date

from socialaftale.kerne.talformat import UKENDT

MAANEDER = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)
_DAG_FOERST = re.compile(r"([0-9]{1,2})(?:\.([0-9]{1,2})\.|-([0-9]{1,2})-|/([0-9]{1,2})[/-])([0-9]+)")
_AAR_FOERST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")


class DatoFejl(ValueError):
    """A text is not a date in an accepted form; `besked` is the Danish text for the user."""

    def __init__(self, besked: str) -> None:
        super().__init__(besked)
        self.besked = besked


def laes_dato(tekst: str) -> date:
    """Read 15.10.2026, 15-10-2026, 15/10/2026, 15/10-2026 or 2026-10-15; raise DatoFejl for everything else."""
    tekst = tekst.strip()
    if not tekst:
        raise DatoFejl("Indtast en dato, fx 15.10.2026")
    if fund := _AAR_FOERST.fullmatch(tekst):
        aar, maaned, dag = fund.groups()
    elif fund := _DAG_FOERST.fullmatch(tekst):
        dag, *maaneder, aar = fund.groups()
        maaned = next(maaned for maaned in maaneder if maaned)
    else:
        raise DatoFejl("Skriv datoen som dag, måned og år, fx 15.10.2026")
    if len(aar) != 4 or aar[0] == "0":
        raise DatoFejl("Skriv årstallet med fire cifre, fx 15.10.2026")
    try:
        return date(int(aar), int(maaned), int(dag))
    except ValueError:
        raise DatoFejl("Datoen findes ikke i kalenderen. Skriv den fx som 15.10.2026") from None


def skriv_dato(dato: date | None) -> str:
    """15.10.2026, of fixed width for tables; "–" when unknown."""
    return UKENDT if dato is None else f"{dato.day:02}.{dato.month:02}.{dato.year:04}"


def skriv_dato_lang(dato: date | None) -> str:
    """15. oktober 2026, for running text; "–" when unknown."""
    return UKENDT if dato is None else f"{dato.day}. {MAANEDER[dato.month - 1]} {dato.year}"
