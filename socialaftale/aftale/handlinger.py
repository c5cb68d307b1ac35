"""What the secretariat does with an agreement: correct chapters, issue editions and publish them."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from socialaftale.aftale.adgang import maa_offentliggoere, maa_rette, maa_udstede, redigerer
from socialaftale.aftale.bilag import udstedelse
from socialaftale.aftale.dokumenter import aftale_pdf
from socialaftale.aftale.dokumenter.bilag import Bilagspost, bilagsposter
from socialaftale.aftale.ejere import EJERE
from socialaftale.aftale.godkendelse.ikrafttraeden import saet_i_kraft
from socialaftale.aftale.godkendelse.overblik import hent_matrix, kan_offentliggoeres
from socialaftale.aftale.hentning import Laesekapitel, Laesning, hent_laesning, udgavens_kapitler
from socialaftale.aftale.kontrol.handlinger import PortenErLukket, kraev_groen
from socialaftale.aftale.models import Aftale, Udgave
from socialaftale.kerne import dokumenter
from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.enums import Dokumentsynlighed
from socialaftale.kerne.job import koersel
from socialaftale.kerne.job.koersel import Jobfejl
from socialaftale.kerne.models import Billede, Job, Kapitel, Kapitelversion, Kladde
from socialaftale.kerne.models.haendelse import log
from socialaftale.kerne.pdf import PdfHukommelse, PdfTidsgraense
from socialaftale.kerne.pdf.proces import Fremdrift
from socialaftale.kerne.pdf.strukturkontrol import kontroller
from socialaftale.kerne.tekst import billeder, kladder
from socialaftale.kerne.tekst import handlinger as teksthandlinger

logger = logging.getLogger(__name__)

JOBSLAGS = "aftale_pdf"
LAAST = "Teksten ligger fast. Begynd en ny udgave, før den ændres."


@transaction.atomic
def ret_kapitel(
    aftale: Aftale, *, adgang: Adgang, kapitel: Kapitel, titel: str, indhold: str, fra_version: int, kladde: str = ""
) -> Kapitel:
    """Save a chapter of the draft; raises `Versionskonflikt` or `ValidationError` (see `kerne.tekst.handlinger`).

    `kladde` is the mark of the writer's kept text this one was written from: it has done its work.
    """
    aftale = aftale.laast()
    kraev_tilladelse(maa_rette(adgang, aftale), LAAST)
    gemt = teksthandlinger.gem_kapitel(
        kapitel,
        adgang=adgang,
        titel=titel,
        indhold=indhold,
        fra_version=fra_version,
        tal=aftale.talkontekst(),
        objekt=aftale,
    )
    kladder.slet(kapitel, adgang=adgang, maerke=kladde)
    kladder.meld_faerdig(kapitel, adgang)
    return gemt


def gem_kapitelkladde(
    aftale: Aftale, *, adgang: Adgang, kapitel: Kapitel, titel: str, indhold: str, fra_version: int, maerke: str
) -> Kladde | None:
    """Keep what somebody writes in a chapter until they save it; no log, since nothing is decided or changed."""
    kraev_tilladelse(redigerer(adgang))
    return kladder.gem(kapitel, adgang=adgang, titel=titel, indhold=indhold, fra_version=fra_version, maerke=maerke)


@transaction.atomic
def laeg_billede_op(aftale: Aftale, *, adgang: Adgang, data: bytes, alt: str) -> Billede:
    """Take an image in for the chapters; raises `ValidationError` on "fil" or "alt"."""
    kraev_tilladelse(maa_rette(adgang, aftale), LAAST)
    billede = billeder.modtag(adgang, data, alt)
    log(adgang, "billede_lagt_op", aftale, tekst=f"Billede {billede.pk} lagt op", data={"billede": billede.pk})
    return billede


@transaction.atomic
def gendan_kapitel(aftale: Aftale, *, adgang: Adgang, kapitel: Kapitel, nummer: int, fra_version: int) -> Kapitel:
    """Make an earlier version of a chapter the newest one again."""
    aftale = aftale.laast()
    kraev_tilladelse(maa_rette(adgang, aftale), LAAST)
    return teksthandlinger.gendan_version(
        kapitel,
        adgang=adgang,
        nummer=nummer,
        fra_version=fra_version,
        tal=aftale.talkontekst(),
        objekt=aftale,
    )


def jobnoegle(aftale: Aftale) -> str:
    """One PDF of an agreement is made at a time."""
    return f"{JOBSLAGS}:{aftale.navnerum}:{aftale.pk}"


def bestil_pdf(aftale: Aftale, *, adgang: Adgang) -> Job:
    """Order an edition as a job; one that is under way already is joined."""
    kraev_tilladelse(maa_udstede(adgang, aftale), LAAST)
    return koersel.start(
        adgang,
        JOBSLAGS,
        titel=f"PDF af {aftale.titel}",
        noegle=jobnoegle(aftale),
        parametre={"aftale": aftale.pk, "ejer": aftale.navnerum},
    )


def koer_pdf(adgang: Adgang, fremdrift: Fremdrift, *, aftale: int, ejer: str = Aftale.navnerum) -> str:
    """The job: issues an edition and leads back to the page of editions."""
    fundet = EJERE[ejer].objects.select_related("tekst").get(pk=aftale)
    udsted_udgave(fundet, adgang=adgang, fremdrift=fremdrift)
    return fundet.adresse("pdf")


def udsted_udgave(aftale: Aftale, *, adgang: Adgang, fremdrift: Fremdrift) -> Udgave:
    """Build the PDF of the text as it stands and store it as an edition; raises `Jobfejl` with what is missing.

    Refused unless all the gate finds is mended or waived; what is waived is kept with the edition.

    Unchanged text gives the edition there is. The building takes seconds, so it holds no lock: the edition names
    the chapter versions that went into it.
    """
    kraev_tilladelse(maa_udstede(adgang, aftale), LAAST)
    fremdrift(1, "Slår tal op")
    laesning = hent_laesning(aftale, kladde=True)
    if mangler := udstedelse.mangler_fil(aftale):
        raise Jobfejl(f"Aftalen kan ikke udstedes, før der er en fil til {', '.join(map(str, mangler))}.")
    poster = bilagsposter(aftale)
    udstedelse.marker_med_fil(laesning, poster)
    faste = trykte_tal(laesning)
    _kraev_komplet(laesning)
    try:
        fravigelser = kraev_groen(aftale, laesning.kapitler)
    except PortenErLukket as fejl:
        raise Jobfejl(str(fejl)) from fejl
    try:
        pdf = aftale_pdf.byg(laesning, poster, fremdrift=fremdrift)
    except (PdfTidsgraense, PdfHukommelse) as fejl:
        logger.warning("PDF of %s stopped: %s", aftale.periode, fejl)
        raise Jobfejl("PDF'en blev for tung at lave. Prøv igen, eller skriv til sekretariatet.") from fejl
    _kraev_komplet(laesning)
    fremdrift(92, "Kontrollerer tilgængeligheden")
    fund = kontroller(pdf.data, fremmede=pdf.fremmede_sider)
    if fund:
        logger.error("PDF of %s failed the structure check: %s", aftale.periode, "; ".join(map(str, fund)))
        sted = f" på side {fund[0].side}" if fund[0].side else ""
        raise Jobfejl(
            f"PDF'en blev ikke udstedt. Kontrollen for tilgængelighed fandt {len(fund)} fejl, den første{sted}. "
            "Skriv til sekretariatet."
        )
    fremdrift(97, "Gemmer udgaven")
    return _gem_udgave(aftale, laesning, poster, pdf, faste, fravigelser, adgang)


def trykte_tal(laesning: Laesning) -> dict[str, str]:
    """What figures and blocks say on the web today, for the edition to keep."""
    kontekst = laesning.kontekst()
    for kapitel in laesning.kapitler:
        laesning.udfyldt(kapitel, kontekst=kontekst)
    return kontekst.trykt


def _kraev_komplet(laesning: Laesning) -> None:
    if laesning.mangler:
        navne = ", ".join(list(laesning.mangler)[:4])
        flere = f" og {len(laesning.mangler) - 4} til" if len(laesning.mangler) > 4 else ""
        raise Jobfejl(f"Aftalen kan ikke udstedes, før disse tal og figurer findes: {navne}{flere}.")


@transaction.atomic
def _gem_udgave(
    aftale: Aftale,
    laesning: Laesning,
    poster: list[Bilagspost],
    pdf: aftale_pdf.AftalePdf,
    faste: dict[str, str],
    fravigelser: list[dict[str, Any]],
    adgang: Adgang,
) -> Udgave:
    dokument = dokumenter.udsted(
        adgang,
        noegle=aftale.dokumentnoegle,
        slags=aftale.dokumentslags,
        titel=aftale.titel,
        filnavn=aftale_pdf.filnavn(aftale),
        data=pdf.data,
        synlighed=Dokumentsynlighed.OFFENTLIG,
        objekt=aftale,
    )
    kendt = aftale.udgaver.filter(dokument=dokument).first()
    if kendt:
        return kendt
    udgave = aftale.udgaver.create(
        dokument=dokument,
        faste=faste,
        sider=pdf.sider,
        fravigelser=fravigelser,
        # As the cover says, also when the state has changed while the file was made.
        er_udkast=laesning.aftale.er_udkast,
        **udstedelse.udgavefelter(aftale, pdf, adgang),
    )
    udstedelse.gem_bilag(udgave, poster, pdf, adgang)
    versioner = {kapitel.noegle: kapitel.version for kapitel in laesning.kapitler}
    udgave.kapitler.set(
        version
        for version in Kapitelversion.objects.filter(kapitel__tekst=aftale.tekst).select_related("kapitel")
        if versioner.get(version.kapitel.noegle) == version.version
    )
    return udgave


@transaction.atomic
def offentliggoer(aftale: Aftale, *, adgang: Adgang, udgave: Udgave) -> Aftale:
    """Publish an edition of an approved agreement: from now on it is what the public reads and downloads.

    File and text never change. When its first day has come, the agreement takes effect at the same time.
    """
    aftale = Aftale.objects.select_for_update(of=("self",)).get(pk=aftale.pk)
    kraev_tilladelse(redigerer(adgang))
    if not maa_offentliggoere(adgang, aftale):
        raise ValidationError("Aftalen skal være godkendt af alle parter, før den kan offentliggøres")
    seneste = aftale.udgaver.select_related("dokument").first()
    if seneste is None or udgave.pk != seneste.pk:
        raise ValidationError("Kun den nyeste udgave kan offentliggøres")
    if grund := kan_offentliggoeres(aftale, udgave):
        raise ValidationError(grund)
    # Registers that have changed since cannot undo what all parties have approved.
    if not hent_matrix(aftale).alle_har_godkendt:
        _kraev_udgaven_groen(aftale, udgave)
    if udgave.dokument.offentliggjort_tidspunkt is None:
        dokumenter.offentliggoer_dokument(adgang, udgave.dokument)
    udstedelse.offentliggoer(udgave, adgang)
    aftale.gaeldende_udgave = aftale.fremlagt_udgave = udgave
    aftale.offentliggjort_tidspunkt = timezone.now()
    aftale.full_clean()
    aftale.save(update_fields=["gaeldende_udgave", "fremlagt_udgave", "offentliggjort_tidspunkt"])
    log(
        adgang,
        "aftale_offentliggjort",
        aftale,
        tekst=f"{udgave.nummer}. udgave offentliggjort",
        data={"dokument": udgave.dokument_id},
    )
    saet_i_kraft(adgang=adgang)
    aftale.refresh_from_db()
    return aftale


def _kraev_udgaven_groen(aftale: Aftale, udgave: Udgave) -> None:
    """The edition's own text, which may be older than the draft, against the registers of today."""
    try:
        kraev_groen(aftale, [Laesekapitel.af_version(version) for version in udgavens_kapitler(udgave)])
    except PortenErLukket as fejl:
        raise ValidationError(str(fejl)) from fejl
