"""The Word file read back: structure, footnotes, tables, boxes, images, language; and what pandoc may not do.

pandoc is installed where the whole suite runs (see .ci/opsaetning.sh): without it these tests fail.
"""

import base64
import io
import zipfile

import pytest
from lxml import etree
from PIL import Image

from socialaftale.kerne.word import Worddokument, WordFejl, byg, byg_docx, har_pandoc
from socialaftale.kerne.word.opstilling import til_word
from socialaftale.kerne.word.skabelon import q
from socialaftale.kerne.word.trae import UlovligtTrae, rens


def billede():
    fil = io.BytesIO()
    Image.new("RGB", (40, 20), (20, 80, 140)).save(fil, "PNG")
    return f"data:image/png;base64,{base64.b64encode(fil.getvalue()).decode()}"


KROP = f"""
<h1>1. Formål</h1>
<p>Der er 2.421&nbsp;pladser<span class="fodnote">Antal pladser. KL, 2022.</span> i aftalen.</p>
<h2>Hvem er med?</h2>
<aside class="boks boks-fakta"><p class="boks-titel">Fakta</p><p>Elleve kommuner.</p><ul><li>Et punkt</li></ul></aside>
<table><caption>Pladser</caption><thead><tr><th scope="col">Kommune</th><th scope="col">Antal</th></tr></thead>
<tbody><tr><th scope="row">Aalborg</th><td class="tal">341</td></tr></tbody></table>
<table><thead><tr><th scope="col">Bilag</th><th scope="col">Titel</th></tr></thead>
<tbody><tr><th scope="rowgroup" colspan="2">Styring</th></tr><tr><td>1</td><td>Et bilag</td></tr></tbody></table>
<figure><img src="{billede()}" alt="Et hus med have"><figcaption>Huset i Hjørring</figcaption></figure>
<figure class="ns-figur"><figcaption>Aalborg har flest</figcaption><svg><text>tegning</text></svg>
<p class="kilde">Kilde: Registret.</p></figure>
<p>Igen<span class="fodnote">Antal pladser. KL, 2022.</span>, se
<a href="https://www.kl.dk">KL</a> og <a href="/x/">os</a>.</p>
<h1>2. Økonomi</h1><p>Til &lt;sidst&gt;.</p>
"""


def lav(krop=KROP, **felter):
    grund = {
        "titel": "Prøveaftale 2023-2024",
        "undertitel": "Sammen om en prøve",
        "sidehoved": "Prøveaftale 2023-2024, udkast",
        "farve": "#14518b",
        "moerk": "#0f3e6a",
        "lys": "#e9f1f8",
    }
    return byg_docx(Worddokument(**{**grund, **felter}, krop=til_word(krop)))


@pytest.fixture(scope="module")
def fil():
    return lav()


@pytest.fixture(scope="module")
def dele(fil):
    with zipfile.ZipFile(io.BytesIO(fil)) as ind:
        assert ind.testzip() is None
        return {navn: ind.read(navn) for navn in ind.namelist()}


@pytest.fixture(scope="module")
def krop(dele):
    return etree.fromstring(dele["word/document.xml"]).find(q("body"))


def tekst(element):
    return "".join(t.text or "" for t in element.iter(q("t")))


def stil(afsnit):
    fundet = afsnit.find(f"{q('pPr')}/{q('pStyle')}")
    return fundet.get(q("val")) if fundet is not None else ""


def med_stil(krop, navn):
    return [tekst(afsnit) for afsnit in krop.iter(q("p")) if stil(afsnit) == navn]


def test_pandoc_er_installeret():
    assert har_pandoc(), "install pandoc (./run test does)"


def test_titel_og_overskrifter(krop):
    assert med_stil(krop, "Title") == ["Prøveaftale 2023-2024"]
    assert med_stil(krop, "Subtitle") == ["Sammen om en prøve"]
    assert med_stil(krop, "Heading1") == ["1. Formål", "2. Økonomi"]
    assert med_stil(krop, "Heading2") == ["Hvem er med?"]


