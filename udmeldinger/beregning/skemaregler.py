"""Rules between questions as data: `k2c_uden <= k2c_alle`, `sum(d7.antal) = d6`, `sum(m5) = 100 ± 1`.

A term is a number, a question, a column of a table (`d3.pladser`) or `sum(…)` of one; terms may be added. Questions
with years are compared year by year and columns row by row; `sum` makes one number of them. What is not answered is
not judged: that it is missing is said elsewhere.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from socialaftale.kerne.talformat import skriv_tal
from udmeldinger.beregning.spoergsmaal import TALARTER, Art, Spoergsmaal, Svarvaerdi, som_tal

_TEGN: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "=": operator.eq,
    "<": operator.lt,
    ">": operator.gt,
}
_I_ORD = {"<=": "højst", ">=": "mindst", "=": "lig med", "<": "mindre end", ">": "større end"}
_NOEGLE = r"[a-z][a-z0-9_]*"
_LED = re.compile(
    r"(?:(?P<tal>[0-9]+(?:,[0-9]+)?)|"
    rf"(?P<sum>sum\s*\()?\s*(?P<noegle>{_NOEGLE})(?:\.(?P<kolonne>{_NOEGLE}))?\s*(?P<slut>\))?)"
)
_UDTRYK = re.compile(
    r"(?P<venstre>[^<>=]+?)(?P<tegn><=|>=|=|<|>)(?P<hoejre>[^<>=±]+?)(?:±\s*(?P<udsving>[0-9]+(?:,[0-9]+)?)\s*)?"
)


class Regelfejl(ValueError):
    """The rule cannot be read, or is about something the questionnaire does not have; the text is for the user."""


@dataclass(frozen=True, slots=True)
class Led:
    """A number, a question or a column; `sum` makes one number of years or rows."""

    tal: Decimal | None = None
    noegle: str = ""
    kolonne: str = ""
    sum: bool = False

    def vaerdier(self, svar: Mapping[str, Svarvaerdi]) -> dict[str, Decimal]:
        """The numbers by year or row, or the one number under ""; empty when there is no answer."""
        if self.tal is not None:
            return {"": self.tal}
        raa = svar.get(self.noegle)
        if isinstance(raa, Mapping):
            dele = {
                del_: raekke.get(self.kolonne) if isinstance(raekke, Mapping) else raekke
                for del_, raekke in raa.items()
                if isinstance(raekke, Mapping) == bool(self.kolonne)
            }
        else:
            dele = {} if raa is None else {"": raa}
        tallene = {
            del_: tal for del_, vaerdi in dele.items() if vaerdi is not None and (tal := som_tal(vaerdi)) is not None
        }
        return {"": sum(tallene.values(), Decimal(0))} if self.sum and tallene else tallene


@dataclass(frozen=True, slots=True)
class Regel:
    """Two sums of terms and what must hold between them, within `udsving` for equality."""

    udtryk: str
    venstre: tuple[Led, ...]
    tegn: str
    hoejre: tuple[Led, ...]
    udsving: Decimal = Decimal(0)
    besked: str = ""

    @property
    def noegler(self) -> list[str]:
        """The questions the rule is about, the first one of the left side first."""
        return [led.noegle for led in (*self.venstre, *self.hoejre) if led.noegle]

    def brud(self, svar: Mapping[str, Svarvaerdi]) -> list[str]:
        """One text for each year, row or total where the rule is broken; empty when it holds or cannot be judged."""
        venstre, hoejre = _laeg_sammen(self.venstre, svar), _laeg_sammen(self.hoejre, svar)
        if venstre is None or hoejre is None:
            return []
        dele = sorted(set(venstre) | set(hoejre), key=lambda del_: (len(del_), del_))
        if dele != [""]:
            dele = [del_ for del_ in dele if del_]
        tekster = []
        for del_ in dele:
            a, b = venstre.get(del_, venstre.get("")), hoejre.get(del_, hoejre.get(""))
            if a is None or b is None or self._holder(a, b):
                continue
            hvor = f" ({del_})" if del_.isdigit() and len(del_) == 4 else f" (linje {del_})" if del_ else ""
            besked = self.besked or f"{self.udtryk} passer ikke"
            tekster.append(f"{besked}{hvor}: {skriv_tal(a, 4)} skal være {_I_ORD[self.tegn]} {skriv_tal(b, 4)}")
        return tekster

    def _holder(self, a: Decimal, b: Decimal) -> bool:
        return abs(a - b) <= self.udsving if self.tegn == "=" else _TEGN[self.tegn](a, b)

    def kraev_kendt(self, spoergsmaal: Mapping[str, Spoergsmaal]) -> None:
        """Raise `Regelfejl` when a term is about what the questionnaire does not have, or what is no number."""
        for led in (*self.venstre, *self.hoejre):
            if not led.noegle:
                continue
            et = spoergsmaal.get(led.noegle)
            if et is None:
                raise Regelfejl(f"Reglen {self.udtryk}: spørgsmålet {led.noegle} findes ikke")
            if et.art == Art.TABEL:
                talkolonner = {kolonne.noegle for kolonne in et.kolonner if kolonne.art in TALARTER}
                if led.kolonne not in talkolonner:
                    raise Regelfejl(
                        f"Reglen {self.udtryk}: {led.noegle} har ingen talkolonne med navnet {led.kolonne or '–'}"
                    )
            elif led.kolonne or et.art not in TALARTER | {Art.TAL_PR_AAR}:
                raise Regelfejl(f"Reglen {self.udtryk}: svaret på {led.noegle} er ikke et tal")


def _laeg_sammen(led: tuple[Led, ...], svar: Mapping[str, Svarvaerdi]) -> dict[str, Decimal] | None:
    """The sum of the terms by year or row; None when one of them is not answered at all."""
    alle = [et.vaerdier(svar) for et in led]
    if not all(alle):
        return None
    dele = {del_ for vaerdier in alle for del_ in vaerdier}
    if dele != {""}:
        dele.discard("")
    samlet = {}
    for del_ in dele:
        tallene = [vaerdier.get(del_, vaerdier.get("")) for vaerdier in alle]
        if None not in tallene:
            samlet[del_] = sum(tallene, Decimal(0))
    return samlet or None


def laes_regel(udtryk: str, besked: str = "") -> Regel:
    """Read a rule as it is typed; `Regelfejl` says how one is written."""
    fund = _UDTRYK.fullmatch(udtryk.strip().replace("≤", "<=").replace("≥", ">=").replace("+-", "±"))
    if fund is None:
        raise Regelfejl("Skriv reglen som to sider med <=, >= eller = imellem, fx k2_del <= k2_alle")
    regel = Regel(
        udtryk=udtryk.strip(),
        venstre=_laes_side(fund["venstre"]),
        tegn=fund["tegn"],
        hoejre=_laes_side(fund["hoejre"]),
        udsving=_laes_tal(fund["udsving"]) if fund["udsving"] else Decimal(0),
        besked=besked,
    )
    if not regel.noegler:
        raise Regelfejl("Reglen skal handle om mindst ét spørgsmål")
    if regel.udsving and regel.tegn != "=":
        raise Regelfejl("Et udsving (±) kan kun stå efter =")
    return regel


def _laes_side(tekst: str) -> tuple[Led, ...]:
    return tuple(_laes_led(led.strip()) for led in tekst.split("+"))


def _laes_led(tekst: str) -> Led:
    fund = _LED.fullmatch(tekst)
    if fund is None or bool(fund["sum"]) != bool(fund["slut"]) or fund["noegle"] == "sum":
        raise Regelfejl(f"“{tekst}” kan ikke læses. Skriv et tal, et spørgsmåls nøgle eller sum(nøgle)")
    if fund["tal"]:
        return Led(tal=_laes_tal(fund["tal"]))
    return Led(noegle=fund["noegle"], kolonne=fund["kolonne"] or "", sum=bool(fund["sum"]))


def _laes_tal(tekst: str) -> Decimal:
    return Decimal(tekst.replace(",", "."))
