"""The register as loaded from the region's folder of data."""

from __future__ import annotations

import pytest

from tilbud.handlinger.indlaesning import Indlaesning
from tilbud.importering import importer


@pytest.fixture
def register(organisationer) -> Indlaesning:
    """The 104 real rows with their paragraphs, as in every installation."""
    return importer()
