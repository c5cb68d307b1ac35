"""Loads the agreements of the folder of data (`aftaler/<periode>/`); safe to run again, edits stay."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from socialaftale.aftale.enums import Aftaletilstand
from socialaftale.aftale.models import Aftale, Bilag, Fokusomraade, Initiativ, Underskriver
from socialaftale.kerne.grunddata import laes_json
from socialaftale.kerne.models import EksterntTal
from socialaftale.kerne.tekst.handlinger import Kapiteludkast, opret_tekst
from socialaftale.kerne.tekst.models import Kapiteltype

MAPPE = "aftaler"


def indlaes_aftaler() -> None:
    """Every period of the folder that is not in the database yet, oldest first."""
    for fil in sorted(Path(settings.OMRAADEDATA, MAPPE).glob("*/aftale.json")):
        indlaes_aftale(fil.parent)


@transaction.atomic
def indlaes_aftale(mappe: Path) -> Aftale:
    """One period: external figures, text with first versions, focus areas, annexes; what exists is left alone."""
    data = laes_json(MAPPE, mappe.name, "aftale.json")
    _indlaes_eksterne_tal(data["eksterne_tal"])
    kendt = Aftale.objects.filter(periode=data["periode"]).first()
    if kendt:
        return kendt
    tekst = opret_tekst(
        data["titel"],
        (
            Kapiteludkast(
                noegle=post["noegle"],
                titel=post["titel"],
                indhold=(mappe / post["fil"]).read_text(encoding="utf-8"),
                type=Kapiteltype(post["type"]),
                nummer=post["nummer"],
                niveau=post.get("niveau", 1),
            )
            for post in data["kapitler"]
        ),
    )
    aftale = Aftale(
        periode=data["periode"],
        fra_aar=dt.date.fromisoformat(data["gaelder_fra"]).year,
        til_aar=dt.date.fromisoformat(data["gaelder_til"]).year,
        titel=data["titel"],
        undertitel=data["undertitel"],
        tilstand=Aftaletilstand(data["status"]),
        vedtaget_aar=data["vedtaget_aar"],
        note=data["vedtaget_note"] or "",
        tekst=tekst,
        styringsaftale_aar=data["styringsaftale_aar"],
    )
    aftale.full_clean()
    aftale.save()
    _indlaes_fokusomraader(aftale, data["fokusomraader"])
    Bilag.objects.bulk_create(Bilag(aftale=aftale, **post) for post in data["bilag"])
    Underskriver.objects.bulk_create(
        Underskriver(aftale=aftale, raekkefoelge=plads, funktion=funktion)
        for plads, funktion in enumerate(data["underskrivere"], start=1)
    )
    return aftale


def _indlaes_eksterne_tal(poster: list[dict[str, Any]]) -> None:
    kendte = set(EksterntTal.objects.values_list("noegle", flat=True))
    for post in poster:
        if post["noegle"] not in kendte:
            tal = EksterntTal(**{**post, "link": post["link"] or ""})
            tal.full_clean()
            tal.save()


def _indlaes_fokusomraader(aftale: Aftale, poster: list[dict[str, Any]]) -> None:
    kapitler = {kapitel.noegle: kapitel for kapitel in aftale.tekst.kapitler.all()}
    for post in poster:
        omraade = Fokusomraade.objects.create(
            aftale=aftale,
            nr=post["nr"],
            titel=post["titel"],
            vision=post["vision"],
            kapitel=kapitler.get(post["kapitel"]),
        )
        Initiativ.objects.bulk_create(
            Initiativ(fokusomraade=omraade, **initiativ) for initiativ in post["initiativer"]
        )
