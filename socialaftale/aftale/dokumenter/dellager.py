"""Finished parts of PDFs by the hash of everything they depend on: a changed chapter makes the prose anew only."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from socialaftale.kerne.pdf import byg_pdf_i_barn, skabelon
from socialaftale.kerne.pdf.cachenoegle import noegle, versioner
from socialaftale.kerne.pdf.proces import Fremdrift

# Prose and annexes of a few agreements; the oldest give way.
ANTAL = 60


def mappe() -> Path:
    return Path(settings.MEDIA_ROOT) / "pdfdele"


def hent_eller_byg(
    html: str, *, farve: str, css: str = "", fremdrift: Fremdrift | None = None, tidsgraense: float = 300
) -> bytes:
    """The PDF of a complete HTML document: the stored one when nothing it depends on has changed, else a new one."""
    ark = skabelon.stilark(farve, css)
    rodmapper = skabelon.rodmapper()
    fil = mappe() / f"{noegle(html, ark, rodmapper=rodmapper)}.pdf"
    if fil.is_file():
        # Used again, so it is among the newest.
        os.utime(fil)
        return fil.read_bytes()
    resultat = byg_pdf_i_barn(html, stilark=ark, rodmapper=rodmapper, fremdrift=fremdrift, tidsgraense=tidsgraense)
    _gem(fil, resultat.data)
    return resultat.data


def hent_eller_lav(lav: Callable[[], bytes], *af: bytes | str) -> bytes:
    """The bytes made of `af` by `lav`: the stored ones when they have been made before, by this very code."""
    sum_ = hashlib.sha256(versioner().encode())
    for del_ in af:
        sum_.update(hashlib.sha256(del_.encode() if isinstance(del_, str) else del_).digest())
    fil = mappe() / f"{sum_.hexdigest()}.pdf"
    if fil.is_file():
        os.utime(fil)
        return fil.read_bytes()
    data = lav()
    _gem(fil, data)
    return data


def _gem(fil: Path, data: bytes) -> None:
    fil.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=fil.parent, suffix=".del", delete=False) as midlertidig:
        midlertidig.write(data)
    os.replace(midlertidig.name, fil)
    for gammel in sorted(fil.parent.glob("*.pdf"), key=lambda sti: sti.stat().st_mtime, reverse=True)[ANTAL:]:
        gammel.unlink(missing_ok=True)
