"""The log-in's end: the warning before it, staying logged in, and what happens when it runs out."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import vagt

pytestmark = pytest.mark.browser
# The warning comes half way.
SEKUNDER = 10
TAALMOD = SEKUNDER * 1500


@pytest.fixture(scope="module")
def kort_server(ny_server) -> str:
    """A server where a log-in lasts only seconds."""
    return ny_server(BROWSERTEST_SESSION=str(SEKUNDER))


def test_forbliv_logget_paa(aabn, kort_server):
    side = aabn(kort_server, "das")
    side.goto("/")
    vindue = side.locator("#session")
    expect(vindue).to_be_visible(timeout=TAALMOD)
    expect(vindue.locator("[data-session-nedtaelling]")).to_contain_text("sek.")
    assert side.evaluate("document.getElementById('session').contains(document.activeElement)")
    assert vagt.axe(side) == []
    # Without this the log-in would have ended before the page is asked for again.
    with side.expect_response("**/hold-i-live/") as svar:
        side.get_by_role("button", name="Forbliv logget på").click()
    assert svar.value.json() == {"sekunder": SEKUNDER}
    expect(vindue).to_be_hidden()
    side.wait_for_timeout(SEKUNDER * 500)
    side.goto("/skift-rolle/")
    expect(side.get_by_role("heading", level=1)).to_have_text("Skift rolle")


def test_den_der_intet_goer_kommer_tilbage_til_samme_side(aabn, kort_server):
    side = aabn(kort_server, "laeser")
    side.goto("/tilbud/?q=center")
    side.wait_for_url("**/konto/log-paa/?udloebet=1&next=*", timeout=TAALMOD)
    expect(side.locator(".alert-info")).to_contain_text("Du er logget af")
    side.fill("#id_login", "laeser@demo.example")
    side.fill("#id_password", "socialaftale-demo")
    side.get_by_role("button", name="Log på").click()
    side.wait_for_url("**/tilbud/?q=center")


def test_det_der_er_skrevet_bliver_staaende(aabn, kort_server, opbygning):
    side = aabn(kort_server, "aalborg")
    side.goto(opbygning.adresser["tilbud-foreslaa"])
    side.fill("#id_begrundelse", "Vi er flyttet")
    vindue = side.locator("#session")
    expect(vindue.get_by_role("heading", name="Du er logget af")).to_be_visible(timeout=TAALMOD * 2)
    assert vagt.axe(side) == []
    vindue.get_by_role("button", name="Tilbage til siden").click()
    assert side.input_value("#id_begrundelse") == "Vi er flyttet"
