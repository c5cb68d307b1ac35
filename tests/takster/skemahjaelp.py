"""What the view tests of the takstskema share: the texts of a form as a browser would send them."""

from __future__ import annotations

from typing import Any

from django.forms import BooleanField

from takster.forms.skema import Skemaformular
from takster.models import Takstskema


def formulardata(skema: Takstskema, **aendringer: Any) -> dict[str, str]:
    """The saved form as it would be posted unchanged, with `aendringer` on top; None takes a field away."""
    skema = Takstskema.objects.til_beregning().get(pk=skema.pk)
    formular = Skemaformular(skema=skema)
    data = {}
    for navn, felt in formular.fields.items():
        vaerdi = formular[navn].value()
        if isinstance(felt, BooleanField):
            if vaerdi:
                data[navn] = "on"
        else:
            data[navn] = "" if vaerdi is None else str(vaerdi)
    data |= aendringer
    return {navn: vaerdi for navn, vaerdi in data.items() if vaerdi is not None}
