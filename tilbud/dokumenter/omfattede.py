"""The list of *tilbud* covered by an agreement as a PDF: a wide table, grouped by driftsherre."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.template.loader import render_to_string

from socialaftale.kerne import bilagsarter
from socialaftale.kerne.bilagsarter import Bilagsart, Bilagsbestilling, Bilagskilde
from socialaftale.kerne.models import Opsaetning
from socialaftale.kerne.pdf.oplysninger import Dokument
from socialaftale.kerne.pdf.tabel import Kolonne, Tabel
from socialaftale.kerne.templatetags import dansk
from tilbud.models import Tilbud
from tilbud.models.plads import seneste_pladser
from tilbud.omfattede import omfattede, periodens_aar, pladser_i_ord

SKABELON = "dokumenter/tabelbilag.html"
UDEN_DRIFTSHERRE = "Driftsherren er ikke oplyst"
KOLONNER = (
    Kolonne("Tilbud", 23),
    Kolonne("Ligger i", 12),
    Kolonne("Lovgrundlag", 16),
    Kolonne("Målgruppe", 31),
    Kolonne("Pladser, art, år og kilde", 18),
)


def byg_tabel(aar: int, tilbud: Sequence[Tilbud]) -> Tabel:
    """The table with one group per driftsherre; the order of `tilbud` is kept."""
    grupper = [
        (driftsherre, [_celler(post) for post in gruppe])
        for driftsherre, gruppe in groupby(tilbud, key=lambda post: _navn(post.driftsherre) or UDEN_DRIFTSHERRE)
    ]
    return Tabel(
        f"Tilbud, der er omfattet i {aar}",
        KOLONNER,
        grupper,
        indledning=_indledning(aar, tilbud),
        kilde="Kilde: registret over tilbud. “–” betyder, at kilderne ikke oplyser det.",
        klasse="omfattede",
    )


def _indledning(aar: int, tilbud: Sequence[Tilbud]) -> list[str]:
    tekster = [
        f"Listen viser de {dansk.antal(len(tilbud), 'tilbud,tilbud')}, der er omfattet af aftalen i {aar}. "
        "Antal pladser er det nyeste, registret kender, med art, år og kilde."
    ]
    if any(_er_eksempel(post) for post in tilbud):
        tekster.append("Eksempeltal: Det, der er mærket eksempel, er opdigtet og kun til demonstration.")
    return tekster


def _er_eksempel(tilbud: Tilbud) -> bool:
    return tilbud.er_eksempel or any(plads.er_eksempel for plads in seneste_pladser(tilbud.pladser.all()))


def _navn(organisation: Any) -> str:
    return organisation.navn if organisation else ""


def _celler(tilbud: Tilbud) -> list[str]:
    return [
        f"{tilbud.navn} (eksempel)" if tilbud.er_eksempel else tilbud.navn,
        _navn(tilbud.beliggenhedskommune) or tilbud.beliggenhed_tekst or "–",
        "; ".join(dansk.nbsp(str(post)) for post in tilbud.lovgrundlag.all()) or "–",
        tilbud.maalgruppe or "–",
        pladser_i_ord(tilbud),
    ]


def kontekst(bestilling: Bilagsbestilling, tilbud: Sequence[Tilbud]) -> dict[str, Any]:
    """What the template needs."""
    opsaetning = Opsaetning.hent()
    aar = periodens_aar(bestilling.periode)
    dokument = Dokument(
        titel=f"Tilbud omfattet af aftalen {aar}",
        dato=bestilling.dato,
        omraade=opsaetning.omraade,
        udgiver=opsaetning.sekretariat_navn,
        emne=f"Tilbud omfattet af {opsaetning.navn} {bestilling.periode}",
        del_=bestilling.del_,
    )
    return {"dokument": dokument, "tabel": byg_tabel(aar, tilbud), "omslag": bestilling.omslag}


def byg_kilde(bestilling: Bilagsbestilling) -> Bilagskilde | None:
    """The annex; None when the register has no *tilbud* for the period."""
    tilbud = omfattede(periodens_aar(bestilling.periode))
    if not tilbud:
        return None
    indhold = kontekst(bestilling, tilbud)
    return Bilagskilde(render_to_string(SKABELON, indhold), indhold["tabel"].css)


def registrer() -> None:
    bilagsarter.registrer(Bilagsart("tilbud", "Listen over omfattede tilbud", byg_kilde), raekkefoelge=200)
