"""The demonstration documents, made once per process."""

from pathlib import Path

import pytest
from django.conf import settings

from socialaftale.kerne.pdf import Resultat, byg_resultat, skabelon, stil
from socialaftale.kerne.pdf.flet import Del, flet_dele
from tests.kerne.pdf import demodokument


@pytest.fixture(scope="session")
def prosa() -> Resultat:
    """The prose with cover, contents, boxes, notes and a figure."""
    return byg_resultat(demodokument.prosa_html(), stilark=skabelon.stilark(), rodmapper=skabelon.rodmapper())


@pytest.fixture(scope="session")
def bilag() -> Resultat:
    """The annex with a table of 60 rows in landscape."""
    css = demodokument.bilagstabel(1, ("x",)).css
    return byg_resultat(
        demodokument.bilag_html(60), stilark=skabelon.stilark(ekstra=css), rodmapper=skabelon.rodmapper()
    )


@pytest.fixture(scope="session")
def samlet(prosa: Resultat, bilag: Resultat) -> bytes:
    """Prose and two annexes in one file."""
    return flet_dele(
        [
            Del(prosa.data),
            Del(bilag.data, "bilag-5", "Bilag 5: Styringsaftale", "Bilag 5, side\u00a0"),
            Del(bilag.data, "bilag-7", "Bilag 7: Takster", demodokument.BILAG.sidemaerke),
        ],
        titel="Nordjysk Socialaftale 2027–2028 med bilag",
    )


@pytest.fixture(scope="session")
def skrifter() -> str:
    """The fonts alone, for small documents."""
    return stil.skrifttyper(Path(settings.BASE_DIR) / skabelon.SKRIFTMAPPE)
