"""The browser tests' demo, servers and log-ins."""

from __future__ import annotations

import fcntl
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import vagt
from tests.browser.server import ROD, koer_server, miljoe

SESSIONSKAGE = "sessionid"
# Milliseconds: only a page that will never come waits so long, but two busy cores can make a right one slow.
TAALMOD = 20_000
expect.set_options(timeout=TAALMOD)


@dataclass(frozen=True, slots=True)
class Opbygning:
    """The finished demo: its folder, its static files and what opbygning.py wrote about it."""

    var: Path
    statik: Path
    navn: str
    sessioner: dict[str, str]
    adresser: dict[str, str]
    # Drafts to write in: "aalborg:doegn" → keys.
    kladder: dict[str, list[int]]
    fejl: dict[str, str]


@pytest.fixture(scope="session")
def opbygning(tmp_path_factory, worker_id) -> Opbygning:
    """The demo, made once per run however many processes the run has."""
    rod = tmp_path_factory.getbasetemp()
    mappe = (rod if worker_id == "master" else rod.parent) / "browserdemo"
    mappe.mkdir(exist_ok=True)
    oversigt, var, statik = mappe / "oversigt.json", mappe / "var", mappe / "statik"
    with (mappe / "laas").open("w") as laas:
        fcntl.flock(laas, fcntl.LOCK_EX)
        if not oversigt.exists():
            shutil.rmtree(var, ignore_errors=True)
            proces = subprocess.run(
                [sys.executable, "-m", "tests.browser.opbygning", str(oversigt)],
                cwd=ROD,
                env=miljoe(var, statik),
                capture_output=True,
                text=True,
                check=False,
            )
            if proces.returncode:
                pytest.fail(f"The demo could not be made:\n{proces.stdout}\n{proces.stderr}", pytrace=False)
    return Opbygning(var, statik, **json.loads(oversigt.read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def ny_server(opbygning: Opbygning, tmp_path_factory) -> Iterator[Callable[..., str]]:
    """`ny_server(BROWSERTEST_SESSION="8")`: the address of a server over a copy of the demo that may be written to.

    `maa_fejle=True` where the test makes the server fail on purpose.
    """
    with ExitStack() as stak:

        def start(**mere) -> str:
            var = tmp_path_factory.mktemp("server") / "var"
            shutil.copytree(opbygning.var, var)
            return stak.enter_context(koer_server(var, opbygning.statik, **mere))

        yield start


@pytest.fixture(scope="session")
def laeseserver(ny_server) -> str:
    """The server of the page walk: nothing may be written to it that another page shows."""
    return ny_server()


@pytest.fixture(scope="module")
def skriveserver(ny_server) -> str:
    """A server of the module's own that its tests may write to, each in rows of its own."""
    return ny_server()


@pytest.fixture(scope="session")
def logget_paa(chromium: Browser, opbygning: Opbygning) -> Callable[..., BrowserContext]:
    """`logget_paa(server, "aalborg")`: a new browser window of that person (None: nobody) at the server."""

    def aabn(server: str, som: str | None = None, **mere) -> BrowserContext:
        kontekst = chromium.new_context(
            base_url=server,
            locale="da-DK",
            timezone_id="Europe/Copenhagen",
            reduced_motion="reduce",
            viewport={"width": 1280, "height": 900},
            **mere,
        )
        kontekst.set_default_timeout(TAALMOD)
        if som is not None:
            kontekst.add_cookies([{"name": SESSIONSKAGE, "value": opbygning.sessioner[som], "url": server}])
        return kontekst

    return aabn


@pytest.fixture(scope="session")
def ark(laeseserver: str, logget_paa) -> Iterator[Callable[..., tuple[Page, vagt.Vagt]]]:
    """`ark("aalborg", 404)`: that person's one page at the reading server, watched anew; 404 is meant to be answered.

    One page for all: a new one costs the browser a process and all it had compiled.
    """
    aabne: dict[str | None, tuple[Page, vagt.Vagt]] = {}

    def hent(som: str | None, *ventede: int) -> tuple[Page, vagt.Vagt]:
        if som not in aabne or aabne[som][0].is_closed():
            side = logget_paa(laeseserver, som).new_page()
            aabne[som] = side, vagt.Vagt(side, laeseserver)
        side, vogter = aabne[som]
        vogter.begynd(*ventede)
        return side, vogter

    yield hent
    for side, _ in aabne.values():
        side.context.close()


@pytest.fixture
def aabn(logget_paa) -> Iterator[Callable[..., Page]]:
    """`aabn(server, "aalborg")`: a page in a new window, watched; it must end without a fault of `vagt`."""
    vinduer: list[BrowserContext] = []
    vogtere: list[vagt.Vagt] = []

    def ny(server: str, som: str | None = None, *, ventet: tuple[int, ...] = (), **mere) -> Page:
        vinduer.append(logget_paa(server, som, **mere))
        side = vinduer[-1].new_page()
        vogtere.append(vagt.Vagt(side, server, *ventet))
        return side

    yield ny
    fejl = [linje for vogter in vogtere for linje in vogter.fejl]
    for vindue in vinduer:
        # A form that closes saves its draft, which the next test would find.
        vindue.set_offline(True)
        vindue.close()
    assert fejl == []
