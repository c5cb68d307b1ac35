"""Loads the table of who decides what (T69) from the folder of data; lines that exist are left as they are."""

from __future__ import annotations

from django.db import transaction

from socialaftale.kerne.grunddata import laes_json
from socialaftale.kerne.models import Beslutningskompetence


@transaction.atomic
def indlaes_kompetence() -> None:
    kendte = set(Beslutningskompetence.objects.values_list("noegle", flat=True))
    for nummer, post in enumerate(laes_json("sager", "kompetence.json")["linjer"], start=1):
        if post["noegle"] not in kendte:
            kompetence = Beslutningskompetence(raekkefoelge=nummer * 10, **post)
            kompetence.full_clean()
            kompetence.save()
