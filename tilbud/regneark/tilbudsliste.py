"""Columns of the register as Excel and CSV: what the list shows, with places split so that they can be counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from socialaftale.kerne.regneark import Art, Kolonne, byg_ark
from tilbud.models import Plads, Tilbud
from tilbud.models.plads import seneste_pladser
from tilbud.visning import ja_nej


def _navn(organisation: Any) -> str:
    return organisation.navn if organisation else ""


def _fra_plads(funktion: Callable[[Plads], Any]) -> Callable[[Tilbud], str]:
    """A property of the newest places, one after the other when a *tilbud* has several."""

    def vaerdi(tilbud: Tilbud) -> str:
        return "; ".join(str(funktion(plads) or "") for plads in seneste_pladser(tilbud.pladser.all())).strip("; ")

    return vaerdi


def _sum(felt: str) -> Callable[[Tilbud], int | None]:
    def vaerdi(tilbud: Tilbud) -> int | None:
        pladser = seneste_pladser(tilbud.pladser.all())
        return sum(getattr(plads, felt) for plads in pladser) if pladser else None

    return vaerdi


def _aar(tilbud: Tilbud) -> int | None:
    return next((plads.aar for plads in seneste_pladser(tilbud.pladser.all())), None)


def _eksempler(tilbud: Tilbud) -> str:
    """Which of the row's figures are invented; nothing real is ever mixed with them."""
    if tilbud.er_eksempel:
        return "hele rækken"
    return "pladser" if any(plads.er_eksempel for plads in seneste_pladser(tilbud.pladser.all())) else ""


KOLONNER = [
    Kolonne("Tilbud", lambda tilbud: tilbud.navn, bredde=44),
    Kolonne("Driftsherre", lambda tilbud: _navn(tilbud.driftsherre), bredde=26),
    Kolonne("Driftsform", lambda tilbud: tilbud.get_driftsform_display() or "", bredde=13),
    Kolonne("Ligger i", lambda tilbud: _navn(tilbud.beliggenhedskommune), bredde=24),
    Kolonne("Lovgrundlag", lambda tilbud: "; ".join(str(post) for post in tilbud.lovgrundlag.all()), bredde=34),
    Kolonne("Målgruppe", lambda tilbud: tilbud.maalgruppe, bredde=60),
    Kolonne("Pladser, mindst", _sum("antal_fra"), Art.HELTAL, 11),
    Kolonne("Pladser, højst", _sum("antal_til"), Art.HELTAL, 11),
    Kolonne("Art", _fra_plads(lambda plads: plads.get_art_display()), bredde=22),
    Kolonne("Type", _fra_plads(lambda plads: plads.get_type_display()), bredde=14),
    Kolonne("År", _aar, Art.AAR, 8),
    Kolonne("I socialaftalen", lambda tilbud: ja_nej(tilbud.i_aftalen).replace("–", ""), bredde=15),
    Kolonne("Kategori", lambda tilbud: tilbud.kategori, Art.AAR, 10),
    Kolonne("Eksempeltal", _eksempler, bredde=14),
]


def byg_tilbudsliste(tilbud: Iterable[Tilbud]) -> bytes:
    """The list as a workbook; rows from `Tilbud.objects.til_liste()`."""
    return byg_ark("Tilbud", KOLONNER, tilbud)
