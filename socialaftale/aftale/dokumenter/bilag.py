"""Annexes that stand in the file itself, as parts with page numbers of their own."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Max
from django.template.loader import render_to_string
from django.utils import timezone

from socialaftale.aftale.dokumenter.dellager import Bestilling
from socialaftale.aftale.enums import Bilagsindhold
from socialaftale.aftale.models import Aftale, Bilag
from socialaftale.kerne.pdf.oplysninger import HAARDT_MELLEMRUM
from takster.bilag import MAKS_RAEKKER_I_EN_PDF
from takster.dokumenter import takstbilag
from takster.models import Takst

# Under this name the parts of the file lie in the figures' memory, for the list of annexes to point at them.
BILAGSDELE = "aftale.bilagsdele"


@dataclass(frozen=True, slots=True)
class Bilagsdel:
    """An annex: a part to be set, or a finished, tagged PDF; `titel` says what it holds, e.g. "Takster 2026"."""

    nr: int
    titel: str
    indhold: Bestilling | bytes

    @property
    def noegle(self) -> str:
        """What links in the prose call it: `del:bilag-7`."""
        return f"bilag-{self.nr}"

    @property
    def fuld_titel(self) -> str:
        return f"Bilag {self.nr}: {self.titel}"

    @property
    def sidemaerke(self) -> str:
        return f"Bilag {self.nr}, side{HAARDT_MELLEMRUM}"


def hent_bilag(aftale: Aftale) -> list[Bilagsdel]:
    """The annexes of the agreement that this system makes; those without content are left out."""
    if not aftale.har_dele:
        return []
    dele = (_takstbilag(bilag) for bilag in aftale.bilag.filter(indhold=Bilagsindhold.TAKSTER))
    return [del_ for del_ in dele if del_]


def _takstbilag(bilag: Bilag) -> Bilagsdel | None:
    """The newest published tariffs: an edition carries the prices that apply when it is issued."""
    aar = Takst.objects.gaeldende().aggregate(nyeste=Max("aar"))["nyeste"]
    takster = takstbilag.raekker_i_bilaget(aar) if aar else []
    if not takster or len(takster) > MAKS_RAEKKER_I_EN_PDF:
        return None
    dato = timezone.localdate(max(takst.offentliggjort_tidspunkt for takst in takster))
    kontekst = takstbilag.kontekst(aar, takster, dato=dato, del_=f"Bilag {bilag.nr}")
    bestilling = Bestilling(
        render_to_string(takstbilag.SKABELON, kontekst), navn=f"Bilag {bilag.nr}", css=kontekst["tabel"].css
    )
    return Bilagsdel(bilag.nr, kontekst["dokument"].titel, bestilling)
