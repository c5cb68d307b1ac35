"""The editor in a real browser: a new source, a development between years, blocks as read, a conflict put together."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import vagt
from tests.browser.sidetype import BRED, SMAL
from tests.browser.skrivetrin import aabn_kapitel, gem, kilde, ryd, til_slut

pytestmark = pytest.mark.browser

UDVIKLING = "udvikling.2021-2022.2023-2024.pladser.socialaftale"


def test_ny_ekstern_kilde_saettes_ind_med_fodnote(aabn, skriveserver):
    side = aabn(skriveserver, "sekretariat")
    aabn_kapitel(side, "formaal")
    til_slut(side)
    side.keyboard.press("Control+Shift+L")
    side.get_by_role("dialog", name="Indsæt tal").get_by_role("button", name="Ny ekstern kilde").click()
    vindue = side.get_by_role("dialog", name="Ny ekstern kilde")
    expect(vindue.get_by_label("Hvad tallet viser")).to_be_focused()
    vindue.get_by_label("Hvad tallet viser").fill("Unge, der savner nogen")
    vindue.get_by_label("Værdi med enhed").fill("12 %")
    vindue.get_by_label("År", exact=True).fill("2026")
    vindue.get_by_label("Link").fill("http://eksempel.dk")
    side.keyboard.press("Enter")
    expect(vindue.get_by_text("Skriv en adresse, der begynder med https://")).to_be_visible()
    expect(vindue.get_by_text("Skriv, hvor tallet står")).to_be_visible()
    assert vagt.axe(side) == []
    vindue.get_by_label("Kilde", exact=True).fill("Rapporten")
    vindue.get_by_label("Link").fill("https://eksempel.dk")
    side.keyboard.press("Enter")
    expect(vindue).to_have_count(0)
    expect(side.locator(".ProseMirror .skriv-tal").last).to_have_text("12 %")
    assert kilde(side).endswith("{{ ekstern.unge_der_savner_nogen }}{{ note:unge_der_savner_nogen }}</p>")
    gem(side)


@pytest.mark.parametrize(("bredde", "kapitel"), [(BRED, "vision"), (SMAL, "fokusomraader")])
def test_udvikling_mellem_to_aar(bredde, kapitel, aabn, skriveserver):
    side = aabn(skriveserver, "sekretariat")
    side.set_viewport_size({"width": bredde, "height": 900})
    aabn_kapitel(side, kapitel)
    ryd(side)
    side.keyboard.type("Antallet er ")
    side.keyboard.press("Control+Shift+L")
    vindue = side.get_by_role("dialog", name="Indsæt tal")
    side.keyboard.type("pladser.socialaftale")
    expect(vindue.locator(".skriv-fund-knap").first).to_contain_text("2.421")
    side.keyboard.press("Enter")
    vindue.get_by_text("Udvikling mellem to år").click()
    former = vindue.get_by_role("group", name="Skriv udviklingen som")
    expect(former.get_by_role("button", name="steget fra 2.080 til 2.421")).to_be_visible()
    assert vagt.axe(side) == []
    assert vagt.for_bred(side) == ""
    # The same year twice is no development.
    vindue.get_by_label("Fra", exact=True).select_option("2022")
    expect(vindue.get_by_text("Udviklingen skal gå fremad i tid")).to_be_visible()
    vindue.get_by_label("Fra", exact=True).select_option("2020")
    former.get_by_role("button", name="steget fra 2.080 til 2.421").click()
    expect(side.locator(".ProseMirror .skriv-tal")).to_have_text("steget fra 2.080 til 2.421")
    assert kilde(side) == f"<p>Antallet er {{{{ {UDVIKLING}|retning }}}}</p>"
    gem(side)
    side.get_by_role("link", name="Kapitlet, som det er gemt").click()
    side.get_by_role("link", name="steget fra 2.080 til 2.421").click()
    post = side.locator(f"[id='{UDVIKLING}']")
    expect(post).to_contain_text("Pladser i socialaftalen, udvikling fra 2020 til 2022")
    assert vagt.axe(side) == []


def test_blokke_vises_som_laeseren_ser_dem(aabn, skriveserver):
    side = aabn(skriveserver, "sekretariat")
    aabn_kapitel(side, "kort")
    foer = kilde(side)
    blok = side.get_by_role("group", name="Kort over pladser i socialaftalen")
    billede = blok.locator(".skriv-blok-visning")
    expect(billede.locator("svg").first).to_be_visible()
    assert billede.evaluate("(el) => el.inert && !el.querySelector('a[href], [tabindex], script')")
    # The page has each id once, although the text shows several blocks.
    ider = side.evaluate("Array.from(document.querySelectorAll('[id]'), (el) => el.id)")
    assert len(ider) == len(set(ider))
    assert vagt.axe(side) == []
    knap = blok.get_by_role("button", name="Vis Kort over pladser i socialaftalen")
    expect(knap).to_have_attribute("aria-expanded", "true")
    knap.click()
    expect(billede).to_be_hidden()
    expect(side.get_by_role("dialog")).to_have_count(0)
    knap.press("Enter")
    expect(billede).to_be_visible()
    assert kilde(side) == foer
    side.set_viewport_size({"width": SMAL, "height": 900})
    assert vagt.for_bred(side) == ""


@pytest.mark.parametrize(("bredde", "kapitel"), [(BRED, "fokusomraade_3"), (SMAL, "fokusomraade_1")])
def test_konflikt_afsnit_for_afsnit(bredde, kapitel, aabn, skriveserver):
    sofie, tove = aabn(skriveserver, "sekretariat", ventet=(409,)), aabn(skriveserver, "totp")
    sofie.set_viewport_size({"width": bredde, "height": 900})
    for side in (sofie, tove):
        aabn_kapitel(side, kapitel)
    for side, tekst in ((tove, "Toves afsnit om noget"), (sofie, "Sofies afsnit om andet")):
        til_slut(side)
        side.keyboard.type(tekst)
    gem(tove)
    sofie.get_by_role("button", name="Gem kapitel").click()
    expect(sofie.get_by_role("heading", name="Sæt de to tekster sammen")).to_be_visible()
    assert vagt.axe(sofie) == []
    assert vagt.for_bred(sofie) == ""
    expect(sofie.get_by_role("group", name="Ændret af dig").get_by_label("Behold min")).to_be_checked()
    deres = sofie.get_by_role("group", name="Ændret af Tove")
    expect(deres.get_by_label("Behold deres")).to_be_checked()
    deres.get_by_text("Behold min").click()
    sofie.get_by_role("button", name="Sæt sammen, og se teksten").click()
    expect(sofie.get_by_text("De to tekster er sat sammen")).to_be_visible()
    expect(sofie.locator(".ProseMirror")).to_contain_text("Sofies afsnit om andet")
    expect(sofie.locator(".ProseMirror")).not_to_contain_text("Toves afsnit")
    gem(sofie)
    assert kilde(sofie).endswith("<p>Sofies afsnit om andet</p>")
