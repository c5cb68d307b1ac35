"""How tariffs develop between two years: the same tariff pair by pair, per driftsherre and in all (T92, T93).

The method is the source's: only tariffs of both years count; the later year is put back in the earlier year's prices;
a driftsherre is the mean of its pairs; the whole is the unweighted mean of the driftsherrer. Beside it stands the
change weighted by volume, Σ new × w / Σ old × w − 1 with the volume w of the earlier year, i.e. what the same
purchase costs more or less.

Changes are in percent. Amounts are put in the same prices and rounded to øre, so that each pair can be checked by
hand; everything after that is exact and rounded once, to two decimals, where it is shown.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache

from socialaftale.kerne.dansk import sorteringsnoegle
from socialaftale.kerne.penge import afrund_kvotient
from socialaftale.kerne.talformat import HAARDT_MELLEMRUM, skriv_aendring, skriv_beloeb, skriv_kr
from takster.beregning.regulering import SERVICE, PlSats, praecis_faktor
from takster.beregning.trin import Trin
from takster.beregning.vejning import Vejning, vej

DECIMALER = 2
_MAKS_LED = 20
_SKALA = 10**30


def som_pct(broek: Fraction) -> Decimal:
    """An exact percentage as it is shown: two decimals, half up."""
    return afrund_kvotient(broek.numerator, broek.denominator, DECIMALER)


def _middel_pct(broeker: Sequence[Fraction], antal: int) -> Decimal:
    """The sum divided by `antal` as it is shown, from the exact fractions.

    Means of many tariffs have denominators of thousands of digits, so their sum is first bounded: only where the
    bounds round apart is it added up.
    """
    nedre = sum(broek.numerator * _SKALA // broek.denominator for broek in broeker)
    mindst, hoejst = (som_pct(Fraction(graense, _SKALA * antal)) for graense in (nedre, nedre + len(broeker)))
    return mindst if mindst == hoejst else som_pct(sum(broeker, Fraction(0)) / antal)


def _skriv(pct: Decimal | None) -> str:
    return f"{skriv_aendring(pct, DECIMALER)}{HAARDT_MELLEMRUM}%"


def maengde(kapacitet: Decimal, dage: int | None, belaegning_pct: Decimal) -> Decimal:
    """The units a tariff was calculated to be sold in: capacity × days × occupancy; days are None for hours (T14)."""
    return kapacitet * (dage or 1) * belaegning_pct / 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Aarstakst:
    """One tariff of one year in kroner. `noegle` is the same in both years for the same tariff, e.g. the ydelse.

    `vaegt` is the volume (see `maengde`) or, where all tariffs have the same unit, the places; None when unknown.
    """

    noegle: str
    driftsherre: str
    navn: str
    enhed: str
    takst: Decimal
    vaegt: Decimal | None = None

    def __post_init__(self) -> None:
        if self.vaegt is not None and self.vaegt < 0:
            raise ValueError(f"The weight of {self.noegle} is negative.")


class Udeladt(StrEnum):
    """Why a tariff is in no pair."""

    NY = "ny"
    UDGAAET = "udgaaet"
    ANDEN_ENHED = "anden_enhed"
    UDEN_PRIS = "uden_pris"


UDELADT_TEKST = {
    Udeladt.NY: "Ny takst uden en takst at sammenligne med",
    Udeladt.UDGAAET: "Taksten er udgået",
    Udeladt.ANDEN_ENHED: "Taksten afregnes i en anden enhed end før",
    Udeladt.UDEN_PRIS: "Den tidligere takst er 0 kr.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UdeladtTakst:
    """A tariff that takes no part in the comparison, and why."""

    takst: Aarstakst
    grund: Udeladt


@dataclass(frozen=True, slots=True, kw_only=True)
class Takstpar:
    """The same tariff in two years; `gammel` and `ny` as published, the other two in the prices of the comparison.

    The driftsherre is that of the later year. `vaegt` is the earlier year's.
    """

    noegle: str
    driftsherre: str
    navn: str
    gammel: Decimal
    ny: Decimal
    gammel_fast: Decimal
    ny_fast: Decimal
    vaegt: Decimal | None = None

    @property
    def praecis(self) -> Fraction:
        """The change in percent, exact."""
        return (Fraction(self.ny_fast) / Fraction(self.gammel_fast) - 1) * 100

    @property
    def pct(self) -> Decimal:
        """The change in percent as shown."""
        return som_pct(self.praecis)

    @property
    def trin(self) -> tuple[Trin, ...]:
        return (
            Trin(
                navn="Den nye takst i samme priser",
                formel="Ny takst reguleret med pris- og lønsatserne mellem de to år",
                indsat=skriv_kr(self.ny),
                resultat=skriv_kr(self.ny_fast),
                regel="T93",
            ),
            Trin(
                navn="Ændring i samme priser",
                formel="(Ny takst − gammel takst) / gammel takst",
                indsat=(
                    f"({skriv_beloeb(self.ny_fast)} − {skriv_beloeb(self.gammel_fast)}) / "
                    f"{skriv_beloeb(self.gammel_fast)}"
                ),
                resultat=_skriv(self.pct),
                regel="T92",
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Parring:
    """The pairs of two years and what was left out. `prisaar` is the year whose prices are used; None: as they are."""

    fra_aar: int
    til_aar: int
    prisaar: int | None
    par: tuple[Takstpar, ...]
    udeladte: tuple[UdeladtTakst, ...]

    def antal_udeladt(self, grund: Udeladt) -> int:
        return sum(udeladt.grund == grund for udeladt in self.udeladte)


def _efter_noegle(takster: Iterable[Aarstakst]) -> dict[str, Aarstakst]:
    efter: dict[str, Aarstakst] = {}
    for takst in takster:
        if efter.setdefault(takst.noegle, takst) is not takst:
            raise ValueError(f"Two tariffs of the same year have the key {takst.noegle}.")
    return efter


def _grund(gammel: Aarstakst | None, ny: Aarstakst | None) -> Udeladt | None:
    if gammel is None:
        return Udeladt.NY
    if ny is None:
        return Udeladt.UDGAAET
    if gammel.enhed != ny.enhed:
        return Udeladt.ANDEN_ENHED
    return Udeladt.UDEN_PRIS if gammel.takst <= 0 else None


def _raekkefoelge(driftsherre: str, navn: str, noegle: str) -> tuple:
    return sorteringsnoegle(driftsherre), sorteringsnoegle(navn), noegle


class Priser(StrEnum):
    """Whose prices two years are compared in. The source uses the earlier year's; as they are needs no rates."""

    GAMMELT_AAR = "gammelt_aar"
    NYT_AAR = "nyt_aar"
    LOEBENDE = "loebende"


