"""What opening a round will make, per driftsherre; the page before opening and the opening itself read the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from socialaftale.kerne.models import Organisation
from takster.beregning.klargoering import Forlaeg, forlaeg_af_takst, overtag
from takster.beregning.koder import Enhed
from takster.beregning.takst import felt_for_kapacitet
from takster.hentning import felter_af
from takster.models import Takst, Takstskema
from tilbud.models import Tilbud, Ydelse


def ydelser_i_runden(aar: int) -> QuerySet[Ydelse]:
    """The ydelser a round asks for: active in the year, of socialaftaletilbud run by a driftsherre."""
    tilbud = Tilbud.objects.i_socialaftalen(aar).filter(
        driftsherre__in=Organisation.objects.driftsherrer(), offentliggjort=True
    )
    return Ydelse.objects.aktive(aar).med_takst().filter(tilbud__in=tilbud.values("pk")).select_related("tilbud")


def hent_forlaeg(aar: int, **hvilke: Any) -> dict[int, Forlaeg]:
    """Last year's ydelser by key: the form where there was one, else the tariff in force; two queries.

    `hvilke` narrows it, e.g. to one ydelse.
    """
    takster = Takst.objects.gaeldende().filter(aar=aar - 1, **hvilke)
    forlaeg = {
        pk: forlaeg_af_takst(aar - 1, enhed, kapacitet, dage)
        for pk, enhed, kapacitet, dage in takster.values_list("ydelse", "enhed", "kapacitet", "dage")
    }
    skemaer = Takstskema.objects.filter(indberetning__runde__aar=aar - 1, **hvilke)
    return forlaeg | {
        skema.ydelse_id: Forlaeg(aar=aar - 1, enhed=skema.enhed, felter=felter_af(skema)) for skema in skemaer
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Kladdeplan:
    """One form to be made: its ydelse and the fields it begins with."""

    ydelse: Ydelse
    felter: dict[str, Any]
    fra_sidste_aar: bool

    @property
    def kapacitet(self) -> Decimal | None:
        """Places, hours or units it begins with, None when last year had none."""
        return self.felter.get(felt_for_kapacitet(Enhed(self.ydelse.enhed)))


@dataclass(slots=True, kw_only=True)
class Driftsherreplan:
    """What one driftsherre gets."""

    driftsherre: Organisation
    kopieres: list[Kladdeplan] = field(default_factory=list)
    nye: list[Kladdeplan] = field(default_factory=list)
    ophoerte: list[Ydelse] = field(default_factory=list)

    @property
    def antal(self) -> int:
        return len(self.kopieres) + len(self.nye)

    @property
    def skemaer(self) -> list[Kladdeplan]:
        return [*self.kopieres, *self.nye]


def hent_plan(aar: int) -> list[Driftsherreplan]:
    """The plan of a round in the driftsherrer's order, also of those that have nothing to report; five queries."""
    planer = {org.pk: Driftsherreplan(driftsherre=org) for org in Organisation.objects.driftsherrer()}
    forlaeg = hent_forlaeg(aar)
    med = set()
    for ydelse in ydelser_i_runden(aar).order_by("tilbud__navn", "raekkefoelge", "pk"):
        sidste = forlaeg.get(ydelse.pk)
        kladde = Kladdeplan(ydelse=ydelse, felter=overtag(ydelse.enhed, sidste), fra_sidste_aar=sidste is not None)
        plan = planer[ydelse.tilbud.driftsherre_id]
        (plan.kopieres if sidste else plan.nye).append(kladde)
        med.add(ydelse.pk)
    for driftsherre_id, ydelser in _ophoerte(aar, set(forlaeg) - med).items():
        if driftsherre_id in planer:
            planer[driftsherre_id].ophoerte = ydelser
    return list(planer.values())


def _ophoerte(aar: int, noegler: Iterable[int]) -> dict[int, list[Ydelse]]:
    """Reported last year and not asked for now, by the driftsherre that reported."""
    pr_driftsherre: dict[int, list[Ydelse]] = defaultdict(list)
    for ydelse in Ydelse.objects.filter(pk__in=noegler).select_related("tilbud").order_by("tilbud__navn", "pk"):
        pr_driftsherre[ydelse.tilbud.driftsherre_id].append(ydelse)
    return pr_driftsherre
