"""Remind those who have not answered a questionnaire: run it once a day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang
from udmeldinger.spoergeskemaer.udsendelse import send_forfaldne


class Command(BaseCommand):
    help = "Sender påmindelser om spørgeskemaer 14 og 3 dage før fristen. Kan køres igen uden at sende dem to gange."

    def handle(self, *args: Any, **options: Any) -> None:
        antal = send_forfaldne(adgang=Adgang.system(), dato=timezone.localdate())
        self.stdout.write(f"Sendt: {antal} påmindelser")
