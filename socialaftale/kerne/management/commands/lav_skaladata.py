"""Make synthetic data to measure on: Nordjylland, ten times that, or the whole of Denmark. Never in production."""

from __future__ import annotations

import time

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from socialaftale.kerne import registre

# Size → (municipalities, tilbud, tariffs a year, years).
STOERRELSER = {
    "nordjylland": (11, 150, 500, 10),
    "ti": (11, 1_500, 5_000, 10),
    "danmark": (98, 6_000, 20_000, 10),
}


class Command(BaseCommand):
    help = "Laver kunstige data i en af tre størrelser til måling."

    def add_arguments(self, parser) -> None:
        parser.add_argument("stoerrelse", choices=STOERRELSER)

    def handle(self, *args, **options) -> None:
        if not (settings.DEMO or settings.DEBUG):
            raise CommandError("Synthetic data are refused outside demo and development settings.")
        call_command("indlaes_grunddata", stdout=self.stdout)
        for noegle, lav in zip(registre.skaladata.noegler(), registre.skaladata, strict=True):
            start = time.perf_counter()
            lav(*STOERRELSER[options["stoerrelse"]])
            self.stdout.write(f"  {noegle}: {time.perf_counter() - start:.1f} s")
