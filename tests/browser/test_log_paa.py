"""Logging in by hand: password, second factor, the demand for one, and changing role."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import Page, expect

from tests.browser.opbygning import TOTP_HEMMELIGHED
from tests.browser.sider_brugere import ADGANGSKODE

pytestmark = pytest.mark.browser


def log_paa(side: Page, email: str) -> None:
    side.get_by_role("link", name="Log på").first.click()
    side.get_by_label("E-mailadresse").fill(email)
    side.get_by_label("Adgangskode").fill(ADGANGSKODE)
    side.keyboard.press("Enter")


def totp_kode(hemmelighed: str) -> str:
    taeller = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(hemmelighed, taeller))


def test_log_paa_skift_rolle_og_log_af(aabn, skriveserver):
    side = aabn(skriveserver)
    side.goto("/")
    log_paa(side, "oekonom.aalborg@demo.example")
    expect(side.get_by_role("heading", level=1)).to_have_text("Overblik")
    expect(side.locator(".portal-user .user")).to_contain_text("Aalborg, driftsherre")
    side.get_by_role("link", name="Skift rolle").first.click()
    side.get_by_label("Aalborg Kommune – myndighed").check()
    side.get_by_role("button", name="Skift", exact=True).click()
    expect(side.locator(".portal-user .user")).to_contain_text("Aalborg, myndighed")
    side.get_by_role("button", name="Log af").first.click()
    expect(side.get_by_role("link", name="Log på").first).to_be_visible()


def test_en_side_der_kraever_log_paa_kommer_bagefter(aabn, skriveserver):
    side = aabn(skriveserver)
    side.goto("/tilbud/forslag/?tilstand=indsendt")
    assert "/konto/log-paa/" in side.url
    side.get_by_label("E-mailadresse").fill("sekretariat@demo.example")
    side.get_by_label("Adgangskode").fill(ADGANGSKODE)
    side.get_by_role("button", name="Log på").click()
    side.wait_for_url("**/tilbud/forslag/?tilstand=indsendt")


def test_log_paa_med_to_trin(aabn, skriveserver):
    side = aabn(skriveserver)
    side.goto("/")
    log_paa(side, "totp@demo.example")
    side.fill("#id_code", totp_kode(TOTP_HEMMELIGHED))
    side.keyboard.press("Enter")
    expect(side.get_by_role("heading", level=1)).to_have_text("Overblik")


def test_sekretariatet_aabner_intet_uden_to_trin(aabn, ny_server):
    """As in production: every page leads to the set-up until the second factor is there."""
    side = aabn(ny_server(BROWSERTEST_TOTP="1"), "sekretariat")
    for sti in ("/", "/brugere/", "/tilbud/"):
        side.goto(sti)
        expect(side.get_by_role("heading", level=1)).to_have_text("Slå to-trins-log-på til")
    tekst = side.locator("main").inner_text()
    hemmelighed = re.search(r"\b[A-Z2-7]{32}\b", tekst.replace(" ", "")).group()
    side.fill("#id_code", totp_kode(hemmelighed))
    side.keyboard.press("Enter")
    side.wait_for_load_state()
    expect(side.locator("main .koder li").first).to_be_visible()
    side.goto("/brugere/")
    expect(side.get_by_role("heading", level=1)).to_have_text("Brugere")
