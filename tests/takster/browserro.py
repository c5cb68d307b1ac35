"""A browser window against the test's own database: nothing may be under way when the database is emptied."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Request


def foelg(kontekst: BrowserContext) -> Callable[[], None]:
    """Follow the window's requests; the answer lets no more through, waits for those under way and closes it.

    A window that closes saves its draft, and the live check asks on its own: "networkidle" has been and gone by then.
    """
    paa_vej: set[Request] = set()
    # Functions of our own: Playwright hangs attributes on them.
    kontekst.on("request", lambda anmodning: paa_vej.add(anmodning))
    kontekst.on("requestfinished", lambda anmodning: paa_vej.discard(anmodning))
    kontekst.on("requestfailed", lambda anmodning: paa_vej.discard(anmodning))

    def til_ro() -> None:
        kontekst.route("**/*", lambda rute: rute.abort())
        for side in kontekst.pages:
            for _ in range(100):
                if not paa_vej:
                    break
                side.wait_for_timeout(50)
        kontekst.close()
        # The farewell of a closing window passes no route, and its view may still be reading.
        time.sleep(0.5)

    return til_ro
