"""Hats: one organisation, several hats, and only the present hat's roles."""

import datetime as dt

import pytest
from django.urls import reverse

from socialaftale.kerne import hatte
from socialaftale.kerne.enums import Hat, Rolle
from socialaftale.kerne.models import Bruger, Medlemskab


@pytest.fixture
def bruger(organisationer):
    bruger = Bruger.objects.create_user("to.hatte@test.example", "x", navn="To Hatte")
    for rolle in (Rolle.KOMMUNE_MYNDIGHED, Rolle.DRIFTSHERRE_INDBERETTER, Rolle.DRIFTSHERRE_GODKENDER):
        Medlemskab.objects.create(
            bruger=bruger, organisation=organisationer["aalborg"], rolle=rolle, fra=dt.date(2020, 1, 1)
        )
    return bruger


def test_myndighed_og_driftsherre_er_adskilt(bruger, organisationer):
    adgang = hatte.adgang_for(bruger)
    assert adgang.hat == Hat.DRIFTSHERRE
    assert adgang.roller == {Rolle.DRIFTSHERRE_INDBERETTER, Rolle.DRIFTSHERRE_GODKENDER}
    anden = hatte.adgang_for(bruger, f"{organisationer['aalborg'].pk}:myndighed")
    assert anden.roller == {Rolle.KOMMUNE_MYNDIGHED}
    assert not anden.er_driftsherre


def test_udloebet_og_kommende_rolle_taeller_ikke(bruger, organisationer):
    Medlemskab.objects.update(til=dt.date(2020, 12, 31))
    Medlemskab.objects.create(
        bruger=bruger, organisation=organisationer["hjoerring"], rolle=Rolle.DAS_MEDLEM, fra=dt.date(2999, 1, 1)
    )
    adgang = hatte.adgang_for(bruger)
    assert adgang.roller == frozenset()
    assert adgang.organisation is None


def test_skift_og_tilbage_til_samme_side(bruger, organisationer, client):
    client.force_login(bruger)
    noegle = f"{organisationer['aalborg'].pk}:myndighed"
    svar = client.post(reverse("kerne:skift_hat"), {"hat": noegle, "next": "/vejledning/"})
    assert svar.headers["Location"] == "/vejledning/"
    assert client.session["hat"] == noegle


@pytest.mark.parametrize("naeste", ["https://ond.example/", "//ond.example/", ""])
def test_skift_sender_aldrig_ud_af_huset(bruger, organisationer, client, naeste):
    client.force_login(bruger)
    svar = client.post(
        reverse("kerne:skift_hat"), {"hat": f"{organisationer['aalborg'].pk}:myndighed", "next": naeste}
    )
    assert svar.headers["Location"] == "/"


def test_fremmed_hat_findes_ikke(bruger, organisationer, client):
    client.force_login(bruger)
    svar = client.post(reverse("kerne:skift_hat"), {"hat": f"{organisationer['hjoerring'].pk}:driftsherre"})
    assert svar.status_code == 404
