"""What pandoc leaves undone: page head and foot, a filled table of contents, merged cells, alternative texts."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from socialaftale.kerne.word.skabelon import W, q
from socialaftale.kerne.word.trae import Knude, har_hovedkolonne, spaend, tabeller

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPER = "http://schemas.openxmlformats.org/package/2006/content-types"
DOKUMENT, FORBINDELSER, INDHOLDSTYPER = "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DATO = (1980, 1, 1, 0, 0, 0)
# A4 with margins of 2.5 cm, in twentieths of a point.
SIDE = (11906, 16838, 1417)


def faerdiggoer(docx: bytes, trae: Knude, *, sidehoved: str) -> bytes:
    """The document as it is handed out; `sidehoved` is the line at the top of every page."""
    with zipfile.ZipFile(io.BytesIO(docx)) as ind:
        filer = {navn: ind.read(navn) for navn in ind.namelist()}
    dokument = etree.fromstring(filer[DOKUMENT])
    krop = dokument.find(q("body"))
    _tabeller(krop, trae)
    _billeder(krop)
    _indhold(krop)
    _side(krop)
    filer[DOKUMENT] = _xml(dokument)
    filer["word/header1.xml"] = _hoved(sidehoved)
    filer["word/footer1.xml"] = _fod()
    filer[FORBINDELSER] = _forbind(filer[FORBINDELSER])
    filer[INDHOLDSTYPER] = _angiv_typer(filer[INDHOLDSTYPER])
    ud = io.BytesIO()
    with zipfile.ZipFile(ud, "w", zipfile.ZIP_DEFLATED) as ny:
        for navn, data in filer.items():
            # The same text gives the same bytes.
            ny.writestr(zipfile.ZipInfo(navn, _DATO), data, zipfile.ZIP_DEFLATED)
    return ud.getvalue()


def _xml(rod: etree._Element) -> bytes:
    return etree.tostring(rod, xml_declaration=True, encoding="UTF-8", standalone=True)


def _tabeller(krop: etree._Element, trae: Knude) -> None:
    """Cells that take several columns are merged, and a first column of headings is told to be one."""
    for tabel, kilde in zip(krop.iter(q("tbl")), tabeller(trae), strict=True):
        if har_hovedkolonne(kilde):
            tabel.find(f"{q('tblPr')}/{q('tblLook')}").set(q("firstColumn"), "1")
        for raekke, bredder in zip(tabel.findall(q("tr")), spaend(kilde), strict=False):
            celler = raekke.findall(q("tc"))
            plads = 0
            for bredde in bredder:
                for tom in celler[plads + 1 : plads + bredde]:
                    raekke.remove(tom)
                if bredde > 1 and plads < len(celler):
                    egenskaber = celler[plads].find(q("tcPr"))
                    egenskaber.insert(0, egenskaber.makeelement(q("gridSpan"), {q("val"): str(bredde)}))
                plads += bredde


def _billeder(krop: etree._Element) -> None:
    """The alternative text in both places Word looks for it; pandoc puts the whole image in the second."""
    for tegning in krop.iter(q("drawing")):
        tekst = next(el for el in tegning.iter() if etree.QName(el).localname == "docPr").get("descr", "")
        for element in tegning.iter():
            if etree.QName(element).localname == "cNvPr":
                element.set("descr", tekst)


def _indhold(krop: etree._Element) -> None:
    """The table of contents filled with links to the headings; Word adds page numbers when it updates the field."""
    felt = next((p for p in krop.iter(q("p")) if p.find(f".//{q('instrText')}") is not None), None)
    if felt is None:
        return
    punkter = [post for post in _overskrifter(krop) if post[0] <= 2]
    foran = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve">TOC \\o "1-2" \\h \\z \\u</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    linjer = []
    for nummer, (niveau, tekst, anker) in enumerate(punkter):
        linje = etree.fromstring(
            f'<w:p xmlns:w="{W}"><w:pPr><w:pStyle w:val="TOC{niveau}"/></w:pPr>{foran if not nummer else ""}'
            "<w:hyperlink><w:r><w:t/></w:r></w:hyperlink></w:p>"
        )
        linje.find(q("hyperlink")).set(q("anchor"), anker)
        linje.find(f".//{q('t')}").text = tekst
        linjer.append(linje)
    slut = etree.fromstring(f'<w:p xmlns:w="{W}"><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>')
    for linje in (*linjer, slut):
        felt.addprevious(linje)
    felt.getparent().remove(felt)


def _overskrifter(krop: etree._Element) -> list[tuple[int, str, str]]:
    """Level, words and bookmark of every heading in order."""
    ud, anker = [], ""
    for element in krop:
        if element.tag == q("bookmarkStart"):
            anker = element.get(q("name"))
        stil = element.find(f"{q('pPr')}/{q('pStyle')}") if element.tag == q("p") else None
        navn = stil.get(q("val")) if stil is not None else ""
        if navn.startswith("Heading") and navn[7:].isdigit():
            ud.append((int(navn[7:]), "".join(t.text or "" for t in element.iter(q("t"))), anker))
    return ud


def _side(krop: etree._Element) -> None:
    """A4, with head and foot; none on the first page, which holds the title."""
    sektion = krop.find(q("sectPr"))
    if sektion is not None:
        krop.remove(sektion)
    bredde, hoejde, margen = SIDE
    sider = " ".join(f'w:{navn}="{margen}"' for navn in ("top", "right", "bottom", "left"))
    krop.append(
        etree.fromstring(
            f'<w:sectPr xmlns:w="{W}" xmlns:r="{R}"><w:headerReference w:type="default" r:id="rIdHoved"/>'
            '<w:footerReference w:type="default" r:id="rIdFod"/>'
            f'<w:pgSz w:w="{bredde}" w:h="{hoejde}"/><w:pgMar {sider} w:header="708" w:footer="708" w:gutter="0"/>'
            "</w:sectPr>"
        )
    )


def _hoved(tekst: str) -> bytes:
    rod = etree.fromstring(
        f'<w:hdr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r><w:t/></w:r></w:p></w:hdr>'
    )
    rod.find(f".//{q('t')}").text = tekst
    return _xml(rod)


def _fod() -> bytes:
    def felt(navn: str) -> str:
        return f'<w:fldSimple w:instr=" {navn} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'

    ord_ = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    return _xml(
        etree.fromstring(
            f'<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{ord_.format("Side ")}{felt("PAGE")}'
            f"{ord_.format(' af ')}{felt('NUMPAGES')}</w:p></w:ftr>"
        )
    )


def _forbind(data: bytes) -> bytes:
    rod = etree.fromstring(data)
    for anker, slags, fil in (("rIdHoved", "header", "header1.xml"), ("rIdFod", "footer", "footer1.xml")):
        etree.SubElement(rod, f"{{{RELS}}}Relationship", Id=anker, Type=f"{R}/{slags}", Target=fil)
    return _xml(rod)


def _angiv_typer(data: bytes) -> bytes:
    rod = etree.fromstring(data)
    for slags in ("header", "footer"):
        etree.SubElement(
            rod, f"{{{TYPER}}}Override", PartName=f"/word/{slags}1.xml", ContentType=f"{_WML}.{slags}+xml"
        )
    return _xml(rod)
