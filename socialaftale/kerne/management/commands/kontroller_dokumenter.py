"""Verify every stored document: run it once a night, after a restore, and whenever in doubt."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from socialaftale.kerne.dokumentkontrol import gem_resultat, kontroller


class Command(BaseCommand):
    help = (
        "Kontrollerer, at alle gemte dokumenter og billeder ligger i MEDIA_ROOT med det indhold, de blev gemt med "
        "(sha256 og størrelse), og nævner filer, der ikke hører til noget. Slutter med kode 1, når noget er galt."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="skriv resultatet som JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        kontrol = kontroller()
        gem_resultat(kontrol)
        if options["json"]:
            self.stdout.write(json.dumps(kontrol.som_data(), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(kontrol.i_ord)
            for overskrift, linjer in (
                ("Mangler", [f"{fil.navn}: {fil.sti}" for fil in kontrol.mangler]),
                ("Ændret", [f"{fil.navn}: {fil.sti}, {fil.hvad}" for fil in kontrol.aendret]),
                ("Hører ikke til noget", kontrol.ukendte),
            ):
                for linje in linjer:
                    self.stdout.write(f"{overskrift}: {linje}")
        if not kontrol.er_i_orden:
            sys.exit(1)
