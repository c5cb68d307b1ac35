"""The editor of chapters in a real browser: written in without a mouse, kept by itself, never in another's way."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser import vagt
from tests.browser.sidetype import BRED, SMAL
from tests.browser.skrivetrin import aabn_kapitel, gem, kilde, ret, ryd, til_slut

pytestmark = pytest.mark.browser


def test_skriv_med_tastaturet_og_gem(aabn, skriveserver):
    side = aabn(skriveserver, "sekretariat")
    aabn_kapitel(side, "resume")
    ryd(side)
    side.keyboard.press("Control+Shift+Digit2")
    side.keyboard.type("En overskrift")
    side.keyboard.press("Enter")
    side.keyboard.type("Et ")
    side.keyboard.press("Control+B")
    side.keyboard.type("fedt")
    side.keyboard.press("Control+B")
    side.keyboard.type(" ord og {{ parter.antal|ord }} parter")
    side.keyboard.press("Enter")
    side.keyboard.press("Control+Shift+Digit8")
    side.keyboard.type("Et punkt")
    side.keyboard.press("Enter")
    side.keyboard.type("Et til")
    expect(side.locator(".ProseMirror .skriv-tal")).to_have_text("tolv")
    expect(side.get_by_role("button", name="Punktliste")).to_have_attribute("aria-pressed", "true")
    gem(side)
    assert kilde(side) == (
        "<h2>En overskrift</h2>\n<p>Et <strong>fedt</strong> ord og {{ parter.antal|ord }} parter</p>\n"
        "<ul>\n<li>Et punkt</li>\n<li>Et til</li>\n</ul>"
    )


def test_indsaet_tal_uden_mus_og_skift_format(aabn, skriveserver):
    side = aabn(skriveserver, "sekretariat")
    aabn_kapitel(side, "formaal")
    ryd(side)
    side.keyboard.type("Der er ")
    side.keyboard.press("Control+Shift+L")
    vindue = side.get_by_role("dialog", name="Indsæt tal")
    expect(vindue.get_by_role("searchbox")).to_be_focused()
    side.keyboard.type("pladser.socialaftale")
    expect(vindue.locator(".skriv-status")).to_contain_text(re.compile(r"\d+ fundet|Viser"))
    expect(vindue.locator(".skriv-fund-knap").first).to_contain_text("2.421")
    side.keyboard.press("Enter")
    formater = vindue.get_by_role("group", name="Skriv tallet som")
    expect(formater.get_by_role("button", name="ca. 2.400")).to_be_visible()
    for stykke in ("Opgjort", "2022", "Kilde", "pladser.socialaftale"):
        expect(vindue.locator(".skriv-talfakta")).to_contain_text(stykke)
    assert vagt.axe(side) == []
    side.keyboard.press("Tab")
    side.keyboard.press("Enter")
    expect(vindue).to_have_count(0)
    side.keyboard.type(" pladser")
    expect(side.locator(".ProseMirror .skriv-tal")).to_have_text("ca.\N{NO-BREAK SPACE}2.400")
    assert kilde(side) == "<p>Der er {{ pladser.socialaftale|ca }} pladser</p>"
    # Selected with the arrows, opened with Enter, written in another way.
    valgt = side.locator(".ProseMirror .ProseMirror-selectednode")
    for _ in range(len(" pladser") + 1):
        # The editor learns of each step a moment after the browser has taken it.
        side.keyboard.press("ArrowLeft")
        side.wait_for_timeout(50)
    expect(valgt).to_have_count(1)
    side.keyboard.press("Enter")
    fakta = side.get_by_role("dialog")
    expect(fakta.get_by_role("button", name="ca. 2.400")).to_have_attribute("aria-pressed", "true")
    expect(fakta.get_by_role("link", name="Sådan er tallet beregnet")).to_have_attribute(
        "href", "/aftaler/2023-2024/tal/?kladde=1#pladser.socialaftale"
    )
    fakta.get_by_role("button", name="2.421 Helt tal").click()
    assert kilde(side) == "<p>Der er {{ pladser.socialaftale|hele }} pladser</p>"
    # And with the mouse: away with it.
    side.locator(".ProseMirror .skriv-tal").click()
    side.get_by_role("dialog").get_by_role("button", name="Fjern tallet").click()
    assert "pladser.socialaftale" not in kilde(side)
    til_slut(side)
    side.keyboard.press("Control+Shift+E")
    noter = side.get_by_role("dialog", name="Indsæt fodnote")
    expect(noter.locator(".skriv-fund-knap").first).to_be_visible()
    side.keyboard.press("Enter")
    side.keyboard.press("Enter")
    expect(side.locator(".ProseMirror .skriv-note")).to_have_text("1")
    gem(side)
    assert re.search(r"\{\{ note:\w+ \}\}", kilde(side))


def test_tabel_boks_og_link(aabn, skriveserver):
    side = aabn(skriveserver, "sekretariat")
    aabn_kapitel(side, "fokusomraader")
    ryd(side)
    side.get_by_role("button", name="Indsæt tabel").click()
    for ord in ("År", "Pladser", "Andel", "2020"):
        side.keyboard.type(ord)
        side.keyboard.press("Tab")
    vaerktoej = side.get_by_role("group", name="Tabellen")
    # In the second column of the second row.
    vaerktoej.get_by_role("button", name="Slet kolonnen").click()
    vaerktoej.get_by_role("button", name="Slet rækken").click()
    vaerktoej.get_by_role("button", name="Tabellens overskrift").click()
    side.get_by_label("Overskrift", exact=True).fill("Pladser & år")
    side.keyboard.press("Enter")
    expect(side.get_by_role("dialog")).to_have_count(0)
    tabel = re.sub(r"\s+", "", kilde(side))
    assert tabel.startswith(
        '<table><caption>Pladser&amp;år</caption><thead><tr><thscope="col">År</th><thscope="col">Andel</th></tr></thead>'
    )
    assert tabel.count("<tr>") == 2
    til_slut(side)
    side.get_by_role("button", name="Boks", exact=True).click()
    side.get_by_label("Slags").select_option("Definition")
    side.get_by_label("Boksens titel").fill("Hvad er en plads?")
    side.get_by_role("dialog").get_by_role("button", name="Indsæt").click()
    side.keyboard.type("Se ")
    side.keyboard.press("Control+K")
    side.get_by_label("Adresse").fill("javascript:alert(1)")
    side.keyboard.press("Enter")
    expect(side.get_by_text("Skriv en adresse, der begynder med https://")).to_be_visible()
    assert vagt.axe(side) == []
    side.get_by_label("Adresse").fill("www.kl.dk")
    side.get_by_label("Tekst, læseren ser").fill("KL")
    side.keyboard.press("Enter")
    expect(side.get_by_role("dialog")).to_have_count(0)
    assert kilde(side).endswith(
        '<aside class="boks boks-definition">\n<p class="boks-titel">Hvad er en plads?</p>\n'
        '<p>Se <a href="https://www.kl.dk">KL</a></p>\n</aside>'
    )
    gem(side)


def test_billede(aabn, skriveserver):
    side = aabn(skriveserver, "sekretariat", ventet=(422,))
    aabn_kapitel(side, "vision", "2021-2022")
    til_slut(side)
    fil = io.BytesIO()
    Image.new("RGB", (300, 200), (20, 80, 140)).save(fil, "JPEG")
    side.get_by_role("button", name="Billede").click()
    vindue = side.get_by_role("dialog", name="Indsæt billede")
    vindue.locator("input[type=file]").set_input_files(
        {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": fil.getvalue()}
    )
    vindue.get_by_role("button", name="Indsæt").click()
    expect(vindue.get_by_text("Beskriv, hvad billedet viser")).to_be_visible()
    vindue.get_by_label("Alternativ tekst").fill("En blå flade")
    side.keyboard.press("Enter")
    expect(side.locator(".ProseMirror img[alt='En blå flade']")).to_be_visible()
    assert side.locator(".ProseMirror img").evaluate("(img) => img.decode().then(() => img.naturalWidth)") == 300
    gem(side)
    assert re.search(r'<figure>\s*<img data-billede="\d+" alt="En blå flade">\s*</figure>', kilde(side))
    side.get_by_role("link", name="Kapitlet, som det er gemt").click()
    assert side.locator(".tekstbillede").evaluate("(img) => img.decode().then(() => img.naturalWidth)") == 300
    assert vagt.axe(side) == []


def test_kladde_gemmes_af_sig_selv_og_tilbydes(aabn, skriveserver):
    side = aabn(skriveserver, "sekretariat")
    aabn_kapitel(side, "fokusomraade_1")
    til_slut(side)
    side.keyboard.type("Ikke gemt endnu")
    # The window is left for another: the draft is kept at once, not after half a minute.
    side.evaluate("window.dispatchEvent(new Event('blur'))")
    expect(side.locator("[data-autogem-status]")).to_contain_text("Gemt kl.")
    aabn_kapitel(side, "fokusomraade_1")
    assert "Ikke gemt endnu" not in kilde(side)
    expect(side.get_by_text("Du har en ugemt kladde fra")).to_be_visible()
    assert vagt.axe(side) == []
    side.get_by_role("link", name="Fortsæt på kladden").click()
    expect(side.locator(".ProseMirror")).to_contain_text("Ikke gemt endnu")
    gem(side)
    assert kilde(side).endswith("<p>Ikke gemt endnu</p>")
    expect(side.get_by_text("Du har en ugemt kladde fra")).to_have_count(0)


def test_to_i_samme_kapitel_ser_hinanden_og_intet_gaar_tabt(aabn, skriveserver):
    sofie, tove = aabn(skriveserver, "sekretariat", ventet=(409,)), aabn(skriveserver, "totp")
    for side in (sofie, tove):
        aabn_kapitel(side, "fokusomraade_2")
    tove.reload()
    expect(tove.locator("[data-til-stede]")).to_contain_text("redigerer nu, siden kl.")
    for side, tekst in ((tove, "Toves afsnit"), (sofie, "Sofies afsnit")):
        til_slut(side)
        side.keyboard.type(tekst)
    gem(tove)
    sofie.get_by_role("button", name="Gem kapitel").click()
    expect(sofie.get_by_role("heading", name="er ændret imens")).to_be_visible()
    expect(sofie.locator(".forhaandsvisning")).to_contain_text("Toves afsnit")
    expect(sofie.locator(".ProseMirror")).to_contain_text("Sofies afsnit")
    assert vagt.axe(sofie) == []
    til_slut(sofie)
    sofie.keyboard.type("Toves afsnit")
    gem(sofie)
    assert kilde(sofie).endswith("<p>Sofies afsnit</p>\n<p>Toves afsnit</p>")


@pytest.mark.parametrize("bredde", [BRED, SMAL])
def test_ingen_fejl_i_tilgaengelighed(bredde, aabn, skriveserver):
    side = aabn(skriveserver, "sekretariat")
    side.set_viewport_size({"width": bredde, "height": 900})
    aabn_kapitel(side, "kort")
    assert vagt.axe(side) == []
    assert vagt.for_bred(side) == ""
    for knap in ("Indsæt tal", "Boks", "Link", "Billede", "Genveje"):
        side.get_by_role("button", name=knap, exact=True).click()
        vindue = side.get_by_role("dialog")
        expect(vindue).to_be_visible()
        if knap == "Indsæt tal":
            expect(vindue.locator(".skriv-fund-knap").first).to_be_visible()
            vindue.locator(".skriv-fund-knap").first.click()
        assert vagt.axe(side) == [], knap
        assert vagt.for_bred(side) == "", knap
        side.keyboard.press("Escape")
        expect(vindue).to_have_count(0)


def test_knapperne_er_et_stop_for_tabulatoren(aabn, skriveserver):
    side = aabn(skriveserver, "sekretariat")
    aabn_kapitel(side, "kort")
    side.get_by_label("Titel").focus()
    side.keyboard.press("Tab")
    linje = side.get_by_role("toolbar", name="Formatering")
    expect(linje.get_by_role("button", name="Fortryd", exact=True)).to_be_focused()
    side.keyboard.press("ArrowRight")
    side.keyboard.press("ArrowRight")
    expect(linje.get_by_role("button", name="Overskrift (niveau 1)", exact=True)).to_be_focused()
    side.keyboard.press("End")
    expect(linje.get_by_role("button", name="Genveje")).to_be_focused()
    side.keyboard.press("Tab")
    expect(side.locator(".ProseMirror")).to_be_focused()
    side.keyboard.press("Alt+F10")
    expect(linje.get_by_role("button", name="Genveje")).to_be_focused()
    side.keyboard.press("Escape")
    expect(side.locator(".ProseMirror")).to_be_focused()


def test_fejl_staar_ved_teksten_og_intet_er_tabt(aabn, skriveserver):
    side = aabn(skriveserver, "sekretariat", ventet=(422,))
    aabn_kapitel(side, "kontakt")
    til_slut(side)
    side.keyboard.type("Ring om {{ parter.antl }} i dag")
    expect(side.locator(".skriv-ukendt")).to_have_text("[parter.antl findes ikke]")
    side.get_by_role("button", name="Gem kapitel").click()
    expect(side.locator(".form-error .skriv")).to_be_visible()
    expect(side.locator(".ProseMirror")).to_have_attribute("aria-invalid", "true")
    expect(side.locator(".ProseMirror")).to_contain_text("Ring om")
    side.locator(".alert a[href='#id_indhold'], a[href='#id_indhold']").first.click()
    expect(side.locator(".ProseMirror")).to_be_focused()
    assert vagt.axe(side) == []


def test_uden_javascript_er_det_et_felt(aabn, skriveserver):
    side = aabn(skriveserver, "sekretariat", java_script_enabled=False)
    side.goto(ret("bilag"))
    felt = side.locator("textarea[name=indhold]")
    expect(felt).to_be_visible()
    felt.fill("<p>Skrevet uden JavaScript.</p>")
    side.get_by_role("button", name="Gem kapitel").click()
    expect(side.locator("textarea[name=indhold]")).to_have_value("<p>Skrevet uden JavaScript.</p>")
