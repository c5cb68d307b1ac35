"""States and steps of a hearing and of an answer."""

from django.db import models

from socialaftale.kerne.forloeb import Forloeb, Overgang


class Hoeringstilstand(models.TextChoices):
    AABEN = "aaben", "Åben"
    LUKKET = "lukket", "Lukket"


class Svartilstand(models.TextChoices):
    AFVENTER = "afventer", "Ikke begyndt"
    KLADDE = "kladde", "Kladde"
    INDSENDT = "indsendt", "Indsendt"


class Svartrin(models.TextChoices):
    GEM = "gem", "Gem kladde"
    INDSEND = "indsend", "Indsend"
    GENAABN = "genaabn", "Genåbn"


_AABNE = frozenset({Svartilstand.AFVENTER, Svartilstand.KLADDE})
SVAR = Forloeb.af(
    Svartilstand.AFVENTER,
    [
        Overgang(Svartrin.GEM, _AABNE, Svartilstand.KLADDE),
        Overgang(Svartrin.INDSEND, _AABNE, Svartilstand.INDSENDT),
        Overgang(Svartrin.GENAABN, frozenset({Svartilstand.INDSENDT}), Svartilstand.KLADDE, kraever_begrundelse=True),
    ],
)
