"""Forms of the agreement."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from socialaftale.kerne.formularer import Formular, Markering, TekstField, TekstomraadeField
from socialaftale.kerne.tal.katalog import Talkontekst
from socialaftale.kerne.tekst.handlinger import kontrolleret

# For those who write the source itself: without JavaScript, or behind "Vis som kode".
HJAELP = (
    "Skriv afsnit som <p>…</p>, overskrifter som <h2>…</h2> og lister som <ul><li>…</li></ul>. "
    "Sæt tal ind fra listen over tal."
)


class Kapitelform(Formular):
    """Title and content of a chapter, with the version the writer started from."""

    # Nearly every chapter has both; an empty one is allowed, but not something to suggest.
    markering = Markering.INGEN

    titel = TekstField(label="Titel", max_length=150)
    indhold = TekstomraadeField(label="Tekst", raekker=28, required=False, help_text=HJAELP)
    fra_version = forms.IntegerField(widget=forms.HiddenInput)
    # The mark of the writer's draft that the text stands in (see `kerne.tekst.kladder`).
    kladde = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, tal: Talkontekst, **kwargs: Any) -> None:
        self.tal = tal
        super().__init__(*args, **kwargs)
        self.fields["indhold"].widget.attrs["class"] = "kildetekst"
        self.fields["indhold"].widget.attrs["spellcheck"] = "true"
        self.fields["indhold"].widget.attrs["data-skriv"] = ""

    def clean_indhold(self) -> str:
        """The cleaned text; everything that is wrong is said at once, in the one message a field shows."""
        try:
            return kontrolleret(self.cleaned_data["indhold"], self.tal)
        except ValidationError as fejl:
            raise ValidationError(" ".join(fejl.message_dict["indhold"])) from fejl


class Fravigelsesform(Formular):
    """Why a finding of the gate is let pass."""

    begrundelse = TekstomraadeField(label="Begrundelse", raekker=2, max_length=1000)
