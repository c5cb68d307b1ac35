"""Invented agreements on supplements for the demo ("Eksempeltal"); nobody is named in them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang
from takster import notifikationer
from takster.enums import Tillaegsmetode
from takster.handlinger import tillaegsaftaler as handlinger
from takster.koebere import mulige_koebere
from takster.models import Tillaegsaftale
from tilbud.enums import Taksttype
from tilbud.models import Ydelse

# Who acts, who pays, method, price, unit and text.
EKSEMPLER = (
    ("rebild", "aalborg", Tillaegsmetode.ATA_TIME, "335.78", "ATA-time", "Ekstra ledsagelse, 3 timer om ugen."),
    ("aalborg", "aalborg", Tillaegsmetode.FAST_PRIS, "480.00", "ridetime", "Ridning, en gang om ugen."),
    ("aalborg", "thisted", Tillaegsmetode.ATA_TIME, "-210.50", "ATA-time", "2 timer mindre støtte om ugen."),
)


@transaction.atomic
def lav_tillaegsaftaler() -> None:
    """Once, on the supplements of the demo."""
    tillaeg = Ydelse.objects.filter(taksttype=Taksttype.TILLAEG, er_eksempel=True, tilbud__driftsherre__isnull=False)
    ydelser = list(tillaeg.select_related("tilbud__driftsherre").order_by("tilbud__slug", "slug")[: len(EKSEMPLER)])
    kommuner = {kommune.slug: kommune for kommune in mulige_koebere().filter(er_part=True)}
    if not ydelser or Tillaegsaftale.objects.exists():
        return
    fra = timezone.localdate().replace(day=1)
    with notifikationer.stille():
        for nr, (handler, betaler, metode, pris, prisenhed, indhold) in enumerate(EKSEMPLER):
            if handler not in kommuner or betaler not in kommuner:
                continue
            handlinger.opret(
                ydelser[nr % len(ydelser)],
                adgang=Adgang.system(),
                handlekommune=kommuner[handler],
                betalingskommune=kommuner[betaler],
                indhold=f"Eksempel: {indhold}",
                metode=metode,
                pris=Decimal(pris),
                prisenhed=prisenhed,
                fra=fra,
                til=fra + dt.timedelta(days=364) if nr else None,
                er_eksempel=True,
            )
