"""Filters of the lists of users and log-ins."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import Exists, OuterRef, Q, QuerySet

from socialaftale.kerne import dansk
from socialaftale.kerne.brugere.enums import Brugerstatus, Loginudfald
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Bruger, Loginforsoeg, Medlemskab, Organisation

# Django's mark of an account without a password.
_UDEN_ADGANGSKODE = Q(password__startswith="!")
STATUSFILTRE = {
    Brugerstatus.AKTIV: Q(is_active=True) & ~_UDEN_ADGANGSKODE,
    Brugerstatus.INVITERET: Q(is_active=True) & _UDEN_ADGANGSKODE,
    Brugerstatus.LUKKET: Q(is_active=False),
}
JA_NEJ = [("ja", "Ja"), ("nej", "Nej")]


def _med_ord(queryset: QuerySet, kolonne: str, tekst: str) -> QuerySet:
    """Rows whose search column holds every word of the text."""
    for ord_ in dansk.soegetekst(tekst).split():
        queryset = queryset.filter(**{f"{kolonne}__contains": ord_})
    return queryset


class Brugerfilter(filters.FilterSet):
    q = filters.CharFilter(label="Søg", method="filtrer_q", help_text="Navn eller e-mail")
    organisation = filters.ChoiceFilter(label="Organisation", method="filtrer_roller")
    rolle = filters.ChoiceFilter(label="Rolle", choices=Rolle.choices, method="filtrer_roller")
    status = filters.ChoiceFilter(label="Status", choices=Brugerstatus.choices, method="filtrer_status")
    totrin = filters.ChoiceFilter(label="To-trins-log-på", choices=JA_NEJ, method="filtrer_totrin")

    class Meta:
        model = Bruger
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["organisation"].extra["choices"] = list(
            # Those with members: the other municipalities of the country only buy places.
            Organisation.objects.synlige_for(self.request.adgang)
            .filter(Exists(Medlemskab.objects.filter(organisation=OuterRef("pk"))))
            .values_list("slug", "kortnavn")
        )

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Organisation and role together mean one membership that has both."""
        queryset = super().filter_queryset(queryset)
        valg = {
            felt: vaerdi
            for felt, navn in (("organisation__slug", "organisation"), ("rolle", "rolle"))
            if (vaerdi := self.form.cleaned_data.get(navn))
        }
        if not valg:
            return queryset
        return queryset.filter(Exists(Medlemskab.objects.gaeldende().filter(bruger=OuterRef("pk"), **valg)))

    def filtrer_q(self, queryset: QuerySet, navn: str, vaerdi: str) -> QuerySet:
        return _med_ord(queryset, "soegetekst", vaerdi)

    def filtrer_roller(self, queryset: QuerySet, navn: str, vaerdi: str) -> QuerySet:
        """Done for both together in `filter_queryset`."""
        return queryset

    def filtrer_status(self, queryset: QuerySet, navn: str, vaerdi: str) -> QuerySet:
        return queryset.filter(STATUSFILTRE[Brugerstatus(vaerdi)])

    def filtrer_totrin(self, queryset: QuerySet, navn: str, vaerdi: str) -> QuerySet:
        return queryset.filter(har_totrin=vaerdi == "ja")


class Loginfilter(filters.FilterSet):
    q = filters.CharFilter(label="Søg", method="filtrer_q", help_text="Navn eller e-mail")
    udfald = filters.ChoiceFilter(label="Udfald", choices=Loginudfald.choices)

    class Meta:
        model = Loginforsoeg
        fields: list[str] = []

    def filtrer_q(self, queryset: QuerySet, navn: str, vaerdi: str) -> QuerySet:
        return _med_ord(queryset, "bruger__soegetekst", vaerdi)
