"""A field's value as a cell, and a cell as a field's value; what is doubtful is refused."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from socialaftale.kerne.cpr import find_cpr
from socialaftale.kerne.felter import DatoField, HeltalField, ProcentField, Talfelt
from socialaftale.kerne.penge import afrund
from socialaftale.kerne.talformat import TalFejl, skriv_tal
from takster.skemabog.kolonner import JA, NEJ, Art, art_af, valg_af

_STYRETEGN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
# What Excel writes for characters XML cannot hold, such as the carriage return of a pasted text.
_KODET_TEGN = re.compile(r"_x([0-9A-Fa-f]{4})_")
SKJULT = "(vises ikke)"
_MAKS_VIST = 80


class Cellefejl(Exception):
    """A cell cannot be read as its field; `besked` says what to do."""

    def __init__(self, besked: str) -> None:
        super().__init__(besked)
        self.besked = besked


@dataclass(frozen=True, slots=True, kw_only=True)
class Celle:
    """What stands in a cell: value, whether a formula made it, its number format, and a formula error such as #REF!"""

    vaerdi: Any = None
    er_formel: bool = False
    talformat: str = "General"
    regnefejl: str = ""

    @property
    def er_tom(self) -> bool:
        return not self.er_formel and not self.regnefejl and vis(self.vaerdi) == ""


def vis(vaerdi: Any) -> str:
    """A cell's value in a message: short, in Danish, and never something that looks like a CPR number."""
    if vaerdi is None:
        return ""
    if isinstance(vaerdi, bool):
        return JA if vaerdi else NEJ
    if isinstance(vaerdi, int | float | Decimal):
        return skriv_tal(til_decimal(vaerdi), 15)
    if isinstance(vaerdi, dt.datetime | dt.date):
        return f"{vaerdi:%d.%m.%Y}"
    tekst = str(vaerdi).strip()
    if find_cpr(tekst):
        return SKJULT
    return tekst if len(tekst) <= _MAKS_VIST else f"{tekst[:_MAKS_VIST]}…"


def til_decimal(tal: int | float | Decimal) -> Decimal:
    """A number of Excel's, which carries 15 digits and stores 0,1 + 0,2 as 0,30000000000000004."""
    return Decimal(format(tal, ".15g")) if isinstance(tal, float) else Decimal(tal)


def ren_tekst(tekst: Any) -> str:
    """A text as it comes back from Excel: line breaks of one kind, no control characters, no outer spaces."""
    tekst = str(tekst or "").replace("\r\n", "\n").replace("\r", "\n")
    return _STYRETEGN.sub(" ", tekst).strip()


def skriv(felt: forms.Field, vaerdi: Any) -> Any:
    """The value of a cell; None for an empty one."""
    art = art_af(felt)
    if art == Art.KRYDS:
        return JA if vaerdi else NEJ
    if vaerdi is None or vaerdi == "":
        return None
    if art == Art.VALG:
        return dict(valg_af(felt)).get(str(vaerdi))
    return vaerdi if art != Art.TEKST else ren_tekst(vaerdi)


def laes(felt: forms.Field, celle: Celle) -> tuple[Any, str]:
    """The value a form takes, and a note when the number was rounded; raises `Cellefejl`."""
    if celle.regnefejl:
        raise Cellefejl(f"Formlen giver fejlen {celle.regnefejl}. Ret formlen, eller skriv værdien")
    if celle.er_formel and celle.vaerdi is None:
        raise Cellefejl("Formlen er ikke regnet ud. Åbn arbejdsbogen i Excel, gem den, og indlæs den igen")
    art = art_af(felt)
    if art == Art.KRYDS:
        return _kryds(celle.vaerdi), ""
    if art == Art.VALG:
        return _valg(felt, celle.vaerdi), ""
    if isinstance(felt, DatoField):
        return _dato(felt, celle.vaerdi), ""
    if isinstance(felt, Talfelt):
        return _tal(felt, celle)
    return _tekst(celle.vaerdi), ""


