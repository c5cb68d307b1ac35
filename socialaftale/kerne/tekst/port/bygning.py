"""How finders make findings: the words, what stands around them, and the edit that mends them."""

from __future__ import annotations

import re
from dataclasses import replace

from socialaftale.kerne.cpr import find_cpr
from socialaftale.kerne.tekst.henvisninger import Henvisning
from socialaftale.kerne.tekst.port.fund import OMGIVELSER, Alvor, Fund, Klasse, Rettelse, Sted, som_html
from socialaftale.kerne.tekst.port.laesning import Blok, Portkapitel
from socialaftale.kerne.tekst.port.viden import Viden

# What is shown instead of a CPR number.
SKJULT = "••••••-••••"
_TI_CIFRE = re.compile(r"\d{6}\D?\d{4}")


def uden_cpr(tekst: str) -> str:
    """The text with every CPR number hidden: a finding beside one must not show it."""
    for plads in reversed(find_cpr(tekst)):
        traef = _TI_CIFRE.match(tekst, plads)
        if traef:
            tekst = tekst[:plads] + SKJULT + tekst[traef.end() :]
    return tekst


class Melder:
    """Findings of one class: `viden` tells what references print, so that a finding is shown as it is read."""

    def __init__(self, klasse: Klasse, viden: Viden) -> None:
        self.klasse, self.viden = klasse, viden

    def skriv(self, henvisning: Henvisning) -> str:
        return self.viden.trykt.get(str(henvisning), "" if henvisning.er_note else "…")

    def meld(
        self,
        kode: str,
        kapitel: Portkapitel,
        blok: Blok,
        fra: int,
        til: int,
        hvad: str,
        hvorfor: str,
        *,
        ord_: str | None = None,
        erstatning: str | None = None,
        visning: str = "",
        alvor: Alvor = Alvor.FEJL,
        emne: str = "",
        citat: str | None = None,
        kan_fraviges: bool = True,
    ) -> Fund:
        """A finding on a stretch of a block. `ord_` is a mend in plain words, `erstatning` one in HTML."""
        vist_fra = max(0, fra - OMGIVELSER)
        foer = uden_cpr(blok.vist(self.skriv, vist_fra, fra))
        efter = uden_cpr(blok.vist(self.skriv, til, til + OMGIVELSER))
        return Fund(
            self.klasse,
            f"{self.klasse}.{kode}",
            alvor,
            Sted(
                kapitel.noegle,
                blok.nummer,
                uden_cpr(blok.vist(self.skriv, fra, til)) if citat is None else citat,
                fra,
                f"…{foer}" if vist_fra else foer,
                f"{efter}…" if til + OMGIVELSER < len(blok.tekst) else efter,
            ),
            hvad,
            hvorfor,
            _rettelse(kapitel, blok, fra, til, ord_, erstatning, visning),
            blok.med_henvisninger if citat is None else str(blok.nummer),
            emne,
            kan_fraviges,
        )

    def meld_kapitel(self, kode: str, kapitel: Portkapitel, hvad: str, hvorfor: str, **mere: object) -> Fund:
        """A finding on a chapter as a whole, shown at its title."""
        titel = kapitel.blokke[0]
        return self.meld(kode, kapitel, titel, 0, len(titel.tekst), hvad, hvorfor, **mere)

    def meld_maerke(
        self,
        kode: str,
        kapitel: Portkapitel,
        blok: Blok,
        hvad: str,
        hvorfor: str,
        rettelse: Rettelse | None = None,
        **mere: object,
    ) -> Fund:
        """A finding on markup around a block, mended by an edit of the source itself."""
        fund = self.meld(kode, kapitel, blok, 0, len(blok.tekst), hvad, hvorfor, **mere)
        return replace(fund, rettelse=rettelse) if rettelse and not kapitel.fast else fund


def _rettelse(
    kapitel: Portkapitel,
    blok: Blok,
    fra: int,
    til: int,
    ord_: str | None,
    erstatning: str | None,
    visning: str,
) -> Rettelse | None:
    if kapitel.fast or (ord_ is None and erstatning is None) or fra >= til:
        return None
    if blok.felt == "titel":
        # A title holds plain words; a reference in it would be printed as it stands.
        return Rettelse(fra, til, ord_, visning or ord_, "titel") if ord_ is not None else None
    ny = som_html(ord_) if ord_ is not None else erstatning
    return Rettelse(blok.fra[fra], blok.til[til - 1], ny, visning or ord_ or erstatning or "")
