"""The child process that makes one PDF: ``python -m socialaftale.kerne.pdf.barn job.json``.

The job is a JSON file; progress and the outcome are JSON lines on stdout; the PDF is written beside its place and
moved there when it is whole. The process is left with ``os._exit``: tidying up a million boxes costs more than the
layout of ten pages.
"""

import gc
import json
import logging
import os
import re
import resource
import sys
import traceback
from pathlib import Path

SIDE = re.compile(r"Page (\d+)")
# Layout takes about two thirds of the time, painting and writing the rest (measured on 25-110 pages).
ANDEL_SATS = 65


def meld(**felter: object) -> None:
    """One line to the parent."""
    sys.stdout.write(json.dumps(felter) + "\n")
    sys.stdout.flush()


class Fremdrift(logging.Handler):
    """Turns WeasyPrint's steps into percentages; pages are measured against an estimate of how many there will be."""

    def __init__(self, forventede_sider: int) -> None:
        super().__init__(logging.INFO)
        self.forventede_sider = max(forventede_sider, 1)
        self.procent = 0

    def emit(self, record: logging.LogRecord) -> None:
        tekst = record.getMessage()
        if tekst.startswith("Step 5") and (fund := SIDE.search(tekst)):
            side = int(fund[1])
            self.naa(5 + round(ANDEL_SATS * min(side / self.forventede_sider, 1)), f"Sætter side {side}")
        elif tekst.startswith("Step 1"):
            self.naa(1, "Læser dokumentet")
        elif tekst.startswith("Step 6"):
            self.naa(5 + ANDEL_SATS, "Skriver filen")

    def naa(self, procent: int, tekst: str) -> None:
        """Never backwards: a table of contents is laid out twice."""
        if procent > self.procent:
            self.procent = procent
            meld(procent=procent, tekst=tekst)


def begraens(hukommelse: int) -> None:
    """Caps the memory this process may use, in bytes; 0 is no limit."""
    if hukommelse:
        resource.setrlimit(resource.RLIMIT_DATA, (hukommelse, hukommelse))


def er_hukommelsen_brugt(hukommelse: int) -> bool:
    """Whether the limit is all but reached: then any error in the C libraries may be a failed allocation."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return False
    fund = re.search(r"VmData:\s*(\d+) kB", status)
    return bool(hukommelse and fund) and int(fund[1]) * 1024 > 0.9 * hukommelse


def udfoer(job: dict) -> None:
    """Makes the PDF of a job and puts it in its place."""
    from socialaftale.kerne.pdf.byg import byg_resultat
    from socialaftale.kerne.pdf.cachenoegle import noegle
    from socialaftale.kerne.pdf.maalinger import Maalinger

    gc.freeze()
    gc.disable()
    fremdrift = Fremdrift(job["forventede_sider"])
    log = logging.getLogger("weasyprint.progress")
    log.setLevel(logging.INFO)
    log.propagate = False
    log.addHandler(fremdrift)
    stilark = [Path(ark["sti"]) if "sti" in ark else ark["tekst"] for ark in job["stilark"]]
    maalinger = None
    if job["maalinger"]:
        grundlag = noegle("", stilark, variant=job["variant"], rodmapper=job["rodmapper"])
        maalinger = Maalinger(Path(job["maalinger"]), grundlag)
    resultat = byg_resultat(
        job["html"],
        stilark=stilark,
        variant=job["variant"],
        rodmapper=job["rodmapper"],
        maalinger=maalinger,
    )
    ud = Path(job["ud"])
    midlertidig = ud.with_suffix(".del")
    midlertidig.write_bytes(resultat.data)
    os.replace(midlertidig, ud)
    fremdrift.naa(100, "Færdig")
    meld(sider=resultat.sider, advarsler=resultat.advarsler)


def main(jobfil: str) -> int:
    """Runs one job; the exit code says whether there is a PDF."""
    job = json.loads(Path(jobfil).read_text(encoding="utf-8"))
    try:
        begraens(job["hukommelse"])
        udfoer(job)
    except Exception as fejl:
        if isinstance(fejl, MemoryError | SystemError) or er_hukommelsen_brugt(job["hukommelse"]):
            # Not through json and buffers: there may be no memory left for them.
            os.write(1, b'{"fejl": "MemoryError"}\n')
            return 3
        traceback.print_exc()
        meld(fejl=type(fejl).__name__, besked=str(fejl))
        return 1
    return 0


if __name__ == "__main__":
    kode = main(sys.argv[1])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(kode)
