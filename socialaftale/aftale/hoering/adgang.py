"""Who may do what in a hearing."""

from __future__ import annotations

from socialaftale.aftale.adgang import maa_laese_kladde
from socialaftale.aftale.enums import UDKAST
from socialaftale.aftale.hoering.enums import SVAR, Svartrin
from socialaftale.aftale.hoering.models import Hoering, Hoeringssvar
from socialaftale.aftale.hoering.roller import kan_sende, kan_skrive, ser_alle_hoeringer
from socialaftale.aftale.models import Aftale
from socialaftale.kerne.adgang import Adgang, Regel

# The rows decide further: a hearing one is not asked in is not there.
deltager = Regel(
    "deltager",
    "De inviterede i en høring og dem, der læser udkastet.",
    lambda adgang: (
        maa_laese_kladde(adgang) or (adgang.organisation is not None and kan_skrive(adgang, adgang.organisation))
    ),
)
laeser_notat = Regel("laeser_notat", "Sekretariatet og DAS.", ser_alle_hoeringer)


def maa_aabne(adgang: Adgang, aftale: Aftale) -> bool:
    """The secretariat sends a draft in hearing."""
    return adgang.er_sekretariat and aftale.tilstand in UDKAST


def maa_lede(adgang: Adgang, hoering: Hoering) -> bool:
    """The secretariat reminds, moves the deadline and closes, while it is open."""
    return adgang.er_sekretariat and hoering.er_aaben


def maa_skrive(adgang: Adgang, svar: Hoeringssvar) -> bool:
    """Those who answer for the organisation write until the answer is sent or the hearing closed."""
    return svar.hoering.er_aaben and SVAR.kan(Svartrin.GEM, svar.tilstand) and kan_skrive(adgang, svar.organisation)


def maa_sende(adgang: Adgang, svar: Hoeringssvar) -> bool:
    """The leader sends, also after the deadline: it is shown, and the secretariat closes when it has what it needs."""
    return maa_skrive(adgang, svar) and kan_sende(adgang, svar.organisation)


def maa_genaabne(adgang: Adgang, svar: Hoeringssvar) -> bool:
    return maa_lede(adgang, svar.hoering) and SVAR.kan(Svartrin.GENAABN, svar.tilstand)
