"""The agreement: periods, chapters and their publication."""

from django.apps import AppConfig

BIBLIOTEKSTEKST = "Find aftaler, bilag, lister, standardkontrakter og vejledninger fra hver periode."
MENUTEKST = "Læs, hvad kommunerne og regionen har aftalt for hver periode."


class AftaleConfig(AppConfig):
    name = "socialaftale.aftale"
    label = "aftale"
    verbose_name = "aftale"

    def ready(self) -> None:
        from socialaftale.aftale import bench, panel, tal, wordfiler
        from socialaftale.aftale.bibliotek.demodata import fyld_biblioteket
        from socialaftale.aftale.bilag.demodata import laeg_eksempler_op
        from socialaftale.aftale.demodata import udgiv_aftaler
        from socialaftale.aftale.demoudkast import lav_udkast
        from socialaftale.aftale.grunddata import indlaes_aftaler
        from socialaftale.aftale.handlinger import JOBSLAGS, koer_pdf
        from socialaftale.aftale.kontrol import titler
        from socialaftale.aftale.styring import registrering
        from socialaftale.kerne import registre
        from socialaftale.kerne.job import koersel
        from socialaftale.kerne.registre import Demotrin, Menupunkt, Panel

        tal.registrer()
        bench.registrer()
        titler.registrer()
        koersel.registrer(JOBSLAGS, koer_pdf)
        koersel.registrer(wordfiler.JOBSLAGS, wordfiler.koer)
        registre.menu.tilfoej(
            "aftaler",
            Menupunkt("Aftaler", "aftale:liste", aktiv_under=("/aftaler/",), tekst=MENUTEKST),
            raekkefoelge=600,
        )
        registre.menu.tilfoej(
            "bibliotek",
            Menupunkt("Bibliotek", "bibliotek:liste", aktiv_under=("/bibliotek/",), tekst=BIBLIOTEKSTEKST),
            raekkefoelge=650,
        )
        registre.paneler.tilfoej("aftale", Panel(panel.skridt, panel.kommende), raekkefoelge=600)
        registrering.registrer()
        registre.grunddata.tilfoej("aftaler", Demotrin("Aftaler", indlaes_aftaler), raekkefoelge=600)
        # Before them: the annexes that others made.
        registre.demodata.tilfoej("bilagsfiler", Demotrin("Eksempler på bilag", laeg_eksempler_op), raekkefoelge=890)
        # Last: the editions print figures of all other apps.
        registre.demodata.tilfoej("aftaler", Demotrin("Udgivne aftaler", udgiv_aftaler), raekkefoelge=900)
        # After them: the draft is copied from the newest published one.
        registre.demodata.tilfoej("bibliotek", Demotrin("Biblioteket", fyld_biblioteket), raekkefoelge=905)
        registre.demodata.tilfoej("aftaleudkast", Demotrin("Udkast i høring", lav_udkast), raekkefoelge=910)
