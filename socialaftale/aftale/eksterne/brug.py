"""Where external figures are used: which chapters of which texts cite them now."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from socialaftale.aftale.enums import UNDER_ARBEJDE
from socialaftale.kerne.models import EksterntTal, Kapitel
from socialaftale.kerne.tekst import henvisninger


@dataclass(frozen=True, slots=True)
class Brugssted:
    """A chapter that cites the figure; `url` leads to where it is written, "" for a text with another owner."""

    tekst: str
    kapitel: str
    url: str
    er_udkast: bool


def brugssteder() -> dict[str, list[Brugssted]]:
    """Per key of a figure the chapters that cite it, newest agreement first, in one query."""
    kapitler = (
        Kapitel.objects.filter(Q(indhold__contains="ekstern.") | Q(indhold__contains=henvisninger.NOTE))
        .select_related("tekst__aftale", "tekst__styringsaftale")
        .order_by("-tekst__aftale__fra_aar", "tekst", "raekkefoelge", "pk")
    )
    steder: dict[str, list[Brugssted]] = {}
    for kapitel in kapitler:
        sted = _sted(kapitel)
        noegler = (fund.figurnoegle for fund in henvisninger.find(kapitel.indhold))
        for noegle in dict.fromkeys(noegle for noegle in noegler if noegle.startswith("ekstern.")):
            steder.setdefault(noegle.removeprefix("ekstern."), []).append(sted)
    return steder


def _sted(kapitel: Kapitel) -> Brugssted:
    ejer = getattr(kapitel.tekst, "aftale", None) or getattr(kapitel.tekst, "styringsaftale", None)
    if ejer is None:
        return Brugssted(kapitel.tekst.titel, kapitel.titel, "", er_udkast=False)
    url = ejer.adresse("ret_kapitel", kapitel.noegle)
    return Brugssted(ejer.titel, kapitel.titel, url, ejer.tilstand in UNDER_ARBEJDE)


def gamle_i_udkast(aar: int) -> list[EksterntTal]:
    """Figures older than their limit that a draft cites: they wait for somebody to look them up."""
    gamle = list(EksterntTal.objects.gamle(aar))
    if not gamle:
        return []
    steder = brugssteder()
    return [tal for tal in gamle if any(sted.er_udkast for sted in steder.get(tal.noegle, ()))]
