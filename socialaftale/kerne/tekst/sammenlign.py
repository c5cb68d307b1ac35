"""Two versions of a text compared: blocks are paired first, then the words inside a pair. Pure Python, no Django.

What is gone stands in `<del>`, what is new in `<ins>`. Without every `<ins>` the merged text is the old one, without
every `<del>` the new one.
"""

from __future__ import annotations

import difflib
import html
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

from socialaftale.kerne.tekst.tekstblokke import Blok, Celle, Ord, Ordfoelge, Raekke, aabn, laes_blokke, luk

# Two blocks are the same one, changed, when this share of their words is common.
LIGHED = 0.45
# Above this many pairs in one gap only blocks at the same place are paired: nobody reads such a comparison.
MANGE_PAR = 20_000


class Slags(StrEnum):
    """What happened to a block or a chapter."""

    ENS = "ens"
    AENDRET = "aendret"
    TILFOEJET = "tilfoejet"
    FJERNET = "fjernet"
    FLYTTET = "flyttet"


class Side(StrEnum):
    GAMMEL = "gammel"
    NY = "ny"
    SAMLET = "samlet"


# Writes a word on a side; `aendret` is true inside a mark. For figures, whose value differs between the sides.
Ordskriver = Callable[[Ord, Side, bool], str]


def skriv_ord(ord_: Ord, side: Side, aendret: bool) -> str:
    return ord_.tekst if ord_.er_maerke else html.escape(ord_.tekst, quote=False)


@dataclass(frozen=True, slots=True)
class Maerker:
    """How marks are written: the words before and after say to the ear what line and colour say to the eye."""

    foer_ins: str = ""
    foer_del: str = ""
    efter: str = ""


UDEN_ORD = Maerker()


@dataclass(frozen=True, slots=True)
class Stykke:
    """A run of words with the same fate; `gamle` and `nye` are equal when nothing happened."""

    gamle: Ordfoelge
    nye: Ordfoelge

    @property
    def er_ens(self) -> bool:
        return self.gamle == self.nye


@dataclass(frozen=True, slots=True)
class Par:
    """A block before and after; None on the side where it does not stand."""

    slags: Slags
    gammel: Blok | None
    ny: Blok | None
    # The heading the block stands under.
    afsnit: str = ""

    @property
    def ny_opstilling(self) -> bool:
        """The words are the same kind of thing no more: a paragraph became a point, a heading, a box."""
        return self.gammel is not None and self.ny is not None and self.gammel.sti != self.ny.sti

    @property
    def ord_tilfoejet(self) -> int:
        return _antal_ord(ord_ for stykke in self._stykker() if not stykke.er_ens for ord_ in stykke.nye)

    @property
    def ord_fjernet(self) -> int:
        return _antal_ord(ord_ for stykke in self._stykker() if not stykke.er_ens for ord_ in stykke.gamle)

    def _stykker(self) -> list[Stykke]:
        if self.slags in (Slags.ENS, Slags.FLYTTET):
            return []
        if self.gammel is not None and self.ny is not None and self.gammel.er_tabel and self.ny.er_tabel:
            ud = sammenlign_ord(self.gammel.titel, self.ny.titel)
            for gammel, ny in _raekkepar(self.gammel.raekker, self.ny.raekker):
                ud += sammenlign_ord(gammel.ord if gammel else (), ny.ord if ny else ())
            return ud
        gamle = self.gammel.alle_ord if self.gammel else ()
        return sammenlign_ord(gamle, self.ny.alle_ord if self.ny else ())

    def html(self, side: Side, *, skriv: Ordskriver = skriv_ord, maerker: Maerker = UDEN_ORD) -> str:
        """The block as one side shows it; "" where it does not stand."""
        return _Skriver(side, skriv, maerker).par(self)


