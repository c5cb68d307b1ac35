"""Forms of named versions and comparison."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms

from socialaftale.aftale.stande import Stand
from socialaftale.kerne.formularer import Formular, Markering, TekstField, TekstomraadeField
from socialaftale.kerne.models import Kapitelversion


class Navngivform(Formular):
    """A name for the text as it stands, and what it was made for."""

    navn = TekstField(
        label="Navn", mangler="Giv versionen et navn, fx udkast juni", max_length=80, help_text="Fx udkast juni"
    )
    note = TekstomraadeField(
        label="Note", required=False, max_length=1000, raekker=3, help_text="Fx hvem versionen er sendt til"
    )


class Standvalg(Formular):
    """Two states of whole texts."""

    markering = Markering.INGEN

    fra = forms.ChoiceField(label="Sammenlign")
    til = forms.ChoiceField(label="Med")

    def __init__(self, *args: Any, stande: Iterable[Stand], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stande = {stand.kode: stand for stand in stande}
        grupper = [
            (periode, [(stand.kode, stand.fuldt_navn) for stand in de])
            for periode, de in groupby(self.stande.values(), key=lambda stand: stand.aftale.periode)
        ]
        for navn in ("fra", "til"):
            self.fields[navn].choices = grupper


class Kapitelversionsvalg(Formular):
    """Two saved versions of one chapter."""

    markering = Markering.INGEN

    fra = forms.ChoiceField(label="Sammenlign")
    til = forms.ChoiceField(label="Med")

    def __init__(self, *args: Any, versioner: Iterable[tuple[Kapitelversion, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        valg = [(str(version.version), navn) for version, navn in versioner]
        for navn in ("fra", "til"):
            self.fields[navn].choices = valg
