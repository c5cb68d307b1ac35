"""The demo comes with its styringsaftaler issued and in force, so that findings in tariff forms lead somewhere."""

from __future__ import annotations

import logging

from socialaftale.aftale.handlinger import udsted_udgave
from socialaftale.aftale.models import Styringsaftale
from socialaftale.aftale.styring.enums import Styringstilstand
from socialaftale.aftale.styring.handlinger import saet_i_kraft
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.job.koersel import Jobfejl

logger = logging.getLogger(__name__)


def udgiv_styringsaftaler() -> None:
    """Issue every adopted draft that has no edition and put it in force, oldest first; the rest is left alone."""
    adgang = Adgang.system()
    udkast = Styringsaftale.objects.filter(
        tilstand=Styringstilstand.UDKAST, vedtaget_aar__isnull=False, udgaver__isnull=True
    )
    for aftale in udkast.select_related("tekst", "regelsaet").order_by("aar"):
        try:
            udgave = udsted_udgave(aftale, adgang=adgang, fremdrift=lambda procent, besked: None)
        except Jobfejl as fejl:
            # A folder of data may lack figures the text asks for: the demo starts, and the secretariat sees why.
            logger.warning("%s was not issued: %s", aftale.titel, fejl)
            continue
        saet_i_kraft(aftale, adgang=adgang, udgave=udgave)
