"""The region's words for the gate, from its folder of data: terms not used, names of bodies, former addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass

from socialaftale.kerne import datamappe
from socialaftale.kerne.tekst.port.viden import Kendtnavn, Term

FIL = ("aftaler", "ordliste.json")


@dataclass(frozen=True, slots=True)
class Ordliste:
    termer: tuple[Term, ...] = ()
    navne: tuple[Kendtnavn, ...] = ()
    # Address -> "web" or "mail".
    gamle_adresser: tuple[tuple[str, str], ...] = ()


def laes() -> Ordliste:
    """The list, empty for a region without one; raises `Datafejl` that names the entry."""
    if not datamappe.findes(*FIL):
        return Ordliste()
    data = datamappe.laes_json(*FIL)
    termer = []
    for post in data.get("termer", []):
        with datamappe.i_filen(*FIL, post=post.get("undgaa", "")):
            termer.append(_term(post))
    with datamappe.i_filen(*FIL):
        navne = tuple(Kendtnavn(post["navn"], "det", tuple(post.get("ogsaa", ()))) for post in data.get("navne", []))
        return Ordliste(tuple(termer), navne, tuple(data.get("gamle_adresser", {}).items()))


def _term(post: dict[str, str]) -> Term:
    try:
        re.compile(post["undgaa"])
    except re.error as fejl:
        raise ValueError(f"er ikke et gyldigt regulært udtryk ({fejl})") from fejl
    return Term(post["undgaa"], post["brug"], post["hvorfor"])
