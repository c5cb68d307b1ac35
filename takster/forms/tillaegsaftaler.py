"""The form of an agreement on a supplement (T41)."""

from __future__ import annotations

from typing import Any

from django import forms

from socialaftale.kerne.formularer import BeloebField, DatoField, Formular, TekstField, TekstomraadeField
from takster.enums import Tillaegsmetode
from takster.koebere import mulige_koebere, valgmuligheder

ATA_TIME = "ATA-time"


class Tillaegsaftaleformular(Formular):
    """Who acts and pays, what is agreed and what it costs."""

    handlekommune = forms.ChoiceField(label="Handlekommune", help_text="Den kommune, der handler for borgeren")
    betalingskommune = forms.ChoiceField(
        label="Betalingskommune", help_text="Vælges kun, når en anden kommune betaler", required=False
    )
    indhold = TekstomraadeField(
        label="Indhold og omfang",
        help_text="Skriv, hvad tillægget er, og hvor meget. Skriv ikke, hvilken metode der bruges. Navne og andet, "
        "der kan vise, hvem det handler om, må ikke stå her. Fx ekstra ledsagelse 3 timer om ugen",
        mangler="Beskriv tillæggets indhold og omfang",
        max_length=2000,
        raekker=4,
    )
    metode = forms.ChoiceField(label="Prisen er fundet som", choices=Tillaegsmetode.choices, widget=forms.RadioSelect)
    pris = BeloebField(
        label="Pris", help_text="Pr. ATA-time eller pr. stk. Et fradrag skrives med minus", enhed="kr.", max_digits=10
    )
    prisenhed = TekstField(
        label="Prisen gælder pr.",
        help_text="Udfyldes ved fast pris. Fx ridetime",
        required=False,
        max_length=40,
        bredde="m",
    )
    fra = DatoField(label="Gælder fra", help_text="Fx 01.02.2027")
    til = DatoField(
        label="Gælder til og med", help_text="Tom, når tillægget gælder til borgerens ophørsdato", required=False
    )
    bekraeftet = forms.BooleanField(
        label="Teksten handler om indhold og omfang, ikke om metode, og nævner ingen personer"
    )

    mangler = {"handlekommune": "Vælg handlekommunen", "metode": "Vælg, hvordan prisen er fundet"}

    def __init__(self, *args: Any, egen_kommune: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        valg = valgmuligheder()
        self.fields["betalingskommune"].choices = [("", "Samme som handlekommunen"), *valg]
        if egen_kommune:
            del self.fields["handlekommune"]
        else:
            self.fields["handlekommune"].choices = [("", "Vælg kommune"), *valg]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("metode") == Tillaegsmetode.ATA_TIME:
            data["prisenhed"] = ATA_TIME
        elif data.get("metode") and not data.get("prisenhed") and "prisenhed" not in self._errors:
            self.add_error("prisenhed", "Skriv, hvad den faste pris gælder for, fx en ridetime")
        if data.get("fra") and data.get("til") and data["til"] < data["fra"]:
            self.add_error("til", "Den sidste dag skal ligge efter den første")
        if data.get("pris") == 0:
            self.add_error("pris", "Skriv en pris. Et fradrag skrives med minus")
        return data

    def felter(self, egen: Any) -> dict[str, Any]:
        """The agreement's fields of a valid form; `egen` acts when the form does not ask who does."""
        felter = {navn: self.cleaned_data[navn] for navn in ("indhold", "metode", "pris", "prisenhed", "fra", "til")}
        kommuner = mulige_koebere().in_bulk(
            [int(pk) for navn in ("handlekommune", "betalingskommune") if (pk := self.cleaned_data.get(navn))]
        )
        handler = kommuner[int(valgt)] if (valgt := self.cleaned_data.get("handlekommune")) else egen
        betaler = kommuner[int(valgt)] if (valgt := self.cleaned_data.get("betalingskommune")) else handler
        return {**felter, "handlekommune": handler, "betalingskommune": betaler}
