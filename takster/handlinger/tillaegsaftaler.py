"""Agreements on supplements (T41): made once, told to the one who pays, and marked as seen."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.models import Organisation
from socialaftale.kerne.models.haendelse import log
from takster import adgang as regler
from takster import notifikationer
from takster.models import Tillaegsaftale
from tilbud.enums import Taksttype
from tilbud.models import Ydelse


@transaction.atomic
def opret(
    ydelse: Ydelse,
    *,
    adgang: Adgang,
    handlekommune: Organisation,
    betalingskommune: Organisation,
    er_eksempel: bool = False,
    **felter: Any,
) -> Tillaegsaftale:
    """A new agreement; a betalingskommune that is another gets a mail, and a task until it is marked as seen.

    Raises ValidationError for a ydelse that is no supplement, and for a party that is no municipality.
    """
    leverandoer = ydelse.tilbud.driftsherre
    kraev_tilladelse(
        leverandoer is not None and regler.maa_lave_tillaegsaftale(adgang, leverandoer.pk, handlekommune.pk)
    )
    if ydelse.taksttype != Taksttype.TILLAEG:
        raise ValidationError("Kun tillægsydelser kan aftales sådan.")
    if not (handlekommune.er_kommune and betalingskommune.er_kommune):
        raise ValidationError("Handlekommune og betalingskommune skal være kommuner.")
    aftale = Tillaegsaftale(
        ydelse=ydelse,
        leverandoer=leverandoer,
        handlekommune=handlekommune,
        betalingskommune=betalingskommune,
        oprettet_af=adgang.bruger,
        er_eksempel=er_eksempel,
        **felter,
    )
    aftale.full_clean()
    aftale.save()
    log(adgang, "tillaegsaftale_oprettet", aftale, tekst=f"{aftale} oprettet", vedroerer=leverandoer)
    if aftale.skal_underrettes:
        notifikationer.efter_commit(notifikationer.tillaegsaftale, aftale.pk)
    return aftale


@transaction.atomic
def marker_set(aftale: Tillaegsaftale, *, adgang: Adgang) -> Tillaegsaftale:
    """The betalingskommune has seen it; a second time changes nothing."""
    aftale = Tillaegsaftale.objects.select_for_update(of=("self",)).get(pk=aftale.pk)
    if aftale.set_tidspunkt is not None:
        return aftale
    kraev_tilladelse(regler.maa_markere_set(adgang, aftale))
    aftale.set_tidspunkt, aftale.set_af = timezone.now(), adgang.bruger
    aftale.save(update_fields=["set_tidspunkt", "set_af"])
    log(adgang, "tillaegsaftale_set", aftale, tekst="Betalingskommunen har set aftalen", vedroerer=aftale.leverandoer)
    return aftale
