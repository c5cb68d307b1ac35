"""Two people with the same case at the same time, on the database that really locks rows."""

from __future__ import annotations

import datetime as dt

import pytest

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.models import Beslutning, Sag
from socialaftale.kerne.sager import handlinger
from socialaftale.kerne.sager.enums import Sagstilstand, Udfald
from tests.sager.conftest import I_DAG
from tests.takster.test_samtidighed import samtidig

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
SYSTEM = Adgang.system()


def test_en_sag_afgoeres_kun_en_gang(lav):
    sag = lav(Sagstilstand.PAA_DAGSORDEN)

    def beslut(udfald: Udfald):
        return lambda: handlinger.beslut(
            sag, adgang=SYSTEM, udfald=udfald, dato=I_DAG, reference="FU, punkt 3", tekst="Fordi"
        )

    udfald = samtidig(*(beslut(hvad) for hvad in (Udfald.GODKENDT, Udfald.AFSLAAET, Udfald.SENDT_VIDERE)))
    assert sum(fejl is None for fejl in udfald) == 1
    assert sum(isinstance(fejl, UlovligOvergang) for fejl in udfald) == 2
    assert Beslutning.objects.count() == 1


def test_kun_en_af_to_samtidige_kladder_gemmes(lav):
    sag = lav()

    def gem(tekst: str):
        return lambda: handlinger.gem(sag, adgang=SYSTEM, version=1, begrundelse=tekst, data={})

    udfald = samtidig(gem("Den ene"), gem("Den anden"))
    assert sorted(type(fejl).__name__ for fejl in udfald) == ["NoneType", "Versionskonflikt"]
    assert Sag.objects.get().version == 2


def test_to_natlige_koersler_udfoerer_hver_sag_en_gang(lav, proeve, ur):
    sag = lav(Sagstilstand.GODKENDT)
    ur.move_to(dt.datetime(2026, 11, 1, 3, tzinfo=dt.UTC))
    udfald = samtidig(*(lambda: handlinger.udfoer(sag, adgang=SYSTEM) for _ in range(3)))
    assert udfald == [None, None, None]
    assert proeve.udfoerte == [sag.nummer]
