"""Counts of citizens so small that they may lead to persons. The limit is the one of the central udmeldinger."""

from __future__ import annotations

import re
from collections.abc import Iterator

from socialaftale.kerne.tekst.port.bygning import Melder
from socialaftale.kerne.tekst.port.celler import celletal, hovedtekst
from socialaftale.kerne.tekst.port.fund import Fund, Klasse
from socialaftale.kerne.tekst.port.laesning import Blok, Portkapitel, Porttekst
from socialaftale.kerne.tekst.port.soegning import alle_traef
from socialaftale.kerne.tekst.port.taltekst import TALORD, laes
from socialaftale.kerne.tekst.port.viden import Viden

_PERSON = (
    r"(?:borger(?:e|ne)?|person(?:er|erne)?|barn|børn|unge|ung|kvinde(?:r|rne)?|mand|mænd|gravide|elev(?:er)?|beboer(?:e|ne)?|"
    r"patient(?:er)?|dømte|domfældte|voksne|ældre|mennesker|klient(?:er)?|anbragte|deltagere?)"
)
_MED_PERSON = re.compile(rf"^(?:[^\W\d]+\s){{0,2}}?{_PERSON}\b", re.IGNORECASE)
# "én borger", "en enkelt borger", "1 borger" is one; "en borger" is any.
_EN = re.compile(
    rf"\b(?P<en>(?:kun\s)?(?:én|ét)|(?:en|et)\seneste|(?:en|et)\senkelt)\s(?:[^\W\d]+\s){{0,2}}?{_PERSON}\b",
    re.IGNORECASE,
)
_PERSONKOLONNE = re.compile(rf"\b(?:antal\s\w+|{_PERSON})\b|borgere?\b", re.IGNORECASE)
_INTET_ANTAL = re.compile(r"\b(?:hver(?:t)?|pr\.|per|for|mellem|de)\s$", re.IGNORECASE)
HVORFOR = "Så små antal kan føre til bestemte personer. Grænsen er {} ({} og derunder). Skriv det uden tal."


def find(tekst: Porttekst, viden: Viden) -> Iterator[Fund]:
    """Typed counts in prose and in tables, and live figures of citizens; nothing when nobody has set a limit."""
    graense = viden.smaatalsgraense
    if graense is None:
        return
    melder = Melder(Klasse.SMAATAL, viden)
    levende = _levende(viden, graense)
    for kapitel, blok in tekst.prosa:
        for plads, henvisning in blok.henvisninger:
            if str(henvisning) in levende:
                yield _meld(melder, kapitel, blok, (plads, plads + 1), graense, None)
        if blok.er_celle:
            continue
        yield from _i_saetninger(melder, kapitel, blok, graense)
    for kapitel in tekst.kapitler:
        yield from _i_tabeller(melder, kapitel, graense)


def _levende(viden: Viden, graense: int) -> set[str]:
    """References that print a small count of citizens."""
    return {
        form
        for kendt in viden.tal
        if kendt.enhed and re.fullmatch(_PERSON, kendt.enhed, re.IGNORECASE)
        if len(kendt.vaerdier) == 1 and 1 <= kendt.vaerdier[0].vaerdi <= graense
        for form in kendt.trykt
    }


def _i_saetninger(melder: Melder, kapitel: Portkapitel, blok: Blok, graense: int) -> Iterator[Fund]:
    for tal in laes(blok.tekst):
        if tal.art != "antal" or tal.hoejst is not None or not 1 <= tal.vaerdi <= graense or tal.vaerdi % 1:
            continue
        efter = blok.tekst[tal.til :].lstrip()
        if _MED_PERSON.match(efter) and not _INTET_ANTAL.search(blok.tekst, 0, tal.fra):
            yield _meld(melder, kapitel, blok, (tal.fra, tal.til), graense, "få" if tal.vaerdi > 1 else None)
    for traef in alle_traef(_EN, blok.tekst):
        yield _meld(melder, kapitel, blok, traef.span("en"), graense, None)


def _i_tabeller(melder: Melder, kapitel: Portkapitel, graense: int) -> Iterator[Fund]:
    """Cells of columns, rows or tables that count citizens; years and shares are no counts."""
    hoveder = hovedtekst(kapitel)
    for tabel in kapitel.tabeller:
        for raekke in tabel.raekker:
            for celle in raekke:
                laest = celletal(celle.tekst)
                taeller = _PERSONKOLONNE.search(hoveder.get(celle.nummer, ""))
                if laest and laest[1:] == (0, "") and 1 <= laest[0] <= graense and taeller:
                    fra = re.search(r"\d", celle.tekst).start()
                    til = len(celle.tekst.rstrip())
                    yield _meld(melder, kapitel, celle, (fra, til), graense, f"1-{graense}")


def _meld(
    melder: Melder, kapitel: Portkapitel, blok: Blok, sted: tuple[int, int], graense: int, ord_: str | None
) -> Fund:
    skrevet = blok.vist(melder.skriv, *sted)
    i_ord = next((ord_ for ord_, tal in TALORD.items() if tal == graense), str(graense))
    return melder.meld(
        "borgere",
        kapitel,
        blok,
        *sted,
        f"“{skrevet}” er et lille antal borgere",
        HVORFOR.format(graense, i_ord),
        ord_=ord_,
    )
