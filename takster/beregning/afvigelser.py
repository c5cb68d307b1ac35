"""Tariffs that lie far from those of comparable services (T15: comparable services are comparable in price).

Comparable is the same paragraph, target group and unit. A tariff is held against the *others* of its group, never
against itself, so that a lone dear place does not pull the median towards it. Quartiles are found as in Excel's
KVARTIL.MEDTAG (linear interpolation), exactly, and rounded to øre.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from socialaftale.kerne.dansk import soegetekst, sorteringsnoegle
from socialaftale.kerne.penge import afrund_kvotient
from socialaftale.kerne.talformat import HAARDT_MELLEMRUM, skriv_aendring, skriv_beloeb, skriv_kr, skriv_pct, skriv_tal
from takster.beregning.fund import Fund
from takster.beregning.koder import Grad
from takster.beregning.trin import Trin


@dataclass(frozen=True, slots=True, kw_only=True)
class Afstand:
    """How far is far: in percent of the median, up or down, with at least so many others to compare with.

    Both are ours; the source has no figure.
    """

    pct: Decimal = Decimal(25)
    mindst_andre: int = 3


STANDARDAFSTAND = Afstand()


@lru_cache(maxsize=1000)
def maalgruppenavn(maalgruppe: str) -> str:
    """A target group as it is compared; the same few are met again and again."""
    return soegetekst(maalgruppe)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sammenligningstakst:
    """One tariff in kroner per unit; a paragraph or target group that is not known is ""."""

    noegle: str
    navn: str
    lovgrundlag: str
    maalgruppe: str
    enhed: str
    takst: Decimal

    @property
    def gruppe(self) -> tuple[str, str, str] | None:
        """What must be equal; None when the paragraph or the target group is unknown."""
        maalgruppe = maalgruppenavn(self.maalgruppe)
        return (self.lovgrundlag, maalgruppe, self.enhed) if self.lovgrundlag and maalgruppe else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sammenligning:
    """A tariff against the others of its group; `afvigelse_pct` is from the median, rounded to one decimal."""

    takst: Sammenligningstakst
    antal_andre: int
    nedre_kvartil: Decimal
    median: Decimal
    oevre_kvartil: Decimal
    afvigelse_pct: Decimal
    er_afvigende: bool
    fund: Fund | None
    trin: tuple[Trin, ...]


def fraktil(sorteret: Sequence[Decimal], andel: Fraction) -> Fraction:
    """The fractile of values in order, interpolated between the two nearest; ValueError when there are none."""
    if not sorteret:
        raise ValueError("There is no fractile of nothing.")
    plads = (len(sorteret) - 1) * andel
    nederst = int(plads)
    fra = Fraction(sorteret[nederst])
    rest = plads - nederst
    return fra if not rest else fra + rest * (Fraction(sorteret[nederst + 1]) - fra)


def median(vaerdier: Iterable[Decimal]) -> Decimal:
    """The middle value, or the mean of the two middle ones, rounded to øre; ValueError when there are none."""
    return _oere(fraktil(sorted(vaerdier), Fraction(1, 2)))


def _oere(broek: Fraction) -> Decimal:
    return afrund_kvotient(broek.numerator, broek.denominator)


def sammenlign(
    takster: Iterable[Sammenligningstakst], *, afstand: Afstand = STANDARDAFSTAND
) -> tuple[Sammenligning, ...]:
    """Every tariff that has enough comparable ones, in Danish order of names; the flagged ones carry a finding.

    A tariff of 0 kr. is no price and is left out, and so are groups whose median would be 0.
    """
    grupper: dict[tuple[str, str, str], list[Sammenligningstakst]] = {}
    for takst in takster:
        if takst.gruppe is not None and takst.takst > 0:
            grupper.setdefault(takst.gruppe, []).append(takst)
    sammenligninger = []
    for gruppe in grupper.values():
        # Somebody to compare with is needed whatever the limit says.
        if len(gruppe) - 1 < max(afstand.mindst_andre, 1):
            continue
        gruppe.sort(key=lambda takst: (takst.takst, takst.noegle))
        priser = [takst.takst for takst in gruppe]
        sammenligninger += [
            _sammenlign_en(takst, priser[:nummer] + priser[nummer + 1 :], afstand)
            for nummer, takst in enumerate(gruppe)
        ]
    return tuple(sorted(sammenligninger, key=lambda s: (sorteringsnoegle(s.takst.navn), s.takst.noegle)))


def sammenlign_med(
    takst: Sammenligningstakst, andre: Iterable[Sammenligningstakst], *, afstand: Afstand = STANDARDAFSTAND
) -> Sammenligning | None:
    """The one tariff against those of its group among the others, as in `sammenlign`; None when they are too few."""
    if takst.gruppe is None or takst.takst <= 0:
        return None
    priser = sorted(anden.takst for anden in andre if anden.takst > 0 and anden.gruppe == takst.gruppe)
    # Somebody to compare with is needed whatever the limit says.
    return None if len(priser) < max(afstand.mindst_andre, 1) else _sammenlign_en(takst, priser, afstand)


def _sammenlign_en(takst: Sammenligningstakst, andre: Sequence[Decimal], afstand: Afstand) -> Sammenligning:
    nedre, midt, oevre = (_oere(fraktil(andre, Fraction(kvartil, 4))) for kvartil in (1, 2, 3))
    forskel = (Fraction(takst.takst) - Fraction(midt)) / Fraction(midt) * 100
    afvigelse = afrund_kvotient(forskel.numerator, forskel.denominator, 1)
    er_afvigende = abs(forskel) > afstand.pct
    fund = None
    if er_afvigende:
        retning = "over" if forskel > 0 else "under"
        tekst = (
            f"Taksten på {skriv_kr(takst.takst)} ligger {skriv_pct(abs(afvigelse))} {retning} medianen på "
            f"{skriv_kr(midt)} for {len(andre)} sammenlignelige takster ({takst.lovgrundlag}, {takst.maalgruppe}). "
            "Se efter, om den er rigtig, eller skriv hvorfor"
        )
        fund = Fund("takst_afviger", "T15", Grad.ADVARSEL, "takst", tekst)
    trin = (
        Trin(
            navn="Median af sammenlignelige takster",
            formel="Den midterste takst med samme lovgrundlag, målgruppe og enhed, uden denne",
            indsat=f"{len(andre)} takster, halvdelen mellem {skriv_beloeb(nedre)} og {skriv_beloeb(oevre)}",
            resultat=skriv_kr(midt),
            regel="T15",
        ),
        Trin(
            navn="Afvigelse fra medianen",
            formel=f"(Takst − median) / median; grænsen er ±{skriv_tal(afstand.pct)}{HAARDT_MELLEMRUM}%",
            indsat=f"({skriv_beloeb(takst.takst)} − {skriv_beloeb(midt)}) / {skriv_beloeb(midt)}",
            resultat=f"{skriv_aendring(afvigelse)}{HAARDT_MELLEMRUM}%",
            regel="T15",
        ),
    )
    return Sammenligning(
        takst=takst,
        antal_andre=len(andre),
        nedre_kvartil=nedre,
        median=midt,
        oevre_kvartil=oevre,
        afvigelse_pct=afvigelse,
        er_afvigende=er_afvigende,
        fund=fund,
        trin=trin,
    )
