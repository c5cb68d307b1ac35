"""Looking something up in the handbook: sections that have all the words, with the words around the first of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from socialaftale.aftale.hentning import Laesetekst
from socialaftale.kerne.dansk import soegetekst
from socialaftale.kerne.tekst.rensning import ren_tekst

# Words shown on each side of the one that was found.
OMKRING = 14
_LUFT_FOER_TEGN = re.compile(r"\s+([,.;:!?)])")


@dataclass(frozen=True, slots=True)
class Traef:
    """A section that was found: its title, where it is, and the words around the first hit (marked)."""

    titel: str
    url: str
    uddrag: SafeString


def soeg(tekster: Iterable[Laesetekst], ord_: str, regler: dict[str, list[str]]) -> list[Traef]:
    """Sections in the order of the text; a rule number ("T17") finds the sections that tell of it."""
    soegte = soegetekst(ord_).split()
    if not soegte:
        return []
    fundne = []
    for tekst in tekster:
        titel, indhold = tekst.kapitel.fuld_titel, _LUFT_FOER_TEGN.sub(r"\1", ren_tekst(tekst.html))
        numre = " ".join(regler.get(tekst.kapitel.noegle, ()))
        samlet = soegetekst(f"{titel} {indhold}")
        egne = set(soegetekst(numre).split())
        if all(et in samlet or et in egne for et in soegte):
            fundne.append(Traef(titel, f"#{tekst.kapitel.noegle}", _uddrag(indhold, soegte)))
    return fundne


def _uddrag(indhold: str, soegte: list[str]) -> SafeString:
    ord_ = indhold.split()
    foldede = [soegetekst(et) for et in ord_]
    plads = next((nr for nr, et in enumerate(foldede) if any(s in et for s in soegte)), 0)
    fra, til = max(0, plads - OMKRING), min(len(ord_), plads + OMKRING + 1)
    stykker = [
        format_html("<mark>{}</mark>", ord_[nr]) if any(s in foldede[nr] for s in soegte) else escape(ord_[nr])
        for nr in range(fra, til)
    ]
    # Every piece is escaped above.
    samlet = mark_safe(" ".join(stykker))  # noqa: S308
    return format_html("{}{}{}", "… " if fra else "", samlet, " …" if til < len(ord_) else "")
