"""Rows with a municipality each: the buyers of a takstskema, those who share an objectively financed ydelse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from takster.koebere import valgmuligheder

TOMME_RAEKKER = 3
HOEJST = 200


class Kommunesaet(forms.BaseFormSet):
    """All rows of the list; a municipality stands once, and a row without one is no row.

    `gemte` are the stored rows; what else is given goes to every row.
    """

    praefiks: str
    staar_der_allerede = "Kommunen står allerede på listen"

    def __init__(
        self,
        *args: Any,
        gemte: Iterable[Mapping[str, Any]] | None,
        raekkevalg: Mapping[str, Any],
        **kwargs: Any,
    ) -> None:
        self.raekkevalg = {"valg": valgmuligheder(), **raekkevalg}
        if gemte is not None:
            kwargs["initial"] = list(gemte)
        super().__init__(*args, prefix=self.praefiks, **kwargs)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), **self.raekkevalg}

    def clean(self) -> None:
        sete: set[str] = set()
        for formular in self.forms:
            kommune = formular.cleaned_data.get("kommune") if hasattr(formular, "cleaned_data") else None
            if kommune and kommune in sete:
                formular.add_error("kommune", self.staar_der_allerede)
            sete.add(kommune or "")
