"""Several PDFs at the same time: their order, their progress, and that nothing runs on when one fails."""

import os
import threading
from pathlib import Path

import pytest

from socialaftale.kerne.pdf import UlovligRessource, byg_pdf
from socialaftale.kerne.pdf.parallel import Arbejde, byg_pdfer_i_boern

HTML = '<html lang="da"><title>T</title><body><h1>T</h1>{}</body></html>'
LANG = HTML.format("<table>" + "<tr><th scope='row'>A</th><td>B</td></tr>" * 400 + "</table>")
KORT = HTML.format("<p>Kort</p>")


def boern() -> list[str]:
    """The command lines of the processes we have started and that still run."""
    mine = []
    for mappe in Path("/proc").glob("[0-9]*"):
        try:
            foraelder = int((mappe / "stat").read_text().rsplit(")", 1)[1].split()[1])
            if foraelder == os.getpid():
                mine.append((mappe / "cmdline").read_text())
        except (FileNotFoundError, ProcessLookupError):
            continue
    return [linje for linje in mine if "kerne.pdf.barn" in linje]


@pytest.mark.langsom
def test_the_results_come_in_the_order_asked_for() -> None:
    resultater = byg_pdfer_i_boern([Arbejde(KORT), Arbejde(LANG), Arbejde(HTML.format("<p>Andet</p>"))])
    assert [resultat.data for resultat in resultater] == [
        byg_pdf(KORT),
        byg_pdf(LANG),
        byg_pdf(HTML.format("<p>Andet</p>")),
    ]


@pytest.mark.langsom
def test_progress_is_of_the_whole_names_the_part_and_comes_in_the_callers_thread() -> None:
    meldinger: list[tuple[int, str]] = []
    traade = set()

    def fremdrift(procent: int, tekst: str) -> None:
        meldinger.append((procent, tekst))
        traade.add(threading.get_ident())

    byg_pdfer_i_boern([Arbejde(KORT, "Teksten"), Arbejde(LANG, "Bilag 7")], fremdrift=fremdrift)
    assert traade == {threading.get_ident()}
    procenter = [procent for procent, _ in meldinger]
    assert procenter == sorted(procenter)
    assert procenter[-1] == 100
    assert {"Teksten: Skriver filen", "Bilag 7: Sætter side 2"} <= {tekst for _, tekst in meldinger}


@pytest.mark.langsom
def test_one_that_fails_stops_the_others() -> None:
    hoert: set[str] = set()
    vist = Arbejde(HTML.format('<img src="file:///etc/passwd">') + LANG * 3, "Den længste")
    with pytest.raises(UlovligRessource):
        byg_pdfer_i_boern(
            [*(Arbejde(LANG, f"Nr. {nummer}") for nummer in range(6)), vist],
            fremdrift=lambda procent, tekst: hoert.add(tekst.split(":")[0]),
            samtidige=1,
        )
    # The longest goes first, one at a time: when it fails the others are not begun.
    assert hoert <= {"Den længste"}
    assert boern() == []


@pytest.mark.langsom
def test_an_error_of_the_caller_leaves_no_child_behind() -> None:
    def fremdrift(procent: int, tekst: str) -> None:
        raise KeyError(tekst)

    with pytest.raises(KeyError):
        byg_pdfer_i_boern([Arbejde(LANG), Arbejde(LANG)], fremdrift=fremdrift)
    assert boern() == []


def test_nothing_to_do_is_nothing() -> None:
    assert byg_pdfer_i_boern([]) == []
