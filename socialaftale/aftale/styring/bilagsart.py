"""The styringsaftale as an annex of the agreement: the edition that is in force, as it was issued."""

from __future__ import annotations

from collections.abc import Iterable

from socialaftale.aftale.models import Styringsaftale
from socialaftale.kerne import bilagsarter
from socialaftale.kerne.bilagsarter import Bilagsart, Bilagsbestilling
from socialaftale.kerne.models import Dokument


def varianter(periode: str) -> Iterable[tuple[str, str]]:
    """Every year there is one of."""
    return [(str(aftale.aar), aftale.titel) for aftale in Styringsaftale.objects.order_by("-aar")]


def find_udgave(bestilling: Bilagsbestilling) -> Dokument | None:
    """The published edition of the year; None before there is one."""
    ude = Styringsaftale.objects.offentliggjorte().for_periode(bestilling.variant)
    aftale = ude.select_related("gaeldende_udgave__dokument").first()
    return aftale.gaeldende_udgave.dokument if aftale else None


def registrer() -> None:
    bilagsarter.registrer(Bilagsart("styringsaftale", "Styringsaftalen", find_udgave, varianter), raekkefoelge=300)
