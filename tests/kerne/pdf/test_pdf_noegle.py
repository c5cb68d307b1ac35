"""The cache key changes with everything the bytes depend on, and with nothing else."""

from pathlib import Path

import pytest

from socialaftale.kerne.pdf import cachenoegle
from socialaftale.kerne.pdf.cachenoegle import noegle

HTML = '<p>Tekst <img src="billede.png"></p>'


@pytest.fixture
def rod(tmp_path: Path) -> Path:
    (tmp_path / "billede.png").write_bytes(b"png")
    (tmp_path / "font.woff2").write_bytes(b"font")
    (tmp_path / "side.css").write_text('@font-face { font-family: X; src: url("font.woff2") }')
    return tmp_path


def test_equal_input_has_an_equal_key(rod: Path) -> None:
    foerste = noegle(HTML, [rod / "side.css"], rodmapper=[rod])
    assert foerste == noegle(HTML, [rod / "side.css"], rodmapper=[rod])
    assert len(foerste) == 64


def test_html_css_variant_and_order_count() -> None:
    noegler = [
        noegle("<p>A</p>"),
        noegle("<p>B</p>"),
        noegle("<p>A</p>", ["p{}"]),
        noegle("<p>A</p>", ["p{}", "q{}"]),
        noegle("<p>A</p>", ["q{}", "p{}"]),
        noegle("<p>A</p>", ["p{}q{}"]),
        noegle("<p>A</p>", variant="pdf/a-3a"),
    ]
    assert len(set(noegler)) == len(noegler)


@pytest.mark.parametrize("fil", ["font.woff2", "billede.png", "side.css"])
def test_files_the_document_names_count(rod: Path, fil: str) -> None:
    foer = noegle(HTML, [rod / "side.css"], rodmapper=[rod])
    with (rod / fil).open("ab") as aaben:
        aaben.write(b" ")
    assert noegle(HTML, [rod / "side.css"], rodmapper=[rod]) != foer


def test_versions_and_our_own_code_count(monkeypatch: pytest.MonkeyPatch) -> None:
    foer = noegle("<p>A</p>")
    versioner = cachenoegle.versioner()
    assert "weasyprint=70.0" in versioner
    assert "pango=1." in versioner
    monkeypatch.setattr(cachenoegle, "versioner", lambda: versioner + "x")
    assert noegle("<p>A</p>") != foer


def test_a_file_that_is_not_there_is_no_error() -> None:
    assert noegle('<img src="file:///findes/ikke.png">')
