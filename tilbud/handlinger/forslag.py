"""Proposals: written and sent by a *tilbud*'s own *driftsherre*, decided by the secretariat."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.konflikt import Versionskonflikt, kraev_version
from socialaftale.kerne.models import Organisation
from socialaftale.kerne.models.haendelse import log
from tilbud import adgang as regler
from tilbud.forloeb import FORSLAG, Forslagstrin
from tilbud.handlinger.koebere import gem_koebere, registrerede, samlet_kilde
from tilbud.handlinger.registret import gem_rettelser, til_json
from tilbud.models import Tilbud, Tilbudsforslag

# What a driftsherre may propose. Places change through the tariff form (T6) or an in-year case, the category
# through DAS (T5), and the standing in the agreement with the tariff forms (T4).
FORESLAAELIGE = (
    "navn",
    "beliggenhedskommune",
    "adresse",
    "tilbudstype",
    "maalgruppe",
    "aldersgruppe",
    "alder_fra",
    "alder_til",
    "bemaerkning",
)
# Beside the fields a proposal may hold the buyers of a year, under this key and the year.
KOEBERE = "koebere:"
# The log entry of a save of the draft; its data tells how the draft was before.
RETTET = "forslag_rettet"


def find_aendringer(tilbud: Tilbud, felter: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The fields that differ from the register, as a proposal keeps them."""
    return {
        felt: {"foer": til_json(getattr(tilbud, felt)), "efter": til_json(ny)}
        for felt, ny in felter.items()
        if felt in FORESLAAELIGE and getattr(tilbud, felt) != ny
    }


def skrevet(forslag: Tilbudsforslag) -> dict[str, Any]:
    """What the draft says, by field of its form; JSON values, and only what it wants changed."""
    foreslaaet = {
        felt: aendring["efter"] for felt, aendring in forslag.aendringer.items() if not felt.startswith(KOEBERE)
    }
    return foreslaaet | {"begrundelse": forslag.begrundelse}


def fra_json(felt: str, vaerdi: Any) -> Any:
    """The value a proposal keeps, as the model takes it; a row that is gone gives None."""
    if felt.startswith(KOEBERE):
        return list(Organisation.objects.filter(pk__in=vaerdi))
    modelfelt = Tilbud._meta.get_field(felt)
    if isinstance(modelfelt, models.ForeignKey):
        return modelfelt.related_model.objects.filter(pk=vaerdi).first() if vaerdi is not None else None
    return vaerdi


def _laas(forslag: Tilbudsforslag) -> Tilbudsforslag:
    return Tilbudsforslag.objects.select_for_update(of=("self",)).select_related("tilbud").get(pk=forslag.pk)


def _kraev_aendringer(aendringer: Mapping[str, Any]) -> None:
    if not aendringer:
        raise ValidationError("Du har ikke ændret noget. Ret mindst én oplysning, før du gemmer.")


@transaction.atomic
def opret_forslag(
    tilbud: Tilbud, *, adgang: Adgang, felter: Mapping[str, Any], begrundelse: str = ""
) -> Tilbudsforslag:
    """Start a proposal as a draft.

    A *tilbud* has at most one open proposal: `Versionskonflikt` when a colleague has begun a draft meanwhile,
    `UlovligOvergang` when they have even submitted it.
    """
    tilbud = Tilbud.objects.select_for_update(of=("self",)).get(pk=tilbud.pk)
    kraev_tilladelse(regler.maa_foreslaa(adgang, tilbud), "Kun tilbuddets egen driftsherre foreslår ændringer.")
    aabent = Tilbudsforslag.objects.aabne().filter(tilbud=tilbud).first()
    if aabent:
        FORSLAG.kraev(Forslagstrin.INDSEND, aabent.tilstand)
        raise Versionskonflikt(aabent)
    return _opret(tilbud, adgang, find_aendringer(tilbud, felter), begrundelse)


