"""The forms of a rule set: its limits, one field each, who decides an event, and the copy to a new year."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from socialaftale.kerne.felter import AarField
from socialaftale.kerne.formularer import (
    Formular,
    HeltalField,
    Markering,
    TalField,
    TekstField,
    TekstomraadeField,
)
from socialaftale.kerne.models import Beslutningskompetence
from socialaftale.kerne.sager.enums import Instans
from socialaftale.kerne.sager.kompetence import FELTER
from takster.beregning.regelsaet import graensebeskrivelser
from takster.models import Regelsaet

KILDE = "kilde_"


class Kopiformular(Formular):
    """A rule set from a new tariff year on."""

    navn = TekstField(label="Navn", help_text="Fx Styringsaftale 2028", max_length=100)
    fra_aar = AarField(label="Gælder fra takstår", help_text="Fx 2028")
    begrundelse = TekstomraadeField(
        label="Begrundelse", help_text="Fx hvilken styringsaftale grænserne følger", max_length=1000, raekker=3
    )


class Graenseformular(Formular):
    """Every limit of a rule set and where it comes from; percentages with a decimal comma."""

    varsel = TekstField(
        label="Opsigelsesvarsel",
        help_text="I ord, fx løbende måned plus en måned",
        required=False,
        max_length=100,
        bredde="xl",
    )
    begrundelse = TekstomraadeField(
        label="Begrundelse for ændringen", help_text="Begrundelsen står i historikken", max_length=1000, raekker=3
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, regelsaet: Regelsaet, **kwargs: Any) -> None:
        regler = regelsaet.regler()
        kwargs["initial"] = {"varsel": regelsaet.varsel, "version": regelsaet.version}
        super().__init__(*args, **kwargs)
        for graense in graensebeskrivelser():
            er_decimal = isinstance(graense.standard, Decimal)
            art = TalField if er_decimal else HeltalField
            faelles = {"max_digits": 8, "decimal_places": 2} if er_decimal else {"hoejst": 9999}
            self.fields[graense.felt] = art(label=graense.navn, help_text=graense.bruges, mindst=0, **faelles)
            self.fields[graense.felt].enhed = graense.enhed
            self.initial[graense.felt] = getattr(regler, graense.felt)
            self.fields[KILDE + graense.felt] = TekstField(
                label=f"Kilde til {graense.navn[0].lower()}{graense.navn[1:]}", required=False, max_length=200
            )
            self.initial[KILDE + graense.felt] = regelsaet.kilde(graense.felt)

    def graenser(self) -> dict[str, Decimal | int]:
        return {graense.felt: self.cleaned_data[graense.felt] for graense in graensebeskrivelser()}

    def kilder(self) -> dict[str, str]:
        return {graense.felt: self.cleaned_data[KILDE + graense.felt] for graense in graensebeskrivelser()}

    def raekker(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Limit and source side by side."""
        return [(self[graense.felt], self[KILDE + graense.felt]) for graense in graensebeskrivelser()]

    def forskelle(self, gemt: Regelsaet) -> list[tuple[str, str, str]]:
        """Label, what stands here and what is saved, for the limits where the two differ."""
        som_gemt = type(self)(regelsaet=gemt)
        return [
            (str(felt.label), str(self[navn].value() or ""), str(som_gemt[navn].value()))
            for navn, felt in self.fields.items()
            if navn not in ("begrundelse", "version") and felt.has_changed(som_gemt.initial[navn], self[navn].value())
        ]


class Kompetenceformular(Formular):
    """T69: who decides an event, and where the decision may go from there."""

    markering = Markering.INGEN

    begivenhed = TekstField(label="Hvad der afgøres", max_length=150, bredde="xl")
    instans = forms.ChoiceField(label="Afgøres af", required=False)
    afgoeres_af = TekstField(
        label="Hvem der afgør det, hvis det er en anden",
        help_text="I ord, fx parternes kommunalbestyrelser og regionsråd",
        required=False,
        max_length=200,
        bredde="xl",
    )
    kan_delegeres_til = forms.ChoiceField(label="Kan overlades til", required=False)
    kan_sendes_videre_til = forms.ChoiceField(label="Kan sende sagen videre til", required=False)
    krav = TekstField(label="Krav", help_text="Fx særlige omstændigheder", required=False, max_length=150, bredde="xl")
    regel = TekstField(label="Regel", help_text="Fx T68", required=False, max_length=20)
    begrundelse = TekstomraadeField(
        label="Begrundelse for ændringen", help_text="Begrundelsen står i historikken", max_length=1000, raekker=3
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, linje: Beslutningskompetence, version: int, **kwargs: Any) -> None:
        kwargs["initial"] = {navn: getattr(linje, navn) for navn in FELTER} | {"version": version}
        super().__init__(*args, **kwargs)
        for navn, tom in (
            ("instans", "En anden, som står nedenfor"),
            ("kan_delegeres_til", "Ingen"),
            ("kan_sendes_videre_til", "Ingen"),
        ):
            self.fields[navn].choices = [("", tom), *Instans.choices]

    def felter(self) -> dict[str, str]:
        return {navn: self.cleaned_data[navn] for navn in FELTER}
