"""The upload of a workbook."""

from __future__ import annotations

from django import forms

from socialaftale.kerne.formularer import Formular, Markering
from socialaftale.kerne.regnearksfil import FilAfvist, kontroller_navn
from takster.skemabog.laes import GRAENSER


class Indlaesningsformular(Formular):
    """One .xlsx file; what its name and size tell is said at once, the rest when it has been read."""

    markering = Markering.INGEN

    fil = forms.FileField(
        label="Udfyldt arbejdsbog",
        help_text=f"Den .xlsx-fil, du har hentet her, højst {GRAENSER.byte // (1024 * 1024)} MB",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    def clean_fil(self):
        fil = self.cleaned_data["fil"]
        try:
            kontroller_navn(fil.name, fil.size, GRAENSER)
        except FilAfvist as fejl:
            raise forms.ValidationError(fejl.besked) from fejl
        return fil
