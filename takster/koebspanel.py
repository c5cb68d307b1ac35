"""What the front page tells a municipality that buys: what next year's tariffs mean for its budget."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.registre import Naesteskridt
from takster.enums import Rundetilstand
from takster.models import Indberetningsrunde, Koeb


def naeste_skridt(adgang: Adgang, i_dag: dt.date) -> Iterable[Naesteskridt]:
    """How many of its purchases have a price for the newest round."""
    if not adgang.har(Rolle.KOMMUNE_MYNDIGHED, Rolle.KOMMUNE_GODKENDER):
        return
    runde = Indberetningsrunde.objects.aktuel()
    if runde is None:
        return
    antal = Koeb.objects.synlige_for(adgang).filter(skema__indberetning__runde=runde, maengde__gt=0).count()
    if antal:
        slags = "takster" if runde.tilstand == Rundetilstand.OFFENTLIGGJORT else "foreløbige takster"
        yield Naesteskridt(
            f"{slags} for {runde.aar} på ydelser, kommunen køber. Se, hvad de betyder for budgettet",
            antal,
            reverse("takster:budget", query={"aar": runde.aar}),
        )
