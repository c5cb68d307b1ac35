"""Fields the register's forms share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Model
from django.forms.utils import ErrorDict

from tilbud.visning import IKKE_OPLYST


def saet_tomt_valg(formular: forms.BaseForm) -> None:
    """ "Ikke oplyst" instead of dashes wherever nothing may be chosen."""
    for felt in formular.fields.values():
        if isinstance(felt, forms.ModelChoiceField):
            felt.empty_label = IKKE_OPLYST
        elif isinstance(felt, forms.TypedChoiceField) and not felt.required:
            felt.choices = [
                ("", IKKE_OPLYST),
                *((kode, tekst) for kode, tekst in felt.choices if kode not in ("", None)),
            ]


class Faellesvalg:
    """What the boxes of one page have to choose from: asked for once per model, however many boxes and rows."""

    def __init__(self) -> None:
        self._kendte: dict[type[Model], list[tuple[int, str]]] = {}

    def saet(self, formular: forms.BaseForm, *udelad: str) -> None:
        """Give all boxes of the form over whole models their choices, those in `udelad` apart."""
        for navn, felt in formular.fields.items():
            if isinstance(felt, forms.ModelChoiceField) and navn not in udelad:
                model = felt.queryset.model
                if model not in self._kendte:
                    self._kendte[model] = [(post.pk, str(post)) for post in felt.queryset]
                saet_valg(felt, self._kendte[model])


def saet_valg(felt: forms.ModelChoiceField, valg: Iterable[tuple[int, str]]) -> None:
    """The choices as they are to be shown; what is sent is still looked up in the field's queryset."""
    felt.choices = [("", felt.empty_label), *valg]


def vis_uden_fejl(formular: forms.BaseForm) -> None:
    """Show what was typed without judging it: the page was sent to get another line, not to be saved."""
    formular._errors = ErrorDict(renderer=formular.renderer)


def ens_linjeskift(data: dict[str, Any]) -> dict[str, Any]:
    """Browsers send CRLF: without this a text area nobody touched would count as changed."""
    return {navn: vaerdi.replace("\r\n", "\n") if isinstance(vaerdi, str) else vaerdi for navn, vaerdi in data.items()}
