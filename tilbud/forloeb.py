"""The life of a proposal (*forslag*) for the register."""

from __future__ import annotations

from enum import StrEnum

from socialaftale.kerne.forloeb import Forloeb, Overgang
from tilbud.enums import Forslagstilstand as Tilstand


class Forslagstrin(StrEnum):
    INDSEND = "indsend"
    TRAEK = "traek"
    GODKEND = "godkend"
    AFVIS = "afvis"


FORSLAG = Forloeb.af(
    Tilstand.KLADDE,
    [
        Overgang(Forslagstrin.INDSEND, frozenset({Tilstand.KLADDE}), Tilstand.INDSENDT),
        Overgang(Forslagstrin.TRAEK, frozenset({Tilstand.KLADDE, Tilstand.INDSENDT}), Tilstand.TRUKKET),
        Overgang(Forslagstrin.GODKEND, frozenset({Tilstand.INDSENDT}), Tilstand.GODKENDT),
        Overgang(Forslagstrin.AFVIS, frozenset({Tilstand.INDSENDT}), Tilstand.AFVIST, kraever_begrundelse=True),
    ],
)
