"""Who lacks what in a round: the forms that are still with each driftsherre, by the deadline that holds for them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from socialaftale.kerne.models import Organisation
from takster import notifikationer
from takster.models import Indberetning, Indberetningsrunde, Rykker, Takstskema


@dataclass(frozen=True, slots=True, kw_only=True)
class Mangel:
    """What one driftsherre lacks before one deadline, and who can be told."""

    indberetning: Indberetning
    frist: dt.date
    skemaer: tuple[Takstskema, ...]
    modtagere: tuple[str, ...]
    senest_rykket: Rykker | None

    @property
    def driftsherre(self) -> Organisation:
        return self.indberetning.driftsherre

    @property
    def antal(self) -> int:
        return len(self.skemaer)

    @property
    def navne(self) -> list[str]:
        return [f"{skema.ydelse.tilbud.navn}, {skema.ydelse.navn}" for skema in self.skemaer]


def hent_mangler(runde: Indberetningsrunde) -> list[Mangel]:
    """In the order of the driftsherrer; a form that was opened longer than the others stands under its own deadline.

    Three queries at any size.
    """
    skemaer = (
        Takstskema.objects.filter(indberetning__runde=runde)
        .redigerbare()
        .til_liste()
        .order_by("indberetning__driftsherre__raekkefoelge", "indberetning", "ydelse__tilbud__navn", "pk")
    )
    grupper: dict[tuple[int, dt.date], list[Takstskema]] = {}
    for skema in skemaer:
        grupper.setdefault((skema.indberetning_id, skema.rettes_senest()), []).append(skema)
    adresser = notifikationer.driftsherrernes_modtagere()
    rykkede: dict[int, Rykker] = {}
    for rykker in Rykker.objects.filter(indberetning__runde=runde).order_by("sendt_tidspunkt", "pk"):
        rykkede[rykker.indberetning_id] = rykker
    return [
        Mangel(
            indberetning=gruppe[0].indberetning,
            frist=frist,
            skemaer=tuple(gruppe),
            modtagere=tuple(adresser.get(gruppe[0].driftsherre.pk, ())),
            senest_rykket=rykkede.get(indberetning_id),
        )
        for (indberetning_id, frist), gruppe in grupper.items()
    ]
