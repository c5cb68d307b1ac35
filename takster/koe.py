"""The queue of submitted forms: the order the controller works through them in, and where one is in it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from takster.enums import Skematilstand
from takster.models import Indberetning, Indberetningsrunde, Takstskema

_DRIFTSHERRER = ("indberetning__driftsherre__raekkefoelge", "indberetning__driftsherre__navn", "indberetning_id")
_SKEMAER = ("ydelse__tilbud__navn", "ydelse__raekkefoelge", "pk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Koeplads:
    """Where a form is among those that wait; `nummer` is None when it does not wait itself (any more)."""

    antal: int
    nummer: int | None
    forrige: int | None
    naeste: int | None


class Koe(Sequence[int]):
    """The submitted forms of a round, or of one driftsherre by its slug, driftsherre by driftsherre.

    A round has thousands, and nobody looks at more than a page of them: how many each driftsherre has is one query,
    and another one puts those in order that are asked for.
    """

    def __init__(self, runde: Indberetningsrunde, driftsherre: str = "") -> None:
        self._runde = runde
        self._skemaer = Takstskema.objects.filter(indberetning__runde=runde, tilstand=Skematilstand.INDSENDT)
        if driftsherre:
            self._skemaer = self._skemaer.filter(indberetning__driftsherre__slug=driftsherre)

    @cached_property
    def _antal(self) -> dict[int, int]:
        """How many each indberetning has, in order."""
        grupper = self._skemaer.order_by(*_DRIFTSHERRER).values("indberetning_id").annotate(antal=Count("pk"))
        return dict(grupper.values_list("indberetning_id", "antal"))

    @cached_property
    def _begynder(self) -> dict[int, int]:
        """How many are before each."""
        return dict(zip(self._antal, itertools.accumulate(self._antal.values(), initial=0), strict=False))

    def __len__(self) -> int:
        return sum(self._antal.values())

    def __getitem__(self, plads: int | slice) -> int | list[int]:
        if isinstance(plads, int):
            nummer = plads + len(self) if plads < 0 else plads
            if not 0 <= nummer < len(self):
                raise IndexError(plads)
            return self[nummer : nummer + 1][0]
        fra, til, trin = plads.indices(len(self))
        if trin != 1:
            raise ValueError("The queue is looked at a stretch at a time.")
        ramte = [pk for pk, foer in self._begynder.items() if foer < til and foer + self._antal[pk] > fra]
        if fra >= til or not ramte:
            return []
        foer = self._begynder[ramte[0]]
        return self._noegler(ramte)[fra - foer : til - foer]

    def _noegler(self, indberetninger: list[int]) -> list[int]:
        """The forms of neighbouring indberetninger, in order."""
        skemaer = self._skemaer.filter(indberetning__in=indberetninger).order_by(*_DRIFTSHERRER, *_SKEMAER)
        return list(skemaer.values_list("pk", flat=True))

    def plads(self, skema: Takstskema) -> Koeplads:
        """Where a form is; one that has left the queue is followed by its first."""
        raekker = self._omkring(skema)
        noegler = [pk for pk, *_ in raekker]
        if skema.pk not in noegler:
            return Koeplads(antal=len(self), nummer=None, forrige=None, naeste=self[0] if self else None)
        plads = noegler.index(skema.pk)
        _, _, foer, i_alt = raekker[plads]
        egne = [pk for pk, indberetning, *_ in raekker if indberetning == skema.indberetning_id]
        return Koeplads(
            antal=i_alt,
            nummer=foer + egne.index(skema.pk) + 1,
            forrige=noegler[plads - 1] if plads else None,
            naeste=noegler[plads + 1] if plads + 1 < len(noegler) else None,
        )

    def _omkring(self, skema: Takstskema) -> list[tuple[int, int, int, int]]:
        """The forms of a form's indberetning and of those before and after it, in order; one query.

        With each how many forms are before the indberetning itself, and how many there are in all.
        """
        driftsherre, indberetning = skema.driftsherre, skema.indberetning_id
        egen = (driftsherre.raekkefoelge, driftsherre.navn, indberetning)
        andre = Indberetning.objects.filter(
            Exists(self._skemaer.filter(indberetning=OuterRef("pk"))), runde=self._runde
        )
        felter = ("driftsherre__raekkefoelge", "driftsherre__navn", "pk")
        forrige = andre.filter(_paa_den_ene_side(felter, egen, "lt")).order_by(*(f"-{felt}" for felt in felter))
        naeste = andre.filter(_paa_den_ene_side(felter, egen, "gt")).order_by(*felter)
        raekker = self._skemaer.filter(
            Q(indberetning=indberetning)
            | Q(indberetning=Subquery(forrige.values("pk")[:1]))
            | Q(indberetning=Subquery(naeste.values("pk")[:1]))
        ).annotate(
            foer=_antal(self._skemaer.filter(_paa_den_ene_side(_DRIFTSHERRER, egen, "lt"))),
            i_alt=_antal(self._skemaer),
        )
        return list(raekker.order_by(*_DRIFTSHERRER, *_SKEMAER).values_list("pk", "indberetning_id", "foer", "i_alt"))

    def efter(self, skema: Takstskema) -> int | None:
        """Which form to show when this one has been dealt with: the next, else the first that is left."""
        plads = self.plads(skema)
        if plads.naeste is not None:
            return plads.naeste
        foerste = self[0] if self else None
        return None if foerste == skema.pk else foerste


def _paa_den_ene_side(felter: tuple[str, ...], egne: tuple[Any, ...], side: str) -> Q:
    """Before ("lt") or after ("gt") a place in the order of these fields."""
    samlet, ens = Q(), Q()
    for felt, vaerdi in zip(felter, egne, strict=True):
        samlet |= ens & Q(**{f"{felt}__{side}": vaerdi})
        ens &= Q(**{felt: vaerdi})
    return samlet


def _antal(skemaer: QuerySet[Takstskema]) -> Coalesce:
    alle = skemaer.order_by().annotate(alle=Value(1)).values("alle")
    return Coalesce(Subquery(alle.annotate(antal=Count("pk")).values("antal")), 0)
