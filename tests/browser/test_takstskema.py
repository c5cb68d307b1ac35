"""The takstskema as an economist fills it in: keyboard, paste, live totals, drafts, errors and two at once."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from lxml import html
from playwright.sync_api import Locator, Page, expect

from socialaftale.kerne.talformat import skriv_beloeb
from tests.browser import vagt

pytestmark = pytest.mark.browser

UDKLIP = ["clipboard-read", "clipboard-write"]
# Everything on the page that is computed: the sums, the changes and the tariff.
BEREGNEDE = "[data-sum], [data-aendring], [data-resultat]"
BEREGNEDE_XPATH = "//*[@data-sum or @data-aendring or @data-resultat]"
LINJER = "table[data-skema] input[data-gruppe]"


@pytest.fixture
def skema(aabn, skriveserver, opbygning):
    """`skema()`: the form of the unit's n'th draft, opened by its economist."""

    def aabn_skema(nummer: int = 0, enhed: str = "doegn", som: str = "aalborg", **mere) -> Page:
        side = aabn(skriveserver, som, **mere)
        side.goto(f"/takster/skemaer/{opbygning.kladder[f'{som}:{enhed}'][nummer]}/ret/")
        return side

    return aabn_skema


def saet_ind(side: Page, felt: Locator, tekst: str) -> None:
    side.evaluate("(tekst) => navigator.clipboard.writeText(tekst)", tekst)
    felt.focus()
    side.keyboard.press("Control+v")


def gem(side: Page) -> None:
    side.get_by_role("button", name="Gem kladde").click()
    side.wait_for_load_state()


def test_enter_gaar_ned_og_sender_aldrig(skema):
    side = skema()
    side.evaluate("window.samme = true")
    felter = side.locator(LINJER)
    antal = felter.count()
    felter.nth(0).focus()
    for nummer in range(1, antal):
        side.keyboard.press("Enter")
        expect(felter.nth(nummer)).to_be_focused()
    side.keyboard.press("Enter")
    expect(felter.nth(antal - 1)).to_be_focused()
    side.keyboard.press("Shift+Enter")
    expect(felter.nth(antal - 2)).to_be_focused()
    for vaelger in ("#id_pladser", "#id_belaegning_pct", "#id_dispensation"):
        side.focus(vaelger)
        side.keyboard.press("Enter")
    assert side.evaluate("window.samme") is True


def test_enter_sender_heller_ikke_uden_javascript(skema):
    side = skema(java_script_enabled=False)
    adresse = side.url
    side.fill("#id_pladser", "12")
    side.press("#id_pladser", "Enter")
    assert (side.url, side.input_value("#id_pladser")) == (adresse, "12")


def test_kolonne_fra_excel_fylder_nedad(skema):
    side = skema(permissions=UDKLIP)
    felter = side.locator(LINJER)
    saet_ind(side, felter.nth(0), "1.250.000,00\r\n640000\r\n12.5\r\n−3.500\r\n1 234 567\r\n")
    assert [felter.nth(nummer).input_value() for nummer in range(5)] == [
        "1.250.000",
        "640.000",
        "12.5",
        "−3.500",
        "1.234.567",
    ]
    expect(side.locator("[data-skema-status]")).to_contain_text("5 tal er sat ind")
    # The one that cannot be read is told at its box, and no total pretends to know it.
    ulaeselig = felter.nth(2)
    expect(ulaeselig).to_have_attribute("aria-invalid", "true")
    expect(side.locator("[data-resultat=takst]")).to_have_text("–")
    assert vagt.axe(side) == []
    ulaeselig.fill("12,50")
    ulaeselig.blur()
    expect(side.locator("[data-resultat=takst]")).not_to_have_text("–")


def test_to_kolonner_fra_excel_fylder_begge(skema):
    """Activity and capacity of two years, copied as a block."""
    side = skema(permissions=UDKLIP)
    felter = side.locator(".belaegningsskema input")
    saet_ind(side, felter.nth(0), "29,5\t30\r\n28,25\t30\r\n")
    assert [felter.nth(nummer).input_value() for nummer in range(4)] == ["29,5", "30", "28,25", "30"]
    expect(side.locator("[data-belaegningspct='1']")).to_have_text("98,33")


def tilfaeldige(froe: int, antal: int) -> list[str]:
    """Amounts as people write them: with and without dots, øre, minus and units, and some boxes left empty."""
    terning = random.Random(froe)

    def et() -> str:
        oere = Decimal(terning.randrange(0, 900_000_000))
        beloeb = (oere / 100 if terning.random() < 0.5 else oere // 100) * terning.choice([1, 1, 1, -1])
        skrevet = skriv_beloeb(beloeb, 2 if beloeb % 1 else 0)
        return terning.choice([skrevet, skrevet.replace(".", ""), f"{skrevet} kr.", skrevet.replace("−", "-"), ""])

    return [et() for _ in range(antal)]


@pytest.mark.parametrize(
    ("som", "enhed", "nummer", "froe"),
    [("aalborg", "doegn", 0, 1), ("aalborg", "doegn", 1, 2), ("aalborg", "dag", 0, 3), ("region", "time", 0, 4)],
)
def test_tallene_paa_siden_er_serverens_til_oeren(skema, som, enhed, nummer, froe):
    """What the page shows while typing is what the server computes from what was saved (ux.md, requirement 3)."""
    side = skema(nummer, enhed, som)
    felter = side.locator(LINJER)
    for felt, tekst in zip(felter.all(), tilfaeldige(froe, felter.count()), strict=True):
        felt.fill(tekst)
    # The basis must be above nothing, or there is no tariff to compare.
    felter.nth(0).fill("45.678.901,23")
    felter.nth(0).blur()
    paa_siden = side.locator(BEREGNEDE).all_inner_texts()
    assert side.locator("[data-resultat=takst]").inner_text() != "–"
    gem(side)
    expect(side.locator(".alert-success")).to_contain_text("Din kladde er gemt")
    svar = side.request.get(side.url)
    fra_serveren = [el.text_content().strip() for el in html.fromstring(svar.text()).xpath(BEREGNEDE_XPATH)]
    assert paa_siden == fra_serveren
    assert side.locator(BEREGNEDE).all_inner_texts() == fra_serveren


def test_kladden_gemmes_af_sig_selv(skema):
    """After half a minute what stands in the form is kept, readable or not, and comes back as it was typed."""
    side = skema(3)
    side.clock.install()
    side.reload()
    side.fill("#id_linje_A10", "tre en halv")
    side.fill("#id_bemaerkning", "Husk vikarerne")
    side.clock.fast_forward("00:40")
    expect(side.locator("[data-autogem-status]")).to_contain_text("Gemt kl.")
    varsler = []
    side.on("dialog", lambda dialog: (varsler.append(dialog.type), dialog.accept()))
    side.reload()
    assert varsler == []
    expect(side.locator(".alert-info")).to_contain_text("Her er det, du skrev")
    assert side.input_value("#id_linje_A10") == "tre en halv"
    assert side.input_value("#id_bemaerkning") == "Husk vikarerne"
    assert vagt.axe(side) == []


def test_siden_forlades_ikke_med_noget_ugemt(skema):
    side = skema(2)
    varsler = []
    side.on("dialog", lambda dialog: (varsler.append(dialog.type), dialog.dismiss()))
    side.fill("#id_linje_A10", "1.000")
    side.get_by_role("link", name="Fortryd").click()
    assert varsler == ["beforeunload"]
    assert side.input_value("#id_linje_A10") == "1.000"
    gem(side)
    side.get_by_role("link", name="Fortryd").click()
    side.wait_for_url("**/takster/skemaer/*/")
    assert varsler == ["beforeunload"]


def test_fejl_viser_alt_som_det_blev_skrevet(skema):
    side = skema(ventet=(422,))
    side.fill("#id_pladser", "12.5")
    side.fill("#id_linje_A10", "1,234.50")
    side.fill("#id_bemaerkning", "  Med to mellemrum først")
    gem(side)
    resume = side.locator("[data-module=error-summary]")
    expect(resume).to_be_focused()
    assert side.title().startswith("Fejl: ")
    assert side.input_value("#id_pladser") == "12.5"
    assert side.input_value("#id_linje_A10") == "1,234.50"
    assert side.input_value("#id_bemaerkning") == "  Med to mellemrum først"
    linjer = resume.locator("li a")
    assert linjer.count() == 2
    for linje in linjer.all():
        maal = linje.get_attribute("href")
        expect(side.locator(f"{maal}_error")).to_contain_text(linje.inner_text())
        linje.click()
        expect(side.locator(maal)).to_be_focused()


def test_to_der_gemmer_samtidig_mister_intet(skema):
    """The second to save sees both texts, and saves on purpose."""
    foerste, anden = skema(1), skema(1, ventet=(409,))
    foerste.fill("#id_linje_A10", "111.000")
    gem(foerste)
    anden.fill("#id_linje_A10", "222.000")
    gem(anden)
    expect(anden.locator("main .alert-warning").first).to_contain_text("har gemt skemaet")
    assert anden.input_value("#id_linje_A10") == "222.000"
    expect(anden.locator("main table").first).to_contain_text("111.000")
    assert vagt.axe(anden) == []
    gem(anden)
    expect(anden.locator(".alert-success")).to_contain_text("Din kladde er gemt")
    assert anden.input_value("#id_linje_A10") == "222.000"
