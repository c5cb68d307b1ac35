"""What the secretariat does with named versions of the agreement; the text's own actions do the work."""

from __future__ import annotations

from django.db import transaction

from socialaftale.aftale.adgang import maa_rette, redigerer
from socialaftale.aftale.handlinger import LAAST
from socialaftale.aftale.models import Aftale
from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.models import Kapitel, NavngivetKapitel, NavngivetVersion
from socialaftale.kerne.tekst import versionshandlinger


@transaction.atomic
def navngiv(aftale: Aftale, *, adgang: Adgang, navn: str, note: str = "") -> NavngivetVersion:
    """Give the draft as it stands a name."""
    kraev_tilladelse(redigerer(adgang))
    return versionshandlinger.navngiv(aftale.tekst, adgang=adgang, navn=navn, note=note, objekt=aftale)


@transaction.atomic
def gendan_tekst(aftale: Aftale, navngivet: NavngivetVersion, *, adgang: Adgang, fra_stand: str) -> NavngivetVersion:
    """The whole draft as it stood; answers with the version that keeps what stood before."""
    aftale = aftale.laast()
    kraev_tilladelse(maa_rette(adgang, aftale), LAAST)
    return versionshandlinger.gendan_tekst(
        navngivet, adgang=adgang, fra_stand=fra_stand, tal=aftale.talkontekst(), objekt=aftale
    )


@transaction.atomic
def gendan_kapitel(aftale: Aftale, post: NavngivetKapitel, *, adgang: Adgang, fra_version: int) -> Kapitel:
    """One chapter of the draft as it stood."""
    aftale = aftale.laast()
    kraev_tilladelse(maa_rette(adgang, aftale), LAAST)
    return versionshandlinger.gendan_kapitel(
        post, adgang=adgang, fra_version=fra_version, tal=aftale.talkontekst(), objekt=aftale
    )
