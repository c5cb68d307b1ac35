"""What the secretariat does with a finding: apply its mend, let it pass with a reason, take that back.

And what issuing asks: is everything mended or waived?
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from socialaftale.aftale.adgang import maa_rette, redigerer
from socialaftale.aftale.hentning import Laesekapitel
from socialaftale.aftale.kontrol.samling import Kontrol, kontroller
from socialaftale.aftale.models import Aftale, Fravigelse
from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.konflikt import kraev_version
from socialaftale.kerne.models import Kapitel
from socialaftale.kerne.models.haendelse import log
from socialaftale.kerne.tekst import handlinger as teksthandlinger

# How many findings a refusal names; the rest are on the page.
NAEVNES = 3


class FundetErVaek(Exception):
    """The finding is not there any more: somebody has mended it, or the text around it has changed."""


class PortenErLukket(Exception):
    """Something is neither mended nor waived; the message is for the user."""

    def __init__(self, kontrol: Kontrol) -> None:
        antal = len(kontrol.aabne)
        titler = {kapitel.noegle: kapitel.titel for kapitel in kontrol.kapitler}
        naevnt = "; ".join(f"{f.hvad} ({titler[f.sted.kapitel]})" for f in kontrol.aabne[:NAEVNES])
        flere = f" og {antal - NAEVNES} til" if antal > NAEVNES else ""
        super().__init__(
            f"Aftalen kan ikke udgives: {antal} fund i kontrollen er hverken rettet eller fraveget. {naevnt}{flere}."
        )
        self.kontrol = kontrol


@transaction.atomic
def ret_fund(aftale: Aftale, *, adgang: Adgang, kapitel: Kapitel, fingeraftryk: str, fra_version: int) -> Kapitel:
    """Apply the proposed mend and save the chapter as its next version.

    Raises `Versionskonflikt` when the chapter has been saved meanwhile, `FundetErVaek`, or `ValidationError`.
    """
    aftale = aftale.laast()
    kraev_tilladelse(maa_rette(adgang, aftale), "Teksten ligger fast. Begynd en ny udgave, før den ændres.")
    kapitel = aftale.tekst.kapitler.get(pk=kapitel.pk)
    kraev_version(kapitel, fra_version)
    fund = kontroller(aftale).find(fingeraftryk)
    if fund is None or fund.rettelse is None or fund.sted.kapitel != kapitel.noegle:
        raise FundetErVaek(fingeraftryk)
    nyt = {"titel": kapitel.titel, "indhold": kapitel.indhold}
    nyt[fund.rettelse.felt] = fund.rettelse.anvendt_paa(nyt[fund.rettelse.felt])
    return teksthandlinger.gem_kapitel(
        kapitel,
        adgang=adgang,
        **nyt,
        fra_version=fra_version,
        tal=aftale.talkontekst(),
        objekt=aftale,
        handling="fund_rettet",
    )


@transaction.atomic
def fravig(aftale: Aftale, *, adgang: Adgang, fingeraftryk: str, begrundelse: str) -> Fravigelse:
    """Let a finding pass with a reason; a finding that is waived already keeps its first reason."""
    aftale = aftale.laast()
    kraev_tilladelse(redigerer(adgang))
    if not begrundelse.strip():
        raise ValidationError({"begrundelse": "Skriv, hvorfor fundet skal fraviges"})
    kendt = aftale.fravigelser.filter(fingeraftryk=fingeraftryk).first()
    if kendt:
        return kendt
    fund = kontroller(aftale).find(fingeraftryk)
    if fund is None:
        raise FundetErVaek(fingeraftryk)
    if not fund.kan_fraviges:
        raise ValidationError("Fundet kan ikke fraviges. Det skal rettes i teksten.")
    fravigelse = aftale.fravigelser.model(
        **{aftale.fravigelser.field.name: aftale},
        fingeraftryk=fingeraftryk,
        kode=fund.kode,
        kapitel=fund.sted.kapitel,
        citat=fund.sted.citat,
        hvad=fund.hvad,
        begrundelse=begrundelse.strip(),
        bruger=adgang.bruger,
        tidspunkt=timezone.now(),
    )
    fravigelse.full_clean()
    fravigelse.save()
    log(
        adgang,
        "fund_fraveget",
        aftale,
        tekst=f"{fund.hvad}. Begrundelse: {fravigelse.begrundelse}",
        data={"kode": fund.kode, "kapitel": fund.sted.kapitel, "fingeraftryk": fingeraftryk},
    )
    return fravigelse


@transaction.atomic
def fortryd_fravigelse(aftale: Aftale, *, adgang: Adgang, fravigelse: Fravigelse) -> None:
    """The finding holds the text back again."""
    aftale = aftale.laast()
    kraev_tilladelse(redigerer(adgang))
    log(
        adgang,
        "fravigelse_fortrudt",
        aftale,
        tekst=fravigelse.hvad,
        data={"kode": fravigelse.kode, "kapitel": fravigelse.kapitel, "fingeraftryk": fravigelse.fingeraftryk},
    )
    fravigelse.delete()


def kraev_groen(aftale: Aftale, kapitler: Sequence[Laesekapitel]) -> list[dict[str, Any]]:
    """The waived findings as the edition keeps them, or `PortenErLukket`. Always asks the registers anew."""
    kontrol = kontroller(aftale, kapitler)
    if not kontrol.er_groen:
        raise PortenErLukket(kontrol)
    return [
        {
            "kode": fund.kode,
            "kapitel": fund.sted.kapitel,
            "citat": fund.sted.citat,
            "hvad": fund.hvad,
            "begrundelse": fravigelse.begrundelse,
            "hvem": str(fravigelse.bruger or "Systemet"),
            "hvornaar": fravigelse.tidspunkt.isoformat(),
        }
        for fund, fravigelse in kontrol.fravegne
    ]