def test_indholdsfortegnelsen_er_udfyldt_og_foerer_til_overskrifterne(krop):
    assert med_stil(krop, "TOCHeading") == ["Indhold"]
    assert med_stil(krop, "TOC1") == ["1. Formål", "2. Økonomi"]
    assert med_stil(krop, "TOC2") == ["Hvem er med?"]
    bogmaerker = {maerke.get(q("name")) for maerke in krop.iter(q("bookmarkStart"))}
    ankre = [link.get(q("anchor")) for link in krop.iter(q("hyperlink")) if link.get(q("anchor"))]
    assert len(ankre) == 3
    assert set(ankre) <= bogmaerker
    felter = [felt.get(q("fldCharType")) for felt in krop.iter(q("fldChar"))]
    assert felter == ["begin", "separate", "end"]


def test_rigtige_fodnoter(krop, dele):
    noter = etree.fromstring(dele["word/footnotes.xml"])
    egne = [tekst(note).strip() for note in noter if not note.get(q("type"))]
    assert egne == ["Antal pladser. KL, 2022."] * 2
    numre = [henvisning.get(q("id")) for henvisning in krop.iter(q("footnoteReference"))]
    assert numre == [note.get(q("id")) for note in noter if not note.get(q("type"))]


def test_tabel_med_overskriftsraekke_titel_og_flettet_celle(krop):
    tabel, bilag = krop.iter(q("tbl"))

    def indhold(tabel):
        return [[tekst(celle) for celle in raekke.findall(q("tc"))] for raekke in tabel.findall(q("tr"))]

    for et in (tabel, bilag):
        hoveder = [raekke.find(f"{q('trPr')}/{q('tblHeader')}") is not None for raekke in et.findall(q("tr"))]
        assert hoveder == [True] + [False] * (len(hoveder) - 1)
    assert indhold(tabel) == [["Kommune", "Antal"], ["Aalborg", "341"]]
    assert indhold(bilag) == [["Bilag", "Titel"], ["Styring"], ["1", "Et bilag"]]
    assert bilag.findall(q("tr"))[1].find(f".//{q('gridSpan')}").get(q("val")) == "2"
    stillet = [afsnit.find(f".//{q('jc')}").get(q("val")) for afsnit in tabel.findall(q("tr"))[1].iter(q("p"))]
    assert stillet == ["left", "right"]
    assert tabel.find(f".//{q('tblCaption')}").get(q("val")) == "Pladser"
    assert tabel.find(f".//{q('tblLook')}").get(q("firstColumn")) == "1"
    assert med_stil(krop, "TableCaption") == ["Pladser"]


def test_bokse_er_afsnit_med_stil(krop):
    assert med_stil(krop, "Bokstitel") == ["Fakta"]
    assert med_stil(krop, "Boks") == ["Elleve kommuner.", "Et punkt"]
    assert med_stil(krop, "Kilde") == ["Kilde: Registret."]


def test_billede_med_alternativ_tekst(krop, dele):
    (tegning,) = krop.iter(q("drawing"))
    beskrivelser = [el.get("descr") for el in tegning.iter() if etree.QName(el).localname in ("docPr", "cNvPr")]
    assert beskrivelser == ["Et hus med have"] * 2
    assert "Huset i Hjørring" in med_stil(krop, "ImageCaption")
    assert [navn for navn in dele if navn.startswith("word/media/")]
    assert b"base64" not in dele["word/document.xml"]


def test_tegninger_bliver_til_deres_fund(krop):
    assert "Aalborg har flest" in med_stil(krop, "ImageCaption")
    assert "tegning" not in tekst(krop)


def test_tekst_links_og_tegn(krop, dele):
    samlet = tekst(krop)
    assert "Der er 2.421\N{NO-BREAK SPACE}pladser i aftalen." in samlet
    assert "Til <sidst>." in samlet
    assert "se KL og os." in samlet
    forbindelser = dele["word/_rels/document.xml.rels"].decode()
    assert "https://www.kl.dk" in forbindelser
    assert '"/x/"' not in forbindelser


