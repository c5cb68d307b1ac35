"""Two people edited the same *tilbud*: what the one saved meanwhile, beside what the other typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from socialaftale.kerne.models import Haendelse
from tilbud.handlinger.registret import SEKTIONSNAVNE, raekkens_vaerdier, til_json
from tilbud.models import Tilbud
from tilbud.visning import feltnavn, raekke_i_ord, vaerdi_i_ord

REGISTRETS, DIN = "registret", "din"
Raekker = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Konfliktlinje:
    """One thing that somebody else changed: what it is now, what was typed, and which is kept unless chosen."""

    noegle: str
    navn: str
    nu: list[str]
    din: list[str]
    valgt: str

    @property
    def felt(self) -> str:
        return f"valg-{self.noegle}"


@dataclass(slots=True)
class _Siden:
    """What the log says has changed since a version: how it was then, by field and by section."""

    felter: dict[str, Any]
    sektioner: dict[str, Raekker]


def _siden(tilbud: Tilbud, version: int) -> _Siden:
    """Walks the log backwards from today, undoing every change made after the version."""
    siden = _Siden({}, {})
    for haendelse in Haendelse.objects.for_objekt(tilbud):
        if haendelse.data.get("version", 0) <= version:
            continue
        siden.felter |= {felt: aendring["foer"] for felt, aendring in haendelse.data["felter"].items()}
        for noegle, forskel in haendelse.data["raekker"].items():
            if noegle not in siden.sektioner:
                siden.sektioner[noegle] = [raekkens_vaerdier(raekke) for raekke in getattr(tilbud, noegle).all()]
            uden = [raekke for raekke in siden.sektioner[noegle] if raekke not in forskel["tilfoejet"]]
            siden.sektioner[noegle] = uden + forskel["fjernet"]
    return siden


def _ens(a: Raekker, b: Raekker) -> bool:
    """The same rows, whatever their order."""
    return len(a) == len(b) and all(raekke in b for raekke in a)


def find_konflikter(
    tilbud: Tilbud,
    *,
    aabnet_version: int,
    felter: Mapping[str, Any],
    raekker: Mapping[str, Sequence[models.Model]],
) -> list[Konfliktlinje]:
    """What others have saved after the page was opened and that differs from what was typed.

    Where the writer had not touched it, the register's value is kept unless they choose otherwise; where both
    changed it, the writer's own.
    """
    siden = _siden(tilbud, aabnet_version)
    linjer = []
    for felt, foer in siden.felter.items():
        nu, din = getattr(tilbud, felt), felter[felt]
        if nu != din:
            valgt = REGISTRETS if til_json(din) == foer else DIN
            linjer.append(
                Konfliktlinje(felt, feltnavn(felt), [vaerdi_i_ord(felt, nu)], [vaerdi_i_ord(felt, din)], valgt)
            )
    for noegle, foer in siden.sektioner.items():
        nu, din = list(getattr(tilbud, noegle).all()), list(raekker.get(noegle, ()))
        dine = [raekkens_vaerdier(raekke) for raekke in din]
        if noegle not in raekker or _ens(dine, [raekkens_vaerdier(raekke) for raekke in nu]):
            continue
        linjer.append(
            Konfliktlinje(
                noegle,
                SEKTIONSNAVNE[noegle].capitalize(),
                [raekke_i_ord(raekke) for raekke in nu],
                [raekke_i_ord(raekke) for raekke in din],
                REGISTRETS if _ens(dine, foer) else DIN,
            )
        )
    return linjer
