"""All changes to the register: the register itself, its findings, and proposals."""

from tilbud.handlinger.forslag import (
    afvis_forslag,
    godkend_forslag,
    indsend_forslag,
    opret_forslag,
    ret_forslag,
    traek_forslag,
)
from tilbud.handlinger.kontrol import opdater_fund
from tilbud.handlinger.registret import Versionskonflikt, opret_tilbud, ret_tilbud
from tilbud.handlinger.ydelser import YdelseErAendret, gem_ydelse

__all__ = [
    "Versionskonflikt",
    "YdelseErAendret",
    "afvis_forslag",
    "gem_ydelse",
    "godkend_forslag",
    "indsend_forslag",
    "opdater_fund",
    "opret_forslag",
    "opret_tilbud",
    "ret_forslag",
    "ret_tilbud",
    "traek_forslag",
]
