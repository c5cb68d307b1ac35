"""Periods with both ends included, where None is an unknown start or an open end."""

from dataclasses import dataclass
from datetime import date
from typing import Self


def foerste_dag(aar: int) -> date:
    return date(aar, 1, 1)


def sidste_dag(aar: int) -> date:
    return date(aar, 12, 31)


@dataclass(frozen=True, slots=True)
class Periode:
    """From and including `fra` to and including `til`; None means unknown start or no end yet."""

    fra: date | None = None
    til: date | None = None

    def __post_init__(self) -> None:
        if self.fra is not None and self.til is not None and self.til < self.fra:
            raise ValueError(f"A period cannot end ({self.til}) before it starts ({self.fra}).")

    @classmethod
    def for_aar(cls, fra_aar: int, til_aar: int | None = None) -> Self:
        """Whole calendar years, both included: for_aar(2023, 2024); one year when til_aar is left out."""
        return cls(foerste_dag(fra_aar), sidste_dag(fra_aar if til_aar is None else til_aar))

    def gaelder(self, dato: date) -> bool:
        return (self.fra is None or self.fra <= dato) and (self.til is None or dato <= self.til)

    def overlapper(self, anden: "Periode") -> bool:
        return (self.fra is None or anden.til is None or self.fra <= anden.til) and (
            anden.fra is None or self.til is None or anden.fra <= self.til
        )

    def aar(self) -> range:
        """The calendar years the period touches; ValueError when an end is missing."""
        if self.fra is None or self.til is None:
            raise ValueError("The years of a period can only be listed when both ends are known.")
        return range(self.fra.year, self.til.year + 1)
