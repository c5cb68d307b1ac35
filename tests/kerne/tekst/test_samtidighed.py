"""Two writers at the same moment: one is saved, the other is told, and both texts exist."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models import Kapitel
from socialaftale.kerne.tal.katalog import Talkontekst
from socialaftale.kerne.tekst.handlinger import Kapiteludkast, gem_kapitel, opret_tekst


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_kun_en_af_to_samtidige_vinder():
    tekst = opret_tekst("Fælles", [Kapiteludkast("forord", "Forord", "<p>Først</p>")])
    start = Barrier(2)

    def gem(ord_: str) -> str:
        try:
            kapitel = Kapitel.objects.get(tekst=tekst)
            start.wait(timeout=10)
            gem_kapitel(
                kapitel,
                adgang=Adgang.system(),
                titel="Forord",
                indhold=f"<p>{ord_}</p>",
                fra_version=1,
                tal=Talkontekst(),
                objekt=tekst,
            )
        except Versionskonflikt as konflikt:
            return f"konflikt med {konflikt.kapitel.indhold}"
        finally:
            connection.close()
        return ord_

    with ThreadPoolExecutor(2) as traade:
        udfald = sorted(traade.map(gem, ["Anne", "Bo"]))
    vinder = Kapitel.objects.get(tekst=tekst)
    assert vinder.version == 2
    assert f"konflikt med {vinder.indhold}" in udfald
    assert vinder.indhold.strip("</p>") in udfald
