"""The form of a transfer's balance (T50)."""

from __future__ import annotations

from typing import Any

from socialaftale.kerne.felter import AarField
from socialaftale.kerne.formularer import BeloebField, Formular, Markering
from takster.beregning.overdragelse import AKTIVER, FORPLIGTELSER


class Overdragelsesformular(Formular):
    """The year, and the value of each kind of asset and liability; an empty box counts as 0."""

    markering = Markering.INGEN

    aar = AarField(label="Overdragelsesår", help_text="Fx 2027", mangler="Skriv det år, tilbuddet overdrages")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for navn, label in (AKTIVER | FORPLIGTELSER).items():
            self.fields[navn] = BeloebField(
                label=label, required=False, mindst=0, enhed="kr.", max_digits=14, decimal_places=2
            )

    @property
    def aktiver(self) -> list[Any]:
        return [self[navn] for navn in AKTIVER]

    @property
    def forpligtelser(self) -> list[Any]:
        return [self[navn] for navn in FORPLIGTELSER]
