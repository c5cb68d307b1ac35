"""A count of citizens in a table, and the ways to show it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Visning(StrEnum):
    """How one count is shown: as it is, as "1-2", or not at all because it would give another one away."""

    VIS = "vis"
    BAAND = "baand"
    SKJUL = "skjul"


def er_smaat(antal: int, graense: int) -> bool:
    """Counts from 1 up to the limit could lead to persons; zero says that nobody was there."""
    return 1 <= antal <= graense


@dataclass(frozen=True, slots=True)
class Celle:
    """One count of a table; `godkendt` = the secretariat ticked that a small one may be shown."""

    noegle: str
    antal: int
    godkendt: bool = False

    def er_foelsom(self, graense: int) -> bool:
        """Small, and nobody has ticked that it may be shown."""
        return er_smaat(self.antal, graense) and not self.godkendt
