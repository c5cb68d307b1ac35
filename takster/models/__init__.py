"""All models of the tariff app, importable from one place."""

from takster.models.niveau import Takstniveau, Takstniveaupris
from takster.models.plsats import PLsats
from takster.models.regelsaet import Regelsaet
from takster.models.regnskab import Kapacitetsopgoerelse, Regnskab, Regnskabspost
from takster.models.runde import Indberetning, Indberetningsrunde
from takster.models.skema import Takstkladde, Takstlinje, Takstskema
from takster.models.takst import Takst, Takstberegning

__all__ = [
    "Indberetning",
    "Indberetningsrunde",
    "Kapacitetsopgoerelse",
    "PLsats",
    "Regelsaet",
    "Regnskab",
    "Regnskabspost",
    "Takst",
    "Takstberegning",
    "Takstkladde",
    "Takstlinje",
    "Takstniveau",
    "Takstniveaupris",
    "Takstskema",
]
