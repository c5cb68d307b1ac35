"""Invented cost places for the demo's open round, so that the distribution can be seen at work."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction

from socialaftale.kerne.adgang import Adgang
from takster.handlinger import omkostningssteder as handlinger
from takster.models import Indberetning, Omkostningssted

NOEGLE = "Pladser (eksempeltal)"
STEDER = (
    ("Fælles ledelse (eksempeltal)", {"A10": "1240000", "D10": "85000"}, True),
    ("Køkken og rengøring (eksempeltal)", {"A50": "690000", "B20": "215000"}, True),
    ("Visitation (eksempeltal)", {"A60": "480000"}, False),
)


@transaction.atomic
def lav_omkostningssteder(indberetning: Indberetning, *, adgang: Adgang) -> None:
    """Shared functions distributed by places, and one authority task outside; nothing when there are any already."""
    if Omkostningssted.objects.filter(indberetning=indberetning).exists():
        return
    handlinger.begynd(indberetning, adgang=adgang)
    endelige = Omkostningssted.objects.filter(indberetning=indberetning).select_related("skema")
    noegle = handlinger.gem_noegle(
        indberetning,
        adgang=adgang,
        noegle=None,
        version=0,
        navn=NOEGLE,
        grundlag="pladser",
        maengder={sted.pk: sted.skema.pladser for sted in endelige},
    )
    for navn, beloeb, fordeles in STEDER:
        handlinger.gem_sted(
            indberetning,
            adgang=adgang,
            sted=None,
            version=0,
            felter={
                "navn": navn,
                "type": "midlertidig" if fordeles else "ekstern",
                "noegle": noegle if fordeles else None,
                "er_myndighed": not fordeles,
                "betjener_myndighed": False,
            },
            beloeb={kode: Decimal(tal) for kode, tal in beloeb.items()},
        )
