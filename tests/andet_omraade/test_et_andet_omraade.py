"""Another region's secretariat is set up from its folder of data alone: nothing of the first region shows anywhere."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections import deque
from pathlib import Path

import pytest
from django.conf import settings as aktuelle
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from socialaftale.aftale.demodata import udgiv_aftaler
from socialaftale.aftale.models import Aftale
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.brugere import handlinger, mails
from socialaftale.kerne.enums import Organisationstype, Rolle
from socialaftale.kerne.models import Bruger, Organisation
from tests.kerne.pdf import pdflaesning
from tests.vaerktoej.skemaaftryk import aftryk, forskelle

pytestmark = [
    pytest.mark.langsom,
    pytest.mark.kun_sqlite("another folder of data meets the same queries; the commands run in processes on SQLite"),
]

DATA = Path(__file__).parent / "data"
# Every name that belongs to the first region, and nothing of which a page about another may say.
FREMMEDE = re.compile(
    r"nordj|aalborg|hjørring|frederikshavn|brønderslev|jammerbugt|læsø|mariagerfjord|morsø|rebild|thisted|vesthimmer"
    r"|socialtilsyn nord|østerskoven|\b11 kommuner|\belleve\b|\btolv\b",
    re.IGNORECASE,
)
SIDER_HOEJST = 400


@pytest.fixture
def sundet(db, settings) -> Path:
    settings.OMRAADEDATA = DATA
    call_command("indlaes_grunddata", verbosity=0, stdout=io.StringIO())
    return DATA


@pytest.fixture
def admin(sundet) -> Bruger:
    sekretariat = Organisation.objects.get(type=Organisationstype.SEKRETARIAT)
    bruger = handlinger.inviter(
        adgang=Adgang.system(),
        email="leder@fjordby.example",
        navn="Lis Leder",
        organisation=sekretariat,
        roller=[Rolle.SEKRETARIAT_ADMIN],
        fra=timezone.localdate(),
        send=False,
    )
    mails.invitation(bruger.pk)
    return bruger


def fremmede(tekst: str) -> set[str]:
    return {fund.lower() for fund in FREMMEDE.findall(tekst)}


def gaa_igennem(klient: Client) -> dict[str, str]:
    """Every page that can be reached by links from the front page, by address."""
    sider: dict[str, str] = {}
    koe, sete = deque(["/"]), {"/"}
    while koe and len(sider) < SIDER_HOEJST:
        adresse = koe.popleft()
        svar = klient.get(adresse, follow=True)
        assert svar.status_code == 200, adresse
        if not svar.headers["Content-Type"].startswith("text/html"):
            continue
        sider[adresse] = svar.text
        for link in re.findall(r'<a [^>]*href="(/[^"#]*|\?[^"#]*)', svar.text):
            ny = (adresse.partition("?")[0] + link if link.startswith("?") else link).replace("&amp;", "&")
            # One file, one sort order and one page of a list tell what the others would.
            if "format=" in ny or "sort=" in ny or "per_page=" in ny or ny in sete:
                continue
            sete.add(ny)
            koe.append(ny)
    return sider


def test_ingen_side_siger_noget_om_det_foerste_omraade(sundet, admin):
    udgiv_aftaler()
    udgave = Aftale.objects.get().gaeldende_udgave
    anonym = gaa_igennem(Client())
    klient = Client()
    klient.force_login(admin)
    sekretariatets = gaa_igennem(klient)
    for sider in (anonym, sekretariatets):
        assert {adresse: ord_ for adresse, side in sider.items() if (ord_ := fremmede(side))} == {}
    for adresse in ("/", "/tilbud/", "/kapacitet/", "/takster/", "/aftaler/", "/udmeldinger/", "/vejledning/"):
        assert "Sundets Rammeaftale" in anonym[adresse]
    assert {"/brugere/", "/tilbud/nyt/", "/takster/runder/opret/", "/aftaler/2027-2030/ret/"} <= sekretariatets.keys()
    assert "345" in anonym["/kapacitet/"]
    assert "Kort: Egen tegning" in anonym["/kapacitet/"]
    assert "Fjordby" in anonym["/tilbud/maagereden/"]
    assert "fem</a> parter" in anonym["/aftaler/2027-2030/hele/"]
    _farve_og_maerke(anonym["/"])
    _pdfen(udgave.dokument.laes())
    _mailen()
    _filerne()


def _farve_og_maerke(side: str) -> None:
    klient = Client()
    assert "#7a1f3d" in klient.get("/farver.css").text
    maerke = re.search(r'<img src="(/logo\?\d+)"', side)[1]
    svar = klient.get(maerke)
    assert svar.headers["Content-Type"] == "image/svg+xml"
    assert b"".join(svar.streaming_content) == (DATA / "logo.svg").read_bytes()


def _pdfen(data: bytes) -> None:
    tekst = " ".join(pdflaesning.sidetekster(data)).replace("\u00a0", " ")
    assert pdflaesning.oplysninger(data)["Title"] == "Sundets Rammeaftale 2027-2030"
    for ord_ in (
        "Region Sundet",
        "fem parter",
        "345 pladser",
        "Fjordby",
        "tre måneder",
        "rammeaftalen@fjordby.example",
    ):
        assert ord_ in tekst
    assert fremmede(tekst) == set()
    assert fremmede(repr(pdflaesning.oplysninger(data))) == set()
    assert "mangler]" not in tekst


def _mailen() -> None:
    besked = mail.outbox[0]
    assert besked.subject == "Du er inviteret til Sundets Rammeaftale"
    assert "Rammesekretariatet har oprettet dig" in besked.body
    assert fremmede(besked.subject + besked.body + besked.from_email) == set()


def _filerne() -> None:
    """Lists and capacity as CSV, with their notes and sources."""
    for adresse in ("/tilbud/?format=csv", "/kapacitet/?format=csv", "/kapacitet/fjordby/?format=csv"):
        svar = Client().get(adresse)
        tekst = (b"".join(svar.streaming_content) if svar.streaming else svar.content).decode("utf-8-sig")
        assert "Fjordby" in tekst
        assert fremmede(tekst) == set()
        assert fremmede(svar.headers["Content-Disposition"]) == set()


def test_fra_en_tom_database(tmp_path, db):
    """The commands of the README, in processes of their own: migrate, load, make the administrator.

    The migrations make the tables that the rest of the suite makes from the models.
    """
    miljoe = {
        **{navn: vaerdi for navn, vaerdi in os.environ.items() if navn not in ("DATABASE_URL", "TEST_DATABASE_URL")},
        "DJANGO_SETTINGS_MODULE": "socialaftale.settings.dev",
        "SOCIALAFTALE_VAR": str(tmp_path),
        "OMRAADEDATA": str(DATA),
    }

    def koer(*kommando: str) -> str:
        faerdig = subprocess.run(
            [sys.executable, *kommando],
            cwd=aktuelle.BASE_DIR,
            env=miljoe,
            capture_output=True,
            text=True,
            check=False,
        )
        assert faerdig.returncode == 0, faerdig.stderr
        return faerdig.stdout

    koer("manage.py", "migrate", "--verbosity=0")
    migreret = json.loads(koer("-m", "tests.vaerktoej.skemaaftryk"))
    assert "tilbud_tilbud" in migreret
    assert forskelle(migreret, aftryk(connection)) == []
    assert "Register over tilbud" in koer("manage.py", "indlaes_grunddata")
    svar = koer("manage.py", "opret_administrator", "leder@fjordby.example", "--navn", "Lis Leder")
    assert "Lis Leder er administrator" in svar
