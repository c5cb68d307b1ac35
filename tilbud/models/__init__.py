"""All models of the register, importable from one place."""

from tilbud.models.eksempel import Koeberkommune, Tilbudseksempel
from tilbud.models.forslag import Tilbudsforslag
from tilbud.models.fund import Tilbudsfund
from tilbud.models.kapacitet import Kommunepladser, Pladsopgoerelse
from tilbud.models.kategori import Kategoriperiode
from tilbud.models.lovgrundlag import Lovgrundlag, Tilbudslovgrundlag
from tilbud.models.plads import Plads, Ydelse
from tilbud.models.tilbud import Aftalestatus, Forstaerketmedlem, Tilbud, Tilbudsnavn

__all__ = [
    "Aftalestatus",
    "Forstaerketmedlem",
    "Kategoriperiode",
    "Koeberkommune",
    "Kommunepladser",
    "Lovgrundlag",
    "Plads",
    "Pladsopgoerelse",
    "Tilbud",
    "Tilbudseksempel",
    "Tilbudsforslag",
    "Tilbudsfund",
    "Tilbudslovgrundlag",
    "Tilbudsnavn",
    "Ydelse",
]
