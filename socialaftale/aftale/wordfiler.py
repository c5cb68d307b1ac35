"""The Word files of a draft and of a hearing: what they hold, and making them as a job."""

from __future__ import annotations

import logging

from django.urls import reverse

from socialaftale.aftale.adgang import redigerer
from socialaftale.aftale.dokumenter import word as wordfil
from socialaftale.aftale.hentning import Laesning, hent_laesning
from socialaftale.aftale.hoering.models import Hoering
from socialaftale.aftale.models import Aftale
from socialaftale.aftale.stande import navngivet_stand
from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.job import koersel
from socialaftale.kerne.job.koersel import Jobfejl
from socialaftale.kerne.models import Job
from socialaftale.kerne.pdf.proces import Fremdrift
from socialaftale.kerne.word import WordFejl

logger = logging.getLogger(__name__)

JOBSLAGS = "aftale_word"


def kladdens(aftale: Aftale) -> tuple[Laesning, str]:
    """The draft as it stands now, and what it is called."""
    return hent_laesning(aftale, kladde=True), "kladde"


def hoeringens(hoering: Hoering) -> tuple[Laesning, str]:
    """The text that is heard, and what it is called."""
    return navngivet_stand(hoering.aftale, hoering.navngivet).laesning(), hoering.navngivet.navn


def bestil(aftale: Aftale, *, adgang: Adgang, hoering: Hoering | None = None) -> Job:
    """Order the file as a job of one's own; one that is under way already is joined."""
    if hoering is None:
        kraev_tilladelse(redigerer(adgang))
    hvad = f"hoering-{hoering.pk}" if hoering else "kladde"
    return koersel.start(
        adgang,
        JOBSLAGS,
        titel=f"Word-fil af {aftale.titel}",
        noegle=f"{JOBSLAGS}:{aftale.pk}:{hvad}:{adgang.bruger.pk if adgang.bruger else ''}",
        parametre={"aftale": aftale.pk, "hoering": hoering.pk if hoering else None},
    )


def koer(adgang: Adgang, fremdrift: Fremdrift, *, aftale: int, hoering: int | None) -> str:
    """The job: makes the file and leads to it; those who may not read the text any more get none."""
    fremdrift(10, "Slår tal op")
    if hoering is None:
        kraev_tilladelse(redigerer(adgang))
        egen = Aftale.objects.select_related("tekst").get(pk=aftale)
        laesning, navn = kladdens(egen)
        url = reverse("aftale:word", args=(egen.periode,))
    else:
        fundet = Hoering.objects.synlige_for(adgang).select_related("aftale__tekst", "navngivet").get(pk=hoering)
        laesning, navn = hoeringens(fundet)
        url = reverse("aftale:hoering_word", args=(fundet.aftale.periode, fundet.pk))
    fremdrift(40, "Laver Word-filen")
    try:
        wordfil.lav(wordfil.dokument(laesning, navn))
    except WordFejl as fejl:
        logger.warning("Word file of %s stopped: %s", laesning.aftale.periode, fejl)
        raise Jobfejl(fejl.dansk) from fejl
    return url
