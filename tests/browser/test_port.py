"""The publication gate as the secretariat works through it: mend, waive, and then issue."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import vagt

pytestmark = pytest.mark.browser


def antal_fund(side: Page) -> int:
    tekst = side.locator(".kontrolstatus .alert-heading").first.inner_text()
    fundet = re.search(r"\d+", tekst)
    return int(fundet[0]) if fundet else 0


def test_ret_fravig_og_groen(aabn, skriveserver, opbygning):
    side = aabn(skriveserver, "sekretariat", ventet=(422,))
    kontrol = opbygning.adresser["aftale-kontrol-fund"]

    # Issuing is refused and leads to the findings.
    side.goto(kontrol.replace("kontrol/", "pdf/"))
    side.get_by_role("button", name="Lav PDF").click()
    expect(side.get_by_role("heading", level=1)).to_have_text("Kontrol før udgivelse")
    expect(side.locator("body")).to_contain_text("blev ikke bestilt")
    assert vagt.axe(side) == []

    # Every proposed mend, one click each; the page comes back to the chapter.
    foer = antal_fund(side)
    assert foer >= 6
    while (knapper := side.locator(".kontrolveje form:has(input[name=kapitel]) button")).count():
        knapper.first.click()
        expect(side.locator("body")).to_contain_text("Rettet. Kapitlet")
        assert antal_fund(side) < foer
        foer = antal_fund(side)
    assert "#kapitel-formaal" in side.url

    # The rest is waived; without a reason it is not, and what was typed stays.
    side.locator(".kontrolfravig summary").first.click()
    side.locator(".kontrolfravig button").first.click()
    expect(side.locator(".fejlresume")).to_contain_text("Udfyld begrundelse")
    assert vagt.axe(side) == []
    while side.locator(".kontrolfravig").count():
        post = side.locator(".kontrolfravig").first
        if post.get_attribute("open") is None:
            post.locator("summary").click()
        post.locator("textarea").fill("Afsnittet er et citat fra den tidligere aftale.")
        post.locator("button").click()
        expect(side.locator("body")).to_contain_text("Fundet er fraveget")
    expect(side.locator(".kontrolstatus .alert-heading").first).to_have_text("Porten er grøn")
    assert vagt.axe(side) == []

    # Taken back, the gate closes again.
    side.get_by_role("button", name=re.compile("Fortryd fravigelsen")).first.click()
    expect(side.locator(".kontrolstatus .alert-heading").first).to_contain_text("Porten er lukket")
