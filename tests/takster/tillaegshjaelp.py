"""An agreement on a supplement between a handlekommune and a supplier."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.models import Organisation
from takster.handlinger import tillaegsaftaler
from takster.models import Tillaegsaftale
from tests.takster.factories import TilbudFactory, YdelseFactory
from tilbud.models import Ydelse

FELTER: dict[str, Any] = {
    "indhold": "Ekstra ledsagelse, 3 timer om ugen",
    "metode": "ata_time",
    "pris": Decimal("335.78"),
    "prisenhed": "ATA-time",
    "fra": dt.date(2027, 2, 1),
}


def lav_tillaeg(driftsherre: Organisation, **felter: Any) -> Ydelse:
    tilbud = felter.pop("tilbud", None) or TilbudFactory(driftsherre=driftsherre)
    return YdelseFactory(tilbud=tilbud, **{"taksttype": "tillaeg", **felter})


def lav_tillaegsaftale(
    leverandoer: Organisation, *, handler: Organisation, betaler: Organisation, **mere: Any
) -> Tillaegsaftale:
    return tillaegsaftaler.opret(
        mere.pop("ydelse", None) or lav_tillaeg(leverandoer),
        adgang=mere.pop("adgang", Adgang.system()),
        handlekommune=handler,
        betalingskommune=betaler,
        **{**FELTER, **mere},
    )
