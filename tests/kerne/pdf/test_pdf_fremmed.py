"""PDFs made elsewhere as parts of ours: cover sheet, tags, bookmarks, links, and page numbers where there is room."""

from __future__ import annotations

import datetime as dt
import io

import pikepdf
import pytest
from django.template.loader import render_to_string
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from socialaftale.kerne.pdf import Resultat, byg_pdf, skabelon
from socialaftale.kerne.pdf.bilagsramme import rammer
from socialaftale.kerne.pdf.flet import Del, flet_dele
from socialaftale.kerne.pdf.fremmed import indpak, sidemaal
from socialaftale.kerne.pdf.margen import lodret_udstraekning
from socialaftale.kerne.pdf.oplysninger import Dokument
from socialaftale.kerne.pdf.strukturkontrol import kontroller
from tests.kerne.pdf import pdflaesning
from tests.kerne.pdffiler import lav_pdf

pytestmark = pytest.mark.langsom
TITEL = "Bilag 4: Rapport om tilbud"


def pak(fremmed: bytes) -> bytes:
    navne, css = rammer(sidemaal(fremmed))
    kontekst = {
        "dokument": Dokument(titel="Rapport om tilbud", dato=dt.date(2026, 8, 20), del_="Bilag 4"),
        "omslag": {"titel": "Rapport om tilbud", "til": "Bilag til aftalen", "linjer": ["Som den er modtaget."]},
        "rammer": navne,
    }
    ramme = byg_pdf(
        render_to_string("dokumenter/bilagsramme.html", kontekst),
        stilark=skabelon.stilark(ekstra=css),
        rodmapper=skabelon.rodmapper(),
    )
    return indpak(ramme, fremmed, titel=TITEL, sidemaerke="Bilag 4, side ")


def fund(data: bytes) -> list[str]:
    return [str(et) for et in kontroller(data, fremmede=range(2, pdflaesning.antal_sider(data) + 1))]


def test_an_untagged_file_gets_one_piece_per_page() -> None:
    data = pak(lav_pdf("Hej med dig", "Side to"))
    assert fund(data) == []
    omslag, indhold = pdflaesning.struktur(data).boern
    assert [element.sider for element in indhold.boern] == [(2,), (3,)]
    assert indhold.roller == ["P", "P"]
    assert len(omslag.alle("H1")) == 1
    tekster = pdflaesning.sidetekster(data)
    assert "Rapport om tilbud" in tekster[0]
    assert "Hej med dig" in tekster[1]
    assert "Bilag 4, side 3 af 3" in tekster[2]
    assert pdflaesning.sidemaerker(data) == ["Bilag 4, side 1", "Bilag 4, side 2", "Bilag 4, side 3"]
    assert pdflaesning.oplysninger(data)["Title"] == TITEL


def test_a_page_without_letters_is_a_figure_that_says_so() -> None:
    def skannet(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].Resources = Dictionary()
        pdf.pages[1].Contents = pdf.make_stream(b"100 100 300 300 re f")

    data = pak(lav_pdf("Tekst", "Billede", tilret=skannet))
    assert fund(data) == []
    (figur,) = pdflaesning.struktur(data).alle("Figure")
    assert "side 2 af 2" in figur.egenskaber["Alt"]
    assert figur.sider == (3,)


def test_a_tagged_file_keeps_its_tags_below_the_cover(prosa: Resultat) -> None:
    data = pak(prosa.data)
    assert fund(data) == []
    foer, efter = pdflaesning.struktur(prosa.data), pdflaesning.struktur(data).boern[1]
    for rolle in ("Table", "TR", "TH", "L", "LI", "Link"):
        assert len(efter.alle(rolle)) == len(foer.alle(rolle)), rolle
    # The heading of the cover sheet is the first; the file's own stand below it.
    assert len(efter.alle("H1")) == 0
    assert len(efter.alle("H2")) == len(foer.alle("H1"))
    punkter = pdflaesning.bogmaerker(data)
    assert (punkter[0].titel, punkter[0].side, punkter[0].niveau) == (TITEL, 1, 1)
    egne = pdflaesning.bogmaerker(prosa.data)
    assert [(p.titel, p.side, p.niveau) for p in punkter[1:]] == [(p.titel, p.side + 1, p.niveau + 1) for p in egne]


