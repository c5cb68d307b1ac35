"""The form of one *ydelse*: what it is, whom it is for, which kind of tariff it has and how it is financed."""

from __future__ import annotations

from typing import Any

from django import forms

from socialaftale.kerne.felter import AarField
from socialaftale.kerne.formularer import HeltalField, Markering, Modelformular
from tilbud.enums import Finansieringsgrund, Taksttype
from tilbud.forms.felter import ens_linjeskift, saet_tomt_valg
from tilbud.models import Ydelse


class YdelseFormular(Modelformular):
    """The fields in `felter` only; the description is required (T32). `aftryk` tells which text was opened."""

    markering = Markering.SKAL
    aftryk = forms.CharField(widget=forms.HiddenInput, required=False)
    aktiv_fra_aar = AarField(label="Fra år", required=False)
    aktiv_til_aar = AarField(label="Til og med år", required=False)
    raekkefoelge = HeltalField(label="Rækkefølge", required=False, mindst=0, hoejst=32767)
    finansieringsgrunde = forms.MultipleChoiceField(
        label="Hvorfor har ydelsen ikke en takst?",
        help_text="Udfyldes kun, når finansieringen ikke er en takst. Mindst én grund skal være opfyldt",
        choices=Finansieringsgrund.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    mangler = {
        "navn": "Skriv ydelsens navn",
        "enhed": "Vælg ydelsens enhed",
        "taksttype": "Vælg taksttype",
        "beskrivelse": "Skriv, hvad ydelsen består af, og hvor meget den omfatter",
    }

    class Meta:
        model = Ydelse
        fields = [
            "navn",
            "beskrivelse",
            "maalgruppe",
            "afdeling",
            "taksttype",
            "enhed",
            "lovgrundlag",
            "finansieringsform",
            "finansieringsgrunde",
            "finansieringsafgoerelse",
            "aktiv_fra_aar",
            "aktiv_til_aar",
            "raekkefoelge",
        ]
        help_texts = {
            "beskrivelse": "Art og omfang, fx hvilken støtte taksten indeholder og hvornår på døgnet. Henvis gerne "
            "til Tilbudsportalen",
            "maalgruppe": "Skriv med egne ord, hvem ydelsen er til. Tom, når den er til hele tilbuddets målgruppe",
            "afdeling": "Tom, når ydelsen gælder hele tilbuddet. Fx Hus B",
            "taksttype": "En differentieret takst har en grundtakst og flere niveauer i det samme takstskema",
            "finansieringsafgoerelse": "Fx DAS 21.08.2026, punkt 4",
        }

    def __init__(self, *args: Any, felter: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        saet_tomt_valg(self)
        for navn in [navn for navn in self.fields if navn not in (*felter, "aftryk")]:
            del self.fields[navn]
        # T33: an individual tariff has no description in advance.
        self.fields["beskrivelse"].required = self.data.get("taksttype") != Taksttype.INDIVIDUEL

    def clean(self) -> dict[str, Any]:
        data = ens_linjeskift(super().clean())
        if "raekkefoelge" in self.fields and data.get("raekkefoelge") is None:
            data["raekkefoelge"] = self.instance.raekkefoelge
        return data

    def felter(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        return {navn: vaerdi for navn, vaerdi in self.cleaned_data.items() if navn != "aftryk"}
