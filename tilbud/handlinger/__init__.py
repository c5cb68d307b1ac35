"""All changes to the register: the register itself, its findings, and proposals."""

from tilbud.handlinger.forslag import (
    afvis_forslag,
    foreslaa_koebere,
    godkend_forslag,
    indsend_forslag,
    opret_forslag,
    ret_forslag,
    traek_forslag,
)
from tilbud.handlinger.koebere import Koeberkonflikt, ret_koebere
from tilbud.handlinger.kontrol import opdater_fund
from tilbud.handlinger.registret import opret_tilbud, ret_tilbud
from tilbud.handlinger.ydelser import YdelseErAendret, gem_ydelse

__all__ = [
    "Koeberkonflikt",
    "YdelseErAendret",
    "afvis_forslag",
    "foreslaa_koebere",
    "gem_ydelse",
    "godkend_forslag",
    "indsend_forslag",
    "opdater_fund",
    "opret_forslag",
    "opret_tilbud",
    "ret_forslag",
    "ret_koebere",
    "ret_tilbud",
    "traek_forslag",
]
