"""Who lacks what in a round: the forms that are still with each driftsherre, by the deadline that holds for them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from socialaftale.kerne.models import Organisation
from takster import notifikationer
from takster.enums import Skematilstand
from takster.models import Indberetning, Indberetningsrunde, Rykker, Takstskema
from takster.models.skema import sagsnummer


@dataclass(frozen=True, slots=True, kw_only=True)
class Manglende:
    """A form that is still with its driftsherre; plain values, since a round has thousands."""

    sagsnummer: str
    tilbud: str
    ydelse: str
    tilstand: str

    @property
    def status(self) -> str:
        return str(Skematilstand(self.tilstand).label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mangel:
    """What one driftsherre lacks before one deadline, and who can be told.

    `skemaer` are the first of them when no more were asked for; `antal` counts them all.
    """

    indberetning: Indberetning
    frist: dt.date
    skemaer: tuple[Manglende, ...]
    antal: int
    modtagere: tuple[str, ...]
    senest_rykket: Rykker | None

    @property
    def driftsherre(self) -> Organisation:
        return self.indberetning.driftsherre

    @property
    def navne(self) -> list[str]:
        return [f"{skema.tilbud}, {skema.ydelse}" for skema in self.skemaer]


def hent_mangler(runde: Indberetningsrunde, *, hoejst: int | None = None) -> list[Mangel]:
    """In the order of the driftsherrer; a form that was opened longer than the others stands under its own deadline.

    `hoejst` forms of each are told by name; a round lacks thousands. Four queries at any size.
    """
    indberetninger = {en.pk: en for en in Indberetning.objects.filter(runde=runde).select_related("driftsherre")}
    for indberetning in indberetninger.values():
        indberetning.runde = runde
    skemaer = (
        Takstskema.objects.filter(indberetning__runde=runde)
        .redigerbare()
        .order_by("indberetning__driftsherre__raekkefoelge", "indberetning", "ydelse__tilbud__navn", "pk")
        .values_list("indberetning", "genaabnet_til", "pk", "ydelse__tilbud__navn", "ydelse__navn", "tilstand")
    )
    frister = {pk: indberetning.sidste_dag for pk, indberetning in indberetninger.items()}
    grupper: dict[tuple[int, dt.date], list[Manglende]] = {}
    antal: Counter[tuple[int, dt.date]] = Counter()
    for indberetning_id, genaabnet_til, pk, tilbud, ydelse, tilstand in skemaer:
        frist = frister[indberetning_id]
        if genaabnet_til is not None and (frist is None or genaabnet_til > frist):
            frist = genaabnet_til
        noegle = indberetning_id, frist
        antal[noegle] += 1
        navngivne = grupper.setdefault(noegle, [])
        if hoejst is None or len(navngivne) < hoejst:
            navngivne.append(
                Manglende(sagsnummer=sagsnummer(runde.aar, pk), tilbud=tilbud, ydelse=ydelse, tilstand=tilstand)
            )
    adresser = notifikationer.driftsherrernes_modtagere()
    rykkede: dict[int, Rykker] = {}
    for rykker in Rykker.objects.filter(indberetning__runde=runde).order_by("sendt_tidspunkt", "pk"):
        rykkede[rykker.indberetning_id] = rykker
    return [
        Mangel(
            indberetning=indberetninger[indberetning_id],
            frist=frist,
            skemaer=tuple(gruppe),
            antal=antal[indberetning_id, frist],
            modtagere=tuple(adresser.get(indberetninger[indberetning_id].driftsherre_id, ())),
            senest_rykket=rykkede.get(indberetning_id),
        )
        for (indberetning_id, frist), gruppe in grupper.items()
    ]
