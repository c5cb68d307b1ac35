"""A comparison ready for the page: rows with both sides, long runs without change folded, marks in words too."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from itertools import groupby

from django.utils.safestring import SafeString, mark_safe

from socialaftale.kerne.tekst import blokke, henvisninger, opstilling
from socialaftale.kerne.tekst.blokke import Tekstkontekst
from socialaftale.kerne.tekst.henvisninger import Henvisning
from socialaftale.kerne.tekst.sammenlign import Maerker, Ordskriver, Par, Sammenligning, Side, Slags, sammenlign
from socialaftale.kerne.tekst.tekstblokke import Ord

# What a screen reader says where others see underline and strike-through.
MAERKER = Maerker(
    foer_ins='<span class="sr-only"> [tilføjet: </span>',
    foer_del='<span class="sr-only"> [fjernet: </span>',
    efter='<span class="sr-only">] </span>',
)
ETIKETTER = {
    Slags.ENS: "",
    Slags.AENDRET: "Ændret",
    Slags.TILFOEJET: "Tilføjet",
    Slags.FJERNET: "Fjernet",
    Slags.FLYTTET: "Flyttet",
}
_OVERSKRIFT = re.compile(r"<(/?)h[1-6]>")
# Runs of unchanged blocks longer than this are folded.
FOLD_FRA = 3


@dataclass(frozen=True, slots=True)
class Visningsraekke:
    """One block on both sides; "" where it does not stand."""

    slags: Slags
    etiket: str
    venstre: SafeString
    hoejre: SafeString


@dataclass(frozen=True, slots=True)
class Visningsgruppe:
    """Rows in a run; `foldet` when nothing happened in many of them."""

    raekker: tuple[Visningsraekke, ...]
    foldet: bool


def vis(sammenligning: Sammenligning, gammel: Tekstkontekst, ny: Tekstkontekst) -> list[Visningsgruppe]:
    """The rows; the figures of each side are filled in for its own text."""
    # Which figure it is matters where one took the place of another, not in a whole block that came or went.
    skrivere = {slags: _ordskriver(gammel, ny, med_noegle=slags == Slags.AENDRET) for slags in Slags}
    ud = []
    for er_ens, par in groupby(sammenligning.par, key=lambda et: et.slags == Slags.ENS):
        raekker = tuple(_raekke(et, skrivere[et.slags]) for et in par)
        ud.append(Visningsgruppe(raekker, er_ens and len(raekker) > FOLD_FRA))
    return ud


def vis_enhed(gammel: str, ny: str, side: Side, kontekst: Tekstkontekst) -> SafeString:
    """A piece of a chapter as one side of a comparison shows it, its changes marked; "" where it does not stand."""
    skriv = _ordskriver(kontekst, kontekst, med_noegle=False)
    # Built of clean chapters and escaped words.
    return mark_safe("".join(_html(par, side, skriv) for par in sammenlign(gammel, ny).par))  # noqa: S308


def _raekke(par: Par, skriv: Ordskriver) -> Visningsraekke:
    etiket = ETIKETTER[par.slags]
    if par.slags == Slags.AENDRET and not (par.ord_tilfoejet or par.ord_fjernet):
        etiket = "Opstilling ændret" if par.ny_opstilling else "Tegn eller fremhævning ændret"
    return Visningsraekke(par.slags, etiket, *(_html(par, side, skriv) for side in (Side.GAMMEL, Side.NY)))


def _html(par: Par, side: Side, skriv: Ordskriver) -> SafeString:
    rent = opstilling.til_web(par.html(side, skriv=skriv, maerker=MAERKER))
    # Headings twice side by side, some of them folded away, are no outline of the page: here they are lines of text.
    rent = _OVERSKRIFT.sub(lambda fund: "</p>" if fund[1] else '<p class="sammenlign-overskrift">', rent)
    # Built of clean chapters and escaped words.
    return mark_safe(rent)  # noqa: S308


def _ordskriver(gammel: Tekstkontekst, ny: Tekstkontekst, *, med_noegle: bool) -> Ordskriver:
    def skriv(ord_: Ord, side: Side, aendret: bool) -> str:
        if ord_.er_maerke:
            return ord_.tekst
        fund = henvisninger.MOENSTER.fullmatch(ord_.tekst)
        if fund is None:
            return html.escape(ord_.tekst, quote=False)
        return _henvisning(Henvisning.af(fund), gammel if side == Side.GAMMEL else ny, aendret and med_noegle)

    return skriv


def _henvisning(henvisning: Henvisning, kontekst: Tekstkontekst, med_noegle: bool) -> str:
    """A figure as it is printed, and where it is part of a change also which one it is; other things by name."""
    if henvisning.er_note:
        return f'<span class="sammenlign-navn">[fodnote {html.escape(henvisning.figurnoegle)}]</span>'
    if henvisning.er_blok:
        blok = blokke.find(henvisning.noegle)
        return f'<span class="sammenlign-navn">[{html.escape(blok.navn if blok else henvisning.noegle)}]</span>'
    trykt = henvisninger.udfyld(f"{{{{ {henvisning} }}}}", kontekst)
    noegle = f' <code class="sammenlign-noegle">{html.escape(str(henvisning))}</code>' if med_noegle else ""
    return f'<span class="sammenlign-tal">{trykt}</span>{noegle}'
