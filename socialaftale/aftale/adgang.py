"""Who may do what with the agreement: the matrix of actors-and-roles.md, row "agreement text"."""

from __future__ import annotations

from socialaftale.aftale import forloeb
from socialaftale.aftale.enums import Aftaletilstand, Aftaletrin
from socialaftale.aftale.models import KOMMENTERER, Aftale
from socialaftale.kerne.adgang import Adgang, Regel
from socialaftale.kerne.enums import Rolle

redigerer = Regel("redigerer", "Sekretariatet skriver aftalen og udgiver den.", lambda adgang: adgang.er_sekretariat)


def maa_laese_kladde(adgang: Adgang) -> bool:
    """May read the text as it stands now, not only the published edition."""
    return adgang.er_sekretariat or adgang.har(*KOMMENTERER)


laeser_kladde = Regel("laeser_kladde", "Sekretariatet og dem, der kommenterer udkastet.", maa_laese_kladde)


def maa_rette(adgang: Adgang) -> bool:
    """May change chapters. A published edition stays as it is; the changes come with the next one."""
    return redigerer(adgang)


def maa_opbygge(adgang: Adgang, aftale: Aftale) -> bool:
    """Chapters, focus areas, annexes and signatories are arranged while it is a draft."""
    return adgang.er_sekretariat and aftale.tilstand == Aftaletilstand.UDKAST


def maa_vedtage(adgang: Adgang, aftale: Aftale) -> bool:
    """The secretariat registers, once and of a draft, that all parties have adopted it (who decides what: § 4)."""
    return adgang.er_sekretariat and forloeb.AFTALE.kan(Aftaletrin.VEDTAG, aftale.tilstand)


def maa_offentliggoere(adgang: Adgang, aftale: Aftale) -> bool:
    """The secretariat publishes editions, of an adopted agreement and later ones (row "agreement text": RW P)."""
    return adgang.er_sekretariat and forloeb.AFTALE.kan(Aftaletrin.OFFENTLIGGOER, aftale.tilstand)


def maa_kommentere(adgang: Adgang, aftale: Aftale) -> bool:
    """A draft is commented on; what the parties have adopted is not (row "agreement text": comment)."""
    return maa_laese_kladde(adgang) and aftale.tilstand == Aftaletilstand.UDKAST


def maa_besvare_kommentarer(adgang: Adgang) -> bool:
    """The secretariat answers and decides what comes of a comment (RW)."""
    return adgang.er_sekretariat


def ser_alle_kommentarer(adgang: Adgang) -> bool:
    """The secretariat, and DAS, which decides on the draft ("comment A"); others see their own organisation's."""
    return adgang.er_sekretariat or adgang.har(Rolle.DAS_MEDLEM)
