"""A driftsherre with very many services: out, changed, in, saved and submitted, with a bounded number of queries.

MANGE_SKEMAER=1000 makes them the thousand that the workbook is made for.
"""

from __future__ import annotations

import os

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from socialaftale.kerne.enums import Rolle
from takster.enums import Skemabogstilstand
from takster.handlinger.flere_skemaer import indsend_flere
from takster.models import Takstlinje, Takstskema
from takster.skemabog import indlaesning
from takster.skemabog.hentning import byg_bog
from tests.takster.factories import FELTER, LINJER, SkemaFactory, YdelseFactory
from tests.takster.skemabog.hjaelp import aabn, luk
from tilbud.models import Ydelse

pytestmark = [pytest.mark.django_db, pytest.mark.langsom]
ANTAL = int(os.environ.get("MANGE_SKEMAER", "300"))


@pytest.fixture
def mange(indberetning, skema):
    ydelser = [YdelseFactory.build(tilbud=skema.ydelse.tilbud, slug=f"y{n}") for n in range(ANTAL - 1)]
    ydelser = Ydelse.objects.bulk_create(ydelser)
    skemaer = Takstskema.objects.bulk_create(
        Takstskema(indberetning=indberetning, ydelse=ydelse, enhed="doegn", **FELTER) for ydelse in ydelser
    )
    Takstlinje.objects.bulk_create(
        [Takstlinje(skema=en, post=kode, beloeb=beloeb) for en in skemaer for kode, beloeb in LINJER.items()]
    )
    return indberetning


def taelt(gor):
    """What it returns, and the number of queries."""
    with CaptureQueriesContext(connection) as fanget:
        ud = gor()
    return ud, len(fanget)


def test_mange_skemaer_ud_og_ind(mange, adgang):
    indberetter, godkender = adgang(Rolle.DRIFTSHERRE_INDBERETTER), adgang(Rolle.DRIFTSHERRE_GODKENDER)
    data, antal = taelt(lambda: byg_bog(mange, indberetter))
    assert antal <= 10
    bog = aabn(data)
    ark = bog["Skemaer"]
    kolonne = next(c.column for c in ark[4] if c.value == "A10 Øverste ledelse (kr.)")
    bemaerkning = next(c.column for c in ark[4] if c.value == "Bemærkninger")
    for nummer in range(5, 5 + ANTAL):
        ark.cell(nummer, kolonne).value = 600_000 + nummer
        ark.cell(nummer, bemaerkning).value = f"Ny i række {nummer}"
    fil = indlaesning.opret(mange, indberetter, "stor.xlsx", luk(bog))
    trin = []
    _, antal = taelt(lambda: indlaesning.laes_fil(indberetter, lambda p, b: trin.append(p), fil=str(fil.pk)))
    assert antal <= 20
    assert trin == sorted(trin)
    fil.refresh_from_db()
    assert (fil.tilstand, len(fil.resultat["aendringer"])) == (Skemabogstilstand.KLAR, ANTAL)
    _, antal = taelt(lambda: indlaesning.gem_aendringer(indberetter, lambda p, b: None, fil=str(fil.pk), valg={}))
    # SQLite takes 999 values at a time, so rows and lines are written in portions.
    assert antal <= 20 + ANTAL // 8
    fil.refresh_from_db()
    assert (fil.tilstand, fil.resultat["gemt"]) == (Skemabogstilstand.GEMT, ANTAL)
    assert Takstlinje.objects.filter(post="A10", beloeb__gt=600_000).count() == ANTAL
    versioner = dict(Takstskema.objects.values_list("pk", "version"))
    assert set(versioner.values()) == {2}
    _, antal = taelt(lambda: indsend_flere(mange, versioner, adgang=godkender))
    assert antal <= 100


def test_mange_skemaer_paa_siderne(mange, klient, send):
    SkemaFactory(indberetning=mange)
    _, antal = taelt(lambda: klient.get(mange.get_absolute_url() + "excel/"))
    assert antal <= 20
