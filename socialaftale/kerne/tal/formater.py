"""How a live figure is written in a Danish text: "2.421", "ca. 2.400", "23 %", "næsten hver fjerde", "tre"."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from socialaftale.kerne.penge import afrund
from socialaftale.kerne.talformat import skriv_beloeb, skriv_heltal, skriv_pct, skriv_tal

NBSP = "\N{NO-BREAK SPACE}"
TALORD = ("nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv")
_ORDENSTAL = ("anden", "tredje", "fjerde", "femte", "sjette", "syvende", "ottende", "niende", "tiende")
ORDENSTAL = dict(enumerate(_ORDENSTAL, start=2))
# Within this relative distance a share is called "hver fjerde" without "næsten" or "godt".
LIGE_VED = Decimal("0.02")
# Further away than this from every plain fraction neither word is true of the share, and it is given in percent.
NAESTEN, GODT = Decimal("-0.1"), Decimal("0.2")

Tal = Decimal | int


class UkendtFormat(Exception):
    """The figure cannot be written in that format."""


def _hele(vaerdi: Tal) -> str:
    return skriv_heltal(int(afrund(Decimal(vaerdi), 0)))


def _ca(vaerdi: Tal) -> str:
    """Rounded so that about two digits carry meaning: 2.421 → "ca. 2.400", 341 → "ca. 340"."""
    tal = Decimal(vaerdi)
    trin = 100 if abs(tal) >= 1000 else 10 if abs(tal) >= 100 else 1
    return f"ca.{NBSP}{skriv_heltal(int(afrund(tal / trin, 0)) * trin)}"


def _pct(vaerdi: Tal) -> str:
    return skriv_pct(Decimal(vaerdi) * 100, 0)


def _procent(vaerdi: Tal) -> str:
    """A share in percent with the decimals it has: a limit is never rounded."""
    return skriv_tal(Decimal(vaerdi) * 100) + f"{NBSP}%"


def _pct1(vaerdi: Tal) -> str:
    return skriv_pct(Decimal(vaerdi) * 100, 1)


def _ca_pct(vaerdi: Tal) -> str:
    return f"ca.{NBSP}{_pct(vaerdi)}"


def _broek(vaerdi: Tal) -> str:
    """A share as "hver fjerde", with "næsten" below and "godt" above the plain fraction.

    Refused where the nearest fraction is too far off to be claimed: 2 % is not "næsten hver tiende".
    """
    andel = Decimal(vaerdi)
    naevner = min(ORDENSTAL, key=lambda n: abs(andel * n - 1))
    forskel = andel * naevner - 1
    if not NAESTEN <= forskel <= GODT:
        raise UkendtFormat("broek")
    forled = "" if abs(forskel) <= LIGE_VED else "næsten " if forskel < 0 else "godt "
    return f"{forled}hver {ORDENSTAL[naevner]}"


def _ord(vaerdi: Tal) -> str:
    return TALORD[int(vaerdi)] if 0 <= vaerdi < len(TALORD) else skriv_heltal(int(vaerdi))


def _fortegn(vaerdi: Tal) -> str:
    return f"{'+' if vaerdi > 0 else ''}{_hele(vaerdi)}"


def _kr(vaerdi: Tal) -> str:
    return f"{skriv_beloeb(Decimal(vaerdi), 2)}{NBSP}kr."


def _aar(vaerdi: Tal) -> str:
    """A year: never grouped."""
    return str(int(vaerdi))


FORMATER: dict[str, Callable[[Tal], str]] = {
    "hele": _hele,
    "ca": _ca,
    "pct": _pct,
    "pct1": _pct1,
    "procent": _procent,
    "ca_pct": _ca_pct,
    "broek": _broek,
    "ord": _ord,
    "fortegn": _fortegn,
    "kr": _kr,
    "aar": _aar,
}

# What a writer who chooses among them calls them.
FORMATNAVNE = {
    "hele": "Helt tal",
    "ca": "Afrundet",
    "pct": "Procent",
    "pct1": "Procent med en decimal",
    "procent": "Procent, uden afrunding",
    "ca_pct": "Cirka procent",
    "broek": "Andel i ord",
    "ord": "Tal i ord",
    "fortegn": "Med fortegn",
    "kr": "Kroner og øre",
    "aar": "Årstal",
    "tekst": "Tekst",
}


def skriv(vaerdi: Tal | str, format: str) -> str:
    """Write the value in the format; texts are written as they are. Raises `UkendtFormat`."""
    if isinstance(vaerdi, str):
        return vaerdi
    if format not in FORMATER:
        raise UkendtFormat(format)
    return FORMATER[format](vaerdi)
