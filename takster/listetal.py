"""The tariff of forms in a list, without a query per row: rules by round, last year's tariffs in one look-up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
from takster.models import Indberetning, Indberetningsrunde, Regelsaet, Takst, Takstskema
from takster.opslag import beloeb_efter_skema
from tilbud.enums import Taksttype


def til_tal(skemaer: QuerySet[Takstskema]) -> QuerySet[Takstskema]:
    """With what a row and its tariff need. Forms of one indberetning share it, with its round and rules; the lines
    come with `opslag.hent_beloeb`.
    """
    # Rounds are few: their rules are not read once for each indberetning.
    runder = Prefetch("runde", Indberetningsrunde.objects.select_related("regelsaet"))
    indberetninger = Indberetning.objects.select_related("driftsherre").prefetch_related(runder)
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
    kapacitet = getattr(skema, felt_for_kapacitet(Enhed(skema.enhed)))
    return _resultat(
        skema.enhed,
        skema.beloeb(),
        regulering,
        kapacitet,
        skema.belaegning_pct,
        skema.driftsdage,
        regler(skema),
    )


def _resultat(
    enhed: str,
    beloeb: Mapping[str, Decimal | None],
    regulering: Decimal,
    kapacitet: Decimal | None,
    belaegning_pct: Decimal | None,
    driftsdage: int | None,
    regler: Regler,
) -> Takstresultat | None:
    try:
        return beregn_takst(
            enhed=Enhed(enhed),
            grundlag=Omkostningsgrundlag(beloeb, regulering).i_alt,
            kapacitet=kapacitet,
            belaegning_pct=belaegning_pct,
            driftsdage=driftsdage,
            regler=regler,
        )
    except Beregningsfejl:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Skemagrundlag:
    """What the tariff of a form with a budget is made of, without the form: for hundreds of them at once."""

    pk: int
    ydelse: int
    tilbud: int
    aar: int
    enhed: str
    kapacitet: Decimal | None
    belaegning_pct: Decimal | None
    driftsdage: int | None
    beloeb: Mapping[str, Decimal]
    regler: Regler


def hent_skemagrundlag(skemaer: QuerySet[Takstskema]) -> list[Skemagrundlag]:
    """Those of the forms that have a budget of their own (T33, T35), in three queries at any number."""
    raekker = list(
        skemaer.order_by().values(
            "pk",
            "ydelse",
            "ydelse__tilbud",
            "indberetning__runde__regelsaet",
            "indberetning__runde__aar",
            "enhed",
            "indsendt_taksttype",
            "ydelse__taksttype",
            "belaegning_pct",
            "driftsdage",
            *{felt_for_kapacitet(enhed) for enhed in Enhed},
        )
    )
    regelsaet = Regelsaet.objects.in_bulk({raekke["indberetning__runde__regelsaet"] for raekke in raekker})
    regler = {pk: et.regler() for pk, et in regelsaet.items()}
    beloeb = beloeb_efter_skema(raekke["pk"] for raekke in raekker)
    return [
        Skemagrundlag(
            pk=raekke["pk"],
            ydelse=raekke["ydelse"],
            tilbud=raekke["ydelse__tilbud"],
            aar=raekke["indberetning__runde__aar"],
            enhed=raekke["enhed"],
            kapacitet=raekke[felt_for_kapacitet(Enhed(raekke["enhed"]))],
            belaegning_pct=raekke["belaegning_pct"],
            driftsdage=raekke["driftsdage"],
            beloeb=beloeb[raekke["pk"]],
            regler=regler[raekke["indberetning__runde__regelsaet"]],
        )
        for raekke in raekker
        if Takstskema.type_med_grundlag(raekke["indsendt_taksttype"] or raekke["ydelse__taksttype"])
    ]


def resultat_af_grundlag(skema: Skemagrundlag, regulering: Decimal) -> Takstresultat | None:
    """As `resultat_af`."""
    return _resultat(
        skema.enhed,
        skema.beloeb,
        regulering,
        skema.kapacitet,
        skema.belaegning_pct,
        skema.driftsdage,
        skema.regler,
    )


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
