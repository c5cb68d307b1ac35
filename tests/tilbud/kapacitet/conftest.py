"""The region's stated capacity, loaded as in every installation."""

from __future__ import annotations

import pytest

from tilbud.kapacitetsindlaesning import indlaes_pladser


@pytest.fixture
def kapacitet(organisationer) -> None:
    """Both published statements of the folder of data."""
    assert indlaes_pladser() == []
