"""The tag tree: what is split is joined, what is repeated or decoration is skipped, everything says what it is."""

import inspect
import io
import re

import pikepdf
import pydyf
import pytest
import weasyprint.pdf
from weasyprint.document import Page
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf.stream import Stream

from socialaftale.kerne.pdf import PdfFejl, Resultat, a11y, byg_pdf
from socialaftale.kerne.pdf.strukturkontrol import kontroller
from tests.kerne.pdf import pdflaesning

PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
    "rkJggg=="
)
CSS = """
@page { size: A5; margin: 20mm; @top-left { content: "Toptekst" } @bottom-right { content: counter(page) } }
.fodnote { float: footnote }
"""


def byg(krop: str) -> bytes:
    """A small document whose structure is checked on the way."""
    data = byg_pdf(f'<html lang="da"><title>Prøve</title><body><h1>Prøve</h1>{krop}</body></html>', stilark=[CSS])
    assert kontroller(data) == []
    return data


def trae(krop: str) -> pdflaesning.Strukturelement:
    return pdflaesning.struktur(byg(krop))


def raekker(antal: int) -> str:
    return "".join(f"<tr><th scope='row'>Række {i}</th><td>{i}</td></tr>" for i in range(antal))


def indhold(data: bytes, side: int = 0) -> list[tuple[str, str]]:
    """The marks of a page: name and properties."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [
            (str(operander[0]), str(dict(operander[1])) if len(operander) > 1 else "")
            for operander, operator in pikepdf.parse_content_stream(pdf.pages[side])
            if str(operator) in ("BMC", "BDC")
        ]


# What we rely on in WeasyPrint 70 ------------------------------------------------------------------------------------


def test_the_private_names_we_rely_on_are_there() -> None:
    assert weasyprint.VERSION == a11y.WEASYPRINT
    a11y.install()
    assert weasyprint.pdf.add_tags is a11y.skriv_tags
    assert "add_tags(pdf, document, options['pdf_version'], page_streams)" in inspect.getsource(
        weasyprint.pdf.generate_pdf
    )
    from weasyprint.pdf.tags import add_tags

    assert len(inspect.signature(add_tags).parameters) == len(inspect.signature(a11y.skriv_tags).parameters)
    assert "self._tags[box] = {'tag': tag, 'mcid': mcid}" in inspect.getsource(Stream.marked)
    assert inspect.getsource(pydyf.Stream.begin_marked_content).count("self.stream.append") == 4
    assert "self._page_box = page_box" in inspect.getsource(Page.__init__)
    assert "_box" in AbsolutePlaceholder(boxes.Box("p", None, None)).__dict__
    for navn in ("footnote", "link_annotation", "element_tag", "colspan", "rowspan"):
        assert hasattr(boxes.Box("p", None, None), navn)
    for navn in ("TextBox", "LineBox", "MarginBox", "ReplacedBox", "TableRowGroupBox"):
        assert hasattr(boxes, navn)
    assert hasattr(boxes.MarginBox("@top-left", None), "at_keyword")
    assert boxes.TableRowGroupBox.is_header is False
    assert boxes.TableRowGroupBox.is_footer is False


def test_another_weasyprint_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weasyprint, "VERSION", "71.0")
    with pytest.raises(PdfFejl, match=r"71\.0 found, but the tagging is made for 70\.0"):
        a11y.install()


def test_a_tag_tree_that_is_not_ours_is_refused() -> None:
    with pytest.raises(PdfFejl, match="not built by"):
        a11y.finisher(None, pydyf.PDF())


# Over pages ----------------------------------------------------------------------------------------------------------


def test_a_table_over_many_pages_is_one_table_with_one_head() -> None:
    hoved = "<thead><tr><th scope='col'>Navn</th><th scope='col'>Tal</th></tr></thead>"
    data = byg(f"<table>{hoved}<tbody>{raekker(120)}</tbody></table>")
    assert pdflaesning.antal_sider(data) > 3
    rod = pdflaesning.struktur(data)
    (tabel,) = rod.alle("Table")
    assert tabel.roller == ["THead", "TBody"]
    assert len(rod.alle("THead")) == 1
    assert len(tabel.boern[1].boern) == 120
    # The head on page 2 is drawn, but skipped when the page is read aloud.
    assert "Navn" in pdflaesning.sidetekster(data)[1]
    sidehoveder = [
        egenskaber for navn, egenskaber in indhold(data, 1) if navn == "/Artifact" and "Header" in egenskaber
    ]
    assert len(sidehoveder) == len(["Navn", "Tal", "Toptekst"])


def test_a_paragraph_over_two_pages_is_one_paragraph() -> None:
    rod = trae("<p>" + "Tekst nok til at fylde mere end en side i et lille format. " * 30 + "</p>")
    (afsnit,) = rod.alle("P")
    assert afsnit.sider == (1, 2)


def test_a_list_over_two_pages_is_one_list() -> None:
    rod = trae("<ul>" + "<li>Et punkt</li>" * 60 + "</ul>")
    (liste,) = rod.alle("L")
    assert liste.roller == ["LI"] * 60
    assert liste.egenskaber["ListNumbering"] == "Disc"
    assert {tuple(punkt.roller) for punkt in liste.boern} == {("Lbl", "LBody")}


# Cells, lists, notes -------------------------------------------------------------------------------------------------


def test_heading_cells_have_the_scope_of_the_html() -> None:
    rod = trae(
        "<table><thead><tr><th scope='col'>A</th><th>B</th></tr></thead>"
        "<tbody><tr><th scope='rowgroup' colspan='2'>Gruppe</th></tr><tr><th>R</th><td rowspan='2'>1</td></tr>"
        "<tr><th scope='row'>S</th></tr></tbody></table>"
    )
    celler = rod.alle("TH")
    assert [celle.egenskaber["Scope"] for celle in celler] == ["Column", "Column", "Row", "Row", "Row"]
    assert celler[2].egenskaber["ColSpan"] == "2"
    assert rod.alle("TD")[0].egenskaber["RowSpan"] == "2"


def test_an_empty_cell_keeps_its_place() -> None:
    rod = trae("<table><tr><th scope='row'>A</th><td></td><td>2</td></tr></table>")
    assert rod.alle("TR")[0].roller == ["TH", "TD", "TD"]


def test_a_total_row_stands_last() -> None:
    rod = trae(
        "<table><thead><tr><th scope='col'>A</th></tr></thead><tfoot><tr><th scope='row'>I alt</th></tr></tfoot>"
        f"<tbody>{raekker(3)}</tbody></table>"
    )
    assert sorted(rod.alle("Table")[0].roller) == ["TBody", "TFoot", "THead"]


def test_nested_and_numbered_lists() -> None:
    rod = trae("<ol><li>Et<ul><li>To</li></ul></li></ol>")
    ydre, indre = rod.alle("L")
    assert ydre.egenskaber["ListNumbering"] == "Decimal"
    assert ydre.alle("L") == [ydre, indre]
    assert ydre.boern[0].boern[1].roller == ["L"]


def test_definitions_are_a_list_of_terms_and_bodies() -> None:
    (liste,) = trae("<dl><dt>Takst</dt><dd>Pris pr. døgn</dd><dt>Tilbud</dt><dd>Et botilbud</dd></dl>").alle("L")
    assert [punkt.roller for punkt in liste.boern] == [["Lbl", "LBody"]] * 2


def test_a_footnote_is_a_note_right_after_its_call_and_linked_to_it() -> None:
    data = byg("<p>Før<span class='fodnote'>Første note</span> efter<span class='fodnote'>Anden note</span>.</p>")
    (afsnit,) = pdflaesning.struktur(data).alle("P")
    assert afsnit.roller == ["Reference", "Note", "Reference", "Note"]
    assert [note.egenskaber["ID"] for note in afsnit.alle("Note")] == ["note-0001", "note-0002"]
    assert [reference.roller for reference in afsnit.alle("Reference")] == [["Link"], ["Link"]]
    assert afsnit.boern[1].roller == ["Lbl"]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        links = list(pdf.pages[0].Annots)
        assert [str(link.Contents) for link in links] == ["Fodnote 1", "Fodnote 2"]
        # The call stands above what it leads to.
        assert all(float(link.Rect[1]) > float(link.Dest[3]) for link in links)


def test_line_breaks_in_the_source_of_a_footnote_are_spaces() -> None:
    data = byg("<p>Tekst<span class='fodnote'>En note\n   over <em>to\nlinjer</em> i\nkilden</span></p>")
    assert "En note over to linjer i kilden" in pdflaesning.sidetekster(data)[0]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        linjer = {float(o[5]) for o, operator in pikepdf.parse_content_stream(pdf.pages[0]) if str(operator) == "Tm"}
    # Heading, text, call, note, header, footer.
    assert len(linjer) == 6


# Pictures ------------------------------------------------------------------------------------------------------------


def test_a_figure_has_its_text_and_its_place_on_the_page() -> None:
    data = byg(
        '<figure><svg xmlns="http://www.w3.org/2000/svg" width="100" height="50"><title>Søjler</title>'
        '<desc>Aalborg har flest.</desc><rect width="100" height="50"/></svg><figcaption>Figur 1</figcaption></figure>'
    )
    rod = pdflaesning.struktur(data)
    (figur,) = rod.alle("Figure")
    assert figur.egenskaber["Alt"] == "Søjler Aalborg har flest."
    x1, y1, x2, y2 = (float(tal) for tal in figur.egenskaber["BBox"].split())
    assert (round(x2 - x1), round(y2 - y1)) == (75, 38)
    # A5 is 595 points high, and the figure stands below the heading in the upper half.
    assert 595 / 2 < y1 < y2 < 595
    assert rod.alle("Div")[0].roller == ["Figure", "Caption"]


def test_alt_of_an_image_is_kept_and_decoration_is_skipped() -> None:
    data = byg(
        f'<p>A <img src="{PIXEL}" alt="Et billede"> <img src="{PIXEL}" alt=""></p>'
        f'<div aria-hidden="true">Pynt <a href="#x">link</a></div><p id="x">B</p>'
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" role="presentation"><rect/></svg>'
    )
    rod = pdflaesning.struktur(data)
    assert [figur.egenskaber["Alt"] for figur in rod.alle("Figure")] == ["Et billede"]
    assert rod.alle("Link") == []
    assert "Pynt" in pdflaesning.sidetekster(data)[0]
    assert ("/Artifact", str({"/Type": pikepdf.Name.Layout})) in indhold(data)


def test_a_picture_without_text_is_found_by_the_check() -> None:
    data = byg_pdf(f'<html lang="da"><title>T</title><h1>T</h1><p><img src="{PIXEL}"></p></html>')
    assert [fund.kode for fund in kontroller(data)] == ["alt"]


# Links, language, pages ----------------------------------------------------------------------------------------------


def test_one_link_is_one_annotation_described_by_its_text() -> None:
    data = byg(
        '<p><a href="#m">Se <em>mere</em>\n her</a> og <a href="https://kl.dk" aria-label="KL’s side">KL</a></p>'
        '<p id="m">M</p>'
    )
    with pikepdf.open(io.BytesIO(data)) as pdf:
        links = list(pdf.pages[0].Annots)
    assert [str(link.Contents) for link in links] == ["Se mere her", "KL’s side"]
    assert len(pdflaesning.struktur(data).alle("Link")) == 2


def test_a_link_broken_over_lines_is_one_link_with_two_areas() -> None:
    data = byg(
        "<p>" + "ord " * 14 + '<a href="#m">' + "et langt link over flere linjer " * 4 + '</a></p><p id="m">M</p>'
    )
    assert len(pdflaesning.struktur(data).alle("Link")) == 1
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages[0].Annots) > 1


def test_contents_are_entries_with_references() -> None:
    rod = trae(
        '<nav role="doc-toc"><ol><li><a href="#a">A</a><ol><li><a href="#b">B</a></li></ol></li></ol></nav>'
        '<h2 id="a">A</h2><h3 id="b">B</h3>'
    )
    ydre, indre = rod.alle("TOC")
    assert ydre.boern[0].roller == ["Lbl", "Reference", "TOC"]
    assert indre.boern[0].roller == ["Lbl", "Reference"]
    assert [link.rolle for link in rod.alle("Link")] == ["Link", "Link"]
    assert rod.alle("L") == []


def test_other_languages_and_abbreviations_say_so() -> None:
    rod = trae('<p>På <span lang="en">recovery</span> efter <abbr title="lov om social service">SEL</abbr></p>')
    spans = rod.alle("Span")
    assert spans[0].egenskaber == {"Lang": "en"}
    assert spans[1].egenskaber == {"E": "lov om social service"}


def test_headers_and_footers_are_page_artifacts() -> None:
    marker = indhold(byg("<p>Tekst</p>"))
    artefakter = [egenskaber for navn, egenskaber in marker if navn == "/Artifact" and "Pagination" in egenskaber]
    assert [re.search(r"Header|Footer", egenskaber)[0] for egenskaber in artefakter] == ["Header", "Footer"]


def test_text_directly_in_a_group_becomes_a_paragraph() -> None:
    rod = trae("<section><h2>A</h2><div>Løs <b>tekst</b><p>Afsnit</p>mere</div><div>Anden</div></section>")
    assert rod.alle("Sect")[0].roller == ["H2", "P", "P", "P", "P"]


def test_a_divided_word_is_read_as_one_and_a_real_hyphen_is_kept() -> None:
    css = "html{hyphens:auto;hyphenate-character:'-'} p{width:32mm}"
    html = (
        '<html lang="da"><title>T</title><h1>T</h1><p>Specialundervisningstilbuddene er dag- og døgntilbud</p></html>'
    )
    data = byg_pdf(html, stilark=[css])
    with pikepdf.open(io.BytesIO(data)) as pdf:
        laest = [
            str(operander[1].ActualText)
            for operander, operator in pikepdf.parse_content_stream(pdf.pages[0])
            if str(operator) == "BDC" and "/ActualText" in operander[1]
        ]
    assert laest
    assert all(tekst.endswith("\u00ad") for tekst in laest)
    assert "".join(laest).replace("\u00ad", "").startswith("Special")
    assert not any("dag" in tekst for tekst in laest)


def test_text_in_a_transparent_group_is_refused() -> None:
    with pytest.raises(PdfFejl, match="opacity below 1"):
        byg_pdf('<html lang="da"><title>T</title><h1>T</h1><p style="opacity:.5">Svag</p></html>')


def test_the_demonstration_has_one_table_per_table(prosa: Resultat, bilag: Resultat) -> None:
    assert len(pdflaesning.struktur(prosa.data).alle("Table")) == 1
    rod = pdflaesning.struktur(bilag.data)
    (tabel,) = rod.alle("Table")
    assert tabel.roller == ["Caption", "THead", "TBody", "TBody", "TBody", "TBody"]
    assert len(rod.alle("TR")) == 1 + 4 + 60
    assert len(rod.alle("Sect")) == 1
