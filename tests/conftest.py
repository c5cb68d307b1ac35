"""Fixtures that the whole suite shares: organisations, access and log-in."""

from __future__ import annotations

import copy
import datetime as dt
import importlib
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest
from django.core.cache import cache
from django.db import connection
from django.db.models import Model
from django.test import Client

from socialaftale.kerne import haandbog, hatte
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import ROLLENS_HAT, Rolle
from socialaftale.kerne.grunddata import indlaes_omraade
from socialaftale.kerne.models import Bruger, Medlemskab, Opsaetning, Organisation, Organisationsnavn, opsaetning

pytest_plugins = [
    "tests.plugins.browser",
    "tests.plugins.databaser",
    "tests.plugins.netvaern",
    "tests.plugins.regelliste",
    "tests.plugins.udvalg",
]

# Two busy cores make single examples slow; a deadline would fail tests that are right.
hypothesis.settings.register_profile("suite", deadline=None, max_examples=60)
hypothesis.settings.load_profile("suite")

STANDARDORGANISATION = {
    Rolle.SEKRETARIAT_ADMIN: "sekretariatet",
    Rolle.SEKRETARIAT: "sekretariatet",
    Rolle.KKR_LAESER: "kkr-nordjylland",
    Rolle.TILSYN_LAESER: "socialtilsyn-nord",
    Rolle.EKSTERN_REGION: "region-midtjylland",
}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """Tables are made from the models; what a migration adds beside them is added here (test_migrationer.py)."""
    soegeindeks = importlib.import_module("tilbud.migrations.0002_soegeindeks")
    with django_db_blocker.unblock():
        if connection.vendor != "postgresql":
            return
        with connection.schema_editor() as tabeller:
            tabeller.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            soegeindeks.fjern_indekser(None, tabeller)
            soegeindeks.lav_indekser(None, tabeller)


@pytest.fixture(autouse=True)
def _frisk_cache():
    """Rate limits and cached rows never leak from one test to the next."""
    cache.clear()
    haandbog.glem()


# What `indlaes_omraade` made the first time, by folder of data: the same rows are put back in three statements.
_omraader: dict[Path, list[list[Model]]] = {}


@pytest.fixture
def organisationer(db, settings) -> dict[str, Organisation]:
    """The region's organisations by slug, loaded from the folder of data as in production."""
    mappe = Path(settings.OMRAADEDATA)
    if Organisation.objects.exists() or Opsaetning.objects.exists():
        indlaes_omraade()
    elif mappe not in _omraader:
        indlaes_omraade()
        _omraader[mappe] = [list(model.objects.all()) for model in (Opsaetning, Organisation, Organisationsnavn)]
    else:
        for raekker in _omraader[mappe]:
            type(raekker[0]).objects.bulk_create(map(copy.copy, raekker))
    return {organisation.slug: organisation for organisation in Organisation.objects.all()}


@pytest.fixture
def bruger_med(organisationer) -> Callable[..., Bruger]:
    """`bruger_med(Rolle.X, "aalborg")`: a user with that role, made once per role and organisation."""

    def lav(*roller: Rolle, organisation: str | None = None) -> Bruger:
        slug = organisation or STANDARDORGANISATION.get(roller[0], "aalborg")
        email = f"{'-'.join(roller)}.{slug}@test.example".replace("_", "-")
        bruger = Bruger.objects.filter(email=email).first()
        if bruger is None:
            bruger = Bruger.objects.create_user(email, "test-adgangskode-1", navn=f"{roller[0].label} {slug}")
            for rolle in roller:
                Medlemskab.objects.create(
                    bruger=bruger, organisation=organisationer[slug], rolle=rolle, fra=dt.date(2020, 1, 1)
                )
        return bruger

    return lav


@pytest.fixture(autouse=True)
def opsaetningen_huskes_ikke(monkeypatch) -> None:
    """A process remembers the set-up for a while: here the first page of a test costs what every later one does."""
    monkeypatch.setattr(opsaetning, "HUSKES_SEKUNDER", 0)
    Opsaetning.glem()


@pytest.fixture
def adgang(bruger_med) -> Callable[..., Adgang]:
    """`adgang(Rolle.X, organisation="aalborg")`: what that user may, under the role's hat."""

    def lav(*roller: Rolle, organisation: str | None = None) -> Adgang:
        return hatte.adgang_for(bruger_med(*roller, organisation=organisation))

    return lav


@pytest.fixture
def log_ind(bruger_med) -> Callable[..., Client]:
    """`log_ind(Rolle.X, organisation="aalborg")`: a client logged in and wearing the role's hat."""

    def lav(*roller: Rolle, organisation: str | None = None) -> Client:
        klient = Client()
        bruger = bruger_med(*roller, organisation=organisation)
        klient.force_login(bruger)
        session = klient.session
        medlemskab = bruger.medlemskaber.filter(rolle=roller[0]).get()
        session[hatte.SESSIONSNOEGLE] = f"{medlemskab.organisation_id}:{ROLLENS_HAT[roller[0]]}"
        session.save()
        return klient

    return lav
