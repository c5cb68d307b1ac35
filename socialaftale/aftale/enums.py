"""States and kinds of the agreement."""

from django.db import models


class Aftaletilstand(models.TextChoices):
    """An agreement is written, adopted by all parties, and then published with a PDF that never changes."""

    UDKAST = "udkast", "Udkast"
    VEDTAGET = "vedtaget", "Vedtaget"
    OFFENTLIGGJORT = "offentliggjort", "Offentliggjort"


class Aftaletrin(models.TextChoices):
    VEDTAG = "vedtag", "Registrér som vedtaget"
    OFFENTLIGGOER = "offentliggoer", "Offentliggør"


class Initiativslags(models.TextChoices):
    INITIATIV = "initiativ", "Initiativ"
    LABORATORIUM = "laboratorium", "Laboratorium"
