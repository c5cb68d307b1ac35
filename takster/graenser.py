"""The limits of a rule set and who decides what under it, in words, for the pages that show them."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from socialaftale.kerne.models import Beslutningskompetence
from socialaftale.kerne.sager.kompetence import bruges_af
from socialaftale.kerne.talformat import HAARDT_MELLEMRUM, skriv_tal
from takster.beregning.regelsaet import graensebeskrivelser
from takster.models import Regelsaet


class Graenselinje(NamedTuple):
    """One limit as shown: name, value with unit, what it is used for, rule number, source, and if it differs."""

    felt: str
    navn: str
    vaerdi: str
    bruges: str
    regel: str
    kilde: str
    foer: str


def skriv_graense(vaerdi: Decimal | int, enhed: str) -> str:
    return f"{skriv_tal(vaerdi)}{HAARDT_MELLEMRUM}{enhed}"


def graenselinjer(regelsaet: Regelsaet, forrige: Regelsaet | None = None) -> list[Graenselinje]:
    """Every limit; `foer` is the value in the set before where that was another, else ""."""
    regler, gamle = regelsaet.regler(), forrige.regler() if forrige else None
    linjer = []
    for graense in graensebeskrivelser():
        vaerdi = getattr(regler, graense.felt)
        foer = getattr(gamle, graense.felt) if gamle else vaerdi
        linjer.append(
            Graenselinje(
                graense.felt,
                graense.navn,
                skriv_graense(vaerdi, graense.enhed),
                graense.bruges,
                graense.regel,
                regelsaet.kilde(graense.felt),
                skriv_graense(foer, graense.enhed) if foer != vaerdi else "",
            )
        )
    return linjer


class Kompetencelinje(NamedTuple):
    """Who decides an event as shown (T69); `foer` is who did in the set before where that was another."""

    linje: Beslutningskompetence
    bruges: str
    foer: str


def kompetencelinjer(regelsaet: Regelsaet, forrige: Regelsaet | None = None) -> list[Kompetencelinje]:
    """T69 as it is in a rule set; two queries."""
    gamle = (
        {linje.noegle: linje for linje in Beslutningskompetence.objects.for_aar(forrige.fra_aar)} if forrige else {}
    )
    linjer = []
    for linje in Beslutningskompetence.objects.for_aar(regelsaet.fra_aar):
        gammel = gamle.get(linje.noegle, linje)
        arter = bruges_af(linje)
        bruges = f"Sager: {', '.join(arter)}" if arter else "Til oplysning. Der er ingen sager, som følger linjen"
        linjer.append(Kompetencelinje(linje, bruges, gammel.hvem if gammel.hvem != linje.hvem else ""))
    return linjer
