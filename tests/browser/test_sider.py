"""The page walk: every page in every state stands as a page must, wide and narrow.

axe judges a page at both widths in the first state listed, and its other states (…-fejl, …-tom, filtered, another
reader) at the first width: what differs between widths is the page's layout, which is the same in every state.
"""

from __future__ import annotations

import os
import re

import pytest
from django.conf import settings
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, expect

from tests.browser import vagt
from tests.browser.sider import IKKE_SIDER, SIDER
from tests.browser.sidetype import SMAL, SMALLEST, Side
from tests.urlmoenstre import moenstre

pytestmark = pytest.mark.browser
BILLEDER = settings.BASE_DIR / "var" / "skaermbilleder"
HOEJDE = 900
FOERSTE_TILSTANDE = {side.url_navn or side.sti: side.navn for side in reversed(SIDER)}
TAG_BILLEDER = os.environ.get("SKAERMBILLEDER") == "1"


def test_hver_side_er_med_i_vandringen():
    """A new URL name is either a page of the walk or listed with the reason why it is none."""
    alle = {navn for navn, _ in moenstre()}
    kendte = {side.url_navn for side in SIDER if side.url_navn} | set(IKKE_SIDER)
    assert alle - kendte == set(), "URL names missing in tests/browser/sider_*.py"
    assert kendte - alle == set(), "Pages for URL names that do not exist"
    navne = [side.navn for side in SIDER]
    assert len(navne) == len(set(navne))


@pytest.mark.parametrize("opslag", SIDER, ids=lambda opslag: opslag.navn)
def test_side(opslag: Side, opbygning, laeseserver, ark, logget_paa):
    assert opslag.navn not in opbygning.fejl, opbygning.fejl[opslag.navn]
    url = opbygning.adresser[opslag.navn]
    fejl = []
    if opslag.handling is None:
        side, vogter = ark(opslag.som, opslag.status)
        side.set_viewport_size({"width": opslag.bredder[0], "height": HOEJDE})
        side.goto(url)
        for bredde in opslag.bredder:
            fejl += bedoem(side, opslag, opbygning.navn, bredde)
        side.evaluate("sessionStorage.clear()")
        fejl += vogter.fejl
    else:
        # A handling may log in or out, so it has a window of its own. It is done where least can be seen; the state it
        # brings about is then judged at both widths.
        with logget_paa(laeseserver, opslag.som) as vindue, vindue.new_page() as side:
            side.set_viewport_size({"width": min(opslag.bredder), "height": HOEJDE})
            vogter = vagt.Vagt(side, laeseserver, opslag.status)
            side.goto(url)
            try:
                opslag.handling(side)
            except PlaywrightError as problem:
                pytest.fail(f"{side.url}: {side.title()!r}\n{problem.message}", pytrace=False)
            for bredde in sorted(opslag.bredder):
                fejl += bedoem(side, opslag, opbygning.navn, bredde)
        fejl += vogter.fejl
    if vogter.status != opslag.status:
        fejl.append(f"status {vogter.status}")
    if fejl:
        pytest.fail("\n".join([url, *fejl]), pytrace=False)


def bedoem(side: Page, opslag: Side, navn: str, bredde: int) -> list[str]:
    """All that is wrong with the page at this width."""
    side.set_viewport_size({"width": bredde, "height": HOEJDE})
    side.evaluate("document.fonts.ready.then(() => true)")
    # What the editor asks the server about stands as "…" until it knows.
    expect(side.locator(".skriv-venter")).to_have_count(0)
    if TAG_BILLEDER:
        (BILLEDER / str(bredde)).mkdir(parents=True, exist_ok=True)
        side.screenshot(path=BILLEDER / str(bredde) / f"{opslag.navn}.png", full_page=True)
    # Judged with everything folded out, so that what a reader opens is judged too.
    side.evaluate("document.querySelectorAll('main details').forEach((boks) => { boks.open = true; })")
    fakta = vagt.fakta(side)
    titel = side.title()
    foerste = bredde == opslag.bredder[0] or FOERSTE_TILSTANDE[opslag.url_navn or opslag.sti] == opslag.navn
    fejl = vagt.axe(side) if foerste else []
    if fakta["sprog"] != "da":
        fejl.append(f"lang={fakta['sprog']}")
    if fakta["overskrifter"] != 1:
        fejl.append(f"{fakta['overskrifter']} h1")
    if fakta["tomme"]:
        fejl.append(f"{fakta['tomme']} links or buttons without a name")
    if fakta["uden_rolle"]:
        fejl.append(f"{fakta['uden_rolle']} stacked tables without role")
    if not re.fullmatch(rf"(Fejl: )?\S.*\S – {re.escape(navn)}", titel):
        fejl.append(f"title {titel!r}")
    if titel.startswith("Fejl: ") != (opslag.status == 422):
        fejl.append(f"title {titel!r} does not fit the status {opslag.status}")
    if rest := vagt.RESTER.search(fakta["tekst"]):
        fejl.append(f"text holds {rest.group()!r}")
    if bredde == SMAL:
        fejl += filter(None, [vagt.for_bred(side)])
        side.set_viewport_size({"width": SMALLEST, "height": HOEJDE})
        fejl += [f"at {SMALLEST}: {linje}" for linje in filter(None, [vagt.for_bred(side)])]
    return [f"{bredde}: {linje}" for linje in fejl]
