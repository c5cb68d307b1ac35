"""Which steps a reported account can take, from which states."""

from django.db import models

from socialaftale.kerne.forloeb import Forloeb, Overgang
from takster.enums import Regnskabstilstand


class Regnskabstrin(models.TextChoices):
    AFGIV = "afgiv", "Afgiv"
    TRAEK_TILBAGE = "traek_tilbage", "Træk tilbage"
    SEND_RETUR = "send_retur", "Send retur"
    GODKEND = "godkend", "Godkend"


REGNSKAB: Forloeb[Regnskabstrin, Regnskabstilstand] = Forloeb.af(
    Regnskabstilstand.KLADDE,
    [
        Overgang(Regnskabstrin.AFGIV, frozenset({Regnskabstilstand.KLADDE}), Regnskabstilstand.AFGIVET),
        Overgang(Regnskabstrin.TRAEK_TILBAGE, frozenset({Regnskabstilstand.AFGIVET}), Regnskabstilstand.KLADDE),
        Overgang(
            Regnskabstrin.SEND_RETUR,
            frozenset({Regnskabstilstand.AFGIVET, Regnskabstilstand.GODKENDT}),
            Regnskabstilstand.KLADDE,
            kraever_begrundelse=True,
        ),
        Overgang(Regnskabstrin.GODKEND, frozenset({Regnskabstilstand.AFGIVET}), Regnskabstilstand.GODKENDT),
    ],
)
