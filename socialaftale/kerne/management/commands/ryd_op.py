"""Remove what has outlived its purpose: run it once a night."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from socialaftale.kerne.models import GemtPost, Loginforsoeg


class Command(BaseCommand):
    help = "Sletter udløbne log-in, gemte formularer over 24 timer og forsøg på at logge på, der er over et år gamle."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("clearsessions")
        formularer, _ = GemtPost.objects.udloebne().delete()
        forsoeg, _ = Loginforsoeg.objects.foraeldede().delete()
        self.stdout.write(f"Slettet: {formularer} gemte formularer, {forsoeg} log-in-forsøg")