@dataclass(frozen=True, slots=True)
class Sammenligning:
    """All pairs of a chapter in reading order."""

    par: tuple[Par, ...] = field(default_factory=tuple)

    @property
    def er_ens(self) -> bool:
        return all(par.slags == Slags.ENS for par in self.par)

    @property
    def ord_tilfoejet(self) -> int:
        return sum(par.ord_tilfoejet for par in self.par)

    @property
    def ord_fjernet(self) -> int:
        return sum(par.ord_fjernet for par in self.par)

    @property
    def afsnit(self) -> list[str]:
        """The headings under which something happened, in order; "" for what stands before the first."""
        return list(dict.fromkeys(par.afsnit for par in self.par if par.slags != Slags.ENS))

    def samlet(self, *, maerker: Maerker = UDEN_ORD) -> str:
        """One text with both marks."""
        return "\n".join(par.html(Side.SAMLET, maerker=maerker) for par in self.par)


def sammenlign(gammel: str, ny: str) -> Sammenligning:
    """Compare two chapters of clean HTML."""
    gamle, nye = laes_blokke(gammel), laes_blokke(ny)
    return Sammenligning(tuple(_med_afsnit(_flyttede(_blokpar(gamle, nye)))))


def sammenlign_ord(gamle: Ordfoelge, nye: Ordfoelge) -> list[Stykke]:
    """The words in runs. Spaces alone never hold two changes apart: "to ord" for "et andet" is one change."""
    if gamle == nye:
        return [Stykke(gamle, nye)] if gamle else []
    finder = difflib.SequenceMatcher(lambda ord_: ord_.er_mellemrum, gamle, nye, autojunk=False)
    ud: list[Stykke] = []
    for maerke, fra, til, ny_fra, ny_til in finder.get_opcodes():
        stykke = Stykke(gamle[fra:til], nye[ny_fra:ny_til])
        kun_luft = maerke == "equal" and all(ord_.er_mellemrum for ord_ in stykke.gamle)
        if ud and not ud[-1].er_ens and (maerke != "equal" or (kun_luft and til < len(gamle))):
            ud[-1] = Stykke(ud[-1].gamle + stykke.gamle, ud[-1].nye + stykke.nye)
        else:
            ud.append(stykke)
    return [del_ for stykke in ud for del_ in _uden_faelles_ender(stykke)]


def _uden_faelles_ender(stykke: Stykke) -> list[Stykke]:
    """A change without the spaces both sides begin or end with."""
    gamle, nye = stykke.gamle, stykke.nye
    if gamle == nye:
        return [stykke]
    hoved = hale = 0
    kortest = min(len(gamle), len(nye))
    while hoved < kortest and gamle[hoved] == nye[hoved]:
        hoved += 1
    while hale < kortest - hoved and gamle[-1 - hale] == nye[-1 - hale]:
        hale += 1
    dele = [
        Stykke(gamle[:hoved], nye[:hoved]),
        Stykke(gamle[hoved : len(gamle) - hale], nye[hoved : len(nye) - hale]),
        Stykke(gamle[len(gamle) - hale :], nye[len(nye) - hale :]),
    ]
    return [del_ for del_ in dele if del_.gamle or del_.nye]


def _blokpar(gamle: Sequence[Blok], nye: Sequence[Blok]) -> list[Par]:
    ud: list[Par] = []
    finder = difflib.SequenceMatcher(None, gamle, nye, autojunk=False)
    for maerke, fra, til, ny_fra, ny_til in finder.get_opcodes():
        if maerke == "equal":
            ud += [Par(Slags.ENS, *par) for par in zip(gamle[fra:til], nye[ny_fra:ny_til], strict=True)]
        else:
            ud += _i_hullet(gamle[fra:til], nye[ny_fra:ny_til])
    return ud


def _i_hullet(gamle: Sequence[Blok], nye: Sequence[Blok]) -> list[Par]:
    """Blocks between two that are the same: paired in order so that the most words are common."""
    ud: list[Par] = []
    for gammel, ny in i_orden(gamle, nye, lambda a, b: lighed_af(a.alle_ord, b.alle_ord) * (a.er_tabel == b.er_tabel)):
        slags = Slags.AENDRET if gammel and ny else Slags.FJERNET if gammel else Slags.TILFOEJET
        ud.append(Par(slags, gammel, ny))
    return ud


