"""Blocks a chapter can call for (`{{ figur:pladskort }}`, `{{ liste:udmeldinger }}`); apps register them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from socialaftale.kerne.tal.katalog import Talkontekst


@dataclass(slots=True)
class Fodnote:
    """A source cited in the text, numbered in the order of first mention."""

    nummer: int
    noegle: str
    tekst: str
    url: str = ""


@dataclass(slots=True)
class Tekstkontekst:
    """For what a chapter is filled in: figures' context, medium ("web", "pdf" or "word") and the footnotes so far."""

    tal: Talkontekst
    medie: str = "web"
    # Address of the page that explains the figures; a figure on the web links to its entry there.
    tal_url: str = ""
    fodnoter: dict[str, Fodnote] = field(default_factory=dict)
    # Numbers of the notes in the whole text, when only a part of it is filled in (see `henvisninger.notenumre`).
    notenumre: Mapping[str, int] = field(default_factory=dict)
    # What an issued edition printed, by reference as written ("pladser.i_alt|ca"): used instead of today's values.
    faste: Mapping[str, str] = field(default_factory=dict)
    # Collects what was printed, in the form `faste` takes.
    trykt: dict[str, str] = field(default_factory=dict)
    # A reference that cannot be filled in becomes a marker in the text instead of an error; `mangler` says why.
    tolerant: bool = False
    mangler: dict[str, str] = field(default_factory=dict)
    # A draft on the web marks figures of an earlier period; `tidligere` collects them, key → year.
    maerk_tidligere: bool = False
    tidligere: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Blok:
    """A registered block: returns safe HTML for the medium."""

    noegle: str
    navn: str
    byg: Callable[[Tekstkontekst], str]


_blokke: dict[str, Blok] = {}


def registrer(*blokke: Blok) -> None:
    """Offer blocks (from `AppConfig.ready()`)."""
    for blok in blokke:
        _blokke[blok.noegle] = blok


def find(noegle: str) -> Blok | None:
    return _blokke.get(noegle)


def alle() -> list[Blok]:
    return sorted(_blokke.values(), key=lambda blok: blok.noegle)