def test_broken_tags_are_given_up_and_the_pages_stay_readable(prosa: Resultat) -> None:
    with pikepdf.open(io.BytesIO(prosa.data)) as pdf:
        traeet = pdf.Root.StructTreeRoot
        # Two elements that own the same content.
        dobbelt = pdf.make_indirect(Dictionary(S=Name.P, P=traeet.K[0], Pg=pdf.pages[3].obj, K=0))
        traeet.K[0].K.append(dobbelt)
        ud = io.BytesIO()
        pdf.save(ud)
    data = pak(ud.getvalue())
    assert fund(data) == []
    indhold = pdflaesning.struktur(data).boern[1]
    assert len(indhold.alle("Table")) == 0
    assert pdflaesning.antal_sider(data) == prosa.sider + 1


def test_unknown_types_missing_texts_and_paint_outside_the_tags_are_mended() -> None:
    def maerket(pdf: pikepdf.Pdf) -> None:
        side = pdf.pages[0]
        side.Contents = pdf.make_stream(
            b"/Standard <</MCID 0>> BDC BT /F1 12 Tf 72 700 Td (Overskrift) Tj ET EMC "
            b"10 10 m 90 90 l S "
            b"/Figure <</MCID 1>> BDC 100 300 80 80 re f EMC "
            b"/P <</MCID 7>> BDC BT /F1 9 Tf 72 600 Td (Uden ejer) Tj ET EMC"
        )
        side.StructParents = 0
        rod = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        rod.RoleMap = Dictionary(Standard=Name.H3)
        a = pdf.make_indirect(Dictionary(S=Name.Standard, P=rod, Pg=side.obj, K=0))
        b = pdf.make_indirect(Dictionary(S=Name.Figure, P=rod, Pg=side.obj, K=Array([1])))
        c = pdf.make_indirect(Dictionary(S=Name.Table, P=rod, K=Array([Dictionary(S=Name.TD, Pg=side.obj, K=9)])))
        rod.K = Array([a, b, c])
        rod.ParentTree = Dictionary(Nums=Array([0, Array([a, b])]))
        pdf.Root.StructTreeRoot = rod
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        pdf.Root.Lang = String("en-US")

    data = pak(lav_pdf("x", tilret=maerket))
    assert fund(data) == []
    indhold = pdflaesning.struktur(data).boern[1]
    # Down from the heading of the cover sheet, no level left out.
    assert [len(indhold.alle(rolle)) for rolle in ("H2", "H3", "Figure", "Table")] == [1, 0, 1, 0]
    (figur,) = indhold.alle("Figure")
    assert figur.egenskaber["Alt"] == "Figur uden beskrivelse"
    assert indhold.egenskaber["Lang"] == "en-US"


def test_bookmarks_and_links_by_name_lead_to_the_same_pages() -> None:
    def links(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Names = Dictionary(
            Dests=Dictionary(Names=Array([String("to"), Dictionary(D=[pdf.pages[1].obj, Name.Fit])]))
        )
        med_navn = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[9, 9, 90, 90], Dest=String("to"))
        til_net = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=[9, 9, 90, 90],
            A=Dictionary(S=Name.URI, URI=String("https://example.dk/a")),
        )
        ingen_steder = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[9, 9, 90, 90], Dest=String("findes-ikke"))
        pdf.pages[0].Annots = Array([pdf.make_indirect(et) for et in (med_navn, til_net, ingen_steder)])
        with pdf.open_outline() as oversigt:
            oversigt.root.append(OutlineItem("Anden side", 1))
            doedt = OutlineItem("Fører ingen steder hen", action=Dictionary(S=Name.GoTo, D=String("findes-ikke")))
            doedt.children.append(OutlineItem("Under det døde", 0))
            oversigt.root.append(doedt)

    data = pak(lav_pdf("En", "To", tilret=links))
    assert fund(data) == []
    assert [(p.titel, p.side, p.niveau) for p in pdflaesning.bogmaerker(data)] == [
        (TITEL, 1, 1),
        ("Anden side", 3, 2),
        ("Under det døde", 2, 2),
    ]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        links = list(pdf.pages[1].Annots)
        assert [str(link.Contents) for link in links] == ["Link til side 2", "https://example.dk/a"]
        assert links[0].Dest[0].objgen == pdf.pages[2].objgen