def _opret(tilbud: Tilbud, adgang: Adgang, aendringer: dict[str, Any], begrundelse: str) -> Tilbudsforslag:
    _kraev_aendringer(aendringer)
    forslag = Tilbudsforslag(
        tilbud=tilbud,
        organisation=tilbud.driftsherre,
        aendringer=aendringer,
        begrundelse=begrundelse,
        oprettet_af=adgang.bruger,
    )
    forslag.full_clean()
    forslag.save()
    log(
        adgang,
        "forslag_oprettet",
        forslag,
        tekst="Kladden til forslaget er oprettet",
        til=forslag.tilstand,
        vedroerer=forslag.organisation,
    )
    return forslag


@transaction.atomic
def ret_forslag(
    forslag: Tilbudsforslag, *, adgang: Adgang, version: int, felter: Mapping[str, Any], begrundelse: str = ""
) -> Tilbudsforslag:
    """Write the fields of a draft anew; what was submitted is no longer the *driftsherre*'s to change.

    `version` is the draft's when the page was opened; `Versionskonflikt` when a colleague has saved since.
    """
    forslag = _laas(forslag)
    koebere = {noegle: post for noegle, post in forslag.aendringer.items() if noegle.startswith(KOEBERE)}
    return _ret(forslag, adgang, find_aendringer(forslag.tilbud, felter) | koebere, begrundelse, version)


@transaction.atomic
def foreslaa_koebere(
    tilbud: Tilbud,
    *,
    adgang: Adgang,
    aar: int,
    kommuner: Iterable[Organisation],
    kilde: str = "",
    begrundelse: str = "",
) -> Tilbudsforslag:
    """Put the buyers of a year (T3, T8) into the draft of the *tilbud*, which is made when there is none."""
    tilbud = Tilbud.objects.select_for_update(of=("self",)).get(pk=tilbud.pk)
    kraev_tilladelse(regler.maa_foreslaa(adgang, tilbud), "Kun tilbuddets egen driftsherre foreslår ændringer.")
    nu = registrerede(tilbud, aar)
    foer, efter = sorted(koeber.kommune_id for koeber in nu), sorted({kommune.pk for kommune in kommuner})
    uaendret = foer == efter and (not nu or samlet_kilde(nu) == kilde)
    ny = {} if uaendret else {f"{KOEBERE}{aar}": {"foer": foer, "efter": efter, "kilde": kilde}}
    aabent = Tilbudsforslag.objects.aabne().filter(tilbud=tilbud).first()
    if aabent is None:
        return _opret(tilbud, adgang, ny, begrundelse)
    forslag = _laas(aabent)
    andre = {noegle: post for noegle, post in forslag.aendringer.items() if noegle != f"{KOEBERE}{aar}"}
    return _ret(forslag, adgang, andre | ny, begrundelse)


def _ret(
    forslag: Tilbudsforslag,
    adgang: Adgang,
    aendringer: dict[str, Any],
    begrundelse: str,
    version: int | None = None,
) -> Tilbudsforslag:
    """Give the locked draft these changes; None as `version` when they do not depend on what the draft held."""
    FORSLAG.kraev(Forslagstrin.INDSEND, forslag.tilstand)
    kraev_tilladelse(regler.maa_skrive_forslag(adgang, forslag), "Kun driftsherren retter sit forslag.")
    kraev_version(forslag, version)
    _kraev_aendringer(aendringer)
    foer = skrevet(forslag)
    forslag.aendringer = aendringer
    forslag.begrundelse = begrundelse
    forslag.version += 1
    forslag.full_clean()
    forslag.save(update_fields=["aendringer", "begrundelse", "version"])
    log(
        adgang,
        RETTET,
        forslag,
        tekst="Kladden til forslaget er rettet",
        vedroerer=forslag.organisation,
        data={"version": forslag.version, "foer": foer},
    )
    return forslag


def _skift(
    forslag: Tilbudsforslag, trin: Forslagstrin, *, adgang: Adgang, tekst: str, begrundelse: str = "", **felter: Any
) -> Tilbudsforslag:
    """Move the locked proposal one step and log it; permission has been checked."""
    overgang = FORSLAG.kraev(trin, forslag.tilstand)
    fra, forslag.tilstand = forslag.tilstand, overgang.til
    for felt, vaerdi in felter.items():
        setattr(forslag, felt, vaerdi)
    forslag.full_clean()
    forslag.save(update_fields=["tilstand", *felter])
    log(
        adgang,
        f"forslag_{trin}",
        forslag,
        tekst=tekst,
        fra=fra,
        til=overgang.til,
        begrundelse=begrundelse,
        vedroerer=forslag.organisation,
    )
    return forslag


