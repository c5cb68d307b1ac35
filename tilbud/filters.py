"""Filters of the register's lists; "Ikke oplyst" is a value like any other."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet

from socialaftale.kerne import dansk
from socialaftale.kerne.models import Organisation
from tilbud.beregning.omfattet import Fundart
from tilbud.enums import Driftsform, Forslagstilstand, Kategori
from tilbud.fundtekster import FUNDTEKSTER
from tilbud.models import Lovgrundlag, Tilbud, Tilbudsforslag, Tilbudsfund, Tilbudslovgrundlag
from tilbud.models.fund import NIVEAUER
from tilbud.visning import IKKE_OPLYST

UKENDT = "ukendt"
UKENDT_VALG = (UKENDT, IKKE_OPLYST)


def _alle_ord(queryset: QuerySet, kolonne: str, tekst: str) -> QuerySet:
    """Rows whose search column holds every word of the text."""
    for ord_ in dansk.soegetekst(tekst).split():
        queryset = queryset.filter(**{f"{kolonne}__contains": ord_})
    return queryset


class Tilbudsfilter(filters.FilterSet):
    q = filters.CharFilter(label="Søg", method="filtrer_q", help_text="Navn, driftsherre, adresse eller type")
    driftsherre = filters.ChoiceFilter(label="Driftsherre", method="filtrer_driftsherre")
    kommune = filters.ChoiceFilter(label="Ligger i", method="filtrer_kommune")
    lovgrundlag = filters.ChoiceFilter(label="Lovgrundlag", method="filtrer_lovgrundlag")
    maalgruppe = filters.CharFilter(label="Målgruppe", method="filtrer_maalgruppe", help_text="Fx autisme")
    driftsform = filters.ChoiceFilter(
        label="Driftsform", choices=[*Driftsform.choices, UKENDT_VALG], method="filtrer_vaerdi"
    )
    kategori = filters.ChoiceFilter(
        label="Kategori", choices=[*Kategori.choices, UKENDT_VALG], method="filtrer_vaerdi"
    )
    i_socialaftalen = filters.ChoiceFilter(
        label="I socialaftalen",
        choices=[("ja", "Ja"), ("nej", "Nej"), UKENDT_VALG],
        method="filtrer_aftale",
    )

    class Meta:
        model = Tilbud
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        synlige = Tilbud.objects.synlige_for(self.request.adgang)
        # Lists here, not callables: a form asks for its choices several times.
        self.filters["driftsherre"].extra["choices"] = [
            *Organisation.objects.filter(pk__in=synlige.values("driftsherre")).values_list("slug", "kortnavn"),
            UKENDT_VALG,
        ]
        self.filters["kommune"].extra["choices"] = [
            *Organisation.objects.kommuner().values_list("slug", "kortnavn"),
            UKENDT_VALG,
        ]
        self.filters["lovgrundlag"].extra["choices"] = [
            *Lovgrundlag.objects.filter(tilbud__isnull=False).distinct().values_list("slug", "paragraf"),
            UKENDT_VALG,
        ]

    def filtrer_q(self, queryset: QuerySet, navn: str, vaerdi: str) -> QuerySet:
        return _alle_ord(queryset, "soegetekst", vaerdi)

    def filtrer_maalgruppe(self, queryset: QuerySet, navn: str, vaerdi: str) -> QuerySet:
        return _alle_ord(queryset, "maalgruppe_soegetekst", vaerdi)

    def filtrer_driftsherre(self, queryset: QuerySet, navn: str, vaerdi: str) -> QuerySet:
        return queryset.filter(driftsherre=None) if vaerdi == UKENDT else queryset.filter(driftsherre__slug=vaerdi)

    def filtrer_kommune(self, queryset: QuerySet, navn: str, vaerdi: str) -> QuerySet:
        """By the known location, or by the demo's invented one, which the row labels as such."""
        if vaerdi == UKENDT:
            return queryset.filter(beliggenhedskommune=None)
        return queryset.filter(Q(beliggenhedskommune__slug=vaerdi) | Q(eksempel__beliggenhedskommune__slug=vaerdi))

    def filtrer_lovgrundlag(self, queryset: QuerySet, navn: str, vaerdi: str) -> QuerySet:
        if vaerdi == UKENDT:
            return queryset.filter(lovgrundlag=None)
        med_paragraffen = Tilbudslovgrundlag.objects.filter(lovgrundlag__slug=vaerdi)
        return queryset.filter(pk__in=med_paragraffen.values("tilbud"))

    def filtrer_vaerdi(self, queryset: QuerySet, navn: str, vaerdi: str) -> QuerySet:
        return queryset.filter(**{navn: None if vaerdi == UKENDT else vaerdi})

    def filtrer_aftale(self, queryset: QuerySet, navn: str, vaerdi: str) -> QuerySet:
        if vaerdi == UKENDT:
            return queryset.filter(i_aftalen=None)
        return queryset.filter(i_aftalen=vaerdi == "ja")


class Mangelfilter(filters.FilterSet):
    """The desk: which kind of finding, how serious, whose *tilbud*."""

    art = filters.ChoiceFilter(
        label="Fund",
        choices=[(art.value, FUNDTEKSTER[art].titel) for art in Fundart],
        method="filtrer_art",
    )
    niveau = filters.ChoiceFilter(label="Niveau", choices=NIVEAUER, method="filtrer_niveau")
    driftsherre = filters.ChoiceFilter(label="Driftsherre", method="filtrer_driftsherre")

    class Meta:
        model = Tilbud
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        med_fund = Tilbud.objects.synlige_for(self.request.adgang).filter(fund__isnull=False)
        self.filters["driftsherre"].extra["choices"] = [
            *Organisation.objects.filter(pk__in=med_fund.values("driftsherre")).values_list("slug", "kortnavn"),
            UKENDT_VALG,
        ]

    def filtrer_art(self, queryset: QuerySet, navn: str, vaerdi: str) -> QuerySet:
        return queryset.filter(pk__in=Tilbudsfund.objects.filter(art=vaerdi).values("tilbud"))

    def filtrer_niveau(self, queryset: QuerySet, navn: str, vaerdi: str) -> QuerySet:
        return queryset.filter(pk__in=Tilbudsfund.objects.filter(niveau=vaerdi).values("tilbud"))

    filtrer_driftsherre = Tilbudsfilter.filtrer_driftsherre


class Forslagsfilter(filters.FilterSet):
    tilstand = filters.ChoiceFilter(label="Tilstand", choices=Forslagstilstand.choices)
    driftsherre = filters.ChoiceFilter(label="Driftsherre", field_name="organisation__slug")

    class Meta:
        model = Tilbudsforslag
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        forslag = Tilbudsforslag.objects.synlige_for(self.request.adgang)
        self.filters["driftsherre"].extra["choices"] = list(
            Organisation.objects.filter(pk__in=forslag.values("organisation")).values_list("slug", "kortnavn")
        )
