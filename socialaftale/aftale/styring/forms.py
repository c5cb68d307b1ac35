"""Forms of the styringsaftale."""

from __future__ import annotations

from typing import Any

from django import forms

from socialaftale.aftale.models import Aftale
from socialaftale.kerne.formularer import AarField, DatoField, Formular, TekstField, TekstomraadeField


class Vedtagelsesform(Formular):
    """Who adopted it, when, and the agreement it is an annex of."""

    vedtaget_af = TekstField(
        label="Vedtaget af",
        max_length=200,
        mangler="Skriv, hvem der har vedtaget styringsaftalen",
        help_text="Fx parternes kommunalbestyrelser og regionsråd efter anbefaling fra KKR",
    )
    aar = AarField(label="Vedtaget i år", mangler="Skriv årstallet med fire cifre, fx 2026", help_text="Fx 2026")
    dato = DatoField(label="Dato", required=False, help_text="Kun når den sidste parts dato er kendt, fx 15.10.2026")
    bilag_til = forms.ModelChoiceField(
        label="Bilag til aftalen", queryset=Aftale.objects.none(), required=False, empty_label="Ingen aftale"
    )

    def __init__(self, *args: Any, aftaler: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bilag_til"].queryset = aftaler


class Kopiform(Formular):
    """The year of the next styringsaftale, and why it is made."""

    aar = AarField(label="Styringsaftale for år", mangler="Skriv årstallet med fire cifre", help_text="Fx 2028")
    begrundelse = TekstomraadeField(
        label="Begrundelse",
        raekker=2,
        max_length=500,
        mangler="Skriv, hvorfor der skal være en ny styringsaftale",
        help_text="Den står i historikken og ved regelsættet",
    )
