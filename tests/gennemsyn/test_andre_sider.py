"""Attacks on the register, the central reports, the agreement, documents, jobs and users."""

from __future__ import annotations

import html

import pytest
from django.urls import reverse

from socialaftale.kerne import dokumenter
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Dokumentsynlighed, Rolle
from socialaftale.kerne.models import Bruger, Job
from socialaftale.kerne.tekst import opstilling
from socialaftale.kerne.tekst.rensning import rens
from takster.enums import Aartype
from takster.models import Regnskab
from tests.tilbud.factories import TilbudFactory
from tilbud.models import Koeberkommune, Tilbudsforslag
from udmeldinger.enums import Udmeldingstilstand
from udmeldinger.models import CentralUdmelding, Maalgruppe, Maalgruppetal

pytestmark = pytest.mark.kun_sqlite("the page is made in Python; the permission walk runs its queries on PostgreSQL")

IKKE_SEKRETARIAT = [
    (None, None),
    (Rolle.DRIFTSHERRE_INDBERETTER, "aalborg"),
    (Rolle.DRIFTSHERRE_GODKENDER, "hjoerring"),
    (Rolle.KOMMUNE_MYNDIGHED, "aalborg"),
    (Rolle.DAS_MEDLEM, "aalborg"),
    (Rolle.FU_MEDLEM, "aalborg"),
    (Rolle.REVISOR, "aalborg"),
    (Rolle.TAKSTGRUPPE, "aalborg"),
    (Rolle.KKR_LAESER, None),
    (Rolle.EKSTERN_REGION, None),
]


@pytest.fixture
def som(client, log_ind):
    def lav(rolle, organisation):
        return client if rolle is None else log_ind(rolle, organisation=organisation)

    return lav


@pytest.mark.parametrize(("rolle", "organisation"), IKKE_SEKRETARIAT)
def test_dokumenter_efter_nummer(som, organisationer, rolle, organisation):
    """Drafts, the secretariat's own and other organisations' documents by their number."""
    system = Adgang.system()
    faelles = {"slags": "x", "titel": "x", "filnavn": "x.csv"}
    udkast = dokumenter.udsted(system, noegle="a", data=b"a", synlighed=Dokumentsynlighed.OFFENTLIG, **faelles)
    internt = dokumenter.udsted(
        system, noegle="b", data=b"b", synlighed=Dokumentsynlighed.SEKRETARIAT, offentliggoer=True, **faelles
    )
    andres = dokumenter.udsted(
        system,
        noegle="c",
        data=b"c",
        synlighed=Dokumentsynlighed.ORGANISATION,
        organisation=organisationer["thisted"],
        offentliggoer=True,
        **faelles,
    )
    klient = som(rolle, organisation)
    for dokument in (udkast, internt, andres):
        assert klient.get(reverse("kerne:dokument", args=[dokument.pk])).status_code == 404


@pytest.mark.parametrize(("rolle", "organisation"), IKKE_SEKRETARIAT[1:])
def test_andres_job(som, organisationer, rolle, organisation):
    ejer = Bruger.objects.create_user("ejer@test.example", "x", navn="Ejer")
    job = Job.objects.create(
        slags="x", noegle="x", titel="Hemmeligt job", bruger=ejer, organisation=organisationer["aalborg"]
    )
    klient = som(rolle, organisation)
    assert klient.get(reverse("kerne:job", args=[job.pk])).status_code == 404
    assert klient.get(reverse("kerne:job_status", args=[job.pk])).status_code == 404


@pytest.mark.parametrize("naeste", ["https://ond.example/", "//ond.example", "/\\ond.example", "javascript:alert(1)"])
def test_skift_rolle_sender_ingen_ud_af_huset(log_ind, organisationer, naeste):
    klient = log_ind(Rolle.DAS_MEDLEM, organisation="aalborg")
    noegle = f"{organisationer['aalborg'].pk}:udvalg"
    svar = klient.post(reverse("kerne:skift_hat"), {"hat": noegle, "next": naeste})
    assert svar.status_code == 302
    assert "ond.example" not in svar["Location"]
    assert "javascript" not in svar["Location"]
    svar = klient.get(reverse("account_login") + f"?next={naeste}")
    assert svar.status_code in (200, 302)
    assert "ond.example" not in svar.get("Location", "")


