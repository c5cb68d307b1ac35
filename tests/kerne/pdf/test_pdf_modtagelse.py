"""PDFs made elsewhere: a corpus of bad ones, each refused with what is wrong, and good ones with what to notice."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from socialaftale.kerne.pdf import Resultat
from socialaftale.kerne.pdf.modtagelse import PdfAfvist, Pdfgraenser, kontroller_modtaget
from tests.kerne.pdffiler import lav_pdf

GRAENSER = Pdfgraenser(mb=1, sider=4)


def _aabner_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def _navngivet_script(pdf: pikepdf.Pdf) -> None:
    handling = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=String("1")))
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), handling])))


def _link(handling: Dictionary):
    def tilret(pdf: pikepdf.Pdf) -> None:
        # Written inside the annotation, not an object of its own.
        pdf.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=handling)])

    return tilret


def _vedhaeftet(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["regneark.xlsx"] = b"PK"


def _vedhaeftet_note(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Annots = Array(
        [pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9]))]
    )


def _film(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Annots = Array(
        [pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=[0, 0, 9, 9]))]
    )


def _xfa(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=pdf.make_stream(b"<xdp/>"))


def _side(**felter: object):
    def tilret(pdf: pikepdf.Pdf) -> None:
        for navn, vaerdi in felter.items():
            pdf.pages[1].obj[f"/{navn}"] = vaerdi

    return tilret


LAUNCH = Dictionary(S=Name.Launch, F=String("calc.exe"))
DAARLIGE = {
    "tom": (b"", "Filen er tom"),
    "word": (b"PK\x03\x04 word/document.xml", "ikke en PDF"),
    "tekst": (b"Hej", "ikke en PDF"),
    "kun hoved": (b"%PDF-1.7\n", "beskadiget"),
    "afkortet": (lav_pdf("En", "To")[:300], "beskadiget"),
    "for stor": (lav_pdf("En") + b" " * 1024 * 1024, "mere end 1 MB"),
    "for mange sider": (lav_pdf(*"abcde"), "Filen har 5 sider. Et bilag må højst have 4"),
    "adgangskode": (lav_pdf("En", encryption=pikepdf.Encryption(user="a", owner="b")), "adgangskode"),
    "skrivebeskyttet": (lav_pdf("En", encryption=pikepdf.Encryption(user="", owner="b")), "beskyttet mod kopiering"),
    "script": (lav_pdf("En", tilret=_aabner_script), "scripts"),
    "navngivet script": (lav_pdf("En", tilret=_navngivet_script), "scripts"),
    "script i link": (lav_pdf("En", tilret=_link(Dictionary(S=Name.JavaScript, JS=String("1")))), "scripts"),
    "program": (lav_pdf("En", tilret=_link(LAUNCH)), "starter et program"),
    "program i kaede": (
        lav_pdf("En", tilret=_link(Dictionary(S=Name.URI, URI=String("https://a.dk"), Next=LAUNCH))),
        "starter et program",
    ),
    "formular, der sender": (lav_pdf("En", tilret=_link(Dictionary(S=Name.SubmitForm, F=String("x")))), "sender"),
    "vedhaeftet": (lav_pdf("En", tilret=_vedhaeftet), "andre filer indeni"),
    "vedhaeftet note": (lav_pdf("En", tilret=_vedhaeftet_note), "andre filer indeni"),
    "film": (lav_pdf("En", tilret=_film), "lyd eller film"),
    "xfa": (lav_pdf("En", tilret=_xfa), "XFA"),
    "kaempeside": (lav_pdf("En", "To", tilret=_side(MediaBox=[0, 0, 595, 14400])), "Side 2 er 5,1 meter lang"),
    "kaempeenhed": (lav_pdf("En", "To", tilret=_side(UserUnit=10)), "Side 2 er 3,0 meter lang"),
    "frimaerke": (lav_pdf("En", "To", tilret=_side(MediaBox=[0, 0, 20, 842])), "Side 2 er kun 7 mm"),
    "skaev": (lav_pdf("En", "To", tilret=_side(Rotate=45)), "Side 2 er drejet skævt"),
}


@pytest.mark.parametrize("navn", DAARLIGE)
def test_a_bad_file_is_refused_with_what_is_wrong(navn: str) -> None:
    data, besked = DAARLIGE[navn]
    with pytest.raises(PdfAfvist) as fejl:
        kontroller_modtaget(data, GRAENSER)
    assert besked in fejl.value.besked
    assert not fejl.value.besked.endswith(".")


def test_a_script_that_no_page_refers_to_is_found() -> None:
    def gem_vaek(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Ukendt = pdf.make_indirect(Dictionary(Dybt=Dictionary(JS=String("1"))))

    with pytest.raises(PdfAfvist, match="scripts"):
        kontroller_modtaget(lav_pdf("En", tilret=gem_vaek), GRAENSER)


def test_a_plain_file_is_let_in_with_what_to_notice() -> None:
    fundet = kontroller_modtaget(lav_pdf("En", "To"), GRAENSER)
    assert (fundet.sider, fundet.er_maerket_op) == (2, False)
    assert [advarsel.split(".")[0] for advarsel in fundet.advarsler] == [
        "Filen er ikke mærket op",
        "Skrifttypen Helvetica er ikke lagt ind i filen, så den kan se anderledes ud hos læseren",
    ]


def test_links_to_the_web_and_within_the_file_are_no_reason() -> None:
    def links(pdf: pikepdf.Pdf) -> None:
        til_nettet = Dictionary(S=Name.URI, URI=String("https://example.dk"))
        pdf.pages[0].Annots = Array(
            [
                Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=til_nettet),
                Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], Dest=[pdf.pages[1].obj, Name.Fit]),
            ]
        )

    assert kontroller_modtaget(lav_pdf("En", "To", tilret=links), GRAENSER).sider == 2


def test_a_scanned_page_is_told() -> None:
    def uden_skrift(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].Resources = Dictionary()
        pdf.pages[1].Contents = pdf.make_stream(b"0 0 100 100 re f")

    advarsler = kontroller_modtaget(lav_pdf("En", "To", tilret=uden_skrift), GRAENSER).advarsler
    assert any(advarsel.startswith("Side 2 har ikke tekst") for advarsel in advarsler)


@pytest.mark.langsom
def test_a_tagged_file_has_nothing_to_notice(prosa: Resultat) -> None:
    fundet = kontroller_modtaget(prosa.data, Pdfgraenser())
    assert (fundet.sider, fundet.er_maerket_op, fundet.advarsler) == (prosa.sider, True, ())
