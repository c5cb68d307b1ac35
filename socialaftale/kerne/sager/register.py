"""The kinds of cases: apps register what can be applied for, who may, what is checked and what approval does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.registre import Register
from socialaftale.kerne.sager.fund import Sagsfund

if TYPE_CHECKING:
    from django.db.models import Model

    from socialaftale.kerne.models import Organisation, Sag
    from socialaftale.kerne.sager.forms import Sagsformular


@dataclass(frozen=True, slots=True)
class Vindue:
    """A time in which a kind of case can be sent, and the year it then takes effect (T4)."""

    aar: int
    aabner: dt.date
    lukker: dt.date
    # Shorter texts do not count as a reason; of the rule set of the year.
    min_tegn: int = 10

    def er_aabent(self, dato: dt.date) -> bool:
        return self.aabner <= dato <= self.lukker


@dataclass(frozen=True, slots=True)
class Aendringslinje:
    """One line of before and after."""

    navn: str
    foer: str
    efter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sagsindhold:
    """What a case says, as the page shows it."""

    fakta: Sequence[tuple[str, str]] = ()
    aendringer: Sequence[Aendringslinje] = ()
    # "Sådan er tallet beregnet": (name, result, note).
    formel: str = ""
    trin: Sequence[tuple[str, str, str]] = ()
    regel: str = ""
    kilde: str = ""


@dataclass(frozen=True, slots=True)
class Ansoegningsobjekt:
    """What a new case would be about: the row, who applies, and what the case is called."""

    objekt: Model
    organisation: Organisation
    titel: str
    er_eksempel: bool = False


def _ingen(*args: Any) -> tuple[()]:
    return ()


def _alle(*args: Any) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Sagsart:
    """A kind of case. Functions that take a case are only given cases of the kind."""

    noegle: str
    titel: str
    # Key of the line of T69 that says who decides.
    kompetence: str
    regel: str
    indledning: str
    objekttype: str
    # The row a reader may apply about, or None; it decides who may create the case.
    find_objekt: Callable[[Adgang, str], Ansoegningsobjekt | None]
    # Where the row is shown.
    objekt_url: Callable[[Model], str]
    # Who of those that see the case may follow the way to the row.
    ser_objekt: Callable[[Adgang, Model], bool] = _alle
    formular: Callable[[], type[Sagsformular]]
    # Findings as of a date; those that block stop the submission and, on the day of the meeting, the approval.
    kontroller: Callable[[Sag, dt.date], Sequence[Sagsfund]]
    vis: Callable[[Sag, Adgang], Sagsindhold]
    # Carries the decision out; inside the transaction that marks the case as done.
    udfoer: Callable[[Sag, Adgang], None]
    # Template of the fields; its own where a kind needs more than a row of fields.
    formularskabelon: str = "sager/_felter.html"
    # The open or next window for an operator; kinds without one can be sent at any time.
    vindue: Callable[[Organisation, dt.date], Vindue | None] | None = None
    # Documents the kind asks for: (key, label).
    bilagsarter: Sequence[tuple[str, str]] = ()
    # Municipalities that are told of an approval, and where they can read more.
    underret: Callable[[Sag], Iterable[Organisation]] = _ingen
    underret_url: Callable[[Sag], str] | None = None


sagsarter: Register[Sagsart] = Register()


def find(noegle: str) -> Sagsart | None:
    """The kind with that key."""
    return next((art for art in sagsarter if art.noegle == noegle), None)


def art_af(sag: Sag) -> Sagsart:
    """The kind of a case; a case whose kind is gone is a fault in the installation."""
    art = find(sag.art)
    if art is None:
        raise LookupError(f"No kind of case is registered as {sag.art!r}.")
    return art


def valg() -> list[tuple[str, str]]:
    """(key, title) of every kind, for filters."""
    return [(art.noegle, art.titel) for art in sagsarter]
