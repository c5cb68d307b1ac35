"""The buyers of a *tilbud* in one year: the agreement's municipalities, and any other of the country and Greenland."""

from __future__ import annotations

from typing import Any

from django import forms

from socialaftale.kerne.enums import Organisationstype
from socialaftale.kerne.formularer import AarField, Formular, Markering, TekstField, TekstomraadeField
from socialaftale.kerne.models import Organisation


class AarForm(Formular):
    """Which year to look at."""

    aar = AarField(label="År", mangler="Skriv årstallet med fire cifre, fx 2026", mindst=2000)


class KoebereForm(Formular):
    """A box for each municipality (T8); `aabnet` tells whether somebody else has saved meanwhile."""

    markering = Markering.SKAL

    aabnet = forms.CharField(widget=forms.HiddenInput, required=False)
    parter = forms.ModelMultipleChoiceField(
        label="Kommuner i aftalen",
        queryset=Organisation.objects.kommuner(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    andre = forms.ModelMultipleChoiceField(
        label="Andre kommuner og Grønland",
        queryset=Organisation.objects.filter(type=Organisationstype.KOMMUNE, er_part=False).order_by("navn"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    kilde = TekstField(label="Kilde", required=False, max_length=200, bredde="xl", help_text="Fx afregning 2026")

    def kommuner(self) -> list[Organisation]:
        return [*self.cleaned_data["parter"], *self.cleaned_data["andre"]]


class KoebereforslagForm(KoebereForm):
    """The *driftsherre*'s proposal says why."""

    begrundelse = TekstomraadeField(
        label="Begrundelse", mangler="Skriv, hvorfor køberne skal ændres", max_length=2000, raekker=4
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kilde"].help_text = "Fx jeres afregning for året"
