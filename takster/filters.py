"""Filters of the lists of the tariff app."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from socialaftale.kerne import dansk
from socialaftale.kerne.models import Organisation
from takster.enums import Enhed, Skematilstand
from takster.models import Indberetning, Indberetningsrunde, Takst, Takstskema
from takster.models.skema import REDIGERBARE
from tilbud.enums import Taksttype
from tilbud.filters import UKENDT, UKENDT_VALG
from tilbud.models import Lovgrundlag


def _runder(request: HttpRequest | None) -> QuerySet[Indberetningsrunde]:
    if request is None:
        return Indberetningsrunde.objects.none()
    return Indberetningsrunde.objects.synlige_for(request.adgang).rigtige()


HOS_DRIFTSHERREN, FAERDIGE = "hos_driftsherren", "faerdige"
SAMLEDE = [(HOS_DRIFTSHERREN, "Hos driftsherren"), (FAERDIGE, "Godkendt eller offentliggjort")]
SAMLEDE_TILSTANDE = {
    HOS_DRIFTSHERREN: REDIGERBARE,
    FAERDIGE: (Skematilstand.GODKENDT, Skematilstand.OFFENTLIGGJORT),
}


class Skemafilter(filters.FilterSet):
    """Takstskemaer of a round."""

    q = filters.CharFilter(label="Søg på tilbud", method="soeg")
    runde = filters.ModelChoiceFilter(
        label="Runde", field_name="indberetning__runde", queryset=_runder, empty_label="Alle runder"
    )
    driftsherre = filters.ModelChoiceFilter(
        label="Driftsherre",
        field_name="indberetning__driftsherre",
        queryset=Organisation.objects.driftsherrer(),
        empty_label="Alle driftsherrer",
    )
    tilstand = filters.ChoiceFilter(
        label="Status", choices=[*Skematilstand.choices, *SAMLEDE], method="filtrer_tilstand", empty_label="Alle"
    )

    class Meta:
        model = Takstskema
        fields = ["q", "runde", "driftsherre", "tilstand"]

    def soeg(self, queryset: QuerySet, navn: str, vaerdi: str) -> QuerySet:
        return queryset.filter(ydelse__tilbud__soegetekst__contains=dansk.soegetekst(vaerdi))

    def filtrer_tilstand(self, queryset: QuerySet, navn: str, vaerdi: str) -> QuerySet:
        return queryset.filter(tilstand__in=SAMLEDE_TILSTANDE.get(vaerdi, (vaerdi,)))


class EgneSkemaerfilter(Skemafilter):
    """The forms of one driftsherre in one round: neither is a choice."""

    runde = None
    driftsherre = None

    class Meta(Skemafilter.Meta):
        fields = ["q", "tilstand"]


class Indberetningsfilter(filters.FilterSet):
    """How far the driftsherrer are."""

    VALG = [
        ("mangler", "Mangler at indsende"),
        ("venter", "Har indsendt noget, der venter"),
        ("ingen", "Har ingen skemaer"),
    ]

    status = filters.ChoiceFilter(label="Vis", choices=VALG, method="filtrer_status", empty_label="Alle driftsherrer")

    class Meta:
        model = Indberetning
        fields = ["status"]

    def filtrer_status(self, queryset: QuerySet, navn: str, vaerdi: str) -> QuerySet:
        if vaerdi == "mangler":
            return queryset.filter(skemaer__tilstand__in=REDIGERBARE).distinct()
        if vaerdi == "venter":
            return queryset.filter(skemaer__tilstand=Skematilstand.INDSENDT).distinct()
        return queryset.filter(skemaer__isnull=True)


class Afgivnefilter(Indberetningsfilter):
    """For those who see only what is handed in: who has drafts, or none, is not a choice."""

    status = filters.ChoiceFilter(
        label="Vis",
        choices=[valg for valg in Indberetningsfilter.VALG if valg[0] == "venter"],
        method="filtrer_status",
        empty_label="Alle driftsherrer",
    )


def takstaar(request: HttpRequest) -> list[int]:
    """The years that have published tariffs, newest first; asked for once per request."""
    if not hasattr(request, "takstaar"):
        request.takstaar = Takst.objects.aarene()
    return request.takstaar


class Takstfilter(filters.FilterSet):
    """The published tariffs."""

    aar = filters.ChoiceFilter(label="År", empty_label=None)
    q = filters.CharFilter(label="Søg på tilbud eller ydelse", method="soeg")
    driftsherre = filters.ModelChoiceFilter(
        label="Driftsherre", queryset=lambda request: _driftsherrer(), empty_label="Alle driftsherrer"
    )
    kommune = filters.ChoiceFilter(label="Ligger i", method="filtrer_kommune")
    lovgrundlag = filters.ModelChoiceFilter(
        label="Lovgrundlag", queryset=lambda request: _lovgrundlag(), empty_label="Alle lovgrundlag"
    )
    maalgruppe = filters.CharFilter(label="Målgruppe", method="filtrer_maalgruppe")
    enhed = filters.ChoiceFilter(label="Enhed", choices=Enhed.choices, empty_label="Alle enheder")
    taksttype = filters.ChoiceFilter(label="Taksttype", choices=Taksttype.choices, empty_label="Alle typer")

    class Meta:
        model = Takst
        fields = ["aar", "q", "driftsherre", "kommune", "lovgrundlag", "maalgruppe", "enhed", "taksttype"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Lists here, not callables: a form asks for its choices several times.
        self.filters["aar"].extra["choices"] = [(aar, aar) for aar in takstaar(self.request)]
        self.filters["kommune"].extra["choices"] = _kommunevalg()

    def soeg(self, queryset: QuerySet, navn: str, vaerdi: str) -> QuerySet:
        return queryset.filter(soegetekst__contains=dansk.soegetekst(vaerdi))

    def filtrer_maalgruppe(self, queryset: QuerySet, navn: str, vaerdi: str) -> QuerySet:
        return queryset.filter(maalgruppe_soegetekst__contains=dansk.soegetekst(vaerdi))

    def filtrer_kommune(self, queryset: QuerySet, navn: str, vaerdi: str) -> QuerySet:
        return queryset.filter(Q(kommune__isnull=True) if vaerdi == UKENDT else Q(kommune=vaerdi))


def _driftsherrer() -> QuerySet[Organisation]:
    return Organisation.objects.driftsherrer()


def _lovgrundlag() -> QuerySet[Lovgrundlag]:
    return Lovgrundlag.objects.order_by("raekkefoelge", "paragraf", "pk")


def _kommunevalg() -> list[tuple[Any, str]]:
    kommuner = [(organisation.pk, organisation.kortnavn) for organisation in Organisation.objects.kommuner()]
    return [*kommuner, UKENDT_VALG]
