"""The forms of cost places and distribution keys."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from socialaftale.kerne.formularer import Formular, Markering, TalField, TekstField
from takster.beregning.poster import POSTER
from takster.enums import Noeglegrundlag, Stedtype
from takster.forms.skema import Budgetfelt, linjefelt
from takster.models import Fordelingsnoegle, Omkostningssted

MAENGDE = "maengde_"
EGNE_TYPER = [(kode, navn) for kode, navn in Stedtype.choices if kode != Stedtype.ENDELIG]


class Stedformular(Formular):
    """A cost place with what is booked on it; a final place has only its amounts."""

    markering = Markering.INGEN

    navn = TekstField(label="Navn", help_text="Fx Fælles ledelse eller Køkken", max_length=120, bredde="xl")
    type = forms.ChoiceField(label="Type", choices=EGNE_TYPER, widget=forms.RadioSelect)
    noegle = forms.ModelChoiceField(
        label="Fordeles efter",
        queryset=Fordelingsnoegle.objects.none(),
        required=False,
        empty_label="Ikke valgt endnu",
        help_text="Kun for et midlertidigt sted",
    )
    er_myndighed = forms.BooleanField(label="Stedet løser myndighedsopgaver", required=False)
    betjener_myndighed = forms.BooleanField(
        label="Stedet arbejder også for myndighedsopgaver, fx løn, økonomi eller kantine", required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    STAMFELTER = ("navn", "type", "noegle", "er_myndighed", "betjener_myndighed")

    def __init__(
        self, *args: Any, sted: Omkostningssted | None, noegler: Sequence[Fordelingsnoegle], **kwargs: Any
    ) -> None:
        self.er_endelig = sted is not None and sted.type == Stedtype.ENDELIG
        beloeb = sted.beloeb() if sted else {}
        initial: dict[str, Any] = {"version": sted.version if sted else 0, "type": Stedtype.MIDLERTIDIG}
        if sted:
            initial |= {navn: getattr(sted, navn) for navn in self.STAMFELTER}
        initial |= {linjefelt(kode): tal for kode, tal in beloeb.items()}
        super().__init__(*args, initial=initial, **kwargs)
        if self.er_endelig:
            for navn in self.STAMFELTER:
                del self.fields[navn]
        else:
            self.fields["noegle"].queryset = Fordelingsnoegle.objects.filter(pk__in=[en.pk for en in noegler])
        for post in POSTER:
            self.fields[linjefelt(post.kode)] = Budgetfelt(
                label=post.navn, required=False, max_digits=14, decimal_places=2
            )
            self.fields[linjefelt(post.kode)].widget.attrs["data-gruppe"] = post.kategori.value

    def felter(self) -> dict[str, Any]:
        return {navn: self.cleaned_data[navn] for navn in self.STAMFELTER if navn in self.cleaned_data}

    def beloeb(self) -> dict[str, Decimal | None]:
        return {post.kode: self.cleaned_data[linjefelt(post.kode)] for post in POSTER}

    def linjer(self) -> list[tuple[str, forms.BoundField]]:
        """Each cost line with its box."""
        return [(post.navn, self[linjefelt(post.kode)]) for post in POSTER]


class Noegleformular(Formular):
    """A distribution key: its name, what it measures, and what each place has of it."""

    navn = TekstField(label="Navn", help_text="Fx Årsværk efter afdeling", max_length=80, bredde="xl")
    grundlag = forms.ChoiceField(label="Fordeles efter", choices=Noeglegrundlag.choices, widget=forms.Select)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, noegle: Fordelingsnoegle | None, steder: Sequence[Omkostningssted], **kwargs: Any
    ) -> None:
        self.steder = steder
        initial: dict[str, Any] = {"version": noegle.version if noegle else 0}
        if noegle:
            initial |= {"navn": noegle.navn, "grundlag": noegle.grundlag}
            initial |= {f"{MAENGDE}{en.sted_id}": en.maengde for en in noegle.maengder.all()}
        else:
            # A new key starts with what is known already: the places of each ydelse.
            initial |= {f"{MAENGDE}{sted.pk}": sted.skema.pladser for sted in steder if sted.skema}
        super().__init__(*args, initial=initial, **kwargs)
        for sted in steder:
            self.fields[f"{MAENGDE}{sted.pk}"] = TalField(
                label=sted.navn, required=False, mindst=0, max_digits=14, decimal_places=6, bredde="xs"
            )

    def maengder(self) -> dict[int, Decimal | None]:
        return {sted.pk: self.cleaned_data[f"{MAENGDE}{sted.pk}"] for sted in self.steder}

    def linjer(self) -> list[tuple[Omkostningssted, forms.BoundField]]:
        """Each place with its box."""
        return [(sted, self[f"{MAENGDE}{sted.pk}"]) for sted in self.steder]
