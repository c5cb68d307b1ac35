"""Documents of a case: stored as issued documents, reached only through the case."""

from __future__ import annotations

from django.db import transaction

from socialaftale.kerne import dokumenter
from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.enums import Dokumentsynlighed
from socialaftale.kerne.models import Dokument, Sag, Sagsbilag
from socialaftale.kerne.models.haendelse import log
from socialaftale.kerne.sager import adgang as regler
from socialaftale.kerne.sager.handlinger import laas

SLAGS = "sagsbilag"


def _gem_fil(sag: Sag, *, adgang: Adgang, filnavn: str, data: bytes, art: str) -> Dokument:
    """The file as a document that only the case leads to, since the case decides who reads it."""
    titel, filnavn = dokumenter.navne_af(filnavn)
    return dokumenter.udsted(
        adgang,
        noegle=f"sag:{sag.nummer}:{art or 'bilag'}:{filnavn}"[:120],
        slags=SLAGS,
        titel=titel,
        filnavn=filnavn,
        data=data,
        synlighed=Dokumentsynlighed.SEKRETARIAT,
        organisation=sag.organisation,
        objekt=sag,
    )


@transaction.atomic
def tilfoej(sag: Sag, *, adgang: Adgang, filnavn: str, data: bytes, art: str = "") -> Sagsbilag:
    """Put a document with a draft."""
    sag = laas(sag)
    kraev_tilladelse(regler.maa_rette(adgang, sag))
    dokument = _gem_fil(sag, adgang=adgang, filnavn=filnavn, data=data, art=art)
    bilag, _ = Sagsbilag.objects.get_or_create(sag=sag, dokument=dokument, defaults={"art": art})
    return bilag


@transaction.atomic
def fjern(bilag: Sagsbilag, *, adgang: Adgang) -> None:
    """Take a document away from a draft; what was stored stays stored."""
    sag = laas(bilag.sag)
    kraev_tilladelse(regler.maa_rette(adgang, sag))
    titel = str(bilag)
    bilag.delete()
    log(adgang, "sagsbilag_fjernet", sag, tekst=f"Dokument fjernet: {titel}"[:200], vedroerer=sag.organisation)


def gem_referat(sag: Sag, *, adgang: Adgang, filnavn: str, data: bytes) -> Dokument:
    """The minutes behind a decision; the caller has checked that the reader may record it."""
    return _gem_fil(sag, adgang=adgang, filnavn=filnavn, data=data, art="referat")
