"""The one Chromium of the suite, for every test marked `browser`.

CHROMIUM names the program where it is not on the PATH under one of its usual names.
"""

import os
import shutil
from collections.abc import Iterator

import pytest

# The shell without windows needs half the time of the whole browser for the same page.
NAVNE = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAG = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find_chromium() -> str:
    """The program's path; fails the test in plain words where there is none."""
    sti = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAVNE)), None)
    if sti is None:
        pytest.fail("Chromium was not found; install it with ./run test, or name it in CHROMIUM.", pytrace=False)
    return sti


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:  # noqa: F821 - imported below, so that the rest of the suite needs no Playwright
    """One browser per process; tests open contexts of their own in it."""
    from playwright.sync_api import sync_playwright

    sti = find_chromium()
    # Playwright runs an event loop in this thread, which Django would take for asynchronous code.
    foer = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        with sync_playwright() as spil:
            browser = spil.chromium.launch(executable_path=sti, args=FLAG)
            yield browser
            browser.close()
    finally:
        if foer is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        else:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = foer


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests without the demo go first: one process takes those while the other makes the demo."""
    items.sort(key=lambda test: "opbygning" in getattr(test, "fixturenames", ()))
