"""How changes in percent are spread: six bands, and the largest rises and falls (T92, T95)."""

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from socialaftale.kerne.dansk import sorteringsnoegle
from socialaftale.kerne.talformat import HAARDT_MELLEMRUM, skriv_tal
from takster.beregning.takstudvikling import Takstpar

STANDARDGRAENSER = tuple(Decimal(graense) for graense in (-10, -5, 0, 5, 10))


@dataclass(frozen=True, slots=True, kw_only=True)
class Baand:
    """One band in percent; None is an open end.

    A limit belongs to the band nearest 0, and 0 to the band above it, so that "under −10" and "over 10" are what
    they say.
    """

    fra: Decimal | None
    til: Decimal | None
    antal: int = 0

    def rummer(self, pct: Decimal) -> bool:
        over = self.fra is None or pct > self.fra or (pct == self.fra and self.fra <= 0)
        under = self.til is None or pct < self.til or (pct == self.til and self.til > 0)
        return over and under

    @property
    def tekst(self) -> str:
        enhed = f"{HAARDT_MELLEMRUM}%"
        if self.fra is None:
            return f"Under {skriv_tal(self.til)}{enhed}"
        if self.til is None:
            return f"Over {skriv_tal(self.fra)}{enhed}"
        return f"{skriv_tal(self.fra)} til {skriv_tal(self.til)}{enhed}"


def fordel_paa_baand(
    procenter: Iterable[Decimal], *, graenser: Sequence[Decimal] = STANDARDGRAENSER
) -> tuple[Baand, ...]:
    """Count changes in bands, lowest first. The changes are those shown, so that anyone can count after."""
    procenter = list(procenter)
    if list(graenser) != sorted(set(graenser)):
        raise ValueError("The limits of bands must go up.")
    ender = [None, *graenser, None]
    baand = [Baand(fra=fra, til=til) for fra, til in zip(ender, ender[1:], strict=False)]
    return tuple(Baand(fra=et.fra, til=et.til, antal=sum(et.rummer(pct) for pct in procenter)) for et in baand)


@dataclass(frozen=True, slots=True, kw_only=True)
class Yderpunkter:
    """The largest rises, largest first, and the largest falls, deepest first."""

    stigninger: tuple[Takstpar, ...]
    fald: tuple[Takstpar, ...]


def stoerste_aendringer(par: Iterable[Takstpar], *, antal: int = 5) -> Yderpunkter:
    """Up to `antal` of each; equal changes by name, so that the list is the same every time."""
    vurderede = [(et_par.praecis, et_par) for et_par in par]
    return Yderpunkter(
        stigninger=_stoerste([(-pct, et_par) for pct, et_par in vurderede if pct > 0], antal),
        fald=_stoerste([(pct, et_par) for pct, et_par in vurderede if pct < 0], antal),
    )


def _stoerste(vurderede: Sequence[tuple[Fraction, Takstpar]], antal: int) -> tuple[Takstpar, ...]:
    """The lowest first; only those that can be among them are put in order by name."""
    graense = max(heapq.nsmallest(antal, (pct for pct, _ in vurderede)), default=Fraction(0))
    mulige = [(pct, et_par) for pct, et_par in vurderede if pct <= graense]
    mulige.sort(key=lambda led: (led[0], sorteringsnoegle(led[1].navn), led[1].noegle))
    return tuple(et_par for _, et_par in mulige[:antal])
