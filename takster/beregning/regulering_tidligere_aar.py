"""The line "regulering vedr. tidligere år" of a takstskema: what earlier years oblige it to hold (T25, T27, T48, T61).

An obligation has its sign as effect on the takstberegningsgrundlag: a surplus that is returned is negative and lowers
the tariff, a deficit or a loss is positive and raises it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from socialaftale.kerne.penge import i_alt
from socialaftale.kerne.talformat import skriv_beloeb, skriv_kr
from takster.beregning.fund import Fund
from takster.beregning.koder import Grad
from takster.beregning.trin import Trin

FELT = "regulering"


@dataclass(frozen=True, slots=True, kw_only=True)
class Forpligtelse:
    """An amount in kroner that the tariffs of a period must hold, and how much each tariff year has held already.

    `noegle` identifies it among the others of a tilbud. `beloeb` is its effect on G and never 0. It may be in the
    tariff from `tidligst_aar` and must be there in full no later than `senest_aar`. `indregnet` is the amount by
    tariff year, with the same sign. ValueError when the years are reversed or the amount is 0.
    """

    noegle: str
    beloeb: Decimal
    oprindelsesaar: int
    regel: str
    tidligst_aar: int
    senest_aar: int
    betegnelse: str = ""
    indregnet: Mapping[int, Decimal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.beloeb:
            raise ValueError("An obligation of 0 is none.")
        if not self.oprindelsesaar < self.tidligst_aar <= self.senest_aar:
            raise ValueError(f"The years of an obligation from {self.oprindelsesaar} are not in order.")

    @property
    def navn(self) -> str:
        slags = "Overskud" if self.beloeb < 0 else "Underskud"
        return self.betegnelse or f"{slags} fra {self.oprindelsesaar}"

    def rest_foer(self, aar: int) -> Decimal:
        """What the tariffs before this year have left; the sign turns when they held too much."""
        return self.beloeb - i_alt(beloeb for indregnet_aar, beloeb in self.indregnet.items() if indregnet_aar < aar)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reguleringslinje:
    """One obligation in one tariff year: what is left of it, what the form holds, and whether it can be chosen."""

    forpligtelse: Forpligtelse
    rest: Decimal
    beloeb: Decimal
    er_pligtig: bool

    @property
    def rest_efter(self) -> Decimal:
        return self.rest - self.beloeb


@dataclass(frozen=True, slots=True, kw_only=True)
class Reguleringsresultat:
    """The computed lines of one tariff year; `i_alt` is the figure of the form, positive when it raises the tariff."""

    aar: int
    linjer: tuple[Reguleringslinje, ...]
    fund: tuple[Fund, ...]
    trin: tuple[Trin, ...]

    @property
    def i_alt(self) -> Decimal:
        return i_alt(linje.beloeb for linje in self.linjer)


def beregn_reguleringer(
    forpligtelser: Iterable[Forpligtelse], aar: int, valgt: Mapping[str, Decimal] | None = None
) -> Reguleringsresultat:
    """T48: the lines of the tariff year, never typed freely.

    In the last year, and after it, all that is left is in; in the years before it the driftsherre may choose an
    amount up to what is left (`valgt` by `noegle`, 0 when nothing is chosen). A choice that is not allowed leaves a
    finding and the nearest allowed amount in the line.
    """
    valgt = dict(valgt or {})
    ordnet = sorted(forpligtelser, key=lambda forpligtelse: (forpligtelse.oprindelsesaar, forpligtelse.noegle))
    linjer, fund = [], []
    for forpligtelse in ordnet:
        oensket = valgt.pop(forpligtelse.noegle, None)
        rest = forpligtelse.rest_foer(aar)
        if aar < forpligtelse.tidligst_aar:
            if oensket:
                fund.append(_for_tidligt(forpligtelse, aar))
            continue
        if not rest:
            if oensket:
                fund.append(_uden_for_resten(forpligtelse, rest, oensket))
            continue
        er_pligtig = aar >= forpligtelse.senest_aar or _har_modsat_fortegn(rest, forpligtelse.beloeb)
        if er_pligtig:
            beloeb = rest
            if oensket is not None and oensket != rest:
                fund.append(_skal_med(forpligtelse, rest, oensket, aar))
        else:
            beloeb = _indenfor(oensket or Decimal(0), rest)
            if oensket and oensket != beloeb:
                fund.append(_uden_for_resten(forpligtelse, rest, oensket))
        if aar > forpligtelse.senest_aar:
            fund.append(_for_sent(forpligtelse, rest))
        linjer.append(Reguleringslinje(forpligtelse=forpligtelse, rest=rest, beloeb=beloeb, er_pligtig=er_pligtig))
    fund += [
        Fund("regulering_ukendt", "T48", Grad.FEJL, FELT, f"Der er ingen regulering med nøglen {noegle}")
        for noegle in sorted(valgt)
    ]
    return Reguleringsresultat(aar=aar, linjer=tuple(linjer), fund=tuple(fund), trin=_trin(linjer, aar))


def kontroller_indregnet(forpligtelse: Forpligtelse, *, efter_aar: int) -> list[Fund]:
    """T25, T27: the sum included up to the last year equals the obligation; nothing is found before that year is over.

    `efter_aar` is the latest tariff year that is settled.
    """
    if efter_aar < forpligtelse.senest_aar:
        return []
    indregnet = forpligtelse.beloeb - forpligtelse.rest_foer(forpligtelse.senest_aar + 1)
    forskel = indregnet - forpligtelse.beloeb
    if not forskel:
        return []
    for_meget = _har_modsat_fortegn(-forskel, forpligtelse.beloeb)
    tekst = (
        f"{forpligtelse.navn}: {skriv_kr(abs(forpligtelse.beloeb))} skulle være {_retning(forpligtelse)} taksten "
        f"senest i {forpligtelse.senest_aar}, men der er regnet med {skriv_kr(abs(indregnet))} "
        f"Det er {skriv_kr(abs(forskel))} for {'meget' if for_meget else 'lidt'}."
    )
    return [Fund("regulering_ikke_gennemfoert", forpligtelse.regel, Grad.FEJL, FELT, tekst)]


def _har_modsat_fortegn(a: Decimal, b: Decimal) -> bool:
    return (a < 0) != (b < 0)


def _indenfor(oensket: Decimal, rest: Decimal) -> Decimal:
    """The amount between 0 and the remainder that lies nearest to the wish."""
    return min(max(oensket, min(rest, Decimal(0))), max(rest, Decimal(0)))


def _retning(forpligtelse: Forpligtelse) -> str:
    return "ført tilbage i" if forpligtelse.beloeb < 0 else "indregnet i"


def _for_tidligt(forpligtelse: Forpligtelse, aar: int) -> Fund:
    tekst = f"{forpligtelse.navn} kan tidligst reguleres i taksten for {forpligtelse.tidligst_aar}, ikke for {aar}"
    return Fund("regulering_for_tidligt", forpligtelse.regel, Grad.FEJL, FELT, tekst)


def _uden_for_resten(forpligtelse: Forpligtelse, rest: Decimal, oensket: Decimal) -> Fund:
    tekst = (
        f"{forpligtelse.navn}: vælg et beløb mellem {skriv_kr(0)} og resten på {skriv_kr(rest)} "
        f"Her står {skriv_kr(oensket)}"
    )
    return Fund("regulering_uden_for_resten", forpligtelse.regel, Grad.FEJL, FELT, tekst)


def _skal_med(forpligtelse: Forpligtelse, rest: Decimal, oensket: Decimal, aar: int) -> Fund:
    tekst = (
        f"{forpligtelse.navn}: resten på {skriv_kr(rest)} skal være med i taksten for {aar}. "
        f"Her står {skriv_kr(oensket)}"
    )
    return Fund("regulering_skal_med", forpligtelse.regel, Grad.FEJL, FELT, tekst)


def _for_sent(forpligtelse: Forpligtelse, rest: Decimal) -> Fund:
    tekst = (
        f"{forpligtelse.navn}: {skriv_kr(rest)} skulle have været reguleret senest i taksten for "
        f"{forpligtelse.senest_aar} og er regnet med nu"
    )
    return Fund("regulering_for_sent", forpligtelse.regel, Grad.ADVARSEL, FELT, tekst)


def _trin(linjer: list[Reguleringslinje], aar: int) -> tuple[Trin, ...]:
    trin = [
        Trin(
            navn=linje.forpligtelse.navn,
            formel="Hele resten skal med" if linje.er_pligtig else "Valgt beløb, højst resten",
            indsat=f"Rest {skriv_beloeb(linje.rest)} af {skriv_beloeb(linje.forpligtelse.beloeb)}",
            resultat=skriv_kr(linje.beloeb),
            regel=linje.forpligtelse.regel,
        )
        for linje in linjer
    ]
    if trin:
        trin.append(
            Trin(
                navn=f"Regulering vedr. tidligere år i taksten for {aar}",
                formel="Summen af linjerne; minus sænker taksten",
                indsat=" + ".join(f"({skriv_beloeb(linje.beloeb)})" for linje in linjer),
                resultat=skriv_kr(i_alt(linje.beloeb for linje in linjer)),
                regel="T48",
            )
        )
    return tuple(trin)
