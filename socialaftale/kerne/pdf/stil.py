"""CSS that depends on data: the region's own colour with its tints, the fonts, the widths of columns.

The colour is data, so it may be light: what is written in it or on it is darkened or chosen until it can be read
(WCAG 2.1: contrast at least 4.5 to 1).
"""

import re
from collections.abc import Sequence
from pathlib import Path

FARVE = re.compile(r"#[0-9a-fA-F]{6}")
NAVN = re.compile(r"[a-z][a-z0-9-]*")
KONTRAST = 4.5
Rgb = tuple[int, int, int]
HVID: Rgb = (255, 255, 255)
SORT: Rgb = (0, 0, 0)

# File name (IBM Plex Sans, OFL), weight, style.
SNIT = (
    ("IBMPlexSans-Light", 300, "normal"),
    ("IBMPlexSans-Regular", 400, "normal"),
    ("IBMPlexSans-Italic", 400, "italic"),
    ("IBMPlexSans-SemiBold", 600, "normal"),
)


def _rgb(farve: str) -> Rgb:
    if not FARVE.fullmatch(farve):
        raise ValueError(f"not a colour of the form #rrggbb: {farve!r}")
    return int(farve[1:3], 16), int(farve[3:5], 16), int(farve[5:7], 16)


def _hex(rgb: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*rgb)


def _bland(en: Rgb, anden: Rgb, andel: float) -> Rgb:
    """``andel`` of the second colour in the first."""
    return tuple(round(a + (b - a) * andel) for a, b in zip(en, anden, strict=True))


def _lysstyrke(rgb: Rgb) -> float:
    """Relative luminance."""
    dele = [tal / 255 for tal in rgb]
    r, g, b = (del_ / 12.92 if del_ <= 0.04045 else ((del_ + 0.055) / 1.055) ** 2.4 for del_ in dele)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def kontrast(en: str, anden: str) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    lys, moerk = sorted((_lysstyrke(_rgb(en)), _lysstyrke(_rgb(anden))), reverse=True)
    return (lys + 0.05) / (moerk + 0.05)


def farver(egen: str) -> str:
    """The region's colour as CSS variables: itself, tints for surfaces and rules, text in it and text on it."""
    rgb = _rgb(egen)
    lys = _bland(rgb, HVID, 0.93)
    skrift = rgb
    while kontrast(_hex(skrift), _hex(lys)) < KONTRAST:
        skrift = _bland(skrift, SORT, 0.08)
    paa = "#ffffff" if kontrast(egen, "#ffffff") >= KONTRAST else "#14181c"
    modpol = _rgb(paa)
    variabler = {
        "egen": egen,
        "egen-skrift": _hex(skrift),
        "egen-lys": _hex(lys),
        "egen-streg": _hex(_bland(rgb, HVID, 0.72)),
        "egen-ton": _hex(_bland(rgb, modpol, 0.14)),
        "paa-egen": paa,
        "paa-egen-svag": _hex(_bland(modpol, rgb, 0.18)),
    }
    return ":root{" + ";".join(f"--{navn}:{vaerdi}" for navn, vaerdi in variabler.items()) + "}"


def skrifttyper(mappe: Path) -> str:
    """``@font-face`` for the cuts the documents use; ``mappe`` holds the woff2 files."""
    regler = []
    for fil, vaegt, stil in SNIT:
        url = (mappe.resolve() / f"{fil}.woff2").as_uri()
        regler.append(
            f'@font-face{{font-family:"IBM Plex Sans";font-weight:{vaegt};font-style:{stil};'
            f'src:url("{url}") format("woff2")}}'
        )
    return "".join(regler)


def kolonnebredder(klasse: str, bredder: Sequence[float]) -> str:
    """Column widths in percent of the table with this class; scaled so that they add up to 100."""
    if not NAVN.fullmatch(klasse):
        raise ValueError(f"not a class name: {klasse!r}")
    ialt = sum(bredder)
    return "".join(
        f"table.{klasse} col:nth-child({nummer}){{width:{100 * bredde / ialt:.3f}%}}"
        for nummer, bredde in enumerate(bredder, start=1)
    )
