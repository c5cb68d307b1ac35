"""Loads the table of who decides what (T69) from the folder of data; lines that exist are left as they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from socialaftale.kerne.models import Beslutningskompetence

FIL = Path("sager", "kompetence.json")


def _linjer() -> list[dict[str, Any]]:
    """The region's own table, or the product's where its folder of data has none: no case can be sent without one."""
    egen = Path(settings.OMRAADEDATA) / FIL
    kilde = egen if egen.exists() else Path(settings.BASE_DIR, "fixtures") / FIL
    return json.loads(kilde.read_text(encoding="utf-8"))["linjer"]


@transaction.atomic
def indlaes_kompetence() -> None:
    kendte = set(Beslutningskompetence.objects.values_list("noegle", flat=True))
    for nummer, post in enumerate(_linjer(), start=1):
        if post["noegle"] not in kendte:
            kompetence = Beslutningskompetence(raekkefoelge=nummer * 10, **post)
            kompetence.full_clean()
            kompetence.save()
