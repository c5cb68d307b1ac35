"""Reminders before the deadline (T13): the daily ones, each sent once, and those the secretariat sends by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.models.haendelse import log, log_mange
from takster import adgang as regler
from takster import notifikationer
from takster.enums import Rundetilstand
from takster.handlinger.faelles import laas_runde
from takster.mangler import Mangel, hent_mangler
from takster.models import Indberetningsrunde, Rykker


@dataclass(frozen=True, slots=True)
class Rykkerkvittering:
    """What was sent, and whom nobody could be told at."""

    sendte: list[Rykker]
    uden_modtager: list[Mangel]


def forfalden(rykkerdage: Iterable[int], dage_tilbage: int) -> int | None:
    """The reminder whose day has come last; an earlier one that was missed is not sent after it."""
    return min((dage for dage in rykkerdage if dage_tilbage <= dage), default=None) if dage_tilbage >= 0 else None


def send_forfaldne(*, adgang: Adgang, dato: dt.date) -> Rykkerkvittering:
    """The reminders that are due on the date, in all rounds; run again, it sends nothing more."""
    sendte: list[Rykker] = []
    uden: list[Mangel] = []
    for runde in Indberetningsrunde.objects.rigtige().exclude(tilstand=Rundetilstand.KLADDE).filter(aabner__lte=dato):
        kvittering = _send_rundens(runde, adgang, dato)
        sendte += kvittering.sendte
        uden += kvittering.uden_modtager
    return Rykkerkvittering(sendte, uden)


@transaction.atomic
def _send_rundens(runde: Indberetningsrunde, adgang: Adgang, dato: dt.date) -> Rykkerkvittering:
    """Locked, so that two runs at once send each reminder once."""
    runde = laas_runde(runde)
    kraev_tilladelse(regler.maa_rykke(adgang, runde))
    kendte = set(
        Rykker.objects.filter(indberetning__runde=runde, dage__isnull=False).values_list(
            "indberetning", "frist", "dage"
        )
    )
    forfaldne = []
    for mangel in hent_mangler(runde):
        dage = forfalden(runde.rykkerdage, (mangel.frist - dato).days)
        if dage is not None and (mangel.indberetning.pk, mangel.frist, dage) not in kendte:
            forfaldne.append((mangel, dage))
    return _send(forfaldne, adgang)


@transaction.atomic
def send_nu(
    runde: Indberetningsrunde,
    *,
    adgang: Adgang,
    indberetninger: Collection[int],
    siden: dt.datetime,
    besked: str = "",
) -> Rykkerkvittering:
    """Remind the chosen driftsherrer now.

    `siden` is when the sender saw the list: who has been reminded since then, by a colleague or by a second press of
    the button, is left out.
    """
    runde = laas_runde(runde)
    kraev_tilladelse(regler.maa_rykke(adgang, runde))
    valgte = [mangel for mangel in hent_mangler(runde) if mangel.indberetning.pk in indberetninger]
    nye = [
        (mangel, None)
        for mangel in valgte
        if mangel.senest_rykket is None or mangel.senest_rykket.sendt_tidspunkt <= siden
    ]
    if not nye:
        raise ValidationError("De valgte mangler ikke noget eller er rykket, siden du åbnede siden.")
    kvittering = _send(nye, adgang, besked.strip())
    log(
        adgang,
        "rykkere_sendt",
        runde,
        tekst="Rykkere sendt",
        data={"driftsherrer": [rykker.indberetning.driftsherre.kortnavn for rykker in kvittering.sendte]},
    )
    return kvittering


def _send(mangler: Iterable[tuple[Mangel, int | None]], adgang: Adgang, besked: str = "") -> Rykkerkvittering:
    """A row, an entry in the log and the mails; where nobody would get the mail, nothing counts as sent."""
    mangler = list(mangler)
    naaede = [(mangel, dage) for mangel, dage in mangler if mangel.modtagere]
    nu = timezone.now()
    rykkere = Rykker.objects.bulk_create(
        [
            Rykker(
                indberetning=mangel.indberetning,
                frist=mangel.frist,
                dage=dage,
                antal=mangel.antal,
                modtagere=len(mangel.modtagere),
                besked=besked,
                sendt_tidspunkt=nu,
                sendt_af=adgang.bruger,
            )
            for mangel, dage in naaede
        ]
    )
    log_mange(
        adgang,
        "rykker_sendt",
        [
            (
                rykker.indberetning,
                {
                    "tekst": "Rykker sendt" if rykker.dage is None else f"Rykker sendt {rykker.dage} dage før fristen",
                    "vedroerer": rykker.indberetning.driftsherre,
                    "data": {"mangler": rykker.antal, "frist": rykker.frist.isoformat(), "dage": rykker.dage},
                },
            )
            for rykker in rykkere
        ],
    )
    for rykker, (mangel, _) in zip(rykkere, naaede, strict=True):
        notifikationer.efter_commit(notifikationer.rykker, rykker.pk, mangel.navne)
    return Rykkerkvittering(rykkere, [mangel for mangel, _ in mangler if not mangel.modtagere])
