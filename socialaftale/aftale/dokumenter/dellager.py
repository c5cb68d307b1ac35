"""Finished parts of PDFs by the hash of everything they depend on: a changed chapter makes the prose anew only."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from socialaftale.kerne.pdf import skabelon
from socialaftale.kerne.pdf.cachenoegle import noegle, versioner
from socialaftale.kerne.pdf.maalinger import ryd_op
from socialaftale.kerne.pdf.parallel import Arbejde, byg_pdfer_i_boern
from socialaftale.kerne.pdf.proces import Fremdrift

# Prose and annexes of a few agreements; the oldest give way.
ANTAL = 60
# How some agreements' chapters came out, each set in two or three ways.
ANTAL_MAALINGER = 600


@dataclass(frozen=True, slots=True)
class Bestilling:
    """A part to be set: complete HTML with the CSS it needs besides that of all documents.

    `navn` is what the user's progress calls it, e.g. "Bilag 7".
    """

    html: str
    navn: str
    css: str = ""


def mappe() -> Path:
    return Path(settings.MEDIA_ROOT) / "pdfdele"


def maalemappe() -> Path:
    return mappe() / "maalinger"


def hent_eller_byg(
    dele: Sequence[Bestilling | bytes],
    *,
    farve: str,
    fremdrift: Fremdrift | None = None,
    tidsgraense: float = 300,
) -> list[bytes]:
    """The PDFs of the parts, in their order: the stored ones where nothing they depend on has changed, else new ones.

    A part that is bytes is a finished PDF. The new ones are made at the same time, each in a process of its own with
    `tidsgraense` seconds; raises `PdfFejl`.
    """
    faerdige: dict[int, bytes] = {}
    mangler: dict[int, tuple[Path, Arbejde]] = {}
    for nummer, del_ in enumerate(dele):
        if isinstance(del_, bytes):
            faerdige[nummer] = del_
            continue
        fil, arbejde = _opslag(del_, farve)
        data = _gemt(fil)
        if data is None:
            mangler[nummer] = fil, arbejde
        else:
            faerdige[nummer] = data
    arbejder = [arbejde for _, arbejde in mangler.values()]
    resultater = byg_pdfer_i_boern(arbejder, fremdrift=fremdrift, tidsgraense=tidsgraense)
    for (nummer, (fil, _)), resultat in zip(mangler.items(), resultater, strict=True):
        _gem(fil, resultat.data)
        faerdige[nummer] = resultat.data
    if mangler:
        ryd_op(mappe(), "*.pdf", ANTAL)
        ryd_op(maalemappe(), "*.json", ANTAL_MAALINGER)
    return [faerdige[nummer] for nummer in range(len(dele))]


def hent_eller_lav(lav: Callable[[], bytes], *af: bytes | str) -> bytes:
    """The bytes made of `af` by `lav`: the stored ones when they have been made before, by this very code."""
    sum_ = hashlib.sha256(versioner().encode())
    for del_ in af:
        sum_.update(hashlib.sha256(del_.encode() if isinstance(del_, str) else del_).digest())
    fil = mappe() / f"{sum_.hexdigest()}.pdf"
    data = _gemt(fil)
    if data is None:
        data = lav()
        _gem(fil, data)
    return data


def hent_eller_byg_en(html: str, *, farve: str, css: str = "") -> bytes:
    """The PDF of one complete HTML document, kept like the others."""
    return hent_eller_byg([Bestilling(html, navn="", css=css)], farve=farve)[0]


def har(dele: Sequence[Bestilling], *, farve: str) -> bool:
    """Have all the parts been made before?"""
    return all(_opslag(del_, farve)[0].is_file() for del_ in dele)


def _opslag(del_: Bestilling, farve: str) -> tuple[Path, Arbejde]:
    """Where the part lies when it has been made, and the work of making it."""
    ark, rodmapper = skabelon.stilark(farve, del_.css), skabelon.rodmapper()
    fil = mappe() / f"{noegle(del_.html, ark, rodmapper=rodmapper)}.pdf"
    return fil, Arbejde(del_.html, del_.navn, ark, rodmapper, maalemappe())


def _gemt(fil: Path) -> bytes | None:
    """What is stored; used again, it is among the newest."""
    if not fil.is_file():
        return None
    os.utime(fil)
    return fil.read_bytes()


def _gem(fil: Path, data: bytes) -> None:
    fil.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=fil.parent, suffix=".del", delete=False) as midlertidig:
        midlertidig.write(data)
    os.replace(midlertidig.name, fil)