def i_orden(gamle: Sequence, nye: Sequence, lighed: Callable) -> list[tuple]:
    """Pairs in order (longest weighted common subsequence); what has no partner stands alone, old before new."""
    if len(gamle) * len(nye) > MANGE_PAR:
        falles = min(len(gamle), len(nye))
        return [
            *zip(gamle[:falles], nye[:falles], strict=True),
            *((gammel, None) for gammel in gamle[falles:]),
            *((None, ny) for ny in nye[falles:]),
        ]
    vaegt = [[lighed(a, b) for b in nye] for a in gamle]
    bedst = [[0.0] * (len(nye) + 1) for _ in range(len(gamle) + 1)]
    for i in range(len(gamle) - 1, -1, -1):
        for j in range(len(nye) - 1, -1, -1):
            sammen = vaegt[i][j] + bedst[i + 1][j + 1] if vaegt[i][j] >= LIGHED else 0.0
            bedst[i][j] = max(bedst[i + 1][j], bedst[i][j + 1], sammen)
    ud: list[tuple] = []
    i = j = 0
    while i < len(gamle) and j < len(nye):
        if vaegt[i][j] >= LIGHED and bedst[i][j] == vaegt[i][j] + bedst[i + 1][j + 1]:
            ud.append((gamle[i], nye[j]))
            i, j = i + 1, j + 1
        elif bedst[i][j] == bedst[i + 1][j]:
            ud.append((gamle[i], None))
            i += 1
        else:
            ud.append((None, nye[j]))
            j += 1
    return [*ud, *((gammel, None) for gammel in gamle[i:]), *((None, ny) for ny in nye[j:])]


def lighed_af(gamle: Iterable[Ord], nye: Iterable[Ord]) -> float:
    """Share of the words that are common, whatever their order and markup."""
    a, b = (Counter(ord_.tekst.lower() for ord_ in ordene if _taeller(ord_)) for ordene in (gamle, nye))
    ialt = a.total() + b.total()
    return 2 * (a & b).total() / ialt if ialt else 0.0


def _taeller(ord_: Ord) -> bool:
    return ord_.er_maerke or ord_.er_henvisning or any(tegn.isalnum() for tegn in ord_.tekst)


def _antal_ord(ordene: Iterable[Ord]) -> int:
    return sum(_taeller(ord_) for ord_ in ordene)


def _flyttede(par: list[Par]) -> list[Par]:
    """A block that is gone here and stands unchanged elsewhere has moved."""
    fjernet = Counter(et.gammel for et in par if et.slags == Slags.FJERNET)
    tilfoejet = Counter(et.ny for et in par if et.slags == Slags.TILFOEJET)
    rester = {Slags.FJERNET: fjernet & tilfoejet, Slags.TILFOEJET: fjernet & tilfoejet}
    ud = []
    for et in par:
        blok = et.gammel if et.slags == Slags.FJERNET else et.ny
        if et.slags in rester and rester[et.slags][blok] > 0:
            rester[et.slags][blok] -= 1
            et = Par(Slags.FLYTTET, et.gammel, et.ny)
        ud.append(et)
    return ud


def _med_afsnit(par: list[Par]) -> list[Par]:
    ud, afsnit = [], ""
    for et in par:
        blok = et.ny or et.gammel
        if blok.er_overskrift:
            afsnit = blok.tekst
        ud.append(Par(et.slags, et.gammel, et.ny, afsnit))
    return ud


def _raekkepar(
    gamle: Sequence[Raekke], nye: Sequence[Raekke]
) -> list[tuple[Raekke, Raekke] | tuple[Raekke, None] | tuple[None, Raekke]]:
    """Rows of a table: equal ones first, then the most alike in order."""
    ud: list[tuple] = []
    for maerke, fra, til, ny_fra, ny_til in difflib.SequenceMatcher(None, gamle, nye, autojunk=False).get_opcodes():
        if maerke == "equal":
            ud += zip(gamle[fra:til], nye[ny_fra:ny_til], strict=True)
        else:
            ud += i_orden(gamle[fra:til], nye[ny_fra:ny_til], lambda a, b: lighed_af(a.ord, b.ord))
    return ud


