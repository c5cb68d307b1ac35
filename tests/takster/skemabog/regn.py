"""Works out the workbook's own formulas as Excel does, exactly: an independent check that they say what we compute."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import range_boundaries

from socialaftale.kerne.penge import afrund_kvotient

_TEGN = re.compile(r'\s*("(?:[^"]|"")*"|[A-Za-zÆØÅæøå]+![A-Z]+\d+(?::[A-Z]+\d+)?|[A-Z]+\d+(?::[A-Z]+\d+)?|[A-Z]+|'
                   r'\d+(?:\.\d+)?|[-+*/(),=<>])')  # fmt: skip


class Regnefejl(Exception):
    """#DIV/0! and #VALUE!"""


def regn(bog: Workbook, ark: str, sted: str) -> Any:
    """The value of a cell: Decimal with two decimals, a text, or None for an empty one."""
    try:
        vaerdi = _Regner(bog).celle(ark, sted)
    except Regnefejl:
        return "#FEJL"
    if isinstance(vaerdi, Fraction):
        return afrund_kvotient(vaerdi.numerator, vaerdi.denominator)
    return vaerdi


class _Regner:
    def __init__(self, bog: Workbook) -> None:
        self.bog = bog

    def celle(self, ark: str, sted: str) -> Any:
        vaerdi = self.bog[ark][sted].value
        if isinstance(vaerdi, str) and vaerdi.startswith("="):
            return _Formel(self, ark, vaerdi[1:]).hele()
        return Fraction(Decimal(str(vaerdi))) if isinstance(vaerdi, int | float | Decimal) else vaerdi

    def omraade(self, ark: str, sted: str) -> list[Any]:
        if "!" in sted:
            ark, sted = sted.split("!")
        if ":" not in sted:
            return [self.celle(ark, sted)]
        v, t, h, b = range_boundaries(sted)
        blad = self.bog[ark]
        return [
            self.celle(ark, blad.cell(raekke, kolonne).coordinate)
            for raekke in range(t, b + 1)
            for kolonne in range(v, h + 1)
        ]


class _Formel:
    """A formula is read into functions without arguments, so that IF and IFERROR need not work out all of it."""

    def __init__(self, regner: _Regner, ark: str, tekst: str) -> None:
        self.regner, self.ark = regner, ark
        self.tegn, plads = [], 0
        while plads < len(tekst):
            fund = _TEGN.match(tekst, plads)
            assert fund, tekst[plads:]
            self.tegn.append(fund[1])
            plads = fund.end()

    def hele(self) -> Any:
        udtryk = self._sammenligning()
        assert not self.tegn, self.tegn
        return udtryk()

    def _tag(self, *muligt: str) -> str:
        return self.tegn.pop(0) if self.tegn and self.tegn[0] in muligt else ""

    def _sammenligning(self) -> Callable[[], Any]:
        ene = self._sum()
        if not (tegn := self._tag("=", ">")):
            return ene
        anden = self._sum()
        if tegn == ">":
            return lambda: _tal(ene()) > _tal(anden())
        return lambda: str(ene() or "").casefold() == str(anden() or "").casefold()

    def _sum(self) -> Callable[[], Any]:
        ud = self._produkt()
        while tegn := self._tag("+", "-"):
            ud = self._to(tegn, ud, self._produkt())
        return ud

    def _produkt(self) -> Callable[[], Any]:
        ud = self._led()
        while tegn := self._tag("*", "/"):
            ud = self._to(tegn, ud, self._led())
        return ud

    def _to(self, tegn: str, ene: Callable[[], Any], anden: Callable[[], Any]) -> Callable[[], Any]:
        def regn() -> Fraction:
            x, y = _tal(ene()), _tal(anden())
            if tegn == "/":
                if not y:
                    raise Regnefejl
                return x / y
            return {"+": x + y, "-": x - y, "*": x * y}[tegn]

        return regn

    def _led(self) -> Callable[[], Any]:
        tegn = self.tegn.pop(0)
        if tegn == "(":
            ud = self._sammenligning()
            assert self._tag(")")
            return ud
        if tegn.startswith('"'):
            return lambda: tegn[1:-1].replace('""', '"')
        if tegn[0].isdigit():
            return lambda: Fraction(tegn)
        if self.tegn and self.tegn[0] == "(":
            return self._funktion(tegn)
        vaerdier = lambda: self.regner.omraade(self.ark, tegn)  # noqa: E731
        ud = lambda: vaerdier()[0]  # noqa: E731
        ud.alle = vaerdier
        return ud

    def _funktion(self, navn: str) -> Callable[[], Any]:
        self._tag("(")
        args = [self._sammenligning()]
        while self._tag(","):
            args.append(self._sammenligning())
        assert self._tag(")"), self.tegn

        def alle() -> list[Any]:
            return [vaerdi for arg in args for vaerdi in (arg.alle() if hasattr(arg, "alle") else [arg()])]

        def iferror() -> Any:
            try:
                return args[0]()
            except Regnefejl:
                return args[1]()

        return {
            "SUM": lambda: sum((v for v in alle() if isinstance(v, Fraction)), Fraction(0)),
            "COUNT": lambda: Fraction(sum(isinstance(v, Fraction) for v in alle())),
            "COUNTA": lambda: Fraction(sum(v is not None for v in alle())),
            "IF": lambda: args[1]() if args[0]() else args[2](),
            "IFERROR": iferror,
            "AND": lambda: all(arg() for arg in args),
            "ISNUMBER": lambda: isinstance(args[0](), Fraction),
            "N": lambda: v if isinstance(v := args[0](), Fraction) else Fraction(0),
            "ROUND": lambda: _afrund(_tal(args[0]()), int(args[1]())),
        }[navn]


def _tal(vaerdi: Any) -> Fraction:
    if vaerdi is None:
        return Fraction(0)
    if not isinstance(vaerdi, Fraction):
        raise Regnefejl
    return vaerdi


def _afrund(tal: Fraction, decimaler: int) -> Fraction:
    return Fraction(afrund_kvotient(tal.numerator, tal.denominator, decimaler))
