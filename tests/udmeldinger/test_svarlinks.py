"""Personal links: one answer without an account, until they expire or are withdrawn."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from tests.udmeldinger.skemahjaelp import felter, url
from udmeldinger.models import Svarlink
from udmeldinger.spoergeskemaer import udsendelse


@pytest.fixture
def link(sendt, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        udsendelse.spoerg_privat(
            sendt, adgang=Adgang.system(), organisation="Fonden Prøve", navn="Pia Prøve", email="pia@fonden.example"
        )
    return re.search(r"/spoergeskemaer/link/\S+", mailoutbox[-1].body)[0]


def test_et_personligt_link_svarer_uden_bruger(link, sendt):
    token = link.split("/")[-2]
    raekke = Svarlink.objects.get()
    assert token not in (raekke.aftryk, raekke.navn)
    klient = Client()
    side = klient.get(link)
    assert side.status_code == 200
    assert side["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in side["Cache-Control"]
    afsnit = reverse("spoergeskemaer:link_afsnit", args=(token, 1))
    data = {**felter(klient.get(afsnit).text), "q-k1-svar": "nej"}
    assert klient.post(afsnit, {**data, "handling": "naeste"}).status_code == 302
    svar = klient.post(reverse("spoergeskemaer:link_tjek", args=(token,)))
    assert svar["Location"] == reverse("spoergeskemaer:link_kvittering", args=(token,))
    assert "Pia Prøve" in klient.get(svar["Location"]).text
    raekke.besvarelse.refresh_from_db()
    assert raekke.besvarelse.tilstand == "godkendt"
    # Nothing else opens: the pages of a log-in send to the log-in.
    assert klient.get(raekke.besvarelse.get_absolute_url()).status_code == 302
    assert klient.get(url("liste")).status_code == 302


def test_linket_er_bundet_til_et_svar_og_kan_traekkes_tilbage(link, sendt, log_ind, aalborgs):
    token = link.split("/")[-2]
    raekke = Svarlink.objects.get()
    assert Client().get(reverse("spoergeskemaer:link", args=(token[:-1] + "x",))).status_code == 404
    sekretariat = log_ind(Rolle.SEKRETARIAT)
    sekretariat.post(url("link_nyt", raekke.besvarelse_id), {"navn": "Pia", "email": "pia@fonden.example"})
    assert Client().get(link).status_code == 410
    assert Svarlink.objects.count() == 2
    assert sum(et.virker() for et in Svarlink.objects.all()) == 1
    sekretariat.post(url("link_tilbage", raekke.besvarelse_id))
    assert not any(et.virker() for et in Svarlink.objects.all())
    # Only those without an account get links.
    assert sekretariat.get(url("link_nyt", aalborgs.pk)).status_code == 302
    assert sekretariat.post(url("link_tilbage", aalborgs.pk)).status_code == 404


def test_et_udloebet_link_virker_ikke(link):
    Svarlink.objects.update(udloeber=timezone.now() - dt.timedelta(minutes=1))
    svar = Client().get(link)
    assert svar.status_code == 410
    assert "Selvskade" not in svar.text


def test_gaet_paa_links_bremses(link):
    klient = Client()
    statusser = [klient.get(reverse("spoergeskemaer:link", args=(f"gaet{nr}:x",))).status_code for nr in range(25)]
    assert statusser[0] == 404
    assert statusser[-1] == 429
    # The address waits, also with the right one.
    assert klient.get(link).status_code == 429
