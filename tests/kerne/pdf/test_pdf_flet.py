"""Parts joined to one file keep tags, bookmarks, links, language and their own page numbers."""

import io

import pikepdf
import pytest

from socialaftale.kerne.pdf import PdfFejl, Resultat, byg_pdf
from socialaftale.kerne.pdf.flet import Del, flet_dele
from socialaftale.kerne.pdf.strukturkontrol import kontroller
from tests.kerne.pdf import pdflaesning

pytestmark = pytest.mark.langsom


def lille(krop: str = "<p>Tekst</p>", sprog: str = "da", titel: str = "Del") -> bytes:
    return byg_pdf(
        f'<html lang="{sprog}"><title>{titel}</title><body><h1 id="top">{titel}</h1>{krop}</body></html>',
        stilark=["h1 { bookmark-level: 1 } .fodnote { float: footnote } @page { size: A5 }"],
    )


def test_the_whole_is_without_findings(samlet: bytes) -> None:
    assert kontroller(samlet) == []


def test_all_pages_are_there_with_their_own_numbers(samlet: bytes, prosa: Resultat, bilag: Resultat) -> None:
    tekster = pdflaesning.sidetekster(samlet)
    assert len(tekster) == prosa.sider + 2 * bilag.sider
    assert f"Side 2 af {prosa.sider}" in tekster[1]
    assert f"Bilag 7, side 1 af {bilag.sider}" in tekster[prosa.sider + bilag.sider]
    assert tekster[: prosa.sider] == pdflaesning.sidetekster(prosa.data)


def test_bookmarks_of_the_parts_stand_below_their_titles(samlet: bytes, prosa: Resultat, bilag: Resultat) -> None:
    punkter = pdflaesning.bogmaerker(samlet)
    top = [punkt for punkt in punkter if punkt.niveau == 1]
    assert [punkt.titel for punkt in top][-3:] == ["Styring og økonomi", "Bilag 5: Styringsaftale", "Bilag 7: Takster"]
    assert top[-1].side == prosa.sider + bilag.sider + 1
    gruppe = punkter[-1]
    assert (gruppe.titel, gruppe.niveau) == ("Region Nordjylland", 3)
    assert "Region Nordjylland" in pdflaesning.sidetekster(samlet)[gruppe.side - 1]


def test_page_labels_are_what_is_printed(samlet: bytes, prosa: Resultat) -> None:
    maerker = pdflaesning.sidemaerker(samlet)
    assert maerker[: prosa.sider] == [str(nummer) for nummer in range(1, prosa.sider + 1)]
    assert maerker[prosa.sider] == "Bilag 5, side\u00a01"
    assert maerker[-1] == "Bilag 7, side\u00a04"


def test_structure_is_one_document_of_parts(samlet: bytes, bilag: Resultat) -> None:
    rod = pdflaesning.struktur(samlet)
    assert rod.rolle == "Document"
    assert rod.roller == ["Part", "Part", "Part"]
    assert [del_.egenskaber.get("T") for del_ in rod.boern] == [None, "Bilag 5: Styringsaftale", "Bilag 7: Takster"]
    assert len(rod.alle("Table")) == 3
    assert len(rod.boern[2].alle("TR")) == len(pdflaesning.struktur(bilag.data).alle("TR"))


def test_title_is_the_given_one_and_the_rest_is_the_first_parts(samlet: bytes) -> None:
    oplysninger = pdflaesning.oplysninger(samlet)
    assert oplysninger["Title"] == "Nordjysk Socialaftale 2027–2028 med bilag"
    assert oplysninger["CreationDate"].startswith("D:20260820")
    assert "ModDate" not in oplysninger


def test_a_link_to_a_part_leads_to_its_first_page(samlet: bytes, prosa: Resultat, bilag: Resultat) -> None:
    with pikepdf.open(io.BytesIO(samlet)) as pdf:
        forsider = [side.objgen for side in pdf.pages]
        links = {
            str(link.Contents): forsider.index(link.Dest[0].objgen) + 1
            for link in pdf.pages[prosa.sider - 2].Annots
            if isinstance(link.get("/Dest"), pikepdf.Array) and str(link.Contents).startswith("bilag")
        }
    assert links == {"bilag\u00a05": prosa.sider + 1, "bilag\u00a07": prosa.sider + bilag.sider + 1} or links == {
        "bilag 5": prosa.sider + 1,
        "bilag 7": prosa.sider + bilag.sider + 1,
    }


def test_a_link_to_a_part_that_is_not_there_is_an_error() -> None:
    with pytest.raises(PdfFejl, match="'bilag-9', which is not in the document"):
        flet_dele([Del(lille('<p><a href="del:bilag-9">bilag 9</a></p>')), Del(lille(), "bilag-8")])


def test_equal_names_and_notes_in_two_parts_do_not_meet() -> None:
    krop = '<p>A<span class="fodnote">Note</span> <a href="#top">op</a></p>'
    data = flet_dele([Del(lille(krop)), Del(lille(krop), "b", "B"), Del(lille(krop), "c", "C")])
    assert kontroller(data) == []
    assert [note.egenskaber["ID"] for note in pdflaesning.struktur(data).alle("Note")] == [
        *("note-0001", "d2.note-0001", "d3.note-0001")
    ]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        navne = pdf.Root.Names.Dests.Names
        maal = {str(navne[plads]): navne[plads + 1][0].objgen for plads in range(0, len(navne), 2)}
        for side in pdf.pages:
            (op,) = (link for link in side.Annots if str(link.Contents) == "op")
            assert maal[str(op.Dest)] == side.objgen


def test_joining_is_deterministic() -> None:
    dele = [Del(lille()), Del(lille(titel="Anden"), "b", "B")]
    assert flet_dele(dele) == flet_dele(dele)


def test_a_single_part_keeps_everything() -> None:
    data = flet_dele([Del(lille('<p><a href="#top">op</a></p>'))])
    assert kontroller(data) == []
    assert pdflaesning.sidemaerker(data) == ["1"]


def test_parts_that_cannot_be_joined_are_refused() -> None:
    with pytest.raises(ValueError, match="no parts"):
        flet_dele([])
    with pytest.raises(ValueError, match="same key"):
        flet_dele([Del(lille(), "a"), Del(lille(), "a")])
    with pytest.raises(PdfFejl, match="B is in 'en', the first part in 'da'"):
        flet_dele([Del(lille()), Del(lille(sprog="en"), titel="B")])
    with pikepdf.Pdf.new() as pdf:
        pdf.add_blank_page()
        ud = io.BytesIO()
        pdf.save(ud)
    with pytest.raises(PdfFejl, match="bilag-2 has no structure tree"):
        flet_dele([Del(lille()), Del(ud.getvalue(), "bilag-2")])
