"""Forms for the rows of a *tilbud*: places, legal basis, standing, memberships, *ydelser* and names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.utils import ErrorDict

from socialaftale.kerne.formularer import AarField, HeltalField, Markering, Modelformular
from tilbud.forms.felter import Faellesvalg, ens_linjeskift, saet_tomt_valg
from tilbud.handlinger.registret import SEKTIONER
from tilbud.models import Aftalestatus, Forstaerketmedlem, Plads, Tilbud, Tilbudslovgrundlag, Tilbudsnavn, Ydelse


class Raekkeform(Modelformular):
    """One row of a section; an empty one is left out, a ticked one goes."""

    markering = Markering.SKAL
    id = forms.IntegerField(widget=forms.HiddenInput, required=False)
    slet = forms.BooleanField(label="Slet rækken", required=False)

    def __init__(self, *args: Any, valg: Faellesvalg, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        saet_tomt_valg(self)
        valg.saet(self)
        self.fields["id"].initial = self.instance.pk

    def full_clean(self) -> None:
        super().full_clean()
        if self.skal_slettes:
            # What a row says no longer matters when it goes.
            self._errors = ErrorDict(renderer=self.renderer)

    @property
    def skal_slettes(self) -> bool:
        return self.is_bound and bool(getattr(self, "cleaned_data", {}).get("slet"))

    @property
    def er_ny(self) -> bool:
        return self.instance.pk is None

    def clean(self) -> dict[str, Any]:
        # Without calling Django's: uniqueness is judged for all rows together, since saving replaces them.
        return ens_linjeskift(self.cleaned_data)

    def _post_clean(self) -> None:
        super()._post_clean()
        udelad = {felt.name for felt in self.instance._meta.fields if felt.name in self.errors} | {"tilbud"}
        for regel in self.instance._meta.constraints:
            if isinstance(regel, models.CheckConstraint):
                try:
                    regel.validate(type(self.instance), self.instance, exclude=udelad)
                except ValidationError as fejl:
                    self.add_error(None, fejl)


class PladsForm(Raekkeform):
    aar = AarField(label="År", required=False)
    # Empty means the same as the lowest.
    antal_til = HeltalField(label="Antal til", required=False, mindst=0)

    mangler = {"antal_fra": "Skriv antal pladser"}

    class Meta:
        model = Plads
        fields = [
            "antal_fra",
            "antal_til",
            "cirka",
            "art",
            "type",
            "aar",
            "daekker",
            "note",
            "kilde",
            "er_eksempel",
        ]
        labels = {"antal_fra": "Antal", "cirka": "Cirka", "daekker": "Dækker kun", "er_eksempel": "Eksempeltal"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.antal_fra == self.instance.antal_til:
            self.initial["antal_til"] = None

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("antal_til") is None:
            self.cleaned_data["antal_til"] = self.cleaned_data.get("antal_fra")
        return super().clean()


class LovgrundlagForm(Raekkeform):
    fra_aar = AarField(label="Fra år", required=False)
    til_aar = AarField(label="Til og med år", required=False)

    mangler = {"lovgrundlag": "Vælg lovgrundlag"}

    class Meta:
        model = Tilbudslovgrundlag
        fields = ["lovgrundlag", "er_sekundaer", "fra_aar", "til_aar", "kildetekst"]


class AftalestatusForm(Raekkeform):
    aar = AarField(label="År", required=False)
    i_socialaftale = forms.TypedChoiceField(
        label="I socialaftalen",
        choices=[("ja", "Ja"), ("nej", "Nej")],
        coerce=lambda vaerdi: vaerdi == "ja",
        empty_value=None,
        required=False,
    )

    class Meta:
        model = Aftalestatus
        fields = ["aar", "i_socialaftale", "note", "kilde"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.i_socialaftale is not None:
            self.initial["i_socialaftale"] = "ja" if self.instance.i_socialaftale else "nej"


class MedlemskabForm(Raekkeform):
    fra_aar = AarField(label="Fra år", required=False)
    til_aar = AarField(label="Til og med år", required=False)

    class Meta:
        model = Forstaerketmedlem
        fields = ["fra_aar", "til_aar", "kriterie", "maalgruppe", "note"]


class YdelseForm(Raekkeform):
    aktiv_fra_aar = AarField(label="Fra år", required=False)
    aktiv_til_aar = AarField(label="Til og med år", required=False)
    raekkefoelge = HeltalField(label="Rækkefølge", required=False, mindst=0)

    mangler = {"navn": "Skriv ydelsens navn", "enhed": "Vælg ydelsens enhed"}

    class Meta:
        model = Ydelse
        fields = [
            "navn",
            "enhed",
            "taksttype",
            "afdeling",
            "lovgrundlag",
            "aktiv_fra_aar",
            "aktiv_til_aar",
            "raekkefoelge",
            "beskrivelse",
            "maalgruppe",
            "er_eksempel",
        ]
        labels = {"er_eksempel": "Eksempel"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A row from before there were types keeps the default.
        self.fields["taksttype"].required = False
        if self.er_ny:
            # Left empty: the place after those there are is given when the row is saved.
            self.initial["raekkefoelge"] = None

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("raekkefoelge") is None:
            self.cleaned_data["raekkefoelge"] = Ydelse._meta.get_field("raekkefoelge").default
        self.cleaned_data["taksttype"] = self.cleaned_data.get("taksttype") or self.instance.taksttype
        return super().clean()


class NavneForm(Raekkeform):
    fra_aar = AarField(label="Fra år", required=False)
    til_aar = AarField(label="Til og med år", required=False)

    mangler = {"navn": "Skriv navnet"}

    class Meta:
        model = Tilbudsnavn
        fields = ["navn", "fra_aar", "til_aar", "kilde"]


class Raekkesaet(forms.BaseFormSet):
    """The rows of one section: those of the register and one empty to fill in."""

    titel = ""
    noegle = ""
    # Two rows may not agree in all of these; the text says so.
    entydige: tuple[str, ...] = ()
    gentaget = ""

    def __init__(self, data: Any = None, *, tilbud: Tilbud, **kwargs: Any) -> None:
        self.tilbud = tilbud
        self.raekker = {raekke.pk: raekke for raekke in getattr(tilbud, self.noegle).all()} if tilbud.pk else {}
        super().__init__(data, prefix=self.noegle, initial=[{} for _ in self.raekker], **kwargs)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        model = SEKTIONER[self.noegle]
        kwargs = super().get_form_kwargs(index)
        raekke = None
        if index is not None and self.is_bound:
            noegle = self.data.get(f"{self.noegle}-{index}-id", "")
            # A row that somebody else has deleted in the meantime is entered anew.
            raekke = self.raekker.get(int(noegle)) if noegle.isascii() and noegle.isdigit() else None
        elif index is not None and index < len(self.raekker):
            raekke = list(self.raekker.values())[index]
        # A copy: checking a form writes into its instance, and the original is what it is compared with.
        kopi = model(**_felter(raekke)) if raekke else model()
        kopi.tilbud_id = self.tilbud.pk
        return {**kwargs, "instance": kopi}

    def _construct_form(self, i: int, **kwargs: Any) -> Raekkeform:
        kwargs.pop("initial", None)
        formular = super()._construct_form(i, **kwargs)
        formular.empty_permitted = formular.er_ny
        return formular

    def clean(self) -> None:
        sete: set[tuple[Any, ...]] = set()
        for formular in self.beholdte():
            vaerdier = tuple(getattr(formular.instance, felt) for felt in self.entydige)
            if vaerdier in sete:
                formular.add_error(None, self.gentaget)
            sete.add(vaerdier)

    def beholdte(self) -> list[Raekkeform]:
        """Forms of the rows that stay: not deleted, and not the empty one."""
        return [
            formular
            for formular in self.forms
            if formular.is_bound
            and not formular.errors
            and not formular.skal_slettes
            and (not formular.er_ny or formular.has_changed())
        ]

    def nye_raekker(self) -> list[models.Model]:
        """The rows as the action takes them; only after `is_valid()`."""
        return [formular.instance for formular in self.beholdte()]

    @property
    def antal(self) -> int:
        return len(self.raekker)

    @property
    def har_fejl(self) -> bool:
        return self.is_bound and any(formular.errors for formular in self.forms)


def _felter(raekke: models.Model) -> dict[str, Any]:
    return {felt.attname: getattr(raekke, felt.attname) for felt in raekke._meta.concrete_fields}


def _saet(noegle: str, titel: str, formular: type[Raekkeform], entydige: tuple[str, ...], gentaget: str):
    klasse = forms.formset_factory(formular, formset=Raekkesaet, extra=1, max_num=200, absolute_max=400)
    klasse.noegle, klasse.titel, klasse.entydige, klasse.gentaget = noegle, titel, entydige, gentaget
    return klasse


RAEKKESAET = [
    _saet(
        "pladser",
        "Pladser",
        PladsForm,
        ("art", "type", "aar", "kilde", "daekker"),
        "To rækker har samme art, type, år og kilde. Skriv, hvilken del af tilbuddet tallet dækker.",
    ),
    _saet(
        "lovgrundlag",
        "Lovgrundlag",
        LovgrundlagForm,
        ("lovgrundlag_id", "fra_aar"),
        "Det samme lovgrundlag står to gange.",
    ),
    _saet("aftalestatus", "I socialaftalen", AftalestatusForm, ("aar",), "Der er to rækker for det samme år."),
    _saet(
        "medlemskaber",
        "Forstærket samarbejde",
        MedlemskabForm,
        ("fra_aar", "til_aar"),
        "Det samme medlemskab står to gange.",
    ),
    _saet("ydelser", "Ydelser", YdelseForm, ("navn",), "To ydelser har samme navn."),
    _saet("navne", "Andre navne", NavneForm, ("navn", "til_aar"), "Det samme navn står to gange."),
]


def lav_raekkesaet(tilbud: Tilbud, data: Any = None, udelad: Iterable[str] = ()) -> list[Raekkesaet]:
    """All sections of the form; those named in `udelad` are shown as the register has them."""
    faelles = {"valg": Faellesvalg()}
    return [
        klasse(None if klasse.noegle in udelad else data, tilbud=tilbud, form_kwargs=faelles) for klasse in RAEKKESAET
    ]
