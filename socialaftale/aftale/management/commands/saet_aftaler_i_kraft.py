"""Let approved agreements take effect on their first day: run it once a night; a second run does nothing."""

from typing import Any

from django.core.management.base import BaseCommand

from socialaftale.aftale.godkendelse.ikrafttraeden import saet_i_kraft
from socialaftale.kerne.adgang import Adgang


class Command(BaseCommand):
    help = "Sætter godkendte aftaler i kraft på periodens første dag. Den tidligere aftale bliver afløst samtidig."

    def handle(self, *args: Any, **options: Any) -> None:
        nye = saet_i_kraft(adgang=Adgang.system())
        self.stdout.write(f"Trådt i kraft: {', '.join(map(str, nye)) if nye else 'ingen aftaler'}")
