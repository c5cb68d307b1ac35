"""The scale of a bar chart: round ticks from 0, and the highest value at the end."""

from dataclasses import dataclass
from decimal import Decimal

_SKRIDT = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


@dataclass(frozen=True, slots=True)
class Akse:
    """Ticks (*mærker*) in ascending order from 0, and the end of the scale, which need not be one of them."""

    maerker: tuple[Decimal, ...]
    maks: Decimal

    def andel(self, vaerdi: Decimal | int) -> float:
        """Position on the scale, 0 to 1."""
        return float(Decimal(vaerdi) / self.maks)


def akseinddeling(hoejeste: Decimal | int, *, intervaller: int = 5, decimaler: int = 0) -> Akse:
    """At most `intervaller` steps of 1, 2, 2½ or 5 times a power of ten, never finer than the decimals shown."""
    hoejeste = Decimal(hoejeste)
    if hoejeste < 0:
        raise ValueError("A bar chart starts at 0")
    mindste = Decimal(1).scaleb(-decimaler)
    potens = max(Decimal(1).scaleb((hoejeste / intervaller).adjusted()) if hoejeste else mindste, mindste)
    skridt = next(
        kandidat
        for kandidat in (tal * potens for tal in _SKRIDT)
        if kandidat * intervaller >= hoejeste and kandidat % mindste == 0
    )
    maerker = tuple(skridt * i for i in range(int(hoejeste / skridt) + 1))
    return Akse(maerker, maks=max(hoejeste, skridt))
