"""The small forms of the steps: reasons, dates, remarks, the overhead method and rounds."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from socialaftale.kerne.formularer import (
    AarField,
    DatoField,
    Formular,
    Markering,
    TekstField,
    TekstomraadeField,
)


class Bemaerkningsformular(Formular):
    """The remarks of a takstskema on the check page, where the check asks for them."""

    markering = Markering.INGEN

    bemaerkning = TekstomraadeField(label="Bemærkninger", required=False, max_length=4000, raekker=6)
    belaegning_begrundelse = TekstomraadeField(
        label="Begrundelse for belægningen", required=False, max_length=2000, raekker=3
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class Returformular(Formular):
    """What must be corrected, and until when if the window is closed."""

    begrundelse = TekstomraadeField(
        label="Hvad skal rettes?",
        help_text="Driftsherren får teksten i en mail og ser den på skemaet",
        mangler="Skriv, hvad der skal rettes",
        max_length=2000,
    )
    rettes_senest = DatoField(label="Rettes senest", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, kraever_dato: bool, i_dag: dt.date, kraever_begrundelse: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        # Comments on single fields say it too.
        self.fields["begrundelse"].required = kraever_begrundelse
        felt = self.fields["rettes_senest"]
        felt.tidligst = i_dag
        felt.required = kraever_dato
        felt.error_messages["required"] = "Skriv, hvornår skemaet senest skal være rettet"
        felt.help_text = (
            "Fristen er overskredet. Skemaet åbnes til og med denne dag. Fx 15.11.2026"
            if kraever_dato
            else "Lad feltet stå tomt, hvis rundens frist gælder. Fx 15.11.2026"
        )


class Godkendelsesformular(Formular):
    """Approval; the reason is required when something deviates from the rules."""

    begrundelse = TekstomraadeField(label="Begrundelse", required=False, max_length=2000, raekker=3)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, kraever_begrundelse: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felt = self.fields["begrundelse"]
        felt.required = kraever_begrundelse
        felt.error_messages["required"] = "Skriv, hvorfor du godkender det, der afviger fra reglerne"


class Rundeformular(Formular):
    """A new round."""

    aar = AarField(
        label="Takstår",
        help_text="Det år, taksterne gælder for. Fx 2028",
        mangler="Indtast takståret",
        mindst=2000,
        hoejst=2100,
    )
    aabner = DatoField(label="Åbner", mangler="Indtast den dag, runden åbner")
    frist = DatoField(label="Frist", mangler="Indtast fristen", help_text="Sidste dag for indberetning. Fx 31.10.2027")
    note = TekstField(label="Note", required=False, max_length=200, bredde="xl")

    def clean(self) -> dict[str, Any]:
        rensede = super().clean()
        aabner, frist = rensede.get("aabner"), rensede.get("frist")
        if aabner and frist and frist < aabner:
            self.add_error("frist", "Fristen skal ligge efter den dag, runden åbner")
        return rensede


class Fristformular(Formular):
    """Another deadline, with the reason."""

    frist = DatoField(label="Ny frist", mangler="Indtast den nye frist")
    begrundelse = TekstomraadeField(
        label="Begrundelse", mangler="Skriv, hvorfor fristen flyttes", max_length=2000, raekker=3
    )


class Genaabningsformular(Formular):
    """T13: a later deadline for one driftsherre, or an opening after the deadline."""

    til = DatoField(label="Åben til og med", mangler="Indtast, hvor længe indberetningen skal være åben")
    begrundelse = TekstomraadeField(
        label="Begrundelse", mangler="Skriv, hvorfor du forlænger eller genåbner", max_length=2000, raekker=3
    )


class Metodeformular(Formular):
    """T55: how the share of central administration is found."""

    metode = TekstomraadeField(
        label="Sådan beregner vi andelen af central administration og ledelse",
        help_text="Beskriv fordelingsnøglerne, så revisionen kan følge dem. Andelen må ikke være en fast procent",
        mangler="Beskriv, hvordan andelen beregnes",
        max_length=2000,
        raekker=5,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
