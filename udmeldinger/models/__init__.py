"""Models of the central reports."""

from udmeldinger.models.tilbud import Borgerflow, Udmeldingstilbud
from udmeldinger.models.udmelding import (
    CentralUdmelding,
    Kommunespredning,
    Maalgruppe,
    Maalgruppetal,
    Udmeldingsperiode,
)

__all__ = [
    "Borgerflow",
    "CentralUdmelding",
    "Kommunespredning",
    "Maalgruppe",
    "Maalgruppetal",
    "Udmeldingsperiode",
    "Udmeldingstilbud",
]