def test_upubliceret_tilbud_findes_ikke_for_andre(som, organisationer):
    tilbud = TilbudFactory(navn="Skjulehuset", driftsherre=organisationer["aalborg"], offentliggjort=False)
    for rolle, organisation in IKKE_SEKRETARIAT:
        if (rolle, organisation) == (Rolle.DRIFTSHERRE_INDBERETTER, "aalborg"):
            continue
        klient = som(rolle, organisation)
        assert klient.get(tilbud.get_absolute_url()).status_code == 404, rolle
        for adresse in (
            "/tilbud/?q=skjule",
            "/tilbud/?format=csv",
            "/tilbud/?driftsherre=aalborg",
            "/kapacitet/aalborg/",
        ):
            assert "Skjulehuset" not in klient.get(adresse).content.decode("utf-8", "replace"), (rolle, adresse)


def test_koebere_ses_ikke_af_andre(som, organisationer):
    tilbud = TilbudFactory(driftsherre=organisationer["thisted"])
    Koeberkommune.objects.create(tilbud=tilbud, kommune=organisationer["laesoe"], aar=2026, kilde="HEMMELIGKØBER")
    for rolle, organisation in IKKE_SEKRETARIAT:
        tekst = som(rolle, organisation).get(tilbud.get_absolute_url()).content.decode()
        assert "HEMMELIGKØBER" not in tekst
        assert "øber" not in tekst, rolle


@pytest.mark.parametrize(("rolle", "organisation"), IKKE_SEKRETARIAT)
def test_interne_sider_er_lukkede(som, organisationer, rolle, organisation):
    klient = som(rolle, organisation)
    for navn in (
        "tilbud:opret",
        "tilbud:mangler",
        "udmeldinger:smaatal",
        "kerne:brugere",
        "kerne:bruger_inviter",
        "kerne:loginforsoeg",
        "takster:runde_opret",
    ):
        svar = klient.get(reverse(navn))
        assert svar.status_code == (302 if rolle is None else 403), navn


@pytest.mark.parametrize(
    "adresse",
    [
        "/tilbud/?kommune=findes-ikke",
        "/tilbud/?sort=bemaerkning",
        "/tilbud/?sort=koebere__kommune",
        "/tilbud/?page=-1",
        "/tilbud/?per_page=0",
        "/tilbud/?page=²",
        "/tilbud/?per_page=²",
        "/tilbud/?q=%00",
        "/kapacitet/?periode=findes-ikke",
        "/kapacitet/?sort=findes-ikke",
        "/kapacitet/?format=exe",
        "/kapacitet/aalborg/?periode=%00",
        "/udmeldinger/%C3%A6/",
        "/aftaler/2023-2024/?kladde=1",
        "/dokumenter/99999999999999999999999/",
        "/takster/99999999999999999999999/takstbilag.pdf",
        "/takster/2026/version-99999999999999999999999/takstbilag.pdf",
        "/takster/99999999999999999999999/a/b/",
    ],
)
def test_maerkelige_adresser_giver_ingen_fejlside(client, organisationer, adresse):
    TilbudFactory()
    assert client.get(adresse).status_code in (200, 404)


