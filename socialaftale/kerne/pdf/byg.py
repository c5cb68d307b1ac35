"""From HTML to PDF in this process: WeasyPrint without garbage collection, with our tags, the same bytes each time."""

import gc
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from socialaftale.kerne.pdf.fejl import PdfFejl
from socialaftale.kerne.pdf.maalinger import Maalinger

FODNOTEKLASSE = "fodnote"
# Not the no-break space, which \s would take.
MELLEMRUM = re.compile(r"[ \t\r\n\f]+")
VARIANTER = ("pdf/ua-1",)
Stilark = Path | str


@dataclass(frozen=True)
class Resultat:
    """A finished PDF; ``advarsler`` is what WeasyPrint remarked (links without a target, unknown CSS)."""

    data: bytes
    sider: int
    advarsler: tuple[str, ...] = ()


def byg_pdf(
    html: str, *, stilark: Sequence[Stilark] = (), variant: str = "pdf/ua-1", rodmapper: Sequence[Path | str] = ()
) -> bytes:
    """The PDF of a complete HTML document.

    For commands, jobs and tests: it takes the whole process, so a server with threads uses ``byg_pdf_i_barn``.
    ``stilark`` are files (``Path``) or CSS texts (``str``), later ones win. Fonts and pictures are read from below
    ``rodmapper`` only. The bytes depend on the input alone: the creation date is ``<meta name="dcterms.created">``.
    Raises ``PdfFejl``.
    """
    return byg_resultat(html, stilark=stilark, variant=variant, rodmapper=rodmapper).data


def byg_resultat(
    html: str,
    *,
    stilark: Sequence[Stilark] = (),
    variant: str = "pdf/ua-1",
    rodmapper: Sequence[Path | str] = (),
    maalinger: Maalinger | None = None,
) -> Resultat:
    """As ``byg_pdf``, with the number of pages and what was remarked on the way.

    ``maalinger`` is what is known from before of how chapters come out; the bytes are the same without.
    """
    if variant not in VARIANTER:
        raise ValueError(f"unknown PDF variant {variant!r}, expected one of {', '.join(VARIANTER)}")
    # WeasyPrint takes half a second to import and is not needed by a process that leaves the work to a child.
    from cssselect2 import ElementWrapper
    from weasyprint import CSS, HTML, Document
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError

    from socialaftale.kerne.pdf import a11y, tynde
    from socialaftale.kerne.pdf.ressourcer import LokalHenter

    a11y.install()
    henter = LokalHenter(rodmapper)
    base = henter.rodmapper[0].as_uri() + "/" if henter.rodmapper else None
    skrifter = FontConfiguration()
    with _uden_oprydning(), _bemaerkninger() as advarsler:
        try:
            ark = [
                CSS(filename=kilde, url_fetcher=henter, font_config=skrifter)
                if isinstance(kilde, Path)
                else CSS(string=kilde, base_url=base, url_fetcher=henter, font_config=skrifter)
                for kilde in stilark
            ]

            def saet(rod: Element, er_proeve: bool) -> Document:
                # The tree of one document with the settings of another: a trial holds some of its chapters, so that
                # links out of it lead nowhere.
                kilde.etree_element = rod
                kilde.wrapper_element = ElementWrapper.from_html_root(rod)
                with _tavst() if er_proeve else nullcontext():
                    return kilde.render(stylesheets=ark, font_config=skrifter, pdf_variant=variant)

            kilde = HTML(string=html, base_url=base, url_fetcher=henter)
            _jaevn_fodnoter(kilde.etree_element)
            dokument = tynde.uden_tynde(kilde.etree_element, saet, maalinger or Maalinger())
            data = dokument.write_pdf(finisher=a11y.finisher, pdf_variant=variant)
        except FatalURLFetchingError as fejl:
            aarsag = fejl.__cause__
            if isinstance(aarsag, PdfFejl):
                raise aarsag from None
            raise PdfFejl(f"a resource of the document cannot be read: {aarsag}") from aarsag
    if henter.afvist:
        # A picture inside an SVG picture: WeasyPrint leaves it out with a remark, but a document is whole or not made.
        raise henter.afvist[0]
    return Resultat(data, len(dokument.pages), tuple(advarsler))


def _jaevn_fodnoter(rod: Element) -> None:
    """Line breaks in the source of a footnote are spaces; WeasyPrint 70 prints them as line breaks."""
    for note in rod.iter():
        if FODNOTEKLASSE not in (note.get("class") or "").split():
            continue
        for element in note.iter():
            element.text = MELLEMRUM.sub(" ", element.text or "")
            if element is not note:
                element.tail = MELLEMRUM.sub(" ", element.tail or "")


@contextmanager
def _uden_oprydning() -> Iterator[None]:
    """Garbage collection costs a quarter of the time: boxes are many and none of them is garbage yet."""
    var_i_gang = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if var_i_gang:
            gc.enable()


class _Opsamler(logging.Handler):
    """Keeps the messages of warnings and errors."""

    def __init__(self, beskeder: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.beskeder = beskeder

    def emit(self, record: logging.LogRecord) -> None:
        self.beskeder.append(record.getMessage())


@contextmanager
def _bemaerkninger() -> Iterator[list[str]]:
    beskeder: list[str] = []
    for snaksom in (logging.getLogger("weasyprint.progress"), logging.getLogger("fontTools")):
        if snaksom.level == logging.NOTSET:
            # A line per page is for the child process, which asks for it, and not for the server's log.
            snaksom.setLevel(logging.WARNING)
    log, opsamler = logging.getLogger("weasyprint"), _Opsamler(beskeder)
    log.addHandler(opsamler)
    try:
        yield beskeder
    finally:
        log.removeHandler(opsamler)


@contextmanager
def _tavst() -> Iterator[None]:
    """Nothing is remarked; progress is another log."""
    log = logging.getLogger("weasyprint")

    def intet(_: logging.LogRecord) -> bool:
        return False

    log.addFilter(intet)
    try:
        yield
    finally:
        log.removeFilter(intet)
