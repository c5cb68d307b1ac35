"""The buyers of a takstskema as rows: a municipality and how much it buys; empty rows are left out."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from socialaftale.kerne.formularer import Fejl, Formular, Markering, TalField, saml_fejl
from takster.forms.kommunesaet import HOEJST, TOMME_RAEKKER, Kommunesaet
from takster.models import Koeb

PRAEFIKS = "koebere"


class Koeberraekke(Formular):
    """One buyer; a row without a municipality and a volume is empty."""

    markering = Markering.INGEN

    kommune = forms.ChoiceField(label="Kommune", required=False)
    maengde = TalField(label="Mængde", required=False, mindst=0, max_digits=10, decimal_places=2)
    slet = forms.BooleanField(label="Fjern", required=False)

    def __init__(self, *args: Any, valg: list[Any], enhed: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kommune"].choices = [("", "Vælg kommune"), *valg]
        self.fields["maengde"].enhed = enhed

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("slet"):
            # What a row says no longer matters when it goes.
            self._errors.clear()
            return {"slet": True}
        har_maengde = data.get("maengde") is not None or "maengde" in self._errors
        if data.get("kommune") and not har_maengde:
            self.add_error("maengde", "Skriv, hvor meget kommunen køber")
        if har_maengde and not data.get("kommune") and "kommune" not in self._errors:
            self.add_error("kommune", "Vælg den kommune, der køber")
        return data


class Koebersaet(Kommunesaet):
    """The buyers and how much each buys."""

    praefiks = PRAEFIKS
    staar_der_allerede = "Kommunen står allerede på listen. Saml købet i én række"

    def __init__(self, *args: Any, enhed: str, gemte: Mapping[int, Decimal] | None = None, **kwargs: Any) -> None:
        raekker = gemte and [{"kommune": pk, "maengde": maengde} for pk, maengde in gemte.items()]
        super().__init__(*args, gemte=raekker, raekkevalg={"enhed": enhed}, **kwargs)

    def maengder(self) -> dict[int, Decimal]:
        """Volume by municipality; only after `is_valid()`."""
        return {
            int(formular.cleaned_data["kommune"]): formular.cleaned_data["maengde"]
            for formular in self.forms
            if formular.cleaned_data.get("kommune")
        }

    def laeselige(self) -> dict[int, Decimal]:
        """What can be read of the rows as they stand, also when others have errors."""
        return {
            int(data["kommune"]): data["maengde"]
            for formular in self.forms
            if (data := getattr(formular, "cleaned_data", {})).get("kommune") and data.get("maengde") is not None
        }

    def fejlliste(self) -> list[Fejl]:
        return saml_fejl(self.forms)


Koeberformular = forms.formset_factory(
    Koeberraekke, formset=Koebersaet, extra=TOMME_RAEKKER, max_num=HOEJST, absolute_max=HOEJST
)


def gemte_koebere(skema_id: int) -> dict[int, Decimal]:
    """Volume by municipality in the list's order; one query."""
    return dict(Koeb.objects.filter(skema=skema_id).values_list("kommune", "maengde"))


def med_flere_raekker(data: Mapping[str, str], *, praefiks: str = PRAEFIKS) -> dict[str, str]:
    """What was typed, with room for more; without JavaScript the page is sent to get it."""
    noegle = f"{praefiks}-TOTAL_FORMS"
    antal = data.get(noegle, "")
    nu = int(antal) if antal.isascii() and antal.isdigit() and len(antal) < 5 else 0
    return {**data, noegle: str(min(nu + TOMME_RAEKKER, HOEJST))}
