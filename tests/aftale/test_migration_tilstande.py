"""The migration's mapping from three states to eight, and back, over rows as they were."""

import importlib
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from socialaftale.aftale.models import Aftale, Udgave
from tests.aftale.factories import AftaleFactory, UdkastFactory, lav_i

migration = importlib.import_module("socialaftale.aftale.migrations.0004_forloeb_og_godkendelser")

# All the migration asks of it.
EDITOR = SimpleNamespace(connection=connection)


@pytest.fixture
def uden_kontrol(organisationer):
    """The old words are no states any more: for the time of the test the database takes them."""
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite can let checks rest")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        yield
        cursor.execute("PRAGMA ignore_check_constraints = OFF")


def tilstande():
    return dict(Aftale.objects.values_list("periode", "tilstand"))


def test_frem_og_tilbage(uden_kontrol):
    for periode in ("2019-2020", "2021-2022", "2091-2092"):
        lav_i("godkendt", periode)
        Aftale.objects.filter(periode=periode).update(tilstand="offentliggjort", fremlagt_udgave=None)
    AftaleFactory(periode="2023-2024")
    Aftale.objects.filter(periode="2023-2024").update(tilstand="vedtaget")
    UdkastFactory(periode="2093-2094")
    foer = tilstande()
    migration.til_otte_tilstande(apps, EDITOR)
    assert tilstande() == {
        "2019-2020": "afloest",
        "2021-2022": "gaeldende",
        "2023-2024": "godkendt",
        "2091-2092": "godkendt",
        "2093-2094": "udkast",
    }
    for aftale in Aftale.objects.all():
        assert aftale.fremlagt_udgave_id == aftale.gaeldende_udgave_id
    assert not Udgave.objects.filter(er_udkast=True).exists()
    Aftale.objects.filter(periode="2093-2094").update(tilstand="hoering")
    migration.til_tre_tilstande(apps, EDITOR)
    assert tilstande() == foer
