"""Which files a run needs at all: what `-m` would leave out is not even read.

Browser tests lie in `tests/browser/` or in files named `test_browser*.py`, and nothing else does; both are checked.
The files of `tests/langsomme.txt` count as marked `langsom`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

ROD = Path(__file__).resolve().parent.parent.parent
LISTE = ROD / "tests" / "langsomme.txt"


@cache
def langsomme_filer() -> frozenset[Path]:
    """The files of the list; raises UsageError for a line that names none."""
    linjer = LISTE.read_text(encoding="utf-8").splitlines()
    filer = frozenset(ROD / linje for linje in linjer if linje and not linje.startswith("#"))
    if mangler := sorted(str(fil) for fil in filer if not fil.is_file()):
        raise pytest.UsageError(f"{LISTE.name} names files that do not exist: {', '.join(mangler)}")
    return filer


def er_browserfil(fil: Path) -> bool:
    return fil.parent == ROD / "tests" / "browser" or fil.name.startswith("test_browser")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """None lets the others decide. A file named on the command line is never asked about."""
    if not collection_path.name.startswith("test_"):
        return None
    udtryk = config.getoption("markexpr")
    if "not browser" in udtryk and er_browserfil(collection_path):
        return True
    if udtryk == "browser" and not er_browserfil(collection_path):
        return True
    return True if "not langsom" in udtryk and collection_path in langsomme_filer() else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    forkerte = []
    for test in items:
        if bool(test.get_closest_marker("browser")) != er_browserfil(test.path):
            forkerte.append(test.nodeid)
        if test.path in langsomme_filer():
            test.add_marker("langsom")
    if forkerte:
        raise pytest.UsageError(f"The mark browser and the file's name disagree: {', '.join(forkerte[:5])}")
