"""What the page of a *tilbud* shows of its tariffs and accounts: one query for each section."""

from __future__ import annotations

from typing import Any

from socialaftale.kerne.adgang import Adgang
from takster.models import Regnskab, Takst
from tilbud.models import Tilbud

Sektion = tuple[str, dict[str, Any]] | None


def takster(tilbud: Tilbud, adgang: Adgang) -> Sektion:
    """The published tariffs: those of the newest year, and all earlier ones to open."""
    fundne = list(
        Takst.objects.synlige_for(adgang)
        .gaeldende()
        .filter(tilbud=tilbud)
        .order_by("-aar", "ydelse_navn", "pk")
        .select_related("ydelse")
        .only("aar", "tilbud_id", "ydelse_navn", "enhed", "takst", "er_eksempel", "ydelse__slug")
    )
    if not fundne:
        return None
    for takst in fundne:
        # Its address names the tilbud, which is at hand.
        takst.tilbud = tilbud
    nyeste = fundne[0].aar
    return "takster/tilbudssektion_takster.html", {
        "tilbud": tilbud,
        "aar": nyeste,
        "nyeste": [takst for takst in fundne if takst.aar == nyeste],
        "tidligere": [takst for takst in fundne if takst.aar != nyeste],
    }


def regnskaber(tilbud: Tilbud, adgang: Adgang) -> Sektion:
    """The years that have accounts."""
    fundne = Regnskab.objects.synlige_for(adgang).filter(tilbud=tilbud).order_by("-aar")
    aarene = list(fundne.values_list("aar", flat=True))
    return ("takster/tilbudssektion_regnskaber.html", {"tilbud": tilbud, "aarene": aarene}) if aarene else None
