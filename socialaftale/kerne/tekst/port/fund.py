"""What the gate finds: code, severity, place with the exact words, why it matters and how it can be mended."""

from __future__ import annotations

import hashlib
import html
import re
from dataclasses import dataclass, replace
from enum import StrEnum

# What stands around the words, on each side, when a finding is shown.
OMGIVELSER = 90
_MAERKER = re.compile(r"<[^>]*>")
_TOMME_MAERKER = re.compile(r"<(strong|em|sup|sub|a|code|span)(?: [^>]*)?></\1>")


class Klasse(StrEnum):
    """The classes of findings, in the order of their importance."""

    PLADSHOLDER = "pladsholder"
    TAL = "tal"
    TABEL = "tabel"
    AAR = "aar"
    NAVN = "navn"
    HENVISNING = "henvisning"
    KILDE = "kilde"
    OPBYGNING = "opbygning"
    CPR = "cpr"
    SMAATAL = "smaatal"


KLASSENAVNE = {
    Klasse.PLADSHOLDER: "Pladsholdere og rester af skabelonen",
    Klasse.TAL: "Tal skrevet i hånden",
    Klasse.TABEL: "Regnestykker, der ikke går op",
    Klasse.AAR: "Årstal og datoer",
    Klasse.NAVN: "Navne og ord",
    Klasse.HENVISNING: "Henvisninger",
    Klasse.KILDE: "Gamle tal og kilder",
    Klasse.OPBYGNING: "Opbygning og tilgængelighed",
    Klasse.CPR: "CPR-numre",
    Klasse.SMAATAL: "Små antal borgere",
}


class Alvor(StrEnum):
    """How sure the gate is: an error is one, a warning should be looked at. Both hold the text back."""

    FEJL = "fejl"
    ADVARSEL = "advarsel"


@dataclass(frozen=True, slots=True)
class Sted:
    """Where: chapter, block (0 is the title), the exact words and their offset in the block's text."""

    kapitel: str
    blok: int
    citat: str
    forskydning: int
    foer: str = ""
    efter: str = ""


@dataclass(frozen=True, slots=True)
class Rettelse:
    """An edit of the chapter's source: `erstatning` (HTML) for what stands from `fra` to `til`, tags kept."""

    fra: int
    til: int
    erstatning: str
    # What the button says it will put there, in words.
    visning: str
    felt: str = "indhold"
    # The tags of the stretch are what is mended: they go with it.
    med_maerker: bool = False

    def anvendt_paa(self, kilde: str) -> str:
        """The source with the edit made; tags inside the stretch stay, in their order, behind the new words."""
        bevares = self.felt == "indhold" and not self.med_maerker
        maerker = "".join(_MAERKER.findall(kilde[self.fra : self.til])) if bevares else ""
        ny = kilde[: self.fra] + self.erstatning + maerker + kilde[self.til :]
        while maerker and (renset := _TOMME_MAERKER.sub("", ny)) != ny:
            ny = renset
        return ny


@dataclass(frozen=True, slots=True)
class Fund:
    """One finding. It is computed anew each time; only a waiver of it is stored, by its fingerprint."""

    klasse: Klasse
    kode: str
    alvor: Alvor
    sted: Sted
    hvad: str
    hvorfor: str
    rettelse: Rettelse | None = None
    # The block's whole text with its references: a waiver falls away when it changes.
    omgivelser: str = ""
    # What the finding is about besides the words, e.g. the key of a figure.
    emne: str = ""
    kan_fraviges: bool = True
    # Which of several identical findings of the same block.
    loebenummer: int = 0

    @property
    def forslag(self) -> str | None:
        """The replacement as HTML, or None when only a person can tell what should stand there."""
        return self.rettelse.erstatning if self.rettelse else None

    @property
    def fingeraftryk(self) -> str:
        """The same as long as the words and what stands around them are the same, wherever the block moves."""
        dele = (self.kode, self.sted.kapitel, self.omgivelser, self.sted.citat, self.emne, str(self.loebenummer))
        return hashlib.sha256("\x1f".join(dele).encode()).hexdigest()[:32]

    def nummereret(self, loebenummer: int) -> Fund:
        return replace(self, loebenummer=loebenummer) if loebenummer else self


def som_html(tekst: str) -> str:
    """Plain words as they are written in a chapter's source."""
    return html.escape(tekst, quote=False).replace("\N{NO-BREAK SPACE}", "&nbsp;")
