"""What the gate holds a text against: period, figures, names, terms, dates, annexes. Apps add what they know."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from socialaftale.kerne.dansk import soegetekst
from socialaftale.kerne.tekst.port.soegning import HUSKES
from socialaftale.kerne.tekst.port.taltekst import Skrevettal

# Words that say nothing of what a figure counts.
STOPORD = frozenset(
    [
        "antal",
        "antallet",
        "andel",
        "andelen",
        "tal",
        "tallet",
        "den",
        "det",
        "de",
        "der",
        "som",
        "og",
        "eller",
        "i",
        "af",
        "på",
        "for",
        "til",
        "fra",
        "med",
        "et",
        "en",
        "ved",
        "om",
        "pr",
        "alle",
        "alt",
        "procent",
        "ændring",
        "hver",
        "denne",
        "dette",
        "forrige",
        "mest",
        "flest",
        "hvor",
        "kan",
        "skal",
        "bliver",
    ]
)


def stamme(ord_: str) -> str:
    """The part of a word that its forms share: "pladserne", "pladser" and "plads" all hold "plads"."""
    tekst = soegetekst(ord_)
    for endelse in ("ernes", "erne", "ens", "ets", "ers", "ene", "er", "en", "et", "es", "e", "s"):
        if tekst.endswith(endelse) and len(tekst) - len(endelse) >= 4:
            return tekst[: -len(endelse)]
    return tekst


@lru_cache(maxsize=HUSKES)
def stammer(tekst: str) -> tuple[str, ...]:
    """The telling words of a name, in order, each once."""
    ord_ = re.findall(r"[^\W\d_]{3,}", tekst)
    return tuple(dict.fromkeys(stamme(o) for o in ord_ if o.lower() not in STOPORD))


@dataclass(frozen=True, slots=True)
class Kendttal:
    """A figure of the catalogue with its value for the period and all the ways it can be printed."""

    noegle: str
    navn: str
    # What it counts ("pladser"), "" when it is a share or an amount.
    enhed: str
    # As it is compared: one number for most, several where the value is a text ("2 ... og 1 ...").
    vaerdier: tuple[Skrevettal, ...]
    # Printed text by reference ("pladser.i_alt|ca").
    trykt: dict[str, str]
    noegleord: tuple[str, ...]
    # Words of the definition, for telling that the same is meant.
    ogsaa: tuple[str, ...] = ()
    # Names of places in the figure's name; without them in the text something else is meant.
    steder: tuple[str, ...] = ()
    # Somebody else's figure is cited with its source.
    note: str = ""


@dataclass(frozen=True, slots=True)
class Navneform:
    """A name with the years it is right in, both included; None is open."""

    navn: str
    fra_aar: int | None = None
    til_aar: int | None = None

    def gaelder(self, aar: int) -> bool:
        return (self.fra_aar or 0) <= aar <= (self.til_aar or 9999)


@dataclass(frozen=True, slots=True)
class Kendtnavn:
    """Somebody or something in a register: the name, and the others it has had or is met under."""

    navn: str
    slags: str
    # Right beside the name: short name, abbreviation.
    ogsaa: tuple[str, ...] = ()
    # Former names with their years; the name itself holds after the last of them.
    tidligere: tuple[Navneform, ...] = ()
    # Met in the sources, and not right.
    forkerte: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A word the parties do not use, and the one they do."""

    undgaa: str
    brug: str
    hvorfor: str


@dataclass(frozen=True, slots=True)
class Kendtdato:
    """Something that happened on a known day: a text that tells of it must say the same."""

    navn: str
    # The sentence is about it when it has one of these words ...
    anledning: tuple[str, ...]
    # ... and, when it names what, one of these.
    ord: tuple[str, ...]
    aar: int
    dato: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Kendtbilag:
    nr: int
    titel: str


@dataclass(frozen=True, slots=True)
class Kendtgraense:
    """A limit of a rule set: a text that tells of it prints it and never types it. `enhed`: "%", "år" ..."""

    noegle: str
    navn: str
    vaerdi: Decimal
    enhed: str


@dataclass(frozen=True, slots=True)
class Kendttitel:
    """A title kept in a field of its own: what the text prints of it must say the same.

    `foran` is what stands before it where it is printed ("Fokusområde 3: "), in the chapter `kapitel`.
    """

    tekst: str
    slags: str
    foran: str
    kapitel: str


@dataclass
class Viden:
    """All of it for one text; plain values, so that it can be kept for the next run."""

    periode: str = ""
    fra_aar: int = 0
    til_aar: int = 9999
    tal: list[Kendttal] = field(default_factory=list)
    navne: list[Kendtnavn] = field(default_factory=list)
    termer: list[Term] = field(default_factory=list)
    datoer: list[Kendtdato] = field(default_factory=list)
    bilag: list[Kendtbilag] = field(default_factory=list)
    titler: list[Kendttitel] = field(default_factory=list)
    # Quoted in full in a box of the chapter: (chapter, words).
    citater: list[tuple[str, str]] = field(default_factory=list)
    # Other periods there is an agreement for.
    perioder: list[str] = field(default_factory=list)
    aftalenavn: str = ""
    # Addresses of the secretariat as they are now, and those it has had.
    adresser: dict[str, str] = field(default_factory=dict)
    gamle_adresser: dict[str, str] = field(default_factory=dict)
    # Limits the text prints, for a text whose limits come from a rule set.
    graenser: list[Kendtgraense] = field(default_factory=list)
    # Chapters are parted in sections that links lead to by their keys ("#belaegning").
    har_afsnit: bool = False
    # Counts of citizens from 1 up to this one may lead to persons; None: nobody has said.
    smaatalsgraense: int | None = None
    # What references print, and by key why a figure or a block has nothing to print.
    trykt: dict[str, str] = field(default_factory=dict)
    mangler: dict[str, str] = field(default_factory=dict)
    # What footnotes print, by key of the external figure.
    kilder: dict[str, str] = field(default_factory=dict)
    # By key: name of a figure the period has no value of its own for, and whose it prints instead ("2022").
    tidligere: dict[str, tuple[str, str]] = field(default_factory=dict)
    # By key of an external figure that is too old for the period: its year and how many years it may be old.
    gamle: dict[str, tuple[int, int]] = field(default_factory=dict)
    # Keys of the chapters and other addresses of pages that links may lead to.
    ankre: set[str] = field(default_factory=set)

    def i_perioden(self, aar: int) -> bool:
        return self.fra_aar <= aar <= self.til_aar


def tal_med(vaerdi: Decimal | int, art: str) -> Skrevettal:
    """An exact value as it is compared with what is typed."""
    return Skrevettal(0, 0, "", art, Decimal(vaerdi), None, Decimal(0))


def alle_ord(tekster: Iterable[str]) -> list[str]:
    """Words of a text as `stamme` looks for them: folded, not cut."""
    return list(_foldede_ord(" ".join(tekster)))


@lru_cache(maxsize=HUSKES)
def _foldede_ord(tekst: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W\d_]{2,}", soegetekst(tekst)))
