"""Annexes that stand in the file itself, as parts with page numbers of their own."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pikepdf
from django.template.loader import render_to_string
from django.utils import timezone

from socialaftale.aftale.dokumenter import dellager
from socialaftale.aftale.models import Aftale, Bilag
from socialaftale.kerne import bilagsarter
from socialaftale.kerne.bilagsarter import Bilagsbestilling, Bilagskilde
from socialaftale.kerne.models import Dokument, Opsaetning
from socialaftale.kerne.pdf.bilagsramme import rammer
from socialaftale.kerne.pdf.fremmed import indpak, sidemaal
from socialaftale.kerne.pdf.oplysninger import HAARDT_MELLEMRUM
from socialaftale.kerne.pdf.oplysninger import Dokument as Dokumentoplysninger
from socialaftale.kerne.pdf.proces import Fremdrift

# Under this name the parts of the file lie in the figures' memory, for the list of annexes to point at them.
BILAGSDELE = "aftale.bilagsdele"
RAMME = "dokumenter/bilagsramme.html"
IKKE_MAERKET = (
    "Bilaget er lavet et andet sted og er ikke mærket op. En skærmlæser læser teksten side for side uden overskrifter."
)
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


def byg_bilag(aftale: Aftale, poster: Sequence[Bilagspost], *, fremdrift: Fremdrift) -> list[Bilagsdel]:
    """The annexes that have content, laid out; those that are only listed are left out."""
    med_indhold = [post for post in poster if post.kilde is not None]
    return [
        _byg(aftale, post, _andel(fremdrift, plads, len(med_indhold), post.bilag))
        for plads, post in enumerate(med_indhold)
    ]


def _andel(fremdrift: Fremdrift, plads: int, antal: int, bilag: Bilag) -> Fremdrift:
    return lambda procent, tekst: fremdrift((100 * plads + procent) // antal, f"Bilag {bilag.nr}: {tekst}")


def _byg(aftale: Aftale, post: Bilagspost, fremdrift: Fremdrift) -> Bilagsdel:
    farve = Opsaetning.hent().farve
    if isinstance(post.kilde, Bilagskilde):
        data = dellager.hent_eller_byg(post.kilde.html, farve=farve, css=post.kilde.css, fremdrift=fremdrift)
        return Bilagsdel(post.bilag, data, antal_sider(data))
    return _fra_fil(aftale, post.bilag, post.kilde, farve, fremdrift)


def _fra_fil(aftale: Aftale, bilag: Bilag, fil: Dokument, farve: str, fremdrift: Fremdrift) -> Bilagsdel:
    """The uploaded file behind a cover sheet, with running head and page numbers where its pages leave room."""
    fremmed = fil.laes()
    navne, css = rammer(sidemaal(fremmed))
    er_maerket_op = fil.bilagsfil.er_maerket_op
    oplysninger = Dokumentoplysninger(
        titel=bilag.titel,
        dato=timezone.localdate(fil.oprettet),
        udgiver=Opsaetning.hent().sekretariat_navn,
        del_=f"Bilag {bilag.nr}",
    )
    omslag = _omslag(aftale, bilag, FRA_ANDRE if er_maerket_op else IKKE_MAERKET)
    html = render_to_string(RAMME, {"dokument": oplysninger, "omslag": omslag, "rammer": navne})
    ramme = dellager.hent_eller_byg(html, farve=farve, css=css, fremdrift=fremdrift)
    sidemaerke = f"Bilag {bilag.nr}, side{HAARDT_MELLEMRUM}"

    def pak() -> bytes:
        return indpak(ramme, fremmed, titel=str(bilag), sidemaerke=sidemaerke)

    data = dellager.hent_eller_lav(pak, ramme, fremmed, str(bilag))
    return Bilagsdel(bilag, data, antal_sider(data), er_fremmed=True, er_maerket_op=er_maerket_op)


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
