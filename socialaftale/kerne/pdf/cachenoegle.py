"""Whether a PDF made before can be used again: equal input gives equal bytes, so a key of all input is enough."""

import ctypes
import hashlib
import platform
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from urllib.request import url2pathname

from socialaftale.kerne.pdf.byg import Stilark

CSS_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")
HTML_URL = re.compile(r"""\b(?:src|href)\s*=\s*["']([^"'#]+)["']""")
PAKKER = ("weasyprint", "pydyf", "fonttools", "pyphen", "tinycss2", "cssselect2", "Pillow")


def noegle(
    html: str, stilark: Sequence[Stilark] = (), *, variant: str = "pdf/ua-1", rodmapper: Sequence[Path | str] = ()
) -> str:
    """SHA-256 of everything the bytes of the PDF depend on: HTML, CSS, the fonts and pictures they name, versions."""
    sum_ = hashlib.sha256()

    def med(*dele: str | bytes) -> None:
        for del_ in dele:
            raa = del_.encode() if isinstance(del_, str) else del_
            sum_.update(len(raa).to_bytes(8, "big") + raa)

    base = (Path(rodmapper[0]).resolve().as_uri() + "/") if rodmapper else ""
    med(variant, versioner(), html)
    filer = set(_naevnte_filer(html, base, HTML_URL)) | set(_naevnte_filer(html, base, CSS_URL))
    for ark in stilark:
        if isinstance(ark, Path):
            css, ark_base = ark.read_text(encoding="utf-8"), ark.resolve().as_uri()
        else:
            css, ark_base = ark, base
        med(css)
        filer.update(_naevnte_filer(css, ark_base, CSS_URL))
    for fil in sorted(filer):
        med(fil.name, _fil_sum(fil, fil.stat().st_mtime_ns))
    return sum_.hexdigest()


def _naevnte_filer(tekst: str, base: str, moenster: re.Pattern[str]) -> Iterator[Path]:
    """The files a text names; what is no readable file is left out, since it cannot be in the PDF either."""
    for fund in moenster.finditer(tekst):
        url = urlsplit(urljoin(base, next(gruppe for gruppe in fund.groups() if gruppe)))
        if url.scheme == "file" and (sti := Path(url2pathname(url.path))).is_file():
            yield sti


@cache
def _fil_sum(fil: Path, aendret: int) -> bytes:
    """The fonts are the same in every document: read once per process and change."""
    return hashlib.sha256(fil.read_bytes()).digest()


@cache
def versioner() -> str:
    """Everything installed that a layout depends on, and our own code."""
    egen = hashlib.sha256()
    for fil in sorted(Path(__file__).parent.glob("*.py")):
        egen.update(fil.read_bytes())
    pakker = " ".join(f"{pakke}={version(pakke)}" for pakke in PAKKER)
    return f"python={platform.python_version()} pango={_pango()} {pakker} egen={egen.hexdigest()}"


def _pango() -> str:
    """The version of the text layout library, without importing WeasyPrint for it."""
    try:
        bibliotek = ctypes.CDLL("libpango-1.0.so.0")
    except OSError:
        return "ukendt"
    bibliotek.pango_version_string.restype = ctypes.c_char_p
    return bibliotek.pango_version_string().decode()
