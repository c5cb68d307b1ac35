"""Load the real data of the region (parties, register, historic figures) from the folder of data."""

from django.core.management.base import BaseCommand, CommandError

from socialaftale.kerne import registre
from socialaftale.kerne.datamappe import Datafejl


class Command(BaseCommand):
    help = "Indlæser områdets grunddata. Kan køres igen uden at overskrive rettelser."

    def handle(self, *args, **options) -> None:
        for trin in registre.grunddata:
            self.stdout.write(f"  {trin.titel}")
            try:
                trin.koer()
            except Datafejl as fejl:
                raise CommandError(str(fejl)) from fejl
