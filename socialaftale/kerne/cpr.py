"""Finds what looks like a civil registration number (CPR), so that it can be refused before it is stored.

There is no modulus check: numbers given out since 2007 need not satisfy it.
"""

import re
from datetime import date

# The variants of hyphen and space that Word, PDF text and web pages put in place of the typed ones.
_SKILLETEGN = "-\u2010\u2011\u2012\u2013\u2212 \u00a0\u2009\u202f"
_KANDIDAT = re.compile(rf"(?<![0-9])([0-9]{{2}})([0-9]{{2}})([0-9]{{2}})[{_SKILLETEGN}]?[0-9]{{4}}(?![0-9])")
# 2000 is a leap year and 1900 is not: 29 February counts when any century the two digits can mean has it.
_AARHUNDREDER = (1800, 1900, 2000)


def _er_dato(dag: int, maaned: int, aar: int) -> bool:
    for aarhundrede in _AARHUNDREDER:
        try:
            date(aarhundrede + aar, maaned, dag)
        except ValueError:
            continue
        return True
    return False


def find_cpr(tekst: str) -> list[int]:
    """Positions where six digits that are a date (ddmmyy), an optional hyphen or space, and four digits begin.

    Only positions are returned, so that no message or log can repeat the number itself.
    """
    return [fund.start() for fund in _KANDIDAT.finditer(tekst) if _er_dato(*map(int, fund.groups()))]
