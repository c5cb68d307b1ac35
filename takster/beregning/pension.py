"""Pensions of civil servants as a share of their wages (T54)."""

from dataclasses import dataclass
from decimal import Decimal

from socialaftale.kerne.penge import afrund_kvotient
from socialaftale.kerne.talformat import HAARDT_MELLEMRUM, skriv_beloeb, skriv_kr, skriv_tal
from takster.beregning.regelsaet import Regler
from takster.beregning.trin import Beregningsfejl, Trin


@dataclass(frozen=True, slots=True, kw_only=True)
class Pension:
    """The amount for the line A70 in kroner, rounded to øre once."""

    beloeb: Decimal
    trin: Trin


def beregn_pension(tjenestemandsloen: Decimal | None, *, regler: Regler) -> Pension:
    """T54: 25 % of the wages of civil servants, for rights earned after 1 January 2007: 500.000 gives 125.000.

    Raises Beregningsfejl when the wages are unknown or not above 0.
    """
    if tjenestemandsloen is None or tjenestemandsloen <= 0:
        raise Beregningsfejl("Indtast lønnen til de tjenestemænd, som pensionen beregnes af", felt="tjenestemandsloen")
    beloeb = afrund_kvotient(tjenestemandsloen * regler.pension_pct, 100)
    pct = f"{skriv_tal(regler.pension_pct)}{HAARDT_MELLEMRUM}%"
    return Pension(
        beloeb=beloeb,
        trin=Trin(
            navn="Tjenestemandspension",
            formel=f"{pct} af tjenestemændenes løn",
            indsat=f"{pct} × {skriv_beloeb(tjenestemandsloen)}",
            resultat=skriv_kr(beloeb),
            regel="T54",
        ),
    )
