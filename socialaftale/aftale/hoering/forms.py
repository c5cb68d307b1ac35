"""Forms of a hearing."""

from __future__ import annotations

from typing import Any

from django import forms

from socialaftale.aftale.hoering.notat import Notat
from socialaftale.kerne.formularer import DatoField, Formular, Markering, TekstField, TekstomraadeField
from socialaftale.kerne.models import Organisation


class Hoeringsparter(forms.ModelMultipleChoiceField):
    """Organisations as boxes under their full names."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Organisation) -> str:
        return obj.navn


class Aabnform(Formular):
    """What is heard, until when, and by whom: the parties are chosen from the start."""

    navn = TekstField(
        label="Hvad hedder versionen",
        mangler="Giv versionen et navn, fx høringsudkast",
        max_length=80,
        help_text="Teksten gemmes under dette navn, så alle svarer på det samme. Fx høringsudkast",
    )
    frist = DatoField(label="Frist", mangler="Skriv fristen for svar")
    organisationer = Hoeringsparter(label="Hvem høres", queryset=Organisation.objects.none())
    besked = TekstomraadeField(label="Besked til de inviterede", required=False, max_length=4000)

    mangler = {"organisationer": "Vælg mindst én, der skal høres"}

    def __init__(self, *args: Any, organisationer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisationer"].queryset = organisationer
        self.fields["organisationer"].initial = [part.pk for part in organisationer if part.er_part]


class Fristform(Formular):
    frist = DatoField(label="Ny frist", mangler="Skriv den nye frist")


class Genaabnform(Formular):
    begrundelse = TekstomraadeField(
        label="Hvorfor åbnes svaret igen", mangler="Skriv, hvorfor svaret åbnes igen", max_length=1000
    )


class Svarform(Formular):
    """An organisation's answer: in general and to each chapter; all may be empty in a draft."""

    markering = Markering.INGEN

    fra_version = forms.IntegerField(widget=forms.HiddenInput)
    uden_bemaerkninger = forms.BooleanField(label="Vi har ingen bemærkninger", required=False)
    generelt = TekstomraadeField(label="Generelle bemærkninger", required=False, max_length=10_000, raekker=6)

    def __init__(self, *args: Any, kapitler: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kapitler = kapitler
        for noegle, titel in kapitler:
            self.fields[f"kapitel_{noegle}"] = TekstomraadeField(
                label=titel, required=False, max_length=10_000, raekker=3
            )

    @property
    def kapiteltekster(self) -> dict[int, str]:
        return {noegle: self.cleaned_data[f"kapitel_{noegle}"] for noegle, _ in self.kapitler}


class Bemaerkningsform(Formular):
    """What the secretariat says to each remark that was sent."""

    markering = Markering.INGEN

    def __init__(self, *args: Any, notat: Notat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for afsnit in notat.afsnit:
            for post in afsnit.svar:
                self.fields[post.felt] = TekstomraadeField(
                    label=f"Svar til {post.organisation.navn}: {afsnit.titel}",
                    required=False,
                    max_length=4000,
                    raekker=3,
                    initial=post.bemaerkning,
                    help_text=f"{post.organisation} skrev: {post.tekst}",
                )
