"""CPR numbers in uploaded documents: wherever a text can stand, and what cannot be searched is refused."""

from __future__ import annotations

import io
import zipfile

import pikepdf
import pytest
from pikepdf import Dictionary, Name, OutlineItem, String

from socialaftale.kerne import filtekst
from socialaftale.kerne.filtekst import TekstAfvist, kontroller_pdf, kontroller_word
from tests.kerne.pdffiler import lav_pdf

CPR = "010203-1234"


def _note(pdf: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents=String(f"Se {CPR}"))
    pdf.pages[1].Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(note)]))


def _felt(pdf: pikepdf.Pdf) -> None:
    felt = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("Borger"), V=String(CPR), Rect=[0, 0, 9, 9]
        )
    )
    pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([felt]))
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=pikepdf.Array([felt])))


def _titel(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = f"Aftale om {CPR}"


def _bogmaerke(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as oversigt:
        oversigt.root.append(OutlineItem("Indhold", 0))
        oversigt.root[0].children.append(OutlineItem(f"Borger {CPR}", 0))


def _bilag(pdf: pikepdf.Pdf) -> None:
    pdf.attachments[f"{CPR}.txt"] = b"tekst"


def afvist(kontroller, data: bytes) -> str:
    with pytest.raises(TekstAfvist) as fejl:
        kontroller(data)
    assert "1234" not in fejl.value.besked
    return fejl.value.besked


@pytest.mark.parametrize(
    ("sider", "sted"),
    [
        ((CPR,), "Side 1"),
        (("Aftale om pladser", "Underskrifter", f"Borger: {CPR}, indskrevet"), "Side 3"),
        (("Pris 1.234,00", "0102031234"), "Side 2"),
        (("Borger 010203 1234",), "Side 1"),
    ],
)
def test_siden_naevnes_og_nummeret_aldrig(sider, sted):
    assert afvist(kontroller_pdf, lav_pdf(*sider)).startswith(f"{sted} indeholder noget, der ligner et CPR-nummer")


@pytest.mark.parametrize(
    ("tilret", "sted"),
    [
        (_note, "Side 2"),
        (_felt, "Side 1"),
        (_titel, "Filens egenskaber"),
        (_bogmaerke, "Et bogmærke i filen"),
        (_bilag, "Et vedhæftet dokument i filen"),
    ],
)
def test_ogsaa_uden_for_siderne(tilret, sted):
    assert afvist(kontroller_pdf, lav_pdf("Side et", "Side to", tilret=tilret)).startswith(sted)


@pytest.mark.parametrize("tekst", ["Ingen numre", "Telefon 98 12 34 56", "321399-1234", "DAS 03.11.2026, punkt 8", ""])
def test_andet_er_i_orden(tekst):
    kontroller_pdf(lav_pdf(tekst, tekst))


@pytest.mark.parametrize("bruger", ["", "hemmelig"])
def test_en_beskyttet_pdf_afvises(bruger):
    """Also one that opens without a password: who reads it is not for us to break."""
    data = lav_pdf("Aftale", encryption=pikepdf.Encryption(owner="ejer", user=bruger))
    assert "beskyttet med adgangskode" in afvist(kontroller_pdf, data)


def test_en_pdf_der_ikke_kan_laeses_afvises():
    hel = lav_pdf("Aftale")
    for data in (b"%PDF-1.7 ingenting", hel[:120], b"%PDF-1.7\n" + bytes(500)):
        assert "kan ikke læses" in afvist(kontroller_pdf, data)


def test_en_pdf_med_for_mange_sider_afvises(monkeypatch):
    monkeypatch.setattr(filtekst, "MAKS_SIDER", 1)
    assert "sider. Del den op" in afvist(kontroller_pdf, lav_pdf("Et", "To"))


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _docx(dokument: str, **andre: str) -> bytes:
    ud = io.BytesIO()
    with zipfile.ZipFile(ud, "w", zipfile.ZIP_DEFLATED) as arkiv:
        arkiv.writestr("[Content_Types].xml", "<Types/>")
        arkiv.writestr("word/document.xml", f"<w:document {W}><w:body>{dokument}</w:body></w:document>")
        for navn, tekst in andre.items():
            arkiv.writestr(f"{navn.replace('_', '/')}.xml", tekst)
    return ud.getvalue()


def _afsnit(*loeb: str) -> str:
    return f"<w:p>{''.join(f'<w:r><w:t>{tekst}</w:t></w:r>' for tekst in loeb)}</w:p>"


@pytest.mark.parametrize(
    "data",
    [
        _docx(_afsnit(f"Borger {CPR}")),
        _docx(_afsnit("Borger 0102", "03-", "1234")),
        _docx(_afsnit("Aftale"), word_comments=f"<w:comments {W}>{_afsnit(CPR)}</w:comments>"),
        _docx(_afsnit("Aftale"), docProps_core=f"<core><title>{CPR}</title></core>"),
    ],
)
def test_word_gennemses_ogsaa(data):
    assert afvist(kontroller_word, data).startswith("Teksten indeholder noget, der ligner et CPR-nummer")


def test_to_afsnit_er_ikke_et_nummer():
    kontroller_word(_docx(_afsnit("010203") + _afsnit("1234")))
    kontroller_word(_docx(_afsnit("Aftale"), docProps_core="<core><a>010203</a><b>1234</b></core>"))


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 ikke en mappe",
        _docx("<w:p>"),
        _docx(_afsnit("Aftale"), word_comments='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    ],
)
def test_en_word_fil_der_ikke_kan_laeses_afvises(data):
    assert "kan ikke læses" in afvist(kontroller_word, data)
