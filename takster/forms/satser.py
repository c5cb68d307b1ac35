"""Small forms of the secretariat: price and wage rates, and agreed reductions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from socialaftale.kerne.felter import AarField
from socialaftale.kerne.formularer import Formular, ProcentField, TekstField, TekstomraadeField
from socialaftale.kerne.models import Organisation
from takster.beregning.regulering import SERVICE
from takster.models import PLsats, Reduktionsmaal


class Satsformular(Formular):
    """A correction of a rate; its year and kind stay."""

    sats_pct = ProcentField(
        label="Sats", help_text="Fx 3,2", mindst=-20, hoejst=50, max_digits=5, decimal_places=2, mangler="Skriv satsen"
    )
    kilde = TekstField(
        label="Kilde", help_text="Fx Aftale om kommunernes økonomi for 2028", max_length=200, bredde="xl"
    )
    udgave = TekstField(
        label="Udgave", help_text="Hvilken udgave af kilden, fx juni 2027", max_length=100, required=False
    )
    begrundelse = TekstomraadeField(
        label="Begrundelse", help_text="Begrundelsen står i historikken", max_length=1000, raekker=3
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @classmethod
    def for_sats(cls, sats: PLsats, data: Any = None) -> Satsformular:
        start = {navn: getattr(sats, navn) for navn in ("sats_pct", "kilde", "udgave", "version")}
        return cls(data, initial=start)


class NySatsformular(Satsformular):
    """The first rate of a year and kind."""

    fra_aar = AarField(label="Fra år", help_text="Satsen går fra dette år til det næste, fx 2027")
    type = forms.ChoiceField(label="Art")
    field_order = ("fra_aar", "type")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        kendte = PLsats.objects.order_by("type").values_list("type", flat=True).distinct()
        self.fields["type"].choices = [(SERVICE, SERVICE), *((art, art) for art in kendte if art != SERVICE)]


def _pct(label: str, hjaelp: str, **kwargs: Any) -> ProcentField:
    return ProcentField(label=label, help_text=hjaelp, mindst=0, hoejst=100, max_digits=5, decimal_places=2, **kwargs)


class Maalformular(Formular):
    """A correction of one year of a target."""

    takst_pct = _pct("Generel takstreduktion", "Den del, hver driftsherre skal vise. Fx 1,0", mangler="Skriv målet")
    dialog_pct = _pct("Dialogbaseret reduktion", "Den del, der findes i dialog. Tom, når der ingen er", required=False)
    kilde = TekstField(label="Kilde", help_text="Fx Rammeaftale 2028, afsnit 4", max_length=200, bredde="xl")
    begrundelse = TekstomraadeField(
        label="Begrundelse", help_text="Begrundelsen står i historikken", max_length=1000, raekker=3
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @classmethod
    def for_maal(cls, maal: Reduktionsmaal, data: Any = None) -> Maalformular:
        start = {navn: getattr(maal, navn) for navn in ("takst_pct", "dialog_pct", "kilde", "version")}
        return cls(data, initial=start)

    def clean_dialog_pct(self) -> Decimal:
        vaerdi = self.cleaned_data["dialog_pct"]
        return Decimal(0) if vaerdi is None else vaerdi


class NytMaalformular(Maalformular):
    """One more year of a target."""

    driftsherre = forms.ModelChoiceField(
        label="Driftsherre", queryset=Organisation.objects.none(), required=False, empty_label="Alle driftsherrer"
    )
    basisaar = AarField(label="Basisår", help_text="Det år, der måles fra, fx 2025")
    aar = AarField(label="År", help_text="Målets år følger efter hinanden, fx 2026")
    field_order = ("driftsherre", "basisaar", "aar")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        self.fields["driftsherre"].queryset = Organisation.objects.driftsherrer()


class Sletformular(Formular):
    """Why the last year of a target goes."""

    begrundelse = TekstomraadeField(label="Begrundelse", max_length=1000, raekker=3)
    version = forms.IntegerField(widget=forms.HiddenInput)
