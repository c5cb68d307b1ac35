"""Every state × every step of the two transition tables, and that each lawful step works through its action."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.models import Haendelse
from takster.enums import Rundetilstand, Skematilstand
from takster.forloeb import RUNDE, SKEMA, Rundetrin, Skematrin
from takster.handlinger import offentliggoerelse, runder, skemaer
from tests.takster.factories import RundeFactory, SkemaFactory

pytestmark = pytest.mark.django_db
SYSTEM = Adgang.system()
FRIST = dt.date(2026, 12, 1)

SKEMAHANDLINGER = {
    Skematrin.INDSEND: lambda skema: skemaer.indsend(skema, adgang=SYSTEM),
    Skematrin.TRAEK_TILBAGE: lambda skema: skemaer.traek_tilbage(skema, adgang=SYSTEM),
    Skematrin.SEND_RETUR: lambda skema: skemaer.send_retur(skema, adgang=SYSTEM, begrundelse="Ret lønnen"),
    Skematrin.GODKEND: lambda skema: skemaer.godkend(skema, adgang=SYSTEM),
    Skematrin.OFFENTLIGGOER: lambda skema: offentliggoerelse.offentliggoer_skema(skema, adgang=SYSTEM),
}
RUNDEHANDLINGER = {
    Rundetrin.AABN: lambda runde: runder.aabn_runde(runde, adgang=SYSTEM),
    Rundetrin.LUK: lambda runde: runder.luk_runde(runde, adgang=SYSTEM),
    Rundetrin.GENAABN: lambda runde: runder.genaabn_runde(runde, adgang=SYSTEM, frist=FRIST, begrundelse="Forlænget"),
    Rundetrin.OFFENTLIGGOER: lambda runde: offentliggoerelse.offentliggoer_runde(runde, adgang=SYSTEM),
}


def test_hvert_trin_har_en_handling():
    assert set(SKEMAHANDLINGER) == set(SKEMA.overgange) == set(Skematrin)
    assert set(RUNDEHANDLINGER) == set(RUNDE.overgange) == set(Rundetrin)
    assert SKEMA.tilstande == frozenset(Skematilstand)
    assert RUNDE.tilstande == frozenset(Rundetilstand)


@pytest.mark.parametrize("trin", Skematrin)
@pytest.mark.parametrize("tilstand", Skematilstand)
def test_skemaets_overgange(tilstand: Skematilstand, trin: Skematrin):
    """A lawful step leads to its state and leaves one entry in the log; any other changes nothing."""
    skema = SkemaFactory(udfyldt=True, tilstand=tilstand)
    if trin == Skematrin.OFFENTLIGGOER:
        _offentliggjort(skema.indberetning.runde)
    foer = Haendelse.objects.for_objekt(skema).count()
    if SKEMA.kan(trin, tilstand):
        SKEMAHANDLINGER[trin](skema)
        skema.refresh_from_db()
        assert skema.tilstand == SKEMA.overgange[trin].til
        haendelse = Haendelse.objects.for_objekt(skema).first()
        assert (haendelse.fra_tilstand, haendelse.til_tilstand) == (tilstand, skema.tilstand)
        assert Haendelse.objects.for_objekt(skema).count() == foer + 1
    else:
        with pytest.raises(UlovligOvergang):
            SKEMAHANDLINGER[trin](skema)
        skema.refresh_from_db()
        assert skema.tilstand == tilstand
        assert Haendelse.objects.for_objekt(skema).count() == foer


@pytest.mark.parametrize("trin", Rundetrin)
@pytest.mark.parametrize("tilstand", Rundetilstand)
def test_rundens_overgange(tilstand: Rundetilstand, trin: Rundetrin):
    runde = RundeFactory(tilstand=Rundetilstand.AABEN)
    SkemaFactory(udfyldt=True, indberetning__runde=runde, tilstand=Skematilstand.GODKENDT)
    _saet_tilstand(runde, tilstand)
    if RUNDE.kan(trin, tilstand):
        RUNDEHANDLINGER[trin](runde)
        runde.refresh_from_db()
        assert runde.tilstand == RUNDE.overgange[trin].til
        assert Haendelse.objects.for_objekt(runde).first().til_tilstand == runde.tilstand
    else:
        with pytest.raises(UlovligOvergang):
            RUNDEHANDLINGER[trin](runde)
        runde.refresh_from_db()
        assert runde.tilstand == tilstand


@pytest.mark.parametrize("trin", Rundetrin)
def test_en_historisk_runde_aendres_aldrig(trin: Rundetrin):
    runde = RundeFactory(aar=2019, tilstand=Rundetilstand.LUKKET, er_historisk=True, aabner=None, frist=None)
    with pytest.raises((UlovligOvergang, PermissionDenied)):
        RUNDEHANDLINGER[trin](runde)


def _saet_tilstand(runde, tilstand: Rundetilstand) -> None:
    if tilstand == Rundetilstand.OFFENTLIGGJORT:
        _offentliggjort(runde)
    else:
        runde.tilstand = tilstand
        runde.save()


def _offentliggjort(runde) -> None:
    runde.tilstand = Rundetilstand.OFFENTLIGGJORT
    runde.offentliggjort_tidspunkt = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
    runde.save()