def dan_par(
    gamle: Iterable[Aarstakst],
    nye: Iterable[Aarstakst],
    *,
    fra_aar: int,
    til_aar: int,
    satser: Iterable[PlSats] = (),
    priser: Priser = Priser.GAMMELT_AAR,
    type: str = SERVICE,
) -> Parring:
    """T92: pair the tariffs of two years by key and put them in the same prices.

    Raises ManglendeSats when a year between the two has no rate, ValueError when a key occurs twice in a year or the
    years are not in order.
    """
    if til_aar <= fra_aar:
        raise ValueError(f"The later year {til_aar} is not after {fra_aar}.")
    prisaar = {Priser.GAMMELT_AAR: fra_aar, Priser.NYT_AAR: til_aar, Priser.LOEBENDE: None}[priser]
    satser = tuple(satser)
    efter_gammel, efter_ny = _efter_noegle(gamle), _efter_noegle(nye)

    @cache
    def faktor(takstaar: int) -> Fraction:
        # Found once for all tariffs of the year, and only when there is one to put in other prices.
        return praecis_faktor(takstaar, takstaar if prisaar is None else prisaar, satser, type)

    def i_faste_priser(takst: Decimal, takstaar: int) -> Decimal:
        fast = Fraction(takst) * faktor(takstaar)
        return afrund_kvotient(fast.numerator, fast.denominator)

    par, udeladte = [], []
    for noegle in efter_gammel | efter_ny:
        gammel, ny = efter_gammel.get(noegle), efter_ny.get(noegle)
        if grund := _grund(gammel, ny):
            udeladte.append(UdeladtTakst(takst=ny or gammel, grund=grund))
            continue
        par.append(
            Takstpar(
                noegle=noegle,
                driftsherre=ny.driftsherre,
                navn=ny.navn,
                gammel=gammel.takst,
                ny=ny.takst,
                gammel_fast=i_faste_priser(gammel.takst, fra_aar),
                ny_fast=i_faste_priser(ny.takst, til_aar),
                vaegt=gammel.vaegt,
            )
        )
    return Parring(
        fra_aar=fra_aar,
        til_aar=til_aar,
        prisaar=prisaar,
        par=tuple(sorted(par, key=lambda p: _raekkefoelge(p.driftsherre, p.navn, p.noegle))),
        udeladte=tuple(
            sorted(udeladte, key=lambda u: _raekkefoelge(u.takst.driftsherre, u.takst.navn, u.takst.noegle))
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Gennemsnit:
    """The mean change of one driftsherre in percent, exact; `antal_par` is None when only the mean is known."""

    driftsherre: str
    praecis: Fraction
    antal_par: int | None = None
    trin: tuple[Trin, ...] = ()

    @classmethod
    def trykt(cls, driftsherre: str, pct: Decimal) -> "Gennemsnit":
        """A mean that was printed and whose pairs are not known: it is taken as it stands."""
        return cls(driftsherre=driftsherre, praecis=Fraction(pct))

    @property
    def pct(self) -> Decimal:
        return som_pct(self.praecis)


def gennemsnit_pr_driftsherre(par: Iterable[Takstpar], *, uden: Collection[str] = ()) -> tuple[Gennemsnit, ...]:
    """T92: the mean of each driftsherre's pairs, every pair counting the same. `uden` are keys of pairs left out."""
    grupper: dict[str, list[Takstpar]] = {}
    for et_par in par:
        if et_par.noegle not in uden:
            grupper.setdefault(et_par.driftsherre, []).append(et_par)
    return tuple(
        _gennemsnit(driftsherre, grupper[driftsherre]) for driftsherre in sorted(grupper, key=sorteringsnoegle)
    )


def _gennemsnit(driftsherre: str, par: Sequence[Takstpar]) -> Gennemsnit:
    praecis = sum((et_par.praecis for et_par in par), Fraction(0)) / len(par)
    trin = Trin(
        navn=f"Gennemsnit for {driftsherre}",
        formel="Summen af takstændringerne / antal takster",
        indsat=f"{_led([et_par.praecis for et_par in par])} / {len(par)}",
        resultat=_skriv(som_pct(praecis)),
        regel="T92",
    )
    return Gennemsnit(driftsherre=driftsherre, praecis=praecis, antal_par=len(par), trin=(trin,))


def _led(aendringer: Sequence[Fraction]) -> str:
    """Each change, or their sum where there are too many to read."""
    vist = [som_pct(et) for et in aendringer] if len(aendringer) <= _MAKS_LED else [_middel_pct(aendringer, 1)]
    return "(" + " ".join(skriv_aendring(pct, DECIMALER) for pct in vist) + ")"


@dataclass(frozen=True, slots=True, kw_only=True)
class Samlet:
    """One figure for all: percent as shown, and how many driftsherrer or pairs are behind it.

    `udeladt` counts the pairs without a weight; it is 0 in the unweighted figure.
    """

    pct: Decimal
    antal: int
    trin: tuple[Trin, ...]
    udeladt: int = 0


def uvaegtet(gennemsnit: Iterable[Gennemsnit], *, uden: Collection[str] = ()) -> Samlet | None:
    """T92: the unweighted mean of the driftsherrer, without those in `uden`; None when none is left."""
    med = [et for et in gennemsnit if et.driftsherre not in uden]
    if not med:
        return None
    pct = _middel_pct([et.praecis for et in med], len(med))
    trin = Trin(
        navn="Uvægtet gennemsnit",
        formel="Summen af driftsherrernes gennemsnit / antal driftsherrer",
        indsat=f"{_led([et.praecis for et in med])} / {len(med)}",
        resultat=_skriv(pct),
        regel="T92",
    )
    return Samlet(pct=pct, antal=len(med), trin=(trin,))


def vaegtet(par: Iterable[Takstpar], *, uden: Collection[str] = ()) -> Samlet | None:
    """The change weighted by the earlier year's volume: Σ new × w / Σ old × w − 1.

    `uden` are driftsherrer. Pairs without a weight are left out and counted; None when no pair weighs anything.
    """
    return _vaegtet(vej(et_par for et_par in par if et_par.driftsherre not in uden))


def _vaegtet(vejning: Vejning) -> Samlet | None:
    if not vejning.gammel:
        return None
    pct = som_pct((vejning.ny / vejning.gammel - 1) * 100)
    ny_kr, gammel_kr = (afrund_kvotient(sum_.numerator, sum_.denominator) for sum_ in (vejning.ny, vejning.gammel))
    trin = Trin(
        navn="Vægtet efter mængde",
        formel="Summen af nye takster × mængde / summen af gamle takster × samme mængde − 1",
        indsat=f"{skriv_beloeb(ny_kr)} / {skriv_beloeb(gammel_kr)} − 1",
        resultat=_skriv(pct),
        regel="T92",
    )
    return Samlet(pct=pct, antal=vejning.antal, trin=(trin,), udeladt=vejning.udeladt)


@dataclass(frozen=True, slots=True, kw_only=True)
class UdenEn:
    """The overall figures when one driftsherre is left out; `vaegtet` is None when no volumes are known."""

    driftsherre: str
    uvaegtet: Samlet | None
    vaegtet: Samlet | None


def uden_en_ad_gangen(gennemsnit: Iterable[Gennemsnit], par: Iterable[Takstpar] = ()) -> tuple[UdenEn, ...]:
    """How much each driftsherre pulls: the overall figures without it, in the order given."""
    gennemsnit = tuple(gennemsnit)
    grupper: dict[str, list[Takstpar]] = {}
    for et_par in par:
        grupper.setdefault(et_par.driftsherre, []).append(et_par)
    # What is left is found by subtraction: weighing all pairs again for each driftsherre takes minutes at scale.
    alle = vej(et_par for gruppe in grupper.values() for et_par in gruppe)
    return tuple(
        UdenEn(
            driftsherre=et.driftsherre,
            uvaegtet=uvaegtet(gennemsnit, uden={et.driftsherre}),
            vaegtet=_vaegtet(alle.uden(vej(grupper.get(et.driftsherre, ())))),
        )
        for et in gennemsnit
    )
