"""One takstskema from draft to published tariff, as the people of the round do it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import vagt

pytestmark = pytest.mark.browser
AAR = 2027


def overskrift(side: Page, tekst: str) -> None:
    """The page that comes next, judged on the way."""
    expect(side.get_by_role("heading", level=1)).to_have_text(tekst)
    assert vagt.axe(side) == []


def bekraeft(side: Page, knap: str) -> None:
    """Press a button that asks first, and answer yes."""
    side.locator("main").get_by_role("button", name=knap).click()
    dialog = side.get_by_role("dialog")
    expect(dialog).to_be_visible()
    assert vagt.axe(side) == []
    dialog.locator("[data-bekraeft-ja]").click()
    expect(dialog).to_be_hidden()


def indsend(side: Page) -> None:
    side.get_by_role("button", name="Kontrollér og indsend").click()
    overskrift(side, "Kontrollér og indsend")
    side.get_by_role("button", name="Indsend", exact=True).click()
    overskrift(side, "Takstskemaet er indsendt")


def test_fra_kladde_til_offentliggjort_takst(aabn, skriveserver, opbygning):
    oekonom, sekretariat = aabn(skriveserver, "aalborg"), aabn(skriveserver, "sekretariat")
    offentligheden = aabn(skriveserver)
    ret = opbygning.adresser["skema-ret"]
    skema = ret.removesuffix("ret/")

    oekonom.goto(ret)
    tilbud = oekonom.get_by_role("heading", level=1).inner_text()
    indsend(oekonom)
    expect(oekonom.locator("main")).to_contain_text(re.compile(rf"TS-{AAR}-\d{{5}}"))

    sekretariat.goto(skema)
    sekretariat.get_by_role("link", name="Send retur").click()
    sekretariat.get_by_label("Hvad skal rettes?").fill("Vikarudgiften ser lille ud.")
    sekretariat.get_by_role("button", name="Send retur").click()
    expect(sekretariat.locator("main .badge").first).to_have_text("Sendt retur")

    oekonom.goto("/")
    expect(oekonom.locator(".naeste-skridt .haster")).to_contain_text("sendt retur")
    oekonom.goto(ret)
    expect(oekonom.locator("main .alert-warning")).to_contain_text("Vikarudgiften ser lille ud.")
    oekonom.fill("#id_linje_A40", "199.000")
    oekonom.locator("#id_linje_A40").blur()
    takst = oekonom.locator("[data-resultat=takst]").inner_text()
    indsend(oekonom)
    expect(oekonom.locator("main")).to_contain_text(takst)

    sekretariat.goto(skema)
    sekretariat.get_by_role("link", name="Godkend").click()
    sekretariat.get_by_role("button", name="Godkend").click()
    expect(sekretariat.locator("main .badge").first).to_have_text("Godkendt")

    sekretariat.goto(f"/takster/runder/{AAR}/")
    bekraeft(sekretariat, "Luk runden")
    expect(sekretariat.locator("main .badge").first).to_have_text("Lukket")
    # Closed: nobody but the one it is opened again for.
    sekretariat.goto(f"/takster/indberetning/{AAR}/aalborg/genaabn/")
    assert vagt.axe(sekretariat) == []
    sekretariat.goto(f"/takster/runder/{AAR}/")
    bekraeft(sekretariat, "Offentliggør taksterne")
    # Publishing is a job with a page of its own; here it is done at once.
    sekretariat.get_by_role("link", name="Se resultatet").click()
    overskrift(sekretariat, f"Takster {AAR}")

    offentligheden.goto(f"/takster/?aar={AAR}&q={tilbud}")
    expect(offentligheden.get_by_role("row").filter(has_text=tilbud)).to_contain_text(takst.replace("\u00a0kr.", ""))
