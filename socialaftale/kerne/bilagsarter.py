"""Kinds of annexes this system can make itself: the app that owns the content registers a builder.

The agreement knows the keys only and puts the annexes together; see `registre.Register` for how they are offered.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from socialaftale.kerne.registre import Register

if TYPE_CHECKING:
    from socialaftale.kerne.models import Dokument


@dataclass(frozen=True, slots=True, kw_only=True)
class Bilagsbestilling:
    """What a builder is asked for: the annex ("Bilag 4") with its title, of which agreement, and which variant.

    `omslag` goes to the template as it is: what the sheet before the annex says. `dato` dates the document.
    """

    periode: str
    del_: str
    titel: str
    dato: dt.date
    variant: str = ""
    omslag: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bilagskilde:
    """An annex before it is laid out: a complete HTML document (see `dokumenter/bilag.html`) and its own style."""

    html: str
    css: str = ""


@dataclass(frozen=True, slots=True)
class Bilagsart:
    """A kind of annex. `byg` answers a document to lay out, one that is issued already, or None for nothing to print.

    `varianter` are those of a period; None when the kind comes in one only."""

    noegle: str
    navn: str
    byg: Callable[[Bilagsbestilling], Bilagskilde | Dokument | None]
    varianter: Callable[[str], Iterable[tuple[str, str]]] | None = None

    def valg(self, periode: str) -> list[tuple[str, str]]:
        """(key, name) for a list to choose from: "takster", or "udmelding:dom-2019" for each variant."""
        if self.varianter is None:
            return [(self.noegle, self.navn)]
        return [(f"{self.noegle}:{noegle}", navn) for noegle, navn in self.varianter(periode)]


bilagsarter: Register[Bilagsart] = Register()


def registrer(art: Bilagsart, *, raekkefoelge: int = 100) -> None:
    """Offer a kind of annex (from `AppConfig.ready()`)."""
    bilagsarter.tilfoej(art.noegle, art, raekkefoelge=raekkefoelge)


def find(noegle: str) -> Bilagsart | None:
    return next((art for art in bilagsarter if art.noegle == noegle), None)


def valg(periode: str) -> list[tuple[str, str]]:
    """All that can be chosen for an agreement of the period."""
    return [par for art in bilagsarter for par in art.valg(periode)]
