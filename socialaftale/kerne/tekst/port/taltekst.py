"""Numbers as they are written in Danish prose, read for comparison: "ca. 2.400", "23 procent", "hver fjerde", "tolv".

What looks like a number and is none (paragraphs, years, dates, labels, addresses, ages) is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from socialaftale.kerne.datoformat import MAANEDER
from socialaftale.kerne.penge import afrund
from socialaftale.kerne.tekst.port.soegning import HUSKES

_MAANED = "|".join(MAANEDER)
_ENERE = ("to", "tre", "fire", "fem", "seks", "syv", "otte", "ni")
_TIERE = {"tyve": 20, "tredive": 30, "fyrre": 40, "halvtreds": 50, "tres": 60, "halvfjerds": 70, "firs": 80}
_TIERE["halvfems"] = 90
TALORD: dict[str, int] = {
    **{ord_: tal for tal, ord_ in enumerate(_ENERE, start=2)},
    **{
        ord_: tal
        for tal, ord_ in enumerate(
            ["ti", "elleve", "tolv", "tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten"], start=10
        )
    },
    **_TIERE,
    **{
        f"{ener}og{tier}": vaerdi + tal
        for tier, vaerdi in _TIERE.items()
        for tal, ener in enumerate(("en", *_ENERE), start=1)
    },
    "hundrede": 100,
    "tusind": 1000,
}
ORDENSTAL = {
    "anden": 2,
    "andet": 2,
    "tredje": 3,
    "fjerde": 4,
    "femte": 5,
    "sjette": 6,
    "syvende": 7,
    "ottende": 8,
    "niende": 9,
    "tiende": 10,
    "tyvende": 20,
}
_DELE = {"tredjedel": 3, "fjerdedel": 4, "femtedel": 5, "sjettedel": 6, "ottendedel": 8, "tiendedel": 10}
_STOERRELSER = {
    "mio": 10**6,
    "million": 10**6,
    "millioner": 10**6,
    "mia": 10**9,
    "milliard": 10**9,
    "milliarder": 10**9,
    "tusind": 10**3,
}

_FORLED = (
    r"(?P<forled>(?:ca\.|cirka|omkring|omtrent|knapt?|godt|næsten|lidt over|lidt under|mere end|over|op mod)\s+)?"
)
_CIFRE = r"\d{1,3}(?:[. ]\d{3})+(?!\d)|\d+"
_TAL = re.compile(
    rf"(?<![\w.,/\-–§]){_FORLED}\+?(?P<hele>{_CIFRE})"
    # A full stop for a comma is read where a unit tells what is meant: "1.88 mia."
    r"(?:,(?P<dec>\d+)|\.(?P<punktum>\d{1,2})(?=\s?(?:%|pct|procent|mio|mia|million|milliard)))?"
    rf"(?:\s?[-–]\s?(?P<til>{_CIFRE})(?:,(?P<tildec>\d+))?)?"
    r"(?:\s?(?P<pct>%|procent\b|pct\.?(?!\w)))?"
    r"(?:\s?(?P<stor>mio\b\.?|mia\b\.?|millioner|milliarder|million|milliard|tusind)(?!\w))?"
    r"(?:\s?(?P<kr>kr\b\.?|kroner\b))?"
    r"(?![\w/])(?![.,]\d)",
    re.IGNORECASE,
)
_TALORD = re.compile(
    rf"\b{_FORLED}(?P<ord>{'|'.join(sorted(TALORD, key=len, reverse=True))})\b"
    r"(?:\s(?P<pct>procent|pct\.?|%))?(?:\s(?P<stor>millioner|milliarder))?(?:\s(?P<kr>kr\b\.?|kroner\b))?",
    re.IGNORECASE,
)
_BROEK = re.compile(
    rf"\b{_FORLED}(?:hver(?:t)?\s(?P<hver>{'|'.join(ORDENSTAL)})\b"
    r"(?!\s(?:uge|måned|år|dag|gang|kvartal|time|weekend|halvår|nat|morgen))"
    r"|(?P<halv>halvdelen|halvparten)\b"
    rf"|(?P<antal>en|én|to|tre|fire)\s(?P<del>{'|'.join(_DELE)})(?:en|e|ene)?\b)",
    re.IGNORECASE,
)
_ENHED_EFTER = r"(?!\s(?:%|pct|procent|kr\b|mio|mia|dage\b|timer\b|[a-zæøå-]*pladser|borgere|personer))"
# Digits that are no figures.
UNDTAGELSER = re.compile(
    "|".join(
        (
            r"§§\s?\d+(?:\s[a-z](?:\s?[-–]\s?[a-z])?\b)?(?:(?:,|\s(?:og|eller|til|samt))\s\d+(?:\s[a-z]\b)?)*",
            r"§\s?\d+(?:\s?[a-z]\b)?",
            r"\b(?:stk|nr|pkt|litra)\.\s?\d+",
            rf"\b(?:19|20)\d\d\s?[-–/]\s?(?:(?:19|20)\d\d|\d\d)\b{_ENHED_EFTER}",
            rf"\b\d{{1,2}}\.(?:\s?[-–]\s?\d{{1,2}}\.)?\s?(?:{_MAANED})\b(?:\s(?:19|20)\d\d)?",
            rf"\b(?:{_MAANED})\s(?:19|20)\d\d\b",
            r"\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d\b",
            r"\b\d{1,2}/\d{1,2}\b",
            rf"(?<![\d.,])(?:19|20)\d\d\b(?![.,]\d){_ENHED_EFTER}",
            r"\b\d{4}-\d{4,}\b",
            r"\b\d{6}[- ]?\d{4}\b",
            r"\bkl\.\s?\d{1,2}(?:[.:]\d\d)?(?:\s?[-–]\s?\d{1,2}(?:[.:]\d\d)?)?",
            r"\b(?:bilag|kapitel|afsnit|tabel|figur|boks|fokusområde|initiativ|laborator\w+|domstype|type|punkt|side|"
            r"kategori|niveau|fase|version|udgave|uge|trin|spor|kriteri\w+|model|gruppe|klasse|kvartal|halvår|q|fodnote|"
            r"note|takstgruppe|lov|cirkulære)\w{0,4}\s(?:nr\.\s?)?\d+(?:\.\d+)*(?:\s?[-–]\s?\d+)?(?:(?:,|\sog|\seller)\s\d+)*",
            r"(?<![\d.,])\d{1,2}\.\s(?=[a-zæøå])",
            r"^\s*\d{1,2}[.)]\s",
            r"(?:\+45\s?)?(?<!\d)\d{2}\s\d{2}\s\d{2}\s\d{2}(?!\d)",
            r"\b(?:tlf|telefon|mobil|cvr|ean|sagsnr|journalnr|j\.nr|p-nr|lbk)\.?:?\s?(?:nr\.\s?)?\+?[\d -]{4,}",
            r"(?<=,\s)\d{4}\s(?=[A-ZÆØÅ])",
            r"\b\w*(?:vej|gade|gaden|allé|stræde|vænget|parken|boulevarden|torvet)\s\d+\s?[A-Z]?\b",
            r"(?:https?://|www\.)\S+",
            r"\S+@\S+",
            r"\b\d{1,3}(?:\s?[-–]\s?\d{1,3})?-?\s?årige?\b",
            r"\b(?:under|over|fylder|fyldt|fyldte|alderen|mellem)\s\d{1,2}(?:\s?(?:[-–]|og|til)\s?\d{1,2})?\sår\b",
            r"\b\d{1,2}-\s?års\w*",
            r"\b24/7\b|\b112\b",
        )
    ),
    re.IGNORECASE,
)
# After a count without a unit comes one of these, or nothing.
INGEN_ENHED = frozenset(
    [
        "i",
        "på",
        "af",
        "er",
        "var",
        "og",
        "eller",
        "for",
        "til",
        "fra",
        "med",
        "ved",
        "efter",
        "som",
        "der",
        "har",
        "blev",
        "bliver",
        "mod",
        "end",
        "blandt",
        "fordi",
        "siden",
    ]
)
_NAESTE_ORD = re.compile(r"[^\W\d_][\w-]*")
_STANDSER = re.compile(r"[.,;:()!?]")


@dataclass(frozen=True, slots=True)
class Skrevettal:
    """A number in a text. `art`: "antal", "pct" (in percent), "broek" (a share of 1) or "kr".

    `trin` is how finely it is told: 100 for "ca. 2.400", 0,1 for "23,2 %", 0 for an exact value of a register.
    """

    fra: int
    til: int
    tekst: str
    art: str
    vaerdi: Decimal
    hoejst: Decimal | None
    trin: Decimal
    omtrent: bool = False
    er_ord: bool = False
    # Up to three words that follow, before any punctuation.
    efter: tuple[str, ...] = ()

    @property
    def betydende(self) -> int:
        """How many digits it is told with, trailing zeros of a whole number left out."""
        return len(self.vaerdi.normalize().as_tuple().digits)

    @property
    def andel(self) -> Decimal:
        """A percentage or a share as a share of 1."""
        return self.vaerdi / 100 if self.art == "pct" else self.vaerdi


@lru_cache(maxsize=HUSKES)
def laes(tekst: str) -> tuple[Skrevettal, ...]:
    """Every number of a text in order."""
    return tuple(_laes(tekst))


def _laes(tekst: str) -> Iterator[Skrevettal]:
    fundne = [*_broeker(tekst), *_cifre(tekst), *_ord(tekst)]
    if not fundne:
        return
    optaget = [fund.span() for fund in UNDTAGELSER.finditer(tekst)]
    slut = -1
    for tal in sorted(fundne, key=lambda tal: (tal.fra, -tal.til)):
        kerne = tal.fra + len(tal.tekst) - len(tal.tekst.lstrip())
        ramt = any(fra < tal.til and kerne < til for fra, til in optaget) and not tal.er_ord
        if tal.fra >= slut and not ramt:
            slut = tal.til
            yield tal


def _cifre(tekst: str) -> Iterator[Skrevettal]:
    for fund in _TAL.finditer(tekst):
        stoerrelse = _STOERRELSER.get((fund["stor"] or "").rstrip(".").lower(), 1)
        art = "pct" if fund["pct"] else "kr" if fund["kr"] else "antal"
        decimaler = fund["dec"] or fund["punktum"]
        vaerdi = _vaerdi(fund["hele"], decimaler) * stoerrelse
        hoejst = _vaerdi(fund["til"], fund["tildec"]) * stoerrelse if fund["til"] else None
        omtrent = bool(fund["forled"])
        yield _tal(tekst, fund, art, vaerdi, hoejst, _trin(vaerdi, decimaler, stoerrelse, omtrent), omtrent)


def _ord(tekst: str) -> Iterator[Skrevettal]:
    for fund in _TALORD.finditer(tekst):
        stoerrelse = _STOERRELSER.get((fund["stor"] or "").lower(), 1)
        vaerdi = Decimal(TALORD[fund["ord"].lower()]) * stoerrelse
        art = "pct" if fund["pct"] else "kr" if fund["kr"] else "antal"
        yield _tal(tekst, fund, art, vaerdi, None, Decimal(stoerrelse), bool(fund["forled"]), er_ord=True)


def _broeker(tekst: str) -> Iterator[Skrevettal]:
    for fund in _BROEK.finditer(tekst):
        if fund["hver"]:
            vaerdi = Decimal(1) / ORDENSTAL[fund["hver"].lower()]
        elif fund["halv"]:
            vaerdi = Decimal("0.5")
        else:
            taeller = {"en": 1, "én": 1}.get(fund["antal"].lower()) or TALORD[fund["antal"].lower()]
            vaerdi = Decimal(taeller) / _DELE[fund["del"].lower()]
        yield _tal(tekst, fund, "broek", vaerdi, None, Decimal("0.01"), bool(fund["forled"]), er_ord=True)


def _tal(
    tekst: str,
    fund: re.Match[str],
    art: str,
    vaerdi: Decimal,
    hoejst: Decimal | None,
    trin: Decimal,
    omtrent: bool,
    er_ord: bool = False,
) -> Skrevettal:
    standser = _STANDSER.search(tekst, fund.end())
    rest = tekst[fund.end() : standser.start() if standser else None]
    efter = tuple(o.lower() for o in _NAESTE_ORD.findall(rest)[:3])
    return Skrevettal(fund.start(), fund.end(), fund[0], art, vaerdi, hoejst, trin, omtrent, er_ord, efter)


def _vaerdi(hele: str, decimaler: str | None) -> Decimal:
    return Decimal(f"{re.sub('[. ]', '', hele)}.{decimaler or '0'}")


def _trin(vaerdi: Decimal, decimaler: str | None, stoerrelse: int, omtrent: bool) -> Decimal:
    """The last digit that means something; round hundreds are taken to be rounded, but never below two digits."""
    if decimaler or stoerrelse > 1:
        return Decimal(stoerrelse).scaleb(-len(decimaler or ""))
    cifre = str(int(vaerdi))
    nuller = len(cifre) - len(cifre.rstrip("0"))
    if nuller >= 2 or (omtrent and nuller):
        return Decimal(10) ** min(nuller, max(len(cifre) - 2, 0))
    return Decimal(1)


def rundet(vaerdi: Decimal, trin: Decimal) -> Decimal:
    """Half up to the step, as Danes round."""
    return afrund(vaerdi / trin, 0) * trin if trin else vaerdi
