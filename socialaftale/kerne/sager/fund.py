"""What a check of a case found; plain Python, so that the rules can be written and tested without Django."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sagsfund:
    """One finding: stable code, rule number, whether it stops the case, and the text for the user."""

    kode: str
    regel: str
    blokerer: bool
    tekst: str


def fejl(kode: str, regel: str, tekst: str) -> Sagsfund:
    """A finding that stops the case."""
    return Sagsfund(kode, regel, True, tekst)


def advarsel(kode: str, regel: str, tekst: str) -> Sagsfund:
    """A finding the body should know of."""
    return Sagsfund(kode, regel, False, tekst)


def blokerende(fund: Iterable[Sagsfund]) -> list[Sagsfund]:
    return [et for et in fund if et.blokerer]
