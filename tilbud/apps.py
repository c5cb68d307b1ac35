"""App configuration of tilbud."""

from django.apps import AppConfig


class TilbudConfig(AppConfig):
    name = "tilbud"
    verbose_name = "tilbud"

    def ready(self) -> None:
        from tilbud import kapacitetsregistrering, registrering, tekstblokke
        from tilbud.dokumenter import omfattede

        registrering.registrer()
        kapacitetsregistrering.registrer()
        tekstblokke.registrer_blokke()
        omfattede.registrer()
