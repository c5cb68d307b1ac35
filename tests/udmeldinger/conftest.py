"""The real central reports, loaded from the folder of data."""

import pytest

from tilbud.importering import importer
from udmeldinger.importering import indlaes_udmeldinger
from udmeldinger.models import CentralUdmelding


@pytest.fixture
def udmeldinger(organisationer):
    importer()
    indlaes_udmeldinger()
    return {udmelding.slug: udmelding for udmelding in CentralUdmelding.objects.all()}
