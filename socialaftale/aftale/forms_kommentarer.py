"""Forms of comments."""

from __future__ import annotations

from typing import Any

from django import forms

from socialaftale.kerne.formularer import Formular, TekstomraadeField
from socialaftale.kerne.models import Kommentar
from socialaftale.kerne.tekst.kommentarer import Kommentartrin


class Kommentarform(Formular):
    """A comment and the passage it is about."""

    citat = TekstomraadeField(
        label="Det, du kommenterer",
        required=False,
        max_length=600,
        raekker=2,
        help_text="Kopiér et stykke af teksten hertil, eller lad feltet stå tomt",
    )
    tekst = TekstomraadeField(label="Kommentar", mangler="Skriv din kommentar", max_length=4000, raekker=5)


class Svarform(Formular):
    """What the secretariat says, and what comes of the comment."""

    trin = forms.ChoiceField(label="Hvad sker der", widget=forms.RadioSelect)
    svar = TekstomraadeField(
        label="Svar", required=False, max_length=4000, help_text="Skal skrives, når kommentaren ikke imødekommes"
    )

    mangler = {"trin": "Vælg, om kommentaren imødekommes"}

    def __init__(self, *args: Any, kommentar: Kommentar, **kwargs: Any) -> None:
        super().__init__(*args, initial={"svar": kommentar.svar}, **kwargs)
        if not kommentar.er_aaben:
            valg = [(Kommentartrin.GENAABN, "Åbnes igen")]
        elif kommentar.er_gennemsyn:
            valg = [(Kommentartrin.IMOEDEKOM, "Er gennemset")]
        else:
            valg = [(Kommentartrin.IMOEDEKOM, "Imødekommes"), (Kommentartrin.AFSLAA, "Imødekommes ikke")]
        self.fields["trin"].choices = valg
        if len(valg) == 1:
            self.fields["trin"].initial = valg[0][0]
