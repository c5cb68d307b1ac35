"""Forms of an external figure."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from socialaftale.kerne.formularer import AarField, Formular, HeltalField, TekstField, TekstomraadeField
from socialaftale.kerne.models import EksterntTal, Opsaetning
from socialaftale.kerne.tal.handlinger import FELTER


class EksterntTalForm(Formular):
    """What a figure says and where it stands."""

    statistik = TekstField(
        label="Hvad tallet viser",
        bredde="xl",
        max_length=300,
        mangler="Skriv, hvad tallet viser",
        help_text="Fx Andel af børn, der får en psykiatrisk diagnose, før de fylder 18 år",
    )
    vaerdi_tekst = TekstField(
        label="Værdi med enhed",
        max_length=100,
        mangler="Skriv værdien, som den skal stå i teksten",
        help_text="Som den skal stå i teksten, fx omkring 15 %",
    )
    aar = AarField(label="År", mangler="Skriv det år, tallet er fra", help_text="Det år, tallet er fra, fx 2024")
    kilde = TekstField(
        label="Kilde",
        bredde="xl",
        max_length=300,
        mangler="Skriv, hvor tallet står",
        help_text="Titlen på rapporten, tabellen eller siden",
    )
    udgiver = TekstField(label="Udgiver", max_length=150, required=False, help_text="Fx Sundhedsstyrelsen")
    link = forms.URLField(
        label="Link",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="Adressen begynder med https://",
        widget=forms.URLInput(attrs={"class": "input-width-xl"}),
    )
    fodnote = TekstField(
        label="Tekst i fodnoten",
        bredde="xl",
        max_length=500,
        required=False,
        help_text="Står før kilden. Lad feltet være tomt, når det er det samme som det, tallet viser",
    )
    maks_alder = HeltalField(label="For gammelt efter", enhed="år", required=False, mindst=0, hoejst=50)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        graense = Opsaetning.hent().maks_alder_eksterne
        self.fields["maks_alder"].help_text = f"Lad feltet være tomt for den fælles grænse på {graense} år"

    def clean_link(self) -> str:
        adresse = self.cleaned_data["link"]
        if adresse and not adresse.startswith("https://"):
            raise ValidationError("Skriv en adresse, der begynder med https://")
        return adresse


class RetForm(EksterntTalForm):
    """A correction says why, and carries the version it started from."""

    begrundelse = TekstomraadeField(
        label="Begrundelse", raekker=2, max_length=1000, mangler="Skriv, hvorfor tallet rettes"
    )
    fra_version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def af(cls, tal: EksterntTal) -> RetForm:
        """Filled with what is stored."""
        return cls(initial={navn: getattr(tal, navn) for navn in FELTER} | {"fra_version": tal.version})