def test_fields_are_printed_and_forms_are_gone() -> None:
    def felt(pdf: pikepdf.Pdf) -> None:
        udseende = pdf.make_stream(b"BT /F1 12 Tf 2 2 Td (Udfyldt) Tj ET")
        udseende.Type, udseende.Subtype, udseende.BBox = Name.XObject, Name.Form, Array([0, 0, 90, 20])
        udseende.Resources = pdf.pages[0].Resources
        widget = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T=String("navn"),
                F=4,
                Rect=[100, 500, 190, 520],
                AP=Dictionary(N=udseende),
            )
        )
        pdf.pages[0].Annots = Array([widget])
        pdf.Root.AcroForm = Dictionary(Fields=Array([widget]))

    data = pak(lav_pdf("Skema", tilret=felt))
    assert fund(data) == []
    assert "Udfyldt" in pdflaesning.sidetekster(data)[1]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert "/AcroForm" not in pdf.Root


@pytest.mark.parametrize(
    ("indhold", "har_plads"),
    [
        (b"BT /F1 12 Tf 72 400 Td (Midt) Tj ET", True),
        (b"BT /F1 12 Tf 72 20 Td (Nederst) Tj ET", False),
        (b"BT /F1 12 Tf 72 830 Td (Oeverst) Tj ET", False),
        (b"q 1 0 0 1 0 800 cm 10 10 50 50 re f Q", False),
        (b"0 0 595 842 re W n BT /F1 12 Tf 72 400 Td (Klippet) Tj ET", True),
        (b"0 0 595 842 re f", False),
        (b"q 2 0 0 2 0 0 cm BT /F1 12 Tf 36 5 Td (Skaleret) Tj ET Q", False),
        (b"BT /F1 12 Tf 14 TL 72 90 Td (En) Tj T* T* T* T* T* (Seks) Tj ET", False),
    ],
)
def test_the_page_number_is_printed_where_there_is_room(indhold: bytes, har_plads: bool) -> None:
    def saet(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Contents = pdf.make_stream(indhold)

    data = pak(lav_pdf("x", tilret=saet))
    assert fund(data) == []
    assert ("Bilag 4, side 2 af 2" in pdflaesning.sidetekster(data)[1]) == har_plads


def test_pages_keep_their_sizes_and_turned_pages_are_not_stamped() -> None:
    def maal(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].MediaBox = [0, 0, 1191, 842]
        pdf.pages[1].Rotate = 90
        # The visible part of a larger sheet.
        pdf.pages[2].CropBox = [50, 60, 545, 782]

    data = pak(lav_pdf("A3", "Drejet", "Beskåret", tilret=maal))
    assert fund(data) == []
    assert [(round(side.bredde), round(side.hoejde)) for side in sidemaal(data)[1:]] == [
        (1191, 842),
        (842, 595),
        (495, 722),
    ]
    tekster = pdflaesning.sidetekster(data)
    assert [f"Bilag 4, side {nummer} af 4" in tekster[nummer - 1] for nummer in (2, 3, 4)] == [True, False, True]


def test_an_empty_page_has_no_ink() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        assert lodret_udstraekning(pdf.pages[0]) is None


def test_it_is_deterministic_and_joins_with_the_prose(prosa: Resultat) -> None:
    fremmed = lav_pdf("Hej", "Med")
    del_ = pak(fremmed)
    assert del_ == pak(fremmed)
    samlet = flet_dele([Del(prosa.data), Del(del_, "bilag-5"), Del(pak(prosa.data), "bilag-7")], titel="Det hele")
    fremmede = range(prosa.sider + 2, pdflaesning.antal_sider(samlet) + 1)
    assert [str(et) for et in kontroller(samlet, fremmede=fremmede)] == []
    toppe = [p for p in pdflaesning.bogmaerker(samlet) if p.niveau == 1][-2:]
    assert [(p.titel, p.side) for p in toppe] == [(TITEL, prosa.sider + 1), (TITEL, prosa.sider + 4)]
