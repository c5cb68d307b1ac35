"""The demo's draft: made once, labelled, with comments and answers, and no mail."""

import datetime as dt

import pytest
from django.utils import timezone

from socialaftale.aftale.demoudkast import NOTE, lav_udkast
from socialaftale.aftale.models import Aftale, Hoering
from socialaftale.kerne import demobrugere
from socialaftale.kerne.models import Kommentar, NavngivetVersion
from tests.aftale.factories import lav_offentliggjort

pytestmark = pytest.mark.kun_sqlite("invented data through actions that are proven on both")


@pytest.fixture
def forrige(organisationer, settings):
    settings.DEMO = True
    demobrugere.lav_demobrugere()
    aftale = lav_offentliggjort(periode="2023-2024")
    aftale.tekst.kapitler.filter(noegle="forord").update(noegle="resume")
    return aftale


def test_udkastet(forrige, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        lav_udkast()
        lav_udkast()
    udkast = Aftale.objects.udkast().get()
    assert (udkast.note, udkast.tilstand) == (NOTE, "hoering")
    assert udkast.fra_aar > timezone.localdate().year
    assert udkast.til_aar - udkast.fra_aar == 1
    hoering = Hoering.objects.get()
    assert hoering.er_eksempel
    assert hoering.frist == timezone.localdate() + dt.timedelta(days=21)
    assert hoering.svar.indsendte().count() == 3
    assert not hoering.svar.get(organisation__slug="aalborg").er_indsendt
    assert list(NavngivetVersion.objects.values_list("navn", flat=True)) == ["udkast august", "udkast juni"]
    assert Kommentar.objects.filter(slags="kommentar").count() == 2
    assert [bilag.valg for bilag in udkast.bilag.all()] == ["", "tilbud"]
    assert mailoutbox == []


def test_uden_en_aftale_at_kopiere(organisationer):
    lav_udkast()
    assert not Aftale.objects.exists()
