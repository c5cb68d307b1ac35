"""The list of reported accounts and its filters."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.html import format_html

from socialaftale.kerne import dansk as sortering
from socialaftale.kerne.models import Organisation
from socialaftale.kerne.tables import Aendringskolonne, Beloebkolonne, Kolonne, Tabel, Tilstandskolonne
from socialaftale.kerne.templatetags import dansk
from takster.enums import Opgoerelsesniveau, Regnskabstilstand
from takster.models import Regnskab


class Regnskabstabel(Tabel):
    """Reported accounts with their result."""

    titel = "Regnskaber og resultater"
    skjul_smal = ("omfatter", "pct")

    tilbud = Kolonne("Tilbud", accessor="tilbud__navn")
    omfatter = Kolonne("Omfatter", accessor="omfatter", orderable=False)
    driftsherre = Kolonne("Driftsherre", accessor="driftsherre__navn", order_by=("driftsherre__raekkefoelge",))
    aar = Kolonne("År")
    tilstand = Tilstandskolonne("Status")
    resultat = Beloebkolonne("Resultat (kr.)", empty_values=(), orderable=False)
    pct = Aendringskolonne("Resultat (%)", empty_values=(), orderable=False)

    class Meta:
        model = Regnskab
        fields = ("tilbud", "omfatter", "driftsherre", "aar", "tilstand", "resultat", "pct")
        order_by = ("-aar", "tilbud")

    def render_tilbud(self, value: str, record: Regnskab) -> str:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), value)

    def value_tilbud(self, value: str) -> str:
        return value

    def render_omfatter(self, record: Regnskab) -> str:
        return self.value_omfatter(record)

    def value_omfatter(self, record: Regnskab) -> str:
        return "Hele tilbuddet" if record.niveau == Opgoerelsesniveau.TILBUD else record.omfatter

    def render_resultat(self, record: Regnskab) -> str:
        return dansk.kr(self.value_resultat(record))

    def value_resultat(self, record: Regnskab) -> Decimal | None:
        return record.aarsresultat().resultat if record.poster.all() else None

    def render_pct(self, record: Regnskab) -> str:
        return dansk.aendring(self.value_pct(record))

    def value_pct(self, record: Regnskab) -> Decimal | None:
        return record.aarsresultat().resultat_pct if record.poster.all() else None


class Regnskabsfilter(filters.FilterSet):
    """Reported accounts by name, year, state and driftsherre."""

    q = filters.CharFilter(label="Søg på tilbud", method="soeg")
    aar = filters.ChoiceFilter(label="År", empty_label="Alle år")
    tilstand = filters.ChoiceFilter(label="Status", choices=Regnskabstilstand.choices, empty_label="Alle")
    driftsherre = filters.ModelChoiceFilter(
        label="Driftsherre", queryset=lambda request: Organisation.objects.driftsherrer(), empty_label="Alle"
    )

    class Meta:
        model = Regnskab
        fields = ["q", "aar", "tilstand", "driftsherre"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        aarene = self.queryset.order_by("-aar").values_list("aar", flat=True).distinct()
        self.filters["aar"].extra["choices"] = [(aar, aar) for aar in aarene]

    def soeg(self, queryset: QuerySet, navn: str, vaerdi: str) -> QuerySet:
        return queryset.filter(tilbud__soegetekst__contains=sortering.soegetekst(vaerdi))
