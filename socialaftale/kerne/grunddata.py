"""Loads the region's set-up and organisations from the folder of data; safe to run again."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings
from django.db import transaction

from socialaftale.kerne.models import Opsaetning, Organisation, Organisationsnavn


def laes_json(*dele: str):
    """A JSON file of the folder of data."""
    return json.loads(Path(settings.OMRAADEDATA, *dele).read_text(encoding="utf-8"))


@transaction.atomic
def indlaes_omraade() -> None:
    """Set-up row and organisations; existing rows are left as the user has them."""
    data = laes_json("omraade.json")
    if not Opsaetning.objects.exists():
        opsaetning = Opsaetning(**data["opsaetning"])
        opsaetning.full_clean()
        opsaetning.save()
    kendte = set(Organisation.objects.values_list("slug", flat=True))
    for post in data["organisationer"]:
        if post["slug"] in kendte:
            continue
        navne = post.pop("tidligere_navne", [])
        organisation = Organisation(**post)
        organisation.full_clean()
        organisation.save()
        for navn in navne:
            Organisationsnavn.objects.create(organisation=organisation, **navn)
