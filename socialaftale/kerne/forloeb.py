"""Transition tables: which steps lead from which states to which; plain data, no behaviour and no database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

# States and steps are enums of text (Django's TextChoices or StrEnum).
Tilstand = TypeVar("Tilstand", bound=str)
Trin = TypeVar("Trin", bound=str)


class UlovligOvergang(Exception):
    """The step is not allowed from the state the object is in.

    Views catch it when somebody else was faster: the page is shown again with what the object has become.
    """

    def __init__(self, overgang: str, tilstand: str) -> None:
        super().__init__(f"{overgang!s} is not allowed from {tilstand!s}.")
        self.overgang = overgang
        self.tilstand = tilstand


@dataclass(frozen=True, slots=True)
class Overgang(Generic[Trin, Tilstand]):
    """One step: allowed from each state in `fra`, always leads to `til`."""

    trin: Trin
    fra: frozenset[Tilstand]
    til: Tilstand
    # The action must be given a reason (e.g. "send retur").
    kraever_begrundelse: bool = False


@dataclass(frozen=True, slots=True)
class Forloeb(Generic[Trin, Tilstand]):
    """A *forløb*: the state it starts in and the steps by name."""

    start: Tilstand
    overgange: dict[Trin, Overgang[Trin, Tilstand]]

    @classmethod
    def af(cls, start: Tilstand, overgange: Iterable[Overgang[Trin, Tilstand]]) -> Forloeb[Trin, Tilstand]:
        """Build from a list; the same step twice is a mistake in the table."""
        tabel: dict[Trin, Overgang[Trin, Tilstand]] = {}
        for overgang in overgange:
            if overgang.trin in tabel:
                raise ValueError(f"The step {overgang.trin!s} stands twice in the table.")
            tabel[overgang.trin] = overgang
        return cls(start, tabel)

    def kraev(self, trin: Trin, tilstand: str) -> Overgang[Trin, Tilstand]:
        """The step, or `UlovligOvergang` when it is not allowed from the state."""
        overgang = self.overgange.get(trin)
        if overgang is None or tilstand not in overgang.fra:
            raise UlovligOvergang(trin, tilstand)
        return overgang

    def kan(self, trin: Trin, tilstand: str) -> bool:
        """Is the step allowed from the state? For showing or leaving out a button."""
        overgang = self.overgange.get(trin)
        return overgang is not None and tilstand in overgang.fra

    def mulige(self, tilstand: str) -> list[Trin]:
        """The steps open from the state, in the table's order; empty for an end state."""
        return [trin for trin, overgang in self.overgange.items() if tilstand in overgang.fra]

    @property
    def tilstande(self) -> frozenset[Tilstand]:
        """Every state the table names."""
        return frozenset({self.start}).union(*({o.til} | o.fra for o in self.overgange.values()))