def test_sprog_titel_sidehoved_og_sidetal(dele):
    stile = etree.fromstring(dele["word/styles.xml"])
    assert {sprog.get(q("val")) for sprog in stile.iter(q("lang"))} == {"da-DK"}
    kerne = dele["docProps/core.xml"].decode()
    assert "<dc:title>Prøveaftale 2023-2024</dc:title>" in kerne
    assert "<dc:language>da-DK</dc:language>" in kerne
    assert tekst(etree.fromstring(dele["word/header1.xml"])) == "Prøveaftale 2023-2024, udkast"
    fod = etree.fromstring(dele["word/footer1.xml"])
    assert [felt.get(q("instr")).strip() for felt in fod.iter(q("fldSimple"))] == ["PAGE", "NUMPAGES"]


def test_egen_farve_og_skrift(dele):
    stile = etree.fromstring(dele["word/styles.xml"])
    efter_navn = {stil.get(q("styleId")): stil for stil in stile.findall(q("style"))}
    assert efter_navn["Heading1"].find(f".//{q('color')}").get(q("val")) == "0F3E6A"
    assert efter_navn["Boks"].find(f".//{q('shd')}").get(q("fill")) == "E9F1F8"
    assert {skrift.get(q("ascii")) for skrift in stile.iter(q("rFonts"))} == {"Calibri"}


def test_alle_dele_er_angivet_og_alle_forbindelser_findes(dele):
    typer = etree.fromstring(dele["[Content_Types].xml"])
    endelser = {el.get("Extension") for el in typer if el.get("Extension")}
    angivet = {el.get("PartName").lstrip("/") for el in typer if el.get("PartName")}
    for navn in dele:
        assert navn in angivet or navn.rpartition(".")[2] in endelser, navn
    assert angivet <= set(dele)
    forbindelser = etree.fromstring(dele["word/_rels/document.xml.rels"])
    for forbindelse in forbindelser:
        if forbindelse.get("TargetMode") != "External":
            assert f"word/{forbindelse.get('Target')}" in dele
    kendte = {forbindelse.get("Id") for forbindelse in forbindelser}
    brugte = {
        vaerdi
        for el in etree.fromstring(dele["word/document.xml"]).iter()
        for navn, vaerdi in el.attrib.items()
        if navn.startswith("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}")
    }
    assert brugte <= kendte
    stile = {s.get(q("styleId")) for s in etree.fromstring(dele["word/styles.xml"]).findall(q("style"))}
    krop = etree.fromstring(dele["word/document.xml"])
    assert {el.get(q("val")) for el in krop.iter(q("pStyle"), q("rStyle"), q("tblStyle"))} <= stile


def test_intet_hentes_udefra():
    for adresse in ("http://127.0.0.1:9/x.png", "/etc/passwd", "file:///etc/passwd"):
        with pytest.raises(WordFejl, match="image with an address"):
            lav(f'<p>Et <img src="{adresse}" alt="x"> billede</p>')


@pytest.mark.parametrize("knude", [{"t": "RawBlock", "c": ["openxml", "<w:p/>"]}, {"t": "RawInline", "c": ["x", "y"]}])
def test_raa_kode_afvises(knude):
    with pytest.raises(UlovligtTrae):
        rens({"blocks": [{"t": "Para", "c": [knude]}]})


def test_tiden_er_begraenset(monkeypatch):
    monkeypatch.setattr(byg, "TIDSGRAENSE", 0.001)
    with pytest.raises(WordFejl) as fejl:
        lav()
    assert "for tung" in fejl.value.dansk


def test_hukommelsen_er_begraenset(monkeypatch):
    monkeypatch.setattr(byg, "HUKOMMELSE_MB", 1)
    with pytest.raises(WordFejl) as fejl:
        lav("<p>Et afsnit om noget.</p>" * 20_000)
    assert "for tung" in fejl.value.dansk


def test_uden_pandoc(monkeypatch):
    monkeypatch.setenv("PATH", "/findes-ikke")
    assert not har_pandoc()
    with pytest.raises(WordFejl):
        lav()
