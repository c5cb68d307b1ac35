"""The form in a browser: the preview agrees with the server to the øre, and the habits of a spreadsheet hold."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.talformat import skriv_beloeb, skriv_kr
from socialaftale.kerne.templatetags import dansk
from takster import hentning
from takster.beregning.poster import POSTER
from takster.forms.skema import Skemaformular
from takster.models import Reguleringspligt, Takstkladde, Takstskema
from tests.takster.browserro import foelg
from tests.takster.factories import IndberetningFactory, PLsatsFactory, RundeFactory, SkemaFactory, TakstFactory
from tests.takster.skemahjaelp import formulardata

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BUDGETTER = 20
GRUPPER = "ABCDEFGH"


@pytest.fixture(autouse=True)
def _ur() -> None:
    """The real clock: a browser cannot be made to believe in another one."""


@pytest.fixture
def indberetning(organisationer):
    i_dag = timezone.localdate()
    runde = RundeFactory(aabner=i_dag - dt.timedelta(days=30), frist=i_dag + dt.timedelta(days=30))
    return IndberetningFactory(runde=runde, driftsherre=organisationer["aalborg"])


@pytest.fixture
def aabn(chromium, live_server, log_ind, indberetning) -> Iterator[Callable[[Takstskema], Page]]:
    """`aabn(skema)`: the form of the takstskema in a window of the indberetter."""
    klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER)
    kage = klient.cookies[settings.SESSION_COOKIE_NAME].value
    kontekst = chromium.new_context(base_url=live_server.url, locale="da-DK", viewport={"width": 1280, "height": 900})
    kontekst.set_default_timeout(8_000)
    kontekst.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": kage, "url": live_server.url}])
    fejl: list[str] = []
    kontekst.on("weberror", lambda haendelse: fejl.append(str(haendelse.error)))
    til_ro = foelg(kontekst)

    def lav(skema: Takstskema) -> Page:
        side = kontekst.new_page()
        side.goto(reverse("takster:skema_ret", kwargs={"pk": skema.pk}))
        return side

    yield lav
    til_ro()
    assert fejl == []


def tilfaeldigt_beloeb(terning: random.Random) -> str:
    """An amount in one of the accepted ways of writing it."""
    oere = terning.randrange(0, 2_000_000_000)
    beloeb = Decimal(oere) / 100
    med_oere = skriv_beloeb(beloeb, 2)
    return terning.choice(
        [
            med_oere,
            med_oere.replace(".", ""),
            med_oere.replace(".", " "),
            f"{med_oere} kr.",
            skriv_beloeb(Decimal(oere // 100), 0),
            str(oere // 100),
            "",
        ]
    )


def tilfaeldige_felter(terning: random.Random, enhed: str) -> dict[str, str]:
    felter = {f"linje_{post.kode}": tilfaeldigt_beloeb(terning) for post in POSTER}
    felter["linje_G10"] = terning.choice(["", "−12.345,67", "-1000", "0"])
    felter["belaegningsprincip"] = "forventning"
    felter["belaegning_pct"] = terning.choice(["95", "97,5", "94,9", "96,63", "100", "88,01 %"])
    kapacitet = terning.choice(["10", "22", "7,5", "1", "13,25", "1.200"])
    felter |= {
        "doegn": {"pladser": kapacitet},
        "dag": {"pladser": kapacitet, "driftsdage": terning.choice(["225", "365", "47"])},
        "time": {"kapacitetstimer": terning.choice(["2.900", "1.885,5", "960"])},
        "enhed": {"antal": terning.choice(["400", "17", "3,5"])},
    }[enhed]
    return felter


SAET = """felter => {
    for (const [navn, vaerdi] of Object.entries(felter)) {
        const felt = document.getElementsByName(navn);
        if (felt[0].type === "radio") { [...felt].forEach((valg) => (valg.checked = valg.value === vaerdi)); }
        else { felt[0].value = vaerdi; }
    }
    document.getElementById("skema").dispatchEvent(new Event("input", {bubbles: true}));
}"""
LAES = """() => Object.fromEntries([
    ...[...document.querySelectorAll("[data-resultat]")].map((celle) => [celle.dataset.resultat, celle.textContent]),
    ...[...document.querySelectorAll("td[data-sum]")].map((celle) => ["sum " + celle.dataset.sum, celle.textContent]),
    ["grundlag", document.querySelector("dd[data-sum]").textContent],
])"""


def serverens(skema: Takstskema, felter: dict[str, str]) -> dict[str, str]:
    """The same figures as the server writes them when the form is saved."""
    skema = Takstskema.objects.til_beregning().get(pk=skema.pk)
    formular = Skemaformular(formulardata(skema, **felter), skema=skema)
    assert formular.is_valid(), formular.errors
    omgivelser = hentning.hent_omgivelser(skema, timezone.localdate())
    beregning = hentning.beregn_felter(formular.felter(), formular.linjer(), omgivelser)
    grundlag, takst = beregning.data.grundlag, beregning.takst
    return {
        "takst": skriv_kr(takst.takst),
        "aendring": dansk.aendring(beregning.aendring.pct),
        "grundlag": skriv_kr(grundlag.i_alt, 0),
        "sum *": skriv_beloeb(grundlag.i_alt, 0),
        **{f"sum {kategori}": skriv_beloeb(beloeb, 0) for kategori, beloeb in grundlag.pr_kategori.items()},
        **({} if takst.pr_aar is None else {"aar": skriv_kr(takst.pr_aar), "maaned": skriv_kr(takst.pr_maaned)}),
    }


@pytest.mark.regel("T14", "T16", "T48")
@pytest.mark.parametrize("enhed", ["doegn", "dag", "time", "enhed"])
def test_forhaandsvisning_og_server_er_enige_paa_oeren(aabn, indberetning, enhed):
    skema = SkemaFactory(indberetning=indberetning, enhed=enhed)
    TakstFactory(ydelse=skema.ydelse, takst=Decimal("2543.21"))
    PLsatsFactory(sats_pct=Decimal("2.90"))
    Reguleringspligt.objects.create(
        driftsherre=skema.driftsherre,
        tilbud=skema.ydelse.tilbud,
        beloeb=Decimal("-1234.56"),
        oprindelsesaar=2025,
        regel="T25",
        tidligst_aar=2026,
        senest_aar=2027,
        betegnelse="Overskud fra 2025, der føres tilbage",
    )
    side = aabn(skema)
    terning = random.Random(f"budget {enhed}")
    for nummer in range(BUDGETTER):
        felter = tilfaeldige_felter(terning, enhed)
        side.evaluate(SAET, felter)
        vist = side.evaluate(LAES)
        ventet = serverens(skema, felter)
        assert {noegle: vist[noegle] for noegle in ventet} == ventet, (nummer, felter)


def test_det_gemte_staar_som_det_blev_vist(aabn, indberetning):
    """A whole round trip: the panel after saving shows what the preview showed before."""
    skema = SkemaFactory(udfyldt=True, indberetning=indberetning)
    side = aabn(skema)
    side.fill("#id_linje_A20", "5.432.109,87")
    side.fill("#id_pladser", "11,5")
    foer = side.locator("[data-resultat=takst]").inner_text()
    side.click("button[value=gem]")
    expect(side.get_by_text("Din kladde er gemt")).to_be_visible()
    assert side.locator("[data-resultat=takst]").inner_text() == foer
    assert side.input_value("#id_linje_A20") == "5.432.109,87"


@pytest.mark.regel("T18", "T21")
def test_belaegningen_foelger_af_de_to_aar(aabn, indberetning):
    skema = SkemaFactory(indberetning=indberetning)
    side = aabn(skema)
    side.check("input[name=belaegningsprincip][value=beregnet]")
    for felt, tal in {
        "aktivitet_t1": "24,2",
        "kapacitet_t1": "22",
        "aktivitet_t2": "21",
        "kapacitet_t2": "22",
    }.items():
        side.fill(f"#id_{felt}", tal)
    assert side.locator("[data-belaegningspct='1']").inner_text() == "110,00"
    assert side.locator("[data-belaegningspct='2']").inner_text() == "95,45"
    # (110,00 + 95,45) / 2, half up.
    assert side.input_value("#id_belaegning_pct") == "102,73"
    assert "2026 (forventet)" in side.locator("[data-belaegningsaar='1']").inner_text()
    side.check("input[name=belaegningsgrundlag][value=afsluttede]")
    assert side.locator("[data-belaegningsaar='1']").inner_text() == "2025"


def test_det_brugeren_selv_skriver_overskrives_ikke(aabn, indberetning):
    side = aabn(SkemaFactory(udfyldt=True, indberetning=indberetning))
    side.fill("#id_belaegning_pct", "97")
    side.fill("#id_aktivitet_t1", "8")
    assert side.input_value("#id_belaegning_pct") == "97"


def test_enter_gaar_ned_og_indsender_aldrig(aabn, indberetning):
    skema = SkemaFactory(udfyldt=True, indberetning=indberetning)
    side = aabn(skema)
    adresse = side.url
    side.focus("#id_linje_A10")
    side.keyboard.press("Enter")
    assert side.evaluate("document.activeElement.id") == "id_linje_A20"
    side.keyboard.press("Shift+Enter")
    assert side.evaluate("document.activeElement.id") == "id_linje_A10"
    for felt in ("#id_pladser", "#id_belaegning_pct", "#id_dispensation", "#id_linje_H30"):
        side.focus(felt)
        side.keyboard.press("Enter")
    assert side.url == adresse
    skema.refresh_from_db()
    assert skema.version == 1


def test_enter_indsender_heller_ikke_uden_javascript(chromium, live_server, log_ind, indberetning):
    skema = SkemaFactory(udfyldt=True, indberetning=indberetning)
    klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER)
    kontekst = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    kage = klient.cookies[settings.SESSION_COOKIE_NAME].value
    kontekst.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": kage, "url": live_server.url}])
    side = kontekst.new_page()
    side.goto(reverse("takster:skema_ret", kwargs={"pk": skema.pk}))
    adresse = side.url
    side.focus("#id_linje_A20")
    side.keyboard.type("99")
    side.keyboard.press("Enter")
    side.wait_for_timeout(300)
    assert side.url == adresse
    kontekst.close()
    skema.refresh_from_db()
    assert skema.version == 1


INDSAET = """tekst => {
    const data = new DataTransfer();
    data.setData("text/plain", tekst);
    const haendelse = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
    document.activeElement.dispatchEvent(haendelse);
}"""


def test_en_kolonne_fra_et_regneark_fylder_nedad_og_kan_fortrydes(aabn, indberetning):
    side = aabn(SkemaFactory(indberetning=indberetning))
    side.focus("#id_linje_A10")
    side.evaluate(INDSAET, "100\n2.000,50\n\n30000\n12.5")
    assert [side.input_value(f"#id_linje_A{nr}") for nr in (10, 20, 30, 40, 50)] == [
        "100",
        "2.000,50",
        "",
        "30.000",
        "12.5",
    ]
    expect(side.get_by_text("5 tal er sat ind")).to_be_visible()
    expect(side.locator("#id_linje_A50_error")).to_contain_text("komma før øre")
    side.get_by_role("button", name="Fortryd indsætning").click()
    assert side.input_value("#id_linje_A20") == ""


def test_kopier_fra_sidste_aar_roerer_kun_de_tomme(aabn, indberetning):
    skema = SkemaFactory(indberetning=indberetning)
    TakstFactory(ydelse=skema.ydelse, linjer={"A10": "600000.00", "A20": "5100000.50"})
    side = aabn(skema)
    side.fill("#id_linje_A10", "1")
    side.get_by_role("button", name="Kopiér tallene fra 2026").click()
    assert side.input_value("#id_linje_A10") == "1"
    assert side.input_value("#id_linje_A20") == "5.100.000,50"
    assert side.locator("td[data-sum='A']").inner_text() == "5.100.002"


def test_autogem_gemmer_kladden_og_den_staar_der_naeste_gang(aabn, indberetning):
    skema = SkemaFactory(udfyldt=True, indberetning=indberetning)
    side = aabn(skema)
    side.fill("#id_linje_A20", "12.34")
    with side.expect_response("**/ret/kladde/") as svar:
        side.evaluate(
            "Object.defineProperty(document, 'hidden', {value: true, configurable: true});"
            "document.dispatchEvent(new Event('visibilitychange'))"
        )
    assert svar.value.status == 200
    assert Takstkladde.objects.get().data["linje_A20"] == "12.34"
    skema.refresh_from_db()
    assert skema.version == 1
    anden = aabn(skema)
    assert anden.input_value("#id_linje_A20") == "12.34"
    expect(anden.get_by_text("Her er det, du skrev")).to_be_visible()
