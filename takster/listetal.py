"""The tariff of forms in a list, without a query per row: rules by round, last year's tariffs in one look-up."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from socialaftale.kerne.penge import afrund
from takster.beregning.grundlag import Omkostningsgrundlag
from takster.beregning.koder import Enhed
from takster.beregning.regelsaet import Regler
from takster.beregning.regulering import ManglendeSats, PlSats, sammenlign_takst
from takster.beregning.takst import Takstresultat, beregn_takst, felt_for_kapacitet
from takster.beregning.trin import Beregningsfejl
from takster.beregning.typer import tillaegspris
from takster.hentning import felter_af
from takster.hentning_regulering import reguleringer
from takster.models import Indberetning, Takst, Takstskema
from tilbud.enums import Taksttype

# The columns the tariff itself is made of, for `only` where nothing else of the form is shown.
TALFELTER = (
    "indberetning",
    "enhed",
    "indsendt_taksttype",
    "pladser",
    "kapacitetstimer",
    "antal",
    "driftsdage",
    "belaegning_pct",
    "ydelse__taksttype",
    "ydelse__tilbud__id",
)


def til_tal(skemaer: QuerySet[Takstskema]) -> QuerySet[Takstskema]:
    """With what a row and its tariff need. Forms of one indberetning share it, with its round and rules; the lines
    come with `opslag.hent_beloeb`.
    """
    indberetninger = Indberetning.objects.select_related("runde__regelsaet", "driftsherre")
    return skemaer.select_related("ydelse__tilbud").prefetch_related(Prefetch("indberetning", indberetninger))


class Regelopslag:
    """The rules of forms, read once for each rule set."""

    def __init__(self) -> None:
        self._kendte: dict[int, Regler] = {}

    def __call__(self, skema: Takstskema) -> Regler:
        regelsaet = skema.indberetning.runde.regelsaet
        if regelsaet.pk not in self._kendte:
            self._kendte[regelsaet.pk] = regelsaet.regler()
        return self._kendte[regelsaet.pk]


def med_sidste_takst(skemaer: QuerySet[Takstskema]) -> QuerySet[Takstskema]:
    """Annotates `sidste_takst`: the tariff in force of the year before, None when there is none."""
    sidste = Takst.objects.gaeldende().filter(ydelse=OuterRef("ydelse"), aar=OuterRef("indberetning__runde__aar") - 1)
    return skemaer.annotate(sidste_takst=Subquery(sidste.values("takst")[:1]))


def reguleringer_af(skemaer: Iterable[Takstskema]) -> dict[int, Decimal]:
    """T48: the computed line of earlier years of the forms that have one; one to four queries for all of them."""
    linjer = reguleringer((skema.ydelse.tilbud_id, skema.aar) for skema in skemaer)
    return {noegle: regulering.i_alt for noegle, regulering in linjer.items()}


def resultat_af(skema: Takstskema, regulering: Decimal, regler: Regelopslag) -> Takstresultat | None:
    """The tariff as the form stands; None when something is missing. Uses fetched lines."""
    if not skema.har_grundlag:
        return None
    try:
        return beregn_takst(
            enhed=Enhed(skema.enhed),
            grundlag=Omkostningsgrundlag(skema.beloeb(), regulering).i_alt,
            kapacitet=getattr(skema, felt_for_kapacitet(Enhed(skema.enhed))),
            belaegning_pct=skema.belaegning_pct,
            driftsdage=skema.driftsdage,
            regler=regler(skema),
        )
    except Beregningsfejl:
        return None


def takst_af(skema: Takstskema, regulering: Decimal, regler: Regelopslag) -> Decimal | None:
    """The tariff, or the price of a supplement."""
    if skema.taksttype == Taksttype.TILLAEG:
        return tillaegspris(felter_af(skema))
    resultat = resultat_af(skema, regulering, regler)
    return resultat.takst if resultat else None


def aendring_af(skema: Takstskema, takst: Decimal | None, satser: Iterable[PlSats]) -> Decimal | None:
    """The change to `takst` in the same prices; needs `med_sidste_takst`."""
    sidste = skema.sidste_takst
    if takst is None or sidste is None:
        return None
    try:
        pct = sammenlign_takst(takst, skema.aar, afrund(sidste), skema.aar - 1, satser).pct
    except ManglendeSats:
        return None
    return None if pct is None else afrund(pct, 1)
