"""What the processes one starts use, for `./run bench`: processor time, and the most one of them held (Linux)."""

from __future__ import annotations

import os
import resource
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PULS = 0.05
_TIK = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Forbrug:
    """Seconds by the clock, of all processors, and MB of the largest of the processes started."""

    sekunder: float = 0
    cpu: float = 0
    hukommelse_mb: int = 0
    _cpu_efter_proces: dict[int, float] = field(default_factory=dict)

    def se(self) -> None:
        """Look at all processes below this one."""
        for pid in _efterkommere(os.getpid()):
            try:
                felter = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
                status = Path(f"/proc/{pid}/status").read_text()
            except OSError:
                # It has ended meanwhile.
                continue
            self._cpu_efter_proces[pid] = (int(felter[11]) + int(felter[12])) / _TIK
            top = next((linje.split()[1] for linje in status.splitlines() if linje.startswith("VmHWM")), "0")
            self.hukommelse_mb = max(self.hukommelse_mb, int(top) // 1024)


@contextmanager
def maal() -> Iterator[Forbrug]:
    """Fills in the answer when the block ends; processes of the block's children count too."""
    forbrug, faerdig = Forbrug(), threading.Event()

    def foelg() -> None:
        while not faerdig.wait(PULS):
            forbrug.se()

    foelger = threading.Thread(target=foelg, daemon=True)
    start, foer = time.perf_counter(), _cpu()
    foelger.start()
    try:
        yield forbrug
    finally:
        forbrug.sekunder = time.perf_counter() - start
        faerdig.set()
        foelger.join()
        egen, boern = _cpu()
        # A child that is waited for tells exactly; a browser's own children are only seen on the way.
        forbrug.cpu = egen - foer[0] + max(boern - foer[1], sum(forbrug._cpu_efter_proces.values()))


def _cpu() -> tuple[float, float]:
    boern = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time(), boern.ru_utime + boern.ru_stime


def _efterkommere(pid: int) -> Iterator[int]:
    for fil in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            boern = fil.read_text().split()
        except OSError:
            continue
        for barn in map(int, boern):
            yield barn
            yield from _efterkommere(barn)
