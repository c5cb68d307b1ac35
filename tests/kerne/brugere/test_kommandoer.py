"""The commands: the first administrator of an installation, and the nightly cleaning."""

import datetime as dt
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Bruger, GemtPost, Haendelse, Loginforsoeg
from tests.kerne.brugere.factories import BrugerFactory, LoginforsoegFactory, MedlemskabFactory, administrator

EMAIL = "chef@kommune.example"


def _opret(*args: str) -> str:
    ud = StringIO()
    call_command("opret_administrator", *args, stdout=ud)
    return ud.getvalue()


def _sti(udskrift: str) -> str:
    return udskrift.splitlines()[-1].removeprefix("http://testserver")


def test_den_foerste(organisationer, client):
    udskrift = _opret("Chef@Kommune.Example", "--navn", "Carla Chef")
    bruger = Bruger.objects.get(email=EMAIL)
    rolle = bruger.medlemskaber.get()
    assert (rolle.rolle, rolle.organisation.slug, rolle.til) == (Rolle.SEKRETARIAT_ADMIN, "sekretariatet", None)
    assert Haendelse.objects.for_objekt(bruger).first().hvem == "Systemet"
    assert mail.outbox == []
    svar = client.get(_sti(udskrift))
    adgangskode = "tre grønne æbler i snor"
    client.post(svar.headers["Location"], {"password1": adgangskode, "password2": adgangskode})
    client.post("/konto/log-paa/", {"login": EMAIL, "password": adgangskode})
    assert client.get("/brugere/").status_code == 200


def test_med_mail(organisationer, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        udskrift = _opret(EMAIL, "--navn", "Carla", "--send")
    assert mail.outbox[0].to == [EMAIL]
    assert _sti(udskrift).startswith("/konto/adgangskode/ny/")


def test_en_bruger_der_findes_beholder_navn_og_roller(organisationer):
    rolle = MedlemskabFactory(bruger__email=EMAIL, bruger__navn="Carla")
    _opret(EMAIL)
    assert rolle.bruger.medlemskaber.count() == 2
    assert Bruger.objects.get(email=EMAIL).navn == "Carla"


def test_en_der_er_administrator_faar_kun_et_nyt_link(organisationer):
    administrator(bruger__email=EMAIL)
    assert _sti(_opret(EMAIL)).startswith("/konto/adgangskode/ny/")
    assert not Haendelse.objects.exists()


@pytest.mark.parametrize("args", [(EMAIL,), ("ingen-snabel-a", "--navn", "X")])
def test_afviser(organisationer, args):
    with pytest.raises(CommandError):
        _opret(*args)
    assert not Bruger.objects.exists()


def test_uden_grunddata(db):
    with pytest.raises(CommandError, match="indlaes_grunddata"):
        _opret(EMAIL, "--navn", "Carla")


def test_lukket_konto(organisationer):
    BrugerFactory(email=EMAIL, lukket=True)
    with pytest.raises(CommandError, match="er lukket"):
        _opret(EMAIL)


def test_ryd_op(db, time_machine):
    bruger = BrugerFactory()
    Client().force_login(bruger)
    LoginforsoegFactory(bruger=bruger)
    GemtPost.objects.create(bruger=bruger, indhold=b"x")
    call_command("ryd_op", stdout=StringIO())
    assert (Session.objects.count(), Loginforsoeg.objects.count(), GemtPost.objects.count()) == (1, 1, 1)
    time_machine.move_to(timezone.now() + dt.timedelta(days=2))
    call_command("ryd_op", stdout=StringIO())
    assert (Session.objects.count(), Loginforsoeg.objects.count(), GemtPost.objects.count()) == (0, 1, 0)
    time_machine.move_to(timezone.now() + dt.timedelta(days=366))
    ud = StringIO()
    call_command("ryd_op", stdout=ud)
    assert Loginforsoeg.objects.count() == 0
    assert ud.getvalue() == (
        "Slettet: 0 gemte formularer, 1 log-in-forsøg, 0 kladder og redigeringer af kapitler, "
        "0 arbejdsbøger med takstskemaer\n"
    )
