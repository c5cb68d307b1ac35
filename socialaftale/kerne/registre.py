"""Registers the apps fill from `AppConfig.ready()`, so that lower floors never import higher ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from socialaftale.kerne.adgang import Adgang, Regel, offentlig

T = TypeVar("T")


class Register(Generic[T]):
    """An ordered list of what apps offer; entries are keyed, so a second registration replaces the first."""

    def __init__(self) -> None:
        self._poster: dict[str, tuple[int, T]] = {}

    def tilfoej(self, noegle: str, post: T, *, raekkefoelge: int = 100) -> None:
        self._poster[noegle] = (raekkefoelge, post)

    def __iter__(self):
        return iter(post for _, post in sorted(self._poster.values(), key=lambda par: par[0]))

    def noegler(self) -> list[str]:
        return [noegle for noegle, _ in sorted(self._poster.items(), key=lambda par: par[1][0])]


@dataclass(frozen=True, slots=True)
class Menupunkt:
    """A main section: shown to those its rule lets in."""

    titel: str
    url_navn: str
    regel: Regel = offentlig
    # Address prefixes under which the section is marked as the present one.
    aktiv_under: tuple[str, ...] = ()
    # One sentence for the tile on the public front page.
    tekst: str = ""


@dataclass(frozen=True, slots=True)
class Naesteskridt:
    """One thing that waits for the reader: what, how many, by when, and a link to just those."""

    tekst: str
    antal: int
    url: str
    frist: dt.date | None = None
    haster: bool = False


@dataclass(frozen=True, slots=True)
class Kommende:
    """A date ahead that the reader should know when nothing waits."""

    tekst: str
    dato: dt.date
    url: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """What an app contributes to the front page for one role: next steps and coming dates."""

    skridt: Callable[[Adgang, dt.date], Iterable[Naesteskridt]]
    kommende: Callable[[Adgang, dt.date], Iterable[Kommende]] = lambda adgang, dato: ()


@dataclass(frozen=True, slots=True)
class Demotrin:
    """One step of loading data: must be safe to run again and never overwrite what a user changed."""

    titel: str
    koer: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Benchside:
    """A list or detail page measured by `./run bench`: name, address and who looks at it."""

    navn: str
    url: Callable[[], str]
    # E-mail of the user who looks, or None for the public.
    som: str | None = None
    # How many rows the list is over, where that is known.
    raekker: Callable[[], int] | None = None


@dataclass(frozen=True, slots=True)
class Benchopgave:
    """Something else measured by `./run bench` (Excel, PDF, import): returns (rows, bytes)."""

    navn: str
    koer: Callable[[], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Dokumentmaaling:
    """A document that was made: seconds by the clock and of all processors, the most one process held, its size.

    `mangler` tells why there are no figures.
    """

    navn: str
    sekunder: float = 0
    cpu: float = 0
    hukommelse_mb: int = 0
    sider: int = 0
    antal_byte: int = 0
    mangler: str = ""


@dataclass(frozen=True, slots=True)
class Oprydning:
    """Rows of an app that outlive their purpose: `slet` removes them and answers how many; `navn` is their plural."""

    navn: str
    slet: Callable[[], int]


menu: Register[Menupunkt] = Register()
# Where rules are explained: tariff year (None: today's) → rule number → address of the section. One query each.
haandbog: Register[Callable[[int | None], Mapping[str, str]]] = Register()
paneler: Register[Panel] = Register()
# Real data (parties, register, historic figures); every installation loads them.
grunddata: Register[Demotrin] = Register()
# Invented completion for the demo only; labelled "Eksempeltal".
demodata: Register[Demotrin] = Register()
# Synthetic data at scale: called with (antal_kommuner, antal_tilbud, takster_pr_aar, antal_aar).
skaladata: Register[Callable[[int, int, int, int], None]] = Register()
benchsider: Register[Benchside] = Register()
benchopgaver: Register[Benchopgave] = Register()
# Documents made in several ways, one line each.
benchdokumenter: Register[Callable[[], Iterator[Dokumentmaaling]]] = Register()
oprydning: Register[Oprydning] = Register()
