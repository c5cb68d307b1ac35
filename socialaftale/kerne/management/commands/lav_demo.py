"""Make the demo: real data first, then invented completion marked "Eksempeltal"; safe to run again."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from socialaftale.kerne import registre


class Command(BaseCommand):
    help = "Laver demodata. Kan køres igen uden at overskrive rettelser."

    def handle(self, *args, **options) -> None:
        if not settings.DEMO:
            raise CommandError("Demo data are refused outside demo settings.")
        call_command("createcachetable", verbosity=0)
        call_command("indlaes_grunddata", stdout=self.stdout)
        for trin in registre.demodata:
            self.stdout.write(f"  {trin.titel}")
            trin.koer()
