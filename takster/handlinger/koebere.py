"""The buyers of a ydelse (T8): saved as one list with a version of its own."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models.haendelse import log
from takster import adgang as regler
from takster.handlinger.faelles import laas_skema
from takster.koebere import kendte_koebere
from takster.models import Koeb, Takstskema


@transaction.atomic
def gem_koebere(skema: Takstskema, *, adgang: Adgang, version: int, maengder: Mapping[int, Decimal]) -> Takstskema:
    """Replace the list by `maengder` (volume by municipality); nothing is logged when nothing changed.

    Raises Versionskonflikt when somebody saved the list since `version`, ValidationError for who cannot buy.
    """
    skema = laas_skema(skema)
    kraev_tilladelse(regler.maa_redigere(adgang, skema, timezone.localdate()))
    if version != skema.koebere_version:
        raise Versionskonflikt(skema)
    gamle = {koeb.kommune_id: koeb for koeb in Koeb.objects.filter(skema=skema)}
    navne = kendte_koebere()
    if ukendte := set(maengder) - set(navne) - set(gamle):
        raise ValidationError(f"{len(ukendte)} af køberne er ikke kommuner.")
    aendrede = [pk for pk, maengde in maengder.items() if pk not in gamle or gamle[pk].maengde != maengde]
    fjernede = [pk for pk in gamle if pk not in maengder]
    # Saved unchanged it is confirmed all the same: the rows are no longer just last year's.
    skema.koebere_version += 1
    skema.save(update_fields=["koebere_version"])
    if not aendrede and not fjernede:
        return skema
    Koeb.objects.filter(skema=skema, kommune__in=[*aendrede, *fjernede]).delete()
    raekker = [Koeb(skema=skema, kommune_id=pk, maengde=maengder[pk]) for pk in aendrede]
    for raekke in raekker:
        raekke.clean_fields(exclude=["skema", "kommune"])
    Koeb.objects.bulk_create(raekker)
    log(
        adgang,
        "koebere_gemt",
        skema,
        tekst="Købere gemt",
        vedroerer=skema.driftsherre,
        data={
            "version": skema.koebere_version,
            "koebere": {
                str(pk): [
                    str(gamle[pk].maengde) if pk in gamle else None,
                    str(maengder[pk]) if pk in maengder else None,
                ]
                for pk in [*aendrede, *fjernede]
            },
        },
    )
    return skema
