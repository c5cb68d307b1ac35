"""Load the register of tilbud from the folder of data."""

from django.core.management.base import BaseCommand

from tilbud.importering import importer


class Command(BaseCommand):
    help = "Indlæser registret over tilbud. Kan køres igen uden at overskrive rettelser."

    def handle(self, *args, **options) -> None:
        resultat = importer()
        self.stdout.write(
            f"{resultat.oprettede} tilbud oprettet, {resultat.kendte} stod der i forvejen, "
            f"{resultat.fund} fund på de nye."
        )
