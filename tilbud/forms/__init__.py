"""All forms of the register."""

from tilbud.forms.felter import vis_uden_fejl
from tilbud.forms.koebere import AarForm, KoebereForm, KoebereforslagForm
from tilbud.forms.raekker import Raekkesaet, lav_raekkesaet
from tilbud.forms.tilbud import AfvisForm, ForslagForm, TilbudForm
from tilbud.forms.ydelse import YdelseFormular

__all__ = [
    "AarForm",
    "AfvisForm",
    "ForslagForm",
    "KoebereForm",
    "KoebereforslagForm",
    "Raekkesaet",
    "TilbudForm",
    "YdelseFormular",
    "lav_raekkesaet",
    "vis_uden_fejl",
]
