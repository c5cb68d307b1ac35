"""What an annual report prints against what its own figures give; a difference becomes a remark (T21, T22)."""

from dataclasses import dataclass
from decimal import Decimal

from socialaftale.kerne.penge import afrund, andel
from socialaftale.kerne.talformat import skriv_kr, skriv_pct, skriv_tal
from takster.beregning.koder import Enhed
from takster.beregning.regelsaet import Regler
from takster.beregning.takst import Takstresultat, beregn_takst


def _decimaler(tal: Decimal) -> int:
    """How many decimals a printed figure has: 61 → 0, 78.1 → 1."""
    return max(0, -tal.as_tuple().exponent)


def bemaerk_resultat(beregnet: Decimal, oplyst: Decimal | None) -> str:
    """The result as printed (our sign) against income less costs; "" when they agree or nothing is printed."""
    if oplyst is None or beregnet == oplyst:
        return ""
    return (
        f"Resultatet er trykt som {skriv_kr(oplyst, 0)}, men posterne giver {skriv_kr(beregnet, 0)} "
        "Der regnes med posterne."
    )


def bemaerk_belaegning(beregnet_pct: Decimal | None, oplyst_pct: Decimal | None) -> str:
    """The occupancy as printed against activity / capacity, compared with as many decimals as are printed."""
    if beregnet_pct is None or oplyst_pct is None:
        return ""
    decimaler = _decimaler(oplyst_pct)
    if afrund(beregnet_pct, decimaler) == oplyst_pct:
        return ""
    return (
        f"Belægningen er trykt som {skriv_pct(oplyst_pct, decimaler)}, men aktivitet og kapacitet giver "
        f"{skriv_pct(beregnet_pct, max(decimaler, 1))}. Der regnes med aktivitet og kapacitet."
    )


def bemaerk_kapacitet(
    kapacitet: Decimal, forrige_kapacitet: Decimal | None, aktivitet: Decimal | None, oplyst_pct: Decimal | None
) -> str:
    """A capacity that is the printed occupancy of last year's capacity is expected activity in the wrong row."""
    if aktivitet is not None or forrige_kapacitet is None or oplyst_pct is None or kapacitet == forrige_kapacitet:
        return ""
    broek = andel(kapacitet, forrige_kapacitet)
    if broek is None or afrund(broek * 100, 1) != afrund(oplyst_pct, 1):
        return ""
    return (
        f"Kapaciteten er trykt som {skriv_tal(kapacitet)}. Det er {skriv_pct(oplyst_pct, 0)} af sidste års "
        f"{skriv_tal(forrige_kapacitet)} og ser ud til at være den forventede aktivitet. Tallet er ikke rettet."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Budgetgrundlag:
    """What an annual report gives for a tariff: the gross budget G, the places and the budgeted occupancy."""

    budget: Decimal | None
    pladser: Decimal | None
    belaegning_pct: Decimal | None


def beregn_historisk_takst(grundlag: Budgetgrundlag, *, regler: Regler) -> Takstresultat | None:
    """T14: the døgntakst the budget of the report gives; None when one of its three figures is missing."""
    if not (grundlag.budget and grundlag.pladser and grundlag.belaegning_pct):
        return None
    return beregn_takst(
        enhed=Enhed.DOEGN,
        grundlag=grundlag.budget,
        kapacitet=grundlag.pladser,
        belaegning_pct=grundlag.belaegning_pct,
        regler=regler,
    )
