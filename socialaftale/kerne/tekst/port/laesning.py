"""Chapters taken apart for the gate: blocks of text where every letter knows its place in the source, and tables."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from socialaftale.kerne.tekst.henvisninger import MOENSTER, Henvisning
from socialaftale.kerne.tekst.port.soegning import HUSKES

# Stands in a block's text for a reference that is filled in when the text is read.
OBJEKT = "\N{OBJECT REPLACEMENT CHARACTER}"
BLOKKE = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "blockquote", "aside", "figure", "figcaption", "div"}
    | {"table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "dl", "dt", "dd"}
)
# They stand in the text even when nothing is in them.
_MED_ELLER_UDEN_TEKST = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "td", "th"})
_CELLER = frozenset({"td", "th"})
_USYNLIGE = frozenset("\u00ad\u200b\u200c\u200d\ufeff")
_MELLEMRUM = frozenset("\u00a0\u2007\u2009\u202f\t\n\r")
_STYKKE = re.compile(
    rf"(?P<henvisning>{MOENSTER.pattern.replace('?P<noegle>', '').replace('?P<format>', '')})"
    r"|(?P<maerke><!--.*?-->|</?[a-zA-Z](?:\"[^\"]*\"|'[^']*'|[^'\">])*>)"
    r"|(?P<tegn>&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);)"
    r"|(?P<tekst>[^<&{]+|[\s\S])"
)
_ATTRIBUT = re.compile(r"([a-zA-Z][\w-]*)\s*(?:=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+)))?")
_SAETNINGSSLUT = re.compile(rf"[.!?][\"”’)]?\s+(?=[A-ZÆØÅ0-9“\"({OBJEKT}])")
# A full stop after these ends no sentence.
_FORKORTELSER = re.compile(
    r"(?:\b(?:ca|stk|nr|fx|bl\.a|jf|kl|pr|evt|inkl|ekskl|mio|mia|kr|pct|m\.v|mv|f\.eks|dvs|tlf|maks|min|st|sct|d|s)"
    r"|(?<!\d)\d{1,2})\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Billede:
    """An image with its attributes and where its tag stands in the source."""

    fra: int
    til: int
    attributter: dict[str, str]
    blok: int


@dataclass(frozen=True, slots=True)
class Blok:
    """A paragraph, heading, list item or table cell: its text, and for every letter where it stands in the source.

    No-break spaces are spaces and references are `OBJEKT`, so that finders need not know of either.
    """

    kapitel: str
    nummer: int
    art: str
    tekst: str
    fra: tuple[int, ...] = ()
    til: tuple[int, ...] = ()
    henvisninger: tuple[tuple[int, Henvisning], ...] = ()
    # The elements around it, outermost first.
    over: tuple[str, ...] = ()
    # The opening tag in the source and its attributes; None where text stands without one.
    maerke: tuple[int, int] | None = None
    attributter: dict[str, str] = field(default_factory=dict)
    # Offsets where a tag stands between two letters.
    brud: frozenset[int] = frozenset()
    felt: str = "indhold"

    @property
    def er_overskrift(self) -> bool:
        return self.niveau > 0

    @property
    def niveau(self) -> int:
        """2 for h2 and so on, 0 for what is no heading."""
        return int(self.art[1]) if len(self.art) == 2 and self.art[0] == "h" else 0

    @property
    def er_celle(self) -> bool:
        return self.art in _CELLER

    def vist(self, skriv: Callable[[Henvisning], str], fra: int = 0, til: int | None = None) -> str:
        """The text, or a stretch of it, with references written out."""
        opslag = dict(self.henvisninger)
        stykke = enumerate(self.tekst[fra:til], start=fra)
        return "".join(skriv(opslag[plads]) if plads in opslag else tegn for plads, tegn in stykke)

    @property
    def med_henvisninger(self) -> str:
        return self.vist(lambda henvisning: f"{{{{ {henvisning} }}}}")

    def saetning(self, plads: int) -> tuple[int, int]:
        """The sentence around an offset, as a stretch of the text."""
        return saetning(self.tekst, plads)

    def saetninger(self) -> tuple[tuple[int, int], ...]:
        return saetninger(self.tekst)


@lru_cache(maxsize=HUSKES)
def saetninger(tekst: str) -> tuple[tuple[int, int], ...]:
    """The sentences of a text as stretches of it."""
    begynd, fundne = 0, []
    for slut in _SAETNINGSSLUT.finditer(tekst):
        if not _FORKORTELSER.search(tekst, begynd, slut.start() + 1):
            fundne.append((begynd, slut.end()))
            begynd = slut.end()
    if begynd < len(tekst):
        fundne.append((begynd, len(tekst)))
    return tuple(fundne)


def saetning(tekst: str, plads: int) -> tuple[int, int]:
    """The sentence around an offset."""
    return next(((fra, til) for fra, til in saetninger(tekst) if fra <= plads < til), (0, len(tekst)))


@dataclass(slots=True)
class Tabel:
    """A table written in the text: its rows of cells, as blocks, with what they span."""

    nummer: int
    fra: int
    raekker: list[list[Blok]] = field(default_factory=list)
    overskrift: Blok | None = None


@dataclass(frozen=True)
class Portkapitel:
    """A chapter for the gate. `fast`: words from fields of the agreement; they have no chapter to be mended in."""

    noegle: str
    titel: str
    indhold: str
    type: str = "tekst"
    nummer: int | None = None
    niveau: int = 1
    version: int = 0
    fast: bool = False

    @cached_property
    def _dele(self) -> tuple[tuple[Blok, ...], tuple[Tabel, ...], tuple[Billede, ...]]:
        laeser = _Laeser(self.noegle)
        titel = Blok(
            self.noegle,
            0,
            "titel",
            "".join(" " if tegn in _MELLEMRUM else tegn for tegn in self.titel),
            tuple(range(len(self.titel))),
            tuple(range(1, len(self.titel) + 1)),
            felt="titel",
        )
        laeser.laes(self.indhold)
        return (titel, *laeser.blokke), tuple(laeser.tabeller), tuple(laeser.billeder)

    @property
    def blokke(self) -> tuple[Blok, ...]:
        """The title and the blocks of the text."""
        return self._dele[0]

    @property
    def tabeller(self) -> tuple[Tabel, ...]:
        return self._dele[1]

    @property
    def billeder(self) -> tuple[Billede, ...]:
        return self._dele[2]

    @cached_property
    def henvisninger(self) -> list[Henvisning]:
        return [henvisning for blok in self.blokke for _, henvisning in blok.henvisninger]


@dataclass(frozen=True)
class Porttekst:
    """The whole text, chapter by chapter."""

    kapitler: tuple[Portkapitel, ...]

    @property
    def blokke(self) -> Iterator[tuple[Portkapitel, Blok]]:
        return ((kapitel, blok) for kapitel in self.kapitler for blok in kapitel.blokke)

    @property
    def prosa(self) -> Iterator[tuple[Portkapitel, Blok]]:
        """The blocks of chapters that somebody writes, without their titles."""
        return ((k, b) for k, b in self.blokke if not k.fast and b.felt == "indhold")


class _Laeser:
    """Walks the source once. The source is cleaned HTML (`rensning`), so its tags are well formed."""

    def __init__(self, kapitel: str) -> None:
        self.kapitel = kapitel
        self.blokke: list[Blok] = []
        self.tabeller: list[Tabel] = []
        self.billeder: list[Billede] = []
        self._aabne: list[str] = []
        self._aabne_tabeller: list[Tabel] = []
        self._nulstil()

    def _nulstil(self, art: str = "", maerke: tuple[int, int] | None = None, attributter: dict | None = None) -> None:
        self._art, self._maerke, self._attributter = art, maerke, attributter or {}
        self._tegn: list[str] = []
        self._fra: list[int] = []
        self._til: list[int] = []
        self._henvisninger: list[tuple[int, Henvisning]] = []
        self._brud: set[int] = set()

    def laes(self, kilde: str) -> None:
        for stykke in _STYKKE.finditer(kilde):
            if stykke["maerke"]:
                self._maerke_laest(stykke)
            elif stykke["henvisning"]:
                henvisning = MOENSTER.match(stykke["henvisning"])
                self._henvisninger.append((len(self._tegn), Henvisning.af(henvisning)))
                self._tilfoej(OBJEKT, *stykke.span())
            elif stykke["tegn"]:
                for tegn in html.unescape(stykke["tegn"]):
                    self._tilfoej(tegn, *stykke.span())
            else:
                self._tilfoej_ord(stykke["tekst"], stykke.start())
        self._luk_blok()

    def _tilfoej_ord(self, ord_: str, fra: int) -> None:
        if _USYNLIGE.isdisjoint(ord_):
            self._tegn.extend(" " if tegn in _MELLEMRUM else tegn for tegn in ord_)
            self._fra.extend(range(fra, fra + len(ord_)))
            self._til.extend(range(fra + 1, fra + len(ord_) + 1))
        else:
            for plads, tegn in enumerate(ord_, start=fra):
                self._tilfoej(tegn, plads, plads + 1)

    def _tilfoej(self, tegn: str, fra: int, til: int) -> None:
        if tegn in _USYNLIGE:
            return
        self._tegn.append(" " if tegn in _MELLEMRUM else tegn)
        self._fra.append(fra)
        self._til.append(til)

    def _maerke_laest(self, stykke: re.Match[str]) -> None:
        tekst = stykke["maerke"]
        if tekst.startswith("<!"):
            return
        slutter = tekst.startswith("</")
        navn = re.match(r"</?([a-zA-Z0-9]+)", tekst)[1].lower()
        if navn == "br":
            self._tilfoej(" ", *stykke.span())
        elif navn == "img":
            attributter = _attributter(tekst)
            self.billeder.append(Billede(*stykke.span(), attributter, len(self.blokke) + 1))
        elif navn not in BLOKKE:
            self._brud.add(len(self._tegn))
        elif any(aaben in _CELLER for aaben in self._aabne) and navn not in {*_CELLER, "tr", "table", "tbody"}:
            # Paragraphs of a cell are one text.
            self._tilfoej(" ", *stykke.span())
        elif slutter:
            self._luk(navn)
        else:
            self._aabn(navn, stykke)

    def _aabn(self, navn: str, stykke: re.Match[str]) -> None:
        self._luk_blok()
        if navn == "table":
            tabel = Tabel(len(self.tabeller) + 1, stykke.start())
            self.tabeller.append(tabel)
            self._aabne_tabeller.append(tabel)
        elif navn == "tr" and self._aabne_tabeller:
            self._aabne_tabeller[-1].raekker.append([])
        self._aabne.append(navn)
        self._nulstil(navn, stykke.span(), _attributter(stykke["maerke"]))

    def _luk(self, navn: str) -> None:
        self._luk_blok()
        if navn in self._aabne:
            while self._aabne.pop() != navn:
                pass
        if navn == "table" and self._aabne_tabeller:
            self._aabne_tabeller.pop()
        self._nulstil(self._aabne[-1] if self._aabne else "")

    def _luk_blok(self) -> None:
        tekst = "".join(self._tegn)
        if tekst.strip() or (self._maerke and self._art in _MED_ELLER_UDEN_TEKST):
            blok = Blok(
                self.kapitel,
                len(self.blokke) + 1,
                self._art or "p",
                tekst,
                tuple(self._fra),
                tuple(self._til),
                tuple(self._henvisninger),
                tuple(self._aabne[:-1]),
                self._maerke,
                self._attributter,
                frozenset(self._brud),
            )
            self.blokke.append(blok)
            if self._aabne_tabeller:
                self._i_tabellen(self._aabne_tabeller[-1], blok)
        self._nulstil()

    def _i_tabellen(self, tabel: Tabel, blok: Blok) -> None:
        if blok.er_celle:
            if not tabel.raekker:
                tabel.raekker.append([])
            tabel.raekker[-1].append(blok)
        elif blok.art == "caption":
            tabel.overskrift = blok


def _attributter(maerke: str) -> dict[str, str]:
    uden_navn = re.sub(r"^</?[a-zA-Z0-9]+", "", maerke).rstrip("/>")
    return {navn.lower(): html.unescape(a or b or c or "") for navn, a, b, c in _ATTRIBUT.findall(uden_navn)}
