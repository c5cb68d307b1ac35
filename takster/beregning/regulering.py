"""Price and wage adjustment (*PL-regulering*) between years, and comparison in the same prices."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from socialaftale.kerne.penge import afrund_kvotient, andel
from socialaftale.kerne.talformat import HAARDT_MELLEMRUM, skriv_aendring, skriv_beloeb, skriv_kr, skriv_tal
from takster.beregning.trin import Trin

SERVICE = "service"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlSats:
    """The rate in percent from one year to the next, of one kind, as printed in one source (T93)."""

    fra_aar: int
    til_aar: int
    pct: Decimal
    type: str = SERVICE
    kilde: str = ""

    def __post_init__(self) -> None:
        if self.til_aar != self.fra_aar + 1:
            raise ValueError(f"A rate goes from one year to the next, not from {self.fra_aar} to {self.til_aar}.")


class ManglendeSats(LookupError):
    """No rate, or two different ones, for a step of one year; `besked` is the Danish text for the user."""

    def __init__(self, besked: str, *, fra_aar: int) -> None:
        super().__init__(besked)
        self.besked = besked
        self.fra_aar = fra_aar


def _satser_mellem(fra_aar: int, til_aar: int, satser: Iterable[PlSats], type_: str) -> list[PlSats]:
    kendte: dict[int, PlSats] = {}
    for sats in satser:
        if sats.type != type_:
            continue
        if kendte.setdefault(sats.fra_aar, sats).pct != sats.pct:
            besked = f"Der er to forskellige satser fra {sats.fra_aar} til {sats.til_aar} ({type_}). Vælg én af dem."
            raise ManglendeSats(besked, fra_aar=sats.fra_aar)
    trin = []
    for aar in range(fra_aar, til_aar):
        if aar not in kendte:
            besked = f"Der mangler en pris- og lønsats fra {aar} til {aar + 1} ({type_})"
            raise ManglendeSats(besked, fra_aar=aar)
        trin.append(kendte[aar])
    return trin


def praecis_faktor(fra_aar: int, til_aar: int, satser: Iterable[PlSats], type_: str = SERVICE) -> Fraction:
    """The exact product of the yearly rates; backwards its reciprocal. Raises ManglendeSats."""
    if fra_aar > til_aar:
        return 1 / praecis_faktor(til_aar, fra_aar, satser, type_)
    faktor = Fraction(1)
    for sats in _satser_mellem(fra_aar, til_aar, satser, type_):
        faktor *= 1 + Fraction(sats.pct) / 100
    return faktor


def pl_faktor(
    fra_aar: int, til_aar: int, satser: Iterable[PlSats], *, type: str = SERVICE, decimaler: int = 4
) -> Decimal:
    """The product of the yearly rates, rounded for display: 2016 → 2020 service is 1,0750 (T93)."""
    faktor = praecis_faktor(fra_aar, til_aar, satser, type)
    return afrund_kvotient(faktor.numerator, faktor.denominator, decimaler)


def fremskriv(
    beloeb: Decimal, fra_aar: int, til_aar: int, satser: Iterable[PlSats], *, type: str = SERVICE, decimaler: int = 2
) -> Decimal:
    """An amount of one year in another year's prices, rounded once; backwards when til_aar is the earlier (T92, T93).

    Raises ManglendeSats when a year is without a rate: a gap is never bridged by a guess.
    """
    faktor = praecis_faktor(fra_aar, til_aar, satser, type)
    produkt = Fraction(beloeb) * faktor
    return afrund_kvotient(produkt.numerator, produkt.denominator, decimaler)


@dataclass(frozen=True, slots=True, kw_only=True)
class Takstaendring:
    """A tariff against an earlier year's in the same prices.

    `forrige_fremskrevet` is rounded to øre and `pct` is computed from it, unrounded, so that the comparison can be
    checked by hand; `pct` is None when the earlier tariff was 0. `satser` are those the earlier tariff was put
    forward with, one for each year. `trin` is written when it is asked for: lists show the figures alone.
    """

    takst: Decimal
    aar: int
    forrige_takst: Decimal
    forrige_aar: int
    forrige_fremskrevet: Decimal
    pct: Decimal | None
    satser: tuple[PlSats, ...]

    @property
    def trin(self) -> tuple[Trin, ...]:
        return _trin(self)

    def er_markant(self, taerskel_pct: Decimal) -> bool:
        """T43: as large as the threshold or larger, up or down."""
        return self.pct is not None and abs(self.pct) >= taerskel_pct


def sammenlign_takst(
    takst: Decimal,
    aar: int,
    forrige_takst: Decimal,
    forrige_aar: int,
    satser: Iterable[PlSats],
    *,
    type: str = SERVICE,
) -> Takstaendring:
    """T43, T93: the change in percent when the earlier tariff is put in the new year's prices."""
    satser = tuple(satser)
    fremskrevet = fremskriv(forrige_takst, forrige_aar, aar, satser, type=type)
    broek = andel(takst - fremskrevet, fremskrevet)
    pct = None if broek is None else broek * 100
    return Takstaendring(
        takst=takst,
        aar=aar,
        forrige_takst=forrige_takst,
        forrige_aar=forrige_aar,
        forrige_fremskrevet=fremskrevet,
        pct=pct,
        satser=tuple(_satser_mellem(forrige_aar, aar, satser, type)),
    )


def _trin(aendring: Takstaendring) -> tuple[Trin, ...]:
    anvendte = "".join(f" × {skriv_tal(100 + sats.pct)}{HAARDT_MELLEMRUM}%" for sats in aendring.satser)
    fremskrevet = skriv_beloeb(aendring.forrige_fremskrevet)
    return (
        Trin(
            navn=f"Taksten for {aendring.forrige_aar} i {aendring.aar}-priser",
            formel="Tidligere takst × pris- og lønregulering for hvert år",
            indsat=f"{skriv_beloeb(aendring.forrige_takst)}{anvendte}",
            resultat=skriv_kr(aendring.forrige_fremskrevet),
            regel="T93",
        ),
        Trin(
            navn="Ændring i samme priser",
            formel="(Ny takst − tidligere takst i samme priser) / tidligere takst i samme priser",
            indsat=f"({skriv_beloeb(aendring.takst)} − {fremskrevet}) / {fremskrevet}",
            resultat=f"{skriv_aendring(aendring.pct)}{HAARDT_MELLEMRUM}%",
            regel="T43",
        ),
    )
