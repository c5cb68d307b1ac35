"""Money as Decimal kroner: the one rounding function, sums, shares and exact distribution."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from fractions import Fraction
from functools import cache

# Wide enough that no amount, sum or product met here is ever cut before the one rounding the rule asks for.
_PRAECISION = 80
_AFRUNDING = Context(prec=_PRAECISION, rounding=ROUND_HALF_UP)


def _kraev_praecis(vaerdi: Decimal | int) -> Decimal:
    """Refuse float: it is already wrong before it can be rounded."""
    # A page asks this thousands of times, nearly always of a Decimal.
    if type(vaerdi) is Decimal:
        tal = vaerdi
    elif isinstance(vaerdi, bool) or not isinstance(vaerdi, Decimal | int):
        raise TypeError(f"Amounts must be Decimal or int, not {type(vaerdi).__name__}.")
    else:
        tal = Decimal(vaerdi)
    if not tal.is_finite():
        raise ValueError("Amounts must be finite.")
    return tal


@cache
def _enhed(decimaler: int) -> Decimal:
    """The last digit kept: 2 → 0,01."""
    return Decimal(1).scaleb(-decimaler)


def afrund(beloeb: Decimal | int, decimaler: int = 2) -> Decimal:
    """Round half away from zero (0,005 → 0,01; −0,005 → −0,01); never returns a negative zero."""
    afrundet = _kraev_praecis(beloeb).quantize(_enhed(decimaler), context=_AFRUNDING)
    return abs(afrundet) if afrundet == 0 else afrundet


def afrund_kvotient(taeller: Decimal | int, naevner: Decimal | int, decimaler: int = 2) -> Decimal:
    """Round taeller / naevner half up from the exact fraction, so that no digit is lost in the division.

    Raises ZeroDivisionError when naevner is 0. The JavaScript preview does the same in whole numbers.
    """
    # The whole numbers of the fraction by hand: a Fraction reduces itself at every step, which takes most of the time.
    over, under = _kraev_praecis(taeller).as_integer_ratio()
    delt_over, delt_under = _kraev_praecis(naevner).as_integer_ratio()
    if delt_over == 0:
        raise ZeroDivisionError("A quotient needs a divisor other than 0.")
    er_negativ = (over < 0) != (delt_over < 0)
    skaleret, naevner_i_alt = abs(over * delt_under) * 10**decimaler, abs(under * delt_over)
    hele = (2 * skaleret + naevner_i_alt) // (2 * naevner_i_alt)
    return afrund(Decimal(-hele if er_negativ else hele).scaleb(-decimaler, context=_AFRUNDING), decimaler)


def i_alt(beloeb: Iterable[Decimal | int]) -> Decimal:
    """Exact, unrounded sum; 0 for nothing."""
    total, laeg_til = Decimal(0), _AFRUNDING.add
    for post in beloeb:
        # As _kraev_praecis, which a page would call tens of thousands of times.
        if type(post) is not Decimal or not post.is_finite():
            post = _kraev_praecis(post)
        total = laeg_til(total, post)
    return total


def andel(del_: Decimal | int | None, helhed: Decimal | int | None) -> Decimal | None:
    """Unrounded fraction del_ / helhed; None when either is unknown or the whole is 0."""
    if del_ is None or helhed is None or helhed == 0:
        return None
    with localcontext(_AFRUNDING):
        return _kraev_praecis(del_) / _kraev_praecis(helhed)


def fordel(total: Decimal | int, vaegte: Sequence[Decimal | int], *, decimaler: int = 2) -> list[Decimal]:
    """Distribute total by weight with largest remainders (Hare), so that the parts add up to it exactly.

    Every part is the exact share rounded down or up to `decimaler`. Equal remainders go to the larger weight, then to
    the first in the list. A negative total is distributed as its positive mirror.
    Raises ValueError for a negative weight, no positive weight, or a total finer than `decimaler`.
    """
    total = _kraev_praecis(total)
    praecise = [Fraction(_kraev_praecis(vaegt)) for vaegt in vaegte]
    if any(vaegt < 0 for vaegt in praecise) or not any(praecise):
        raise ValueError("Distribution needs weights of 0 or more, at least one of them positive.")
    if afrund(total, decimaler) != total:
        raise ValueError(f"Total {total} has more than {decimaler} decimals and cannot be distributed exactly.")
    enheder = int(abs(total).scaleb(decimaler, context=_AFRUNDING))
    sum_vaegte = sum(praecise)
    kvoter = [enheder * vaegt / sum_vaegte for vaegt in praecise]
    dele = [int(kvote) for kvote in kvoter]
    raekkefoelge = sorted(range(len(kvoter)), key=lambda i: (dele[i] - kvoter[i], -praecise[i], i))
    for i in raekkefoelge[: enheder - sum(dele)]:
        dele[i] += 1
    fortegn = -1 if total < 0 else 1
    return [afrund(Decimal(fortegn * enhed).scaleb(-decimaler, context=_AFRUNDING), decimaler) for enhed in dele]
