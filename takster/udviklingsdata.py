"""Loads what the sources print of the takstudvikling, the agreed reductions, and who can buy; safe to run again."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.db import transaction

from takster.models import Reduktionsmaal, TryktUdvikling

MAPPE = "takster"


def _laes_csv(navn: str) -> list[dict[str, str]]:
    """The rows of a file of the installation's folder of data; none when it has no such file."""
    sti = Path(settings.OMRAADEDATA, MAPPE, navn)
    if not sti.exists():
        return []
    with sti.open(encoding="utf-8", newline="") as fil:
        return list(csv.DictReader(fil))


@transaction.atomic
def indlaes_takstudvikling() -> None:
    """The printed averages (T92); a driftsherre that stands for the years is left."""
    kendte = set(TryktUdvikling.objects.values_list("fra_aar", "til_aar", "driftsherre"))
    for kilde in _laes_csv("takstudvikling.csv"):
        fra_aar, til_aar = int(kilde["fra_aar"]), int(kilde["til_aar"])
        for raekke in _laes_csv(kilde["fil"]):
            if (fra_aar, til_aar, raekke["driftsherre"]) in kendte:
                continue
            udvikling = TryktUdvikling(
                fra_aar=fra_aar,
                til_aar=til_aar,
                driftsherre=raekke["driftsherre"],
                pct=Decimal(raekke["gennemsnitlig_aendring_pct"]),
                korrigeret_pct=_tal(raekke["korrigeret_aendring_pct"]),
                korrektion=raekke["korrektion"],
                kilde=kilde["kilde"],
            )
            udvikling.full_clean()
            udvikling.save()


@transaction.atomic
def indlaes_reduktionsmaal() -> None:
    """The agreed reductions (T91) of all driftsherrer; a year that is there is left."""
    for kilde in _laes_csv("reduktionsmaal.csv"):
        poster = {raekke["post"]: raekke for raekke in _laes_csv(kilde["fil"])}
        basisaar = int(kilde["basisaar"])
        for aar in range(basisaar + 1, int(kilde["til_aar"]) + 1):
            if Reduktionsmaal.objects.filter(driftsherre=None, basisaar=basisaar, aar=aar).exists():
                continue
            maal = Reduktionsmaal(
                basisaar=basisaar,
                aar=aar,
                takst_pct=Decimal(poster[kilde["takstpost"]][f"pct_{aar}"]),
                dialog_pct=Decimal(poster[kilde["dialogpost"]][f"pct_{aar}"]),
                kilde=kilde["kilde"],
            )
            maal.full_clean()
            maal.save()


def _tal(tekst: str) -> Decimal | None:
    return Decimal(tekst) if tekst else None
