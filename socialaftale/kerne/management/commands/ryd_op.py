"""Remove what has outlived its purpose: run it once a night."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from socialaftale.kerne import registre
from socialaftale.kerne.models import GemtPost, Loginforsoeg


class Command(BaseCommand):
    help = (
        "Sletter udløbne log-in, gemte formularer over 24 timer, forsøg på at logge på, der er over et år gamle, "
        "og det, de enkelte dele af systemet har liggende for længe."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("clearsessions")
        formularer, _ = GemtPost.objects.udloebne().delete()
        forsoeg, _ = Loginforsoeg.objects.foraeldede().delete()
        antal = [(formularer, "gemte formularer"), (forsoeg, "log-in-forsøg")]
        antal += [(post.slet(), post.navn) for post in registre.oprydning]
        self.stdout.write(f"Slettet: {', '.join(f'{tal} {navn}' for tal, navn in antal)}")
