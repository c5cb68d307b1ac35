"""Permission rows of the central reports."""

from __future__ import annotations

from socialaftale.kerne.models import Organisation
from tests.adgangstabel import ALLE, SEKRETARIATET, Raekke, Verden, kun
from udmeldinger.models import CentralUdmelding, Maalgruppe, Maalgruppetal, Udmeldingstilbud


def byg(verden: Verden) -> None:
    styrelsen = Organisation.objects.get(slug="social-og-boligstyrelsen")
    faelles = {"aar": 2026, "maalgruppe": "En gruppe", "myndighed": styrelsen, "tilstand": "modtaget"}
    verden.udmelding = CentralUdmelding.objects.create(
        slug="offentlig", titel="Offentlig", offentliggjort=True, **faelles
    )
    verden.udmelding_kladde = CentralUdmelding.objects.create(slug="kladde", titel="Kladde", **faelles)
    gruppe = Maalgruppe.objects.create(udmelding=verden.udmelding, navn="Gruppe", raekkefoelge=1)
    verden.maalgruppetal = Maalgruppetal.objects.create(
        gruppe=gruppe, fra_aar=2025, til_aar=2025, antal=1, enhed="borgere"
    )
    verden.udmeldingstilbud = Udmeldingstilbud.objects.create(
        udmelding=verden.udmelding, navn="Tilbuddet", driftsform="kommunal", borgerflow_note="3-4 borgere"
    )


RAEKKER = [
    Raekke("udmeldinger:liste", ALLE),
    Raekke("udmeldinger:smaatal", kun(*SEKRETARIATET)),
    Raekke("udmeldinger:godkend_smaatal", kun(*SEKRETARIATET), kwargs=lambda v: {"pk": v.maalgruppetal.pk}),
    Raekke("udmeldinger:godkend_note", kun(*SEKRETARIATET), kwargs=lambda v: {"pk": v.udmeldingstilbud.pk}),
    Raekke("udmeldinger:detalje", ALLE, kwargs=lambda v: {"slug": "offentlig"}),
    Raekke("udmeldinger:detalje", kun(*SEKRETARIATET), ellers=404, anonym=404, kwargs=lambda v: {"slug": "kladde"}),
    Raekke("udmeldinger:regneark", ALLE, kwargs=lambda v: {"slug": "offentlig"}),
    Raekke("udmeldinger:regneark", kun(*SEKRETARIATET), ellers=404, anonym=404, kwargs=lambda v: {"slug": "kladde"}),
]
