"""The forms of the control desk: reminders, extensions for several driftsherrer, and comments on fields."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from socialaftale.kerne.formularer import Formular, Markering, TekstField, TekstomraadeField
from takster.beregning.poster import KATEGORINAVNE, POSTER
from takster.forms.trin import Genaabningsformular
from takster.hentning import SKEMAFELTER
from takster.mangler import Mangel
from takster.models import Indberetning, Takstskema
from takster.models.desk import feltnavn
from takster.models.runde import kontroller_rykkerdage


class Rykkerdagefelt(TekstField):
    """Whole numbers with commas between, as a list."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[int]:
        tekst = super().clean(value)
        led = [led for led in re.split(r"[,;\s]+", tekst) if led]
        dage: Any = [int(led) for led in led] if all(re.fullmatch(r"[0-9]{1,4}", led) for led in led) else None
        try:
            kontroller_rykkerdage(dage)
        except ValidationError as fejl:
            raise self.afvis(fejl.messages[0]) from fejl
        return dage


class Rykkerdageformular(Formular):
    """When the daily reminders go out."""

    dage = Rykkerdagefelt(
        label="Send automatisk så mange dage før fristen",
        help_text="Adskil tallene med komma, fx 30, 14, 3. Lad feltet stå tomt for ikke at sende automatisk",
        required=False,
        max_length=60,
        bredde="m",
    )


class Afkrydsningsfelt(forms.MultipleChoiceField):
    """Driftsherrer with a box each."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(
            *args, label="Driftsherrer", error_messages={"required": "Vælg mindst én driftsherre"}, **kwargs
        )


class Rykkerformular(Formular):
    """Whom to remind now; those nobody can be told at are not offered."""

    driftsherrer = Afkrydsningsfelt()
    besked = TekstomraadeField(
        label="Besked",
        help_text="Kommer med i mailen over listen med de skemaer, der mangler",
        required=False,
        max_length=2000,
        raekker=3,
    )
    siden = forms.DateTimeField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, mangler: Iterable[Mangel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        naaede = {mangel.indberetning.pk: mangel.driftsherre.navn for mangel in mangler if mangel.modtagere}
        self.fields["driftsherrer"].choices = list(naaede.items())

    def noegler(self) -> list[int]:
        return [int(noegle) for noegle in self.cleaned_data["driftsherrer"]]


class Forlaengelsesformular(Genaabningsformular):
    """T13: the same date and reason for several driftsherrer."""

    driftsherrer = Afkrydsningsfelt()
    field_order = ("driftsherrer", "til", "begrundelse")

    def __init__(self, *args: Any, indberetninger: Iterable[Indberetning], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["driftsherrer"].choices = [(en.driftsherre.slug, en.driftsherre.navn) for en in indberetninger]


# Fields that are filled in by the system or have no box of their own.
_UDEN_KOMMENTAR = {"enhed"}


def kommentarfelter() -> list[tuple[str, Any]]:
    """What a comment can be about, grouped as in the form."""
    felter = [(navn, feltnavn(navn)) for navn in SKEMAFELTER if navn not in _UDEN_KOMMENTAR]
    grupper: dict[str, list[tuple[str, str]]] = {}
    for post in POSTER:
        grupper.setdefault(KATEGORINAVNE[post.vises_under], []).append((post.kode, post.navn))
    return [("", "Hele skemaet"), ("Kapacitet, belægning og bekræftelser", felter), *grupper.items()]


class Kommentarformular(Formular):
    """A comment on one field, noted while reading."""

    markering = Markering.INGEN

    felt = forms.ChoiceField(label="Felt", required=False)
    tekst = TekstomraadeField(
        label="Kommentar",
        help_text="Driftsherren ser den ud for feltet, når du sender skemaet retur",
        mangler="Skriv kommentaren",
        max_length=1000,
        raekker=3,
    )

    def __init__(self, *args: Any, skema: Takstskema, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.skema = skema
        self.fields["felt"].choices = kommentarfelter()
