"""Titles and visions kept in fields (focus areas, initiatives): the text must print them as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from socialaftale.kerne.tekst.port import register
from socialaftale.kerne.tekst.port.bygning import Melder
from socialaftale.kerne.tekst.port.fund import Fund, Klasse
from socialaftale.kerne.tekst.port.laesning import Blok, Portkapitel, Porttekst
from socialaftale.kerne.tekst.port.soegning import alle_traef
from socialaftale.kerne.tekst.port.viden import Kendttitel, Viden

ET_FELT = "Titlen står også i aftalens oplysninger, og status på udmøntningen citerer den. Skriv den ens."
_ORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
# A title of fewer words is too like other phrases to be known by most of its words.
_MINDST_ORD = 4


def registrer() -> None:
    register.finder.tilfoej("aftale.titler", find, raekkefoelge=55)


def find(tekst: Porttekst, viden: Viden) -> Iterator[Fund]:
    """Headings that print a title, boxes that quote a vision, and prose that names a focus area by its title."""
    melder = Melder(Klasse.NAVN, viden)
    for kapitel in tekst.kapitler:
        if kapitel.fast:
            continue
        for blok in kapitel.blokke:
            if blok.er_overskrift or blok.felt == "titel":
                yield from _overskrift(melder, kapitel, blok)
            if blok.felt == "indhold":
                yield from _i_prosa(melder, kapitel, blok)
        yield from _citat(melder, kapitel)


def _overskrift(melder: Melder, kapitel: Portkapitel, blok: Blok) -> Iterator[Fund]:
    for titel in melder.viden.titler:
        skal_staa = titel.foran + titel.tekst
        rigtigt_sted = titel.kapitel == kapitel.noegle
        if not titel.foran or not rigtigt_sted or not blok.tekst.startswith(titel.foran):
            continue
        if blok.tekst.strip() != skal_staa:
            yield melder.meld(
                "titel",
                kapitel,
                blok,
                len(titel.foran),
                len(blok.tekst.rstrip()),
                f"Titlen er “{titel.tekst}”",
                ET_FELT,
                ord_=titel.tekst,
                emne=skal_staa,
            )


def _citat(melder: Melder, kapitel: Portkapitel) -> Iterator[Fund]:
    """The box of the vision says what the field says."""
    for noegle, ord_ in melder.viden.citater:
        citater = [b for b in kapitel.blokke if "blockquote" in b.over] if noegle == kapitel.noegle else []
        if citater and not any(b.tekst.strip() == ord_ for b in citater):
            yield melder.meld(
                "vision",
                kapitel,
                citater[0],
                0,
                len(citater[0].tekst),
                "Visionen er en anden end i aftalens oplysninger",
                ET_FELT,
                ord_=ord_ if len(citater) == 1 else None,
            )


def _i_prosa(melder: Melder, kapitel: Portkapitel, blok: Blok) -> Iterator[Fund]:
    """All words of a title but one, in order: it is meant, and is called something else."""
    ord_ = [(traef[0].lower(), *traef.span()) for traef in alle_traef(_ORD, blok.tekst)]
    brugte = {o for o, _, _ in ord_}
    for titel in melder.viden.titler:
        rigtige = _ordene(titel.tekst)
        if (
            titel.slags != "fokusområde"
            or len(rigtige) < _MINDST_ORD
            # All but one of them are to be there.
            or sum(o not in brugte for o in rigtige) > 1
            or titel.kapitel == kapitel.noegle
            and blok.er_overskrift
        ):
            continue
        for nummer in range(len(ord_) - len(rigtige) + 1):
            udsnit = ord_[nummer : nummer + len(rigtige)]
            andre = [plads for plads, (o, r) in enumerate(zip(udsnit, rigtige, strict=True)) if o[0] != r]
            if len(andre) == 1 and _betyder_noget(udsnit[andre[0]][0], rigtige[andre[0]]):
                _, fra, til = udsnit[andre[0]]
                yield melder.meld(
                    "titel",
                    kapitel,
                    blok,
                    fra,
                    til,
                    f"Fokusområdet hedder “{titel.tekst}”",
                    ET_FELT,
                    ord_=_som(blok.tekst[fra:til], titel, rigtige[andre[0]]),
                    emne=titel.tekst,
                )


@lru_cache(maxsize=256)
def _ordene(titel: str) -> tuple[str, ...]:
    """The words of a title in lower case."""
    return tuple(ord_.lower() for ord_ in _ORD.findall(titel))


def _betyder_noget(skrevet: str, rigtigt: str) -> bool:
    return min(len(skrevet), len(rigtigt)) >= 4 and skrevet[:5] != rigtigt[:5]


def _som(skrevet: str, titel: Kendttitel, rigtigt: str) -> str:
    """The right word with the case of the written one."""
    fundet = next((o for o in _ORD.findall(titel.tekst) if o.lower() == rigtigt), rigtigt)
    return fundet.lower() if skrevet[0].islower() else fundet[0].upper() + fundet[1:]