def test_et_forslag_kan_ikke_laeses_eller_aendres_af_naboen(log_ind, organisationer):
    tilbud = TilbudFactory(driftsherre=organisationer["aalborg"])
    forslag = Tilbudsforslag.objects.create(
        tilbud=tilbud,
        organisation=organisationer["aalborg"],
        aendringer={"adresse": {"foer": "", "efter": "Ny vej 1"}},
        begrundelse="x",
    )
    nabo = log_ind(Rolle.DRIFTSHERRE_GODKENDER, organisation="hjoerring")
    for navn in ("forslag_detalje", "forslag_indsend", "forslag_traek"):
        svar = nabo.post if navn != "forslag_detalje" else nabo.get
        assert svar(reverse(f"tilbud:{navn}", args=[forslag.pk])).status_code == 404
    assert nabo.post(reverse("tilbud:foreslaa", args=[tilbud.slug]), {"adresse": "x"}).status_code == 404
    assert nabo.post(reverse("tilbud:ret", args=[tilbud.slug]), {"navn": "x"}).status_code == 403
    myndighed = log_ind(Rolle.KOMMUNE_MYNDIGHED, organisation="aalborg")
    assert myndighed.get(reverse("tilbud:forslag_detalje", args=[forslag.pk])).status_code == 403
    sekretariat = log_ind(Rolle.SEKRETARIAT)
    assert sekretariat.get(reverse("tilbud:forslag_detalje", args=[forslag.pk])).status_code == 404


def test_tekst_foran_en_tabel_forbliver_tekst():
    """Escaped text in a chapter with a table must not come alive when the table is set up."""
    farlig = "&lt;img src=x onerror=alert(1)&gt; &amp; co <table><tbody><tr><td>1</td></tr></tbody></table>"
    rent = rens(farlig)
    for opstil in (opstilling.til_web, opstilling.til_pdf):
        assert "<img" not in opstil(rent)
        assert "<img src=x" in html.unescape(opstil(rent))


@pytest.mark.parametrize(
    "ond",
    [
        '<a href="javascript:alert(1)">x</a>',
        '<a href="data:text/html,x">x</a>',
        "<svg onload=alert(1)>",
        '<p style="color:red" onclick="x()">x</p>',
        '<aside class="boks evil">x</aside>',
        "<iframe src=x></iframe>",
        '<form action="/x"><input></form>',
        "<p>{{ pladser.i_alt }}<script>alert(1)</script></p>",
    ],
)
def test_rensning(ond):
    rent = rens(ond)
    for forbudt in (
        "javascript",
        "data:",
        "<svg",
        "onclick",
        "onload",
        "style=",
        "evil",
        "<iframe",
        "<form",
        "<script",
    ):
        assert forbudt not in rent


def test_smaat_tal_redigeres_kun_af_sekretariatet(som, organisationer):
    for rolle, organisation in IKKE_SEKRETARIAT:
        svar = som(rolle, organisation).post("/udmeldinger/smaa-tal/1/godkend/", {"begrundelse": "x"})
        assert svar.status_code in (302, 403)
        if svar.status_code == 302:
            assert "log" in svar["Location"]


@pytest.mark.parametrize("antal", [2, 6])
def test_smaa_tal_side_har_fast_antal_forespoergsler(log_ind, organisationer, antal, django_assert_max_num_queries):
    for nummer in range(antal):
        udmelding = CentralUdmelding.objects.create(
            slug=f"u{nummer}",
            titel=f"Udmelding {nummer}",
            aar=2020 + nummer,
            maalgruppe="x",
            myndighed=organisationer["aalborg"],
            tilstand=Udmeldingstilstand.values[0],
            offentliggjort=True,
        )
        gruppe = Maalgruppe.objects.create(udmelding=udmelding, navn="Gruppe", raekkefoelge=1)
        Maalgruppetal.objects.create(gruppe=gruppe, fra_aar=2020, til_aar=2020, antal=1, enhed="borgere")
    klient = log_ind(Rolle.SEKRETARIAT)
    with django_assert_max_num_queries(9):
        svar = klient.get(reverse("udmeldinger:smaatal"))
    assert svar.content.decode().count("/godkend/") == antal


def test_regnskab_for_upubliceret_tilbud_ses_ikke(client, organisationer):
    tilbud = TilbudFactory(navn="Skjulehuset", driftsherre=organisationer["aalborg"], offentliggjort=False)
    Regnskab.objects.create(tilbud=tilbud, aar=2020, aartype=Aartype.values[0], budget=1000, offentliggjort=True)
    assert "Skjulehuset" not in client.get(reverse("takster:regnskaber")).content.decode()
