"""Findings for the gate to show: mistakes in the draft of an agreement that no other page of the walk reads."""

from __future__ import annotations

PERIODE = "2021-2022"
TEKST = (
    "<p>Aftalen omfatter 2.305 pladser i socialaftalen, og resten skrives ind her. Vesthimmerlands kommune er med.</p>"
    "<h4>Et spring</h4><p>Se boksen til højre og bilag 9. Der var to gravide i 2022.</p>"
    "<p>I 2027 holder vi møde med Socialtilsyn Nrod.</p>"
)


def lav_aftalefund() -> None:
    """One of nearly every class, with and without a proposed mend, and one that is waived."""
    from socialaftale.aftale.kontrol.handlinger import fravig
    from socialaftale.aftale.kontrol.samling import kontroller
    from socialaftale.aftale.models import Aftale
    from socialaftale.kerne.adgang import Adgang

    aftale = Aftale.objects.select_related("tekst").get(periode=PERIODE)
    kapitel = aftale.tekst.kapitler.get(noegle="formaal")
    kapitel.indhold += TEKST
    kapitel.save()
    fund = kontroller(aftale).aabne[-1]
    fravig(aftale, adgang=Adgang.system(), fingeraftryk=fund.fingeraftryk, begrundelse="Afsnittet er et citat")
