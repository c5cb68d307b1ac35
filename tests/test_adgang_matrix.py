"""Walks every URL of the product as every profile, own and neighbour, and fails for an URL it does not know."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, reverse

from socialaftale.kerne.models import Bruger
from tests.adgangstabel import ALLE_PROFILER, PROFILER, Verden
from tests.urlmoenstre import moenstre
from tests.vandringsurls import tegnede

# allauth guards its own pages; sign-up, e-mail administration and the like are closed by settings and adapter.
ALLAUTH = ("account_", "mfa_")
MODULER = [
    importlib.import_module(f"tests.{sti.parent.name}.adgangstabel")
    for sti in sorted(Path(__file__).parent.glob("*/adgangstabel.py"))
]
RAEKKER = [raekke for modul in MODULER for raekke in modul.RAEKKER]


def _egne() -> list[tuple[str, URLPattern]]:
    return [(navn, post) for navn, post in moenstre() if not navn.startswith(ALLAUTH)]


def test_hver_view_har_en_regel():
    uden = [navn for navn, post in _egne() if not hasattr(post.callback, "adgangsregel")]
    assert uden == []


def test_hver_url_staar_i_tabellen():
    navne = {navn for navn, _ in _egne()}
    kendte = {raekke.navn for raekke in RAEKKER}
    assert navne - kendte == set(), "URL names missing in tests/<app>/adgangstabel.py"
    assert kendte - navne == set(), "Rows for URL names that do not exist"


def test_offentlige_sider_er_kendte():
    """A page becomes public only on purpose: the rule and the table agree."""
    offentlige = {navn for navn, post in _egne() if getattr(post.callback, "login_required", True) is False}
    i_tabellen = {raekke.navn for raekke in RAEKKER if raekke.status_for("anonym") not in (302, 403)}
    assert i_tabellen - offentlige == set()


@pytest.fixture
def verden(organisationer) -> Verden:
    verden = Verden(egen=organisationer["aalborg"], nabo=organisationer["hjoerring"], organisationer=organisationer)
    for modul in MODULER:
        if hasattr(modul, "byg"):
            modul.byg(verden)
    return verden


# `./run hurtig` walks as those who differ most, and PostgreSQL as those who together reach every query; `./run test`
# walks as everyone on SQLite.
HURTIGE = {"anonym", "indberetter_nabo"}
PAA_BEGGE = {"anonym", "sekretariat_admin", "godkender"}
VANDRERE = [
    pytest.param(
        profil,
        marks=[
            *([] if profil in HURTIGE else [pytest.mark.langsom]),
            *([] if profil in PAA_BEGGE else [pytest.mark.kun_sqlite("rights are decided in Python")]),
        ],
    )
    for profil in ALLE_PROFILER
]


@pytest.mark.urls("tests.vandringsurls")
@pytest.mark.parametrize("profil", VANDRERE)
def test_vandring(profil: str, verden: Verden, log_ind):
    """Each URL gives the profile exactly the status of the table."""
    if profil == "anonym":
        klient = Client()
    elif profil == "uden_rolle":
        klient = Client()
        klient.force_login(Bruger.objects.create_user("uden.rolle@test.example", "x", navn="Uden rolle"))
    else:
        rolle, slug = PROFILER[profil]
        klient = log_ind(rolle, organisation=slug)
    forkerte = []
    tegnede.clear()
    for raekke in RAEKKER:
        url = reverse(raekke.navn, kwargs=raekke.kwargs(verden)) + raekke.query
        try:
            with transaction.atomic():
                svar = getattr(klient, raekke.metode)(url, raekke.data(verden))
                transaction.set_rollback(True)
        except Exception as fejl:
            forkerte.append((raekke.navn, url, repr(fejl), raekke.status_for(profil)))
            continue
        if svar.status_code != raekke.status_for(profil):
            forkerte.append((raekke.navn, url, svar.status_code, raekke.status_for(profil)))
    assert forkerte == []
