"""Forms of a new period and of how a draft is put together."""

from __future__ import annotations

from typing import Any

from django import forms

from socialaftale.aftale.bilag.models import FIL
from socialaftale.aftale.models import Aftale, Bilag, Fokusomraade, Initiativ, Underskriver
from socialaftale.aftale.oprettelse import DELE, har_skabelon
from socialaftale.kerne import bilagsarter
from socialaftale.kerne.formularer import AarField, Formular, Modelformular, TekstField, TekstomraadeField
from socialaftale.kerne.models import Kapitel
from socialaftale.kerne.tekst.models import Kapiteltype

SKABELONEN = "skabelon"


class Periodeform(Formular):
    """The years of a new agreement, what it is made from, and what comes along."""

    fra_aar = AarField(label="Fra og med år", mangler="Skriv det første år, fx 2027", mindst=2000)
    til_aar = AarField(label="Til og med år", mangler="Skriv det sidste år, fx 2028", mindst=2000)
    kilde = forms.ChoiceField(label="Lav aftalen ud fra", widget=forms.RadioSelect)
    medtag = forms.MultipleChoiceField(
        label="Tag også med",
        choices=list(DELE.items()),
        initial=list(DELE),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Gælder, når aftalen laves ud fra en tidligere",
    )

    mangler = {"kilde": "Vælg, hvad aftalen laves ud fra"}

    def __init__(self, *args: Any, aftaler: list[Aftale], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.aftaler = {str(aftale.pk): aftale for aftale in aftaler}
        valg = [(noegle, f"{aftale}: kapitler og tekst kopieres") for noegle, aftale in self.aftaler.items()]
        if har_skabelon():
            valg.append((SKABELONEN, "Skabelonen: tomme kapitler med vejledning"))
        self.fields["kilde"].choices = valg
        if valg:
            self.fields["kilde"].initial = valg[0][0]

    @property
    def forrige(self) -> Aftale | None:
        return self.aftaler.get(self.cleaned_data["kilde"])


class Kapitelopsaetning(Formular):
    """Title, level, number and guidance of a chapter."""

    titel = TekstField(label="Titel", mangler="Giv kapitlet en titel", max_length=150)
    niveau = forms.ChoiceField(
        label="Niveau", choices=[("1", "Kapitel"), ("2", "Del af kapitlet før")], widget=forms.RadioSelect, initial="1"
    )
    nummereret = forms.BooleanField(label="Har nummer", required=False, initial=True)
    vejledning = TekstomraadeField(
        label="Vejledning til den, der skriver",
        required=False,
        max_length=1000,
        raekker=3,
        help_text="Ses kun, når kapitlet redigeres",
    )

    mangler = {"niveau": "Vælg niveau"}

    def clean_niveau(self) -> int:
        return int(self.cleaned_data["niveau"])


class Nytkapitelform(Kapitelopsaetning):
    efter = forms.ModelChoiceField(label="Efter", queryset=Kapitel.objects.none(), empty_label=None)

    mangler = {"niveau": "Vælg niveau", "efter": "Vælg, hvor kapitlet skal stå"}

    def __init__(self, *args: Any, aftale: Aftale, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["efter"].queryset = aftale.tekst.kapitler.exclude(type=Kapiteltype.BAGSIDE)


class Retkapitelform(Kapitelopsaetning):
    fra_version = forms.IntegerField(widget=forms.HiddenInput)


class Fjernkapitelform(Formular):
    begrundelse = TekstomraadeField(
        label="Hvorfor tages kapitlet ud",
        required=False,
        max_length=1000,
        help_text="Skal skrives, når kapitlet har tekst",
    )
    fra_version = forms.IntegerField(widget=forms.HiddenInput)


class Fokusomraadeform(Modelformular):
    class Meta:
        model = Fokusomraade
        fields = ["titel", "vision", "kapitel"]

    mangler = {"titel": "Giv fokusområdet en titel"}

    def __init__(self, *args: Any, aftale: Aftale, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kapitel"].queryset = aftale.tekst.kapitler.all()
        self.fields["kapitel"].empty_label = "Intet kapitel"


class Initiativform(Modelformular):
    class Meta:
        model = Initiativ
        fields = ["fokusomraade", "slags", "titel", "formaal", "tekst"]

    mangler = {"titel": "Giv initiativet en titel", "fokusomraade": "Vælg fokusområde"}

    def __init__(self, *args: Any, aftale: Aftale, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fokusomraade"].queryset = aftale.fokusomraader.all()
        if self.instance.pk:
            # Its letter is one among those of its area.
            del self.fields["fokusomraade"]


class Bilagsform(Modelformular):
    """Title, group and what the annex is made of; its number follows from its place."""

    valg = forms.ChoiceField(label="Indhold", required=False)

    class Meta:
        model = Bilag
        fields = ["gruppe", "titel"]

    mangler = {"titel": "Giv bilaget en titel", "gruppe": "Skriv, hvilken gruppe bilaget hører til"}

    def __init__(self, *args: Any, aftale: Aftale, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        muligheder = [("", "Laves et andet sted og står kun på listen"), (FIL, "En PDF, du lægger op")]
        muligheder += bilagsarter.valg(aftale.periode)
        nu = self.instance.valg
        if nu and nu not in dict(muligheder):
            # What it was made of is not offered today: it stays until something else is chosen.
            muligheder.append((nu, self.instance.indholdsnavn))
        self.fields["valg"].choices = muligheder
        self.fields["valg"].initial = nu
        self.fields["gruppe"].help_text = "Bilag i samme gruppe står samlet"

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "valg" in data:
            self.instance.valg = data["valg"]
        return data


class Underskriverform(Modelformular):
    class Meta:
        model = Underskriver
        fields = ["funktion"]

    mangler = {"funktion": "Skriv funktionen, fx formand for KKR"}

    def __init__(self, *args: Any, aftale: Aftale, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


RAEKKEFORMULARER = {
    "fokusomraade": Fokusomraadeform,
    "initiativ": Initiativform,
    "bilag": Bilagsform,
    "underskriver": Underskriverform,
}
