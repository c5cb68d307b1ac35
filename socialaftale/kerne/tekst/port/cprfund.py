"""What looks like a CPR number. The number itself is never shown, stored or logged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from socialaftale.kerne.cpr import find_cpr
from socialaftale.kerne.tekst.port.bygning import SKJULT, Melder
from socialaftale.kerne.tekst.port.fund import Fund, Klasse
from socialaftale.kerne.tekst.port.laesning import Blok, Porttekst
from socialaftale.kerne.tekst.port.viden import Viden


def find(tekst: Porttekst, viden: Viden) -> Iterator[Fund]:
    """CPR numbers in every printed word; they cannot be waived."""
    melder = Melder(Klasse.CPR, viden)
    for kapitel, blok in tekst.blokke:
        for fra, til in _steder(blok):
            yield _uden_omgivelser(
                melder.meld(
                    "nummer",
                    kapitel,
                    blok,
                    fra,
                    til,
                    "Der står noget, der ligner et CPR-nummer",
                    "Aftalen må ikke indeholde personoplysninger. Nummeret vises ikke her. Slet det i teksten.",
                    ord_="",
                    visning="Slet nummeret",
                    citat=SKJULT,
                    kan_fraviges=False,
                )
            )


def _steder(blok: Blok) -> list[tuple[int, int]]:
    """The stretches, with markup read both as nothing and as a space between words."""
    fundne = {plads: _slut(blok.tekst, plads) for plads in find_cpr(blok.tekst)}
    if blok.brud:
        tegn, pladser = [], []
        for plads, bogstav in enumerate(blok.tekst):
            if plads in blok.brud:
                tegn.append(" ")
                pladser.append(plads)
            tegn.append(bogstav)
            pladser.append(plads)
        spaltet = "".join(tegn)
        for plads in find_cpr(spaltet):
            slut = _slut(spaltet, plads)
            fundne.setdefault(pladser[plads], pladser[slut - 1] + 1)
    return sorted(fundne.items())


def _slut(tekst: str, fra: int) -> int:
    """Behind the tenth digit."""
    cifre = 0
    for plads in range(fra, len(tekst)):
        cifre += tekst[plads].isdigit()
        if cifre == 10:
            return plads + 1
    return len(tekst)


def _uden_omgivelser(fund: Fund) -> Fund:
    """Another number may stand beside this one: nothing of the text around is shown."""
    return replace(fund, sted=replace(fund.sted, foer="", efter=""))
