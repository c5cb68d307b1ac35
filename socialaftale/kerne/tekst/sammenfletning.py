"""Two texts made from the same one, put together block by block. Pure Python, no Django.

A unit is what stands at the top of a chapter: a paragraph, a heading, a whole list, table or box. Its source is kept
to the letter, so that what is chosen is what was written.
"""

from __future__ import annotations

import difflib
import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import lxml.html

from socialaftale.kerne.tekst.sammenlign import i_orden, lighed_af
from socialaftale.kerne.tekst.tekstblokke import Blok, Ord, laes_blokke


class Fletteslags(StrEnum):
    """Who has changed a unit since the common version."""

    ENS = "ens"
    MIN = "min"
    DERES = "deres"
    BEGGE_ENS = "begge_ens"
    KONFLIKT = "konflikt"


class Valg(StrEnum):
    """What of a unit goes into the text."""

    MIN = "min"
    DERES = "deres"
    BEGGE = "begge"


# Without a choice nothing anybody wrote is left out.
STANDARDVALG = {
    Fletteslags.ENS: Valg.MIN,
    Fletteslags.MIN: Valg.MIN,
    Fletteslags.DERES: Valg.DERES,
    Fletteslags.BEGGE_ENS: Valg.MIN,
    Fletteslags.KONFLIKT: Valg.BEGGE,
}


@dataclass(frozen=True, slots=True)
class Enhed:
    """A unit of a chapter with its source; two are the same when their blocks are."""

    kilde: str
    blokke: tuple[Blok, ...]

    @property
    def ord(self) -> tuple[Ord, ...]:
        return tuple(ord_ for blok in self.blokke for ord_ in blok.alle_ord)


@dataclass(frozen=True, slots=True)
class Fletteraekke:
    """A unit in the three texts, as source; "" where it does not stand."""

    slags: Fletteslags
    faelles: str
    min: str
    deres: str

    @property
    def standard(self) -> Valg:
        return STANDARDVALG[self.slags]

    def valgt(self, valg: Valg) -> list[str]:
        """The source that the choice gives: with "begge" the others' first."""
        stykker = {Valg.MIN: (self.min,), Valg.DERES: (self.deres,), Valg.BEGGE: (self.deres, self.min)}[valg]
        return list(dict.fromkeys(filter(None, stykker)))


def enheder(indhold: str) -> list[Enhed]:
    """The units of a chapter of clean HTML, in order; empty ones are left out."""
    rod = lxml.html.fragment_fromstring(indhold, create_parent="div")
    kilder = [_afsnit(rod.text)]
    for element in rod:
        hale, element.tail = element.tail, None
        kilder += [lxml.html.tostring(element, encoding="unicode"), _afsnit(hale)]
    fundne = ((kilde, tuple(laes_blokke(kilde))) for kilde in kilder if kilde)
    return [Enhed(kilde, blokke) for kilde, blokke in fundne if blokke]


def _afsnit(tekst: str | None) -> str:
    """Words that stand between the units become a paragraph."""
    return f"<p>{html.escape(tekst.strip(), quote=False)}</p>" if tekst and tekst.strip() else ""


def flet(faelles: str, min: str, deres: str) -> list[Fletteraekke]:
    """The three texts unit by unit: `faelles` is what both started from."""
    grund = enheder(faelles)
    mine, mine_nye = _paa_plads(grund, enheder(min))
    andres, andres_nye = _paa_plads(grund, enheder(deres))
    raekker: list[Fletteraekke] = []
    for plads in range(len(grund) + 1):
        raekker += _nye(mine_nye[plads], andres_nye[plads])
        if plads < len(grund):
            raekker.append(_raekke(grund[plads], mine[plads], andres[plads]))
    return raekker


def _paa_plads(grund: Sequence[Enhed], nye: Sequence[Enhed]) -> tuple[list[Enhed | None], list[list[Enhed]]]:
    """What became of each unit (None: gone), and the new units that stand before each place."""
    blev: list[Enhed | None] = [None] * len(grund)
    tilfoejet: list[list[Enhed]] = [[] for _ in range(len(grund) + 1)]
    finder = difflib.SequenceMatcher(None, [e.blokke for e in grund], [e.blokke for e in nye], autojunk=False)
    for maerke, fra, til, ny_fra, ny_til in finder.get_opcodes():
        if maerke == "equal":
            blev[fra:til] = nye[ny_fra:ny_til]
            continue
        plads = fra
        for gammel, ny in i_orden(grund[fra:til], nye[ny_fra:ny_til], lambda a, b: lighed_af(a.ord, b.ord)):
            if gammel is None:
                tilfoejet[plads].append(ny)
            else:
                blev[plads] = ny
                plads += 1
    return blev, tilfoejet


def _nye(mine: list[Enhed], andres: list[Enhed]) -> list[Fletteraekke]:
    """New units at one place; what both have written is one."""
    begge = [enhed.blokke for enhed in mine if enhed.blokke in [anden.blokke for anden in andres]]
    ud = [Fletteraekke(Fletteslags.DERES, "", "", e.kilde) for e in andres if e.blokke not in begge]
    for enhed in mine:
        if enhed.blokke in begge:
            ud.append(Fletteraekke(Fletteslags.BEGGE_ENS, "", enhed.kilde, enhed.kilde))
        else:
            ud.append(Fletteraekke(Fletteslags.MIN, "", enhed.kilde, ""))
    return ud


def _raekke(grund: Enhed, min: Enhed | None, deres: Enhed | None) -> Fletteraekke:
    egne, andres = (enhed.blokke if enhed else None for enhed in (min, deres))
    if egne == andres:
        slags = Fletteslags.ENS if egne == grund.blokke else Fletteslags.BEGGE_ENS
    elif egne == grund.blokke:
        slags = Fletteslags.DERES
    elif andres == grund.blokke:
        slags = Fletteslags.MIN
    else:
        slags = Fletteslags.KONFLIKT
    return Fletteraekke(slags, grund.kilde, min.kilde if min else "", deres.kilde if deres else "")


def saml(raekker: Iterable[Fletteraekke], valg: Mapping[int, Valg]) -> str:
    """The text that the choices give; `valg` by place of the row, the rest by `STANDARDVALG`."""
    stykker = [
        stykke for plads, raekke in enumerate(raekker) for stykke in raekke.valgt(valg.get(plads, raekke.standard))
    ]
    return "\n".join(stykker)
