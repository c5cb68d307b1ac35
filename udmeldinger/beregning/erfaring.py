"""Share of experienced staff years, computed and never typed."""

from __future__ import annotations

from decimal import Decimal

from socialaftale.kerne.penge import afrund, andel


def erfaringsandel(aarsvaerk: Decimal | None, erfarne: Decimal | None) -> Decimal | None:
    """Experienced of all permanent staff years in whole percent, half up; None when one is unknown."""
    if aarsvaerk is None or erfarne is None:
        return None
    del_ = andel(erfarne, aarsvaerk)
    return None if del_ is None else afrund(del_ * 100, 0)
