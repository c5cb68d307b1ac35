"""The finished document as a reader meets it: page numbers, contents, running titles, metadata, fonts."""

import io
import itertools
import re

import pikepdf
import pytest

from socialaftale.kerne.pdf import Resultat, skabelon
from socialaftale.kerne.pdf.strukturkontrol import kontroller
from tests.kerne.pdf import demodokument, pdflaesning


def test_every_page_but_the_covers_says_which_page_of_how_many(prosa: Resultat) -> None:
    tekster = pdflaesning.sidetekster(prosa.data)
    assert len(tekster) == prosa.sider
    for nummer, tekst in enumerate(tekster[1:-1], start=2):
        assert re.findall(r"Side (\d+) af (\d+)", tekst) == [(str(nummer), str(prosa.sider))]
    assert "Side" not in tekster[0]
    assert "Side" not in tekster[-1]


def test_an_annex_counts_its_own_pages(bilag: Resultat) -> None:
    for nummer, tekst in enumerate(pdflaesning.sidetekster(bilag.data), start=1):
        assert f"Bilag 7, side {nummer} af {bilag.sider}" in tekst
        assert "Takster 2027 · Endelig udgave · 20. august 2026" in tekst


def test_page_numbers_in_the_contents_are_those_of_the_bookmarks(prosa: Resultat) -> None:
    indhold = pdflaesning.sidetekster(prosa.data)[1]
    punkter = [punkt for punkt in pdflaesning.bogmaerker(prosa.data) if punkt.titel != "Indhold" and punkt.niveau <= 2]
    assert [punkt.titel for punkt in punkter if punkt.niveau == 1] == [
        *("Forord", "Aftalens formål", "Fokusområder", "Styring og økonomi")
    ]
    assert len(punkter) == 11
    # The numbers are floats, which are painted before the lines they stand on.
    assert [int(tal) for tal in re.findall(r"\d+", indhold)[:11]] == [punkt.side for punkt in punkter]
    assert " ".join(punkt.titel for punkt in punkter) in indhold


def test_bookmarks_lead_to_the_page_with_the_heading(prosa: Resultat) -> None:
    tekster = pdflaesning.sidetekster(prosa.data)
    for punkt in pdflaesning.bogmaerker(prosa.data):
        assert punkt.titel in tekster[punkt.side - 1]


def test_a_reference_says_its_page(prosa: Resultat) -> None:
    maal = next(punkt for punkt in pdflaesning.bogmaerker(prosa.data) if punkt.titel == "Hvem aftalen gælder for")
    samlet = " ".join(pdflaesning.sidetekster(prosa.data))
    assert f"afsnittet om parterne (side {maal.side})" in samlet


def test_chapter_title_runs_on_its_later_pages_only(prosa: Resultat) -> None:
    tekster = pdflaesning.sidetekster(prosa.data)
    kapitler = [punkt for punkt in pdflaesning.bogmaerker(prosa.data) if punkt.niveau == 1]
    for kapitel, naeste in itertools.pairwise(kapitler):
        loebende = f"{kapitel.titel} Nordjysk Socialaftale 2027–2028 ·"
        assert loebende not in tekster[kapitel.side - 1]
        for side in range(kapitel.side + 1, naeste.side):
            assert loebende in tekster[side - 1]


def test_footnotes_stand_on_the_page_of_their_call(prosa: Resultat) -> None:
    tekster = pdflaesning.sidetekster(prosa.data)
    side = next(tekst for tekst in tekster if "en gang i livet." in tekst)
    assert "2Sundhedsstyrelsens faglige oplæg" in side.replace("2 Sundhed", "2Sundhed")


def test_metadata_name_title_language_and_the_date_of_the_version(prosa: Resultat) -> None:
    oplysninger = pdflaesning.oplysninger(prosa.data)
    assert oplysninger["Title"] == "Nordjysk Socialaftale 2027–2028"
    assert oplysninger["CreationDate"].startswith("D:20260820")
    assert "ModDate" not in oplysninger
    with pikepdf.open(io.BytesIO(prosa.data)) as pdf:
        assert str(pdf.Root.Lang) == "da"
        assert pdf.Root.PageMode == pikepdf.Name.UseOutlines


