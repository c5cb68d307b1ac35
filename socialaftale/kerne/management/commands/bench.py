"""`./run bench`: measure all list and detail pages, Excel, PDF and import at three sizes on the present database."""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from socialaftale.kerne import maaling, registre
from socialaftale.kerne.maaling import Maaling
from socialaftale.kerne.management.commands.lav_skaladata import STOERRELSER

HOEJST_FORESPOERGSLER = 15
HOEJST_MS = 100


class Command(BaseCommand):
    help = "Måler sider, regneark og PDF i tre størrelser. Fejler, hvis antallet af forespørgsler svinger."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--stoerrelser", default=",".join(STOERRELSER), help="fx nordjylland,danmark")
        parser.add_argument("--gange", type=int, default=20)
        parser.add_argument("--uden-opgaver", action="store_true", help="kun sider")
        parser.add_argument("--kun-dokumenter", action="store_true", help="kun aftalen som PDF, på demoens data")

    def handle(self, *args, **options) -> None:
        if not (settings.DEMO or settings.DEBUG):
            raise CommandError("Measuring makes synthetic data and is refused outside demo and development settings.")
        stoerrelser = options["stoerrelser"].split(",")
        if ukendte := set(stoerrelser) - set(STOERRELSER):
            raise CommandError(f"Ukendt størrelse: {', '.join(sorted(ukendte))}")
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        # The demo first: users to look as, and issued documents that pages read.
        call_command("lav_demo", stdout=self.stdout)
        if options["kun_dokumenter"]:
            return self._dokumenter()
        resultater: dict[str, list[Maaling]] = {}
        for stoerrelse in stoerrelser:
            self.stdout.write(f"\n{connection.vendor}, {stoerrelse}")
            call_command("lav_skaladata", stoerrelse, stdout=self.stdout)
            self._analyser()
            resultater[stoerrelse] = self._maal(options)
        if not options["uden_opgaver"]:
            self._dokumenter()
        if fejl := maaling.afvigelser(resultater, hoejst=HOEJST_FORESPOERGSLER):
            raise CommandError("\n".join(fejl))

    def _analyser(self) -> None:
        """Let the planner know the new rows, as a production database would after a night."""
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _maal(self, options) -> list[Maaling]:
        self.stdout.write(
            f"{'side':40} {'rækker':>8} {'foresp.':>8} {'p50 ms':>8} {'p95 ms':>8} {'cpu ms':>8} {'kB':>8}",
            ending="\n",
        )
        maalinger = []
        for resultat in maaling.maal_sider(options["gange"]):
            maalinger.append(self._skriv(resultat))
        if not options["uden_opgaver"]:
            for opgave in registre.benchopgaver:
                maalinger.append(self._skriv(maaling.maal_opgave(opgave)))
        if langsomme := maaling.langsomme(maalinger, hoejst=HOEJST_MS):
            self.stdout.write(f"Over {HOEJST_MS} ms: {'; '.join(langsomme)}")
        return maalinger

    def _dokumenter(self) -> None:
        """Documents made in child processes; each line once, whatever the size of the data."""
        self.stdout.write(
            f"\n{'dokument (kunstig aftale)':40} {'sider':>8} {'sek.':>8} {'cpu sek.':>8} {'MB/proces':>9} {'kB':>8}"
        )
        for maal in registre.benchdokumenter:
            for m in maal():
                self.stdout.write(
                    f"{m.navn:40} {m.mangler}"
                    if m.mangler
                    else f"{m.navn:40} {m.sider:>8} {m.sekunder:>8.1f} {m.cpu:>8.1f} {m.hukommelse_mb:>9} "
                    f"{m.antal_byte / 1000:>8.1f}"
                )

    def _skriv(self, m: Maaling) -> Maaling:
        raekker = "–" if m.raekker is None else m.raekker
        foresp = "–" if m.forespoergsler is None else m.forespoergsler
        self.stdout.write(
            f"{m.navn:40} {raekker:>8} {foresp:>8} {m.p50:>8.1f} {m.p95:>8.1f} {m.cpu:>8.1f} {m.byte / 1000:>8.1f}"
        )
        return m
