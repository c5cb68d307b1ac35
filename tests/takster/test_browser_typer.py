"""Levels and supplements in a browser: the preview agrees with the server to the øre, and rows come and go."""

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
from takster import hentning
from takster.models import Takstskema
from takster.niveauceller import gemte_raekker
from tests.takster.browserro import foelg
from tests.takster.factories import IndberetningFactory, RundeFactory, SkemaFactory, TilbudFactory, YdelseFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TRAPPER = 6


@pytest.fixture(autouse=True)
def _ur() -> None:
    """The real clock: a browser cannot be made to believe in another one."""


@pytest.fixture
def lav(organisationer) -> Callable[[str, str], Takstskema]:
    i_dag = timezone.localdate()
    runde = RundeFactory(aabner=i_dag - dt.timedelta(days=30), frist=i_dag + dt.timedelta(days=30))
    indberetning = IndberetningFactory(runde=runde, driftsherre=organisationer["aalborg"])

    def lav_skema(taksttype: str, enhed: str = "doegn") -> Takstskema:
        tilbud = TilbudFactory(driftsherre=organisationer["aalborg"])
        ydelse = YdelseFactory(tilbud=tilbud, taksttype=taksttype, enhed=enhed)
        return SkemaFactory(udfyldt=taksttype != "tillaeg", indberetning=indberetning, ydelse=ydelse)

    return lav_skema


@pytest.fixture
def aabn(chromium, live_server, log_ind, organisationer) -> Iterator[Callable[[str], Page]]:
    klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER)
    kage = klient.cookies[settings.SESSION_COOKIE_NAME].value
    kontekst = chromium.new_context(base_url=live_server.url, locale="da-DK", viewport={"width": 1280, "height": 900})
    kontekst.set_default_timeout(8_000)
    kontekst.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": kage, "url": live_server.url}])
    fejl: list[str] = []
    kontekst.on("weberror", lambda haendelse: fejl.append(str(haendelse.error)))
    til_ro = foelg(kontekst)

    def aabn_siden(sti: str) -> Page:
        side = kontekst.new_page()
        side.goto(sti)
        return side

    yield aabn_siden
    til_ro()
    assert fejl == []


def ret(skema: Takstskema) -> str:
    return reverse("takster:skema_ret", kwargs={"pk": skema.pk})


@pytest.mark.regel("T36", "T37")
def test_forhaandsvisningen_er_serverens_tal(aabn, lav):
    skema = lav("differentieret")
    side = aabn(ret(skema))
    terning = random.Random(37)
    for _ in range(TRAPPER):
        antal = [terning.randint(1, 6) for _ in range(3)]
        side.fill("#id_pladser", str(sum(antal)))
        side.fill("#id_linje_A20", skriv_beloeb(Decimal(terning.randrange(10**8, 10**9)) / 100, 2))
        for nr, pladser in enumerate(antal, 1):
            side.fill(f"#id_niveau_{nr}_navn", f"Trin {nr}")
            side.fill(f"#id_niveau_{nr}_pladser", str(pladser))
            side.fill(f"#id_niveau_{nr}_stoettetimer", skriv_beloeb(Decimal(terning.randrange(100, 9000)) / 100, 2))
        vist = [side.inner_text(f'tr[data-niveau="{nr}"] [data-niveaupris]') for nr in (1, 2, 3)]
        dele = [side.inner_text(f'[data-del="{navn}"]') for navn in ("fast", "borger")]
        side.click('button[value="gem"]')
        side.wait_for_load_state()
        gemt = Takstskema.objects.til_beregning().get(pk=skema.pk)
        typer = hentning.beregn_gemt(gemt, hentning.hent_omgivelser(gemt, timezone.localdate())).typer
        assert vist == [skriv_beloeb(pris.i_alt, 2) for pris in typer.niveauer.priser]
        assert dele == [skriv_kr(typer.opdeling.fast_pr_enhed), skriv_kr(typer.opdeling.borgerrettet_pr_enhed)]


def test_raekker_kommer_og_gaar(aabn, lav):
    skema = lav("differentieret")
    side = aabn(ret(skema))
    raekker = side.locator("tr[data-niveau]:visible")
    expect(raekker).to_have_count(3)
    side.click('[name="tilfoej_niveau"]')
    expect(raekker).to_have_count(4)
    expect(side.locator("#id_niveau_4_navn")).to_be_focused()
    for nr in (1, 2, 3):
        side.fill(f"#id_niveau_{nr}_navn", f"Trin {nr}")
    side.click('tr[data-niveau="2"] [name="fjern_niveau"]')
    expect(raekker).to_have_count(3)
    expect(side.locator("#id_niveau_2_navn")).to_have_value("Trin 3")
    side.click('button[value="gem"]')
    side.wait_for_load_state()
    assert [raekke["navn"] for raekke in gemte_raekker(Takstskema.objects.get(pk=skema.pk))] == ["Trin 1", "Trin 3"]


def test_en_blok_fra_et_regneark_saettes_ind_paa_tvaers(aabn, lav):
    side = aabn(ret(lav("differentieret")))
    blok = "\\n".join(f"Trin {nr}\\tTekst {nr}\\t2\\t{nr},5" for nr in range(1, 6))
    side.focus("#id_niveau_1_navn")
    side.evaluate(
        """tekst => {
            const data = new DataTransfer();
            data.setData("text/plain", tekst);
            document.activeElement.dispatchEvent(
                new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        blok.replace("\\n", "\n").replace("\\t", "\t"),
    )
    expect(side.locator("#id_niveau_5_beskrivelse")).to_have_value("Tekst 5")
    expect(side.locator("#id_niveau_5_stoettetimer")).to_have_value("5,5")
    expect(side.locator("tr[data-niveau]:visible")).to_have_count(5)
    side.focus("#id_niveau_1_pladser")
    side.keyboard.press("Enter")
    expect(side.locator("#id_niveau_2_pladser")).to_be_focused()


@pytest.mark.regel("T39")
def test_ata_regnes_mens_man_skriver(aabn, lav):
    felter = {"timeomkostning": "206", "fravaer_pct": "33", "doegn_pct": "25", "foelge_pct": "5"}
    for side in (aabn(reverse("takster:ata")), aabn(ret(lav("tillaeg", "time")))):
        metode = side.locator('input[value="ata_time"]')
        if metode.count():
            expect(side.locator("#id_ata_timeomkostning")).to_be_hidden()
            side.click('label[for="id_tillaeg_metode_0"]')
        for navn, tekst in (felter | {"minutter": "30", "gange": "5"}).items():
            side.fill(f"#id_ata_{navn}", tekst)
        expect(side.locator("[data-ata-takst]")).to_have_text(skriv_kr(Decimal("335.78")))
        if side.locator("[data-ata-uge]").count():
            expect(side.locator("[data-ata-uge]")).to_have_text(skriv_kr(Decimal("839.45")))
