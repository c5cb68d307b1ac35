"""The suite makes its tables from the models; here the migrations are proven to make the same ones on PostgreSQL.

`tests/andet_omraade/test_et_andet_omraade.py` does so on SQLite, where it follows the README from an empty database.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection

from tests.vaerktoej.skemaaftryk import aftryk, forskelle

pytestmark = [pytest.mark.postgresql, pytest.mark.langsom]


@pytest.fixture
def tom_database() -> Iterator[str]:
    """The address of an empty database beside the suite's own."""
    import psycopg

    navn = f"migreret_{os.getpid()}"
    adresse = os.environ["DATABASE_URL"]
    with psycopg.connect(adresse, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{navn}"')
    yield urlunsplit(urlsplit(adresse)._replace(path=f"/{navn}"))
    with psycopg.connect(adresse, autocommit=True) as server:
        server.execute(f'DROP DATABASE "{navn}"')


def test_migrationerne_giver_modellernes_tabeller(db, tom_database, tmp_path):
    miljoe = os.environ | {
        "DJANGO_SETTINGS_MODULE": "socialaftale.settings.dev",
        "SOCIALAFTALE_VAR": str(tmp_path),
        "DATABASE_URL": tom_database,
    }

    def koer(*kommando: str) -> str:
        faerdig = subprocess.run(
            [sys.executable, *kommando],
            cwd=settings.BASE_DIR,
            env=miljoe,
            capture_output=True,
            text=True,
            check=False,
        )
        assert faerdig.returncode == 0, faerdig.stderr
        return faerdig.stdout

    koer("manage.py", "migrate", "--verbosity=0")
    migreret = json.loads(koer("-m", "tests.vaerktoej.skemaaftryk"))
    assert "tilbud_tilbud" in migreret
    assert forskelle(migreret, aftryk(connection)) == []
