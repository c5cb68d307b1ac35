"""App configuration of udmeldinger."""

from django.apps import AppConfig


class UdmeldingerConfig(AppConfig):
    name = "udmeldinger"
    verbose_name = "udmeldinger"

    def ready(self) -> None:
        from udmeldinger import registrering
        from udmeldinger.dokumenter import rapport

        registrering.registrer()
        rapport.registrer()
