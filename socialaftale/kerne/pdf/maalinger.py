"""How chapters came out when they were laid out, kept between runs by the hash of all that it depends on."""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

# The numbers of the chapters that stand on a page, from 0 for the first of the run, and how full the page is.
Side = tuple[list[int], float]


class Maalinger:
    """Pages of runs of chapters by key, in memory and in a folder, if there is one.

    ``grundlag`` is the key of what all runs share: style sheets, fonts, versions.
    """

    def __init__(self, mappe: Path | None = None, grundlag: str = "") -> None:
        self.mappe, self.grundlag = mappe, grundlag
        self._kendte: dict[str, list[Side]] = {}

    def noegle(self, dele: Iterable[str]) -> str:
        """The key of a run of chapters."""
        sum_ = hashlib.sha256(self.grundlag.encode())
        for del_ in dele:
            raa = del_.encode()
            sum_.update(len(raa).to_bytes(8, "big") + raa)
        return sum_.hexdigest()

    def __contains__(self, noegle: object) -> bool:
        return noegle in self._kendte or self._hent(str(noegle))

    def __getitem__(self, noegle: str) -> list[Side]:
        if noegle not in self:
            raise KeyError(noegle)
        return self._kendte[noegle]

    def __setitem__(self, noegle: str, sider: list[Side]) -> None:
        self._kendte[noegle] = sider
        if self.mappe is None:
            return
        self.mappe.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=self.mappe, suffix=".del", delete=False) as fil:
            json.dump(sider, fil)
        os.replace(fil.name, self._fil(noegle))

    def _fil(self, noegle: str) -> Path:
        assert self.mappe is not None
        return self.mappe / f"{noegle}.json"

    def _hent(self, noegle: str) -> bool:
        """Read from the folder what another process has kept there; used again, so it is among the newest."""
        if self.mappe is None:
            return False
        try:
            sider = json.loads(self._fil(noegle).read_text(encoding="utf-8"))
            os.utime(self._fil(noegle))
        except FileNotFoundError:
            return False
        self._kendte[noegle] = [(fundne, fyld) for fundne, fyld in sider]
        return True


def ryd_op(mappe: Path, moenster: str, antal: int) -> None:
    """Delete all but the newest files of a store; another process may be doing the same."""
    filer = []
    for fil in mappe.glob(moenster):
        try:
            filer.append((fil.stat().st_mtime, fil))
        except FileNotFoundError:
            continue
    for _, gammel in sorted(filer, reverse=True)[antal:]:
        gammel.unlink(missing_ok=True)
