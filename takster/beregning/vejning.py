"""Both years' tariffs summed over the same volumes, in a form that can be subtracted from again (T92)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import localcontext
from fractions import Fraction
from typing import TYPE_CHECKING

from socialaftale.kerne.penge import i_alt

if TYPE_CHECKING:
    from takster.beregning.takstudvikling import Takstpar

# More digits than a tariff times a volume can have, so that no product is cut.
_PRAECISION = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Vejning:
    """Both years' sums over the same volumes, exact; pairs with and without a weight."""

    ny: Fraction
    gammel: Fraction
    antal: int
    udeladt: int

    def uden(self, del_: "Vejning") -> "Vejning":
        return Vejning(
            ny=self.ny - del_.ny,
            gammel=self.gammel - del_.gammel,
            antal=self.antal - del_.antal,
            udeladt=self.udeladt - del_.udeladt,
        )


def vej(par: "Iterable[Takstpar]") -> Vejning:
    """The sums of the pairs that have a weight."""
    alle = list(par)
    med = [et_par for et_par in alle if et_par.vaegt is not None]
    # Products and sums of decimals are exact here and far cheaper than sums of fractions.
    with localcontext(prec=_PRAECISION):
        ny = i_alt(et_par.ny_fast * et_par.vaegt for et_par in med)
        gammel = i_alt(et_par.gammel_fast * et_par.vaegt for et_par in med)
    return Vejning(ny=Fraction(ny), gammel=Fraction(gammel), antal=len(med), udeladt=len(alle) - len(med))
