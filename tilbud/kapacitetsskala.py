"""Synthetic statements (*pladsopgørelser*) for measuring: all municipalities, as many periods as the years allow."""

from __future__ import annotations

from django.db import transaction

from socialaftale.kerne.models import Organisation
from tilbud.models import Kommunepladser, Pladsopgoerelse

FOERSTE_AAR = 2025
KILDE = "Syntetisk"


@transaction.atomic
def lav_skalaopgoerelser(antal_aar: int) -> None:
    """One published statement for every two years from 2025 on; those that are there are left alone."""
    kommuner = list(Organisation.objects.kommuner())
    for fra in range(FOERSTE_AAR, FOERSTE_AAR + antal_aar, 2):
        opgoerelse, ny = Pladsopgoerelse.objects.get_or_create(
            aftaleperiode=f"{fra}-{fra + 1}",
            version="syntetisk",
            defaults={"statistik_aar": fra - 1, "kilde": KILDE, "offentliggjort": True},
        )
        if ny:
            Kommunepladser.objects.bulk_create(
                Kommunepladser(
                    opgoerelse=opgoerelse,
                    kommune=kommune,
                    kommunale=100 + 37 * nummer % 900 + fra % 10,
                    private=50 + 53 * nummer % 500,
                    socialaftale=19 * nummer % 700,
                )
                for nummer, kommune in enumerate(kommuner)
            )
