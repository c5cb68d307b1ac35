"""Runs the checks T1-T3 and keeps what they found."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from tilbud.beregning.omfattet import kontroller
from tilbud.hentning import oplysninger, til_kontrol
from tilbud.models import Tilbud, Tilbudsfund

PORTION = 500


@transaction.atomic
def opdater_fund(noegler: Iterable[int] | None = None) -> int:
    """Check the named *tilbud* (or all) again; returns how many findings there are now."""
    noegler = list(Tilbud.objects.values_list("pk", flat=True) if noegler is None else noegler)
    antal = 0
    for fra in range(0, len(noegler), PORTION):
        portion = noegler[fra : fra + PORTION]
        Tilbudsfund.objects.filter(tilbud__in=portion).delete()
        fund = [
            Tilbudsfund(tilbud=tilbud, art=fundet.art.value, niveau=fundet.niveau.value, regel=fundet.regel)
            for tilbud in til_kontrol(Tilbud.objects.filter(pk__in=portion))
            for fundet in kontroller(oplysninger(tilbud))
        ]
        Tilbudsfund.objects.bulk_create(fund)
        antal += len(fund)
    return antal
