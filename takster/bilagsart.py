"""The takstbilag as an annex of an agreement: the tariffs of a year, the newest published when none is chosen."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Max
from django.template.loader import render_to_string
from django.utils import timezone

from socialaftale.kerne import bilagsarter
from socialaftale.kerne.bilagsarter import Bilagsart, Bilagsbestilling, Bilagskilde
from takster.bilag import MAKS_RAEKKER_I_EN_PDF
from takster.dokumenter import takstbilag
from takster.models import Takst

NYESTE = "nyeste"


def varianter(periode: str) -> Iterable[tuple[str, str]]:
    """The newest published year, and each year there are tariffs for."""
    aar = Takst.objects.gaeldende().order_by("-aar").values_list("aar", flat=True).distinct()
    return [(NYESTE, "De nyeste offentliggjorte takster"), *((str(et), f"Takster {et}") for et in aar)]


def byg_kilde(bestilling: Bilagsbestilling) -> Bilagskilde | None:
    """The annex; None when the year has no tariffs, or more rows than a PDF is made of."""
    if bestilling.variant.isdigit():
        aar = int(bestilling.variant)
    else:
        aar = Takst.objects.gaeldende().aggregate(nyeste=Max("aar"))["nyeste"]
    takster = takstbilag.raekker_i_bilaget(aar) if aar else []
    if not takster or len(takster) > MAKS_RAEKKER_I_EN_PDF:
        return None
    dato = timezone.localdate(max(takst.offentliggjort_tidspunkt for takst in takster))
    kontekst = takstbilag.kontekst(aar, takster, dato=dato, del_=bestilling.del_)
    html = render_to_string(takstbilag.SKABELON, {**kontekst, "omslag": bestilling.omslag})
    return Bilagskilde(html, kontekst["tabel"].css)


def registrer() -> None:
    bilagsarter.registrer(Bilagsart("takster", "Takster", byg_kilde, varianter), raekkefoelge=400)
