"""The ATA calculator's form (T39)."""

from __future__ import annotations

from typing import Any

from socialaftale.kerne.formularer import Formular, Markering
from takster.enums import AtaMetode
from takster.forms.typefelter import ata_felter


class Ataformular(Formular):
    """All components of an hour; only the hourly cost must be there."""

    markering = Markering.INGEN

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(ata_felter())
        self.fields["ata_timeomkostning"].required = True
        self.fields["ata_timeomkostning"].error_messages["required"] = "Indtast timeomkostningen"
        self.fields["ata_metode"].initial = AtaMetode.ADDITIV
