"""The mark `regel("T14", …)` ties a test to the domain rules it proves; a test that names an unknown rule fails.

With --regler-ud=FILE the rules and their tests are written as JSON: {"T14": ["tests/takster/…::test_…", …]}.
"""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

REGLER = Path(__file__).resolve().parent.parent.parent / "fixtures" / "regler.json"


@cache
def regelnumre() -> tuple[str, ...]:
    """The rule numbers in the order of the rule books."""
    return tuple(regel["nr"] for regel in json.loads(REGLER.read_text(encoding="utf-8"))["regler"])


def maerkede_regler(item: pytest.Item) -> list[str]:
    """The rules a test proves. Raises ValueError for a mark without numbers and for an unknown number."""
    numre: list[str] = []
    for maerke in item.iter_markers("regel"):
        if not maerke.args:
            raise ValueError(f'{item.nodeid}: the mark regel needs a number, such as regel("T14").')
        for nummer in maerke.args:
            if nummer not in regelnumre():
                raise ValueError(f"{item.nodeid}: the rule {nummer!r} is not in fixtures/{REGLER.name}.")
            numre.append(nummer)
    return numre


def regler_med_test(items: Iterable[pytest.Item]) -> dict[str, list[str]]:
    """Every rule with its tests, the parameter sets of one function counted as one test; ValueError as above."""
    fundet: dict[str, dict[str, None]] = {nummer: {} for nummer in regelnumre()}
    for item in items:
        for nummer in maerkede_regler(item):
            fundet[nummer][item.nodeid.partition("[")[0]] = None
    return {nummer: list(tests) for nummer, tests in fundet.items()}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regler-ud", metavar="FILE", help="write the rules and their tests to FILE as JSON")


def pytest_collection_finish(session: pytest.Session) -> None:
    if sti := session.config.getoption("--regler-ud"):
        try:
            resultat = regler_med_test(session.items)
        except ValueError as fejl:
            raise pytest.UsageError(str(fejl)) from fejl
        Path(sti).write_text(json.dumps(resultat, ensure_ascii=False, indent=1), encoding="utf-8")


def pytest_runtest_setup(item: pytest.Item) -> None:
    try:
        maerkede_regler(item)
    except ValueError as fejl:
        besked = str(fejl)
    else:
        return
    pytest.fail(besked, pytrace=False)
