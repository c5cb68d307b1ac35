"""Forms of the library."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from socialaftale.aftale.bibliotek.models import Biblioteksdokument
from socialaftale.aftale.bilag.forms import Bilagsfilform
from socialaftale.aftale.models import Aftale
from socialaftale.kerne.dansk import slug as lav_slug
from socialaftale.kerne.formularer import DatoField, Formular, TekstField, TekstomraadeField


class Oplysningsform(Formular):
    """Title, name in the address and the dates a document is in force."""

    titel = TekstField(label="Titel", mangler="Giv dokumentet en titel", max_length=200, bredde="xl")
    slug = TekstField(
        label="Navn i adressen",
        required=False,
        max_length=80,
        help_text="Fx status-juni-2024. Små bogstaver, tal og bindestreg. Bliver lavet af titlen, hvis feltet er tomt",
    )
    gaelder_fra = DatoField(label="Gælder fra", required=False)
    gaelder_til = DatoField(label="Gælder til og med", required=False)

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"].strip()
        if slug and slug != lav_slug(slug):
            raise ValidationError(f"Brug små bogstaver, tal og bindestreg, fx {lav_slug(slug) or 'status-juni-2024'}")
        return slug

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        fra, til = data.get("gaelder_fra"), data.get("gaelder_til")
        if fra and til and fra > til:
            self.add_error("gaelder_til", "Den sidste dag skal ligge efter den første")
        return data


class Nytdokumentform(Oplysningsform):
    art = forms.ChoiceField(label="Slags", choices=Biblioteksdokument._meta.get_field("art").choices)
    periode = forms.ChoiceField(label="Aftaleperiode", required=False)
    fil = Bilagsfilform.base_fields["fil"]

    mangler = {"art": "Vælg, hvad det er", "fil": "Vælg en PDF"}
    field_order = ["art", "periode", "titel", "slug", "gaelder_fra", "gaelder_til", "fil"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        perioder = Aftale.objects.values_list("periode", flat=True)
        self.fields["periode"].choices = [("", "Hører ikke til en periode"), *((et, et) for et in perioder)]
        self.fields["fil"].help_text = Bilagsfilform().fields["fil"].help_text

    def til_dokument(self) -> Biblioteksdokument:
        felter = ("art", "periode", "titel", "slug", "gaelder_fra", "gaelder_til")
        return Biblioteksdokument(**{felt: self.cleaned_data[felt] for felt in felter})


class Tilbagetraekningsform(Formular):
    begrundelse = TekstomraadeField(
        label="Hvorfor trækkes dokumentet tilbage",
        mangler="Skriv, hvorfor dokumentet trækkes tilbage",
        max_length=1000,
        raekker=3,
        help_text="Alle kan læse begrundelsen på dokumentets adresse",
    )
