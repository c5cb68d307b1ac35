"""The list of agreements on supplements, and its filters."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.html import format_html

from socialaftale.kerne import dansk as sortering
from socialaftale.kerne.tables import Beloebkolonne, Datokolonne, Kolonne, Tabel
from socialaftale.kerne.talformat import UKENDT
from takster.models import Tillaegsaftale

MANGLER, SET = "Ikke endnu", "Ja"


class Tillaegsaftaletabel(Tabel):
    """One row per agreement, newest first."""

    titel = "Tillægsaftaler"
    skjul_smal = ("ydelse", "fra")

    nummer = Kolonne("Nummer", accessor="sagsnummer", order_by=("pk",))
    tilbud = Kolonne("Tilbud", accessor="ydelse__tilbud__navn")
    ydelse = Kolonne("Tillægsydelse", accessor="ydelse__navn")
    handlekommune = Kolonne("Handler", accessor="handlekommune__kortnavn", orderable=False)
    betalingskommune = Kolonne("Betaler", accessor="betalingskommune__kortnavn", orderable=False)
    pris = Beloebkolonne("Pris (kr.)")
    prisenhed = Kolonne("Pr.", orderable=False)
    fra = Datokolonne("Fra")
    status = Kolonne("Set", empty_values=(), orderable=False)

    class Meta:
        model = Tillaegsaftale
        fields = (
            "nummer",
            "tilbud",
            "ydelse",
            "handlekommune",
            "betalingskommune",
            "pris",
            "prisenhed",
            "fra",
            "status",
        )
        order_by = ("-nummer",)

    def render_nummer(self, value: str, record: Tillaegsaftale) -> str:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), value)

    def value_nummer(self, value: str) -> str:
        return value

    def render_status(self, record: Tillaegsaftale) -> str:
        return self.value_status(record) or UKENDT

    def value_status(self, record: Tillaegsaftale) -> str:
        if not record.skal_underrettes:
            return ""
        return MANGLER if record.set_tidspunkt is None else SET


class Tillaegsaftalefilter(filters.FilterSet):
    """By tilbud, and whether the betalingskommune has seen it."""

    q = filters.CharFilter(label="Søg på tilbud", method="soeg")
    status = filters.ChoiceFilter(
        label="Set af den, der betaler",
        choices=[("ny", MANGLER), ("set", SET)],
        method="filtrer_status",
        empty_label="Alle",
    )

    class Meta:
        model = Tillaegsaftale
        fields = ["q", "status"]

    def soeg(self, queryset: QuerySet, navn: str, vaerdi: str) -> QuerySet:
        return queryset.filter(ydelse__tilbud__soegetekst__contains=sortering.soegetekst(vaerdi))

    def filtrer_status(self, queryset: Any, navn: str, vaerdi: str) -> QuerySet:
        return queryset.skal_ses() if vaerdi == "ny" else queryset.filter(set_tidspunkt__isnull=False)
