"""The queue of submitted forms: the order the controller works through them in, and where one is in it."""

from __future__ import annotations

from dataclasses import dataclass

from takster.enums import Skematilstand
from takster.models import Indberetningsrunde, Takstskema


@dataclass(frozen=True, slots=True, kw_only=True)
class Koeplads:
    """Where a form is among those that wait; `nummer` is None when it does not wait itself (any more)."""

    antal: int
    nummer: int | None
    forrige: int | None
    naeste: int | None


def koe(runde: Indberetningsrunde, driftsherre: str = "") -> list[int]:
    """The submitted forms of a round, or of one driftsherre by its slug, driftsherre by driftsherre."""
    skemaer = Takstskema.objects.filter(indberetning__runde=runde, tilstand=Skematilstand.INDSENDT)
    if driftsherre:
        skemaer = skemaer.filter(indberetning__driftsherre__slug=driftsherre)
    raekkefoelge = (
        "indberetning__driftsherre__raekkefoelge",
        "indberetning",
        "ydelse__tilbud__navn",
        "ydelse__raekkefoelge",
        "pk",
    )
    return list(skemaer.order_by(*raekkefoelge).values_list("pk", flat=True))


def koeplads(noegler: list[int], pk: int) -> Koeplads:
    """A form that has left the queue is followed by its first."""
    if pk not in noegler:
        return Koeplads(antal=len(noegler), nummer=None, forrige=None, naeste=next(iter(noegler), None))
    plads = noegler.index(pk)
    return Koeplads(
        antal=len(noegler),
        nummer=plads + 1,
        forrige=noegler[plads - 1] if plads else None,
        naeste=noegler[plads + 1] if plads + 1 < len(noegler) else None,
    )


def efter(noegler: list[int], pk: int) -> int | None:
    """Which form to show when this one has been dealt with: the next, else the first that is left."""
    rest = [noegle for noegle in noegler if noegle != pk]
    plads = noegler.index(pk) if pk in noegler else 0
    return (rest[plads] if plads < len(rest) else rest[0]) if rest else None
