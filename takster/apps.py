"""App configuration of takster."""

from django.apps import AppConfig


class TaksterConfig(AppConfig):
    name = "takster"
    verbose_name = "takster"

    def ready(self) -> None:
        from takster import registrering

        registrering.registrer()
