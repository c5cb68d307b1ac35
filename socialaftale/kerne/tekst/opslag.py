"""The catalogue as the writer of a chapter sees it: what can be inserted, how to write it, and what it says today.

Looking a value up costs queries of its app, so values are shown for what the chapter uses and what is searched for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from socialaftale.kerne.dansk import soegetekst
from socialaftale.kerne.tal import katalog, udvikling
from socialaftale.kerne.tal.formater import UkendtFormat, skriv
from socialaftale.kerne.tal.katalog import LevendeTal, Talkontekst, TalMangler
from socialaftale.kerne.tekst import blokke, henvisninger, steder
from socialaftale.kerne.tekst.henvisninger import NOTE

EKSTERN = "ekstern."
I_KAPITLET = "I kapitlet nu"
FRA_ANDRE = "Tal fra andre, med fodnote"
ENKELTE = "Enkelte tal"
UDVIKLING = "Udvikling mellem to år"
# Fewer figures than this do not get a heading of their own.
EGEN_GRUPPE_FRA = 3
AFSNIT = "Lister, tabeller og figurer"


@dataclass(frozen=True, slots=True)
class Skrivemaade:
    """One way to insert a figure: what to write, and what the reader sees ("–" when there is no value, "" unasked)."""

    henvisning: str
    trykt: str


@dataclass(frozen=True, slots=True)
class Opslag:
    """One thing that can be inserted."""

    navn: str
    definition: str
    skrivemaader: tuple[Skrivemaade, ...]


@dataclass(frozen=True, slots=True)
class Opslagsgruppe:
    titel: str
    opslag: tuple[Opslag, ...]


def slaa_op(kontekst: Talkontekst, soeg: str = "", indhold: str = "") -> list[Opslagsgruppe]:
    """The catalogue in groups; with `soeg` only what has all its words in key, name or definition.

    The figures of `indhold` stand first.
    """
    ord_ = soegetekst(soeg).split()
    brugte = {henvisning.figurnoegle for henvisning in henvisninger.find(indhold)}
    grupper: dict[str, list[Opslag]] = {}
    for tal in katalog.alle().values():
        if passer(ord_, (tal.noegle, tal.navn, tal.definition)):
            i_kapitlet = tal.noegle in brugte and not ord_
            opslag = _tal(tal, kontekst if ord_ or i_kapitlet else None)
            grupper.setdefault(I_KAPITLET if i_kapitlet else gruppe_af(tal.noegle), []).append(opslag)
    afsnit = [
        Opslag(blok.navn, "Skal stå alene i sit eget afsnit.", (Skrivemaade(klammer(blok.noegle), ""),))
        for blok in blokke.alle()
        if passer(ord_, (blok.noegle, blok.navn))
    ]
    for slags in steder.alle():
        fundne = [
            _sted(slags, sted)
            for sted in slags.alle(kontekst)
            if passer(ord_, (slags.praefiks, slags.ord, sted.noegle, sted.navn))
        ]
        grupper.setdefault(slags.ord.capitalize(), []).extend(fundne)
    i_kapitlet, fra_andre = grupper.pop(I_KAPITLET, []), grupper.pop(FRA_ANDRE, [])
    store = {titel: opslag for titel, opslag in grupper.items() if len(opslag) >= EGEN_GRUPPE_FRA}
    smaa = [post for titel, opslag in grupper.items() if titel not in store for post in opslag]
    alle = {I_KAPITLET: i_kapitlet, ENKELTE: smaa, **store, FRA_ANDRE: fra_andre, AFSNIT: afsnit}
    return [Opslagsgruppe(titel, tuple(opslag)) for titel, opslag in alle.items() if opslag]


def passer(ord_: list[str], tekster: Iterable[str]) -> bool:
    """Do the texts together hold all the words?"""
    samlet = soegetekst(" ".join(tekster))
    return all(stykke in samlet for stykke in ord_)


def gruppe_af(noegle: str) -> str:
    """The group of a figure, by the first word of its key; families of many ("pladser.kommune.…") stand apart."""
    if noegle.startswith(EKSTERN):
        return FRA_ANDRE
    if noegle.startswith(udvikling.PRAEFIKS):
        return UDVIKLING
    dele = noegle.split(".")
    return ": ".join(del_.capitalize() for del_ in dele[: 2 if len(dele) > 3 else 1])


def _tal(tal: LevendeTal, kontekst: Talkontekst | None) -> Opslag:
    note = klammer(NOTE + tal.noegle.removeprefix(EKSTERN)) if tal.noegle.startswith(EKSTERN) else ""
    if len(tal.formater) == 1:
        former = [(tal.noegle, tal.standardformat)]
    else:
        former = [(f"{tal.noegle}|{format}", format) for format in tal.formater]
    skrivemaader = [Skrivemaade(klammer(fuld) + note, _trykt(tal, format, kontekst)) for fuld, format in former]
    perioder = tal.perioder(kontekst) if tal.perioder and kontekst else ()
    if len(perioder) > 1:
        # An example of comparing two years, for those who write without the editor.
        afledt = katalog.find(udvikling.noegle(tal.noegle, perioder[-2].kode, perioder[-1].kode), kontekst)
        fuld = klammer(f"{afledt.noegle}|{afledt.standardformat}")
        skrivemaader.append(Skrivemaade(fuld, _trykt(afledt, afledt.standardformat, kontekst)))
    return Opslag(tal.navn, tal.definition if tal.definition != tal.navn else "", tuple(skrivemaader))


def _sted(slags: steder.Stedslags, sted: steder.Sted) -> Opslag:
    noegle = f"{slags.praefiks}:{sted.noegle}"
    return Opslag(
        sted.navn,
        "Nummeret følger med, når rækkefølgen ændres.",
        tuple(
            Skrivemaade(klammer(f"{noegle}|{format}" if format else noegle), slags.skriv(sted, format))
            for format in steder.FORMATER
        ),
    )


def _trykt(tal: LevendeTal, format: str, kontekst: Talkontekst | None) -> str:
    if kontekst is None:
        return ""
    try:
        return skriv(tal.beregn(kontekst).vaerdi, format)
    except (TalMangler, UkendtFormat):
        return "–"


def klammer(noegle: str) -> str:
    """The reference as it stands in a chapter."""
    return f"{{{{ {noegle} }}}}"
