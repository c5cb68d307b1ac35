"""Live figures: definition, value with source and date, and the catalogue that holds them."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any


@dataclass(frozen=True, slots=True)
class Kilderaekke:
    """One source row behind a figure, as shown under "Sådan er tallet beregnet"."""

    tekst: str
    vaerdi: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Talvaerdi:
    """The value of a live figure with what a reader needs to trace it."""

    vaerdi: Decimal | int | str
    # As-of date or year in words, e.g. "2022" or "pr. 1. januar 2023".
    pr: str = ""
    kilde: str = ""
    formel: str = ""
    raekker: tuple[Kilderaekke, ...] = ()
    url: str = ""


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
class LevendeTal:
    """A registered figure. `beregn` raises `TalMangler` when there is nothing to show."""

    noegle: str
    navn: str
    definition: str
    beregn: Callable[[Talkontekst], Talvaerdi]
    enhed: str = ""
    formater: tuple[str, ...] = ("hele",)

    @property
    def standardformat(self) -> str:
        return self.formater[0]


_enkelte: dict[str, LevendeTal] = {}
_familier: dict[str, Callable[[], Iterable[LevendeTal]]] = {}


def registrer(*tal: LevendeTal) -> None:
    """Add figures to the catalogue (from `AppConfig.ready()`)."""
    for post in tal:
        _enkelte[post.noegle] = post


def registrer_familie(praefiks: str, udfold: Callable[[], Iterable[LevendeTal]]) -> None:
    """Add figures that depend on data, e.g. one per municipality; expanded when the catalogue is read."""
    _familier[praefiks] = udfold


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
