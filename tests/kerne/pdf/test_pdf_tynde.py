"""A chapter that would end with a few lines on a page of its own is set tighter, or shares it with the next one."""

import os
from pathlib import Path

from socialaftale.kerne.pdf import byg_pdf, byg_resultat
from socialaftale.kerne.pdf.maalinger import Maalinger, ryd_op
from tests.kerne.pdf import pdflaesning

SIDE = "@page { size: 100mm 100mm; margin: 10mm } body, p, h1 { margin: 0 } body { font: 10pt/5mm sans-serif }"
KAPITEL = ".kapitel { break-before: page } h1 { font-size: 10pt } p { orphans: 1; widows: 1 }"
FORTSAT = ".kapitel-fortsat { break-before: auto }"
STRAM = ".stram { line-height: 4.5mm }"


def kapitel(titel: str, linjer: int) -> str:
    return f'<section class="kapitel"><h1>{titel}</h1>' + "<p>En linje</p>" * linjer + "</section>"


def byg(*kapitler: str, stram: str = STRAM) -> bytes:
    html = f'<html lang="da"><title>T</title><body>{"".join(kapitler)}</body></html>'
    return byg_pdf(html, stilark=[SIDE, KAPITEL, stram])


def test_a_tail_of_one_line_is_taken_back() -> None:
    # A page holds 16 lines of 5 mm: heading and 15. The 16th would stand alone.
    data = byg(kapitel("A", 16), kapitel("B", 3))
    assert pdflaesning.antal_sider(data) == 2
    assert [punkt.side for punkt in pdflaesning.bogmaerker(data)] == [1, 2]


def test_a_tail_that_cannot_be_taken_back_is_left_as_it_was() -> None:
    assert byg(kapitel("A", 16), stram=".stram { line-height: 4.99mm }") == byg(kapitel("A", 16), stram="")
    assert pdflaesning.antal_sider(byg(kapitel("A", 16), stram="")) == 2


def test_pages_with_more_on_them_and_short_chapters_are_left_alone() -> None:
    for kapitler in ((kapitel("A", 22), kapitel("B", 3)), (kapitel("A", 3), kapitel("B", 1))):
        assert byg(*kapitler) == byg(*kapitler, stram="")


def test_the_next_chapter_goes_on_below_a_tail_that_cannot_be_taken_back() -> None:
    # A holds a page and 4 lines; B fits below them, so that its page is saved. C begins on a page of its own.
    data = byg(kapitel("A", 19), kapitel("B", 8), kapitel("C", 3), stram=FORTSAT)
    assert [punkt.side for punkt in pdflaesning.bogmaerker(data)] == [1, 2, 3]


def test_the_next_chapter_goes_on_where_the_emptiest_page_becomes_fuller() -> None:
    # 2 lines of A, room for 6, 8 lines of B and 6 on the next: as many pages, but the emptiest is A's tail no more.
    data = byg(kapitel("A", 17), kapitel("B", 13), stram=".kapitel-fortsat { break-before: auto; margin-top: 30mm }")
    assert [punkt.side for punkt in pdflaesning.bogmaerker(data)] == [1, 2]
    assert pdflaesning.antal_sider(data) == 3


def test_a_chapter_that_would_gain_nothing_begins_on_its_own_page() -> None:
    # B fills its page: below A's tail of one line it would leave a tail of one line.
    data = byg(kapitel("A", 16), kapitel("B", 15), stram=FORTSAT)
    assert [punkt.side for punkt in pdflaesning.bogmaerker(data)] == [1, 3]


def test_a_document_without_chapters_is_left_alone() -> None:
    html = '<html lang="da"><title>T</title><body><h1>T</h1>' + "<p>En linje</p>" * 16 + "</body></html>"
    assert pdflaesning.antal_sider(byg_pdf(html, stilark=[SIDE, KAPITEL, STRAM])) == 2


def byg_med(maalinger: Maalinger, *kapitler: str) -> bytes:
    html = f'<html lang="da"><title>T</title><body><p>Forside</p>{"".join(kapitler)}</body></html>'
    return byg_resultat(html, stilark=[SIDE, KAPITEL, STRAM, FORTSAT], maalinger=maalinger).data


def test_what_is_known_of_chapters_changes_no_byte_and_is_kept_between_runs(tmp_path: Path) -> None:
    a, b, c, d = kapitel("A", 16), kapitel("B", 19), kapitel("C", 8), kapitel("D", 22)
    foerste = byg_med(Maalinger(tmp_path, "g"), a, b, c, d)
    kendte = set(tmp_path.iterdir())
    # Alone, the two with tails tighter, and the one that goes on below another.
    assert len(kendte) >= 4 + 2
    assert byg_med(Maalinger(tmp_path, "g"), a, b, c, d) == foerste == byg_med(Maalinger(), a, b, c, d)
    assert set(tmp_path.iterdir()) == kendte
    # One chapter is written anew: it alone is laid out to see how long it is.
    ny = kapitel("D", 24)
    assert byg_med(Maalinger(tmp_path, "g"), a, b, c, ny) == byg_med(Maalinger(), a, b, c, ny)
    assert len(set(tmp_path.iterdir()) - kendte) == 1
    # Other style sheets, fonts or versions: nothing is known.
    byg_med(Maalinger(tmp_path, "h"), a)
    assert len(set(tmp_path.iterdir()) - kendte) == 3


def test_a_trial_of_a_chapter_is_not_remarked_upon() -> None:
    html = f'<html lang="da"><title>T</title><body><h1 id="x">T</h1>{kapitel("A", 19)}</body></html>'.replace(
        "<p>En linje</p>", '<p><a href="#x">En linje</a></p>', 1
    )
    assert byg_resultat(html, stilark=[SIDE, KAPITEL, STRAM]).advarsler == ()


def test_the_oldest_of_a_store_give_way(tmp_path: Path) -> None:
    maalinger = Maalinger(tmp_path, "g")
    for nummer in range(5):
        maalinger[f"{nummer}"] = [([0], 0.5)]
        os.utime(tmp_path / f"{nummer}.json", (nummer, nummer))
    assert Maalinger(tmp_path, "g")["0"] == [([0], 0.5)]
    ryd_op(tmp_path, "*.json", 3)
    # The first was used again.
    assert {fil.stem for fil in tmp_path.iterdir()} == {"0", "3", "4"}
