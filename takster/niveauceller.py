"""The levels of a takstskema as cells: one named value per box, so log, draft and conflict know them as fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import prefetch_related_objects

from takster.models import Takstniveau, Takstskema
from tilbud.enums import Taksttype

# More steps than this no staircase has; rows beyond those in use are hidden in the form.
MAKS_NIVEAUER = 10
KOLONNER = ("navn", "beskrivelse", "pladser", "stoettetimer")
TOM = {"navn": "", "beskrivelse": "", "pladser": None, "stoettetimer": None}


def celle(nr: int, kolonne: str) -> str:
    """niveau_2_pladser"""
    return f"niveau_{nr}_{kolonne}"


CELLER = tuple(celle(nr, kolonne) for nr in range(1, MAKS_NIVEAUER + 1) for kolonne in KOLONNER)


def er_tom(raekke: Mapping[str, Any]) -> bool:
    return all(raekke[kolonne] in (None, "") for kolonne in KOLONNER)


def raekker_af(celler: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows that hold anything, moved together."""
    raekker = [{kolonne: celler.get(celle(nr, kolonne)) for kolonne in KOLONNER} for nr in range(1, MAKS_NIVEAUER + 1)]
    return [
        {kolonne: TOM[kolonne] if vaerdi is None else vaerdi for kolonne, vaerdi in raekke.items()}
        for raekke in raekker
        if not er_tom(raekke)
    ]


def celler_af(raekker: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Every cell, empty ones too."""
    raekker = list(raekker)
    alle = raekker + [TOM] * (MAKS_NIVEAUER - len(raekker))
    return {celle(nr, kolonne): raekke[kolonne] for nr, raekke in enumerate(alle, 1) for kolonne in KOLONNER}


def hent_niveauer(skemaer: Iterable[Takstskema]) -> None:
    """The levels of many forms in one query, and none when no form has any."""
    prefetch_related_objects([skema for skema in skemaer if skema.taksttype == Taksttype.DIFFERENTIERET], "niveauer")


def gemte_raekker(skema: Takstskema) -> list[dict[str, Any]]:
    """The saved levels in order, asked for once a form and not at all where the type has no levels."""
    if skema.taksttype != Taksttype.DIFFERENTIERET:
        return []
    prefetch_related_objects([skema], "niveauer")
    return [{kolonne: getattr(niveau, kolonne) for kolonne in KOLONNER} for niveau in skema.niveauer.all()]


def gem_raekker(pr_skema: Sequence[tuple[Takstskema, Iterable[Mapping[str, Any]]]]) -> None:
    """Make each form hold exactly its levels, numbered from 1."""
    nye = [
        Takstniveau(skema=skema, nr=nr, **raekke)
        for skema, raekker in pr_skema
        for nr, raekke in enumerate(raekker, 1)
    ]
    for niveau in nye:
        niveau.clean_fields(exclude=["skema"])
    Takstniveau.objects.filter(skema__in=[skema for skema, _ in pr_skema]).delete()
    Takstniveau.objects.bulk_create(nye)
    for skema, _ in pr_skema:
        getattr(skema, "_prefetched_objects_cache", {}).pop("niveauer", None)
