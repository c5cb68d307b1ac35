"""What a new round takes over from last year's: which ydelser go on, which are new, and which have ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from takster.beregning.koder import Enhed
from takster.beregning.takst import felt_for_kapacitet

# What says how the ydelse is made up and goes on until somebody changes it. Amounts, occupancy, confirmations and
# remarks are the year's own: they are left empty, and last year's amounts stand beside the boxes.
STRUKTUR = ("direkte_stoettetimer", "kort_forloeb", "leasing", "pensionsmetode", "afskrivningspraksis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Forlaeg:
    """Last year's ydelse as values: its form's fields, or what a published tariff without a form tells."""

    aar: int
    enhed: str
    felter: Mapping[str, Any]


def kapacitetsfelter(enhed: str) -> tuple[str, ...]:
    """The capacity fields a unit uses; another unit's figures would only stand hidden in the form."""
    felt = felt_for_kapacitet(Enhed(enhed))
    return (felt, "driftsdage") if enhed == Enhed.DAG else (felt,)


def forlaeg_af_takst(aar: int, enhed: str, kapacitet: Decimal, dage: int | None) -> Forlaeg:
    """What a published tariff tells about the make-up of its ydelse."""
    felter: dict[str, Any] = {felt_for_kapacitet(Enhed(enhed)): kapacitet}
    if enhed == Enhed.DAG:
        felter["driftsdage"] = dage
    return Forlaeg(aar=aar, enhed=enhed, felter=felter)


def overtag(enhed: str, forlaeg: Forlaeg | None) -> dict[str, Any]:
    """The fields a new form of that unit begins with; empty when there is nothing to take over."""
    if forlaeg is None:
        return {}
    navne = STRUKTUR if forlaeg.enhed != enhed else (*kapacitetsfelter(enhed), *STRUKTUR)
    return {navn: forlaeg.felter[navn] for navn in navne if forlaeg.felter.get(navn) is not None}
