"""Proposals: written and sent by a *tilbud*'s own *driftsherre*, decided by the secretariat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.konflikt import kraev_version
from socialaftale.kerne.models.haendelse import log
from tilbud import adgang as regler
from tilbud.forloeb import FORSLAG, Forslagstrin
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


def find_aendringer(tilbud: Tilbud, felter: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The fields that differ from the register, as a proposal keeps them."""
    return {
        felt: {"foer": til_json(getattr(tilbud, felt)), "efter": til_json(ny)}
        for felt, ny in felter.items()
        if felt in FORESLAAELIGE and getattr(tilbud, felt) != ny
    }


def fra_json(felt: str, vaerdi: Any) -> Any:
    """The value a proposal keeps, as the model takes it; a row that is gone gives None."""
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
    """Start a proposal as a draft; a *tilbud* has at most one open proposal."""
    tilbud = Tilbud.objects.select_for_update(of=("self",)).get(pk=tilbud.pk)
    kraev_tilladelse(regler.maa_foreslaa(adgang, tilbud), "Kun tilbuddets egen driftsherre foreslår ændringer.")
    aendringer = find_aendringer(tilbud, felter)
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
    forslag: Tilbudsforslag, *, adgang: Adgang, felter: Mapping[str, Any], begrundelse: str = ""
) -> Tilbudsforslag:
    """Write a draft anew; what was submitted is no longer the *driftsherre*'s to change."""
    forslag = _laas(forslag)
    FORSLAG.kraev(Forslagstrin.INDSEND, forslag.tilstand)
    kraev_tilladelse(regler.maa_skrive_forslag(adgang, forslag), "Kun driftsherren retter sit forslag.")
    aendringer = find_aendringer(forslag.tilbud, felter)
    _kraev_aendringer(aendringer)
    forslag.aendringer = aendringer
    forslag.begrundelse = begrundelse
    forslag.full_clean()
    forslag.save(update_fields=["aendringer", "begrundelse"])
    log(adgang, "forslag_rettet", forslag, tekst="Kladden til forslaget er rettet", vedroerer=forslag.organisation)
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
def indsend_forslag(forslag: Tilbudsforslag, *, adgang: Adgang) -> Tilbudsforslag:
    """Hand the draft to the secretariat."""
    forslag = _laas(forslag)
    FORSLAG.kraev(Forslagstrin.INDSEND, forslag.tilstand)
    kraev_tilladelse(regler.maa_indsende_forslag(adgang, forslag), "Kun driftsherrens godkender indsender forslag.")
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
    gem_rettelser(
        tilbud,
        adgang=adgang,
        felter=felter,
        raekker={},
        begrundelse=forslag.begrundelse,
        handling="tilbud_rettet_efter_forslag",
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
