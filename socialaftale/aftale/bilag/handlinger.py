"""Taking in a PDF as an annex: the guarded action behind the upload."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from socialaftale.aftale.adgang import maa_rette
from socialaftale.aftale.bilag.models import FIL, Bilag, Bilagsfil
from socialaftale.aftale.models import Aftale
from socialaftale.kerne import dokumenter
from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.cpr import find_cpr
from socialaftale.kerne.enums import Dokumentsynlighed
from socialaftale.kerne.filtekst import TekstAfvist, kontroller_pdf
from socialaftale.kerne.models.haendelse import log
from socialaftale.kerne.pdf.modtagelse import Modtaget, PdfAfvist, Pdfgraenser, kontroller_modtaget

SLAGS = "bilagsfil"


def graenser() -> Pdfgraenser:
    """What an annex may be at most, as the installation is set up."""
    return Pdfgraenser(mb=settings.BILAG_MAKS_MB, sider=settings.BILAG_MAKS_SIDER)


def gennemse(filnavn: str, data: bytes) -> Modtaget:
    """Everything a file must pass; raises `ValidationError` on "fil"."""
    if find_cpr(filnavn):
        raise ValidationError({"fil": "Filens navn ligner et CPR-nummer. Giv filen et andet navn"})
    try:
        modtaget = kontroller_modtaget(data, graenser())
        kontroller_pdf(data)
    except (PdfAfvist, TekstAfvist) as afvist:
        raise ValidationError({"fil": afvist.besked}) from afvist
    return modtaget


@transaction.atomic
def laeg_fil_op(bilag: Bilag, *, adgang: Adgang, filnavn: str, data: bytes) -> Bilag:
    """Make the PDF the content of the annex; an earlier one stays in the editions that were issued with it.

    Raises `ValidationError` on "fil". The same bytes again change nothing.
    """
    aftale = Aftale.objects.select_for_update(of=("self",)).get(pk=bilag.aftale_id)
    kraev_tilladelse(maa_rette(adgang, aftale), "Teksten ligger fast. Begynd en ny udgave, før den ændres.")
    modtaget = gennemse(filnavn, data)
    bilag = Bilag.objects.select_related("dokument").get(pk=bilag.pk, aftale=aftale)
    titel, renset = dokumenter.navne_af(filnavn)
    gammel = bilag.dokument
    dokument = dokumenter.udsted(
        adgang,
        noegle=bilag.filnoegle,
        slags=SLAGS,
        titel=bilag.titel,
        filnavn=renset,
        data=data,
        # The file as it came is the secretariat's; what others read is the issued annex.
        synlighed=Dokumentsynlighed.SEKRETARIAT,
        objekt=aftale,
    )
    Bilagsfil.objects.get_or_create(
        dokument=dokument,
        defaults={
            "filnavn": f"{titel}.pdf"[:200],
            "sider": modtaget.sider,
            "er_maerket_op": modtaget.er_maerket_op,
            "advarsler": list(modtaget.advarsler),
        },
    )
    if gammel == dokument and bilag.er_fil:
        return bilag
    bilag.indhold, bilag.variant, bilag.dokument = FIL, "", dokument
    bilag.full_clean()
    bilag.save()
    log(
        adgang,
        "bilagsfil_erstattet" if gammel else "bilagsfil_lagt_op",
        aftale,
        tekst=f"{'Ny fil' if gammel else 'Fil'} til {bilag}"[:200],
        data={"bilag": bilag.pk, "dokument": dokument.pk, "erstatter": gammel.pk if gammel else None},
    )
    return bilag
