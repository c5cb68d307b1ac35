"""Classes (*klasser*) of a map: which values share a colour, and what the key calls them."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate

from socialaftale.kerne.figurer.farver import skala
from socialaftale.kerne.figurer.talvisning import vis_tal
from socialaftale.kerne.penge import afrund

MAKS_ANTAL = 6

_RUNDE_TAL = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5))
_INDDELINGER_AF_SPAENDET = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Klasser:
    """Ascending lower limits of every class but the first; a value on a limit belongs to the class above it.

    `decimaler` is the precision shown; `enhed` the unit in labels, such as "%".
    """

    graenser: tuple[Decimal, ...] = ()
    decimaler: int = 0
    enhed: str = ""

    def __post_init__(self) -> None:
        if any(a >= b for a, b in zip(self.graenser, self.graenser[1:], strict=False)):
            raise ValueError("Class limits must ascend")
        if any(afrund(g, self.decimaler) != g for g in self.graenser):
            raise ValueError(f"Class limits must have at most {self.decimaler} decimals")
        if self.antal > MAKS_ANTAL:
            raise ValueError(f"At most {MAKS_ANTAL} classes can be told apart")

    @property
    def antal(self) -> int:
        return len(self.graenser) + 1

    @property
    def farver(self) -> tuple[str, ...]:
        """Fill of each class, light to dark."""
        return skala(self.antal)

    def klasse(self, vaerdi: Decimal | int) -> int:
        """Number of the class, from 0, judged by the value as it is shown."""
        vist = afrund(vaerdi, self.decimaler)
        return sum(vist >= graense for graense in self.graenser)

    def farve(self, vaerdi: Decimal | int) -> str:
        return self.farver[self.klasse(vaerdi)]

    def vis(self, vaerdi: Decimal | int | None) -> str:
        """The value with the precision and unit of these classes."""
        return vis_tal(vaerdi, decimaler=self.decimaler, enhed=self.enhed)

    def etiketter(self) -> tuple[str, ...]:
        """Texts of the key: "Under 100", "100–249", "250 eller mere"."""
        if not self.graenser:
            return ("Alle oplyste",)
        skridt = Decimal(1).scaleb(-self.decimaler)
        return (
            f"Under {self.vis(self.graenser[0])}",
            *(
                self._interval(nedre, oevre - skridt)
                for nedre, oevre in zip(self.graenser, self.graenser[1:], strict=False)
            ),
            f"{self.vis(self.graenser[-1])} eller mere",
        )

    def _interval(self, nedre: Decimal, oevre: Decimal) -> str:
        if nedre == oevre:
            return self.vis(nedre)
        streg = " til " if nedre < 0 else "–"
        return f"{vis_tal(nedre, decimaler=self.decimaler)}{streg}{self.vis(oevre)}"


def klassegraenser(
    vaerdier: Iterable[Decimal | int | None], antal: int = 4, *, decimaler: int = 0, enhed: str = ""
) -> Klasser:
    """At most `antal` classes with round limits, none empty and as evenly filled as roundness allows.

    Unknown values (None) do not count; fewer different values than classes give fewer classes. The limits are found
    by dynamic programming over candidates. What counts: classes of even size (their entropy), values near each other
    within a class (so that one far above the rest gets its own), limits that are round numbers. The result depends on
    the values alone, not on their order.
    """
    if not 1 <= antal <= MAKS_ANTAL:
        raise ValueError(f"Between 1 and {MAKS_ANTAL} classes, not {antal}")
    viste = sorted(afrund(v, decimaler) for v in vaerdier if v is not None)
    antal = min(antal, len(set(viste)))
    graenser = _graenser(tuple(viste), antal, decimaler) if antal > 1 else ()
    return Klasser(graenser=graenser, decimaler=decimaler, enhed=enhed)


# The same few figures are drawn on page after page, and the search takes longer than the rest of the figure.
@lru_cache(maxsize=64)
def _graenser(viste: tuple[Decimal, ...], antal: int, decimaler: int) -> tuple[Decimal, ...]:
    """The limits of `klassegraenser` for sorted values in at least two classes."""
    kandidater = _kandidater(viste, decimaler)
    under = [sum(v < k for v in viste) for k in kandidater]
    gevinst = _Gevinst(viste)
    priser = [_pris(kandidat) for kandidat in kandidater]
    # the best division so far whose last limit is candidate i: its score and the numbers of its limits
    bedste: list[_Inddeling | None] = [(gevinst.klasse(0, under[i]) - pris, (i,)) for i, pris in enumerate(priser)]
    for _ in range(antal - 2):
        bedste = [
            _bedst(
                (delloesning[0] + gevinst.klasse(under[j], under[i]) - pris, (*delloesning[1], i))
                for j in range(i)
                if (delloesning := bedste[j]) is not None and under[i] > under[j]
            )
            for i, pris in enumerate(priser)
        ]
    fundet = _bedst(
        (delloesning[0] + gevinst.klasse(under[i], len(viste)), delloesning[1])
        for i in range(len(kandidater))
        if (delloesning := bedste[i]) is not None
    )
    # the values themselves are candidates, so that a division without an empty class always exists
    valgte = fundet[1] if fundet else ()
    return tuple(kandidater[i] for i in valgte)


_Inddeling = tuple[float, tuple[int, ...]]


def _bedst(inddelinger: Iterable[_Inddeling]) -> _Inddeling | None:
    """Highest score; of equal ones the lowest limits."""
    return max(inddelinger, key=lambda fund: (round(fund[0], 9), [-i for i in fund[1]]), default=None)


class _Gevinst:
    """What a class of neighbouring values contributes: evenness of size plus closeness of its values."""

    def __init__(self, viste: Sequence[Decimal]) -> None:
        tal = [float(v) for v in viste]
        self.antal = len(tal)
        middel = sum(tal) / self.antal
        self.sum = [0.0, *accumulate(v - middel for v in tal)]
        self.kvadratsum = [0.0, *accumulate((v - middel) ** 2 for v in tal)]

    def klasse(self, fra: int, til: int) -> float:
        """Contribution of the values numbered from `fra` up to but not with `til`."""
        antal = til - fra
        andel = antal / self.antal
        spredning = self.kvadratsum[til] - self.kvadratsum[fra] - (self.sum[til] - self.sum[fra]) ** 2 / antal
        return -andel * math.log(andel) - spredning / self.kvadratsum[-1]


def _kandidater(viste: Sequence[Decimal], decimaler: int) -> list[Decimal]:
    """Possible limits above the lowest and up to the highest value: the values themselves and rounder numbers."""
    laveste, hoejeste = viste[0], viste[-1]
    mindste_skridt = Decimal(1).scaleb(-decimaler)
    spaend = hoejeste - laveste
    skridt = max(Decimal(1).scaleb(spaend.adjusted()) / _INDDELINGER_AF_SPAENDET, mindste_skridt)
    alle = set(viste)
    trin = (laveste / skridt).to_integral_value() - 1
    while trin * skridt <= hoejeste:
        alle.add(trin * skridt)
        trin += 1
    alle.update(_runde_potenser(mindste_skridt, hoejeste))
    return sorted({afrund(k, decimaler) for k in alle if laveste < k <= hoejeste and afrund(k, decimaler) == k})


def _runde_potenser(mindste: Decimal, hoejeste: Decimal) -> Iterator[Decimal]:
    potens = mindste
    while potens <= hoejeste:
        yield from (tal * potens for tal in _RUNDE_TAL)
        potens *= 10


def _pris(graense: Decimal) -> float:
    """How unround a number is: 0 for 1, 2 and 5 times a power of ten, more for each digit that must be read."""
    cifre = "".join(map(str, abs(graense).normalize().as_tuple().digits)).rstrip("0")
    match len(cifre), cifre[-1:]:
        case (0, _) | (1, "1" | "2" | "5"):
            return 0.0
        case 1, _:
            return 0.06
        case 2, "5":
            return 0.08 if cifre in ("15", "25", "75") else 0.15
        case 2, _:
            return 0.25
        case 3, "5":
            return 0.4
        case _:
            return 0.6
