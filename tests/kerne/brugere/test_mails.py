"""The mails: what they say, and that the link in them works once and not for ever."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.urls import reverse

from socialaftale.kerne.brugere import mails
from socialaftale.kerne.enums import Rolle
from tests.kerne.brugere.factories import BrugerFactory, MedlemskabFactory, administrator

NY_ADGANGSKODE = "tre grønne æbler i snor"


def _link(tekst: str) -> str:
    return re.search(r"http://testserver(/konto/adgangskode/ny/\S+)", tekst)[1]


@pytest.fixture
def inviteret(organisationer):
    bruger = BrugerFactory(navn="Åse Ærø", email="aase@kommune.example", inviteret=True)
    MedlemskabFactory(bruger=bruger, til=dt.date(2099, 12, 31))
    MedlemskabFactory(bruger=bruger, rolle=Rolle.REVISOR, fra=dt.date(2020, 1, 1), til=dt.date(2020, 12, 31))
    return bruger


def test_invitationen(inviteret, time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC), tick=False)
    mails.invitation(inviteret.pk)
    besked = mail.outbox[0]
    assert besked.subject == "Du er inviteret til Nordjysk Socialaftale"
    assert besked.to == ["aase@kommune.example"]
    assert "Hej Åse Ærø" in besked.body
    assert (
        "- Indberetter for driftsherre, Aalborg Kommune, fra den 1.\xa0januar 2020 til og med den 31.\xa0december 2099"
    ) in besked.body
    # The role that has ended is not offered.
    assert "Revisor" not in besked.body
    assert "indtil den 25.\xa0november 2026 kl.\xa010.00" in besked.body
    assert "to-trins" not in besked.body
    assert "\n\n\n" not in besked.body


def test_invitationen_siger_til_naar_rollen_kraever_totrin(organisationer, settings):
    settings.KRAEV_TOTP = True
    mails.invitation(administrator(bruger__inviteret=True).bruger.pk)
    assert "Din rolle kræver to-trins-log-på" in mail.outbox[0].body


def test_ny_rolle_naevner_kun_den_nye(organisationer):
    rolle = MedlemskabFactory()
    ny = MedlemskabFactory(bruger=rolle.bruger, rolle=Rolle.REVISOR)
    mails.ny_rolle(rolle.bruger.pk, [ny.pk])
    assert "Du har fået en ny rolle i Nordjysk Socialaftale" in mail.outbox[0].body
    assert "Revisor, Aalborg Kommune" in mail.outbox[0].body
    assert "Indberetter" not in mail.outbox[0].body


def test_linket_virker_en_gang(inviteret, client):
    mails.invitation(inviteret.pk)
    link = _link(mail.outbox[0].body)
    svar = client.get(link)
    # The key leaves the address at once, so that it is in no history and no Referer.
    assert svar.headers["Location"].endswith("-vaelg/")
    svar = client.post(svar.headers["Location"], {"password1": NY_ADGANGSKODE, "password2": NY_ADGANGSKODE})
    assert svar.headers["Location"] == reverse("account_reset_password_from_key_done")
    inviteret.refresh_from_db()
    assert inviteret.check_password(NY_ADGANGSKODE)
    assert "Linket virker ikke længere" in client.get(link).text


@pytest.mark.parametrize(("timer", "virker"), [(71, True), (73, False)])
def test_linket_udloeber(inviteret, client, time_machine, timer, virker):
    nu = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
    time_machine.move_to(nu, tick=False)
    mails.invitation(inviteret.pk)
    time_machine.move_to(nu + dt.timedelta(hours=timer), tick=False)
    assert (client.get(_link(mail.outbox[0].body)).status_code == 302) is virker


def test_aeldre_link_doer_naar_et_er_brugt(inviteret, client):
    mails.invitation(inviteret.pk)
    mails.invitation(inviteret.pk)
    foerste, andet = (_link(besked.body) for besked in mail.outbox)
    svar = client.get(andet)
    client.post(svar.headers["Location"], {"password1": NY_ADGANGSKODE, "password2": NY_ADGANGSKODE})
    assert "Linket virker ikke længere" in client.get(foerste).text


def test_mailserver_nede(inviteret, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(mails.Mailfejl):
        mails.invitation(inviteret.pk)
