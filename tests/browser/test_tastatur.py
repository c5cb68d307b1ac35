"""Without a mouse, and without JavaScript: everything is reachable, and the reader sees where they are."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.sidetype import SMAL

pytestmark = pytest.mark.browser

# What has focus, and whether it shows: an outline, a shadow, or (DKFDS' boxes and radio buttons) those of its label.
FOKUS = """() => {
  const el = document.activeElement;
  if (el === document.body) return null;
  const ses = (stil) =>
    (stil.outlineStyle !== 'none' && parseFloat(stil.outlineWidth) >= 2) || stil.boxShadow !== 'none';
  const maal = [getComputedStyle(el)];
  if (el.labels?.[0]) maal.push(getComputedStyle(el.labels[0], '::before'), getComputedStyle(el.labels[0]));
  const kasse = el.getBoundingClientRect();
  return {navn: `${el.tagName} ${el.id || el.textContent.trim().slice(0, 40)}`, ses: maal.some(ses),
          paa_siden: kasse.right > 0 && kasse.bottom > 0};
}"""


def rundtur(side: Page, hoejst: int = 150) -> list[dict]:
    """Every stop of the Tab key from the top of the page."""
    stop = []
    for _ in range(hoejst):
        side.keyboard.press("Tab")
        her = side.evaluate(FOKUS)
        if her is None:
            break
        stop.append(her)
    return stop


@pytest.mark.parametrize("navn", ["tilbud", "skema-ret", "forside-sekretariat"])
def test_fokus_kan_ses_hele_vejen(navn, aabn, laeseserver, opbygning):
    som = {"tilbud": None, "skema-ret": "aalborg", "forside-sekretariat": "sekretariat"}[navn]
    side = aabn(laeseserver, som)
    side.goto(opbygning.adresser[navn])
    stop = rundtur(side)
    assert len(stop) > 10
    assert [her["navn"] for her in stop if not (her["ses"] and her["paa_siden"])] == []


def test_spring_til_indholdet(aabn, laeseserver):
    side = aabn(laeseserver)
    side.goto("/tilbud/")
    side.keyboard.press("Tab")
    spring = side.get_by_role("link", name="Gå til sidens indhold")
    expect(spring).to_be_focused()
    expect(spring).to_be_in_viewport()
    side.keyboard.press("Enter")
    expect(side.locator("main")).to_be_focused()
    side.keyboard.press("Tab")
    assert side.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_menuen_paa_telefon(aabn, laeseserver):
    side = aabn(laeseserver, "sekretariat")
    side.set_viewport_size({"width": SMAL, "height": 844})
    side.goto("/tilbud/")
    aabner = side.get_by_role("button", name="Menu")
    aabner.focus()
    side.keyboard.press("Enter")
    menu = side.locator(".mobile-drawer")
    expect(menu).to_be_visible()
    for _ in range(25):
        side.keyboard.press("Tab")
        assert side.evaluate("document.querySelector('.mobile-drawer').contains(document.activeElement)")
    side.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(aabner).to_be_focused()


def test_spoergsmaal_foer_det_der_ikke_kan_fortrydes(aabn, skriveserver, opbygning):
    """The dialogue takes the focus, keeps it, lets go with Escape and gives it back; nothing has happened."""
    side = aabn(skriveserver, "sekretariat")
    side.goto(opbygning.adresser["forslag-detalje"])
    knap = side.locator("main").get_by_role("button", name="Godkend")
    knap.focus()
    side.keyboard.press("Enter")
    vindue = side.get_by_role("dialog", name="Godkend forslaget?")
    expect(vindue).to_be_visible()
    for _ in range(6):
        # After the last stop comes the browser's own frame, never the page behind.
        assert side.evaluate(
            "document.activeElement === document.body || document.querySelector('#bekraeft :focus') !== null"
        )
        side.keyboard.press("Tab")
    side.keyboard.press("Escape")
    expect(vindue).to_be_hidden()
    expect(knap).to_be_focused()
    knap.click()
    vindue.get_by_role("button", name="Godkend").click()
    expect(side.locator("main .alert-success")).to_contain_text("godkendt")


def test_uden_javascript_kan_man_finde_laese_og_filtrere(aabn, laeseserver):
    side = aabn(laeseserver, java_script_enabled=False)
    side.set_viewport_size({"width": SMAL, "height": 844})
    side.goto("/")
    side.get_by_role("navigation", name="Menu uden JavaScript").get_by_role("link", name="Tilbud").click()
    side.get_by_label("Søg", exact=True).fill("Østerskoven")
    side.get_by_role("button", name="Vis").click()
    expect(side.locator("main")).to_contain_text("Neurocenter Østerskoven")
    side.get_by_role("link", name="Neurocenter Østerskoven").click()
    expect(side.get_by_role("heading", level=1)).to_have_text("Neurocenter Østerskoven")