def test_only_the_shipped_fonts_are_used(prosa: Resultat, bilag: Resultat) -> None:
    """A missing glyph falls back to whatever the server has, and looks different on the next one."""
    for resultat in (prosa, bilag):
        with pikepdf.open(io.BytesIO(resultat.data)) as pdf:
            navne = {
                str(skrift.BaseFont).split("+")[1] for side in pdf.pages for skrift in side.Resources.Font.values()
            }
        assert navne <= {"IBM-Plex-Sans", "IBM-Plex-Sans-Light", "IBM-Plex-Sans-Semi-Bold", "IBM-Plex-Sans-Italic"}
        assert navne


def test_style_sheet_and_templates_are_understood_whole(prosa: Resultat, bilag: Resultat) -> None:
    assert prosa.advarsler == ()
    assert bilag.advarsler == ()


def test_table_head_and_operator_stand_on_each_page_of_the_annex(bilag: Resultat) -> None:
    tekster = pdflaesning.sidetekster(bilag.data)
    assert bilag.sider >= 4
    for tekst in tekster:
        assert "Døgntakst, kr." in tekst
    # Page 2 begins with a group; the rows at the top of page 3 belong to the one that began on the page before.
    assert "Bilag 7: Takster 2027 Hjørring Kommune Takster 2027 ·" in tekster[1]
    assert "Bilag 7: Takster 2027 Mariagerfjord Kommune Takster 2027 ·" in tekster[2]
    assert "Mariagerfjord Kommune Solsiden" not in tekster[2]
    punkter = pdflaesning.bogmaerker(bilag.data)
    assert [punkt.titel for punkt in punkter if punkt.niveau == 2] == list(demodokument.HERRER)


def test_all_rows_of_the_annex_are_there_in_order(bilag: Resultat) -> None:
    samlet = " ".join(pdflaesning.sidetekster(bilag.data))
    assert [int(tal) for tal in re.findall(r"afdeling (\d+)", samlet)] == list(range(1, 61))


def test_the_annex_is_in_landscape_and_the_prose_is_not(prosa: Resultat, bilag: Resultat) -> None:
    for resultat, liggende in ((prosa, False), (bilag, True)):
        with pikepdf.open(io.BytesIO(resultat.data)) as pdf:
            for side in pdf.pages:
                _, _, bredde, hoejde = (float(tal) for tal in side.MediaBox)
                assert (bredde > hoejde) is liggende
                assert {round(bredde), round(hoejde)} == {595, 842}


def test_structure_of_the_annex_is_without_findings(bilag: Resultat) -> None:
    assert kontroller(bilag.data) == []


def test_prose_alone_has_only_the_links_that_wait_for_the_other_parts(prosa: Resultat) -> None:
    assert sorted(str(fund) for fund in kontroller(prosa.data)) == [
        f"link (page {prosa.sider - 1}): 'del:bilag-5' cannot be followed by a reader",
        f"link (page {prosa.sider - 1}): 'del:bilag-7' cannot be followed by a reader",
    ]


def test_no_page_is_almost_empty(prosa: Resultat) -> None:
    for tekst in pdflaesning.sidetekster(prosa.data)[1:-1]:
        assert len(tekst) > 300


@pytest.mark.langsom
def test_template_is_rendered_here_and_in_a_child_to_the_same_bytes() -> None:
    tabel = demodokument.bilagstabel(12)
    kontekst = {"dokument": demodokument.BILAG, "tabel": tabel}
    argumenter = ("dokumenter/tabelbilag.html", kontekst)
    her = skabelon.byg_fra_skabelon(*argumenter, css=tabel.css)
    assert skabelon.byg_fra_skabelon_i_barn(*argumenter, css=tabel.css).data == her
    assert her != skabelon.byg_fra_skabelon(*argumenter, css=tabel.css, farve="#7a1f1f")
