"""Excel and CSV from an ordered list of columns; no HTTP here."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from socialaftale.kerne.talformat import skriv_beloeb

# Characters XML 1.0 cannot carry; openpyxl refuses them.
_STYRETEGN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LAENGSTE_TEKST = 32_767
# Excel's number for the paper size.
A4 = 9
# A cell starting so is a formula to a spreadsheet that opens the CSV.
_FORMELTEGN = ("=", "+", "-", "@", "\t", "\r")


class Art(StrEnum):
    """What a column holds: decides cell type, number format and alignment."""

    TEKST = "tekst"
    HELTAL = "heltal"
    TAL = "tal"
    KR = "kr"
    PCT = "pct"
    DATO = "dato"
    AAR = "aar"


TALFORMATER = {
    Art.TEKST: "@",
    Art.HELTAL: "#,##0",
    Art.TAL: "#,##0.00",
    Art.KR: "#,##0.00",
    Art.PCT: "0.0",
    Art.DATO: "dd.mm.yyyy",
    Art.AAR: "0",
}


@dataclass(frozen=True, slots=True)
class Kolonne:
    """One column: heading, how to get the value from a row, kind and width in characters."""

    overskrift: str
    funktion: Callable[[Any], Any]
    art: Art = Art.TEKST
    bredde: int = 18


@dataclass(frozen=True, slots=True)
class Arkfane:
    """One sheet: title, columns and rows; `noter` stand under the title (source, extraction, filters)."""

    titel: str
    kolonner: Sequence[Kolonne]
    raekker: Iterable[Any]
    noter: Sequence[str] = ()
    i_alt: Sequence[Any] | None = None


def byg_ark(titel: str, kolonner: Sequence[Kolonne], raekker: Iterable[Any], *, noter: Sequence[str] = ()) -> bytes:
    """A workbook with one sheet: typed cells, frozen header, filter."""
    return byg_bog([Arkfane(titel, kolonner, raekker, noter)])


def byg_bog(faner: Sequence[Arkfane]) -> bytes:
    """A workbook with several sheets; a column has one cell, used again in every row."""
    bog = Workbook(write_only=True)
    for fane in faner:
        _skriv_fane(bog, fane)
    ud = io.BytesIO()
    bog.save(ud)
    return ud.getvalue()


def _skriv_fane(bog: Workbook, fane: Arkfane) -> None:
    ark = bog.create_sheet(re.sub(r"[\\/*?:\[\]]", " ", fane.titel)[:31])
    ark._values_to_row = _celler_paa_plads
    for nummer, kolonne in enumerate(fane.kolonner, start=1):
        ark.column_dimensions[get_column_letter(nummer)].width = kolonne.bredde
    hoved = 2 + len(fane.noter) + 1
    ark.freeze_panes = f"A{hoved + 1}"
    ark.append([_celle(ark, fane.titel, Art.TEKST, font=Font(bold=True, size=14))])
    for note in fane.noter:
        ark.append([_celle(ark, note, Art.TEKST, font=Font(italic=True, color="FF454545"))])
    ark.append([])
    ark.append([_hovedcelle(ark, kolonne) for kolonne in fane.kolonner])
    forlaeg = [(kolonne.funktion, _Forlaeg(ark, kolonne.art)) for kolonne in fane.kolonner]
    antal = 0
    for raekke in fane.raekker:
        ark.append([form.med(funktion(raekke)) for funktion, form in forlaeg])
        antal += 1
    if fane.i_alt is not None:
        streg = Border(top=Side(style="medium"))
        ark.append(
            [
                _celle(ark, vaerdi, kolonne.art, font=Font(bold=True), border=streg)
                for kolonne, vaerdi in zip(fane.kolonner, fane.i_alt, strict=True)
            ]
        )
    ark.auto_filter.ref = f"A{hoved}:{get_column_letter(len(fane.kolonner))}{hoved + antal}"
    ark.print_title_rows = f"{hoved}:{hoved}"
    ark.page_setup.orientation = "landscape"
    ark.page_setup.paperSize = A4
    ark.page_setup.fitToHeight = 0
    ark.sheet_properties.pageSetUpPr.fitToPage = True


def _celler_paa_plads(celler: Iterable[WriteOnlyCell | None], nummer: int) -> Iterator[WriteOnlyCell]:
    """A row's cells as openpyxl writes them; its own way first tries each cell as a value and takes the error."""
    for kolonne, celle in enumerate(celler, start=1):
        if celle is not None:
            celle.column, celle.row = kolonne, nummer
            yield celle


