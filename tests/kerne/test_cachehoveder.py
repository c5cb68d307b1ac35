"""What browsers and shared caches may keep: nothing of what was made for somebody logged in."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from socialaftale.kerne.enums import Rolle
from tests.aftale.factories import lav_offentliggjort
from tests.tilbud.factories import TilbudFactory

pytestmark = pytest.mark.django_db
FORSIDE, LISTE, FINDES_IKKE = "/", "/tilbud/", "/findes-ikke/"


def direktiver(svar) -> set[str]:
    return {del_.strip() for del_ in svar.get("Cache-Control", "").split(",")} - {""}


@pytest.fixture
def klient(log_ind) -> Client:
    return log_ind(Rolle.SEKRETARIAT)


@pytest.mark.parametrize("adresse", [FORSIDE, LISTE, "/tilbud/nyt/", "/tilbud/?format=csv", FINDES_IKKE])
def test_indloggede_sider_gemmes_ikke_i_faelles_lagre(adresse, klient):
    svar = klient.get(adresse)
    assert direktiver(svar) == {"private", "no-cache"}
    assert "Cookie" in svar["Vary"]


def test_afvisning_og_fejl_i_formularen(klient, log_ind, organisationer):
    afvist = log_ind(Rolle.DAS_MEDLEM).get("/tilbud/nyt/")
    assert (afvist.status_code, direktiver(afvist)) == (403, {"private", "no-cache"})
    TilbudFactory(slug="proeve", driftsherre=organisationer["aalborg"])
    fejl = klient.post("/tilbud/nyt/", {})
    assert (fejl.status_code, direktiver(fejl)) == (422, {"private", "no-cache"})


@pytest.mark.parametrize("adresse", [FORSIDE, LISTE, FINDES_IKKE])
def test_offentlige_sider_er_uaendrede_og_skilles_fra_de_indloggedes(adresse, organisationer):
    svar = Client().get(adresse)
    assert direktiver(svar) == set()
    assert "Cookie" in svar["Vary"]


def test_udgivne_filer_beholder_deres_eget(organisationer, klient):
    lav_offentliggjort(periode="2023-2024")
    fil = reverse("aftale:hent_pdf", args=["2023-2024"])
    assert direktiver(Client().get(fil)) == {"public", "no-cache"}
    assert direktiver(klient.get(fil)) == {"private", "no-cache"}
    farver = reverse("kerne:farver_css")
    assert direktiver(Client().get(farver)) == {"public", "max-age=3600"}
    assert direktiver(klient.get(farver)) == {"private", "max-age=3600"}


@pytest.mark.parametrize("navn", ["mfa_index", "mfa_activate_totp"])
def test_sider_om_to_trin_gemmes_slet_ikke(navn, klient):
    assert {"no-store", "private"} <= direktiver(klient.get(reverse(navn)))
