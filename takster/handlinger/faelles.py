"""What the actions of the tariff app share: errors, locking and the reason a step must have."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.core.exceptions import ValidationError

from takster.beregning.fund import Fund
from takster.models import Indberetningsrunde, Takstskema


class SkemaHarFejl(ValidationError):
    """The check found something that stops the step; `fund` are those findings."""

    def __init__(self, fund: Sequence[Fund]) -> None:
        super().__init__([fundet.tekst for fundet in fund])
        self.fund = list(fund)


def laas_skema(skema: Takstskema) -> Takstskema:
    """The form locked and read again, with all that the rules and the calculation need."""
    return Takstskema.objects.select_for_update(of=("self",)).til_beregning().get(pk=skema.pk)


def laas_flere(noegler: Collection[int]) -> list[Takstskema]:
    """Many forms locked and read again, in the order everybody locks them."""
    skemaer = Takstskema.objects.select_for_update(of=("self",)).til_beregning().filter(pk__in=noegler)
    return list(skemaer.order_by("pk"))


def laas_runde(runde: Indberetningsrunde) -> Indberetningsrunde:
    return Indberetningsrunde.objects.select_for_update(of=("self",)).select_related("regelsaet").get(pk=runde.pk)


def kraev_begrundelse(begrundelse: str, felt: str = "begrundelse", mangler: str = "Skriv en begrundelse") -> str:
    tekst = begrundelse.strip()
    if not tekst:
        raise ValidationError({felt: mangler})
    return tekst
