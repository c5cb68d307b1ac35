"""Colours of the figures, their WCAG contrast, and the black-and-white-safe patterns (*mønstre*)."""

import enum
from collections.abc import Iterable
from functools import cache

from socialaftale.kerne.figurer.svg import element, kraev_id

MOERK = "#1a1a1a"
HVID = "#ffffff"
DAEMPET = "#454545"
GITTER = "#d9d9d9"
KANT = "#08306b"
KORTKANT = "#1f2933"
FULD_FARVE = "#08519c"
LYS_FARVE = "#9ecae1"
UKENDT_STREG = "#c9c9c9"

MINDSTE_KONTRAST = 4.5

_SKALAER = {
    1: ("#9ecae1",),
    2: ("#deebf7", "#4292c6"),
    3: ("#deebf7", "#9ecae1", "#08519c"),
    4: ("#deebf7", "#9ecae1", "#4292c6", "#08519c"),
    5: ("#eaf2fa", "#c0d9ee", "#86bbdc", "#4292c6", "#08519c"),
    6: ("#f0f6fc", "#d3e4f3", "#a9cfe5", "#74b0d8", "#3f8fc5", "#08519c"),
}


class Moenster(enum.Enum):
    """How a *serie* is filled. Each can be told from the others without colour."""

    FULD = "fuld"
    LYS = "lys"
    SKRAA = "skraa"
    PRIKKER = "prikker"
    KRYDS = "kryds"
    UKENDT = "ukendt"


@cache
def luminans(farve: str) -> float:
    """Relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    kanaler = (int(farve[i : i + 2], 16) / 255 for i in (1, 3, 5))
    roed, groen, blaa = (k / 12.92 if k <= 0.04045 else ((k + 0.055) / 1.055) ** 2.4 for k in kanaler)
    return 0.2126 * roed + 0.7152 * groen + 0.0722 * blaa


def kontrast(ene: str, anden: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, 1.4.3)."""
    lys, moerk = sorted((luminans(ene), luminans(anden)), reverse=True)
    return (lys + 0.05) / (moerk + 0.05)


def tekstfarve(fyld: str) -> str:
    """Dark or white text, whichever reads best on the fill; a fill on which neither reaches 4.5:1 is refused."""
    bedste = max((MOERK, HVID), key=lambda farve: kontrast(farve, fyld))
    if kontrast(bedste, fyld) < MINDSTE_KONTRAST:
        raise ValueError(f"No text colour reaches {MINDSTE_KONTRAST}:1 on {fyld}")
    return bedste


def skala(antal: int) -> tuple[str, ...]:
    """Fills for a number of classes, light to dark, so that the order also shows in a black-and-white print."""
    try:
        return _SKALAER[antal]
    except KeyError:
        raise ValueError(f"There is no colour scale with {antal} classes") from None


def _flise(moenster: Moenster) -> tuple[float, str]:
    """Side of the repeated square and what is drawn in it."""
    match moenster:
        case Moenster.SKRAA:
            return 6, _bund(6, HVID) + _streger("M-1.5 1.5 1.5-1.5M-1.5 7.5 7.5-1.5M4.5 7.5 7.5 4.5", FULD_FARVE, 1.8)
        case Moenster.PRIKKER:
            return 6, _bund(6, LYS_FARVE) + element("circle", cx=3, cy=3, r=1.4, fill=KANT)
        case Moenster.KRYDS:
            return 7, _bund(7, HVID) + _streger("M0 3.5H7M3.5 0V7", FULD_FARVE, 1.4)
        case _:
            return 6, _bund(6, HVID) + _streger(
                "M-1.5 4.5 1.5 7.5M-1.5-1.5 7.5 7.5M4.5-1.5 7.5 1.5", UKENDT_STREG, 1.2
            )


def _bund(side: float, farve: str) -> str:
    return element("rect", width=side, height=side, fill=farve)


def _streger(d: str, farve: str, bredde: float) -> str:
    return element("path", d=d, stroke=farve, stroke_width=bredde, fill="none")


def fyld(moenster: Moenster, id_praefiks: str) -> str:
    """Value of the fill attribute: a colour, or a reference to the pattern that ``defs`` makes."""
    match moenster:
        case Moenster.FULD:
            return FULD_FARVE
        case Moenster.LYS:
            return LYS_FARVE
        case _:
            return f"url(#{kraev_id(id_praefiks)}-{moenster.value})"


def defs(moenstre: Iterable[Moenster], id_praefiks: str) -> str:
    """Definitions of the patterns among these; a plain colour needs none."""
    dele = []
    for moenster in sorted(set(moenstre), key=lambda m: m.value):
        if moenster in (Moenster.FULD, Moenster.LYS):
            continue
        side, indhold = _flise(moenster)
        dele.append(
            element(
                "pattern",
                indhold,
                id=f"{kraev_id(id_praefiks)}-{moenster.value}",
                patternUnits="userSpaceOnUse",
                width=side,
                height=side,
            )
        )
    return "".join(dele)
