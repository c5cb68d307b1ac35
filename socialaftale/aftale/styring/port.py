"""What the gate asks of a styringsaftale besides the usual: no limit typed by hand, no link to a missing section."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from socialaftale.aftale.styring.models import Styringsaftale
from socialaftale.aftale.styring.tal import noegle
from socialaftale.kerne.tal.katalog import Talkontekst
from socialaftale.kerne.tekst.port import register
from socialaftale.kerne.tekst.port.bygning import Melder
from socialaftale.kerne.tekst.port.fund import Alvor, Fund, Klasse
from socialaftale.kerne.tekst.port.laesning import Porttekst
from socialaftale.kerne.tekst.port.taltekst import Skrevettal, laes
from socialaftale.kerne.tekst.port.viden import Kendtgraense, Viden
from takster.beregning.regelsaet import graensebeskrivelser

_ANKER = re.compile(r"<a\s[^>]*href=\"#([^\"]*)\"[^>]*>")
# Words before a number that are read with it ("over 5 %") and stay when it is mended.
_FORLED = re.compile(
    r"(?:(?:ca\.|cirka|omkring|omtrent|knapt?|godt|næsten|lidt over|lidt under|mere end|over|op mod)\s+)?", re.I
)
# Units as they are written after the number, by the unit of the limit.
_ENHEDER = {"år": ("år", "årene"), "måneder": ("måned", "måneder", "måneders"), "dage": ("dag", "dage")}


def registrer() -> None:
    register.viden.tilfoej("styring.graenser", graenser, raekkefoelge=15)
    register.finder.tilfoej("styring.graenser", find_graenser, raekkefoelge=19)
    register.finder.tilfoej("styring.ankre", find_ankre, raekkefoelge=65)


def graenser(viden: Viden, kontekst: Talkontekst) -> None:
    """The limits of the year's rule set; none for other texts."""
    aftale = kontekst.hukommelse.get(Styringsaftale.talnoegle)
    if aftale is None:
        return
    regler = aftale.regelsaet.regler()
    viden.har_afsnit = True
    viden.graenser = [
        Kendtgraense(noegle(graense.felt), graense.navn, Decimal(getattr(regler, graense.felt)), graense.enhed)
        for graense in graensebeskrivelser()
        if graense.enhed == "%" or graense.enhed in _ENHEDER
    ]


def find_graenser(tekst: Porttekst, viden: Viden) -> Iterator[Fund]:
    """A typed number that is as large as a limit of the same unit: the words would stay when the limit changes."""
    if not viden.graenser:
        return
    melder = Melder(Klasse.TAL, viden)
    for kapitel, blok in tekst.prosa:
        for tal in laes(blok.tekst):
            ens = [graense for graense in viden.graenser if _er(tal, graense)]
            if ens:
                yield melder.meld(
                    "graense",
                    kapitel,
                    blok,
                    tal.fra + _FORLED.match(tal.tekst).end(),
                    tal.til,
                    f"“{_med_enhed(tal)}” er en grænse i regelsættet skrevet i hånden: "
                    f"{' eller '.join(graense.navn for graense in ens)}",
                    "Grænser trykkes fra årets regelsæt, så det, der står, er det, der kontrolleres. Sæt tallet ind.",
                    erstatning=_henvisning(tal, ens[0]) if len(ens) == 1 else None,
                    visning=f"{ens[0].navn} (levende tal)" if len(ens) == 1 else None,
                    emne=",".join(graense.noegle for graense in ens),
                )


def _er(tal: Skrevettal, graense: Kendtgraense) -> bool:
    if graense.enhed == "%":
        return tal.art == "pct" and graense.vaerdi in (tal.vaerdi, tal.hoejst)
    efter = tal.efter[0].lower() if tal.efter else ""
    return tal.art == "antal" and efter in _ENHEDER[graense.enhed] and graense.vaerdi in (tal.vaerdi, tal.hoejst)


def _med_enhed(tal: Skrevettal) -> str:
    return f"{tal.tekst} {tal.efter[0]}" if tal.art == "antal" and tal.efter else tal.tekst


def _henvisning(tal: Skrevettal, graense: Kendtgraense) -> str:
    if graense.enhed == "%":
        return f"{{{{ {graense.noegle}|procent }}}}"
    return f"{{{{ {graense.noegle}|{'ord' if tal.er_ord else 'hele'} }}}}"


def find_ankre(tekst: Porttekst, viden: Viden) -> Iterator[Fund]:
    """Links to sections of the text that are not there."""
    if not viden.har_afsnit:
        return
    melder = Melder(Klasse.HENVISNING, viden)
    noegler = {kapitel.noegle for kapitel in tekst.kapitler}
    for kapitel in tekst.kapitler:
        for maerke in _ANKER.finditer(kapitel.indhold):
            if maerke[1] and maerke[1] not in noegler:
                blok = next(
                    (b for b in kapitel.blokke[1:] if b.fra and b.fra[0] <= maerke.end() <= b.til[-1]),
                    kapitel.blokke[0],
                )
                yield melder.meld_maerke(
                    "anker",
                    kapitel,
                    blok,
                    f"Linket til afsnittet “{maerke[1]}” fører ingen steder hen",
                    "Der er intet afsnit med den nøgle. Ret linket, eller fjern det.",
                    None,
                    emne=maerke[1],
                    alvor=Alvor.FEJL,
                )
