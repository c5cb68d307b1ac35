"""What the secretariat does in the library: add, new version, rename, withdraw."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from socialaftale.aftale.adgang import redigerer
from socialaftale.aftale.bibliotek.models import Biblioteksdokument, Biblioteksnavn
from socialaftale.aftale.bilag.handlinger import gennemse
from socialaftale.kerne import dokumenter
from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.cpr import find_cpr
from socialaftale.kerne.dansk import slug as lav_slug
from socialaftale.kerne.enums import Dokumentsynlighed
from socialaftale.kerne.models.haendelse import log

SLAGS = "bibliotek"
# Words that mean something else in the addresses of a period.
RESERVEREDE = ("omfattede-tilbud",)


def _laas(dokument: Biblioteksdokument, adgang: Adgang) -> Biblioteksdokument:
    kraev_tilladelse(redigerer(adgang))
    return Biblioteksdokument.objects.select_for_update(of=("self",)).get(pk=dokument.pk)


def _kraev_ledig(dokument: Biblioteksdokument) -> None:
    """An address another document has or has had leads there for good."""
    if dokument.slug in RESERVEREDE:
        raise ValidationError({"slug": "Adressen bruges til listen over omfattede tilbud. Vælg et andet navn"})
    andre = Biblioteksdokument.objects.filter(periode=dokument.periode, slug=dokument.slug)
    if andre.exclude(pk=dokument.pk).exists():
        raise ValidationError({"slug": "Der er allerede et dokument med det navn i adressen. Vælg et andet navn"})
    tidligere = Biblioteksnavn.objects.filter(mappe=dokument.mappe, slug=dokument.slug)
    if tidligere.exclude(dokument=dokument.pk).exists():
        raise ValidationError(
            {"slug": "Adressen fører videre til et andet dokument, som hed sådan. Vælg et andet navn"}
        )


@transaction.atomic
def opret(dokument: Biblioteksdokument, *, adgang: Adgang, filnavn: str, data: bytes) -> Biblioteksdokument:
    """Add a document with its first version; the name in its address is made of the title unless given."""
    kraev_tilladelse(redigerer(adgang))
    dokument.slug = dokument.slug or lav_slug(dokument.titel)[:80].strip("-")
    _kraev_ledig(dokument)
    dokument.full_clean()
    dokument.save()
    _udgiv(dokument, adgang, filnavn, data)
    log(adgang, "biblioteksdokument_oprettet", dokument, tekst=f"Lagt i biblioteket: {dokument}"[:200])
    return dokument


@transaction.atomic
def ny_version(dokument: Biblioteksdokument, *, adgang: Adgang, filnavn: str, data: bytes) -> Biblioteksdokument:
    """A newer file at the same address; the earlier ones stay."""
    dokument = _laas(dokument, adgang)
    if dokument.trukket_tilbage:
        raise ValidationError("Dokumentet er trukket tilbage")
    gammel = dokument.dokument_id
    _udgiv(dokument, adgang, filnavn, data)
    if dokument.dokument_id != gammel:
        tekst = f"Version {dokument.dokument.version} af {dokument}"
        log(adgang, "biblioteksdokument_version", dokument, tekst=tekst[:200])
    return dokument


def _udgiv(dokument: Biblioteksdokument, adgang: Adgang, filnavn: str, data: bytes) -> None:
    gennemse(filnavn, data)
    _, renset = dokumenter.navne_af(filnavn)
    dokument.dokument = dokumenter.udsted(
        adgang,
        noegle=dokument.noegle,
        slags=SLAGS,
        titel=dokument.titel,
        filnavn=renset,
        data=data,
        synlighed=Dokumentsynlighed.OFFENTLIG,
        offentliggoer=True,
        objekt=dokument,
    )
    dokument.save(update_fields=["dokument", "soegetekst"])


@transaction.atomic
def omdoeb(
    dokument: Biblioteksdokument,
    *,
    adgang: Adgang,
    titel: str,
    slug: str,
    gaelder_fra: dt.date | None,
    gaelder_til: dt.date | None,
) -> Biblioteksdokument:
    """Another title, name in the address or dates; the old address leads to the new one."""
    dokument = _laas(dokument, adgang)
    fra = dokument.slug
    dokument.titel, dokument.slug = titel, slug or fra
    dokument.gaelder_fra, dokument.gaelder_til = gaelder_fra, gaelder_til
    _kraev_ledig(dokument)
    dokument.full_clean()
    dokument.save()
    if dokument.slug != fra:
        # Back to an earlier name: it is no longer one that leads on.
        dokument.tidligere_navne.filter(mappe=dokument.mappe, slug=dokument.slug).delete()
        Biblioteksnavn.objects.create(dokument=dokument, mappe=dokument.mappe, slug=fra)
    log(
        adgang,
        "biblioteksdokument_rettet",
        dokument,
        tekst=f"Rettet: {dokument}"[:200],
        data={"adresse_foer": fra, "adresse": dokument.slug},
    )
    return dokument


@transaction.atomic
def traek_tilbage(dokument: Biblioteksdokument, *, adgang: Adgang, begrundelse: str) -> Biblioteksdokument:
    """Take a document out of use; its address stays and says why."""
    dokument = _laas(dokument, adgang)
    begrundelse = begrundelse.strip()
    if not begrundelse:
        raise ValidationError({"begrundelse": "Skriv, hvorfor dokumentet trækkes tilbage"})
    if find_cpr(begrundelse):
        raise ValidationError({"begrundelse": "Teksten ligner et CPR-nummer. Fjern det"})
    dokument.trukket_tilbage = begrundelse
    dokument.full_clean()
    dokument.save()
    log(
        adgang,
        "biblioteksdokument_trukket_tilbage",
        dokument,
        tekst=f"Trukket tilbage: {dokument}"[:200],
        begrundelse=begrundelse,
    )
    return dokument
