"""Who can buy a place: any Danish municipality and Greenland (T8); read from the folder of data."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from socialaftale.kerne import dansk
from socialaftale.kerne.enums import Organisationstype
from socialaftale.kerne.models import Organisation

# Not a municipality, yet a buyer under the styringsaftale.
GROENLAND = "groenland"


def mulige_koebere() -> QuerySet[Organisation]:
    """The parties' municipalities first, in the agreement's order, then the others by name, Greenland last."""
    return Organisation.objects.filter(Q(type=Organisationstype.KOMMUNE) | Q(slug=GROENLAND)).order_by(
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


def lav_kommuner(raekker: list[dict[str, str]]) -> int:
    """The organisations of the file that are not there yet, by code or else by slug; answers how many."""
    koder = set(Organisation.objects.exclude(kode=None).values_list("kode", flat=True))
    slugs = set(Organisation.objects.values_list("slug", flat=True))
    nye = []
    for raekke in raekker:
        kode, slug = int(raekke["kode"]) if raekke["kode"] else None, dansk.slug(raekke["kortnavn"])
        if kode in koder or slug in slugs:
            continue
        organisation = Organisation(
            slug=slug, type=raekke["type"], navn=raekke["navn"], kortnavn=raekke["kortnavn"], kode=kode
        )
        organisation.full_clean(validate_unique=False, validate_constraints=False)
        nye.append(organisation)
    Organisation.objects.bulk_create(nye)
    return len(nye)
