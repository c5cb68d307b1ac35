"""The forms of accounts and set-asides: an account, a use, a counter-entry, the choice of regulation, a rate."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from socialaftale.kerne.felter import AarField
from socialaftale.kerne.formularer import (
    BeloebField,
    DatoField,
    Formular,
    Markering,
    ProcentField,
    TekstField,
    TekstomraadeField,
)
from socialaftale.kerne.talformat import skriv_kr
from takster.enums import (
    INDBERETTEDE_POSTER,
    INDTAEGTSPOSTER,
    Hensaettelsesformaal,
    Opgoerelsesniveau,
    Regnskabspostart,
    Renteart,
)
from takster.hentning_regulering import Skemaregulering
from takster.models import Regnskab, Rentesats

POST = "post_"
_HJAELP = {
    Regnskabspostart.TAKSTINDTAEGTER: "Det, køberne har betalt for pladser og timer",
    Regnskabspostart.ANDRE_INDTAEGTER: "Fx refusioner og hensatte overskud, der er brugt i året",
    Regnskabspostart.FINANSINDTAEGTER: "Renteindtægter, uden minus",
    Regnskabspostart.ADMINISTRATION: "Også andelen af central administration og ledelse",
    Regnskabspostart.BORGERRELATEREDE: "Fx kost, aktiviteter og transport",
}


def _kr(label: str, hjaelp: str = "", *, mindst: int | None = 0) -> BeloebField:
    return BeloebField(label=label, help_text=hjaelp, required=False, mindst=mindst, max_digits=14, decimal_places=2)


class Regnskabsformular(Formular):
    """One account: G with its source where no tariff gives it, the posts, and what becomes of the result."""

    markering = Markering.INGEN

    budget = _kr("Takstberegningsgrundlag for året", "Det budget, taksten blev beregnet af. Fx 8.000.000")
    budget_kilde = TekstField(
        label="Kilde til grundlaget", help_text="Fx Budget 2021, vedtaget 14.10.2020", required=False, max_length=200
    )
    hensat = _kr("Hvor meget af overskuddet hensættes?", "Resten føres tilbage til køberne gennem taksten")
    daekning_effektivisering = _kr("Dækkes ved effektivisering")
    daekning_hensat = _kr("Dækkes af tidligere hensatte overskud")
    sagsreference = TekstField(
        label="Henvisning til en tidligere aftale om underskuddet",
        help_text="Regionen kan ikke endeligt finansiere et underskud. Opret en sag på regnskabets side. Er det "
        "aftalt uden for systemet, så skriv hvor, fx DAS 21.08.2026, punkt 4",
        required=False,
        max_length=200,
        bredde="xl",
    )
    fordel_tab = forms.BooleanField(
        label="Tabet i tilbuddets første driftsår fordeles over flere års takster", required=False
    )
    foerste_driftsaar = AarField(label="Tilbuddets første driftsår", help_text="Fx 2025", required=False)
    er_lukket = forms.BooleanField(
        label="Tilbuddet er lukket, og resultatet flyttes til driftsherrens øvrige tilbud", required=False
    )
    begrundelse = TekstomraadeField(
        label="Begrundelse",
        help_text="Skriv, hvorfor tilbuddet gav tab, eller hvornår og hvorfor det lukkede",
        required=False,
        max_length=2000,
        raekker=3,
    )
    bemaerkninger = TekstomraadeField(label="Bemærkninger", required=False, max_length=4000, raekker=4)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, regnskab: Regnskab, grundlag_er_kendt: bool, **kwargs: Any) -> None:
        self.regnskab = regnskab
        poster = {post.art: post.beloeb for post in regnskab.poster.all()}
        gemt = {navn: getattr(regnskab, navn) for navn in self.base_fields if navn != "version"}
        kwargs["initial"] = gemt | {f"{POST}{art}": beloeb for art, beloeb in poster.items()}
        kwargs["initial"]["version"] = regnskab.version
        super().__init__(*args, **kwargs)
        for art in INDBERETTEDE_POSTER:
            self.fields[f"{POST}{art.value}"] = _kr(art.label, _HJAELP.get(art, ""))
        if grundlag_er_kendt:
            del self.fields["budget"], self.fields["budget_kilde"]

    def indtaegter(self) -> list[forms.BoundField]:
        return [self[f"{POST}{art.value}"] for art in INDTAEGTSPOSTER]

    def omkostninger(self) -> list[forms.BoundField]:
        return [self[f"{POST}{art.value}"] for art in INDBERETTEDE_POSTER if art not in INDTAEGTSPOSTER]

    def clean(self) -> dict[str, Any]:
        rensede = super().clean()
        if rensede.get("fordel_tab") and not rensede.get("foerste_driftsaar"):
            self.add_error("foerste_driftsaar", "Skriv tilbuddets første driftsår")
        if (rensede.get("fordel_tab") or rensede.get("er_lukket")) and not rensede.get("begrundelse", "").strip():
            self.add_error("begrundelse", "Skriv en begrundelse")
        return rensede

    def felter(self) -> dict[str, Any]:
        """The columns after a valid form; G keeps what it holds when the tariffs give it."""
        return {
            navn: self.cleaned_data[navn] if navn in self.fields else getattr(self.regnskab, navn)
            for navn in self.base_fields
            if navn != "version"
        }

    def poster(self) -> dict[str, Decimal | None]:
        return {art.value: self.cleaned_data[f"{POST}{art.value}"] for art in INDBERETTEDE_POSTER}

    def forskelle(self) -> list[tuple[str, str, str]]:
        """Label, what stands here and what is saved, where the two differ."""
        return [
            (str(felt.label), str(self[navn].value() or ""), str(felt.prepare_value(self.initial.get(navn)) or ""))
            for navn, felt in self.fields.items()
            if navn != "version" and felt.has_changed(self.initial.get(navn), self[navn].value())
        ]


class Begrundelsesformular(Formular):
    """Why an account goes back, or an entry is taken back."""

    def __init__(self, *args: Any, label: str, mangler: str, hjaelp: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["begrundelse"] = TekstomraadeField(
            label=label, mangler=mangler, help_text=hjaelp, max_length=2000, raekker=4
        )


class Forbrugsformular(Formular):
    """T24: a use of set-asides, what for and where."""

    dato = DatoField(label="Dato", mangler="Indtast den dag, beløbet er brugt", help_text="Fx 30.06.2026")
    beloeb = BeloebField(
        label="Beløb", mangler="Indtast beløbet", help_text="Fx 150.000", mindst=0, max_digits=14, decimal_places=2
    )
    formaal = forms.ChoiceField(
        label="Hvad er beløbet brugt til?", choices=Hensaettelsesformaal.choices, widget=forms.RadioSelect
    )
    tilbud = forms.ModelChoiceField(label="Hvilket tilbud er det brugt på?", queryset=None, empty_label="Vælg tilbud")
    tekst = TekstomraadeField(
        label="Beskrivelse", mangler="Skriv, hvad beløbet er brugt til", max_length=2000, raekker=3
    )

    def __init__(self, *args: Any, tilbud: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tilbud"].queryset = tilbud


class Niveauformular(Formular):
    """T30: another level of accounts from a year on."""

    niveau = forms.ChoiceField(
        label="Hvad skal regnskaberne opgøres for?", choices=Opgoerelsesniveau.choices, widget=forms.RadioSelect
    )
    fra_aar = AarField(label="Fra regnskabsår", help_text="Fx 2027")
    begrundelse = TekstomraadeField(
        label="Begrundelse",
        help_text="Regnskaberne skal opgøres ens fra år til år",
        mangler="Skriv, hvorfor niveauet ændres",
        max_length=2000,
        raekker=3,
    )


class Reguleringsformular(Formular):
    """T25, T27: how much of each open obligation is in the year's tariffs; typed without sign."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, regulering: Skemaregulering, version: int, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": version}
        super().__init__(*args, **kwargs)
        self.andele = {andel.pligt: andel for andel in regulering.andele if not andel.linje.er_pligtig}
        for noegle, andel in self.andele.items():
            navn = f"pligt_{noegle}"
            self.fields[navn] = BeloebField(
                label=f"{andel.linje.forpligtelse.navn}: beløb, der tages med nu",
                help_text=f"Højst {skriv_kr(abs(andel.linje.rest))} Skriv beløbet uden minus",
                mindst=0,
                hoejst=abs(andel.linje.rest),
                max_digits=14,
                decimal_places=2,
                mangler="Indtast et beløb, eller 0",
            )
            self.initial[navn] = abs(andel.linje.beloeb)

    def raekker(self) -> list[tuple[forms.BoundField, Any]]:
        """Field and obligation side by side."""
        return [(self[f"pligt_{noegle}"], andel) for noegle, andel in self.andele.items()]

    def valgt(self) -> dict[int, Decimal]:
        """By obligation, with its sign."""
        return {
            noegle: self.cleaned_data[f"pligt_{noegle}"] * (-1 if andel.linje.rest < 0 else 1)
            for noegle, andel in self.andele.items()
        }


class Renteformular(Formular):
    """T29: the rate of a year with its source; a change needs a reason."""

    aar = AarField(label="År", help_text="Fx 2026")
    art = forms.ChoiceField(label="Rente af", choices=Renteart.choices)
    pct = ProcentField(label="Rente om året", help_text="Fx 2,35", decimaler=4, max_digits=7, decimal_places=4)
    kilde = TekstField(
        label="Kilde", help_text="Fx Nationalbankens diskonto, gennemsnit 2026", max_length=200, bredde="xl"
    )
    begrundelse = TekstomraadeField(
        label="Begrundelse for ændringen", mangler="Skriv, hvorfor renten ændres", max_length=1000, raekker=3
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, sats: Rentesats | None = None, **kwargs: Any) -> None:
        if sats:
            kwargs["initial"] = {"pct": sats.pct, "kilde": sats.kilde, "version": sats.version}
        super().__init__(*args, **kwargs)
        for navn in ("aar", "art") if sats else ("begrundelse",):
            del self.fields[navn]
