"""Two people in the same takstskema: which fields the other changed, and how the later text is laid on top of them.

A field that only the other has changed takes the saved value; a field that both have changed keeps what the reader
typed and is shown beside the saved value. Nothing is overwritten that nobody looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms

from socialaftale.kerne.felter import Talfelt
from socialaftale.kerne.models import Haendelse
from takster.forms.skema import Skemaformular, linjefelt, vis_vaerdi
from takster.handlinger.skemaer import GEMT
from takster.models import Takstskema


@dataclass(frozen=True, slots=True)
class Fletning:
    """The merged texts by field name, the fields both changed (label, mine, saved), and those taken from the other."""

    data: dict[str, str]
    forskelle: list[tuple[str, str, str]]
    overtagne: list[str]


@dataclass(frozen=True, slots=True)
class Grundvaerdier:
    """What the fields saved after `version` held at that version; `gemte` are the log's data, oldest first."""

    gemte: Sequence[Mapping[str, Any]]
    version: int

    @property
    def pr_felt(self) -> dict[str, Any]:
        """By form field name."""
        grund: dict[str, Any] = {}
        for data in self.gemte:
            if data["version"] <= self.version:
                continue
            for navn, (gammel, _) in data["felter"].items():
                grund.setdefault(navn, gammel)
            for kode, (gammel, _) in data["linjer"].items():
                grund.setdefault(linjefelt(kode), gammel)
        return grund


def grundvaerdier(skema: Takstskema, version: int) -> dict[str, Any]:
    """What the fields that were saved after `version` held at that version, by form field name; from the log."""
    gemte = Haendelse.objects.for_objekt(skema).filter(handling=GEMT).order_by("pk").values_list("data", flat=True)
    return Grundvaerdier(list(gemte), version).pr_felt


def flet(data: Mapping[str, str], nyeste: Takstskema, version: int) -> Fletning:
    """Lay what was typed on top of `version` over the newest saved form."""
    som_gemt = Skemaformular(skema=nyeste)
    samlet = {navn: data[navn] for navn in som_gemt.fields if navn in data and navn != "version"}
    forskelle, overtagne = [], []
    for navn, grund in grundvaerdier(nyeste, version).items():
        felt = som_gemt.fields.get(navn)
        if felt is None:
            continue
        gemt = som_gemt.get_initial_for_field(felt, navn)
        mit = _typet(felt, navn, data)
        if not felt.has_changed(gemt, mit):
            continue
        if felt.has_changed(som_felt(felt, grund), mit):
            forskelle.append((str(felt.label), vis_vaerdi(felt, mit), vis_vaerdi(felt, som_gemt[navn].value())))
        else:
            overtagne.append(str(felt.label))
            _saet(samlet, felt, navn, som_gemt[navn].value())
    return Fletning(samlet, forskelle, overtagne)


def _typet(felt: forms.Field, navn: str, data: Mapping[str, str]) -> Any:
    return navn in data if isinstance(felt, forms.BooleanField) else data.get(navn, "")


def som_felt(felt: forms.Field, logget: Any) -> Any:
    """A logged value as the form has it; amounts are logged as decimal strings."""
    return Decimal(logget) if isinstance(felt, Talfelt) and logget is not None else logget


def _saet(samlet: dict[str, str], felt: forms.Field, navn: str, vaerdi: Any) -> None:
    if isinstance(felt, forms.BooleanField):
        if vaerdi:
            samlet[navn] = "on"
        else:
            samlet.pop(navn, None)
    else:
        samlet[navn] = "" if vaerdi is None else str(vaerdi)
