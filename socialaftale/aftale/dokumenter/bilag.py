"""Annexes that stand in the file itself, as parts with page numbers of their own."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pikepdf
from django.template.loader import render_to_string
from django.utils import timezone

from socialaftale.aftale.dokumenter import dellager
from socialaftale.aftale.dokumenter.dellager import Bestilling
from socialaftale.aftale.models import Aftale, Bilag
from socialaftale.kerne import bilagsarter
from socialaftale.kerne.bilagsarter import Bilagsbestilling, Bilagskilde
from socialaftale.kerne.models import Dokument, Opsaetning
from socialaftale.kerne.pdf.bilagsramme import rammer
from socialaftale.kerne.pdf.fremmed import indpak, sidemaal
from socialaftale.kerne.pdf.oplysninger import HAARDT_MELLEMRUM
from socialaftale.kerne.pdf.oplysninger import Dokument as Dokumentoplysninger

# Under this name the parts of the file lie in the figures' memory, for the list of annexes to point at them.
BILAGSDELE = "aftale.bilagsdele"
RAMME = "dokumenter/bilagsramme.html"
IKKE_MAERKET = (
    "Bilaget er lavet et andet sted og er ikke mærket op. En skærmlæser læser teksten side for side uden overskrifter."
)
UDGIVET_FOR_SIG = "Bilaget er udgivet for sig og står, som det er udgivet."
FRA_ANDRE = "Bilaget er lavet et andet sted og står, som det er modtaget."


@dataclass(frozen=True, slots=True)
class Bilagspost:
    """An annex with what it is made of: a document to lay out, an uploaded file, or None when it is only listed."""

    bilag: Bilag
    kilde: Bilagskilde | Dokument | None


@dataclass(frozen=True, slots=True)
class Bilagsdel:
    """An annex as a finished, tagged PDF; `fra_side` is the page of the whole file it begins on (0: not placed)."""

    bilag: Bilag
    data: bytes
    sider: int
    er_fremmed: bool = False
    er_maerket_op: bool = True
    fra_side: int = 0

    @property
    def nr(self) -> int:
        return self.bilag.nr

    @property
    def noegle(self) -> str:
        """What links in the prose call it: `del:bilag-7`."""
        return f"bilag-{self.nr}"

    @property
    def fuld_titel(self) -> str:
        return str(self.bilag)

    @property
    def sidemaerke(self) -> str:
        return f"Bilag {self.nr}, side{HAARDT_MELLEMRUM}"

    @property
    def fremmede_sider(self) -> range:
        """The pages of the whole file that were made elsewhere: all but the sheet before them."""
        return range(self.fra_side + 1, self.fra_side + self.sider) if self.er_fremmed else range(0)


def bilagsposter(aftale: Aftale) -> list[Bilagspost]:
    """The annexes in order with what they are made of, as registers and files are now; nothing is laid out yet."""
    if not aftale.har_dele:
        return []
    poster = aftale.bilag.select_related("dokument__bilagsfil")
    return [Bilagspost(bilag, _kilde(aftale, bilag)) for bilag in poster]


def _kilde(aftale: Aftale, bilag: Bilag) -> Bilagskilde | Dokument | None:
    if bilag.er_fil:
        return bilag.dokument
    art = bilagsarter.find(bilag.indhold)
    if art is None:
        return None
    bestilling = Bilagsbestilling(
        periode=aftale.periode,
        del_=f"Bilag {bilag.nr}",
        titel=bilag.titel,
        # Never the day it is printed: unchanged registers give the bytes there are.
        dato=dt.date(aftale.fra_aar, 1, 1),
        variant=bilag.variant,
        omslag=_omslag(aftale, bilag),
    )
    return art.byg(bestilling)


def _omslag(aftale: Aftale, bilag: Bilag, *linjer: str) -> dict[str, object]:
    return {"titel": bilag.titel, "til": f"Bilag til {aftale.titel}", "linjer": linjer}


@dataclass(frozen=True, slots=True)
class Bilagsarbejde:
    """An annex to be made: what has to be set, and what makes the annex of it."""

    bestilling: Bestilling
    goer_faerdig: Callable[[bytes], Bilagsdel]


def bilagsarbejder(aftale: Aftale, poster: Sequence[Bilagspost]) -> list[Bilagsarbejde]:
    """The annexes that have content; those that are only listed are left out."""
    return [_arbejde(aftale, post) for post in poster if post.kilde is not None]


def _arbejde(aftale: Aftale, post: Bilagspost) -> Bilagsarbejde:
    if not isinstance(post.kilde, Bilagskilde):
        return _fra_fil(aftale, post.bilag, post.kilde)
    bestilling = Bestilling(post.kilde.html, navn=f"Bilag {post.bilag.nr}", css=post.kilde.css)
    return Bilagsarbejde(bestilling, lambda data: Bilagsdel(post.bilag, data, antal_sider(data)))


def _fra_fil(aftale: Aftale, bilag: Bilag, fil: Dokument) -> Bilagsarbejde:
    """A file behind a cover sheet, with running head and page numbers where its pages leave room."""
    fremmed = fil.laes()
    navne, css = rammer(sidemaal(fremmed))
    modtaget = getattr(fil, "bilagsfil", None)
    er_maerket_op = modtaget is None or modtaget.er_maerket_op
    oplysninger = Dokumentoplysninger(
        titel=bilag.titel,
        dato=timezone.localdate(fil.oprettet),
        udgiver=Opsaetning.hent().sekretariat_navn,
        del_=f"Bilag {bilag.nr}",
    )
    om = UDGIVET_FOR_SIG if modtaget is None else FRA_ANDRE if er_maerket_op else IKKE_MAERKET
    omslag = _omslag(aftale, bilag, om)
    html = render_to_string(RAMME, {"dokument": oplysninger, "omslag": omslag, "rammer": navne})
    sidemaerke = f"Bilag {bilag.nr}, side{HAARDT_MELLEMRUM}"

    def pak(ramme: bytes) -> Bilagsdel:
        data = dellager.hent_eller_lav(
            lambda: indpak(ramme, fremmed, titel=str(bilag), sidemaerke=sidemaerke), ramme, fremmed, str(bilag)
        )
        return Bilagsdel(bilag, data, antal_sider(data), er_fremmed=True, er_maerket_op=er_maerket_op)

    return Bilagsarbejde(Bestilling(html, navn=f"Bilag {bilag.nr}", css=css), pak)


def placer(dele: Sequence[Bilagsdel], efter: int) -> list[Bilagsdel]:
    """The parts with the page each begins on, when `efter` pages come before the first."""
    placerede = []
    for del_ in dele:
        placerede.append(replace(del_, fra_side=efter + 1))
        efter += del_.sider
    return placerede


def antal_sider(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)
