"""What the system itself can put into an annex: each kind on the real data, and never more than the public may see."""

from __future__ import annotations

import datetime as dt

import pytest

from socialaftale.kerne import bilagsarter, registre
from socialaftale.kerne.bilagsarter import Bilagsart, Bilagsbestilling, Bilagskilde
from socialaftale.kerne.pdf import byg_pdf, skabelon
from socialaftale.kerne.pdf.strukturkontrol import kontroller
from tests.kerne.pdf import pdflaesning
from udmeldinger.models import CentralUdmelding, Kommunespredning

pytestmark = pytest.mark.langsom
PERIODE = "2023-2024"


@pytest.fixture
def grunddata(db):
    for trin in registre.grunddata:
        trin.koer()


def bestil(noegle: str, variant: str = "") -> Bilagskilde | None:
    return bilagsarter.find(noegle).byg(
        Bilagsbestilling(
            periode=PERIODE,
            del_="Bilag 3",
            titel="Bilagets titel",
            dato=dt.date(2023, 1, 1),
            variant=variant,
            omslag={"titel": "Bilagets titel", "til": "Bilag til aftalen", "linjer": ()},
        )
    )


def som_pdf(kilde: Bilagskilde) -> bytes:
    return byg_pdf(kilde.html, stilark=skabelon.stilark(ekstra=kilde.css), rodmapper=skabelon.rodmapper())


def test_valgene_foelger_perioden(grunddata):
    valg = dict(bilagsarter.valg(PERIODE))
    assert {"udmelding:dom-2019", "udmelding:gravide-2019", "udmelding:spiseforstyrrelser-2020"} <= valg.keys()
    # It has no report.
    assert "udmelding:spiseforstyrrelser-2015" not in valg
    assert not [noegle for noegle, _ in bilagsarter.valg("1999-2000") if noegle.startswith("udmelding")]


def test_listen_over_omfattede_tilbud(grunddata):
    data = som_pdf(bestil("tilbud"))
    assert kontroller(data) == []
    tekster = pdflaesning.sidetekster(data)
    assert "Bilagets titel" in tekster[0]
    assert "Bilag 3: Tilbud omfattet af aftalen 2023" in tekster[1]
    assert "Sødisbakke" in " ".join(tekster)
    # The sheet before it is the bookmark, the operators stand below it.
    assert [maerke.niveau for maerke in pdflaesning.bogmaerker(data)][:2] == [1, 2]
    assert bestil("tilbud").html == bestil("tilbud").html


def test_udmeldingsrapporten_siger_hvad_siden_siger(grunddata):
    data = som_pdf(bestil("udmelding", "dom-2019"))
    assert kontroller(data) == []
    samlet = " ".join(pdflaesning.sidetekster(data))
    assert "Domstype 1" in samlet
    assert "105,5" in samlet
    assert "Små tal" not in samlet


def test_intet_internt_kommer_med(grunddata):
    for udmelding in CentralUdmelding.objects.filter(har_rapport=True):
        html = bestil("udmelding", udmelding.slug).html
        for spredning in Kommunespredning.objects.filter(udmelding=udmelding, er_uden=False):
            assert spredning.beskrivelse_intern not in html
        for post in udmelding.tilbud.all():
            if post.pladser_note_intern:
                assert post.pladser_note_intern not in html
        for gruppe in udmelding.grupper.prefetch_related("tal"):
            assert not [tal for tal in gruppe.tal.all() if tal.note_intern and tal.note_intern in html]


def test_uden_indhold_er_der_intet_at_trykke(organisationer):
    assert bestil("tilbud") is None
    assert bestil("takster", "nyeste") is None
    assert bestil("udmelding", "findes-ikke") is None


def test_en_anden_app_kan_tilbyde_en_art(db):
    """What another app registers is offered without a change here."""
    art = Bilagsart("proeve", "En prøve", lambda bestilling: Bilagskilde(f"<p>{bestilling.del_}</p>"))
    bilagsarter.registrer(art)
    try:
        assert ("proeve", "En prøve") in bilagsarter.valg(PERIODE)
        assert bestil("proeve").html == "<p>Bilag 3</p>"
    finally:
        bilagsarter.bilagsarter._poster.pop("proeve")
    assert bilagsarter.find("proeve") is None
