"""A document reaches its own stylesheets, fonts and pictures, and nothing else on the server."""

from pathlib import Path

import pytest

from socialaftale.kerne.pdf import PdfFejl, UlovligRessource, byg_pdf
from socialaftale.kerne.pdf.ressourcer import LokalHenter
from tests.kerne.pdf import pdflaesning

HEMMELIG = "HEMMELIGT INDHOLD"


@pytest.fixture
def rod(tmp_path: Path) -> Path:
    """A folder of static files beside a file nobody may read."""
    mappe = tmp_path / "statisk"
    (mappe / "css").mkdir(parents=True)
    (mappe / "css" / "a.css").write_text("p { color: red }")
    (mappe / "noegle.txt").write_text(HEMMELIG)
    (tmp_path / "statisk-hemmelig").mkdir()
    (tmp_path / "statisk-hemmelig" / "b.css").write_text(HEMMELIG)
    (tmp_path / "hemmelig.svg").write_text(f"<svg xmlns='http://www.w3.org/2000/svg'><text>{HEMMELIG}</text></svg>")
    (mappe / "link.svg").symlink_to(tmp_path / "hemmelig.svg")
    return mappe


def html(krop: str) -> str:
    return f'<html lang="da"><title>T</title><body><h1>T</h1>{krop}</body></html>'


def test_a_file_below_the_root_is_read(rod: Path) -> None:
    svar = LokalHenter([rod]).fetch((rod / "css" / "a.css").as_uri())
    assert svar.read() == b"p { color: red }"
    assert svar.content_type == "text/css"
    # A detour that ends below the root is no harm, and a query is no part of the name.
    assert LokalHenter([rod]).fetch(f"{rod.as_uri()}/css/../css/a.css?v=1").read()


def test_data_urls_are_read() -> None:
    assert LokalHenter().fetch("data:text/css,p{}").read() == b"p{}"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "file://localhost/etc/passwd",
        "FILE:///etc/passwd",
        "{rod}/../hemmelig.svg",
        "{rod}/%2e%2e/hemmelig.svg",
        "{rod}/css/..%2f..%2fhemmelig.svg",
        "{rod}-hemmelig/b.css",
        "{rod}/link.svg",
        "{rod}/noegle.txt",
        "{rod}/css",
        "{rod}/mangler.css",
        "{rod}/css/a.css%00.svg",
        "file://fremmed/etc/a.css",
        "http://127.0.0.1/a.css",
        "https://example.com/a.css",
        "ftp://example.com/a.css",
        "gopher://example.com/",
        "a.css",
    ],
)
def test_everything_else_is_refused(rod: Path, url: str) -> None:
    with pytest.raises(UlovligRessource):
        LokalHenter([rod]).fetch(url.format(rod=rod.as_uri()))


@pytest.mark.parametrize(
    "krop",
    [
        '<p><img src="file:///etc/passwd" alt="x"></p>',
        '<p><img src="../hemmelig.svg" alt="x"></p>',
        '<p><a rel="attachment" href="file:///etc/passwd">hent</a></p>',
        '<p><a rel="attachment" href="noegle.txt">hent</a></p>',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<link rel="stylesheet" href="http://127.0.0.1:1/a.css">',
        "<style>@import url(file:///etc/passwd);</style>",
        "<style>p { background: url(../hemmelig.svg) }</style><p>x</p>",
        "<style>@font-face { font-family: X; src: url(/etc/passwd) } p { font-family: X }</style><p>x</p>",
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>x</title>'
        '<image href="file:///etc/passwd" width="9" height="9"/></svg>',
        '<object data="file:///etc/passwd"></object>',
    ],
)
def test_a_document_that_asks_for_more_is_not_made(rod: Path, krop: str) -> None:
    with pytest.raises(PdfFejl):
        byg_pdf(html(krop), rodmapper=[rod])


def test_without_roots_no_file_is_read(rod: Path) -> None:
    with pytest.raises(UlovligRessource):
        byg_pdf(html(f'<link rel="stylesheet" href="{(rod / "css" / "a.css").as_uri()}">'))


def test_relative_addresses_start_at_the_first_root(rod: Path) -> None:
    (rod / "css" / "b.css").write_text("p::after { content: 'fra stilarket' }")
    data = byg_pdf(html('<link rel="stylesheet" href="css/b.css"><p>A</p>'), rodmapper=[rod])
    assert "fra stilarket" in pdflaesning.sidetekster(data)[0]


def test_a_root_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        LokalHenter([tmp_path / "findes-ikke"])
