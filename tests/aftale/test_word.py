"""The Word file of a draft and of a hearing: ordered, made by the job, handed out, and by whom."""

import datetime as dt
import io
import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import etree

from socialaftale.aftale import wordfiler
from socialaftale.aftale.dokumenter import word
from socialaftale.aftale.handlinger import ret_kapitel
from socialaftale.aftale.hoering import handlinger as hoeringer
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Jobtilstand, Rolle
from socialaftale.kerne.job.koersel import Jobfejl, koer_job
from socialaftale.kerne.models import Job
from socialaftale.kerne.tal import handlinger as eksterne
from socialaftale.kerne.word import WordFejl, byg
from socialaftale.kerne.word.skabelon import q
from tests.aftale.factories import UdkastFactory, lav_billede, saet_ind

SYSTEM = Adgang.system()


@pytest.fixture
def aftale(organisationer, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return UdkastFactory(periode="2027-2028")


@pytest.fixture
def hoering(aftale, organisationer):
    frist = timezone.localdate() + dt.timedelta(days=21)
    return hoeringer.aabn(
        aftale, adgang=SYSTEM, navn="udkast august", frist=frist, organisationer=[organisationer["aalborg"]]
    )


def ret(aftale, indhold):
    kapitel = aftale.tekst.kapitler.get(noegle="forord")
    ret_kapitel(aftale, adgang=SYSTEM, kapitel=kapitel, titel="Forord", indhold=indhold, fra_version=kapitel.version)


def dokument(data):
    with zipfile.ZipFile(io.BytesIO(data)) as fil:
        return {navn: fil.read(navn) for navn in fil.namelist()}


def afsnit(dele):
    krop = etree.fromstring(dele["word/document.xml"])
    for p in krop.iter(q("p")):
        stil = p.find(f"{q('pPr')}/{q('pStyle')}")
        yield stil.get(q("val")) if stil is not None else "", "".join(t.text or "" for t in p.iter(q("t")))


def hent(klient, url):
    """Order, run the job as the worker does, and follow it to the file."""
    bestilt = klient.post(url)
    job = Job.objects.latest("oprettet")
    assert bestilt.url == reverse("kerne:job", args=[job.pk])
    koer_job.func(str(job.pk))
    job.refresh_from_db()
    assert (job.tilstand, job.fejl) == (Jobtilstand.FAERDIG, "")
    assert job.resultat_url == url
    return klient.get(url)


def test_kladden_med_tal_noter_og_billeder(aftale, log_ind):
    tal = eksterne.opret(SYSTEM, statistik="Unge, der mistrives", vaerdi_tekst="15 %", kilde="Rapporten", aar=2026)
    henvisning = f"{{{{ ekstern.{tal.noegle} }}}}{{{{ note:{tal.noegle} }}}}"
    ret(aftale, f"<p>Det er {henvisning} i dag, og {henvisning} før.</p><h2>Et afsnit</h2><p>Mere.</p>")
    saet_ind(aftale, lav_billede(), "omraade_1")
    klient = log_ind(Rolle.SEKRETARIAT)
    svar = hent(klient, reverse("aftale:word", args=["2027-2028"]))
    assert svar.headers["Content-Type"] == word.MIMETYPE
    assert 'filename="proeveaftale-2027-2028-kladde.docx"' in svar.headers["Content-Disposition"]
    dele = dokument(svar.content)
    fundne = list(afsnit(dele))
    assert ("Title", "Prøveaftale 2027-2028") in fundne
    assert [tekst for stil, tekst in fundne if stil == "Heading1"] == ["Forord", "1. Områder", "2. Bilag"]
    assert [tekst for stil, tekst in fundne if stil == "Heading2"] == ["Et afsnit", "Om dem", "Fokusområde 1"]
    assert any(tekst == "Det er 15 % i dag, og 15 % før." for _, tekst in fundne)
    assert any("Mellem tolv parter" in tekst for _, tekst in fundne)
    assert dele["word/footnotes.xml"].decode().count("Unge, der mistrives. Rapporten, 2026.") == 2
    assert b'descr="Billede af et hus"' in dele["word/document.xml"]
    assert "Prøveaftale 2027-2028, kladde".encode() in dele["word/header1.xml"]


def test_hoeringens_tekst_er_den_der_blev_sendt(hoering, aftale, log_ind):
    ret(aftale, "<p>Skrevet efter høringen.</p>")
    klient = log_ind(Rolle.KOMMUNE_MYNDIGHED)
    url = reverse("aftale:hoering_word", args=["2027-2028", hoering.pk])
    assert "Hent som Word (.docx)" in klient.get(hoering.get_absolute_url()).text
    samlet = " ".join(tekst for _, tekst in afsnit(dokument(hent(klient, url).content)))
    assert "Vi er 12 parter." in samlet
    assert "Skrevet efter høringen" not in samlet
    # Made already: handed out at once.
    assert klient.post(url).headers["Content-Type"] == word.MIMETYPE


def test_en_anden_i_hoeringen_faar_sit_eget_job(hoering, log_ind):
    url = reverse("aftale:hoering_word", args=["2027-2028", hoering.pk])
    for rolle in (Rolle.KOMMUNE_MYNDIGHED, Rolle.DAS_MEDLEM):
        klient = log_ind(rolle)
        assert klient.get(klient.post(url).url).status_code == 200
    assert Job.objects.count() == 2


def test_rettet_tekst_skal_laves_igen(aftale, log_ind):
    klient = log_ind(Rolle.SEKRETARIAT)
    url = reverse("aftale:word", args=["2027-2028"])
    hent(klient, url)
    ret(aftale, "<p>Nyt.</p>")
    svar = klient.get(url, follow=True)
    assert "Teksten er ændret, siden Word-filen blev lavet" in svar.text


def test_uden_pandoc_er_der_ingen_knap(hoering, aftale, log_ind, monkeypatch):
    monkeypatch.setenv("PATH", "/findes-ikke")
    klient = log_ind(Rolle.SEKRETARIAT)
    assert "Word" not in klient.get(reverse("aftale:ret", args=["2027-2028"])).text
    assert "Word" not in klient.get(hoering.get_absolute_url()).text
    assert klient.post(reverse("aftale:word", args=["2027-2028"])).status_code == 404


def test_fejl_siges_paa_dansk(aftale, monkeypatch):
    monkeypatch.setattr(byg, "TIDSGRAENSE", 0.001)
    with pytest.raises(Jobfejl, match="Word-filen blev for tung at lave"):
        wordfiler.koer(SYSTEM, lambda procent, besked: None, aftale=aftale.pk, hoering=None)


def test_jobbet_spoerger_om_adgang_igen(hoering, adgang):
    fremmed = adgang(Rolle.KOMMUNE_MYNDIGHED, organisation="hjoerring")
    with pytest.raises(type(hoering).DoesNotExist):
        wordfiler.koer(fremmed, lambda procent, besked: None, aftale=hoering.aftale_id, hoering=hoering.pk)


def test_ingen_fil_naar_noget_gaar_galt(aftale, monkeypatch):
    laesning, navn = wordfiler.kladdens(aftale)
    doc = word.dokument(laesning, navn)
    monkeypatch.setattr(byg, "TIDSGRAENSE", 0.001)
    with pytest.raises(WordFejl):
        word.lav(doc)
    assert word.lavet(doc) is None


@pytest.mark.parametrize("metode", ["get", "post"])
def test_antal_forespoergsler(aftale, log_ind, metode, django_assert_max_num_queries):
    klient = log_ind(Rolle.SEKRETARIAT)
    with django_assert_max_num_queries(15):
        getattr(klient, metode)(reverse("aftale:word", args=["2027-2028"]))
