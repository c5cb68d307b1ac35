"""Who may do what with the styringsaftale: as with the agreement it is an annex of."""

from __future__ import annotations

from socialaftale.aftale.styring import forloeb
from socialaftale.aftale.styring.enums import Styringstrin
from socialaftale.aftale.styring.models import Styringsaftale
from socialaftale.kerne.adgang import Adgang


def maa_registrere_vedtagelse(adgang: Adgang, aftale: Styringsaftale) -> bool:
    """The secretariat registers who adopted it and when, as long as it is a draft."""
    return adgang.er_sekretariat and not aftale.er_offentliggjort


def maa_saette_i_kraft(adgang: Adgang, aftale: Styringsaftale) -> bool:
    """The secretariat puts an adopted one in force, and later editions of it."""
    return (
        adgang.er_sekretariat
        and aftale.er_vedtaget
        and forloeb.STYRINGSAFTALE.kan(Styringstrin.SAET_I_KRAFT, aftale.tilstand)
    )


def maa_kopiere(adgang: Adgang) -> bool:
    """The secretariat makes the next year's draft."""
    return adgang.er_sekretariat
