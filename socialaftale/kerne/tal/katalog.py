"""Live figures: definition, value with source and date, and the catalogue that holds them."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any

from socialaftale.kerne.tal.formater import Toaar


@dataclass(frozen=True, slots=True)
class Kilderaekke:
    """One source row behind a figure, as shown under "Sådan er tallet beregnet"."""

    tekst: str
    vaerdi: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Talvaerdi:
    """The value of a live figure with what a reader needs to trace it."""

    vaerdi: Decimal | int | str | Toaar
    # As-of date or year in words, e.g. "2022" or "pr. 1. januar 2023".
    pr: str = ""
    kilde: str = ""
    formel: str = ""
    raekker: tuple[Kilderaekke, ...] = ()
    url: str = ""
    # What whoever writes or decides should know of it ("4 år gammelt"); never printed in an edition.
    advarsel: str = ""
    # The period has no value of its own yet: whose it is instead ("2022").
    tidligere: str = ""
    # What the figure is counted or priced by ("2026-priser"): values of different kinds are never compared.
    grundlag: str = ""

    @property
    def tidligere_i_ord(self) -> str:
        """ "Tal fra 2022. Nyere findes ikke endnu." or "" for a value of the period itself."""
        return f"Tal fra {self.tidligere}. Nyere findes ikke endnu." if self.tidligere else ""


@dataclass(slots=True)
class Talkontekst:
    """For what a figure is computed: the *aftaleperiode* ("2023-2024"), or the newest when empty.

    `hukommelse` lives as long as one rendering, so that one query serves all figures of a text.
    """

    periode: str = ""
    hukommelse: dict[str, Any] = field(default_factory=dict)

    def husk(self, noegle: str, hent: Callable[[], Any]) -> Any:
        if noegle not in self.hukommelse:
            self.hukommelse[noegle] = hent()
        return self.hukommelse[noegle]


class TalMangler(Exception):
    """The figure exists in the catalogue but has no value for this period."""


@dataclass(frozen=True, slots=True)
class Periodevalg:
    """A period a figure has a value of its own for: its code ("2021-2022") and the year it is counted ("2020")."""

    kode: str
    aar: str


@dataclass(frozen=True, slots=True)
class LevendeTal:
    """A registered figure. `beregn` raises `TalMangler` when there is nothing to show.

    A figure that may be compared between years names its `perioder`, oldest first; what it remembers in a context
    must then be told apart by period.
    """

    noegle: str
    navn: str
    definition: str
    beregn: Callable[[Talkontekst], Talvaerdi]
    enhed: str = ""
    formater: tuple[str, ...] = ("hele",)
    perioder: Callable[[Talkontekst], Sequence[Periodevalg]] | None = None

    @property
    def standardformat(self) -> str:
        return self.formater[0]


_enkelte: dict[str, LevendeTal] = {}
_familier: dict[str, Callable[[], Iterable[LevendeTal]]] = {}
_afledte: dict[str, Callable[[str, Talkontekst], LevendeTal | None]] = {}


def registrer(*tal: LevendeTal) -> None:
    """Add figures to the catalogue (from `AppConfig.ready()`)."""
    for post in tal:
        _enkelte[post.noegle] = post


def registrer_familie(praefiks: str, udfold: Callable[[], Iterable[LevendeTal]]) -> None:
    """Add figures that depend on data, e.g. one per municipality; expanded when the catalogue is read."""
    _familier[praefiks] = udfold


def registrer_afledt(praefiks: str, find: Callable[[str, Talkontekst], LevendeTal | None]) -> None:
    """Add figures made of others, too many to list: they are found by their whole key only."""
    _afledte[praefiks] = find


def alle() -> dict[str, LevendeTal]:
    """The whole catalogue by key, in key order."""
    samlet = dict(_enkelte)
    for udfold in _familier.values():
        samlet.update(_som_opslag(udfold))
    return dict(sorted(samlet.items()))


def find(noegle: str, kontekst: Talkontekst | None = None) -> LevendeTal | None:
    """The figure with that key; a family is expanded when its prefix is asked for, once per context."""
    if noegle in _enkelte:
        return _enkelte[noegle]
    kontekst = kontekst or Talkontekst()
    for praefiks, afledt in _afledte.items():
        if noegle.startswith(praefiks):
            return afledt(noegle, kontekst)
    for praefiks, udfold in _familier.items():
        if noegle.startswith(praefiks):
            familie = kontekst.husk(f"familie:{praefiks}", partial(_som_opslag, udfold))
            if noegle in familie:
                return familie[noegle]
    return None


def _som_opslag(udfold: Callable[[], Iterable[LevendeTal]]) -> dict[str, LevendeTal]:
    return {tal.noegle: tal for tal in udfold()}


def naermeste(noegle: str, antal: int = 3) -> list[str]:
    """The keys that look most like an unknown one, for the error message."""
    return difflib.get_close_matches(noegle, alle().keys(), n=antal, cutoff=0.4)
