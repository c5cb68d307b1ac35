"""Forms of sending and following up."""

from __future__ import annotations

from typing import Any

from django import forms

from socialaftale.kerne.enums import Organisationstype
from socialaftale.kerne.formularer import DatoField, Formular, Markering, TekstField, TekstomraadeField
from socialaftale.kerne.models import Organisation
from udmeldinger.enums import Svarrolle
from udmeldinger.spoergeskemaer.udsendelse import Modtager


class Organisationer(forms.ModelMultipleChoiceField):
    """Organisations as boxes under their full names."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Organisation) -> str:
        return obj.navn


class Modtagerformular(Formular):
    """Who is asked, by organisation and capacity."""

    markering = Markering.INGEN

    ROLLER = {"kommuner": Svarrolle.MYNDIGHED, "driftsherrer": Svarrolle.DRIFTSHERRE, "regioner": Svarrolle.REGION}

    kommuner = Organisationer(label="Kommuner som myndighed", queryset=Organisation.objects.none(), required=False)
    driftsherrer = Organisationer(label="Driftsherrer", queryset=Organisation.objects.none(), required=False)
    regioner = Organisationer(
        label="Sekretariater i andre regioner", queryset=Organisation.objects.none(), required=False
    )

    def __init__(self, *args: Any, roller: set[str], **kwargs: Any) -> None:
        """`roller` are the capacities the sections ask; empty when they ask everybody."""
        super().__init__(*args, **kwargs)
        alle = Organisation.objects.all()
        self.fields["kommuner"].queryset = alle.kommuner()
        self.fields["driftsherrer"].queryset = alle.driftsherrer()
        self.fields["regioner"].queryset = alle.filter(type=Organisationstype.REGION, er_part=False)
        for navn, rolle in self.ROLLER.items():
            if rolle in roller:
                self.fields[navn].initial = [et.pk for et in self.fields[navn].queryset]
            elif roller:
                # No section asks them anything.
                del self.fields[navn]

    def modtagere(self) -> list[Modtager]:
        return [Modtager(et, rolle) for navn, rolle in self.ROLLER.items() for et in self.cleaned_data.get(navn, ())]


class Sendeformular(Modtagerformular):
    frist = DatoField(label="Frist", mangler="Skriv fristen for svar")
    besked = TekstomraadeField(
        label="Besked til modtagerne (frivilligt)",
        required=False,
        max_length=4000,
        help_text="Står i mailen og øverst i svaret.",
    )
    field_order = ["frist", "kommuner", "driftsherrer", "regioner", "besked"]


class Fristformular(Formular):
    frist = DatoField(label="Ny frist", mangler="Skriv den nye frist")


class Begrundelsesformular(Formular):
    begrundelse = TekstomraadeField(label="Begrundelse", mangler="Skriv en begrundelse", max_length=1000)


class Linkformular(Formular):
    navn = TekstField(label="Modtagerens navn", mangler="Skriv modtagerens navn", max_length=150)
    email = forms.EmailField(label="E-mail")

    mangler = {"email": "Skriv modtagerens e-mail"}


class Privatformular(Linkformular):
    organisation = TekstField(
        label="Privat driftsherre",
        mangler="Skriv driftsherrens navn",
        max_length=150,
        help_text="Findes driftsherren ikke i forvejen, bliver den oprettet.",
    )
    field_order = ["organisation", "navn", "email"]
