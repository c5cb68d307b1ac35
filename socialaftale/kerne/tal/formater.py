"""How a live figure is written in a Danish text: "2.421", "ca. 2.400", "23 %", "næsten hver fjerde", "tre"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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
# A figure that may be written as one of these is a share.
ANDELSFORMATER = frozenset({"pct", "pct1", "procent", "ca_pct", "broek"})


@dataclass(frozen=True, slots=True)
class Toaar:
    """The same figure at two times; `andel` when it is a share of 1."""

    foer: Tal
    nu: Tal
    andel: bool = False

    @property
    def forskel(self) -> Decimal:
        return Decimal(self.nu) - Decimal(self.foer)

    @property
    def relativ(self) -> Decimal | None:
        """The difference as a share of the first value, None when that is 0."""
        return self.forskel / Decimal(self.foer) if self.foer else None

    def med(self, skriv: Callable[[Tal], str]) -> tuple[str, str]:
        return skriv(self.foer), skriv(self.nu)


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


def _plus(vaerdi: Tal) -> str:
    return "+" if vaerdi > 0 else ""


def _retning(tal: Toaar, skriv: Callable[[Tal], str]) -> str:
    """ "steget fra 2.080 til 2.421"; what is the same when written has not changed."""
    foer, nu = tal.med(skriv)
    if foer == nu:
        return f"uændret {nu}"
    return f"{'steget' if tal.forskel > 0 else 'faldet'} fra {foer} til {nu}"


def _fra_til(tal: Toaar) -> str:
    foer, nu = tal.med(_pct1 if tal.andel else _hele)
    return f"fra {foer} til {nu}"


def _forskel(tal: Toaar) -> str:
    """ "+341"; of shares in points of percent."""
    if tal.andel:
        point = afrund(tal.forskel * 100, 1)
        return f"{_plus(point)}{skriv_beloeb(point, 1)}{NBSP}procentpoint"
    return _fortegn(tal.forskel)


def _forskel_pct(tal: Toaar) -> str:
    if tal.relativ is None:
        raise UkendtFormat("forskel_pct")
    return f"{_plus(tal.relativ)}{skriv_pct(tal.relativ * 100, 1)}"


UDVIKLINGSFORMATER: dict[str, Callable[[Toaar], str]] = {
    "retning": lambda tal: _retning(tal, _pct1 if tal.andel else _hele),
    "retning_ca": lambda tal: _retning(tal, _ca),
    "fra_til": _fra_til,
    "forskel": _forskel,
    "forskel_pct": _forskel_pct,
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
    "retning": "Retning og begge tal",
    "retning_ca": "Retning, afrundet",
    "fra_til": "Fra og til",
    "forskel": "Forskel",
    "forskel_pct": "Ændring i procent",
}


def skriv(vaerdi: Tal | str | Toaar, format: str) -> str:
    """Write the value in the format; texts are written as they are. Raises `UkendtFormat`."""
    if isinstance(vaerdi, str):
        return vaerdi
    if isinstance(vaerdi, Toaar):
        if format not in UDVIKLINGSFORMATER:
            raise UkendtFormat(format)
        return UDVIKLINGSFORMATER[format](vaerdi)
    if format not in FORMATER:
        raise UkendtFormat(format)
    return FORMATER[format](vaerdi)
