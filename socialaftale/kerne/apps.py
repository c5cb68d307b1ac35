"""The ground floor: organisations, users, access, log, documents, jobs, figures and texts."""

from django.apps import AppConfig


class KerneConfig(AppConfig):
    name = "socialaftale.kerne"
    label = "kerne"
    verbose_name = "kerne"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from socialaftale.kerne import konto, menu_og_paneler, registre, uforanderlig
        from socialaftale.kerne.tal import eksterne, udvikling
        from socialaftale.kerne.tekst import kladder
        from socialaftale.kerne.tekst.port import kerneviden

        post_migrate.connect(uforanderlig.saet_triggere, sender=self, dispatch_uid="kerne_uforanderlig")

        eksterne.registrer()
        udvikling.registrer()
        kerneviden.registrer()
        menu_og_paneler.registrer()
        konto.tilslut()
        registre.oprydning.tilfoej(
            "kladder", registre.Oprydning("kladder og redigeringer af kapitler", kladder.slet_foraeldede)
        )
