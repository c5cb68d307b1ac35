"""Forms of the way through the bodies: a step, a party's decision, a new edition."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from socialaftale.aftale.enums import Aftaletrin
from socialaftale.aftale.godkendelse.enums import Afgoerelse
from socialaftale.aftale.godkendelse.models import LINK_TEGN, NOTE_TEGN, REFERENCE_TEGN, kun_https
from socialaftale.kerne.formularer import DatoField, Formular, TekstField, TekstomraadeField

REDAKTIONEL, INDHOLD = "redaktionel", "indhold"


class LinkField(TekstField):
    """An address that begins with https://; anything else is refused and never guessed."""

    def validate(self, value: str) -> None:
        super().validate(value)
        if value:
            kun_https(value)


def _sagsnummer(**felter: Any) -> TekstField:
    return TekstField(label="Sagsnummer", max_length=REFERENCE_TEGN, help_text="Fx 2026-052085", bredde="m", **felter)


def _link() -> LinkField:
    return LinkField(
        label="Link til referat", required=False, max_length=LINK_TEGN, help_text="Begynder med https://", bredde="xl"
    )


class Skridtform(Formular):
    """A step to the next body, or back."""

    dato = DatoField(label="Dato", mangler="Skriv datoen", help_text="Fx mødedatoen. Højst i dag")
    begrundelse = TekstomraadeField(
        label="Hvorfor sendes aftalen tilbage", mangler="Skriv, hvorfor aftalen sendes tilbage", max_length=NOTE_TEGN
    )
    sagsnummer = _sagsnummer(required=False)
    link = _link()
    note = TekstomraadeField(label="Note", required=False, max_length=NOTE_TEGN, raekker=3)

    def __init__(self, *args: Any, trin: Aftaletrin, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if trin != Aftaletrin.TILBAGE:
            del self.fields["begrundelse"]
        if trin == Aftaletrin.GODKEND:
            # The parties' own dates and cases stand with their approvals.
            for navn in ("dato", "sagsnummer", "link"):
                del self.fields[navn]
        else:
            self.fields["dato"].initial = timezone.localdate()


class Godkendelsesform(Formular):
    """What a party has decided; a correction says why."""

    afgoerelse = forms.ChoiceField(label="Afgørelse", choices=Afgoerelse, widget=forms.RadioSelect)
    moededato = DatoField(label="Mødedato", mangler="Skriv, hvornår det er besluttet")
    sagsnummer = _sagsnummer(mangler="Skriv sagsnummeret, så afgørelsen kan findes")
    link = _link()
    note = TekstomraadeField(
        label="Note",
        required=False,
        max_length=NOTE_TEGN,
        raekker=3,
        help_text="Skal skrives, når der er godkendt med en bemærkning",
    )
    begrundelse = TekstomraadeField(
        label="Hvorfor rettes registreringen", mangler="Skriv, hvorfor registreringen rettes", max_length=NOTE_TEGN
    )
    fra_version = forms.IntegerField(widget=forms.HiddenInput)

    mangler = {"afgoerelse": "Vælg, hvad der er besluttet"}

    def __init__(self, *args: Any, er_rettelse: bool, tidligst: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["moededato"].tidligst = tidligst
        self.fields["moededato"].senest = timezone.localdate()
        if not er_rettelse:
            del self.fields["begrundelse"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("afgoerelse") == Afgoerelse.MED_BEMAERKNING and "note" in data and not data["note"]:
            self.add_error("note", "Skriv bemærkningen")
        return data


class Nyudgaveform(Formular):
    begrundelse = TekstomraadeField(
        label="Hvorfor skal teksten ændres", mangler="Skriv, hvorfor teksten skal ændres", max_length=NOTE_TEGN
    )


class Fremlaegform(Formular):
    """What the change means for the approvals given."""

    virkning = forms.ChoiceField(label="Hvad betyder ændringen for godkendelserne", widget=forms.RadioSelect)
    begrundelse = TekstomraadeField(
        label="Begrundelse",
        required=False,
        max_length=NOTE_TEGN,
        raekker=3,
        help_text="Skal skrives, når rettelsen er redaktionel",
    )

    mangler = {"virkning": "Vælg, hvad ændringen betyder for godkendelserne"}

    def __init__(self, *args: Any, antal: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        beroerte = f"alle {antal} givne godkendelser" if antal != 1 else "den ene godkendelse, der er givet"
        self.fields["virkning"].choices = [
            (INDHOLD, f"Indholdet er ændret – påvirker {beroerte}" if antal else "Indholdet er ændret"),
            (REDAKTIONEL, "Redaktionel – påvirker ingen godkendelser"),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("virkning") == REDAKTIONEL and not data.get("begrundelse"):
            raise ValidationError({"begrundelse": "Skriv, hvorfor rettelsen ikke påvirker godkendelserne"})
        return data
