"""The list of external figures and its filters."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from socialaftale.aftale.eksterne.brug import Brugssted
from socialaftale.kerne.models import EksterntTal
from socialaftale.kerne.tables import Datokolonne, Kolonne, Tabel, tilstandsmaerke

GAMLE = [("ja", "For gamle"), ("nej", "Ikke for gamle")]


class Eksternfilter(filters.FilterSet):
    soeg = filters.CharFilter(label="Søg", method="filtrer_soeg")
    alder = filters.ChoiceFilter(label="Alder", choices=GAMLE, empty_label="Alle", method="filtrer_alder")

    class Meta:
        model = EksterntTal
        fields: tuple[str, ...] = ()

    def filtrer_soeg(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        for ord_ in value.split():
            led = (Q(**{f"{felt}__icontains": ord_}) for felt in ("statistik", "kilde", "udgiver", "vaerdi_tekst"))
            samlet = Q()
            for et in led:
                samlet |= et
            queryset = queryset.filter(samlet)
        return queryset

    def filtrer_alder(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        gamle = EksterntTal.objects.gamle(timezone.localdate().year).values("pk")
        return queryset.filter(pk__in=gamle) if value == "ja" else queryset.exclude(pk__in=gamle)


class Eksterntabel(Tabel):
    titel = "Eksterne tal"
    skjul_smal = ("kilde", "slaaet_op")

    statistik = Kolonne(verbose_name="Hvad tallet viser", linkify=lambda record: _adresse(record))
    vaerdi_tekst = Kolonne(verbose_name="Værdi", orderable=False)
    kilde = Kolonne(verbose_name="Kilde")
    aar = Kolonne(verbose_name="År")
    brug = Kolonne(verbose_name="Bruges i", accessor="noegle", orderable=False)
    slaaet_op = Datokolonne(verbose_name="Slået op")

    class Meta:
        model = EksterntTal
        fields: tuple[str, ...] = ()
        sequence = ("statistik", "vaerdi_tekst", "kilde", "aar", "brug", "slaaet_op")
        order_by = "statistik"

    # Set by the view: where each is cited.
    steder: dict[str, list[Brugssted]] = {}

    def render_aar(self, value: int, record: EksterntTal) -> str:
        gammelt = record.gammelt_i_ord(timezone.localdate())
        return format_html("{} {}", str(value), tilstandsmaerke("advarsel", gammelt)) if gammelt else str(value)

    def value_aar(self, value: int) -> str:
        return str(value)

    def render_brug(self, value: str) -> str:
        antal = len(self.steder.get(value, ()))
        return f"{antal} {'kapitel' if antal == 1 else 'kapitler'}" if antal else "Ingen steder"

    def value_brug(self, value: str) -> str:
        return self.render_brug(value)

    def order_slaaet_op(self, queryset: QuerySet, is_descending: bool) -> tuple[QuerySet, bool]:
        """Those nobody has looked up come last whichever way."""
        led: Any = F("slaaet_op").desc(nulls_last=True) if is_descending else F("slaaet_op").asc(nulls_last=True)
        return queryset.order_by(led, "statistik", "pk"), True


def _adresse(tal: EksterntTal) -> str:
    return reverse("aftale:eksternt_tal", args=(tal.pk,))
