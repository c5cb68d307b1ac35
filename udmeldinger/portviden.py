"""What the central udmeldinger know for the gate: the limit for small counts, and when they were issued."""

from __future__ import annotations

import re

from socialaftale.kerne.tal.katalog import Talkontekst
from socialaftale.kerne.tekst.port import register
from socialaftale.kerne.tekst.port.viden import Kendtdato, Viden
from udmeldinger.models import CentralUdmelding

# Words of a title that name no group.
_ALMINDELIGE = frozenset(["borgere", "børn", "unge", "voksne", "mennesker", "personer", "svære", "med", "og"])


def registrer() -> None:
    register.viden.tilfoej("udmeldinger", udmeldinger, raekkefoelge=40)


def udmeldinger(viden: Viden, kontekst: Talkontekst) -> None:
    """The strictest limit of all notifications, and the day of each published one; in one query."""
    graenser = []
    for udmelding in CentralUdmelding.objects.order_by("pk"):
        graenser.append(udmelding.smaatalsgraense)
        if not udmelding.offentliggjort:
            continue
        dato = udmelding.udsendt_dato
        ord_ = [o for o in re.findall(r"\w{5,}", udmelding.titel.lower()) if o not in _ALMINDELIGE]
        viden.datoer.append(
            Kendtdato(
                udmelding.titel,
                ("udmelding", "udsend"),
                tuple(ord_),
                udmelding.aar,
                (dato.year, dato.month, dato.day) if dato else None,
            )
        )
    # Without a notification yet, the limit a new one would have.
    viden.smaatalsgraense = max(graenser, default=CentralUdmelding._meta.get_field("smaatalsgraense").default)
