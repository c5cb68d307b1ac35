"""Accounts for the tests: the printed example of the styringsaftale, and any other result of a grundlag."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from socialaftale.kerne.adgang import Adgang
from takster.handlinger import regnskaber
from takster.models import Regnskab
from tests.takster.factories import TakstFactory, TilbudFactory, YdelseFactory

SYSTEM = Adgang.system()
# T22, Tilbud X: G 8,000,000, income 8,418,000, costs 7,648,000.
EKSEMPEL = {"takstindtaegter": "8418000", "personale": "6236000", "ejendom": "611000", "borgerrelaterede": "801000"}


def tilbud_med_takst(driftsherre: Any, *, aar: int = 2025, grundlag: str = "8000000.00", ydelser: int = 1) -> Any:
    """A tilbud whose tariffs of the year give G between them."""
    tilbud = TilbudFactory(driftsherre=driftsherre)
    for _ in range(ydelser):
        TakstFactory(ydelse=YdelseFactory(tilbud=tilbud), aar=aar, grundlag=Decimal(grundlag) / ydelser)
    return tilbud


def felter(regnskab: Regnskab, **valg: Any) -> dict[str, Any]:
    return {navn: getattr(regnskab, navn) for navn in regnskaber.FELTER} | valg


def lav_regnskab(
    tilbud: Any,
    resultat: str = "770000",
    *,
    aar: int = 2025,
    til: str = "kladde",
    adgang: Adgang = SYSTEM,
    **valg: Any,
) -> Regnskab:
    """An account with that result, brought to a state through the steps."""
    regnskab = regnskaber.opret_regnskab(
        tilbud, aar, adgang=adgang, **{navn: valg.pop(navn) for navn in ("ydelse", "maalgruppe") if navn in valg}
    )
    regnskab = regnskaber.gem_regnskab(
        regnskab,
        adgang=adgang,
        version=regnskab.version,
        felter=felter(regnskab, **valg),
        poster={"takstindtaegter": Decimal(10_000_000) + Decimal(resultat), "personale": Decimal(10_000_000)},
    )
    if til == "kladde":
        return regnskab
    regnskab = regnskaber.afgiv(regnskab, adgang=SYSTEM)
    return regnskaber.godkend(regnskab, adgang=SYSTEM) if til == "godkendt" else regnskab
