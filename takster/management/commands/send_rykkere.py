"""Remind the driftsherrer that lack forms: run it once a day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang
from takster.handlinger.rykkere import send_forfaldne


class Command(BaseCommand):
    help = "Sender de rykkere for takstskemaer, der er forfaldne i dag. Kan køres igen uden at sende dem to gange."

    def handle(self, *args: Any, **options: Any) -> None:
        kvittering = send_forfaldne(adgang=Adgang.system(), dato=timezone.localdate())
        self.stdout.write(f"Sendt: {len(kvittering.sendte)} rykkere")
        for mangel in kvittering.uden_modtager:
            self.stdout.write(f"Ingen modtager hos {mangel.driftsherre.navn}: {mangel.antal} skemaer mangler")
