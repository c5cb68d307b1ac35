"""What a bar chart shows: *serier* (one pattern each) and *rækker* (one label each)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from socialaftale.kerne.figurer.farver import Moenster

STABLEDE_MOENSTRE = (Moenster.FULD, Moenster.SKRAA, Moenster.PRIKKER, Moenster.KRYDS, Moenster.LYS)
PERIODE_MOENSTRE = (Moenster.LYS, Moenster.FULD, Moenster.SKRAA)


@dataclass(frozen=True, slots=True)
class Serie:
    """One series: its name in the key and its fill."""

    navn: str
    moenster: Moenster


@dataclass(frozen=True, slots=True)
class Raekke:
    """One label with a value per series, in the order of the series; None is unknown."""

    navn: str
    vaerdier: tuple[Decimal | int | None, ...]


def stablede_serier(*navne: str) -> tuple[Serie, ...]:
    """Parts of a whole, in fills that stay apart when they touch and without colour."""
    return tuple(
        Serie(navn, moenster) for navn, moenster in zip(navne, _moenstre(navne, STABLEDE_MOENSTRE), strict=True)
    )


def periode_serier(*navne: str) -> tuple[Serie, ...]:
    """Periods from the oldest on, the newest in the strongest colour when there are two."""
    return tuple(
        Serie(navn, moenster) for navn, moenster in zip(navne, _moenstre(navne, PERIODE_MOENSTRE), strict=True)
    )


def _moenstre(navne: Sequence[str], moenstre: tuple[Moenster, ...]) -> tuple[Moenster, ...]:
    if len(navne) > len(moenstre):
        raise ValueError(f"At most {len(moenstre)} series can be told apart")
    return moenstre[: len(navne)]


def kraev_passende(raekker: Sequence[Raekke], serier: Sequence[Serie]) -> None:
    """Refuse rows that do not fit the series, and values a bar from 0 cannot show."""
    if not raekker or not serier:
        raise ValueError("A chart needs rows and series")
    if len({serie.moenster for serie in serier}) < len(serier):
        raise ValueError("Two series share a pattern")
    for raekke in raekker:
        if len(raekke.vaerdier) != len(serier):
            raise ValueError(f"{len(raekke.vaerdier)} values for {len(serier)} series: {raekke.navn}")
        if any(vaerdi is not None and vaerdi < 0 for vaerdi in raekke.vaerdier):
            raise ValueError(f"A bar cannot show a negative value: {raekke.navn}")
