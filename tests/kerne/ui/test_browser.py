"""The behaviour of app.js and skema.js in a real browser, and axe over what only opens there."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.penge import afrund_kvotient
from socialaftale.kerne.talformat import skriv_beloeb
from tests.browser import vagt
from tests.kerne.ui.factories import OrganisationFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("tests.kerne.ui.sider"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(params=[1280, 390])
def bredde(request) -> int:
    return request.param


@pytest.fixture
def fejllog() -> list[str]:
    return []


@pytest.fixture
def side(chromium, live_server, organisationer, fejllog) -> Iterator[Page]:
    """A page of an anonymous reader; every script error and CSP violation ends in `fejllog`."""
    kontekst = chromium.new_context(
        base_url=live_server.url, locale="da-DK", permissions=["clipboard-read", "clipboard-write"]
    )
    side = kontekst.new_page()
    side.on("pageerror", lambda fejl: fejllog.append(str(fejl)))
    side.on("console", lambda besked: fejllog.append(besked.text) if "Content Security" in besked.text else None)
    yield side
    kontekst.close()
    assert fejllog == []


def axe(side: Page) -> list[str]:
    return [*vagt.axe(side), *filter(None, [vagt.for_bred(side)])]


def vaerdier(side: Page) -> dict[str, str]:
    return {navn: side.input_value(f"#id_{navn}") for navn in ("loen", "vikarer", "renter")}


def log_paa(side: Page, bruger) -> None:
    side.goto(reverse("account_login"))
    side.fill("#id_login", bruger.email)
    side.fill("#id_password", "test-adgangskode-1")
    side.click("main .button-primary")
    expect(side.locator(".log-off").first).to_be_attached()


def test_enter_og_pile_flytter_og_sender_aldrig(side):
    side.goto("/proeve/skema/")
    side.evaluate("window.samme = true")
    side.focus("#id_loen")
    side.keyboard.press("Enter")
    side.keyboard.type("640000")
    side.keyboard.press("Enter")
    expect(side.locator("#id_renter")).to_be_focused()
    expect(side.locator("#id_vikarer")).to_have_value("640.000")
    side.keyboard.press("Enter")
    side.keyboard.press("Shift+Enter")
    expect(side.locator("#id_vikarer")).to_be_focused()
    side.keyboard.press("ArrowUp")
    expect(side.locator("#id_loen")).to_be_focused()
    side.focus("#id_pladser")
    side.keyboard.press("Enter")
    assert side.evaluate("window.samme") is True


def test_taksten_er_serverens_til_oeren(side):
    side.goto("/proeve/skema/")
    side.fill("#id_loen", "34.000.000")
    side.locator("#id_loen").blur()
    sum_ = Decimal(34_000_000 - 173_544)
    ventet = afrund_kvotient(sum_, 22 * 365 * Decimal("0.949"))
    assert skriv_beloeb(ventet) == "4.438,89"
    expect(side.locator("[data-resultat=takst]")).to_have_text("4.438,89")
    expect(side.locator(".resultatpanel [data-sum]")).to_have_text(skriv_beloeb(sum_, 0))
    aendring = side.locator("tr:has(#id_loen) [data-aendring]")
    expect(aendring).to_have_text("+17,2")
    expect(aendring).to_have_class("tal markant")


def test_kolonne_fra_excel_fylder_nedad_og_kan_fortrydes(side):
    side.goto("/proeve/skema/")
    side.evaluate("navigator.clipboard.writeText('31.000.000,00\\r\\n700000\\r\\n12.5\\r\\n99\\r\\n')")
    side.focus("#id_loen")
    side.keyboard.press("Control+v")
    assert vaerdier(side) == {"loen": "31.000.000", "vikarer": "700.000", "renter": "12.5"}
    expect(side.locator("[data-skema-status]")).to_contain_text("3 af 4 tal er sat ind")
    expect(side.locator("#id_renter_error")).to_have_text("Renteindtægter: skriv beløbet i hele kroner, fx 1.250")
    expect(side.locator("[data-resultat=takst]")).to_have_text("–")
    assert axe(side) == []
    side.click("[data-skema-fortryd]")
    assert vaerdier(side) == {"loen": "30.000.000", "vikarer": "", "renter": "−173.544"}
    expect(side.locator("#id_renter_error")).to_have_count(0)


def test_et_enkelt_tal_indsaettes_som_tekst(side):
    side.goto("/proeve/skema/")
    side.evaluate("navigator.clipboard.writeText('123')")
    side.focus("#id_vikarer")
    side.keyboard.press("Control+v")
    assert vaerdier(side) == {"loen": "30.000.000", "vikarer": "123", "renter": "−173.544"}


def test_kladden_gemmes_selv_og_fejl_siges(side):
    side.goto("/proeve/skema/")
    side.fill("#id_note", "Noget nyt")
    expect(side.locator("[data-autogem-status]")).to_contain_text("Gemt kl.", timeout=8000)
    assert side.input_value("[name=version]") == "1"
    assert side.evaluate("Vogt.noget()") is False
    side.goto("/proeve/skema/?ende=fejl")
    side.fill("#id_note", "Noget nyt")
    expect(side.locator("[data-autogem-tekst]")).to_have_text("En anden har indsendt skemaet.", timeout=8000)
    assert side.evaluate("Vogt.noget()") is True
    assert side.input_value("#id_note") == "Noget nyt"


def test_siden_forlades_ikke_uden_varsel(side):
    side.goto("/proeve/skema/?ende=fejl")
    side.fill("#id_note", "Noget nyt")
    varsler = []
    side.on("dialog", lambda dialog: (varsler.append(dialog.type), dialog.accept()))
    side.goto("/proeve/liste/")
    assert varsler == ["beforeunload"]
    side.goto("/proeve/skema/")
    side.goto("/proeve/liste/")
    assert varsler == ["beforeunload"]


def test_fejlresume_faar_fokus_og_leder_til_feltet(side):
    side.goto("/proeve/skema/")
    side.fill("#id_pladser", "")
    side.fill("#id_loen", "abc")
    side.click("main .button-primary")
    expect(side.locator("[data-module=error-summary]")).to_be_focused()
    assert side.title().startswith("Fejl: Skema")
    assert side.input_value("#id_loen") == "abc"
    side.click(".fejlresume a >> text=Udfyld antal pladser")
    expect(side.locator("#id_pladser")).to_be_focused()
    side.click(".fejlresume a >> text=Løn: skriv beløbet")
    expect(side.locator("#id_loen")).to_be_focused()


def test_spring_til_indhold(side):
    side.goto("/proeve/liste/")
    side.keyboard.press("Tab")
    expect(side.locator(".skipnav")).to_be_focused()
    side.keyboard.press("Enter")
    expect(side.locator("main")).to_be_focused()


def test_log_paa_der_udloeber(side, bruger_med, settings):
    """Half way (the log-in lasts 8 s here) the warning comes; what is typed stays on the page."""
    log_paa(side, bruger_med(Rolle.DRIFTSHERRE_INDBERETTER))
    settings.SESSION_COOKIE_AGE = 8
    side.goto("/proeve/skema/?ende=fejl")
    side.fill("#id_note", "Noget nyt")
    vindue = side.locator("#session")
    expect(vindue).to_be_visible(timeout=8000)
    expect(vindue.locator("[data-session-nedtaelling]")).to_contain_text("sek.")
    assert axe(side) == []
    side.click("[data-session-forny]")
    expect(vindue).to_be_hidden()
    expect(vindue).to_contain_text("Du er logget af", timeout=15000, use_inner_text=True)
    side.click("#session [data-modal-close]")
    assert side.input_value("#id_note") == "Noget nyt"


def test_menu_paa_telefon(side, bruger_med):
    log_paa(side, bruger_med(Rolle.DRIFTSHERRE_INDBERETTER))
    side.set_viewport_size({"width": 390, "height": 844})
    side.goto("/proeve/liste/")
    side.click(".js-menu-open")
    expect(side.locator(".mobile-drawer")).to_be_visible()
    side.wait_for_timeout(400)
    assert axe(side) == []
    side.keyboard.press("Escape")
    expect(side.locator(".mobile-drawer")).to_be_hidden()
    expect(side.locator(".js-menu-open")).to_be_focused()


@pytest.mark.parametrize(
    "sti",
    [
        *(
            "/proeve/skema/",
            "/proeve/liste/",
            "/proeve/liste/?type=privat&sort=-navn&page=2",
            "/proeve/liste/?soeg=xyz",
        ),
        *("account_login", "account_reset_password", "/findes-ikke/"),
    ],
)
def test_axe_og_ingen_vandret_rulning(side, bredde, sti):
    OrganisationFactory.create_batch(60)
    for maal in {bredde, 320 if bredde == 390 else bredde}:
        side.set_viewport_size({"width": maal, "height": 844})
        side.goto(sti if sti.startswith("/") else reverse(sti))
        assert axe(side) == []
