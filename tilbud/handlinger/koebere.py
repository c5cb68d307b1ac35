"""Who buys places in a *tilbud* in a year (T3, T8): set by the secretariat, or by an approved proposal."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.models import Organisation
from socialaftale.kerne.models.haendelse import log
from tilbud import adgang as regler
from tilbud.handlinger.kontrol import opdater_fund
from tilbud.models import Koeberkommune, Tilbud


class Koeberkonflikt(Exception):
    """Somebody changed the buyers of the year after the form was opened."""


def registrerede(tilbud: Tilbud, aar: int) -> list[Koeberkommune]:
    """The real buyers of the year; what was invented for the demo is not among them."""
    rigtige = tilbud.koebere.filter(aar=aar, er_eksempel=False).select_related("kommune")
    return list(rigtige.order_by("kommune__raekkefoelge", "kommune__navn", "pk"))


def samlet_kilde(koebere: Iterable[Koeberkommune]) -> str:
    """The one source of the year; rows with different sources give them all."""
    return "; ".join(dict.fromkeys(koeber.kilde for koeber in koebere if koeber.kilde))[:200]


def fingeraftryk(koebere: Iterable[Koeberkommune]) -> str:
    """What a form carries to notice that somebody else was first."""
    return ".".join(sorted(f"{koeber.pk}" for koeber in koebere))


@transaction.atomic
def ret_koebere(
    tilbud: Tilbud, *, adgang: Adgang, aar: int, kommuner: Iterable[Organisation], kilde: str = "", aabnet: str
) -> bool:
    """Make these the buyers of the year; says whether anything changed.

    `aabnet` is the `fingeraftryk` the form was opened with; raises `Koeberkonflikt` when it no longer fits.
    """
    tilbud = Tilbud.objects.select_for_update(of=("self",)).get(pk=tilbud.pk)
    kraev_tilladelse(regler.maa_rette(adgang), "Kun sekretariatet retter i registret.")
    if fingeraftryk(registrerede(tilbud, aar)) != aabnet:
        raise Koeberkonflikt(f"{tilbud.slug}, {aar}")
    return gem_koebere(tilbud, adgang=adgang, aar=aar, kommuner=kommuner, kilde=kilde)


def gem_koebere(
    tilbud: Tilbud,
    *,
    adgang: Adgang,
    aar: int,
    kommuner: Iterable[Organisation],
    kilde: str = "",
    begrundelse: str = "",
) -> bool:
    """The part that editing and an approved proposal share; `tilbud` is locked, and T3 is checked again.

    Real buyers take the place of the year's invented ones.
    """
    gamle = registrerede(tilbud, aar)
    valgte = {kommune.pk: kommune for kommune in kommuner}
    if any(not kommune.er_kommune for kommune in valgte.values()):
        raise ValidationError("Kun kommuner og Grønland kan stå som købere")
    foer = {koeber.kommune_id: koeber.kilde for koeber in gamle}
    if foer.keys() == valgte.keys() and (not gamle or samlet_kilde(gamle) == kilde):
        return False
    tilbud.koebere.filter(aar=aar).delete()
    for kommune in valgte.values():
        koeber = Koeberkommune(tilbud=tilbud, kommune=kommune, aar=aar, kilde=kilde)
        koeber.full_clean()
        koeber.save()
    opdater_fund([tilbud.pk])
    log(
        adgang,
        "koebere_rettet",
        tilbud,
        tekst=f"Køberkommuner {aar} rettet",
        begrundelse=begrundelse,
        vedroerer=tilbud.driftsherre,
        data={"aar": aar, "foer": sorted(foer), "efter": sorted(valgte), "kilde": kilde},
    )
    return True