def _kryds(vaerdi: Any) -> bool:
    if isinstance(vaerdi, bool):
        return vaerdi
    ord_ = vis(vaerdi).casefold()
    if ord_ in ("ja", "x", "1", "sand", "true"):
        return True
    if ord_ in ("", "nej", "0", "falsk", "false"):
        return False
    raise Cellefejl("Skriv Ja eller Nej")


def _valg(felt: forms.Field, vaerdi: Any) -> str:
    tekst = " ".join(str("" if vaerdi is None else vaerdi).split()).casefold()
    if not tekst:
        return ""
    for kode, navn in valg_af(felt):
        if tekst in (" ".join(navn.split()).casefold(), kode.casefold()):
            return kode
    muligheder = "; ".join(navn for _, navn in valg_af(felt))
    raise Cellefejl(f"Vælg på listen: {muligheder}")


def _dato(felt: DatoField, vaerdi: Any) -> dt.date | None:
    if isinstance(vaerdi, bool | int | float):
        raise Cellefejl("Skriv en dato, fx 15.10.2026")
    return _med_feltets_besked(felt, vaerdi)


def _med_feltets_besked(felt: forms.Field, vaerdi: Any) -> Any:
    try:
        return felt.to_python(vaerdi)
    except ValidationError as fejl:
        raise Cellefejl(fejl.messages[0]) from fejl


def _tal(felt: Talfelt, celle: Celle) -> tuple[Decimal | int | None, str]:
    vaerdi = celle.vaerdi
    if isinstance(vaerdi, bool):
        raise Cellefejl("Skriv et tal. Cellen indeholder sand eller falsk")
    if isinstance(vaerdi, dt.datetime | dt.date | dt.time | dt.timedelta):
        raise Cellefejl("Cellen er vist som en dato. Formatér den som tal, og skriv tallet igen")
    if not isinstance(vaerdi, int | float | Decimal):
        tekst = ren_tekst(vaerdi)
        try:
            return (felt.laes(tekst) if tekst else None), ""
        except TalFejl as fejl:
            raise Cellefejl(fejl.besked) from fejl
    tal = til_decimal(vaerdi)
    if isinstance(felt, ProcentField) and "%" in celle.talformat:
        tal *= 100
    return _med_decimaler(felt, tal, celle.er_formel)


def _med_decimaler(felt: Talfelt, tal: Decimal, er_formel: bool) -> tuple[Decimal | int, str]:
    """Rounded to what the field holds: told of, and only for amounts and results of formulas."""
    afrundet = afrund(tal, felt.decimaler)
    if isinstance(felt, HeltalField):
        if tal != int(tal):
            raise Cellefejl("Skriv et helt tal, fx 1.250")
        return int(tal), ""
    if afrundet == tal:
        return afrundet, ""
    if er_formel or art_af(felt) == Art.KR:
        return afrundet, f"{skriv_tal(tal, 15)} er afrundet til {felt.skriv(afrundet)}"
    raise Cellefejl(f"Skriv tallet med højst {felt.decimaler} decimaler")


def _tekst(vaerdi: Any) -> str:
    if isinstance(vaerdi, str):
        return ren_tekst(_KODET_TEGN.sub(_afkod, vaerdi))
    if isinstance(vaerdi, bool):
        return JA if vaerdi else NEJ
    if isinstance(vaerdi, int | float | Decimal):
        return skriv_tal(til_decimal(vaerdi), 15).replace(".", "")
    return vis(vaerdi)


def _afkod(fund: re.Match[str]) -> str:
    tegn = chr(int(fund[1], 16))
    return tegn if tegn in "\r\n\t_" else fund[0]


def ens(felt: forms.Field, ene: Any, anden: Any) -> bool:
    """Do the two values mean the same in this field?"""
    if art_af(felt) == Art.KRYDS:
        return bool(ene) == bool(anden)
    if isinstance(felt, Talfelt | DatoField):
        return (None if ene == "" else ene) == (None if anden == "" else anden)
    if art_af(felt) == Art.VALG:
        return str(ene or "") == str(anden or "")
    return ren_tekst(ene) == ren_tekst(anden)
