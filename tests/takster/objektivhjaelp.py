"""A ydelse that is paid by a key, with its distribution."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.models import Organisation
from takster.beregning.objektiv import Deltager
from takster.handlinger.objektiv import gem_fordeling
from takster.models import Objektivfordeling
from tests.takster.factories import TilbudFactory, YdelseFactory
from tilbud.models import Ydelse

FELTER: dict[str, Any] = {
    "omkostning": Decimal(1_000_000),
    "overskud": Decimal(0),
    "noegletype": "indbyggere",
    "noeglenavn": "Indbyggere i alt",
    "noeglekilde": "Danmarks Statistik, FOLK1A",
    "noegledato": dt.date(2026, 7, 1),
}


def lav_objektiv_ydelse(driftsherre: Organisation, **felter: Any) -> Ydelse:
    return YdelseFactory(
        tilbud=TilbudFactory(driftsherre=driftsherre),
        **{"finansieringsform": "objektiv", "finansieringsgrunde": ["anonym"], **felter},
    )


def deltagere(noegletal: Mapping[str, int | None], uden: tuple[str, ...] = ()) -> list[Deltager]:
    """By the slugs of the municipalities; those in `uden` have opted out."""
    kommuner = Organisation.objects.in_bulk(list(noegletal), field_name="slug")
    return [
        Deltager(
            kommune=kommuner[slug].pk,
            navn=kommuner[slug].kortnavn,
            noegletal=None if tal is None else Decimal(tal),
            er_med=slug not in uden,
        )
        for slug, tal in noegletal.items()
    ]


def lav_fordeling(driftsherre: Organisation, *, aar: int = 2027, **mere: Any) -> Objektivfordeling:
    """One municipality pays it all, unless told otherwise."""
    return gem_fordeling(
        mere.pop("ydelse", None) or lav_objektiv_ydelse(driftsherre),
        aar,
        adgang=Adgang.system(),
        version=mere.pop("version", 0),
        felter={**FELTER, **mere.pop("felter", {})},
        deltagere=mere.pop("deltagere", None) or deltagere({driftsherre.slug: 100}),
    )
