"""The only way a document reaches a file: ``data:`` URLs and files under the folders it was given.

WeasyPrint opens any address by default, and ``<a rel="attachment" href="file:///…">`` embeds any file the server can
read. Texts are written by users, so what is not wanted is refused, and refused aloud: a document that silently lacks
its font or a figure must not be issued.
"""

import mimetypes
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint.urls import URLFetcher, URLFetcherResponse

from socialaftale.kerne.pdf.fejl import UlovligRessource

TILLADTE_ENDELSER = frozenset({".css", ".woff2", ".woff", ".otf", ".ttf", ".svg", ".png", ".jpg", ".jpeg", ".webp"})
TYPER = {".woff2": "font/woff2", ".woff": "font/woff", ".webp": "image/webp"}


def sti_fra_url(url: str) -> Path:
    """The path a ``file:`` URL names; a host part or a NUL is refused."""
    dele = urlsplit(url)
    sti = unquote(dele.path)
    if dele.netloc not in ("", "localhost") or "\0" in sti:
        raise UlovligRessource(f"not a local file: {url!r}")
    return Path(sti)


class LokalHenter(URLFetcher):
    """Fetches ``data:`` URLs and stylesheets, fonts and images below ``rodmapper``; raises for everything else."""

    def __init__(self, rodmapper: Iterable[Path | str] = ()) -> None:
        super().__init__(allowed_protocols=("data", "file"), allow_redirects=False, fail_on_errors=True)
        self.rodmapper = tuple(Path(mappe).resolve(strict=True) for mappe in rodmapper)
        self.afvist: list[UlovligRessource] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        try:
            return self._hent(url, headers)
        except UlovligRessource as fejl:
            self.afvist.append(fejl)
            raise

    def _hent(self, url: str, headers: dict[str, str] | None) -> URLFetcherResponse:
        skema = urlsplit(url).scheme.lower()
        if skema == "data":
            return super().fetch(url, headers)
        if skema != "file":
            raise UlovligRessource(f"only data: and local files are fetched, not {url!r}")
        # resolve() follows links and "..", so what is compared is where the file really lies.
        sti = sti_fra_url(url).resolve()
        if not any(sti.is_relative_to(mappe) for mappe in self.rodmapper):
            raise UlovligRessource(f"outside the folders of the document: {url!r}")
        endelse = sti.suffix.lower()
        if endelse not in TILLADTE_ENDELSER:
            raise UlovligRessource(f"not a stylesheet, font or image: {url!r}")
        if not sti.is_file():
            raise UlovligRessource(f"no such file: {url!r}")
        indholdstype = TYPER.get(endelse) or mimetypes.types_map.get(endelse, "application/octet-stream")
        return URLFetcherResponse(url, sti.read_bytes(), {"Content-Type": indholdstype})