@transaction.atomic
def indsend_forslag(forslag: Tilbudsforslag, *, adgang: Adgang, version: int) -> Tilbudsforslag:
    """Hand the draft to the secretariat; `version` is the one the *godkender* read and signs."""
    forslag = _laas(forslag)
    FORSLAG.kraev(Forslagstrin.INDSEND, forslag.tilstand)
    kraev_tilladelse(regler.maa_indsende_forslag(adgang, forslag), "Kun driftsherrens godkender indsender forslag.")
    kraev_version(forslag, version)
    return _skift(
        forslag,
        Forslagstrin.INDSEND,
        adgang=adgang,
        tekst="Forslaget er indsendt",
        indsendt_tidspunkt=timezone.now(),
        indsendt_af=adgang.bruger,
    )


@transaction.atomic
def traek_forslag(forslag: Tilbudsforslag, *, adgang: Adgang) -> Tilbudsforslag:
    """Take back a draft or a submitted proposal that is not decided."""
    forslag = _laas(forslag)
    FORSLAG.kraev(Forslagstrin.TRAEK, forslag.tilstand)
    kraev_tilladelse(regler.maa_skrive_forslag(adgang, forslag), "Kun driftsherren trækker sit forslag tilbage.")
    return _skift(forslag, Forslagstrin.TRAEK, adgang=adgang, tekst="Forslaget er trukket tilbage")


@transaction.atomic
def godkend_forslag(forslag: Tilbudsforslag, *, adgang: Adgang, version: int) -> Tilbudsforslag:
    """Approve and carry the changes over into the register, in one transaction.

    `version` is the *tilbud*'s when the proposal was read; `Versionskonflikt` when the register has moved on.
    """
    forslag = _laas(forslag)
    FORSLAG.kraev(Forslagstrin.GODKEND, forslag.tilstand)
    kraev_tilladelse(regler.maa_afgoere_forslag(adgang), "Kun sekretariatet afgør forslag.")
    tilbud = Tilbud.objects.select_for_update(of=("self",)).get(pk=forslag.tilbud_id)
    kraev_version(tilbud, version)
    felter = {felt: fra_json(felt, aendring["efter"]) for felt, aendring in forslag.aendringer.items()}
    koebere = {felt: felter.pop(felt) for felt in list(felter) if felt.startswith(KOEBERE)}
    gem_rettelser(
        tilbud,
        adgang=adgang,
        felter=felter,
        raekker={},
        begrundelse=forslag.begrundelse,
        handling="tilbud_rettet_efter_forslag",
    )
    for felt, kommuner in koebere.items():
        gem_koebere(
            tilbud,
            adgang=adgang,
            aar=int(felt.removeprefix(KOEBERE)),
            kommuner=kommuner,
            kilde=forslag.aendringer[felt]["kilde"],
            begrundelse=forslag.begrundelse,
        )
    return _skift(
        forslag,
        Forslagstrin.GODKEND,
        adgang=adgang,
        tekst="Forslaget er godkendt, og registret er rettet",
        afgjort_tidspunkt=timezone.now(),
        afgjort_af=adgang.bruger,
    )


@transaction.atomic
def afvis_forslag(forslag: Tilbudsforslag, *, adgang: Adgang, begrundelse: str) -> Tilbudsforslag:
    """Turn the proposal down; the *driftsherre* is told why."""
    forslag = _laas(forslag)
    FORSLAG.kraev(Forslagstrin.AFVIS, forslag.tilstand)
    kraev_tilladelse(regler.maa_afgoere_forslag(adgang), "Kun sekretariatet afgør forslag.")
    if not begrundelse.strip():
        raise ValidationError({"begrundelse": "Skriv, hvorfor forslaget bliver afvist."})
    return _skift(
        forslag,
        Forslagstrin.AFVIS,
        adgang=adgang,
        tekst="Forslaget er afvist",
        begrundelse=begrundelse,
        afgjort_tidspunkt=timezone.now(),
        afgjort_af=adgang.bruger,
        afslagsgrund=begrundelse,
    )
