"""All models of the tariff app, importable from one place."""

from takster.models.bilag import Takstbilag, Takstbilagsfil, Takstbilagspost
from takster.models.hensaettelse import (
    Hensaettelsespost,
    Indregning,
    Niveauvalg,
    Reguleringspligt,
    Reguleringsvalg,
    Rentesats,
)
from takster.models.plsats import PLsats
from takster.models.regelsaet import Regelsaet
from takster.models.regnskab import Kapacitetsopgoerelse, Regnskab, Regnskabspost
from takster.models.runde import Indberetning, Indberetningsrunde
from takster.models.skema import Takstkladde, Takstlinje, Takstskema
from takster.models.takst import Takst, Takstberegning
from takster.models.tilsyn import Tilsynssats

__all__ = [
    "Hensaettelsespost",
    "Indberetning",
    "Indberetningsrunde",
    "Indregning",
    "Kapacitetsopgoerelse",
    "Niveauvalg",
    "PLsats",
    "Regelsaet",
    "Regnskab",
    "Regnskabspost",
    "Reguleringspligt",
    "Reguleringsvalg",
    "Rentesats",
    "Takst",
    "Takstberegning",
    "Takstbilag",
    "Takstbilagsfil",
    "Takstbilagspost",
    "Takstkladde",
    "Takstlinje",
    "Takstskema",
    "Tilsynssats",
]
