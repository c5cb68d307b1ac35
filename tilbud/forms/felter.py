"""Fields the register's forms share."""

from __future__ import annotations

from typing import Any

from django import forms
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


def vis_uden_fejl(formular: forms.BaseForm) -> None:
    """Show what was typed without judging it: the page was sent to get another line, not to be saved."""
    formular._errors = ErrorDict(renderer=formular.renderer)


def ens_linjeskift(data: dict[str, Any]) -> dict[str, Any]:
    """Browsers send CRLF: without this a text area nobody touched would count as changed."""
    return {navn: vaerdi.replace("\r\n", "\n") if isinstance(vaerdi, str) else vaerdi for navn, vaerdi in data.items()}
