"""A PDF made in a child process: the server stays responsive, and memory and time have a limit.

``subprocess`` and not ``fork``: the caller may be a server with threads.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from socialaftale.kerne.pdf.byg import VARIANTER, Resultat, Stilark
from socialaftale.kerne.pdf.fejl import PdfFejl, PdfHukommelse, PdfTidsgraense, UlovligRessource

PROJEKT = Path(__file__).resolve().parents[3]
# Only what the child needs to find its libraries and fonts: no secrets, no database.
MILJOE = ("PATH", "HOME", "LANG", "LC_ALL", "XDG_CACHE_HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "LD_LIBRARY_PATH")
MB = 1024 * 1024
FEJL = {"UlovligRessource": UlovligRessource, "ValueError": ValueError}

Fremdrift = Callable[[int, str], None]


def forventet_omfang(html: str) -> tuple[int, int]:
    """An estimate of (pages, memory in MB) from the number of rows and the length of the text, tags included.

    Measured: 100 MB and 0.35 MB per row of twelve cells; doubled, since the limit is on what is reserved.
    """
    raekker = html.count("<tr")
    sider = 2 + raekker // 16 + len(html) // 6000
    return sider, round(2 * (100 + 0.35 * raekker + len(html) / 10_000)) + 300


def byg_pdf_i_barn(
    html: str,
    *,
    stilark: Sequence[Stilark] = (),
    variant: str = "pdf/ua-1",
    rodmapper: Sequence[Path | str] = (),
    fremdrift: Fremdrift | None = None,
    tidsgraense: float = 300,
    hukommelse_mb: int | None = None,
    maalinger: Path | None = None,
) -> Resultat:
    """As ``byg_pdf``, in a process of its own.

    ``maalinger`` is a folder to keep how chapters come out in, so that a changed document is made faster.

    ``fremdrift`` is called with a percentage and a Danish text for the user; ``tidsgraense`` is in seconds;
    ``hukommelse_mb`` is estimated from the document unless given. Raises ``PdfFejl`` or one of its kinds.
    """
    if variant not in VARIANTER:
        raise ValueError(f"unknown PDF variant {variant!r}, expected one of {', '.join(VARIANTER)}")
    sider, hukommelse = forventet_omfang(html)
    with tempfile.TemporaryDirectory(prefix="socialaftale-pdf-") as mappe:
        jobfil, ud = Path(mappe) / "job.json", Path(mappe) / "ud.pdf"
        job = {
            "html": html,
            "stilark": [{"sti": str(ark)} if isinstance(ark, Path) else {"tekst": ark} for ark in stilark],
            "variant": variant,
            "rodmapper": [str(Path(rodmappe).resolve()) for rodmappe in rodmapper],
            "ud": str(ud),
            "forventede_sider": sider,
            "maalinger": str(maalinger.resolve()) if maalinger else "",
            "hukommelse": (hukommelse_mb or hukommelse) * MB,
        }
        jobfil.write_text(json.dumps(job), encoding="utf-8")
        svar = _koer(jobfil, fremdrift or _tavs, tidsgraense)
        return Resultat(ud.read_bytes(), svar["sider"], tuple(svar["advarsler"]))


def _tavs(procent: int, tekst: str) -> None:
    """Progress nobody asked for."""


def _koer(jobfil: Path, fremdrift: Fremdrift, tidsgraense: float) -> dict:
    """Starts the child, passes its progress on, and answers its last line; raises what went wrong."""
    miljoe = {navn: os.environ[navn] for navn in MILJOE if navn in os.environ}
    miljoe |= {"PYTHONPATH": str(PROJEKT), "PYTHONIOENCODING": "utf-8"}
    svar: dict = {}
    with tempfile.TemporaryFile() as stderr:
        with subprocess.Popen(
            [sys.executable, "-m", "socialaftale.kerne.pdf.barn", str(jobfil)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stderr,
            cwd=jobfil.parent,
            env=miljoe,
            encoding="utf-8",
        ) as proces:
            stoppet = threading.Event()
            ur = threading.Timer(tidsgraense, lambda: (stoppet.set(), proces.kill()))
            ur.start()
            try:
                for linje in proces.stdout:
                    svar = json.loads(linje)
                    if "procent" in svar:
                        fremdrift(svar["procent"], svar["tekst"])
            except BaseException:
                # The caller's own progress function failed or the job was cancelled: leave no child behind.
                proces.kill()
                raise
            finally:
                ur.cancel()
            kode = proces.wait()
        stderr.seek(0)
        sidste = stderr.read()[-2000:].decode("utf-8", "replace").strip()
    if stoppet.is_set():
        raise PdfTidsgraense(f"the PDF was not finished in {tidsgraense:g} seconds")
    if svar.get("fejl") == "MemoryError":
        raise PdfHukommelse("the PDF needs more memory than it may use")
    if kode < 0:
        # The C libraries below do not report a failed allocation: they abort, trap or crash.
        raise PdfHukommelse(f"the PDF process was stopped by signal {-kode}, as when memory runs out: {sidste}")
    if "fejl" in svar:
        raise FEJL.get(svar["fejl"], PdfFejl)(svar["besked"])
    if kode or "sider" not in svar:
        raise PdfFejl(f"the PDF process ended unexpectedly (code {kode}): {sidste}")
    return svar
