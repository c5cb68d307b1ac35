"""What the front page tells the secretariat about the installation itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse

from socialaftale.kerne import dokumentkontrol
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Jobtilstand
from socialaftale.kerne.registre import Naesteskridt


def skridt(adgang: Adgang, i_dag: dt.date) -> Iterator[Naesteskridt]:
    """Stored files that are not as they were, when the newest run of `kontroller_dokumenter` found any."""
    if not adgang.er_sekretariat:
        return
    job = dokumentkontrol.seneste()
    if job is not None and job.tilstand == Jobtilstand.FEJLET:
        antal = job.parametre.get("fejl", 1)
        hvad = "gemt fil er ikke, som den skal være" if antal == 1 else "gemte filer er ikke, som de skal være"
        yield Naesteskridt(hvad, antal, reverse("kerne:job", args=(job.pk,)), haster=True)
