"""On PostgreSQL only what touches a database is run again: a pure function knows no database.

The part on SQLite runs every test; `-m postgresql` ones always run here.
"""

from __future__ import annotations

import pytest

DATABASEFIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


def roerer_databasen(test: pytest.Item) -> bool:
    """True when the test, a fixture of it, or its mark asks for a database."""
    if test.get_closest_marker("django_db") or test.get_closest_marker("postgresql"):
        return True
    return not DATABASEFIXTURES.isdisjoint(getattr(test, "fixturenames", ()))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    from django.db import connection

    # Somebody who names files wants just those.
    if connection.vendor != "postgresql" or config.args_source is not pytest.Config.ArgsSource.TESTPATHS:
        return
    uden = [test for test in items if not roerer_databasen(test)]
    if uden:
        config.hook.pytest_deselected(items=uden)
        items[:] = [test for test in items if roerer_databasen(test)]
