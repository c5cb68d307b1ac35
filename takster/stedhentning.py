"""From the rows of the cost places to values: the bridge to `beregning.stedfordeling`, and what pages show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from socialaftale.kerne.penge import i_alt
from takster.beregning import omkostningssteder as vaerdier
from takster.beregning.stedfordeling import Stedfordeling, fordel_omkostninger
from takster.models import Fordelingsnoegle, Indberetning, Omkostningssted, Takstskema


@dataclass(frozen=True, slots=True)
class Stedregnskab:
    """All cost places of an indberetning with the distribution that follows."""

    steder: Sequence[Omkostningssted]
    noegler: Sequence[Fordelingsnoegle]
    fordeling: Stedfordeling

    @property
    def bogfoert(self) -> Decimal:
        """Everything that is booked, in kroner."""
        return i_alt(beloeb for sted in self.steder for beloeb in sted.beloeb().values())

    def sted(self, kode: str) -> Omkostningssted | None:
        return next((sted for sted in self.steder if sted.kode == kode), None)


def hent_stedregnskab(indberetning: Indberetning) -> Stedregnskab:
    """Places, booked amounts and keys with the distribution; four queries."""
    steder = list(
        Omkostningssted.objects.filter(indberetning=indberetning)
        .select_related("skema__ydelse__tilbud")
        .prefetch_related("poster")
    )
    noegler = list(Fordelingsnoegle.objects.filter(indberetning=indberetning).prefetch_related("maengder"))
    fordeling = fordel_omkostninger(
        [_sted(sted) for sted in steder],
        [
            vaerdier.Bogfoert(sted=sted.kode, post=post, beloeb=beloeb)
            for sted in steder
            for post, beloeb in sted.beloeb().items()
        ],
        [
            vaerdier.Fordelingsnoegle(
                kode=noegle.kode,
                navn=noegle.navn,
                grundlag=noegle.grundlag,
                maengder={str(maengde.sted_id): maengde.maengde for maengde in noegle.maengder.all()},
            )
            for noegle in noegler
        ],
        [
            vaerdier.Fordelingsregel(fra=sted.kode, noegle=str(sted.noegle_id))
            for sted in steder
            if sted.noegle_id is not None
        ],
    )
    return Stedregnskab(steder, noegler, fordeling)


def _sted(sted: Omkostningssted) -> vaerdier.Omkostningssted:
    return vaerdier.Omkostningssted(
        kode=sted.kode,
        navn=sted.navn,
        type=sted.type,
        ydelse=str(sted.skema_id or ""),
        er_myndighed=sted.er_myndighed,
        betjener_myndighed=sted.betjener_myndighed,
    )


@dataclass(frozen=True, slots=True)
class Overfoersel:
    """What the transfer does to one takstskema: (line code, before, after) for the lines that change."""

    skema: Takstskema
    aendringer: list[tuple[str, Decimal | None, Decimal]]
    i_alt: Decimal

    def nye_linjer(self) -> dict[str, Decimal | None]:
        return {**self.skema.beloeb(), **{kode: efter for kode, _, efter in self.aendringer}}


def overfoersler(regnskab: Stedregnskab, skemaer: Mapping[int, Takstskema]) -> list[Overfoersel]:
    """The lines the distribution gives each form; lines it does not touch stay as they are."""
    fundne = []
    for sted in regnskab.steder:
        skema = skemaer.get(sted.skema_id)
        beloeb = regnskab.fordeling.endelige.get(sted.kode)
        if skema is None or not beloeb:
            continue
        foer = skema.beloeb()
        aendringer = [(kode, foer.get(kode), efter) for kode, efter in beloeb.items() if foer.get(kode) != efter]
        fundne.append(Overfoersel(skema, aendringer, i_alt(beloeb.values())))
    return fundne
