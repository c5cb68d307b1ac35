"""What the pages of a *tilbud* and a *ydelse* show of tariffs and accounts: a fixed number of queries each."""

from __future__ import annotations

from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang
from takster.adgang import kan_lave_tillaegsaftale, maa_lave_tillaegsaftale
from takster.models import Regnskab, Takst
from takster.models.objektiv import OBJEKTIVE_FORMER
from takster.views.faelles import trinlinjer
from tilbud.adgang import maa_skrive_ydelser
from tilbud.enums import Taksttype
from tilbud.models import Tilbud, Ydelse

Sektion = tuple[str, dict[str, Any]] | None


def takster(tilbud: Tilbud, adgang: Adgang) -> Sektion:
    """The published tariffs: those of the newest year, and all earlier ones to open.

    One query, and one more when levels are among the newest.
    """
    fundne = list(
        Takst.objects.synlige_for(adgang)
        .gaeldende()
        .filter(tilbud=tilbud)
        .order_by("-aar", "ydelse_navn", "pk")
        .select_related("ydelse")
        .only(
            "aar",
            "tilbud_id",
            "ydelse_navn",
            "taksttype",
            "enhed",
            "takst",
            "stoettetimer",
            "er_eksempel",
            "ydelse__slug",
        )
    )
    if not fundne:
        return None
    for takst in fundne:
        # Its address names the tilbud, which is at hand.
        takst.tilbud = tilbud
    aar = fundne[0].aar
    nyeste = [takst for takst in fundne if takst.aar == aar]
    return "takster/tilbudssektion_takster.html", {
        "tilbud": tilbud,
        "aar": aar,
        "nyeste": _med_niveauer(nyeste),
        "tidligere": [takst for takst in fundne if takst.aar != aar],
        "maa_skrive": maa_skrive_ydelser(adgang, tilbud),
    }


def _med_niveauer(takster: list[Takst]) -> list[Takst]:
    """T49: the tariffs, with the levels of those that have some."""
    prefetch_related_objects([t for t in takster if t.taksttype == Taksttype.DIFFERENTIERET], "niveauer")
    return takster


def ydelsens_takst(ydelse: Ydelse, adgang: Adgang) -> Sektion:
    """T32, T49: the newest published tariff of a ydelse with the direct support it contains."""
    nyeste = (
        Takst.objects.synlige_for(adgang)
        .gaeldende()
        .filter(ydelse=ydelse)
        .select_related("tilbud", "ydelse")
        .order_by("-aar")
        .first()
    )
    if nyeste is None or ydelse.er_uden_takst:
        return None
    return "takster/ydelsessektion_takst.html", {
        "takst": _med_niveauer([nyeste])[0],
        "maa_skrive": maa_skrive_ydelser(adgang, ydelse.tilbud),
    }


def ydelsens_fordeling(ydelse: Ydelse, adgang: Adgang) -> Sektion:
    """T11, T12: who pays by which key in place of a price; two queries."""
    if ydelse.finansieringsform not in OBJEKTIVE_FORMER:
        return None
    fordelinger = list(ydelse.fordelinger.med_deltagere().order_by("-aar"))
    aarene = []
    for fordeling in fordelinger:
        fordeling.ydelse = ydelse
        fordelt = fordeling.fordelt()
        aarene.append((fordeling, fordelt, trinlinjer(fordelt.trin) if fordelt else []))
    return "takster/objektiv/sektion.html", {
        "ydelse": ydelse,
        "aarene": aarene,
        "maa_rette": adgang.er_sekretariat,
        "nyt_aar": max([timezone.localdate().year, *(fordeling.aar for fordeling in fordelinger)]) + 1,
    }


def ydelsens_tillaegsaftale(ydelse: Ydelse, adgang: Adgang) -> Sektion:
    """T41: the way to an agreement, for those who may make one."""
    maa = ydelse.taksttype == Taksttype.TILLAEG and ydelse.tilbud.driftsherre_id is not None
    if not maa or not kan_lave_tillaegsaftale(adgang):
        return None
    if not maa_lave_tillaegsaftale(adgang, ydelse.tilbud.driftsherre_id):
        return None
    return "takster/tillaegsaftaler/sektion.html", {"ydelse": ydelse}


def regnskaber(tilbud: Tilbud, adgang: Adgang) -> Sektion:
    """The years that have accounts."""
    fundne = Regnskab.objects.synlige_for(adgang).filter(tilbud=tilbud).order_by("-aar")
    aarene = list(fundne.values_list("aar", flat=True))
    return ("takster/tilbudssektion_regnskaber.html", {"tilbud": tilbud, "aarene": aarene}) if aarene else None
