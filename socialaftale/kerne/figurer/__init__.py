"""Figures as server-rendered SVG: bar charts, maps, their classes and keys. Plain Python, no Django.

Values go in as frozen dataclasses, `Svg` comes out: text that is safe to print, works under a strict CSP and in a PDF.
"""

from socialaftale.kerne.figurer.farver import Moenster
from socialaftale.kerne.figurer.figur import Figur
from socialaftale.kerne.figurer.flisekort import flisekort
from socialaftale.kerne.figurer.geo import Fliser, Graenser, laes_fliser, laes_graenser
from socialaftale.kerne.figurer.klasser import Klasser, klassegraenser
from socialaftale.kerne.figurer.kort import kommunekort
from socialaftale.kerne.figurer.serier import Raekke, Serie, periode_serier, stablede_serier
from socialaftale.kerne.figurer.signatur import Signaturpost, klassesignatur, signatur
from socialaftale.kerne.figurer.soejler import soejler, stablede_soejler
from socialaftale.kerne.figurer.svg import Svg

__all__ = [
    "Figur",
    "Fliser",
    "Graenser",
    "Klasser",
    "Moenster",
    "Raekke",
    "Serie",
    "Signaturpost",
    "Svg",
    "flisekort",
    "klassegraenser",
    "klassesignatur",
    "kommunekort",
    "laes_fliser",
    "laes_graenser",
    "periode_serier",
    "signatur",
    "soejler",
    "stablede_serier",
    "stablede_soejler",
]
