"""An agreement on a supplement as a PDF of one page, for the parties' own files (T41)."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from socialaftale.kerne.models import Opsaetning
from socialaftale.kerne.pdf.oplysninger import Dokument
from takster.models import Tillaegsaftale

SKABELON = "dokumenter/tillaegsaftale.html"


def kontekst(aftale: Tillaegsaftale, fakta: list[tuple[str, str]]) -> dict[str, Any]:
    """What the template needs; `fakta` is the agreement in words."""
    dokument = Dokument(
        titel=f"Tillægsaftale {aftale.sagsnummer}",
        dato=timezone.localdate(aftale.oprettet_tidspunkt),
        udgiver=Opsaetning.hent().sekretariat_navn,
        emne=f"Aftale om tillægsydelse, {aftale.ydelse.tilbud.navn}",
    )
    return {"dokument": dokument, "aftale": aftale, "fakta": fakta}