class _Forlaeg:
    """The cell of a column, used again in every row: a row is written before the next one is made."""

    def __init__(self, ark: Any, art: Art) -> None:
        self.art = art
        self.celle = _celle(ark, None, art)
        # A number in a column of text: shown as it is.
        self.tal_i_tekst = _celle(ark, 0, art)

    def med(self, vaerdi: Any) -> WriteOnlyCell | None:
        """The cell with a value; None for an empty one."""
        if vaerdi is None or vaerdi == "":
            return None
        celle = self.celle
        if isinstance(vaerdi, int | float | Decimal) and not isinstance(vaerdi, bool):
            if self.art == Art.TEKST:
                celle = self.tal_i_tekst
            celle._value, celle.data_type = vaerdi, "n"
        elif isinstance(vaerdi, dt.date):
            _saet(celle, vaerdi, self.art)
        else:
            # Never a formula, whatever the text starts with.
            celle._value, celle.data_type = _tekst(vaerdi), "s"
        return celle


def _tekst(vaerdi: Any) -> str:
    """As a cell can hold it: without what XML cannot carry, and no longer than Excel takes."""
    return _STYRETEGN.sub(" ", str(vaerdi))[:_LAENGSTE_TEKST]


def _hovedcelle(ark: Any, kolonne: Kolonne) -> WriteOnlyCell:
    celle = _celle(
        ark,
        kolonne.overskrift,
        Art.TEKST,
        font=Font(bold=True, color="FFFFFFFF"),
        fill=PatternFill("solid", fgColor="FF14518B"),
    )
    hoejre = kolonne.art not in (Art.TEKST, Art.DATO, Art.AAR)
    celle.alignment = Alignment(wrap_text=True, vertical="top", horizontal="right" if hoejre else "left")
    return celle


def _celle(ark: Any, vaerdi: Any, art: Art, **stil: Any) -> WriteOnlyCell:
    celle = WriteOnlyCell(ark)
    celle.number_format = TALFORMATER[art]
    for navn, vaerdien in stil.items():
        setattr(celle, navn, vaerdien)
    _saet(celle, vaerdi, art)
    return celle


def _saet(celle: WriteOnlyCell, vaerdi: Any, art: Art) -> None:
    if vaerdi is None or vaerdi == "":
        return
    if isinstance(vaerdi, int | float | Decimal) and not isinstance(vaerdi, bool):
        celle.value = vaerdi
        if art == Art.TEKST:
            celle.number_format = "General"
    elif isinstance(vaerdi, dt.datetime):
        celle.value = vaerdi.replace(tzinfo=None)
    elif isinstance(vaerdi, dt.date):
        celle.value = vaerdi
    else:
        celle.value = _tekst(vaerdi)
        celle.data_type = "s"


def byg_csv(kolonner: Sequence[Kolonne], raekker: Iterable[Any]) -> bytes:
    """Danish CSV: semicolon, comma as decimal sign, UTF-8 with BOM (what Excel in Denmark opens right)."""
    ud = io.StringIO(newline="")
    skriver = csv.writer(ud, delimiter=";", lineterminator="\r\n")
    skriver.writerow([kolonne.overskrift for kolonne in kolonner])
    for raekke in raekker:
        skriver.writerow([_csv_vaerdi(kolonne.funktion(raekke), kolonne.art) for kolonne in kolonner])
    return ud.getvalue().encode("utf-8-sig")


def _csv_vaerdi(vaerdi: Any, art: Art) -> str:
    if vaerdi is None:
        return ""
    if isinstance(vaerdi, dt.date):
        return vaerdi.strftime("%d.%m.%Y")
    if isinstance(vaerdi, Decimal):
        decimaler = max(0, -vaerdi.normalize().as_tuple().exponent)
        decimaler = max(decimaler, 2) if art == Art.KR else decimaler
        return skriv_beloeb(vaerdi, decimaler).replace(".", "").replace("−", "-")
    if isinstance(vaerdi, int) and not isinstance(vaerdi, bool):
        return str(vaerdi)
    tekst = str(vaerdi)
    return f"'{tekst}" if tekst.startswith(_FORMELTEGN) else tekst
