"""The demo's annexes that others made: the files are not ours to copy, so examples of our own stand in their place."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils import timezone

from socialaftale.aftale.bilag.handlinger import laeg_fil_op
from socialaftale.aftale.bilag.models import Bilag
from socialaftale.aftale.dokumenter import dellager
from socialaftale.aftale.enums import VEDTAGNE
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.dansk import slug
from socialaftale.kerne.models import Opsaetning
from socialaftale.kerne.pdf.oplysninger import Dokument

SKABELON = "dokumenter/eksempelbilag.html"


def laeg_eksempler_op() -> None:
    """A file for every annex without content of an adopted agreement that has no edition yet."""
    mangler = Bilag.objects.filter(
        indhold="", aftale__tilstand__in=VEDTAGNE, aftale__udgaver__isnull=True
    ).select_related("aftale")
    for bilag in mangler:
        laeg_eksempel_op(bilag)


def laeg_eksempel_op(bilag: Bilag) -> None:
    """A file that says that it is an example, as the annex's own."""
    laeg_fil_op(
        bilag,
        adgang=Adgang.system(),
        filnavn=f"eksempel-{slug(bilag.titel)}.pdf",
        data=eksempelfil(bilag.titel, bilag.aftale.titel),
    )


def eksempelfil(titel: str, om: str) -> bytes:
    """A PDF of two pages that says that it is an example; made by our own builder."""
    opsaetning = Opsaetning.hent()
    dokument = Dokument(
        titel=titel,
        dato=timezone.localdate(),
        version="Eksempel",
        udgiver=opsaetning.sekretariat_navn,
        emne=f"Eksempel på et bilag til {om}",
    )
    html = render_to_string(SKABELON, {"dokument": dokument, "om": om})
    return dellager.hent_eller_byg_en(html, farve=opsaetning.farve)
