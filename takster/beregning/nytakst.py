"""A tariff that changes during the year: the published calculation with new places or new lines put in (T67, T68)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from takster.beregning.grundlag import Omkostningsgrundlag
from takster.beregning.koder import Enhed
from takster.beregning.regelsaet import Regler
from takster.beregning.takst import Takstresultat, beregn_takst, felt_for_kapacitet
from takster.beregning.trin import Beregningsfejl, Trin


@dataclass(frozen=True, slots=True, kw_only=True)
class Offentliggjort:
    """The figures a tariff was published with, and the limits of that time.

    `beloeb` is empty for a tariff whose lines are not known; its basis can then not be changed line by line.
    """

    enhed: Enhed
    grundlag: Decimal
    beloeb: Mapping[str, Decimal]
    regulering: Decimal
    kapacitet: Decimal
    dage: int | None
    belaegning_pct: Decimal
    regler: Regler

    @property
    def har_linjer(self) -> bool:
        """The lines are known, and they add up to the published basis (T16)."""
        i_alt = Omkostningsgrundlag(self.beloeb, self.regulering).i_alt
        return bool(self.beloeb) and abs(i_alt - self.grundlag) <= self.regler.tolerance_kr


@dataclass(frozen=True, slots=True, kw_only=True)
class NyTakst:
    """The tariff after the change with all lines it rests on."""

    resultat: Takstresultat
    beloeb: Mapping[str, Decimal]
    regulering: Decimal
    trin: tuple[Trin, ...]


def beregn_ny_takst(
    foer: Offentliggjort, *, kapacitet: Decimal | None = None, linjer: Mapping[str, Decimal] | None = None
) -> NyTakst:
    """T14, T67, T68: what is not changed stays as published. Raises Beregningsfejl when it cannot be computed."""
    linjer = linjer or {}
    if linjer and not foer.har_linjer:
        raise Beregningsfejl("Takstens linjer kendes ikke, så de kan ikke ændres", felt="linjer")
    beloeb = {**foer.beloeb, **linjer}
    if linjer:
        omkostninger = Omkostningsgrundlag(beloeb, foer.regulering)
        grundlag, grundlagstrin = omkostninger.i_alt, omkostninger.trin()
    else:
        grundlag, grundlagstrin = foer.grundlag, ()
    resultat = beregn_takst(
        enhed=foer.enhed,
        grundlag=grundlag,
        kapacitet=foer.kapacitet if kapacitet is None else kapacitet,
        belaegning_pct=foer.belaegning_pct,
        regler=foer.regler,
        driftsdage=foer.dage if foer.enhed == Enhed.DAG else None,
    )
    return NyTakst(
        resultat=resultat,
        beloeb=beloeb,
        regulering=foer.regulering,
        trin=(*grundlagstrin, *resultat.trin),
    )


def kapacitetsord(enhed: Enhed) -> str:
    """What the capacity is counted in, for a line of before and after."""
    return {"pladser": "Pladser", "kapacitetstimer": "Kapacitetstimer om året"}.get(
        felt_for_kapacitet(enhed), "Enheder om året"
    )
