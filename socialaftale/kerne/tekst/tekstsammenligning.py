"""Two states of a whole text compared chapter by chapter: added, gone, moved, renamed, changed. Pure Python."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from socialaftale.kerne.tekst.sammenlign import Sammenligning, Slags, sammenlign
from socialaftale.kerne.tekst.tekstblokke import laes_blokke


@dataclass(frozen=True, slots=True)
class Kapiteltekst:
    """A chapter of a whole text, as comparing needs it; `maerkat` is the title with its number."""

    noegle: str
    titel: str
    indhold: str
    maerkat: str = ""


@dataclass(frozen=True, slots=True)
class Kapitelpar:
    """A chapter before and after, matched by key."""

    noegle: str
    slags: Slags
    gammel: Kapiteltekst | None
    ny: Kapiteltekst | None
    flyttet: bool = False

    @property
    def omdoebt(self) -> bool:
        return bool(self.gammel and self.ny and self.gammel.titel != self.ny.titel)

    @property
    def titel(self) -> str:
        kapitel = self.ny or self.gammel
        return kapitel.maerkat or kapitel.titel

    @property
    def sammenligning(self) -> Sammenligning:
        return sammenlign(self.gammel.indhold if self.gammel else "", self.ny.indhold if self.ny else "")


def sammenlign_tekster(gamle: Sequence[Kapiteltekst], nye: Sequence[Kapiteltekst]) -> list[Kapitelpar]:
    """Chapters in the order of the new text; one that is gone stands where it stood, after its old neighbour."""
    for_, efter = ({kapitel.noegle: kapitel for kapitel in tekst} for tekst in (gamle, nye))
    i_begge_gamle = [noegle for noegle in for_ if noegle in efter]
    i_begge_nye = [noegle for noegle in efter if noegle in for_]
    blevne = difflib.SequenceMatcher(None, i_begge_gamle, i_begge_nye, autojunk=False).get_matching_blocks()
    faste = {noegle for fra, _, antal in blevne for noegle in i_begge_gamle[fra : fra + antal]}
    raekkefoelge = list(efter)
    forrige = ""
    for noegle in for_:
        if noegle not in efter:
            raekkefoelge.insert(raekkefoelge.index(forrige) + 1 if forrige else 0, noegle)
        forrige = noegle
    return [_kapitelpar(noegle, for_.get(noegle), efter.get(noegle), faste) for noegle in raekkefoelge]


def _kapitelpar(noegle: str, gammel: Kapiteltekst | None, ny: Kapiteltekst | None, faste: set[str]) -> Kapitelpar:
    flyttet = bool(gammel and ny) and noegle not in faste
    if gammel is None or ny is None:
        slags = Slags.TILFOEJET if ny else Slags.FJERNET
    elif laes_blokke(gammel.indhold) != laes_blokke(ny.indhold) or gammel.titel != ny.titel:
        slags = Slags.AENDRET
    else:
        slags = Slags.FLYTTET if flyttet else Slags.ENS
    return Kapitelpar(noegle, slags, gammel, ny, flyttet)
