"""Loads the table of who decides what (T69) from the folder of data; lines that exist are left as they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from socialaftale.kerne.models import Beslutningskompetence
from socialaftale.kerne.sager.kompetence import kopier_linjer

FIL = Path("sager", "kompetence.json")


def _tabel() -> dict[str, Any]:
    """The region's own table, or the product's where its folder of data has none: no case can be sent without one."""
    egen = Path(settings.OMRAADEDATA) / FIL
    kilde = egen if egen.exists() else Path(settings.BASE_DIR, "fixtures") / FIL
    return json.loads(kilde.read_text(encoding="utf-8"))


@transaction.atomic
def indlaes_kompetence() -> None:
    """The first set; those of later rule sets are copies of it that the secretariat changes.

    A line that came with a later version of the product is put in all of them, since cases need it.
    """
    tabel = _tabel()
    fra_aar = tabel["fra_aar"]
    kendte = set(Beslutningskompetence.objects.filter(fra_aar=fra_aar).values_list("noegle", flat=True))
    for nummer, post in enumerate(tabel["linjer"], start=1):
        if post["noegle"] not in kendte:
            kompetence = Beslutningskompetence(fra_aar=fra_aar, raekkefoelge=nummer * 10, **post)
            kompetence.full_clean()
            kompetence.save()
    for senere in set(Beslutningskompetence.objects.filter(fra_aar__gt=fra_aar).values_list("fra_aar", flat=True)):
        kopier_linjer(fra_aar, senere)
