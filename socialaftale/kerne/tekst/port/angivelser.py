"""Numbers that do not say what they are: an amount without its year, places without kind and year, no unit, two signs.

Part of the class of typed numbers: it is asked about those that are not known from elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from socialaftale.kerne.tekst.port.bygning import Melder
from socialaftale.kerne.tekst.port.fund import Alvor, Fund
from socialaftale.kerne.tekst.port.laesning import OBJEKT, Blok, Portkapitel
from socialaftale.kerne.tekst.port.soegning import alle_traef
from socialaftale.kerne.tekst.port.taltekst import INGEN_ENHED, TALORD

if TYPE_CHECKING:
    from socialaftale.kerne.tekst.port.tal import Sammenhaeng

_AAR = re.compile(rf"\b(?:19|20)\d\d\b|prisniveau|niveau|{OBJEKT}")
# Words that name a direction or a side themselves; with a minus as well nobody knows which way.
_RETNING = re.compile(
    r"\b(underskud|overskud|fald|reduktion|nedgang|besparelse|stigning|vækst|forøgelse|mindreforbrug|merforbrug)\w*"
    r"(?:\s\w+){0,2}\s(?:på|til|med)\s(?:ca\.\s)?(?P<minus>[-−–])\s?(?=\d)",
    re.IGNORECASE,
)

_NAESTE_TAL = re.compile(
    rf"\s*(?:ud\saf|af|og|eller|til|mod)\s(?:de\s|alle\s|i\salt\s)*(?:\d|(?:{'|'.join(TALORD)})\b)", re.IGNORECASE
)


def find(melder: Melder, rest: Iterable[Sammenhaeng]) -> Iterator[Fund]:
    """What the typed numbers that nothing else is known of fail to say."""
    for s in rest:
        yield from _enkelt(melder, s)


def _enkelt(melder: Melder, s: Sammenhaeng) -> Iterator[Fund]:
    tal, blok = s.tal, s.blok
    har_aar = _AAR.search(blok.tekst)
    ord_ = tal.efter[0] if tal.efter else ""
    if tal.art == "kr" and not har_aar:
        yield melder.meld(
            "beloeb_uden_aar",
            s.kapitel,
            blok,
            tal.fra,
            tal.til,
            f"Beløbet “{tal.tekst}” har intet år",
            "Et beløb siger kun noget sammen med året eller prisniveauet. Skriv det til.",
            alvor=Alvor.ADVARSEL,
        )
    elif tal.art == "antal" and "pladser" in ord_ and tal.vaerdi >= 10 and not har_aar:
        yield melder.meld(
            "pladser_uden_aar",
            s.kapitel,
            blok,
            tal.fra,
            tal.til,
            f"“{tal.tekst} {ord_}” har intet år",
            "Et antal pladser gælder et år og en slags plads (aftalt, godkendt, budgetteret). Skriv det til.",
            alvor=Alvor.ADVARSEL,
        )
    elif tal.art == "antal" and not tal.er_ord and tal.hoejst is None and _er_uden_enhed(s, ord_):
        yield melder.meld(
            "uden_enhed",
            s.kapitel,
            blok,
            tal.fra,
            tal.til,
            f"Tallet “{tal.tekst}” har ingen enhed",
            "Skriv, hvad der er talt: borgere, ydelser, døgn, timer eller pladser.",
            alvor=Alvor.ADVARSEL,
        )


def _er_uden_enhed(s: Sammenhaeng, ord_: str) -> bool:
    """No word tells what is counted, nor does the next number ("3 af de 8 tilbud"); terms of a sum are let be."""
    efter = s.blok.tekst[s.tal.til : s.tal.til + 40]
    i_regnestykke = re.search(r"[=+×x*/:]\s?$", s.blok.tekst[: s.tal.fra]) or re.match(r"\s?[=+×*/)]", efter)
    return not (i_regnestykke or (ord_ and ord_ not in INGEN_ENHED) or _NAESTE_TAL.match(efter))


def dobbelt_fortegn(melder: Melder, kapitel: Portkapitel, blok: Blok) -> Iterator[Fund]:
    """A minus behind a word that says the direction itself."""
    for traef in alle_traef(_RETNING, blok.tekst):
        plads = traef.start("minus")
        yield melder.meld(
            "dobbelt_fortegn",
            kapitel,
            blok,
            traef.start(),
            traef.end(),
            f"“{traef[1]}” og minus siger det samme to gange",
            "Et underskud med minus foran kan læses som et overskud. Ordet viser retningen, så skriv intet minus.",
            ord_=blok.tekst[traef.start() : plads],
        )
