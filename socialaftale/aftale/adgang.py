"""Who may do what with the agreement: the matrix of actors-and-roles.md, row "agreement text"."""

from __future__ import annotations

from socialaftale.aftale.enums import UNDER_ARBEJDE
from socialaftale.aftale.models import KOMMENTERER, Aftale
from socialaftale.kerne.adgang import Adgang, Regel
from socialaftale.kerne.enums import Rolle

redigerer = Regel("redigerer", "Sekretariatet skriver aftalen og udgiver den.", lambda adgang: adgang.er_sekretariat)


def maa_laese_kladde(adgang: Adgang) -> bool:
    """May read the text as it stands now, not only the published edition."""
    return adgang.er_sekretariat or adgang.har(*KOMMENTERER)


laeser_kladde = Regel("laeser_kladde", "Sekretariatet og dem, der kommenterer udkastet.", maa_laese_kladde)


def maa_rette(adgang: Adgang, aftale: Aftale) -> bool:
    """May change the text: the secretariat, until parties approve it, and then when a new edition is begun."""
    return adgang.er_sekretariat and not aftale.er_laast


def maa_opbygge(adgang: Adgang, aftale: Aftale) -> bool:
    """Chapters, focus areas, annexes and signatories are arranged until it is adopted, and for a new edition."""
    return maa_rette(adgang, aftale) and (not aftale.er_vedtaget or aftale.ny_udgave_begyndt is not None)


def maa_udstede(adgang: Adgang, aftale: Aftale) -> bool:
    """An edition is made of a text that can change; what stands fast has its edition."""
    return maa_rette(adgang, aftale)


def maa_offentliggoere(adgang: Adgang, aftale: Aftale) -> bool:
    """The secretariat publishes an edition of what is approved (row "agreement text": RW P)."""
    return adgang.er_sekretariat and aftale.er_vedtaget


def maa_kommentere(adgang: Adgang, aftale: Aftale) -> bool:
    """The text is commented on until the parties approve it (row "agreement text": comment)."""
    return maa_laese_kladde(adgang) and aftale.tilstand in UNDER_ARBEJDE


def maa_besvare_kommentarer(adgang: Adgang) -> bool:
    """The secretariat answers and decides what comes of a comment (RW)."""
    return adgang.er_sekretariat


def ser_alle_kommentarer(adgang: Adgang) -> bool:
    """The secretariat, and DAS, which decides on the draft ("comment A"); others see their own organisation's."""
    return adgang.er_sekretariat or adgang.har(Rolle.DAS_MEDLEM)
