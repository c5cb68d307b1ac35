"""App configuration of takster."""

from django.apps import AppConfig


class TaksterConfig(AppConfig):
    name = "takster"
    verbose_name = "takster"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from takster import bilagsart, registrering, uforanderlig

        registrering.registrer()
        bilagsart.registrer()
        post_migrate.connect(uforanderlig.saet_triggere, sender=self, dispatch_uid="takster_uforanderlig")
