"""Loads the region's set-up and organisations from the folder of data; safe to run again."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from socialaftale.kerne import dansk
from socialaftale.kerne.datamappe import findes, i_filen, laes_csv, laes_json
from socialaftale.kerne.enums import Organisationstype
from socialaftale.kerne.models import Opsaetning, Organisation, Organisationsnavn

OMRAADE = "omraade.json"
KOMMUNER = "kommuner.csv"
# Municipalities that are no party come after all others.
SIDST = 90


@transaction.atomic
def indlaes_omraade() -> None:
    """Set-up row and organisations; existing rows are left as the user has them."""
    data = laes_json(OMRAADE)
    with i_filen(OMRAADE, post="opsaetning"):
        opsaetning = Opsaetning(**data["opsaetning"])
        opsaetning.full_clean()
        if not Opsaetning.objects.exists():
            opsaetning.save()
    with i_filen(OMRAADE):
        poster = data["organisationer"]
    kendte = set(Organisation.objects.values_list("slug", flat=True))
    for post in poster:
        with i_filen(OMRAADE, post=post.get("slug")):
            if post["slug"] not in kendte:
                _lav_organisation(post)


def _lav_organisation(post: dict[str, Any]) -> None:
    navne = post.get("tidligere_navne", [])
    organisation = Organisation(**{felt: vaerdi for felt, vaerdi in post.items() if felt != "tidligere_navne"})
    organisation.full_clean()
    organisation.save()
    for navn in navne:
        Organisationsnavn.objects.create(organisation=organisation, **navn)


@transaction.atomic
def indlaes_kommuner() -> None:
    """The country's other municipalities, which may buy places (T8); those that are known by code or name stay."""
    if not findes(KOMMUNER):
        return
    koder, slugs = (set(Organisation.objects.values_list(felt, flat=True)) for felt in ("kode", "slug"))
    for raekke in laes_csv(KOMMUNER, kolonner=("kode", "kortnavn", "navn")):
        with i_filen(KOMMUNER, post=raekke["kortnavn"]):
            kode = int(raekke["kode"]) if raekke["kode"] else None
            slug = dansk.slug(raekke["kortnavn"])
            if slug in slugs or (kode and kode in koder):
                continue
            kommune = Organisation(
                slug=slug,
                type=Organisationstype.KOMMUNE,
                navn=raekke["navn"],
                kortnavn=raekke["kortnavn"],
                kode=kode,
                raekkefoelge=SIDST,
            )
            kommune.full_clean()
            kommune.save()
