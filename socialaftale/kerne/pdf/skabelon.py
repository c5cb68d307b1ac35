"""From a Django template to a PDF: the one module here that knows Django and where the files of the product lie."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from socialaftale.kerne.pdf import stil
from socialaftale.kerne.pdf.byg import Resultat, Stilark, byg_pdf
from socialaftale.kerne.pdf.proces import Fremdrift, byg_pdf_i_barn

STANDARDFARVE = "#14518b"
SKRIFTMAPPE = Path("node_modules", "dkfds", "dist", "fonts", "IBMPlexSans", "complete", "woff2")


def rodmapper() -> tuple[Path, ...]:
    """The folders a document may read from: our static files and the fonts."""
    basis = Path(settings.BASE_DIR)
    return basis / "static", basis / SKRIFTMAPPE


def stilark(farve: str = STANDARDFARVE, ekstra: str = "") -> tuple[Stilark, ...]:
    """The style sheets of every document, in the region's colour; ``ekstra`` is CSS for one document."""
    statisk, skrifter = rodmapper()
    dokument = statisk / "app" / "pdf" / "dokument.css"
    return (stil.skrifttyper(skrifter), stil.farver(farve), dokument, *([ekstra] if ekstra else []))


def byg_fra_skabelon(skabelon: str, kontekst: dict[str, Any], *, farve: str = STANDARDFARVE, css: str = "") -> bytes:
    """The PDF of a template that extends ``dokumenter/grund.html``, made in this process."""
    html = render_to_string(skabelon, kontekst)
    return byg_pdf(html, stilark=stilark(farve, css), rodmapper=rodmapper())


def byg_fra_skabelon_i_barn(
    skabelon: str,
    kontekst: dict[str, Any],
    *,
    farve: str = STANDARDFARVE,
    css: str = "",
    fremdrift: Fremdrift | None = None,
    tidsgraense: float = 300,
) -> Resultat:
    """As ``byg_fra_skabelon``, in a child process with progress and limits: for jobs."""
    html = render_to_string(skabelon, kontekst)
    return byg_pdf_i_barn(
        html,
        stilark=stilark(farve, css),
        rodmapper=rodmapper(),
        fremdrift=fremdrift,
        tidsgraense=tidsgraense,
    )
