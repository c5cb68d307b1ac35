"""The child process: progress, errors brought home, limits on time and memory, nothing left behind."""

import os
import time
from pathlib import Path

import pytest

from socialaftale.kerne.pdf import (
    PdfFejl,
    PdfHukommelse,
    PdfTidsgraense,
    UlovligRessource,
    byg_pdf,
    byg_pdf_i_barn,
    proces,
)
from socialaftale.kerne.pdf.barn import Fremdrift

HTML = '<html lang="da"><title>T</title><body><h1>T</h1>{}</body></html>'


def raekker(antal: int) -> str:
    return "<table>" + "<tr><th scope='row'>A</th><td>B</td><td>C</td></tr>" * antal + "</table>"


@pytest.mark.langsom
def test_progress_rises_to_the_end_and_speaks_danish() -> None:
    meldinger: list[tuple[int, str]] = []
    html = HTML.format(raekker(120))
    resultat = byg_pdf_i_barn(html, fremdrift=lambda procent, tekst: meldinger.append((procent, tekst)))
    assert resultat.data == byg_pdf(html)
    assert resultat.sider > 2
    procenter = [procent for procent, _ in meldinger]
    assert procenter == sorted(set(procenter))
    assert meldinger[0] == (1, "Læser dokumentet")
    assert meldinger[-1] == (100, "Færdig")
    assert {"Sætter side 2", "Skriver filen"} <= {tekst for _, tekst in meldinger}


@pytest.mark.langsom
def test_remarks_come_home() -> None:
    assert byg_pdf_i_barn(HTML.format('<a href="#x">x</a>')).advarsler == ("No anchor #x for internal URI reference",)


@pytest.mark.langsom
def test_an_error_in_the_child_is_raised_here() -> None:
    with pytest.raises(UlovligRessource, match="outside the folders of the document: 'file:///etc/passwd'"):
        byg_pdf_i_barn(HTML.format('<img src="file:///etc/passwd">'))
    with pytest.raises(PdfFejl, match="opacity below 1"):
        byg_pdf_i_barn(HTML.format('<p style="opacity: 0.5">x</p>'))


def test_an_unknown_variant_starts_no_child() -> None:
    with pytest.raises(ValueError, match="unknown PDF variant"):
        byg_pdf_i_barn(HTML, variant="pdf/x-4")


@pytest.mark.langsom
def test_time_is_limited() -> None:
    begyndt = time.monotonic()
    with pytest.raises(PdfTidsgraense, match=r"not finished in 0\.2 seconds"):
        byg_pdf_i_barn(HTML.format(raekker(2000)), tidsgraense=0.2)
    assert time.monotonic() - begyndt < 5


@pytest.mark.langsom
def test_memory_is_limited() -> None:
    with pytest.raises(PdfHukommelse):
        byg_pdf_i_barn(HTML.format(raekker(3000)), hukommelse_mb=160)


@pytest.mark.langsom
def test_a_caller_that_gives_up_leaves_no_child() -> None:
    def afbryd(procent: int, tekst: str) -> None:
        raise InterruptedError("cancelled")

    foer = boern()
    with pytest.raises(InterruptedError):
        byg_pdf_i_barn(HTML.format(raekker(500)), fremdrift=afbryd)
    assert boern() == foer


def boern() -> set[str]:
    """The child processes of this process."""
    with open(f"/proc/self/task/{os.getpid()}/children", encoding="ascii") as fil:
        return set(fil.read().split())


def test_the_child_sees_no_secrets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "vis-miljoe"
    program.write_text("#!/bin/sh\nenv >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("SECRET_KEY", "hemmelig")
    monkeypatch.setenv("DATABASE_URL", "postgres://hemmelig")
    monkeypatch.setattr(proces.sys, "executable", str(program))
    with pytest.raises(PdfFejl, match="PYTHONPATH=") as fejl:
        byg_pdf_i_barn(HTML)
    assert "hemmelig" not in str(fejl.value)


def test_progress_never_goes_backwards(capsys: pytest.CaptureFixture[str]) -> None:
    fremdrift = Fremdrift(10)
    for procent in (5, 20, 10, 30):
        fremdrift.naa(procent, "x")
    assert [linje.split('"procent": ')[1].split(",")[0] for linje in capsys.readouterr().out.splitlines()] == [
        *("5", "20", "30")
    ]


@pytest.mark.parametrize(("antal", "sider"), [(0, 2), (16, 3), (800, 52)])
def test_expected_size_grows_with_the_rows(antal: int, sider: int) -> None:
    fundne, hukommelse = proces.forventet_omfang("<tr>" * antal)
    assert fundne == sider
    # Twice what 800 rows of twelve cells were measured to need, and more.
    assert hukommelse >= 2 * (100 + 0.35 * antal)
