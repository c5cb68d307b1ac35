"""The region's geography as the product reads it, and the agreement places of 2023-2024 by municipality code."""

from pathlib import Path

import pytest
from django.conf import settings

from socialaftale.kerne.figurer import Fliser, Graenser, laes_fliser, laes_graenser


@pytest.fixture(scope="session")
def geomappe() -> Path:
    return Path(settings.BASE_DIR) / "fixtures" / "geo"


@pytest.fixture(scope="session")
def graenser(geomappe) -> Graenser:
    return laes_graenser(geomappe / "kommunegraenser.geojson")


@pytest.fixture(scope="session")
def fliser(geomappe) -> Fliser:
    return laes_fliser(geomappe / "fliser.json")


@pytest.fixture
def pladser() -> dict[str, int | None]:
    """Nordjysk Socialaftale 2023-2024, agreement places."""
    return {
        "810": 170,
        "813": 109,
        "860": 217,
        "849": 52,
        "825": 0,
        "846": 460,
        "773": 87,
        "840": 135,
        "787": 58,
        "820": 266,
        "851": 867,
    }
