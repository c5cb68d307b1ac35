"""Who may do what on the way through the bodies.

The matrix of actors-and-roles.md gives the agreement's text to the secretariat (RW P) and has no row for a council's
decision about it; section 2 gives *kommune_godkender* and *das_medlem* the sign-off of their own municipality. So the
secretariat registers for all, and those two for their own organisation when it is a party.
"""

from __future__ import annotations

from socialaftale.aftale.enums import VEDTAGNE, Aftaletilstand, Aftaletrin
from socialaftale.aftale.forloeb import AFTALE, NY_UDGAVE_FRA
from socialaftale.aftale.models import Aftale
from socialaftale.kerne.adgang import Adgang, Regel
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Organisation

PARTENS_ROLLER = (Rolle.KOMMUNE_GODKENDER, Rolle.DAS_MEDLEM)
# Steps of the secretariat's hand; hearings have pages of their own, and the calendar takes the last two.
SEKRETARIATETS_TRIN = (
    Aftaletrin.SEND_TIL_DAS,
    Aftaletrin.SEND_TIL_KKR,
    Aftaletrin.SEND_TIL_GODKENDELSE,
    Aftaletrin.GODKEND,
    Aftaletrin.TILBAGE,
)
_AFGOERES = (Aftaletilstand.GODKENDELSE, *VEDTAGNE)


def svarer_for(adgang: Adgang, organisation: Organisation) -> bool:
    """Speaks for the party: its leader on the authority side, or its member of DAS."""
    return organisation.er_part and adgang.organisation == organisation and adgang.har(*PARTENS_ROLLER)


registrerer = Regel(
    "registrerer",
    "Sekretariatet, og godkender eller medlem af DAS for sin egen part.",
    lambda adgang: (
        adgang.er_sekretariat or (adgang.organisation is not None and svarer_for(adgang, adgang.organisation))
    ),
)


def maa_tage(adgang: Adgang, aftale: Aftale, trin: Aftaletrin) -> bool:
    """The secretariat takes the steps the table allows; what stands in the way is another question (`hindringer`)."""
    return adgang.er_sekretariat and trin in SEKRETARIATETS_TRIN and AFTALE.kan(trin, aftale.tilstand)


def maa_registrere(adgang: Adgang, aftale: Aftale, organisation: Organisation) -> bool:
    """Register or correct what a party decided, from the day the edition is laid before the parties."""
    if aftale.tilstand not in _AFGOERES or aftale.fremlagt_udgave_id is None or not organisation.er_part:
        return False
    return adgang.er_sekretariat or svarer_for(adgang, organisation)


def maa_begynde_udgave(adgang: Adgang, aftale: Aftale) -> bool:
    """Open a text that stands fast."""
    return adgang.er_sekretariat and aftale.tilstand in NY_UDGAVE_FRA and aftale.er_laast


def maa_fremlaegge_udgave(adgang: Adgang, aftale: Aftale) -> bool:
    """Lay the new edition before the parties, or give it up, while one is begun."""
    return adgang.er_sekretariat and aftale.ny_udgave_begyndt is not None


def maa_rykke(adgang: Adgang, aftale: Aftale) -> bool:
    """Remind the parties, while they have an edition before them that the public does not read yet."""
    venter = aftale.tilstand in NY_UDGAVE_FRA and aftale.fremlagt_udgave_id is not None
    return adgang.er_sekretariat and venter and aftale.fremlagt_udgave_id != aftale.gaeldende_udgave_id
