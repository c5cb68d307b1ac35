"""The distribution of an objectively financed ydelse: what is distributed by which key, and a row per municipality."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from socialaftale.kerne.formularer import (
    BeloebField,
    DatoField,
    Formular,
    Markering,
    TalField,
    TekstField,
)
from takster.beregning.objektiv import Deltager
from takster.enums import Noegletype
from takster.forms.kommunesaet import HOEJST, TOMME_RAEKKER, Kommunesaet

PRAEFIKS = "deltagere"


class Fordelingsformular(Formular):
    """The cost of the year, the surplus it is lowered by, and the key with its source and date."""

    omkostning = BeloebField(
        label="Omkostning, der skal fordeles",
        help_text="Årets budget i hele kroner. Fx 4.402.800",
        mangler="Skriv den omkostning, der skal fordeles",
        mindst=1,
        max_digits=12,
        decimal_places=0,
    )
    overskud = BeloebField(
        label="Indregnet overskud fra tidligere år",
        help_text="Trækkes fra omkostningen, før der fordeles. Skriv et underskud med minus",
        required=False,
        max_digits=12,
        decimal_places=0,
    )
    noegletype = forms.ChoiceField(label="Hvad måler nøglen?", choices=Noegletype.choices, widget=forms.RadioSelect)
    noeglenavn = TekstField(label="Nøglens navn", help_text="Fx Indbyggere i alt", max_length=150, bredde="xl")
    noeglekilde = TekstField(
        label="Kilde", help_text="Fx Danmarks Statistik, FOLK1A, 2. kvartal 2026", max_length=200, bredde="xl"
    )
    noegledato = DatoField(label="Nøgletallenes dato", help_text="Den dag, tallene er opgjort pr. Fx 01.07.2026")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, er_lovbestemt: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if er_lovbestemt:
            # T11: by population, whatever is sent.
            del self.fields["noegletype"]

    def felter(self) -> dict[str, Any]:
        """The columns of a valid form."""
        felter = {navn: vaerdi for navn, vaerdi in self.cleaned_data.items() if navn != "version"}
        return {"noegletype": Noegletype.INDBYGGERE.value, **felter, "overskud": felter["overskud"] or 0}


class Deltagerraekke(Formular):
    """One municipality; a row without one is empty."""

    markering = Markering.INGEN

    kommune = forms.ChoiceField(label="Kommune", required=False)
    noegletal = TalField(label="Nøgletal", required=False, mindst=0, decimaler=4, max_digits=14, decimal_places=4)
    er_med = forms.BooleanField(label="Med", required=False)

    def __init__(self, *args: Any, valg: list[Any], er_lovbestemt: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kommune"].choices = [("", "Vælg kommune"), *valg]
        if er_lovbestemt:
            del self.fields["er_med"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        har_noget = data.get("noegletal") is not None or data.get("er_med")
        if har_noget and not data.get("kommune") and "kommune" not in self._errors:
            self.add_error("kommune", "Vælg kommunen")
        return data


class Deltagersaet(Kommunesaet):
    """Those who share. Leave a row's municipality empty to take it off."""

    praefiks = PRAEFIKS

    def __init__(
        self, *args: Any, er_lovbestemt: bool, gemte: Sequence[Mapping[str, Any]] | None = None, **kwargs: Any
    ) -> None:
        self.er_lovbestemt = er_lovbestemt
        super().__init__(*args, gemte=gemte, raekkevalg={"er_lovbestemt": er_lovbestemt}, **kwargs)

    def deltagere(self) -> list[Deltager]:
        """Only after `is_valid()`, in the order of the rows."""
        navne = {str(pk): navn for _, gruppe in self.raekkevalg["valg"] for pk, navn in gruppe}
        return [
            Deltager(
                kommune=int(data["kommune"]),
                navn=navne[data["kommune"]],
                noegletal=data["noegletal"],
                er_med=self.er_lovbestemt or data["er_med"],
            )
            for formular in self.forms
            if (data := formular.cleaned_data).get("kommune")
        ]

    def raekke_for(self, kommune: int) -> Deltagerraekke | None:
        """The row of a municipality, for a finding on it."""
        return next((en for en in self.forms if en.cleaned_data.get("kommune") == str(kommune)), None)


Deltagerformular = forms.formset_factory(
    Deltagerraekke, formset=Deltagersaet, extra=TOMME_RAEKKER, max_num=HOEJST, absolute_max=HOEJST
)


def aftryk(felter: Mapping[str, Any], deltagere: Sequence[Deltager]) -> str:
    """What was shown: only just that may be confirmed."""
    raekker = [[en.kommune, str(en.noegletal), en.er_med] for en in deltagere]
    tekst = json.dumps([{navn: str(vaerdi) for navn, vaerdi in sorted(felter.items())}, raekker])
    return hashlib.sha256(tekst.encode()).hexdigest()
