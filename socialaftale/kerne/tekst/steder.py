"""Places a text refers to by a key that stays (`{{ bilag:takster }}`) and prints by today's name ("bilag 7").

Apps register the kinds; they are inline, unlike blocks, and have no value, unlike figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.html import escape

from socialaftale.kerne.tal.katalog import Talkontekst
from socialaftale.kerne.tekst.blokke import Tekstkontekst

# How the name is written: as in a sentence, as its first word, and the number alone.
STORT, NUMMER = "stort", "nr"
FORMATER = {"": "I en sætning", STORT: "Først i en sætning", NUMMER: "Kun nummeret"}


@dataclass(frozen=True, slots=True)
class Sted:
    """One place: its key ("takster"), its number, and what it is called in a list to choose from."""

    noegle: str
    nummer: int
    navn: str


@dataclass(frozen=True, slots=True)
class Stedslags:
    """A kind of place: prefix of the keys, the word before the number, the places of a text, and how one is linked."""

    praefiks: str
    ord: str
    alle: Callable[[Talkontekst], Iterable[Sted]]
    vis: Callable[[Sted, str, Tekstkontekst], str] = lambda sted, tekst, kontekst: escape(tekst)

    def find(self, noegle: str, kontekst: Talkontekst) -> Sted | None:
        """The place of a whole key ("bilag:takster")."""
        egen = noegle.partition(":")[2]
        return next((sted for sted in self.alle(kontekst) if sted.noegle == egen), None)

    def skriv(self, sted: Sted, format: str) -> str:
        """The name as it is printed."""
        if format == NUMMER:
            return str(sted.nummer)
        return f"{self.ord.capitalize() if format == STORT else self.ord} {sted.nummer}"


_slags: dict[str, Stedslags] = {}


def registrer(slags: Stedslags) -> None:
    """Offer a kind of place (from `AppConfig.ready()`)."""
    _slags[slags.praefiks] = slags


def slags_af(noegle: str) -> Stedslags | None:
    """The kind a key belongs to."""
    return _slags.get(noegle.partition(":")[0]) if ":" in noegle else None


def alle() -> list[Stedslags]:
    return list(_slags.values())


def trykt(kontekst: Talkontekst) -> dict[str, str]:
    """What every reference to a place prints, by reference as written."""
    return {
        f"{slags.praefiks}:{sted.noegle}{f'|{format}' if format else ''}": slags.skriv(sted, format)
        for slags in _slags.values()
        for sted in slags.alle(kontekst)
        for format in FORMATER
    }
