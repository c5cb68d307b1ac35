"""The pages for what goes wrong: unreadable, out of date, too often, broken; in the design and accessible as well."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import vagt
from tests.browser.sidetype import BRED, SMAL, SMALLEST

pytestmark = pytest.mark.browser
SEND = "main .button-primary"


@pytest.fixture(scope="module")
def fejlserver(ny_server) -> str:
    """Django logs an unreadable request as an error."""
    return ny_server(maa_fejle=True)


def bedoem(side: Page, overskrift: str) -> None:
    expect(side.get_by_role("heading", level=1)).to_have_text(overskrift)
    for bredde in (BRED, SMAL, SMALLEST):
        side.set_viewport_size({"width": bredde, "height": 800})
        assert vagt.axe(side) == []
        assert vagt.for_bred(side) == ""


def test_400_formular_der_ikke_kan_laeses(aabn, fejlserver):
    """More fields than Django reads."""
    side = aabn(fejlserver, ventet=(400,))
    side.goto("/konto/log-paa/")
    side.evaluate(
        """() => {
          const formular = document.querySelector('main form');
          for (let nr = 0; nr < 1100; nr += 1) formular.append(Object.assign(document.createElement('input'),
            {type: 'hidden', name: `felt${nr}`}));
        }"""
    )
    side.click(SEND)
    bedoem(side, "Forespørgslen kunne ikke læses")


def test_403_formular_der_er_for_gammel(aabn, fejlserver):
    side = aabn(fejlserver, ventet=(403,))
    side.goto("/konto/log-paa/")
    side.context.clear_cookies(name="csrftoken")
    side.click(SEND)
    bedoem(side, "Formularen er for gammel")


def test_429_for_mange_forsoeg(aabn, fejlserver):
    side = aabn(fejlserver, ventet=(429,))
    for _ in range(6):
        side.goto("/konto/adgangskode/glemt/")
        side.fill("#id_email", "ingen@demo.example")
        side.click(SEND)
    bedoem(side, "Vent lidt, og prøv igen")


def test_500_naar_databasen_er_vaek(aabn, ny_server):
    server = ny_server(maa_fejle=True, DATABASE_URL="sqlite:////findes/ikke.sqlite3")
    side = aabn(server, ventet=(500,))
    svar = side.goto("/")
    bedoem(side, "Der skete en fejl")
    expect(side.locator("main")).to_contain_text(f"oplys referencen {svar.headers['x-reference']}")
