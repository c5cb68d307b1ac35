"""What the front page tells a municipality that pays for supplements another has agreed on (T41)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.registre import Naesteskridt
from takster.models import Tillaegsaftale
from takster.models.tillaegsaftale import KOMMUNEROLLER


def naeste_skridt(adgang: Adgang, i_dag: dt.date) -> Iterable[Naesteskridt]:
    """The agreements nobody of the betalingskommune has marked as seen."""
    if not adgang.har(*KOMMUNEROLLER):
        return
    if antal := Tillaegsaftale.objects.skal_ses_af(adgang).count():
        yield Naesteskridt(
            "tillægsaftaler, som din kommune betaler, er ikke set endnu. Læs dem, og markér dem som set",
            antal,
            reverse("takster:tillaegsaftaler", query={"status": "ny"}),
        )
