"""The whole way on the real data: load, issue, read the PDF back, publish, read the pages."""

from __future__ import annotations

import io
import re

import pypdf
import pytest
from django.urls import reverse

from socialaftale.aftale import handlinger
from socialaftale.aftale.demodata import udgiv_aftaler
from socialaftale.aftale.dokumenter import dellager
from socialaftale.aftale.enums import Aftaletilstand
from socialaftale.aftale.hentning import hent_laesning
from socialaftale.aftale.models import Aftale, Godkendelse
from socialaftale.kerne import registre
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.models import Dokument, EksterntTal, Organisation
from socialaftale.kerne.pdf.strukturkontrol import kontroller
from socialaftale.kerne.tal.katalog import Talkontekst
from socialaftale.kerne.tekst import henvisninger
from tests.aftale.factories import begynd_udgave
from tests.kerne.pdf import pdflaesning

pytestmark = [pytest.mark.langsom, pytest.mark.kun_sqlite("what is printed is made in Python from rows")]
NBSP = "\N{NO-BREAK SPACE}"

# What the references must print (fixtures/aftaler/README.md).
TRYKT = {
    "2023-2024": {
        "periode": "2023-2024",
        "aftale.navn": "Nordjysk Socialaftale",
        "parter.antal|ord": "tolv",
        "parter.kommuner.antal|ord": "elleve",
        "pladser.aar": "2022",
        "pladser.socialaftale|ca": f"ca.{NBSP}2.400",
        "pladser.socialaftale|hele": "2.421",
        "pladser.kommunale|hele": "4.876",
        "pladser.private|hele": "3.152",
        "pladser.i_alt|hele": "10.449",
        "pladser.socialaftale.andel|pct": f"23{NBSP}%",
        "pladser.socialaftale.andel|broek": "næsten hver fjerde",
        "pladser.socialaftale.aendring|fortegn": "+341",
        "pladser.socialaftale.aendring_pct|pct": f"16{NBSP}%",
        "pladser.stoerste_kommune": "Aalborg",
        "pladser.kommune.mariagerfjord.socialaftale|hele": "460",
        "tilbud.forstaerket.antal|ord": "tre",
        "fokusomraader.antal|ord": "tre",
        "styringsaftale.dage": "365",
        "styringsaftale.anvend_aar|ord": "fem",
        "styringsaftale.hensaettelse_pct": f"5{NBSP}%",
        "styringsaftale.varsel": "løbende måned plus en måned",
    },
    "2021-2022": {
        "pladser.aar": "2020",
        "pladser.socialaftale|ca": f"ca.{NBSP}2.100",
        "pladser.socialaftale|hele": "2.080",
        "pladser.kommunale|hele": "4.392",
        "pladser.private|hele": "2.888",
        "pladser.i_alt|hele": "9.360",
        "pladser.socialaftale.andel|pct": f"22{NBSP}%",
        "pladser.kommune.vesthimmerland.socialaftale|hele": "300",
    },
}


@pytest.fixture
def grunddata(db):
    for trin in registre.grunddata:
        trin.koer()


@pytest.fixture
def udgivet(grunddata) -> Aftale:
    """The demo's step: every adopted agreement issued and published."""
    udgiv_aftaler()
    return Aftale.objects.select_related("gaeldende_udgave__dokument", "tekst").get(periode="2023-2024")


@pytest.mark.parametrize("periode", TRYKT)
def test_alle_henvisninger_findes_og_siger_det_rette(grunddata, periode):
    laesning = hent_laesning(Aftale.objects.get(periode=periode), kladde=True)
    for kapitel in laesning.kapitler:
        henvisninger.kontroller(kapitel.indhold, Talkontekst(periode=periode))
    trykt = handlinger.trykte_tal(laesning)
    assert laesning.mangler == {}
    assert {noegle: trykt.get(noegle) for noegle in TRYKT[periode]} == TRYKT[periode]
    assert re.fullmatch(rf"95[-–]98{NBSP}%", trykt["styringsaftale.belaegning_interval"])
    for tal in EksterntTal.objects.filter(noegle__in=[n.removeprefix("ekstern.") for n in trykt]):
        assert trykt[f"ekstern.{tal.noegle}"] == tal.vaerdi_tekst


