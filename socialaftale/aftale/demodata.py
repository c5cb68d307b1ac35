"""The demo comes with its agreements issued and published, so that their addresses answer at once."""

from __future__ import annotations

import logging

from socialaftale.aftale.enums import Aftaletilstand
from socialaftale.aftale.handlinger import offentliggoer, udsted_udgave
from socialaftale.aftale.models import Aftale
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.job.koersel import Jobfejl

logger = logging.getLogger(__name__)


def udgiv_aftaler() -> None:
    """Issue and publish every adopted agreement that has no edition yet; the rest is left as the user has it."""
    adgang = Adgang.system()
    aftaler = Aftale.objects.filter(tilstand=Aftaletilstand.VEDTAGET, udgaver__isnull=True).select_related("tekst")
    for aftale in aftaler.order_by("fra_aar"):
        try:
            udgave = udsted_udgave(aftale, adgang=adgang, fremdrift=lambda procent, besked: None)
        except Jobfejl as fejl:
            # A folder of data may lack figures the text asks for: the demo starts, and the secretariat sees why.
            logger.warning("%s was not issued: %s", aftale.periode, fejl)
            continue
        offentliggoer(aftale, adgang=adgang, udgave=udgave)
