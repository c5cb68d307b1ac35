"""Cells of tables: what their headings say, and the numbers in them."""

from __future__ import annotations

import re
from decimal import Decimal

from socialaftale.kerne.tekst.port.laesning import Blok, Portkapitel, Tabel

_CELLETAL = re.compile(
    r"\s*(?:ca\.\s)?(?P<fortegn>[-−–+]?)\s?(?P<hele>\d{1,3}(?:[. ]\d{3})+|\d+)(?:,(?P<dec>\d+))?\s?"
    r"(?P<enhed>%|procent|pct\.?|mio\.(?:\skr\.)?|mia\.(?:\skr\.)?|kr\.)?\s*"
)


def celletal(tekst: str) -> tuple[Decimal, int, str] | None:
    """Value, number of decimals and unit of a cell that holds one number and nothing else."""
    fund = _CELLETAL.fullmatch(tekst)
    if fund is None:
        return None
    vaerdi = Decimal(f"{re.sub('[. ]', '', fund['hele'])}.{fund['dec'] or '0'}")
    negativ = fund["fortegn"] in ("-", "−", "–") and fund["fortegn"]
    enhed = (fund["enhed"] or "").rstrip(".")
    return -vaerdi if negativ else vaerdi, len(fund["dec"] or ""), "%" if enhed in ("procent", "pct") else enhed


def kolonner(raekke: list[Blok]) -> dict[int, Blok]:
    """The cells of a row by column, counting what they span."""
    resultat, kolonne = {}, 0
    for celle in raekke:
        resultat[kolonne] = celle
        bredde = celle.attributter.get("colspan", "1")
        kolonne += int(bredde) if bredde.isdigit() else 1
    return resultat


def hovedraekke(tabel: Tabel) -> list[Blok]:
    """The first row, when it is one of headings: of th, or without a number."""
    if not tabel.raekker:
        return []
    foerste = tabel.raekker[0]
    er_hoved = all(c.art == "th" for c in foerste) or not any(celletal(c.tekst) for c in foerste)
    return foerste if er_hoved else []


def hovedtekst(kapitel: Portkapitel) -> dict[int, str]:
    """For every cell's block number the words of its row, its column and the table's caption."""
    tekster: dict[int, str] = {}
    for tabel in kapitel.tabeller:
        hoved = kolonner(hovedraekke(tabel))
        titel = tabel.overskrift.tekst if tabel.overskrift else ""
        for raekke in tabel.raekker:
            celler = kolonner(raekke)
            foerste = celler.get(0)
            for kolonne, celle in celler.items():
                over = hoved.get(kolonne)
                dele = [d.tekst for d in (foerste, over) if d is not None and d is not celle]
                tekster[celle.nummer] = " ".join([*dele, titel])
    return tekster
