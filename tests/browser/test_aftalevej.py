"""One agreement through every state from draft to in force, as the secretariat and a council do it."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from tests.browser import vagt
from tests.browser.aftalevej import HELE_VEJEN
from tests.browser.server import ROD, koer_server, miljoe
from tests.browser.sidetype import SMAL

pytestmark = pytest.mark.browser
VEJEN = f"/aftaler/{HELE_VEJEN}/godkendelse/"


@pytest.fixture(scope="module")
def vejserver(opbygning, tmp_path_factory):
    """A server of its own: an agreement that takes effect changes what every other page shows."""
    var = tmp_path_factory.mktemp("vej") / "var"
    shutil.copytree(opbygning.var, var)
    program = [sys.executable, "-m", "tests.browser.aftalevej"]
    subprocess.run(program, cwd=ROD, env=miljoe(var, opbygning.statik), check=True)
    with koer_server(var, opbygning.statik) as adresse:
        yield adresse


def status(side: Page, tekst: str) -> None:
    expect(side.locator(".metalinje .badge").first).to_have_text(tekst)


def lav_udgave(side: Page) -> None:
    side.goto(f"/aftaler/{HELE_VEJEN}/pdf/")
    side.get_by_role("button", name="Lav PDF").click()
    expect(side.locator("main")).to_contain_text("Færdig")
    side.goto(VEJEN)


def tag(side: Page, knap: str, **felter: str) -> None:
    side.locator("main").get_by_role("link", name=knap, exact=True).click()
    expect(side.get_by_role("heading", level=1)).to_have_text(knap)
    for navn, vaerdi in felter.items():
        side.fill(f"#id_{navn}", vaerdi)
    side.locator("main form .button-primary").click()
    expect(side.get_by_role("heading", level=1)).to_have_text("Godkendelse")


def registrer(side: Page, dato: str) -> None:
    side.locator("#id_afgoerelse_0").check()
    side.fill("#id_moededato", dato)
    side.fill("#id_sagsnummer", "2026-052085")
    side.fill("#id_link", "https://www.example.dk/referat")
    side.get_by_role("button", name="Gem", exact=True).click()
    expect(side.get_by_role("heading", level=1)).to_have_text("Godkendelse")


def test_fra_udkast_til_gaeldende(aabn, vejserver):
    side = aabn(vejserver, "sekretariat")
    side.goto(VEJEN)
    status(side, "Udkast")
    side.get_by_role("link", name="Høring", exact=True).click()
    side.get_by_role("link", name="Send i høring").click()
    side.fill("#id_navn", "høringsudkast")
    side.fill("#id_frist", "31.12.2099")
    side.locator("main form .button-primary").click()
    side.goto(VEJEN)
    status(side, "I høring")
    expect(side.locator("main")).to_contain_text("Høringen er åben. Luk den først.")
    side.get_by_role("link", name="Høring", exact=True).click()
    side.get_by_role("link", name="høringsudkast").first.click()
    side.locator("main").get_by_role("button", name="Luk høringen").click()
    side.get_by_role("dialog").locator("[data-bekraeft-ja]").click()
    expect(side.get_by_role("heading", level=1)).to_contain_text("Høringsnotat")

    lav_udgave(side)
    tag(side, "Send til DAS", sagsnummer="2026-052085")
    status(side, "Til DAS")
    # DAS wants it written again: back, and on once more.
    tag(side, "Send tilbage til udkast", begrundelse="Kapitel 1 skal kortes")
    status(side, "Udkast")
    tag(side, "Send til DAS")
    lav_udgave(side)
    tag(side, "Send til KKR")
    status(side, "Til KKR")
    tag(side, "Send til politisk godkendelse")
    status(side, "Til politisk godkendelse")
    assert vagt.axe(side) == []

    dato = side.locator("main time").first.get_attribute("datetime")
    dato = ".".join(reversed(dato.split("-")))
    egen = aabn(vejserver, "das")
    egen.goto("/")
    egen.get_by_role("link", name="mangler at godkende").first.click()
    egen.locator("main table").get_by_role("link", name="Registrér").click()
    registrer(egen, dato)
    expect(egen.locator(".godkendelsestal")).to_contain_text("1 af 12 har godkendt")

    for antal in range(2, 13):
        side.goto(VEJEN)
        # Those who are missing stand first.
        side.locator(".godkendelsesmatrix tbody tr").first.get_by_role("link", name="Registrér").click()
        registrer(side, dato)
        expect(side.locator(".godkendelsestal")).to_contain_text(f"{antal} af 12 har godkendt")
    side.set_viewport_size({"width": SMAL, "height": 800})
    assert vagt.axe(side) == []
    side.set_viewport_size({"width": 1280, "height": 900})

    # Its first day has come, so that approval puts it in force and replaces the one before.
    tag(side, "Registrér som godkendt")
    status(side, "Gældende")
    tidslinje = side.locator(".historik")
    for trin in (
        "Trådt i kraft",
        "Godkendt af alle parter",
        "Sendt til KKR",
        "Sendt tilbage til udkast",
        "Høringen lukket",
    ):
        expect(tidslinje).to_contain_text(trin)
    expect(tidslinje).to_contain_text("Kapitel 1 skal kortes")
    offentlig = aabn(vejserver)
    offentlig.goto(f"/aftaler/{HELE_VEJEN}/")
    expect(offentlig.get_by_role("heading", level=1)).to_have_text(f"Prøveaftale {HELE_VEJEN}")
    offentlig.goto("/aftaler/")
    expect(offentlig.locator(".aftaleliste li").filter(has_text="2023-2024").first).to_contain_text("Afløst")
