"""The tariff per unit, and the prices per year and month that follow from it.

The styringsaftale states the principle and not the formula, so the formulas are ours (T14): what is to be covered,
divided by the units expected to be sold.
"""

from dataclasses import dataclass
from decimal import Decimal

from socialaftale.kerne.penge import afrund, afrund_kvotient
from socialaftale.kerne.talformat import HAARDT_MELLEMRUM, skriv_beloeb, skriv_kr, skriv_tal
from takster.beregning.koder import Enhed
from takster.beregning.regelsaet import Regler
from takster.beregning.trin import Beregningsfejl, Trin

_MAANEDER = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Takstresultat:
    """A tariff with every figure it came from.

    `kapacitet` is places, hours or a number of units according to `enhed`; `dage` is None when days play no part.
    `enheder` is the expected sale, unrounded. `takst` is rounded to øre, `pr_aar` and `pr_maaned` are computed from
    the rounded tariff, so that a buyer can check them by hand; they are None for hours and units. `trin` is written
    when it is asked for: lists show the figures alone.
    """

    enhed: Enhed
    grundlag: Decimal
    kapacitet: Decimal
    dage: int | None
    belaegning_pct: Decimal
    enheder: Decimal
    takst: Decimal
    pr_aar: Decimal | None
    pr_maaned: Decimal | None

    @property
    def trin(self) -> tuple[Trin, ...]:
        return _trin(self)


@dataclass(frozen=True, slots=True)
class _Ord:
    """The words and the field of one kind of unit."""

    kapacitet: str
    felt: str
    mangler: str
    ental: str
    flertal: str
    takst: str


_ORD = {
    Enhed.DOEGN: _Ord("pladser", "pladser", "Indtast antal pladser", "døgn", "døgn", "Døgntakst"),
    Enhed.DAG: _Ord("pladser", "pladser", "Indtast antal pladser", "dag", "dage", "Dagtakst"),
    Enhed.TIME: _Ord("timer", "kapacitetstimer", "Indtast antal kapacitetstimer", "time", "timer", "Timetakst"),
    Enhed.ENHED: _Ord("enheder", "antal", "Indtast antal enheder", "enhed", "enheder", "Takst pr. enhed"),
}


def felt_for_kapacitet(enhed: Enhed) -> str:
    """The field that holds the capacity for this unit: pladser, kapacitetstimer or antal."""
    return _ORD[Enhed(enhed)].felt


def beregn_takst(
    *,
    enhed: Enhed,
    grundlag: Decimal,
    kapacitet: Decimal | None,
    belaegning_pct: Decimal | None,
    regler: Regler,
    driftsdage: int | None = None,
) -> Takstresultat:
    """T14: G / (capacity × days × occupancy), rounded to øre once.

    Days are the year's 365 for døgn, the days open for dag, and absent for hours and units. Raises Beregningsfejl
    with the field to fill in when there is nothing to divide by.
    """
    enhed = Enhed(enhed)
    ord_ = _ORD[enhed]
    dage = {Enhed.DOEGN: regler.dage_pr_aar, Enhed.DAG: driftsdage}.get(enhed)
    if kapacitet is None or kapacitet <= 0:
        raise Beregningsfejl(ord_.mangler, felt=ord_.felt)
    if enhed == Enhed.DAG and (dage is None or dage <= 0):
        raise Beregningsfejl("Indtast antal driftsdage om året", felt="driftsdage")
    if belaegning_pct is None or belaegning_pct <= 0:
        raise Beregningsfejl("Indtast den budgetterede belægning", felt="belaegning_pct")
    faktor = kapacitet * (dage or 1)
    takst = afrund_kvotient(grundlag * 100, faktor * belaegning_pct)
    pr_aar = afrund(takst * dage) if dage else None
    pr_maaned = afrund_kvotient(pr_aar, _MAANEDER) if pr_aar is not None else None
    return Takstresultat(
        enhed=enhed,
        grundlag=grundlag,
        kapacitet=kapacitet,
        dage=dage,
        belaegning_pct=belaegning_pct,
        enheder=faktor * belaegning_pct / 100,
        takst=takst,
        pr_aar=pr_aar,
        pr_maaned=pr_maaned,
    )


def beregn_doegntakst(
    grundlag: Decimal, *, pladser: Decimal, belaegning_pct: Decimal, regler: Regler
) -> Takstresultat:
    """T14: *døgntakst* = G / (P × 365 × b)."""
    return beregn_takst(
        enhed=Enhed.DOEGN, grundlag=grundlag, kapacitet=pladser, belaegning_pct=belaegning_pct, regler=regler
    )


def _trin(resultat: Takstresultat) -> tuple[Trin, ...]:
    ord_ = _ORD[resultat.enhed]
    dage_ord = "dage" if resultat.enhed == Enhed.DOEGN else "driftsdage"
    pct = f"{skriv_tal(resultat.belaegning_pct)}{HAARDT_MELLEMRUM}%"
    dage_formel = f" × {dage_ord}" if resultat.dage else ""
    dage_tal = f" × {resultat.dage}" if resultat.dage else ""
    solgt = f"{ord_.kapacitet}{dage_formel} × belægning"
    solgt_tal = f"{skriv_tal(resultat.kapacitet)}{dage_tal} × {pct}"
    trin = [
        Trin(
            navn=f"Forventede {ord_.flertal}",
            formel=solgt[0].upper() + solgt[1:],
            indsat=solgt_tal,
            resultat=f"{skriv_tal(resultat.enheder, 4)}{HAARDT_MELLEMRUM}{ord_.flertal}",
            regel="T14",
        ),
        Trin(
            navn=ord_.takst,
            formel=f"Takstberegningsgrundlag / ({solgt}), afrundet til øre",
            indsat=f"{skriv_beloeb(resultat.grundlag)} / ({solgt_tal})",
            resultat=f"{skriv_kr(resultat.takst)} pr. {ord_.ental}",
            regel="T14",
        ),
    ]
    if resultat.dage:
        trin += [
            Trin(
                navn="Pris pr. plads pr. år",
                formel=f"{ord_.takst} × {dage_ord}",
                indsat=f"{skriv_beloeb(resultat.takst)} × {resultat.dage}",
                resultat=skriv_kr(resultat.pr_aar),
                regel="T14",
            ),
            Trin(
                navn="Pris pr. plads pr. måned",
                formel=f"Pris pr. år / {_MAANEDER}, afrundet til øre",
                indsat=f"{skriv_beloeb(resultat.pr_aar)} / {_MAANEDER}",
                resultat=skriv_kr(resultat.pr_maaned),
                regel="T14",
            ),
        ]
    return tuple(trin)
