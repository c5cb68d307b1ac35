"""A tilbud's regulation of earlier years on its takstskemaer, exact to the øre (T25, T27, T48)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from socialaftale.kerne.penge import fordel, i_alt


@dataclass(frozen=True, slots=True, kw_only=True)
class Skemadel:
    """One takstskema that may carry a part: `vaegt` is last year's grundlag, `fastlagt` what its tariff holds already.

    A published tariff is never changed, so its part stands whatever becomes of the others.
    """

    noegle: int
    vaegt: Decimal = Decimal(0)
    fastlagt: Decimal | None = None


def fordel_paa_skemaer(beloeb: Decimal, dele: Sequence[Skemadel]) -> dict[int, Decimal]:
    """Every takstskema's part of the amount of one tariff year, by key (ours: by last year's grundlag).

    What the published tariffs do not hold is shared by the others, so that the parts add up. When none of them had
    a tariff last year they share alike. When all are published, what they lack stays for the next year.
    """
    aabne = [del_ for del_ in dele if del_.fastlagt is None]
    andele = {del_.noegle: del_.fastlagt for del_ in dele if del_.fastlagt is not None}
    if aabne:
        rest = beloeb - i_alt(andele.values())
        vaegte = [del_.vaegt for del_ in aabne]
        fordelt = fordel(rest, vaegte if any(vaegte) else [1] * len(aabne))
        andele |= dict(zip([del_.noegle for del_ in aabne], fordelt, strict=True))
    return andele
