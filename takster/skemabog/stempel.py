"""What the workbook says about itself, on a sheet nobody sees: whose it is, and what it was made from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

# Sheets, in the order of the workbook.
ARK_SKEMAER, ARK_FAELLES, ARK_SIDSTE_AAR, ARK_VEJLEDNING, ARK_LISTER, ARK_STEMPEL = (
    "Skemaer",
    "Fælles",
    "Sidste år",
    "Vejledning",
    "Lister",
    "_stempel",
)
# What stands beside the overhead method on the sheet Fælles.
METODE = "Metode for andel af central administration"
SLAGS = "socialaftale-takstskemaer"
# Goes up when an older workbook can no longer be read right; new columns alone need no new number.
LAYOUT = 1

_KOLONNE, _SKEMA, _METODE = "kolonne", "skema", "metode"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stempel:
    """`kolonner`: heading → key. `versioner`: form → the version its row was filled from.

    `metode` is the overhead method as it was; None in a workbook from before it had a place there.
    """

    layout: int
    aar: int
    driftsherre: str
    hentet: dt.datetime
    kolonner: dict[str, str] = field(default_factory=dict)
    versioner: dict[int, int] = field(default_factory=dict)
    metode: str | None = None

    def raekker(self) -> Iterator[tuple[str | int, ...]]:
        yield ("slags", SLAGS)
        yield ("layout", self.layout)
        yield ("aar", self.aar)
        yield ("driftsherre", self.driftsherre)
        yield ("hentet", self.hentet.isoformat())
        if self.metode is not None:
            yield (_METODE, self.metode)
        for overskrift, noegle in self.kolonner.items():
            yield (_KOLONNE, overskrift, noegle)
        for skema, version in self.versioner.items():
            yield (_SKEMA, skema, version)


def laes_stempel(raekker: Iterable[tuple[Any, ...]]) -> Stempel | None:
    """The stamp as it was written; None when it is not one of ours or has been changed by hand."""
    enkelte: dict[str, Any] = {}
    kolonner: dict[str, str] = {}
    versioner: dict[int, int] = {}
    try:
        for navn, *vaerdier in raekker:
            if navn == _KOLONNE:
                kolonner[str(vaerdier[0])] = str(vaerdier[1])
            elif navn == _SKEMA:
                versioner[int(vaerdier[0])] = int(vaerdier[1])
            elif navn is not None:
                enkelte[str(navn)] = vaerdier[0]
        if enkelte["slags"] != SLAGS:
            return None
        return Stempel(
            layout=int(enkelte["layout"]),
            aar=int(enkelte["aar"]),
            driftsherre=str(enkelte["driftsherre"]),
            hentet=dt.datetime.fromisoformat(enkelte["hentet"]),
            metode=str(enkelte[_METODE] or "") if _METODE in enkelte else None,
            kolonner=kolonner,
            versioner=versioner,
        )
    except (KeyError, IndexError, ValueError, TypeError):
        return None
