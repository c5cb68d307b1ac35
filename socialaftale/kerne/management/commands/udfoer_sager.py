"""Carry out the decisions whose day has come: run it once a night; a second run does nothing."""

import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.models import Sag
from socialaftale.kerne.sager import handlinger

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Fører godkendte sager ud i livet på den dag, de har virkning fra."

    def handle(self, *args: Any, **options: Any) -> None:
        udfoert, fejlede = 0, []
        for sag in Sag.objects.skal_udfoeres(timezone.localdate()):
            try:
                handlinger.udfoer(sag, adgang=Adgang.system())
            except (ValidationError, LookupError):
                # One case that cannot be carried out must not hold the others back; the desk shows it as late.
                logger.exception("case %s was not carried out", sag.nummer)
                fejlede.append(sag.nummer)
            else:
                udfoert += 1
        self.stdout.write(f"Trådt i kraft: {udfoert} sager")
        if fejlede:
            raise CommandError(f"Ikke ført ud i livet: {', '.join(fejlede)}")
