"""All models of the tariff app, importable from one place."""

from takster.models.bilag import Takstbilag, Takstbilagsfil, Takstbilagspost
from takster.models.desk import Rykker, Skemakommentar
from takster.models.hensaettelse import (
    Hensaettelsespost,
    Indregning,
    Niveauvalg,
    Reguleringspligt,
    Reguleringsvalg,
    Rentesats,
)
from takster.models.koeb import Koeb
from takster.models.niveau import Takstniveau, Takstniveaupris
from takster.models.objektiv import Objektivdeltager, Objektivfordeling
from takster.models.omkostningssted import Fordelingsnoegle, Noeglemaengde, Omkostningssted, Stedpost
from takster.models.plsats import PLsats
from takster.models.regelsaet import Regelsaet
from takster.models.regnskab import Kapacitetsopgoerelse, Regnskab, Regnskabspost
from takster.models.runde import Indberetning, Indberetningsrunde
from takster.models.skema import Takstkladde, Takstlinje, Takstskema
from takster.models.skemabog import Skemabog
from takster.models.takst import Takst, Takstberegning
from takster.models.tillaegsaftale import Tillaegsaftale
from takster.models.tilsyn import Tilsynssats
from takster.models.udvikling import Reduktionsmaal, TryktUdvikling

__all__ = [
    "Fordelingsnoegle",
    "Hensaettelsespost",
    "Indberetning",
    "Indberetningsrunde",
    "Indregning",
    "Kapacitetsopgoerelse",
    "Koeb",
    "Niveauvalg",
    "Noeglemaengde",
    "Objektivdeltager",
    "Objektivfordeling",
    "Omkostningssted",
    "PLsats",
    "Reduktionsmaal",
    "Regelsaet",
    "Regnskab",
    "Regnskabspost",
    "Reguleringspligt",
    "Reguleringsvalg",
    "Rentesats",
    "Rykker",
    "Skemabog",
    "Skemakommentar",
    "Stedpost",
    "Takst",
    "Takstberegning",
    "Takstbilag",
    "Takstbilagsfil",
    "Takstbilagspost",
    "Takstkladde",
    "Takstlinje",
    "Takstniveau",
    "Takstniveaupris",
    "Takstskema",
    "Tillaegsaftale",
    "Tilsynssats",
    "TryktUdvikling",
]
