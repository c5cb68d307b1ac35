"""Pages of the frame: front pages, guide, legal pages, jobs and errors."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.browser.sidetype import SMAL, Side, klik


def _job(tilstand: str) -> Any:
    def kwargs() -> dict[str, Any]:
        from socialaftale.kerne.models import Job

        return {"pk": Job.objects.get(noegle=f"browsertest:{tilstand}").pk}

    return kwargs


def _hjaelp(slug: str) -> Side:
    return Side(f"vejledning-{slug}", "kerne:vejledning_side", lambda: {"slug": slug})


def _session_naesten_slut(side: Page) -> None:
    """Open the time-out dialogue as app.js would; test_session.py lets the time really pass."""
    side.evaluate("new DKFDS.Modal(document.getElementById('session')).show()")
    side.locator("#session").wait_for(state="visible")


SIDER = [
    Side("forside-offentlig", "kerne:forside"),
    Side("forside-offentlig-menu", "kerne:forside", handling=klik(".js-menu-open"), bredder=(SMAL,)),
    *(Side(f"forside-{som}", "kerne:forside", som=som) for som in ("sekretariat", "aalborg", "myndighed")),
    *(Side(f"forside-{som}", "kerne:forside", som=som) for som in ("region", "das", "laeser", "rolleloes")),
    Side("forside-menu", "kerne:forside", som="aalborg", handling=klik(".js-menu-open"), bredder=(SMAL,)),
    Side("forside-session", "kerne:forside", som="aalborg", handling=_session_naesten_slut),
    Side("tilgaengelighed", "kerne:tilgaengelighed"),
    Side("privatliv", "kerne:privatliv"),
    Side("skift-rolle", "kerne:skift_hat", som="aalborg"),
    Side("vejledning", "kerne:vejledning"),
    *map(_hjaelp, ("sekretariat", "indberetter", "godkender", "myndighed", "das", "laeser", "offentlig")),
    *(
        Side(f"job-{tilstand}", "kerne:job", _job(tilstand), som="sekretariat")
        for tilstand in ("venter", "koerer", "faerdig", "fejlet")
    ),
    # Errors
    Side("fejl-403", "tilbud:opret", som="laeser", status=403),
    Side("fejl-404", sti="/findes-ikke/", status=404),
    Side("fejl-404-paa", sti="/findes-ikke/", som="aalborg", status=404),
]

IKKE_SIDER = {
    "kerne:farver_css": "style sheet",
    "kerne:logo": "file",
    "kerne:was": "redirect",
    "kerne:hold_i_live": "JSON",
    "kerne:job_status": "JSON",
    "kerne:dokument": "file",
}
