"""The secretariat's comments as the pages show them: in a list, and as notes at the fields of the form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from takster.forms.skema import Skemaformular, linjefelt
from takster.models import Skemakommentar, Takstskema
from takster.views.faelles import kontrol_id
from takster.visning import feltvaerdi


@dataclass(frozen=True, slots=True)
class Kommentarlinje:
    """A comment with where its field is, and what the field holds now."""

    kommentar: Skemakommentar
    url: str
    nu: str

    @property
    def er_aendret(self) -> bool:
        """Does the field hold something else than when the comment was written?"""
        return bool(self.kommentar.felt) and self.nu != self.kommentar.vaerdi


def kommentarlinjer(
    skema: Takstskema, kommentarer: Iterable[Skemakommentar], side: str | None = None
) -> list[Kommentarlinje]:
    """In the order they were written; `side` is the page with the fields, "" for this one, None for no links."""
    return [
        Kommentarlinje(
            kommentar,
            "" if side is None or not kommentar.felt else f"{side}#{kontrol_id(kommentar.felt)}",
            feltvaerdi(skema, kommentar.felt),
        )
        for kommentar in kommentarer
    ]


def ubesvarede(skema: Takstskema, formular: Skemaformular | None = None) -> list[Kommentarlinje]:
    """What the driftsherre must answer; with the form at hand each is shown at its field too. One query."""
    if not skema.er_redigerbar:
        return []
    kommentarer = list(skema.kommentarer.ubesvarede())
    if formular is None:
        return kommentarlinjer(skema, kommentarer, reverse("takster:skema_ret", kwargs={"pk": skema.pk}))
    for kommentar in kommentarer:
        felt = formular.fields.get(kommentar.felt) or formular.fields.get(linjefelt(kommentar.felt))
        if felt is not None:
            felt.note = "\n".join(filter(None, [getattr(felt, "note", ""), kommentar.tekst]))
    return kommentarlinjer(skema, kommentarer, "")
