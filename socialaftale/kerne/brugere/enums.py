"""States of accounts, roles and log-ins."""

from django.db import models


class Brugerstatus(models.TextChoices):
    AKTIV = "aktiv", "Aktiv"
    INVITERET = "inviteret", "Inviteret"
    LUKKET = "lukket", "Lukket"

    @property
    def farve(self) -> str:
        """The state that lends its badge's colour."""
        return {"aktiv": "gaeldende", "inviteret": "venter"}.get(self.value, self.value)


class Rollestatus(models.TextChoices):
    GAELDENDE = "gaeldende", "Gældende"
    KOMMENDE = "kommende", "Kommende"
    UDLOEBET = "udloebet", "Udløbet"


class Loginudfald(models.TextChoices):
    """How an attempt to log in ended."""

    LOGGET_PAA = "logget_paa", "Logget på"
    FORKERT_ADGANGSKODE = "forkert_adgangskode", "Forkert adgangskode"
    FORKERT_KODE = "forkert_kode", "Forkert kode fra appen"
    UKENDT = "ukendt", "Ukendt e-mailadresse"
    SPAERRET = "spaerret", "Afvist efter for mange forsøg"
    LUKKET = "lukket", "Afvist, kontoen er lukket"
