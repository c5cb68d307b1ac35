"""Who can buy a place: any Danish municipality and Greenland (T8); read from the folder of data."""

from __future__ import annotations

from django.db.models import QuerySet

from socialaftale.kerne.enums import Organisationstype
from socialaftale.kerne.models import Organisation


def mulige_koebere() -> QuerySet[Organisation]:
    """The parties' municipalities first, in the agreement's order, then the others by name, Greenland last."""
    return Organisation.objects.filter(type=Organisationstype.KOMMUNE).order_by(
        "-er_part", "raekkefoelge", "navn", "pk"
    )


def kendte_koebere() -> dict[int, str]:
    """Names by key; one query."""
    return dict(mulige_koebere().values_list("pk", "kortnavn"))


def valgmuligheder() -> list[tuple[str, list[tuple[int, str]]]]:
    """The choices of a box in two groups; one query."""
    grupper: dict[bool, list[tuple[int, str]]] = {True: [], False: []}
    for pk, navn, er_part in mulige_koebere().values_list("pk", "kortnavn", "er_part"):
        grupper[er_part].append((pk, navn))
    titler = {True: "Kommuner i aftalen", False: "Andre kommuner og Grønland"}
    return [(titler[er_part], valg) for er_part, valg in grupper.items() if valg]
