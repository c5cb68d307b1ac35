"""Filters of the list of cases."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils import timezone

from socialaftale.kerne import dansk
from socialaftale.kerne.models import Organisation, Sag
from socialaftale.kerne.sager import register
from socialaftale.kerne.sager.enums import Instans, Sagstilstand
from socialaftale.kerne.sager.models import AABNE

AABNE_SAGER, MANGLER_UDFOERELSE = "aabne", "mangler_udfoerelse"
SAMLEDE = [(AABNE_SAGER, "Ikke afgjort"), (MANGLER_UDFOERELSE, "Skulle være trådt i kraft")]


class Sagsfilter(filters.FilterSet):
    q = filters.CharFilter(label="Søg", method="soeg", help_text="Tilbud, driftsherre eller sagsnummer")
    art = filters.ChoiceFilter(label="Art", empty_label="Alle")
    tilstand = filters.ChoiceFilter(
        label="Status", choices=[*Sagstilstand.choices, *SAMLEDE], method="filtrer_tilstand", empty_label="Alle"
    )
    instans = filters.ChoiceFilter(label="Afgøres af", choices=Instans.choices, empty_label="Alle")
    organisation = filters.ModelChoiceFilter(
        label="Driftsherre", queryset=Organisation.objects.driftsherrer(), empty_label="Alle"
    )

    class Meta:
        model = Sag
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["art"].extra["choices"] = register.valg()

    def soeg(self, queryset: QuerySet, navn: str, vaerdi: str) -> QuerySet:
        for ord_ in dansk.soegetekst(vaerdi).split():
            queryset = queryset.filter(soegetekst__contains=ord_)
        return queryset

    def filtrer_tilstand(self, queryset: QuerySet, navn: str, vaerdi: str) -> QuerySet:
        if vaerdi == AABNE_SAGER:
            return queryset.filter(tilstand__in=AABNE)
        if vaerdi == MANGLER_UDFOERELSE:
            return queryset.skal_udfoeres(timezone.localdate())
        return queryset.filter(tilstand=vaerdi)
