"""Colleagues at the same moment, on PostgreSQL: no answer overwrites another unseen, and nothing is sent twice."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.models import Haendelse
from udmeldinger.spoergeskemaer import svarhandlinger
from udmeldinger.spoergeskemaer.adgang import Svarer
from udmeldinger.spoergeskemaer.svarformular import Indtastet

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def samtidig(*opgaver: Callable[[], object]) -> list[Exception | None]:
    """Run all at once, each on a connection of its own; what each raised, in order."""
    udfald: list[Exception | None] = [None] * len(opgaver)
    start = threading.Barrier(len(opgaver))

    def koer(nummer: int, opgave: Callable[[], object]) -> None:
        try:
            start.wait(timeout=10)
            opgave()
        except Exception as fejl:  # the test judges it
            udfald[nummer] = fejl
        finally:
            connections.close_all()

    traade = [threading.Thread(target=koer, args=par) for par in enumerate(opgaver)]
    for traad in traade:
        traad.start()
    for traad in traade:
        traad.join(timeout=30)
    return udfald


def skriver(besvarelse, svarer, noegle, vaerdi):
    indtastet = Indtastet(noegle=noegle, vaerdi=vaerdi, skrevet={}, fra_version=0, er_aendret=True)
    return lambda: svarhandlinger.gem_svar(besvarelse, [indtastet], svarer=svarer)


@pytest.fixture
def besvarelse(sendt):
    return sendt.besvarelser.get(organisation__slug="aalborg")


def test_det_samme_spoergsmaal_overskrives_ikke(besvarelse, adgang):
    svarer = Svarer(adgang(Rolle.KOMMUNE_MYNDIGHED))
    udfald = samtidig(*(skriver(besvarelse, svarer, "k9", f"Plan {nr}") for nr in range(4)))
    assert sum(fejl is None for fejl in udfald) == 1
    assert sum(isinstance(fejl, svarhandlinger.Svarkonflikt) for fejl in udfald) == 3
    assert besvarelse.svar.get().version == 1


def test_hver_sit_spoergsmaal_gemmes_alle(besvarelse, adgang):
    svarer = Svarer(adgang(Rolle.KOMMUNE_MYNDIGHED))
    svar = {"k1": {"svar": "nej"}, "k3": "1", "k9": "Plan"}
    assert samtidig(*(skriver(besvarelse, svarer, *par) for par in svar.items())) == [None] * 3
    assert {et.noegle: et.vaerdi for et in besvarelse.svar.all()} == svar


def test_et_svar_indsendes_en_gang(besvarelse, adgang):
    svarer = Svarer(adgang(Rolle.KOMMUNE_GODKENDER))
    skriver(besvarelse, svarer, "k1", {"svar": "nej"})()
    udfald = samtidig(*[lambda: svarhandlinger.indsend(besvarelse, svarer=svarer)] * 3)
    assert sum(fejl is None for fejl in udfald) == 1
    assert sum(isinstance(fejl, UlovligOvergang) for fejl in udfald) == 2
    handlinger = list(Haendelse.objects.for_objekt(besvarelse).values_list("handling", flat=True))
    assert sorted(handlinger) == ["besvarelse_godkendt", "besvarelse_indsendt"]
