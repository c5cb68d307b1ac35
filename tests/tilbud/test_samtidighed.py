"""Two people save the same thing at the same moment: one of them is told, and nothing is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from socialaftale.kerne import hatte
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models import Haendelse
from tests.tilbud.factories import TilbudFactory
from tilbud import handlinger
from tilbud.models import Tilbud, Tilbudsforslag

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite locks the whole database."),
]


@pytest.fixture
def tilbud(organisationer) -> Tilbud:
    return TilbudFactory(driftsherre=organisationer["aalborg"])


@pytest.fixture
def sekretariat(bruger_med) -> Adgang:
    return hatte.adgang_for(bruger_med(Rolle.SEKRETARIAT))


def samtidig(foerst: Callable[[], object], saa: Callable[[], object]) -> list[str]:
    """`saa` begins while `foerst` is done but not committed; the outcomes in the order they came."""
    udfald: list[str] = []
    begyndt = threading.Event()

    def koer(handling: Callable[[], object]) -> None:
        try:
            handling()
            udfald.append("gemt")
        except (Versionskonflikt, UlovligOvergang) as fejl:
            udfald.append(type(fejl).__name__)

    def den_anden() -> None:
        begyndt.wait(10)
        try:
            koer(saa)
        finally:
            connection.close()

    traad = threading.Thread(target=den_anden)
    traad.start()
    with transaction.atomic():
        koer(foerst)
        begyndt.set()
        # Time for the other to reach the lock; it must still be waiting there.
        traad.join(0.5)
        assert traad.is_alive()
    traad.join(10)
    return udfald


def test_to_der_retter_det_samme_tilbud(tilbud, sekretariat):
    def ret(adresse: str) -> Callable[[], object]:
        return lambda: handlinger.ret_tilbud(tilbud, adgang=sekretariat, version=1, felter={"adresse": adresse})

    assert samtidig(ret("Først 1"), ret("Sidst 2")) == ["gemt", "Versionskonflikt"]
    tilbud.refresh_from_db()
    assert (tilbud.adresse, tilbud.version) == ("Først 1", 2)
    assert Haendelse.objects.for_objekt(tilbud).count() == 1


def test_et_forslag_der_traekkes_mens_det_godkendes(tilbud, sekretariat, bruger_med):
    driftsherre = hatte.adgang_for(bruger_med(Rolle.DRIFTSHERRE_GODKENDER, organisation="aalborg"))
    forslag = handlinger.opret_forslag(tilbud, adgang=driftsherre, felter={"maalgruppe": "Unge"})
    handlinger.indsend_forslag(forslag, adgang=driftsherre)
    udfald = samtidig(
        lambda: handlinger.traek_forslag(forslag, adgang=driftsherre),
        lambda: handlinger.godkend_forslag(forslag, adgang=sekretariat, version=1),
    )
    assert udfald == ["gemt", "UlovligOvergang"]
    tilbud.refresh_from_db()
    assert (tilbud.maalgruppe, Tilbudsforslag.objects.get().tilstand) == ("", "trukket")
