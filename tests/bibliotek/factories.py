"""Documents of the library for tests."""

from __future__ import annotations

from typing import Any

from socialaftale.aftale.bibliotek.enums import Biblioteksart
from socialaftale.aftale.bibliotek.handlinger import opret
from socialaftale.aftale.models import Biblioteksdokument
from socialaftale.kerne.adgang import Adgang
from tests.kerne.pdffiler import lav_pdf


def laeg_op(data: bytes | None = None, **felter: Any) -> Biblioteksdokument:
    """A document with its first version."""
    felter = {"art": Biblioteksart.STATUS, "titel": "Status", **felter}
    return opret(
        Biblioteksdokument(**felter),
        adgang=Adgang.system(),
        filnavn="Status.pdf",
        data=data or lav_pdf(felter["titel"]),
    )
