"""A year's result and its sign: income less costs, surplus positive, everywhere in the product.

The annual reports print costs less income (a deficit is positive) with income as negative figures; `fra_kilde` turns
them, and `kontroller_fortegn` catches the one budget that is printed against all the others.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from socialaftale.kerne.penge import afrund_kvotient, andel, i_alt
from socialaftale.kerne.talformat import skriv_beloeb, skriv_kr
from takster.beregning.fund import Fund
from takster.beregning.koder import Grad
from takster.beregning.regelsaet import Regler
from takster.beregning.trin import Trin


@dataclass(frozen=True, slots=True, kw_only=True)
class Aarsresultat:
    """T22: income and costs in kroner, both 0 or more, and the takstberegningsgrundlag G they are measured by."""

    indtaegter: Decimal
    omkostninger: Decimal
    grundlag: Decimal | None

    @classmethod
    def fra_kilde(
        cls, *, takstindtaegter: Decimal, omkostninger: Iterable[Decimal], grundlag: Decimal | None
    ) -> "Aarsresultat":
        """From figures as the annual reports print them: income negative, costs positive."""
        return cls(indtaegter=-takstindtaegter, omkostninger=i_alt(omkostninger), grundlag=grundlag)

    @property
    def resultat(self) -> Decimal:
        """Positive is a surplus."""
        return self.indtaegter - self.omkostninger

    @property
    def resultat_pct(self) -> Decimal | None:
        """Result in percent of G, the budget, not of income; unrounded, None when G is unknown."""
        broek = andel(self.resultat, self.grundlag)
        return None if broek is None else broek * 100

    def graense(self, regler: Regler) -> Decimal | None:
        """The limit in kroner (5 % of G), rounded to øre once; None when G is unknown."""
        return None if self.grundlag is None else afrund_kvotient(self.grundlag * regler.resultatgraense_pct, 100)

    def trin(self) -> Trin:
        return Trin(
            navn="Overskud" if self.resultat >= 0 else "Underskud",
            formel="Indtægter − omkostninger",
            indsat=f"{skriv_beloeb(self.indtaegter)} − {skriv_beloeb(self.omkostninger)}",
            resultat=skriv_kr(self.resultat),
            regel="T22",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fortegnskontrol:
    """The amount as printed, the amount to use, and the finding that must stand as a remark when they differ."""

    oplyst: Decimal
    rettet: Decimal
    fund: Fund | None


def kontroller_fortegn(
    beloeb: Decimal, *, forventet: int = 1, felt: str = "bruttobudget", betegnelse: str = "Bruttobudgettet"
) -> Fortegnskontrol:
    """Correct an amount printed with the wrong sign, never silently.

    `forventet` is 1 for amounts that are 0 or more (budgets, costs) and −1 for those that are 0 or less (income as
    the annual reports print it). Østerskoven's budget for 2020 is printed as −45.400.729.
    """
    if beloeb * forventet >= 0:
        return Fortegnskontrol(oplyst=beloeb, rettet=beloeb, fund=None)
    tekst = (
        f"{betegnelse} står i kilden som {skriv_kr(beloeb, 0)}, altså med modsat fortegn af de øvrige. "
        f"Der regnes med {skriv_kr(-beloeb, 0)}"
    )
    return Fortegnskontrol(
        oplyst=beloeb,
        rettet=-beloeb,
        fund=Fund("modsat_fortegn", "T22", Grad.BEMAERKNING, felt, tekst),
    )
