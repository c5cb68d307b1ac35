"""Two people in the same row: a save carries the version its page was opened with, and the later one is told.

And two people who make the same new row: the later one is told at the field.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet


class HarVersion(Protocol):
    """A row that counts its saves."""

    pk: Any
    version: int


class Versionskonflikt(Exception):
    """Somebody saved the row after the page was opened; `nyeste` is what it has become.

    Views answer 409 with both versions: the saved one to read, the typed one to go on with.
    """

    def __init__(self, nyeste: HarVersion) -> None:
        super().__init__(f"{type(nyeste).__name__} {nyeste.pk} is at version {nyeste.version} by now.")
        self.nyeste = nyeste


def kraev_version(raekke: HarVersion, version: int | None) -> None:
    """The (locked) row is still what the user saw; None when the step does not depend on its contents."""
    if version is not None and version != raekke.version:
        raise Versionskonflikt(raekke)


def laes_version(tekst: str | None) -> int:
    """The version a page sent back; 0, which no saved row has, for anything else."""
    return int(tekst) if tekst and tekst.isascii() and tekst.isdigit() and len(tekst) < 10 else 0


@contextmanager
def fang_unik(findes: QuerySet, felt: str, besked: str) -> Iterator[None]:
    """Check or save a row that may be there only once: when another got in between, say so at `felt`.

    `findes` finds the row that is in the way; any other broken constraint is a fault and stays one.
    """
    try:
        with transaction.atomic():
            yield
    except (IntegrityError, ValidationError) as fejl:
        if not findes.exists():
            raise
        raise ValidationError({felt: besked}) from fejl
