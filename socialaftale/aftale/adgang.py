"""Who may do what with the agreement: the matrix of actors-and-roles.md, row "agreement text"."""

from __future__ import annotations

from socialaftale.aftale import forloeb
from socialaftale.aftale.enums import Aftaletrin
from socialaftale.aftale.models import KOMMENTERER, Aftale
from socialaftale.kerne.adgang import Adgang, Regel

redigerer = Regel("redigerer", "Sekretariatet skriver aftalen og udgiver den.", lambda adgang: adgang.er_sekretariat)


def maa_laese_kladde(adgang: Adgang) -> bool:
    """May read the text as it stands now, not only the published edition."""
    return adgang.er_sekretariat or adgang.har(*KOMMENTERER)


def maa_rette(adgang: Adgang) -> bool:
    """May change chapters. A published edition stays as it is; the changes come with the next one."""
    return redigerer(adgang)


def maa_vedtage(adgang: Adgang, aftale: Aftale) -> bool:
    """The secretariat registers, once and of a draft, that all parties have adopted it (who decides what: § 4)."""
    return adgang.er_sekretariat and forloeb.AFTALE.kan(Aftaletrin.VEDTAG, aftale.tilstand)


def maa_offentliggoere(adgang: Adgang, aftale: Aftale) -> bool:
    """The secretariat publishes editions, of an adopted agreement and later ones (row "agreement text": RW P)."""
    return adgang.er_sekretariat and forloeb.AFTALE.kan(Aftaletrin.OFFENTLIGGOER, aftale.tilstand)