def test_udgivet_aftale(udgivet, client):
    """One demo of both periods serves all that follows: the file, the pages, and a second run."""
    data = udgivet.gaeldende_udgave.dokument.laes()
    _filen_er_i_orden(data)
    _fortegnelsen_passer(data)
    _tallene_staar_der(data)
    _bilaget_har_egne_sidetal(data)
    _adressen_svarer_med_filen(udgivet, data, client)
    _siderne_siger_det_samme(client)
    _igen_laver_intet_nyt(udgivet)


def _filen_er_i_orden(data: bytes) -> None:
    laeser = pypdf.PdfReader(io.BytesIO(data))
    rod = laeser.trailer["/Root"]
    assert rod["/Lang"] == "da"
    assert rod["/MarkInfo"]["/Marked"]
    assert rod["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdflaesning.oplysninger(data)["Title"] == "Nordjysk Socialaftale 2023-2024"
    assert kontroller(data) == []
    tekster = pdflaesning.sidetekster(data)
    assert sum(len(tekst.split()) > 60 for tekst in tekster) >= 12
    assert tekster[-1].startswith("Sekretariat for Nordjysk Socialaftale")


def _fortegnelsen_passer(data: bytes) -> None:
    """The page numbers of the contents are where their links lead, where the bookmarks lead, and what is printed."""
    bogmaerker = {maerke.titel: maerke.side for maerke in pdflaesning.bogmaerker(data)}
    tekster = pdflaesning.sidetekster(data)
    fortegnelse = tekster[bogmaerker["Indhold"] - 1]
    # Figures that stand to the right are painted first.
    trykte = [int(tal) for tal in re.findall(r"\d+", fortegnelse.partition("Indhold")[0])]
    assert trykte == _links(data, bogmaerker["Indhold"])[: len(trykte)]
    kapitler = [titel for titel in bogmaerker if re.match(r"\d\. |Forord|Resumé|Fokusområde \d", titel)]
    assert len(kapitler) == 12
    for titel in kapitler:
        side = bogmaerker[titel]
        assert titel in fortegnelse
        assert side in trykte
        assert titel in tekster[side - 1]
        assert re.search(rf"Side {side} af \d+", tekster[side - 1])
    # Running header on a page that goes on.
    assert tekster[bogmaerker["5. Udvikling og koordinering"]].count("5. Udvikling og koordinering") == 1


def _links(data: bytes, side: int) -> list[int]:
    """The pages the links of a page lead to, from the top down."""
    laeser = pypdf.PdfReader(io.BytesIO(data))
    maal = {navn: laeser.get_destination_page_number(post) + 1 for navn, post in laeser.named_destinations.items()}
    fundne = []
    for annotation in laeser.pages[side - 1]["/Annots"]:
        if isinstance(annotation.get_object().get("/Dest"), str):
            fundne.append((-annotation.get_object()["/Rect"][3], annotation.get_object()["/Dest"]))
    # A title on two lines is two areas of one link.
    return [maal[navn] for navn in dict.fromkeys(navn for _, navn in sorted(fundne))]


def _tallene_staar_der(data: bytes) -> None:
    samlet = " ".join(pdflaesning.sidetekster(data)).replace(NBSP, " ")
    for trykt in ("2.421", "4.876", "3.152", "10.449", "ca. 2.400", "23 %", "næsten hver fjerde", "+341 (16 %)"):
        assert trykt in samlet
    assert "Kort: DAGI 1:500.000, Geodatastyrelsen, 2014" in samlet
    assert "Personer i Danmark, der har en psykisk lidelse. Sundhedsstyrelsen" in samlet
    assert "{{" not in samlet
    assert "mangler]" not in samlet


def _bilaget_har_egne_sidetal(data: bytes) -> None:
    laeser = pypdf.PdfReader(io.BytesIO(data))
    brede = [side for side in laeser.pages if side.mediabox.width > side.mediabox.height]
    assert brede
    # The sheet before it is the first.
    assert f"Bilag 7, side 2 af {len(brede) + 1}" in brede[0].extract_text().replace(NBSP, " ")
    bilag = {maerke.titel[:7]: maerke.side for maerke in pdflaesning.bogmaerker(data) if maerke.niveau == 1}
    assert {"Bilag 1", "Bilag 2", "Bilag 3", "Bilag 7"} <= bilag.keys()
    # The contents take two pages; the annexes stand on the second.
    fortegnelse = pdflaesning.sidetekster(data)[2]
    assert all(re.search(rf"\b{side}\b", fortegnelse) for navn, side in bilag.items() if navn.startswith("Bilag "))


def _adressen_svarer_med_filen(udgivet: Aftale, data: bytes, client) -> None:
    svar = client.get(reverse("aftale:hent_pdf", args=["2023-2024"]))
    assert svar.content == data
    assert 'filename="nordjysk-socialaftale-2023-2024.pdf"' in svar["Content-Disposition"]
    with pytest.raises(TypeError, match="immutable"):
        udgivet.gaeldende_udgave.dokument.save()


def _siderne_siger_det_samme(client) -> None:
    resume = client.get(reverse("aftale:kapitel", args=["2023-2024", "resume"])).text
    assert f">ca.{NBSP}2.400</a>" in resume
    assert ">næsten hver fjerde</a>" in resume
    tal = client.get(reverse("aftale:tal", args=["2023-2024"])).text
    post = tal[tal.index('id="pladser.socialaftale"') : tal.index('id="pladser.socialaftale.andel"')]
    assert f"ca.{NBSP}2.400" in post
    assert "2.421 pladser" in post
    assert "<dd>2022</dd>" in post
    assert "Aalborg" in post
    assert "867" in post
    for bench in (side for side in registre.benchsider if side.navn.startswith("Aftale") and not side.som):
        assert client.get(bench.url()).status_code == 200
    assert "pladskort" in client.get(reverse("aftale:kapitel", args=["2023-2024", "kort"])).text


def _igen_laver_intet_nyt(udgivet: Aftale) -> None:
    foer = Dokument.objects.count()
    udgiv_aftaler()
    assert Dokument.objects.count() == foer
    assert dict(Aftale.objects.values_list("periode", "tilstand")) == {
        "2023-2024": Aftaletilstand.GAELDENDE,
        "2021-2022": Aftaletilstand.AFLOEST,
    }
    godkendelser = Godkendelse.objects.filter(aftale__periode="2023-2024")
    assert godkendelser.count() == Organisation.objects.parter().count() == 12
    assert all(et.er_eksempel and et.moededato.year == 2022 and et.moededato.weekday() < 5 for et in godkendelser)
    # Order an edition of unchanged text: same parts from the store, same file, no new edition.
    dele = {fil.name for fil in dellager.mappe().glob("*.pdf")}
    begynd_udgave(udgivet)
    udgivet.refresh_from_db()
    igen = handlinger.udsted_udgave(udgivet, adgang=Adgang.system(), fremdrift=lambda procent, besked: None)
    assert igen == udgivet.gaeldende_udgave
    assert {fil.name for fil in dellager.mappe().glob("*.pdf")} == dele
    # A changed chapter makes the prose anew and nothing else.
    forord = udgivet.tekst.kapitler.get(noegle="forord")
    udgivet.tekst.kapitler.filter(pk=forord.pk).update(indhold=forord.indhold.replace("</p>", " Ja.</p>", 1))
    handlinger.udsted_udgave(udgivet, adgang=Adgang.system(), fremdrift=lambda procent, besked: None)
    # The text stands in two files: with the annexes in its contents, and alone.
    assert len({fil.name for fil in dellager.mappe().glob("*.pdf")} - dele) == 2
