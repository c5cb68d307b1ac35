"""A submitted takstskema as a PDF: the receipt, the figures and the calculation."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from socialaftale.kerne.models import Opsaetning
from socialaftale.kerne.pdf.oplysninger import Dokument
from socialaftale.kerne.pdf.stil import kolonnebredder
from takster.beregning.kontrolraekke import Skemaberegning
from takster.models import Takstskema

SKABELON = "dokumenter/takstskema.html"


def css(har_sidste_aar: bool) -> str:
    """Widths of the columns: names and formulas wide, figures narrow."""
    return kolonnebredder("skemaark", [58, 21, 21] if har_sidste_aar else [72, 28]) + kolonnebredder(
        "skematrin", [25, 52, 23]
    )


def kontekst(
    skema: Takstskema,
    beregning: Skemaberegning,
    *,
    oplysninger: list[tuple[str, str]],
    ark: Any,
) -> dict[str, Any]:
    """What `dokumenter/takstskema.html` needs; `oplysninger` are the lines of the receipt, `ark` the cost lines."""
    opsaetning = Opsaetning.hent()
    dokument = Dokument(
        titel=f"Takstskema {skema.aar}, {skema.ydelse.tilbud.navn}",
        dato=timezone.localdate(skema.indsendt_tidspunkt),
        udgiver=opsaetning.sekretariat_navn,
        emne=f"Takstskema {skema.sagsnummer}",
    )
    return {
        "dokument": dokument,
        "skema": skema,
        "oplysninger": oplysninger,
        "ark": ark,
        "trin": beregning.beregningstrin,
    }
