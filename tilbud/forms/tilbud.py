"""Forms for the *tilbud* itself: the secretariat's editing and the *driftsherre*'s proposal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models

from socialaftale.kerne.formularer import Formular, Markering, Modelformular, TekstomraadeField
from tilbud.forms.felter import Faellesvalg, ens_linjeskift, saet_tomt_valg, saet_valg
from tilbud.handlinger.forslag import FORESLAAELIGE
from tilbud.handlinger.registret import RETTELIGE
from tilbud.models import Tilbud


class TilbudForm(Modelformular):
    """All fields of the *tilbud* itself; `version` is the one the page was opened with."""

    markering = Markering.SKAL
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    mangler = {"navn": "Skriv tilbuddets navn"}

    class Meta:
        model = Tilbud
        fields = list(RETTELIGE)
        labels = {
            "beliggenhed_tekst": "Beliggenhed i kildens ord",
            "offentliggjort": "Tilbuddet er offentliggjort",
            "status_tekst": "Status i kilden",
        }
        help_texts = {
            "maalgruppe": "Skriv med egne ord, hvem tilbuddet er til. Skriv aldrig om enkelte borgere.",
            "aldersgruppe": "Fx voksne eller 0-18 år",
            "kilder": "Én kilde på hver linje",
            "kategori": "Kategorien skifter kun 1. januar og efter beslutning i DAS.",
            "offentliggjort": "Et tilbud, der ikke er offentliggjort, ses kun af sekretariatet og driftsherren.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        saet_tomt_valg(self)
        Faellesvalg().saet(self, "overordnet")
        overordnet = self.fields["overordnet"]
        overordnet.queryset = self._mulige_overordnede()
        saet_valg(overordnet, overordnet.queryset.values_list("pk", "navn"))
        if len(overordnet.choices) == 1:
            del self.fields["overordnet"]
        self.fields["version"].initial = self.instance.version

    def _mulige_overordnede(self) -> models.QuerySet[Tilbud]:
        """*Tilbud* of the same *driftsherre* that are not below this one, and the present one whoever runs it.

        A new one has no *driftsherre* yet: it is made from the page of the one it belongs under, or gets it later.
        """
        alle = Tilbud.objects.select_related(None)
        if self.instance.pk is None:
            return alle.filter(pk=self.instance.overordnet_id)
        samme = alle.filter(driftsherre=self.instance.driftsherre_id).exclude(overordnet=self.instance)
        return (samme | alle.filter(pk=self.instance.overordnet_id)).exclude(pk=self.instance.pk).distinct()

    def clean(self) -> dict[str, Any]:
        return ens_linjeskift(super().clean())

    def felter(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        return {felt: self.cleaned_data[felt] for felt in RETTELIGE if felt in self.fields}


class ForslagForm(Modelformular):
    """What a *driftsherre* wants its *tilbud* to say, and why.

    `forslag` and `version` tell which draft the page shows, if any.
    """

    forslag = forms.IntegerField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    begrundelse = TekstomraadeField(
        label="Begrundelse", mangler="Skriv, hvorfor oplysningerne skal ændres", max_length=2000, raekker=4
    )
    markering = Markering.FRIVILLIGT

    class Meta:
        model = Tilbud
        fields = list(FORESLAAELIGE)
        help_texts = {"maalgruppe": "Skriv med egne ord, hvem tilbuddet er til. Skriv aldrig om enkelte borgere."}

    mangler = {"navn": "Skriv tilbuddets navn"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        saet_tomt_valg(self)

    def clean(self) -> dict[str, Any]:
        return ens_linjeskift(super().clean())

    def felter(self) -> dict[str, Any]:
        return {felt: self.cleaned_data[felt] for felt in FORESLAAELIGE}


class AfvisForm(Formular):
    """Why a proposal is turned down."""

    begrundelse = TekstomraadeField(
        label="Begrundelse",
        help_text="Driftsherren ser begrundelsen.",
        mangler="Skriv, hvorfor forslaget bliver afvist",
        max_length=2000,
        raekker=5,
    )
