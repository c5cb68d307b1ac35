"""A chapter that would end with a few lines on a page of its own is set tighter, or shares it with the next one."""

from socialaftale.kerne.pdf import byg_pdf
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
