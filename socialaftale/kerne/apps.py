"""The ground floor: organisations, users, access, log, documents, jobs, figures and texts."""

from django.apps import AppConfig


class KerneConfig(AppConfig):
    name = "socialaftale.kerne"
    label = "kerne"
    verbose_name = "kerne"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from socialaftale.kerne import konto, menu_og_paneler, uforanderlig
        from socialaftale.kerne.tal import eksterne

        post_migrate.connect(uforanderlig.saet_triggere, sender=self, dispatch_uid="kerne_uforanderlig")

        eksterne.registrer()
        menu_og_paneler.registrer()
        konto.tilslut()
