"""Danish alphabet in plain Python: sorting like ICU's da-x-icu, search text and slugs."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# The name of PostgreSQL's own Danish ICU collation; SQLite gets `sammenlign` registered under the same name.
SORTERING = "da-x-icu"

# ICU's order for the characters that occur in names and headings. A space sorts before everything.
_RAEKKEFOELGE = " _-–—,;:!?.…·'‘’\"“”«»()[]{}§@*/\\&#%`´^¨°+<=>|~−$£€0123456789abcdefghijklmnopqrstuvwxyzæøå"
_PRIMAER = {tegn: vaegt for vaegt, tegn in enumerate(_RAEKKEFOELGE)}
# Letters that sort as another Danish letter and differ from it in the second place only.
_SOM_ANDET = {"ä": "æ", "ö": "ø", "ő": "ø", "ü": "y", "ű": "y", "đ": "d", "ð": "d"}
_EKSPANDERET = {"ß": "ss", "þ": "th", "œ": "oe", "\u00a0": " ", "\u202f": " ", "\u2009": " "}
# Upper case comes first, and å before aa of the same case; "aA" is two letters, as in ICU.
_STORT, _LILLE = 0, 3
_VAEGT_AF_AA = {"AA": 1, "Aa": 2, "aa": 4}
_SAMMENDRAG = re.compile("(AA|Aa|aa)")
_USYNLIGE = {"Cc", "Cf"}
_MELLEMRUM = re.compile(r"\s+")
_IKKE_SLUG = re.compile(r"[^a-z0-9]+")
_RING = "\u030a"
_AKCENTER = {
    tegn: vaegt for vaegt, tegn in enumerate("\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307", 1)
}
_KUN_DANSKE = re.compile(r"[\x00-\x7fæøåÆØÅ]*")
_UKENDT_AKCENT = len(_AKCENTER) + 1
_SLUGBOGSTAVER = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss", "þ": "th", "ð": "d", "đ": "d", "œ": "oe"})

Sorteringsnoegle = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...], str]


def _uden_accenter(tekst: str) -> str:
    """Fold case and drop accents, but keep å (also when stored as a + ring), æ and ø."""
    if _KUN_DANSKE.fullmatch(tekst):
        # Nearly all there is, and many times a page: no letter of it is taken apart for good.
        return tekst.lower()
    # Twice: some letters (mathematical bold) get a case only when they are taken apart.
    foldet = unicodedata.normalize("NFKD", tekst).casefold()
    spaltet = unicodedata.normalize("NFKD", foldet).replace("a" + _RING, "å")
    return "".join(tegn for tegn in spaltet if not unicodedata.combining(tegn))


def soegetekst(tekst: str) -> str:
    """The text as stored and compared in search: lower case, aa = å, no accents, single spaces.

    Apply it to both sides: soegetekst("Aalborg") == soegetekst("ÅLBORG").
    """
    return _MELLEMRUM.sub(" ", _uden_accenter(tekst)).strip().replace("aa", "å")


def slug(tekst: str) -> str:
    """ASCII for addresses: "Specialbørnehjemmet Kvisten, Ø-huset" → "specialboernehjemmet-kvisten-oe-huset"."""
    return _IKKE_SLUG.sub("-", _uden_accenter(tekst).translate(_SLUGBOGSTAVER)).strip("-")


def _elementer(tekst: str) -> Iterator[tuple[str, int]]:
    """Letters in lower case with their third-place weight: upper case first, å before aa of the same case.

    The text is split in its decomposed form because ICU reads the rare "aå" as aa with a ring.
    """
    for stykke in _SAMMENDRAG.split(unicodedata.normalize("NFD", tekst)):
        if stykke in _VAEGT_AF_AA:
            yield "å", _VAEGT_AF_AA[stykke]
            continue
        for tegn in unicodedata.normalize("NFC", stykke):
            vaegt = _STORT if tegn != tegn.lower() else _LILLE
            for bogstav in _EKSPANDERET.get(tegn.lower(), tegn.lower()):
                yield bogstav, vaegt


@lru_cache(maxsize=65_536)
def sorteringsnoegle(tekst: str) -> Sorteringsnoegle:
    """Key that sorts names as PostgreSQL's da-x-icu does.

    First the letters (… z æ ø å, with aa as å), then accents, then case (upper first), at last the text itself, so
    that only identical texts are equal, as in a deterministic collation.
    """
    primaer: list[int] = []
    sekundaer: list[int] = []
    tertiaer: list[int] = []
    for bogstav, vaegt in _elementer(tekst):
        if bogstav in _SOM_ANDET:
            grundtegn, akcenter = _SOM_ANDET[bogstav], [_UKENDT_AKCENT]
        elif bogstav in _PRIMAER:
            grundtegn, akcenter = bogstav, []
        else:
            grundtegn, *maerker = unicodedata.normalize("NFD", bogstav)
            akcenter = [_AKCENTER.get(maerke, _UKENDT_AKCENT) for maerke in maerker]
        kategori = unicodedata.category(grundtegn)
        if kategori in _USYNLIGE:
            continue
        if kategori == "Mn":
            sekundaer.append(_AKCENTER.get(grundtegn, _UKENDT_AKCENT))
            tertiaer.append(_LILLE)
            continue
        primaer.append(_PRIMAER.get(grundtegn, len(_PRIMAER) + ord(grundtegn)))
        sekundaer += [0, *akcenter]
        tertiaer += [vaegt] + [_LILLE] * len(akcenter)
    return tuple(primaer), tuple(sekundaer), tuple(tertiaer), tekst


def sammenlign(a: str, b: str) -> int:
    """−1, 0 or 1: the collation function that SQLite is given under the name SORTERING."""
    if a == b:
        return 0
    return -1 if sorteringsnoegle(a) < sorteringsnoegle(b) else 1
