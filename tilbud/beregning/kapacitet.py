"""Places (*pladser*) per municipality of location: totals, shares and changes, always computed and never stored.

A statement (*opgørelse*) counts every place once, in one of three *serier*. Numbers are whole places; shares are
unrounded fractions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from socialaftale.kerne.penge import andel


class Serie(StrEnum):
    """The three mutually exclusive series of a statement."""

    # Municipal places outside the agreement.
    KOMMUNALE = "kommunale"
    PRIVATE = "private"
    # Agreement places, municipal and regional.
    SOCIALAFTALE = "socialaftale"


def _i_pct(andelen: Decimal | None) -> Decimal | None:
    return None if andelen is None else andelen * 100


@dataclass(frozen=True, slots=True)
class Pladstal:
    """Places in the three series, of one municipality or of several together."""

    kommunale: int
    private: int
    socialaftale: int

    @property
    def i_alt(self) -> int:
        return self.kommunale + self.private + self.socialaftale

    @property
    def andel(self) -> Decimal | None:
        """Agreement places as a fraction of all places; None where there are no places at all."""
        return andel(self.socialaftale, self.i_alt)

    @property
    def andel_pct(self) -> Decimal | None:
        """The share in percent, unrounded."""
        return _i_pct(self.andel)

    def serie(self, serie: Serie) -> int:
        return getattr(self, serie.value)

    @property
    def serier(self) -> tuple[int, ...]:
        """The three numbers in the order of `Serie`."""
        return tuple(self.serie(serie) for serie in Serie)


def i_alt(tal: Iterable[Pladstal]) -> Pladstal:
    """The sum, series by series."""
    alle = list(tal)
    return Pladstal(*(sum(et.serie(serie) for et in alle) for serie in Serie))


@dataclass(frozen=True, slots=True)
class Kommunetal:
    """The places located in one municipality; `kode` is "" for one without a municipality code."""

    slug: str
    navn: str
    kode: str
    pladser: Pladstal
    # Its place in the statement's order, from 0.
    nummer: int = 0


@dataclass(frozen=True, slots=True)
class Opgoerelse:
    """A statement: what the agreement of a period says about a year, municipality by municipality in its order."""

    id: int
    periode: str
    aar: int
    kilde: str
    kommuner: tuple[Kommunetal, ...]
    bemaerkning: str = ""

    @property
    def i_alt(self) -> Pladstal:
        return i_alt(kommune.pladser for kommune in self.kommuner)

    def for_kommune(self, slug: str) -> Pladstal | None:
        """None: the statement does not name the municipality."""
        return next((kommune.pladser for kommune in self.kommuner if kommune.slug == slug), None)

    def rangliste(self, serie: Serie) -> list[Kommunetal]:
        """Most places of the series first; equal ones in the statement's own order."""
        return sorted(self.kommuner, key=lambda kommune: -kommune.pladser.serie(serie))


@dataclass(frozen=True, slots=True)
class Aendring:
    """From one number of places to another; either may be unknown."""

    foer: int | None
    nu: int | None

    @property
    def absolut(self) -> int | None:
        return None if self.foer is None or self.nu is None else self.nu - self.foer

    @property
    def relativ(self) -> Decimal | None:
        """The change as an unrounded fraction of the first number; None when that is 0 or something is unknown."""
        return andel(self.absolut, self.foer)

    @property
    def pct(self) -> Decimal | None:
        """The change in percent, unrounded."""
        return _i_pct(self.relativ)


@dataclass(frozen=True, slots=True)
class Kommuneudvikling:
    """Agreement places of one municipality in two statements."""

    slug: str
    navn: str
    aendring: Aendring


@dataclass(frozen=True, slots=True)
class Udvikling:
    """The development between two statements, `foer` the older one."""

    foer: Opgoerelse
    nu: Opgoerelse

    @property
    def aarstal(self) -> tuple[str, str]:
        """The years of the numbers as text, the older first."""
        return str(self.foer.aar), str(self.nu.aar)

    def serie(self, serie: Serie) -> Aendring:
        return Aendring(self.foer.i_alt.serie(serie), self.nu.i_alt.serie(serie))

    @property
    def i_alt(self) -> Aendring:
        return Aendring(self.foer.i_alt.i_alt, self.nu.i_alt.i_alt)

    @property
    def procentpoint(self) -> Decimal | None:
        """The change of the agreement's share in percentage points, unrounded."""
        foer, nu = self.foer.i_alt.andel_pct, self.nu.i_alt.andel_pct
        return None if foer is None or nu is None else nu - foer

    @property
    def kommuner(self) -> list[Kommuneudvikling]:
        """Agreement places of every municipality of either statement; one that only the older names comes last."""
        navne = {kommune.slug: kommune.navn for kommune in (*self.nu.kommuner, *self.foer.kommuner)}
        return [
            Kommuneudvikling(
                slug,
                navn,
                Aendring(*(_antal(opgoerelse.for_kommune(slug)) for opgoerelse in (self.foer, self.nu))),
            )
            for slug, navn in navne.items()
        ]


def _antal(pladser: Pladstal | None) -> int | None:
    return None if pladser is None else pladser.socialaftale


def udvikling_til(nu: Opgoerelse, alle: Sequence[Opgoerelse]) -> Udvikling | None:
    """The development since the nearest earlier period; None for the first one."""
    tidligere = [opgoerelse for opgoerelse in alle if opgoerelse.periode < nu.periode]
    return Udvikling(max(tidligere, key=lambda opgoerelse: opgoerelse.periode), nu) if tidligere else None


@dataclass(frozen=True, slots=True)
class Sumafvigelse:
    """A printed total that is not the sum of the printed municipalities."""

    serie: Serie
    trykt: int
    beregnet: int


def sumafvigelser(trykt: Pladstal, beregnet: Pladstal) -> list[Sumafvigelse]:
    """The series whose printed total differs from the sum of their rows."""
    return [
        Sumafvigelse(serie, trykt.serie(serie), beregnet.serie(serie))
        for serie in Serie
        if trykt.serie(serie) != beregnet.serie(serie)
    ]
