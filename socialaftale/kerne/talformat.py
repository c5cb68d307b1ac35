"""Numbers as Danes write them: a strict parser that refuses what is ambiguous, and the writers of the same forms.

The grammar, shared with `static/app/tal.js` through the case table `fixtures/talformer.json`: comma is the decimal
sign; a full stop or a space groups thousands, never both in one number; `kr.` may stand before or after an amount; a
plain or true minus stands first. What could be read in two ways (`12.5`, `1.23`, `0.500`, `1,234.50`) is refused.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from socialaftale.kerne.penge import afrund

UKENDT = "–"
MINUS = "−"
HAARDT_MELLEMRUM = "\u00a0"
# 15 whole digits is far above any amount here and far below what a database column or a float would spoil.
MAKS_HELE_CIFRE = 15
_MAKS_TEGN = 100

_MELLEMRUM = " \u00a0\u2009\u202f"
_YDERMELLEMRUM = _MELLEMRUM + "\t\r\n"
_TAL = re.compile(
    rf"(?P<fortegn>[-−–]?)[{_MELLEMRUM}]*"
    rf"(?P<hele>[0-9]+|[1-9][0-9]{{0,2}}(?:\.[0-9]{{3}})+|[1-9][0-9]{{0,2}}(?:[{_MELLEMRUM}][0-9]{{3}})+)"
    r"(?:,(?P<decimaler>[0-9]+))?"
)
_KRONER_FORAN = re.compile(rf"(?P<fortegn>[-−–]?)[{_MELLEMRUM}]*[kK][rR]\.?[{_MELLEMRUM}]*")
_KRONER_BAGEFTER = re.compile(rf"[{_MELLEMRUM}]*[kK][rR]\.?\Z")
_PROCENT_BAGEFTER = re.compile(rf"[{_MELLEMRUM}]*(?:%|[pP][cC][tT]\.?)\Z")
_ANTAL = {1: "én decimal", 2: "to decimaler", 3: "tre decimaler", 4: "fire decimaler"}


class TalFejl(ValueError):
    """A text is not a number in the accepted form; `besked` is the Danish text for the user."""

    def __init__(self, besked: str) -> None:
        super().__init__(besked)
        self.besked = besked


@dataclass(frozen=True, slots=True)
class _Ord:
    """What the user is told: nothing typed, not a number in this form, too many decimals."""

    tom: str
    form: str
    eksempel: str
    decimaler: str = ""


_BELOEB = _Ord("Indtast et beløb", "Skriv beløbet med komma før øre", "1.250,50")
_HELE_KRONER = _Ord("Indtast et beløb", "Skriv beløbet i hele kroner", "1.250")
_TAL_ORD = _Ord("Indtast et tal", "Skriv tallet med komma", "12,5", "Skriv højst {antal}")
_HELTAL = _Ord("Indtast et tal", "Skriv et helt tal", "1.250")
_PROCENT = _Ord("Indtast en procent", "Skriv procenten med komma", "97,5", "Skriv højst {antal}")
_HEL_PROCENT = _Ord("Indtast en procent", "Skriv procenten som et helt tal", "95")


def _klip(tekst: str) -> str:
    """Outer spaces off; a text far too long to be a number goes no further."""
    tekst = tekst.strip(_YDERMELLEMRUM)
    if len(tekst) > _MAKS_TEGN:
        raise TalFejl("Teksten er for lang til at være et tal")
    return tekst


def _laes(tekst: str, ord_: _Ord, decimaler: int) -> Decimal:
    if not tekst:
        raise TalFejl(f"{ord_.tom}, fx {ord_.eksempel}")
    fund = _TAL.fullmatch(tekst)
    if fund is None:
        raise TalFejl(f"{ord_.form}, fx {ord_.eksempel}")
    hele = re.sub(rf"[.{_MELLEMRUM}]", "", fund["hele"])
    broekdel = fund["decimaler"] or ""
    if len(broekdel) > decimaler:
        besked = (ord_.decimaler or ord_.form).format(antal=_ANTAL.get(decimaler, ""))
        raise TalFejl(f"{besked}, fx {ord_.eksempel}")
    if len(hele.lstrip("0")) > MAKS_HELE_CIFRE:
        raise TalFejl("Tallet er for stort. Se efter, om der er et ciffer for meget")
    tal = Decimal(f"{hele}.{broekdel:0<{decimaler}}")
    return -tal if fund["fortegn"] and tal else tal


def laes_beloeb(tekst: str, *, decimaler: int = 2) -> Decimal:
    """Read an amount in kroner; raise TalFejl for what is not exactly in the grammar above."""
    tekst = _klip(tekst)
    if foran := _KRONER_FORAN.match(tekst):
        tekst = foran["fortegn"] + tekst[foran.end() :]
    else:
        tekst = _KRONER_BAGEFTER.sub("", tekst)
    return _laes(tekst, _BELOEB if decimaler else _HELE_KRONER, decimaler)


def laes_tal(tekst: str, *, decimaler: int = 2) -> Decimal:
    """Read a number without unit, such as places or hours."""
    return _laes(_klip(tekst), _TAL_ORD if decimaler else _HELTAL, decimaler)


def laes_heltal(tekst: str) -> int:
    """Read a whole number: "1.250" → 1250."""
    return int(laes_tal(tekst, decimaler=0))


def laes_procent(tekst: str, *, decimaler: int = 2) -> Decimal:
    """Read a percentage as percent, not as a fraction: "97,5" and "97,5 %" → Decimal("97.50")."""
    return _laes(_PROCENT_BAGEFTER.sub("", _klip(tekst)), _PROCENT if decimaler else _HEL_PROCENT, decimaler)


def _grupper(hele: str) -> str:
    return f"{int(hele):,}".replace(",", ".")


def skriv_beloeb(beloeb: Decimal | int | None, decimaler: int = 2) -> str:
    """1.234.567,50 with a true minus, rounded half up; "–" when unknown. No unit: see skriv_kr."""
    if beloeb is None:
        return UKENDT
    afrundet = afrund(beloeb, decimaler)
    hele, _, broekdel = f"{abs(afrundet):f}".partition(".")
    tekst = f"{_grupper(hele)},{broekdel}" if broekdel else _grupper(hele)
    return f"{MINUS}{tekst}" if afrundet < 0 else tekst


def skriv_kr(beloeb: Decimal | int | None, decimaler: int = 2) -> str:
    """1.250,00 kr. with a no-break space; "–" when unknown."""
    return UKENDT if beloeb is None else f"{skriv_beloeb(beloeb, decimaler)}{HAARDT_MELLEMRUM}kr."


def skriv_heltal(tal: Decimal | int | None) -> str:
    """1.250; "–" when unknown."""
    return skriv_beloeb(tal, 0)


def skriv_tal(tal: Decimal | int | None, decimaler: int = 2) -> str:
    """A number with as many decimals as it needs, at most `decimaler`: 22, 2.143,5."""
    if tal is None:
        return UKENDT
    tekst = skriv_beloeb(tal, decimaler)
    return tekst.rstrip("0").rstrip(",") if "," in tekst else tekst


def skriv_pct(vaerdi_i_pct: Decimal | int | None, decimaler: int = 1) -> str:
    """97,5 % with a no-break space, from a value already in percent; "–" when unknown."""
    if vaerdi_i_pct is None:
        return UKENDT
    return f"{skriv_beloeb(vaerdi_i_pct, decimaler)}{HAARDT_MELLEMRUM}%"


def skriv_andel_pct(andel: Decimal | None, decimaler: int = 1) -> str:
    """23,2 % from a fraction such as 0.232 (see penge.andel); "–" when unknown."""
    return UKENDT if andel is None else skriv_pct(andel * 100, decimaler)


def skriv_aendring(pct: Decimal | int | None, decimaler: int = 1) -> str:
    """+2,3, −0,5 or 0,0, for columns with "(%)" in the heading; "–" when unknown."""
    if pct is None:
        return UKENDT
    tekst = skriv_beloeb(pct, decimaler)
    return f"+{tekst}" if afrund(pct, decimaler) > 0 else tekst
