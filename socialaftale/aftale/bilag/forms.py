"""The upload of a PDF as an annex."""

from __future__ import annotations

from typing import Any

from django import forms

from socialaftale.aftale.bilag.handlinger import graenser
from socialaftale.kerne.formularer import Formular


class Bilagsfilform(Formular):
    fil = forms.FileField(label="PDF", widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}))

    mangler = {"fil": "Vælg en PDF"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hoejst = graenser()
        self.fields["fil"].help_text = (
            f"Højst {hoejst.mb} MB og {hoejst.sider} sider. Uden adgangskode, scripts og vedhæftede filer. "
            "Fjern CPR-numre, også på skannede sider, som ikke kan gennemses"
        )
