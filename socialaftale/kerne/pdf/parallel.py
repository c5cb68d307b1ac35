"""Several PDFs at once, each in a child process of its own: the parts of a document wait for the slowest, not the sum.

The children are followed by threads; progress is called in the caller's thread, whose database connection it may use.
"""

import os
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

from socialaftale.kerne.pdf.byg import Resultat, Stilark
from socialaftale.kerne.pdf.proces import Fremdrift, byg_pdf_i_barn, forventet_omfang

# More would not be faster on the machines this runs on, and each may take some hundred MB.
SAMTIDIGE = 2
# Seconds between two looks at what the children have told.
PULS = 0.1


@dataclass(frozen=True)
class Arbejde:
    """One PDF to be made; ``navn`` is what the user's progress calls it, e.g. "Bilag 7"."""

    html: str
    navn: str = ""
    stilark: Sequence[Stilark] = ()
    rodmapper: Sequence[Path | str] = ()
    # Where to keep how its chapters come out, if it has any.
    maalinger: Path | None = None


class _Afbrudt(Exception):
    """Another part failed, or the caller went away: the child is stopped at its next sign of life."""


def byg_pdfer_i_boern(
    arbejder: Sequence[Arbejde],
    *,
    fremdrift: Fremdrift | None = None,
    tidsgraense: float = 300,
    samtidige: int | None = None,
) -> list[Resultat]:
    """The results in the order of ``arbejder``; the longest are begun first.

    ``fremdrift`` gets the percentage of the whole (by expected pages) and what the part last heard of is doing;
    ``tidsgraense`` is seconds for each. Raises the first ``PdfFejl``; then the others are stopped.
    """
    omfang = [forventet_omfang(arbejde.html)[0] for arbejde in arbejder]
    naaet = [0] * len(arbejder)
    nyt: queue.SimpleQueue[tuple[int, int, str]] = queue.SimpleQueue()
    stop = threading.Event()

    def foelger(nummer: int) -> Callable[[int, str], None]:
        def foelg(procent: int, tekst: str) -> None:
            if stop.is_set():
                raise _Afbrudt
            nyt.put((nummer, procent, tekst))

        return foelg

    def byg(nummer: int) -> Resultat:
        if stop.is_set():
            raise _Afbrudt
        arbejde = arbejder[nummer]
        return byg_pdf_i_barn(
            arbejde.html,
            stilark=arbejde.stilark,
            rodmapper=arbejde.rodmapper,
            fremdrift=foelger(nummer),
            tidsgraense=tidsgraense,
            maalinger=arbejde.maalinger,
        )

    def meld() -> None:
        while not nyt.empty():
            nummer, procent, tekst = nyt.get()
            naaet[nummer] = procent
            if fremdrift:
                samlet = sum(del_ * andel for del_, andel in zip(naaet, omfang, strict=True)) // sum(omfang)
                navn = arbejder[nummer].navn
                fremdrift(samlet, f"{navn}: {tekst}" if navn else tekst)

    raekkefoelge = sorted(range(len(arbejder)), key=lambda nummer: -omfang[nummer])
    with ThreadPoolExecutor(samtidige or _samtidige()) as pulje:
        opgaver = {nummer: pulje.submit(byg, nummer) for nummer in raekkefoelge}
        try:
            _foelg(opgaver.values(), meld)
        finally:
            # All is done, or something failed: then the pool waits for the others to find out.
            stop.set()
        return [opgaver[nummer].result() for nummer in range(len(arbejder))]


def _foelg(opgaver: Sequence[Future[Resultat]], meld: Callable[[], None]) -> None:
    """Passes progress on until all are done; raises what the first to fail raised."""
    venter = set(opgaver)
    while venter:
        faerdige, venter = wait(venter, timeout=PULS, return_when=FIRST_COMPLETED)
        meld()
        for opgave in faerdige:
            opgave.result()


def _samtidige() -> int:
    return min(SAMTIDIGE, os.cpu_count() or 1)
