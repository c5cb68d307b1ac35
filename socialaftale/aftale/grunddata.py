"""Loads the agreements of the folder of data (`aftaler/<periode>/`); safe to run again, edits stay."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from socialaftale.aftale.enums import Aftaletilstand
from socialaftale.aftale.kontrol import ordliste
from socialaftale.aftale.models import Aftale, Bilag, Fokusomraade, Initiativ, Underskriver
from socialaftale.kerne.datamappe import i_filen, laes_json, laes_tekst, sti
from socialaftale.kerne.models import EksterntTal
from socialaftale.kerne.tekst.handlinger import Kapiteludkast, opret_tekst
from socialaftale.kerne.tekst.models import Kapiteltype

MAPPE = "aftaler"
FIL = "aftale.json"
# An agreement of the folder is a draft, or was adopted before this system; its edition is made here.
STATUS = {"udkast": Aftaletilstand.UDKAST, "vedtaget": Aftaletilstand.GODKENDT}


def indlaes_aftaler() -> None:
    """Every period of the folder that is not in the database yet, oldest first."""
    # Read when a text is checked; here so that what is wrong with it is told when the folder is loaded.
    ordliste.laes()
    for fil in sorted(sti(MAPPE).glob(f"*/{FIL}")):
        indlaes_aftale(fil.parent.name)


@transaction.atomic
def indlaes_aftale(mappe: str) -> Aftale:
    """One period: external figures, text with first versions, focus areas, annexes; what exists is left alone."""
    data = laes_json(MAPPE, mappe, FIL)
    with i_filen(MAPPE, mappe, FIL):
        _indlaes_eksterne_tal(data.get("eksterne_tal", []))
        return _indlaes(data, mappe)


def _indlaes(data: dict[str, Any], mappe: str) -> Aftale:
    kendt = Aftale.objects.filter(periode=data["periode"]).first()
    if kendt:
        return kendt
    tekst = opret_tekst(
        data["titel"],
        (
            Kapiteludkast(
                noegle=post["noegle"],
                titel=post["titel"],
                indhold=laes_tekst(MAPPE, mappe, post["fil"]),
                type=Kapiteltype(post["type"]),
                nummer=post.get("nummer"),
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
        undertitel=data.get("undertitel", ""),
        tilstand=STATUS[data["status"]],
        vedtaget_aar=data.get("vedtaget_aar"),
        note=data.get("vedtaget_note") or "",
        tekst=tekst,
        styringsaftale_aar=data.get("styringsaftale_aar"),
    )
    aftale.full_clean()
    aftale.save()
    _indlaes_fokusomraader(aftale, data.get("fokusomraader", []))
    Bilag.objects.bulk_create(Bilag(aftale=aftale, **post) for post in data.get("bilag", []))
    Underskriver.objects.bulk_create(
        Underskriver(aftale=aftale, raekkefoelge=plads, funktion=funktion)
        for plads, funktion in enumerate(data.get("underskrivere", []), start=1)
    )
    return aftale


def _indlaes_eksterne_tal(poster: list[dict[str, Any]]) -> None:
    kendte = set(EksterntTal.objects.values_list("noegle", flat=True))
    for post in poster:
        if post["noegle"] not in kendte:
            tal = EksterntTal(**{**post, "link": post.get("link") or ""})
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
            kapitel=kapitler.get(post.get("kapitel")),
        )
        Initiativ.objects.bulk_create(
            Initiativ(fokusomraade=omraade, **initiativ) for initiativ in post.get("initiativer", [])
        )
