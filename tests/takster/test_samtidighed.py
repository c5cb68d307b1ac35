"""Two people at the same time, on the database that really locks rows."""

from __future__ import annotations

import threading
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models import Haendelse
from takster import hentning
from takster.enums import Skematilstand
from takster.handlinger import hensaettelser, skemaer
from takster.models import Hensaettelsespost
from tests.takster.conftest import I_DAG
from tests.takster.factories import OrganisationFactory, RegelsaetFactory, SkemaFactory
from tests.takster.resultathjaelp import lav_regnskab, tilbud_med_takst

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
SYSTEM = Adgang.system()


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


@pytest.mark.regel("T24")
def test_den_samme_saldo_bruges_ikke_to_gange():
    RegelsaetFactory()
    tilbud = tilbud_med_takst(OrganisationFactory())
    lav_regnskab(tilbud, hensat=Decimal(400_000), til="godkendt")

    def brug() -> object:
        return hensaettelser.brug(
            tilbud.driftsherre,
            adgang=SYSTEM,
            dato=I_DAG,
            beloeb=Decimal(300_000),
            formaal="kvalitetsudvikling",
            tilbud=tilbud,
            tekst="Kursus",
        )

    udfald = samtidig(brug, brug, brug)
    assert sum(fejl is None for fejl in udfald) == 1
    assert sum(isinstance(fejl, ValidationError) for fejl in udfald) == 2
    assert Hensaettelsespost.objects.filter(art="forbrug").count() == 1


def test_kun_en_af_to_samtidige_gem_lykkes():
    skema = SkemaFactory(udfyldt=True)

    def gem(pladser: int) -> Callable[[], object]:
        felter = hentning.felter_af(skema) | {"pladser": Decimal(pladser)}
        linjer = skema.beloeb()
        return lambda: skemaer.gem_skema(skema, adgang=SYSTEM, version=1, felter=felter, linjer=linjer)

    udfald = samtidig(*(gem(pladser) for pladser in (11, 12, 13, 14)))
    assert sum(fejl is None for fejl in udfald) == 1
    assert sum(isinstance(fejl, Versionskonflikt) for fejl in udfald) == 3
    skema.refresh_from_db()
    assert skema.version == 2
    assert Haendelse.objects.for_objekt(skema).count() == 1


def test_kun_en_af_to_samtidige_godkendelser_lykkes():
    skema = SkemaFactory(udfyldt=True, tilstand=Skematilstand.INDSENDT)
    foer = Haendelse.objects.for_objekt(skema).count()
    udfald = samtidig(
        lambda: skemaer.godkend(skema, adgang=SYSTEM),
        lambda: skemaer.send_retur(skema, adgang=SYSTEM, begrundelse="Ret"),
        lambda: skemaer.godkend(skema, adgang=SYSTEM),
    )
    # Approval may be followed by sending back, but the same step never happens twice.
    assert sum(isinstance(fejl, UlovligOvergang) for fejl in udfald) in (1, 2)
    assert all(fejl is None or isinstance(fejl, UlovligOvergang) for fejl in udfald)
    lykkedes = sum(fejl is None for fejl in udfald)
    assert Haendelse.objects.for_objekt(skema).count() == foer + lykkedes
