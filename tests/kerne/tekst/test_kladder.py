"""Drafts: what is typed is kept per writer and never overwrites another draft; who is at work is shown to others."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command

from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Kladde, Redigering
from socialaftale.kerne.tekst import kladder
from socialaftale.kerne.tekst.handlinger import Kapiteludkast, opret_tekst
from socialaftale.kerne.tekst.kladder import KladdeOptaget


@pytest.fixture
def kapitel(db):
    return opret_tekst("En tekst", [Kapiteludkast("forord", "Forord", "<p>Gemt</p>")]).kapitler.get()


@pytest.fixture
def sofie(adgang):
    return adgang(Rolle.SEKRETARIAT)


@pytest.fixture
def marianne(adgang):
    return adgang(Rolle.SEKRETARIAT_ADMIN)


def gem(kapitel, adgang, indhold, maerke="", fra_version=1, titel="Forord"):
    return kladder.gem(kapitel, adgang=adgang, titel=titel, indhold=indhold, fra_version=fra_version, maerke=maerke)


def test_en_kladde_pr_bruger(kapitel, sofie, marianne):
    foerste = gem(kapitel, sofie, "<p>Mit</p>")
    gem(kapitel, marianne, "<p>Hendes</p>")
    anden = gem(kapitel, sofie, "<p>Mit, længere</p>", foerste.maerke)
    assert anden.pk == foerste.pk
    assert anden.maerke
    assert kladder.find(kapitel, sofie).indhold == "<p>Mit, længere</p>"
    assert kladder.find(kapitel, marianne).indhold == "<p>Hendes</p>"
    kapitel.refresh_from_db()
    assert (kapitel.indhold, kapitel.version) == ("<p>Gemt</p>", 1)


@pytest.mark.parametrize("maerke", ["", "et_andet"])
def test_en_kladde_siden_ikke_kender_overskrives_ikke(kapitel, sofie, maerke):
    gem(kapitel, sofie, "<p>Fra det andet vindue</p>")
    with pytest.raises(KladdeOptaget):
        gem(kapitel, sofie, "<p>Herfra</p>", maerke)
    assert kladder.find(kapitel, sofie).indhold == "<p>Fra det andet vindue</p>"


def test_samme_tekst_som_kapitlet_er_ingen_kladde(kapitel, sofie):
    kladde = gem(kapitel, sofie, "<p>Noget</p>")
    assert gem(kapitel, sofie, "<p>Gemt</p>", kladde.maerke) is None
    assert kladder.find(kapitel, sofie) is None


def test_cpr_gemmes_ikke(kapitel, sofie):
    with pytest.raises(ValidationError):
        gem(kapitel, sofie, "<p>010190-1234</p>")
    assert not Kladde.objects.exists()


def test_lang_titel_og_skjulte_tegn(kapitel, sofie):
    kladde = gem(kapitel, sofie, "<p>a\0b\r\nc</p>", titel="x" * 400)
    kladde.refresh_from_db()
    assert (kladde.indhold, len(kladde.titel)) == ("<p>ab\nc</p>", 400)


def test_slet_kun_den_man_har_set(kapitel, sofie, marianne):
    kladde = gem(kapitel, sofie, "<p>Mit</p>")
    assert not kladder.slet(kapitel, adgang=sofie, maerke="et_andet")
    assert not kladder.slet(kapitel, adgang=marianne, maerke=kladde.maerke)
    assert kladder.slet(kapitel, adgang=sofie, maerke=kladde.maerke)
    assert not Kladde.objects.exists()


class TestTilStede:
    def test_andre_ser_det_og_man_selv_ikke(self, kapitel, sofie, marianne):
        with time_machine.travel(dt.datetime(2026, 11, 22, 9, 12, tzinfo=dt.UTC), tick=False):
            kladder.meld_til_stede(kapitel, marianne)
            assert [post.i_ord for post in kladder.andre(kapitel, sofie)] == [
                f"{marianne.bruger} redigerer nu, siden kl. 10.12"
            ]
            assert kladder.andre(kapitel, marianne) == []
            assert list(kladder.i_gang(kapitel.tekst)) == [kapitel.pk]

    def test_siden_bliver_staaende_og_udloeber(self, kapitel, sofie, marianne):
        start = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
        with time_machine.travel(start, tick=False) as ur:
            kladder.meld_til_stede(kapitel, marianne)
            ur.shift(dt.timedelta(minutes=4))
            kladder.meld_til_stede(kapitel, marianne)
            assert Redigering.objects.get().siden == start
            ur.shift(dt.timedelta(minutes=6))
            assert kladder.andre(kapitel, sofie) == []
            kladder.meld_til_stede(kapitel, marianne)
            assert Redigering.objects.get().siden == start + dt.timedelta(minutes=10)
            kladder.meld_faerdig(kapitel, marianne)
            assert kladder.andre(kapitel, sofie) == []

    def test_dagen_efter_med_dato(self, kapitel, sofie, marianne):
        with time_machine.travel(dt.datetime(2026, 11, 21, 22, 58, tzinfo=dt.UTC), tick=False) as ur:
            kladder.meld_til_stede(kapitel, marianne)
            ur.shift(dt.timedelta(minutes=3))
            assert (
                "siden 21.\N{NO-BREAK SPACE}november 2026 kl.\N{NO-BREAK SPACE}23.58"
                in kladder.andre(kapitel, sofie)[0].i_ord
            )


def test_oprydning(kapitel, sofie, marianne, capsys):
    gem(kapitel, sofie, "<p>Mit</p>")
    kladder.meld_til_stede(kapitel, marianne)
    call_command("ryd_op")
    assert (Kladde.objects.count(), Redigering.objects.count()) == (1, 1)
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=366)):
        call_command("ryd_op")
    assert not Kladde.objects.exists()
    assert not Redigering.objects.exists()
    assert "2 kladder og redigeringer" in capsys.readouterr().out
