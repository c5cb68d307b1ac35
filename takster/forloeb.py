"""Which steps a round and a takstskema can take, from which states."""

from django.db import models

from socialaftale.kerne.forloeb import Forloeb, Overgang
from takster.enums import Rundetilstand, Skematilstand


class Rundetrin(models.TextChoices):
    AABN = "aabn", "Åbn runden"
    LUK = "luk", "Luk runden"
    GENAABN = "genaabn", "Genåbn runden"
    OFFENTLIGGOER = "offentliggoer", "Offentliggør taksterne"


class Skematrin(models.TextChoices):
    INDSEND = "indsend", "Indsend"
    TRAEK_TILBAGE = "traek_tilbage", "Træk tilbage"
    SEND_RETUR = "send_retur", "Send retur"
    GODKEND = "godkend", "Godkend"
    OFFENTLIGGOER = "offentliggoer", "Offentliggør"


RUNDE: Forloeb[Rundetrin, Rundetilstand] = Forloeb.af(
    Rundetilstand.KLADDE,
    [
        Overgang(Rundetrin.AABN, frozenset({Rundetilstand.KLADDE}), Rundetilstand.AABEN),
        Overgang(Rundetrin.LUK, frozenset({Rundetilstand.AABEN}), Rundetilstand.LUKKET),
        Overgang(Rundetrin.GENAABN, frozenset({Rundetilstand.LUKKET}), Rundetilstand.AABEN, kraever_begrundelse=True),
        Overgang(Rundetrin.OFFENTLIGGOER, frozenset({Rundetilstand.LUKKET}), Rundetilstand.OFFENTLIGGJORT),
    ],
)

SKEMA: Forloeb[Skematrin, Skematilstand] = Forloeb.af(
    Skematilstand.KLADDE,
    [
        Overgang(
            Skematrin.INDSEND,
            frozenset({Skematilstand.KLADDE, Skematilstand.SENDT_RETUR}),
            Skematilstand.INDSENDT,
        ),
        Overgang(Skematrin.TRAEK_TILBAGE, frozenset({Skematilstand.INDSENDT}), Skematilstand.KLADDE),
        Overgang(
            Skematrin.SEND_RETUR,
            frozenset({Skematilstand.INDSENDT, Skematilstand.GODKENDT}),
            Skematilstand.SENDT_RETUR,
            kraever_begrundelse=True,
        ),
        Overgang(Skematrin.GODKEND, frozenset({Skematilstand.INDSENDT}), Skematilstand.GODKENDT),
        Overgang(Skematrin.OFFENTLIGGOER, frozenset({Skematilstand.GODKENDT}), Skematilstand.OFFENTLIGGJORT),
    ],
)
