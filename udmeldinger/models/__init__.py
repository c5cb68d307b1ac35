"""Models of the central reports and of questionnaires."""

from udmeldinger.models.besvarelse import Besvarelse, Svar, Svarlink
from udmeldinger.models.spoergeskema import Skemaafsnit, Skemaregel, Spoergeskema, Spoergsmaal
from udmeldinger.models.tilbud import Borgerflow, Udmeldingstilbud
from udmeldinger.models.udmelding import (
    CentralUdmelding,
    Kommunespredning,
    Maalgruppe,
    Maalgruppetal,
    Udmeldingsperiode,
)

__all__ = [
    "Besvarelse",
    "Borgerflow",
    "CentralUdmelding",
    "Kommunespredning",
    "Maalgruppe",
    "Maalgruppetal",
    "Skemaafsnit",
    "Skemaregel",
    "Spoergeskema",
    "Spoergsmaal",
    "Svar",
    "Svarlink",
    "Udmeldingsperiode",
    "Udmeldingstilbud",
]
