"""Two people edited the same *tilbud* or proposal: what the one saved meanwhile, beside what the other typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.http import QueryDict

from socialaftale.kerne.models import Haendelse
from tilbud.handlinger.forslag import FORESLAAELIGE, RETTET, fra_json, skrevet
from tilbud.handlinger.registret import SEKTIONSNAVNE, raekkens_vaerdier, til_json
from tilbud.models import Tilbud, Tilbudsforslag
from tilbud.visning import feltnavn, raekke_i_ord, vaerdi_i_ord

GEMT, DIN = "gemt", "din"
VALG = "valg-"
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
        return f"{VALG}{self.noegle}"


def med_gemte_valg(data: QueryDict, gemt: forms.BaseForm) -> tuple[QueryDict, list[str]]:
    """The data with the saved value wherever that was chosen, and the chosen keys that are no fields of the form.

    `gemt` is the unbound form of what is saved.
    """
    valgte = [navn.removeprefix(VALG) for navn, valg in data.items() if navn.startswith(VALG) and valg == GEMT]
    if not valgte:
        return data, []
    data = data.copy()
    andre = []
    for noegle in valgte:
        if noegle in gemt.fields and noegle != "version":
            _saet_vaerdi(data, noegle, gemt[noegle].value())
        else:
            andre.append(noegle)
    return data, andre


def _saet_vaerdi(data: QueryDict, felt: str, vaerdi: Any) -> None:
    if vaerdi is False or vaerdi is None:
        data.pop(felt, None)
    else:
        data[felt] = "on" if vaerdi is True else str(vaerdi)


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
            valgt = GEMT if til_json(din) == foer else DIN
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
                GEMT if _ens(dine, foer) else DIN,
            )
        )
    return linjer


def find_forslagskonflikter(
    forslag: Tilbudsforslag, *, aabnet_version: int, felter: Mapping[str, Any], begrundelse: str
) -> list[Konfliktlinje]:
    """What a colleague has saved in the draft after the page was opened and that differs from what was typed.

    A draft begun meanwhile (opened at version 0) started from the register. As for the register, what the writer
    had not touched is kept as saved unless they choose otherwise.
    """
    nu, foer = skrevet(forslag), _foer(forslag, aabnet_version)
    dine = {felt: til_json(vaerdi) for felt, vaerdi in felter.items()} | {"begrundelse": begrundelse}
    linjer = []
    for felt in (*FORESLAAELIGE, "begrundelse"):
        i_registret = til_json(getattr(forslag.tilbud, felt, ""))
        gemt, aabnet, din = nu.get(felt, i_registret), foer.get(felt, i_registret), dine[felt]
        if gemt in (aabnet, din):
            continue
        linjer.append(
            Konfliktlinje(
                felt, _forslagsnavn(felt), [_i_ord(felt, gemt)], [_i_ord(felt, din)], GEMT if din == aabnet else DIN
            )
        )
    return linjer


def _foer(forslag: Tilbudsforslag, version: int) -> dict[str, Any]:
    """What the draft said at that version, from the log; nothing when it was not begun."""
    if version == 0:
        return {}
    rettelser = Haendelse.objects.for_objekt(forslag).filter(handling=RETTET).order_by("pk")
    return next((rettet.data["foer"] for rettet in rettelser if rettet.data["version"] > version), skrevet(forslag))


def _forslagsnavn(felt: str) -> str:
    return "Begrundelse" if felt == "begrundelse" else feltnavn(felt)


def _i_ord(felt: str, vaerdi: Any) -> str:
    """A stored value in words; the reason is the proposal's own text, the rest are the register's fields."""
    return str(vaerdi) if felt == "begrundelse" else vaerdi_i_ord(felt, fra_json(felt, vaerdi))
