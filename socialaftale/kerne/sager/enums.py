"""States, bodies and outcomes of cases."""

from django.db import models


class Sagstilstand(models.TextChoices):
    KLADDE = "kladde", "Kladde"
    INDSENDT = "indsendt", "Indsendt"
    PAA_DAGSORDEN = "paa_dagsorden", "På dagsorden"
    GODKENDT = "godkendt", "Godkendt"
    AFSLAAET = "afslaaet", "Afslået"
    TRUKKET = "trukket", "Trukket tilbage"


class Sagstrin(models.TextChoices):
    INDSEND = "indsend", "Indsend"
    SEND_RETUR = "send_retur", "Send retur"
    TRAEK = "traek", "Træk tilbage"
    SAET_PAA_DAGSORDEN = "saet_paa_dagsorden", "Sæt på dagsorden"
    GODKEND = "godkend", "Godkend"
    AFSLAA = "afslaa", "Afslå"
    SEND_VIDERE = "send_videre", "Send videre"


class Instans(models.TextChoices):
    """Who decides: a body of the cooperation or the operator itself."""

    DAS = "das", "DAS"
    FU = "fu", "Forretningsudvalget"
    KKR = "kkr", "KKR"
    DRIFTSHERRE = "driftsherre", "Driftsherren"

    @property
    def i_saetning(self) -> str:
        """The name inside a sentence: abbreviations keep their capitals."""
        return str(self.label) if self.label.isupper() else self.label.lower()


class Udfald(models.TextChoices):
    """What a body decided."""

    GODKENDT = "godkendt", "Godkendt"
    AFSLAAET = "afslaaet", "Afslået"
    SENDT_VIDERE = "sendt_videre", "Sendt videre"
