"""A whole round in the browser, from the opening to the takstbilag, with six services filled in by hand.

Two driftsherrer are followed page by page; the forms of the others are saved and submitted by the same actions the
pages call, so that the desk, the bulk approval and the publication have their size (HEL_RUNDE, see `rundehjaelp`).
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.talformat import skriv_beloeb
from takster.enums import Skematilstand
from takster.handlinger.flere_skemaer import NytIndhold, gem_flere, indsend_flere
from takster.handlinger.runder import ret_metode
from takster.hentning import felter_af
from takster.models import Indberetning, Takst, Takstskema
from tests.browser import vagt
from tests.takster.browserro import foelg
from tests.takster.factories import FELTER, LINJER
from tests.takster.rundehjaelp import AAR, ANTAL, DRIFTSHERRER, METODE, lav_register

pytestmark = [pytest.mark.browser, pytest.mark.langsom, pytest.mark.django_db(transaction=True)]
SYSTEM = Adgang.system()
I_HAANDEN = ("aalborg", "thisted")
SKEMAER_I_HAANDEN = 3
BEMAERKNING = "Pladstallet og budgettet er ændret efter ombygningen af tilbuddet."
KAPACITET = {
    "doegn": {"pladser": Decimal(12)},
    "dag": {"pladser": Decimal(12), "driftsdage": 225},
    "time": {"kapacitetstimer": Decimal(2900)},
    "enhed": {"antal": Decimal(400)},
}
BEKRAEFTELSER = [navn for navn, vaerdi in FELTER.items() if vaerdi is True]
# Publishing is done at once here, in the request that asks for it: seconds, but minutes on a busy machine.
LAENGE = 240_000


@pytest.fixture(autouse=True)
def _ur() -> None:
    """The real clock: a browser cannot be made to believe in another one."""


@pytest.fixture
def vindue(chromium, live_server, log_ind, organisationer) -> Iterator[Callable[..., Page]]:
    """`vindue(Rolle.X, "aalborg")`: a page in a window of that user; without a role, of nobody."""
    lukkere, fejl = [], []

    def lav(rolle: Rolle | None = None, organisation: str | None = None) -> Page:
        kontekst = chromium.new_context(
            base_url=live_server.url, locale="da-DK", viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
        )
        kontekst.set_default_timeout(LAENGE)
        if rolle is not None:
            kage = log_ind(rolle, organisation=organisation).cookies[settings.SESSION_COOKIE_NAME].value
            kontekst.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": kage, "url": live_server.url}])
        kontekst.on("weberror", lambda haendelse: fejl.append(str(haendelse.error)))
        lukkere.append(foelg(kontekst))
        side = kontekst.new_page()
        side.set_default_timeout(LAENGE)
        return side

    yield lav
    for luk in lukkere:
        luk()
    assert fejl == []


def overskrift(side: Page, tekst: str) -> None:
    # A number and its word are held together by a space that does not break.
    expect(side.get_by_role("heading", level=1)).to_have_text(re.compile(tekst.replace(" ", r"\s")), timeout=LAENGE)


def bekraeft(side: Page, knap: str) -> None:
    """Press a button that asks first, and answer yes."""
    side.locator("main").get_by_role("button", name=knap).click()
    side.get_by_role("dialog").locator("[data-bekraeft-ja]").click()


def aabn_runden(sekretariat: Page) -> None:
    i_dag = timezone.localdate()
    sekretariat.goto(reverse("takster:runde_opret"))
    sekretariat.get_by_label("Takstår").fill(str(AAR))
    sekretariat.get_by_label("Åbner").fill(f"{i_dag - dt.timedelta(days=30):%d.%m.%Y}")
    sekretariat.get_by_label("Frist").fill(f"{i_dag + dt.timedelta(days=30):%d.%m.%Y}")
    sekretariat.get_by_role("button", name="Opret runde").click()
    overskrift(sekretariat, f"Indberetningsrunde {AAR}")
    sekretariat.get_by_role("link", name="Gør klar, og åbn").click()
    overskrift(sekretariat, "Gør runden klar")
    expect(sekretariat.locator("main tfoot")).to_contain_text(str(ANTAL))
    bekraeft(sekretariat, "Åbn runden")
    expect(sekretariat.locator("main .badge").first).to_have_text("Åben for indberetning", timeout=LAENGE)


def goer_resten(uden: set[int]) -> None:
    """Fill in, save and submit every other form by the actions behind the pages."""
    for indberetning in Indberetning.objects.select_related("runde", "driftsherre"):
        if indberetning.driftsherre.slug not in I_HAANDEN:
            ret_metode(indberetning, adgang=SYSTEM, metode=METODE, version=indberetning.version)
        skemaer = Takstskema.objects.filter(indberetning=indberetning).exclude(pk__in=uden).til_beregning()
        nye = {
            skema.pk: NytIndhold(
                version=skema.version,
                felter={**felter_af(skema), **FELTER, **KAPACITET[skema.enhed], "bemaerkning": BEMAERKNING},
                linjer=LINJER | {"A20": LINJER["A20"] + nummer * 1000},
                niveauer=[],
            )
            for nummer, skema in enumerate(skemaer)
        }
        gemte = gem_flere(indberetning, nye, adgang=SYSTEM)
        indsend_flere(indberetning, {skema.pk: skema.version for skema in gemte}, adgang=SYSTEM)


def udfyld(side: Page, skema: Takstskema, a20: Decimal) -> None:
    """One form as the indberetter types it, to the check page and on to the one who signs."""
    side.goto(reverse("takster:skema_ret", kwargs={"pk": skema.pk}))
    for navn, vaerdi in KAPACITET[skema.enhed].items():
        side.fill(f"#id_{navn}", str(vaerdi))
    side.fill("#id_direkte_stoettetimer", "25")
    side.check("input[name=belaegningsprincip][value=beregnet]")
    for navn, vaerdi in {
        "aktivitet_t1": "9,7",
        "kapacitet_t1": "10",
        "aktivitet_t2": "9,3",
        "kapacitet_t2": "10",
    }.items():
        side.fill(f"#id_{navn}", vaerdi)
    for kode, beloeb in (LINJER | {"A20": a20}).items():
        side.fill(f"#id_linje_{kode}", skriv_beloeb(beloeb, 0))
    for navn in BEKRAEFTELSER:
        side.check(f"#id_{navn}")
    side.fill("#id_bemaerkning", BEMAERKNING)
    side.get_by_role("button", name="Kontrollér og indsend").click()
    overskrift(side, "Kontrollér og indsend")
    side.get_by_role("button", name="Bed jeres godkender om at indsende").click()
    expect(side.locator("main")).to_contain_text(re.compile("godkender", re.IGNORECASE))


def beskriv_metoden(side: Page, slug: str) -> None:
    side.goto(reverse("takster:metode", kwargs={"aar": AAR, "slug": slug}))
    side.locator("#id_metode").fill(METODE)
    side.locator("main form button[type=submit]").first.click()
    overskrift(side, f"Takster {AAR}")


def indsend_en(side: Page, skema: Takstskema) -> None:
    side.goto(reverse("takster:skema_indsend", kwargs={"pk": skema.pk}))
    overskrift(side, "Kontrollér og indsend")
    side.get_by_role("button", name="Indsend", exact=True).click()
    overskrift(side, "Takstskemaet er indsendt")


def indsend_alle(side: Page, slug: str, antal: int) -> None:
    """The page that signs for many at once."""
    side.goto(reverse("takster:indsend_alle", kwargs={"aar": AAR, "slug": slug}))
    expect(side.locator("input[name=skema]")).to_have_count(antal)
    side.get_by_role("button", name="Indsend", exact=True).click()
    overskrift(side, f"Takster {AAR}")


def tjek_overblik(sekretariat: Page) -> None:
    """The matrix driftsherre × state, with everything handed in."""
    sekretariat.goto(reverse("takster:indberetning_runde", kwargs={"aar": AAR}))
    expect(sekretariat.locator("main tbody tr")).to_have_count(DRIFTSHERRER)
    assert vagt.axe(sekretariat) == []


def send_retur_med_kommentar(sekretariat: Page, skema: Takstskema) -> None:
    sekretariat.goto(reverse("takster:skema_gennemgaa", kwargs={"pk": skema.pk}))
    sekretariat.locator("#kommentar").get_by_label("Felt").select_option("A40")
    sekretariat.locator("#kommentar").get_by_label("Kommentar").fill("Er vikarer fra bureauet med?")
    sekretariat.get_by_role("button", name="Notér kommentaren").click()
    sekretariat.get_by_role("link", name="Send retur med 1 kommentar").click()
    overskrift(sekretariat, "Send takstskemaet retur")
    sekretariat.get_by_role("button", name="Send retur").click()
    sekretariat.wait_for_load_state()
    skema.refresh_from_db()
    assert skema.tilstand == Skematilstand.SENDT_RETUR


def ret_og_indsend_igen(indberetter: Page, godkender: Page, skema: Takstskema) -> None:
    indberetter.goto(reverse("takster:skema_ret", kwargs={"pk": skema.pk}))
    expect(indberetter.locator("main")).to_contain_text("Er vikarer fra bureauet med?")
    indberetter.fill("#id_linje_A40", "345.000")
    indberetter.get_by_role("button", name="Kontrollér og indsend").click()
    overskrift(indberetter, "Kontrollér og indsend")
    indberetter.get_by_role("button", name="Bed jeres godkender om at indsende").click()
    indberetter.wait_for_load_state()
    indsend_en(godkender, skema)


def godkend_alle(sekretariat: Page) -> None:
    """A page of a hundred at a time."""
    for foer in range(0, ANTAL, 100):
        antal = min(100, ANTAL - foer)
        sekretariat.goto(f"{reverse('takster:godkend_flere', kwargs={'aar': AAR})}?per_page=100")
        expect(sekretariat.locator("input[name=skema]:checked")).to_have_count(antal)
        sekretariat.get_by_role("button", name="Godkend de valgte").click()
        overskrift(sekretariat, f"{antal} skemaer er godkendt")
    assert not Takstskema.objects.filter(tilstand=Skematilstand.INDSENDT).exists()


def offentliggoer(sekretariat: Page) -> None:
    sekretariat.goto(reverse("takster:runde", kwargs={"aar": AAR}))
    bekraeft(sekretariat, "Luk runden")
    expect(sekretariat.locator("main .badge").first).to_have_text("Lukket", timeout=LAENGE)
    bekraeft(sekretariat, "Offentliggør taksterne")
    sekretariat.get_by_role("link", name="Se resultatet").click(timeout=LAENGE)
    overskrift(sekretariat, f"Takster {AAR}")


def laes_takstbilaget(offentlig: Page) -> dict[tuple[str, str], str]:
    """The list, the page of the takstbilag and its files, as anybody finds them."""
    offentlig.goto(f"{reverse('takster:liste')}?aar={AAR}")
    expect(offentlig.locator("main")).to_contain_text(str(ANTAL))
    offentlig.goto(reverse("takster:bilag"))
    overskrift(offentlig, "Takstbilag")
    assert vagt.axe(offentlig) == []
    adresser = {form: f"/takster/{AAR}/takstbilag.{form}" for form in ("pdf", "csv")}
    for adresse in adresser.values():
        expect(offentlig.locator(f'main a[href*="{adresse}"]').first).to_be_visible()
    pdf = offentlig.request.get(adresser["pdf"])
    assert (pdf.status, pdf.body()[:5]) == (200, b"%PDF-")
    tekst = offentlig.request.get(adresser["csv"]).body().decode("utf-8-sig")
    raekker = csv.DictReader(io.StringIO(tekst), delimiter=";")
    return {(raekke["Tilbud"], raekke["Ydelse"]): raekke["Takst (kr.)"] for raekke in raekker}


@pytest.mark.regel("T7", "T13")
def test_fra_aabning_til_takstbilag_i_browseren(vindue):
    lav_register(alle_typer=False)
    sekretariat = vindue(Rolle.SEKRETARIAT)
    aabn_runden(sekretariat)
    # Those of the tilbud with a single service have a regulation of earlier years; the figure below is without.
    uden_regulering = Takstskema.objects.exclude(ydelse__slug="alene").filter(enhed="doegn").order_by("pk")
    egne = {
        slug: list(uden_regulering.filter(indberetning__driftsherre__slug=slug)[:SKEMAER_I_HAANDEN])
        for slug in I_HAANDEN
    }
    indberettere = {slug: vindue(Rolle.DRIFTSHERRE_INDBERETTER, slug) for slug in I_HAANDEN}
    godkendere = {slug: vindue(Rolle.DRIFTSHERRE_GODKENDER, slug) for slug in I_HAANDEN}
    for slug, side in indberettere.items():
        beskriv_metoden(side, slug)
    goer_resten({skema.pk for skemaer in egne.values() for skema in skemaer})
    for slug, skemaer in egne.items():
        for nummer, skema in enumerate(skemaer):
            udfyld(indberettere[slug], skema, Decimal(5_200_000 + 10_000 * nummer))
    foerste, *resten = egne["aalborg"]
    indsend_en(godkendere["aalborg"], foerste)
    indsend_alle(godkendere["aalborg"], "aalborg", len(resten))
    indsend_alle(godkendere["thisted"], "thisted", len(egne["thisted"]))
    assert Takstskema.objects.filter(tilstand=Skematilstand.INDSENDT).count() == ANTAL

    tjek_overblik(sekretariat)
    send_retur_med_kommentar(sekretariat, foerste)
    ret_og_indsend_igen(indberettere["aalborg"], godkendere["aalborg"], foerste)
    godkend_alle(sekretariat)
    offentliggoer(sekretariat)

    i_bilaget = laes_takstbilaget(vindue())
    assert len(i_bilaget) == ANTAL
    takst = Takst.objects.gaeldende().get(skema=foerste)
    # 45.000 kr. more for agency staff than in LINJER: 8.045.000 over 12 places, 365 days and 95 %.
    assert takst.takst == Decimal("1933.43")
    assert i_bilaget[takst.tilbud_navn, takst.ydelse_navn].replace(".", "") == "1933,43"
