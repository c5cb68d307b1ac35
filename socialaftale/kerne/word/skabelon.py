"""The reference document: pandoc's own with our fonts, our colour and the styles our texts use."""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy
from html import escape

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SKRIFT = "Calibri"
STILE = "word/styles.xml"
# Sizes are half points, distances twentieths of a point.
TEKST, LILLE = 22, 19
OVERSKRIFTER = {"Heading1": 36, "Heading2": 28, "Heading3": 24, "Heading4": 22, "TOCHeading": 28, "Title": 56}
_EGNE = """
<w:styles xmlns:w="{w}">
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Boks"><w:name w:val="Boks"/><w:basedOn w:val="BodyText"/>
<w:qFormat/><w:pPr><w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="{farve}"/></w:pBdr>
<w:shd w:val="clear" w:color="auto" w:fill="{lys}"/><w:spacing w:before="60" w:after="60"/>
<w:ind w:left="284" w:right="284"/></w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Bokstitel"><w:name w:val="Bokstitel"/>
<w:basedOn w:val="Boks"/><w:next w:val="Boks"/><w:qFormat/><w:pPr><w:keepNext/></w:pPr>
<w:rPr><w:b/><w:color w:val="{moerk}"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Kilde"><w:name w:val="Kilde"/><w:basedOn w:val="BodyText"/>
<w:qFormat/><w:rPr><w:color w:val="454545"/><w:sz w:val="{lille}"/><w:szCs w:val="{lille}"/></w:rPr></w:style>
<w:style w:type="character" w:customStyle="1" w:styleId="Mangler"><w:name w:val="Mangler"/><w:qFormat/>
<w:rPr><w:b/><w:shd w:val="clear" w:color="auto" w:fill="FFE6B8"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/><w:basedOn w:val="Normal"/><w:pPr>
<w:spacing w:before="80" w:after="20"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="TOC2"><w:name w:val="toc 2"/><w:basedOn w:val="Normal"/><w:pPr>
<w:spacing w:before="0" w:after="20"/><w:ind w:left="360"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Header"><w:name w:val="header"/><w:basedOn w:val="Normal"/><w:pPr>
<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="4" w:color="{farve}"/></w:pBdr></w:pPr>
<w:rPr><w:color w:val="454545"/><w:sz w:val="{lille}"/><w:szCs w:val="{lille}"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/><w:pPr>
<w:jc w:val="right"/></w:pPr>
<w:rPr><w:color w:val="454545"/><w:sz w:val="{lille}"/><w:szCs w:val="{lille}"/></w:rPr></w:style>
</w:styles>
"""


def q(navn: str) -> str:
    """ "pPr" → the name with WordprocessingML's namespace."""
    return f"{{{W}}}{navn}"


def farvelagt(grund: bytes, *, farve: str, moerk: str, lys: str) -> bytes:
    """Pandoc's reference document with our styles; colours as "#14518b"."""
    farver = {navn: vaerdi.lstrip("#").upper() for navn, vaerdi in (("farve", farve), ("moerk", moerk), ("lys", lys))}
    ud = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(grund)) as ind, zipfile.ZipFile(ud, "w", zipfile.ZIP_DEFLATED) as ny:
        for navn in ind.namelist():
            data = ind.read(navn)
            ny.writestr(navn, _stile(data, farver) if navn == STILE else data)
    return ud.getvalue()


def _stile(data: bytes, farver: dict[str, str]) -> bytes:
    rod = etree.fromstring(data)
    for skrift in rod.iter(q("rFonts")):
        skrift.attrib.clear()
        for art in ("ascii", "hAnsi", "cs", "eastAsia"):
            skrift.set(q(art), SKRIFT)
    standard = rod.find(f"{q('docDefaults')}/{q('rPrDefault')}/{q('rPr')}")
    for navn in ("sz", "szCs"):
        standard.find(q(navn)).set(q("val"), str(TEKST))
    for stil in rod.findall(q("style")):
        if (stoerrelse := OVERSKRIFTER.get(stil.get(q("styleId")))) is not None:
            _overskrift(stil, stoerrelse, farver["moerk"])
        elif stil.get(q("styleId")) == "Table":
            _tabelstil(stil, farver)
    kendte = {stil.get(q("styleId")) for stil in rod.findall(q("style"))}
    egne = etree.fromstring(_EGNE.format(w=W, lille=LILLE, **{navn: escape(v) for navn, v in farver.items()}))
    rod.extend(deepcopy(stil) for stil in egne if stil.get(q("styleId")) not in kendte)
    return etree.tostring(rod, xml_declaration=True, encoding="UTF-8", standalone=True)


def _overskrift(stil: etree._Element, stoerrelse: int, farve: str) -> None:
    rpr = stil.find(q("rPr"))
    if rpr is None:
        rpr = etree.SubElement(stil, q("rPr"))
    for navn in ("color", "sz", "szCs", "i", "iCs"):
        for gammel in rpr.findall(q(navn)):
            rpr.remove(gammel)
    for navn, vaerdi in (("color", farve), ("sz", str(stoerrelse)), ("szCs", str(stoerrelse))):
        etree.SubElement(rpr, q(navn)).set(q("val"), vaerdi)
    for jc in stil.iter(q("jc")):
        jc.set(q("val"), "left")


def _tabelstil(stil: etree._Element, farver: dict[str, str]) -> None:
    """Lines between rows, and a bold first row on the light colour."""
    for gammel in (*stil.findall(q("tblPr")), *stil.findall(q("tblStylePr"))):
        stil.remove(gammel)
    ny = etree.fromstring(
        f"""<w:style xmlns:w="{W}"><w:tblPr><w:tblBorders>
<w:top w:val="single" w:sz="8" w:space="0" w:color="{farver["farve"]}"/>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{farver["farve"]}"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/></w:tblBorders>
<w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr>
<w:shd w:val="clear" w:color="auto" w:fill="{farver["lys"]}"/></w:tcPr></w:tblStylePr>
<w:tblStylePr w:type="firstCol"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>"""
    )
    stil.extend(list(ny))
