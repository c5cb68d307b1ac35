"""One *ydelse* at a time: described by its *driftsherre* or the secretariat, and nothing of another's work lost."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from tilbud import adgang as regler
from tilbud.handlinger.registret import gem_rettelser, raekkens_vaerdier
from tilbud.models import Tilbud, Ydelse

# What the driftsherre says about its own ydelse; the rest of it is the secretariat's (ydelses_felter).
DRIFTSHERRENS = (
    "navn",
    "beskrivelse",
    "maalgruppe",
    "afdeling",
    "taksttype",
    "finansieringsform",
    "finansieringsgrunde",
)
VED_OPRETTELSE = ("enhed", "lovgrundlag", "aktiv_fra_aar")
SEKRETARIATETS = (*DRIFTSHERRENS, *VED_OPRETTELSE, "finansieringsafgoerelse", "aktiv_til_aar", "raekkefoelge")


class YdelseErAendret(Exception):
    """Somebody saved the *ydelse* after the form was opened; `ydelse` is what it has become."""

    def __init__(self, ydelse: Ydelse) -> None:
        super().__init__(f"Ydelse {ydelse.pk} has changed.")
        self.ydelse = ydelse


def aftryk(ydelse: Ydelse | None) -> str:
    """What the *ydelse* says as a short text: a form carries it, so that a change by another is noticed."""
    if ydelse is None:
        return ""
    vaerdier = json.dumps(raekkens_vaerdier(ydelse), sort_keys=True, default=str)
    return hashlib.sha256(vaerdier.encode()).hexdigest()[:16]


def ydelses_felter(adgang: Adgang, ydelse: Ydelse | None) -> tuple[str, ...]:
    """The fields this reader may set: unit, paragraph and years are the secretariat's once the row exists."""
    if regler.maa_rette(adgang):
        return SEKRETARIATETS
    return DRIFTSHERRENS if ydelse else (*DRIFTSHERRENS, *VED_OPRETTELSE)


@transaction.atomic
def gem_ydelse(
    tilbud: Tilbud, ydelse: Ydelse | None, *, adgang: Adgang, felter: Mapping[str, Any], laest: str = ""
) -> Ydelse:
    """Save a *ydelse* of the *tilbud*, or a new one when `ydelse` is None; logged with the *tilbud*.

    `laest` is the aftryk the form was opened with. Raises `YdelseErAendret`, or `ValidationError` by field.
    """
    tilbud = Tilbud.objects.select_for_update(of=("self",)).get(pk=tilbud.pk)
    kraev_tilladelse(regler.maa_skrive_ydelser(adgang, tilbud))
    kraev_tilladelse(set(felter) <= set(ydelses_felter(adgang, ydelse)))
    raekker = list(tilbud.ydelser.all())
    ny = Ydelse(tilbud=tilbud)
    if ydelse is not None:
        gemt = next((raekke for raekke in raekker if raekke.pk == ydelse.pk), None)
        if gemt is None:
            raise ValidationError("Ydelsen er slettet af en anden, mens du skrev. Kopiér det, du har skrevet.")
        if aftryk(gemt) != laest:
            raise YdelseErAendret(gemt)
        ny = copy.copy(gemt)
    for navn, vaerdi in felter.items():
        setattr(ny, navn, vaerdi)
    if any(raekke.navn == ny.navn for raekke in raekker if raekke.pk != ny.pk):
        raise ValidationError({"navn": "Tilbuddet har allerede en ydelse med det navn"})
    if ydelse is None:
        raekker.append(ny)
    else:
        raekker = [ny if raekke.pk == ny.pk else raekke for raekke in raekker]
    gem_rettelser(
        tilbud, adgang=adgang, felter={}, raekker={"ydelser": raekker}, begrundelse="", handling="ydelse_gemt"
    )
    return ny
