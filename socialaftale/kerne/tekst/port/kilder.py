"""Figures that are older than the period can bear: other people's that nobody has renewed, and our own of before."""

from __future__ import annotations

from collections.abc import Iterator

from socialaftale.kerne.tekst.port.bygning import Melder
from socialaftale.kerne.tekst.port.fund import Alvor, Fund, Klasse
from socialaftale.kerne.tekst.port.laesning import Blok, Portkapitel, Porttekst
from socialaftale.kerne.tekst.port.viden import Viden

# How many names of figures a finding gives.
NAEVNES = 4


def find(tekst: Porttekst, viden: Viden) -> Iterator[Fund]:
    """Per chapter each external figure that is too old once, and the figures of one earlier year together."""
    melder = Melder(Klasse.KILDE, viden)
    for kapitel in tekst.kapitler:
        if not kapitel.fast:
            steder = _steder(kapitel)
            yield from _gamle(melder, kapitel, steder)
            yield from _tidligere(melder, kapitel, steder)


def _steder(kapitel: Portkapitel) -> dict[str, tuple[Blok, int]]:
    """Where each figure is mentioned first."""
    steder: dict[str, tuple[Blok, int]] = {}
    for blok in kapitel.blokke:
        for plads, henvisning in blok.henvisninger:
            steder.setdefault(henvisning.figurnoegle, (blok, plads))
    return steder


def _gamle(melder: Melder, kapitel: Portkapitel, steder: dict[str, tuple[Blok, int]]) -> Iterator[Fund]:
    for noegle, (blok, plads) in steder.items():
        if noegle not in melder.viden.gamle:
            continue
        aar, graense = melder.viden.gamle[noegle]
        yield melder.meld(
            "gammel",
            kapitel,
            blok,
            plads,
            plads + 1,
            f"Tallet er fra {aar}, {melder.viden.fra_aar - aar} år før perioden begynder",
            f"Eksterne tal må være {graense} år gamle. Slå kilden op, og ret tallet under Eksterne tal, eller fravig "
            "fundet, hvis der ikke findes et nyere.",
            emne=f"{noegle}:{aar}",
            alvor=Alvor.ADVARSEL,
        )


def _tidligere(melder: Melder, kapitel: Portkapitel, steder: dict[str, tuple[Blok, int]]) -> Iterator[Fund]:
    pr_aar: dict[str, list[str]] = {}
    for noegle in steder:
        if noegle in melder.viden.tidligere:
            pr_aar.setdefault(melder.viden.tidligere[noegle][1], []).append(noegle)
    for aar, noegler in pr_aar.items():
        blok, plads = steder[noegler[0]]
        navne = [melder.viden.tidligere[noegle][0] for noegle in noegler]
        flere = f" og {len(navne) - NAEVNES} til" if len(navne) > NAEVNES else ""
        yield melder.meld(
            "tidligere",
            kapitel,
            blok,
            plads,
            plads + 1,
            f"Kapitlets tal er fra {aar}, for perioden har ikke sine egne endnu",
            f"Det gælder {', '.join(navne[:NAEVNES])}{flere}. Læg periodens opgørelse ind, eller fravig fundet, hvis "
            f"aftalen skal udgives med tal fra {aar}.",
            emne=aar,
            alvor=Alvor.ADVARSEL,
        )