@dataclass(frozen=True, slots=True)
class _Skriver:
    """Writes pairs for one side."""

    side: Side
    skriv: Ordskriver
    maerker: Maerker

    def par(self, par: Par) -> str:
        gammel = par.gammel if self.side != Side.NY else None
        ny = par.ny if self.side != Side.GAMMEL else None
        if par.gammel is None or par.ny is None:
            blok = gammel or ny
            return self.blok(blok, ny=blok is ny) if blok else ""
        if self.side == Side.SAMLET and par.ny_opstilling and not par.gammel.er_tabel:
            return self.blok(par.gammel, ny=False) + self.blok(par.ny, ny=True)
        ramme = (ny or gammel).sti
        if par.gammel.er_tabel:
            indre = self._tabel(par.gammel, par.ny)
        else:
            indre = self._ord(sammenlign_ord(par.gammel.ord, par.ny.ord))
        return f"{aabn(ramme)}{indre}{luk(ramme)}"

    def blok(self, blok: Blok, *, ny: bool) -> str:
        """A block that stands on one side only: all of it is marked."""
        if blok.er_tabel:
            tom = Blok(blok.sti)
            indre = self._tabel(tom, blok) if ny else self._tabel(blok, tom)
        else:
            indre = self._ord([Stykke((), blok.ord) if ny else Stykke(blok.ord, ())])
        return f"{aabn(blok.sti)}{indre}{luk(blok.sti)}"

    def _tabel(self, gammel: Blok, ny: Blok) -> str:
        titel = self._ord(sammenlign_ord(gammel.titel, ny.titel))
        raekker = [
            ((til or fra).gruppe, self._raekke(fra, til))
            for fra, til in _raekkepar(gammel.raekker, ny.raekker)
            if (fra is not None or self.side != Side.GAMMEL) and (til is not None or self.side != Side.NY)
        ]
        grupper = "".join(
            f"<{gruppe}>{''.join(raekke for _, raekke in de)}</{gruppe}>"
            for gruppe, de in groupby(raekker, key=lambda par: par[0])
        )
        return (f"<caption>{titel}</caption>" if titel else "") + grupper

    def _raekke(self, gammel: Raekke | None, ny: Raekke | None) -> str:
        """Cells are compared column by column; a row with other cells shows what its own side has."""
        gamle, nye = gammel.celler if gammel else (), ny.celler if ny else ()
        antal = {Side.GAMMEL: len(gamle), Side.NY: len(nye)}.get(self.side, max(len(gamle), len(nye)))
        celler = []
        for plads in range(antal):
            fra: Celle | None = gamle[plads] if plads < len(gamle) else None
            til: Celle | None = nye[plads] if plads < len(nye) else None
            egen = fra if self.side == Side.GAMMEL or til is None else til
            stykker = sammenlign_ord(fra.ord if fra else (), til.ord if til else ())
            celler.append(f"{egen.maerke}{self._ord(stykker)}{luk([egen.maerke])}")
        return f"<tr>{''.join(celler)}</tr>"

    def _ord(self, stykker: Iterable[Stykke]) -> str:
        ud = []
        for stykke in stykker:
            if stykke.er_ens:
                ud.append(self._stil(stykke.nye if self.side != Side.GAMMEL else stykke.gamle, aendret=False))
                continue
            if stykke.gamle and self.side != Side.NY:
                gamle = self._stil(stykke.gamle, aendret=True)
                ud.append(f"<del>{self.maerker.foer_del}{gamle}{self.maerker.efter}</del>")
            if stykke.nye and self.side != Side.GAMMEL:
                nye = self._stil(stykke.nye, aendret=True)
                ud.append(f"<ins>{self.maerker.foer_ins}{nye}{self.maerker.efter}</ins>")
        return "".join(ud)

    def _stil(self, ordene: Ordfoelge, *, aendret: bool) -> str:
        return "".join(
            aabn(stil) + "".join(self.skriv(ord_, self.side, aendret) for ord_ in gruppe) + luk(stil)
            for stil, gruppe in groupby(ordene, key=lambda ord_: ord_.stil)
        )
