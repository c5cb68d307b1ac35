"""The demo comes with its agreements issued and published, so that their addresses answer at once."""

from __future__ import annotations

import datetime as dt
import logging

from django.utils import timezone

from socialaftale.aftale.enums import Aftaletilstand
from socialaftale.aftale.godkendelse.enums import Afgoerelse
from socialaftale.aftale.godkendelse.registrering import registrer
from socialaftale.aftale.handlinger import offentliggoer, udsted_udgave
from socialaftale.aftale.models import Aftale
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.job.koersel import Jobfejl
from socialaftale.kerne.models import Organisation

logger = logging.getLogger(__name__)

# The invented approvals: month and day of the first meeting (a Monday in 2022), a number to count cases from, and
# which party in their order has a remark.
FOERSTE_MOEDE = (9, 26)
SAGSNUMRE, BEMAERKER = 21_400, 4


def udgiv_aftaler() -> None:
    """Issue and publish every adopted agreement that has no edition yet; the rest is left as the user has it."""
    adgang = Adgang.system()
    aftaler = Aftale.objects.filter(tilstand=Aftaletilstand.GODKENDT, udgaver__isnull=True).select_related("tekst")
    for aftale in aftaler.order_by("fra_aar"):
        try:
            udgave = udsted_udgave(aftale, adgang=adgang, fremdrift=lambda procent, besked: None)
        except Jobfejl as fejl:
            # A folder of data may lack figures the text asks for: the demo starts, and the secretariat sees why.
            logger.warning("%s was not issued: %s", aftale.periode, fejl)
            continue
        offentliggoer(aftale, adgang=adgang, udgave=udgave)
    nyeste = Aftale.objects.filter(tilstand=Aftaletilstand.GAELDENDE).first()
    if nyeste is not None and not nyeste.godkendelser.exists():
        _lav_godkendelser(nyeste)


def _lav_godkendelser(aftale: Aftale) -> None:
    """Invented dates and case numbers in the year that is known; every row says so."""
    foerste = dt.date(aftale.vedtaget_aar, *FOERSTE_MOEDE)
    for plads, part in enumerate(Organisation.objects.parter()):
        # One a day from Monday to Thursday.
        dag = foerste + dt.timedelta(days=7 * (plads // 4) + plads % 4)
        if dag > timezone.localdate():
            return
        registrer(
            aftale,
            adgang=Adgang.system(),
            organisation=part,
            afgoerelse=Afgoerelse.MED_BEMAERKNING if plads == BEMAERKER else Afgoerelse.GODKENDT,
            moededato=dag,
            sagsnummer=f"{aftale.vedtaget_aar}-{SAGSNUMRE + 137 * plads:06d}",
            note="Eksempeltal: rådet ønsker en status midt i perioden." if plads == BEMAERKER else "Eksempeltal",
            er_eksempel=True,
        )
