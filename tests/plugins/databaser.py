"""On PostgreSQL only what a second database could answer differently is run again.

A pure function knows no database, and a test marked `kun_sqlite("why")` only reads rows that other tests have asked
PostgreSQL for, to prove something made of them in Python. The part on SQLite runs every test; `-m postgresql` ones
always run here.
"""

from __future__ import annotations

import pytest

DATABASEFIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


def skal_proeves_paa_postgresql(test: pytest.Item) -> bool:
    """True when the test, a fixture of it, or its mark asks for a database, and it is not marked `kun_sqlite`."""
    if test.get_closest_marker("kun_sqlite"):
        return False
    if test.get_closest_marker("django_db") or test.get_closest_marker("postgresql"):
        return True
    return not DATABASEFIXTURES.isdisjoint(getattr(test, "fixturenames", ()))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    from django.db import connection

    # Somebody who names files wants just those.
    if connection.vendor != "postgresql" or config.args_source is not pytest.Config.ArgsSource.TESTPATHS:
        return
    uden = [test for test in items if not skal_proeves_paa_postgresql(test)]
    if uden:
        config.hook.pytest_deselected(items=uden)
        items[:] = [test for test in items if skal_proeves_paa_postgresql(test)]


def pytest_runtest_setup(item: pytest.Item) -> None:
    for maerke in item.iter_markers("kun_sqlite"):
        if len(maerke.args) != 1:
            pytest.fail(f"{item.nodeid}: the mark kun_sqlite needs one reason.", pytrace=False)
