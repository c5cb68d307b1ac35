"""All forms of the register."""

from tilbud.forms.felter import vis_uden_fejl
from tilbud.forms.raekker import Raekkesaet, lav_raekkesaet
from tilbud.forms.tilbud import AfvisForm, ForslagForm, TilbudForm
from tilbud.forms.ydelse import YdelseFormular

__all__ = ["AfvisForm", "ForslagForm", "Raekkesaet", "TilbudForm", "YdelseFormular", "lav_raekkesaet", "vis_uden_fejl"]
