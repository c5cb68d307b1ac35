"""The historic rounds: accounts, capacity and what tariff they give, as pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet

from socialaftale.kerne.adgang import Adgang
from takster.beregning.resultat import Aarsresultat
from takster.enums import Oprindelse, Regnskabspostart
from takster.models import Indberetningsrunde, Kapacitetsopgoerelse, Regnskab, Regnskabspost, Takst
from tilbud.models import Tilbud


@dataclass(frozen=True, slots=True, kw_only=True)
class Regnskabsaar:
    """One account with its result, its tariff if there is one, and the capacity of the same year."""

    regnskab: Regnskab
    resultat: Aarsresultat
    takst: Takst | None = None
    kapacitet: list[Kapacitetsopgoerelse] = field(default_factory=list)


def regnskaber(adgang: Adgang) -> QuerySet[Regnskab]:
    return (
        Regnskab.objects.aarsrapporter()
        .synlige_for(adgang)
        .filter(tilbud__in=Tilbud.objects.synlige_for(adgang))
        .select_related("tilbud__driftsherre")
        .prefetch_related(Prefetch("poster", queryset=Regnskabspost.objects.order_by("pk")))
    )


def regnskabsaar(fundne: Iterable[Regnskab], adgang: Adgang) -> list[Regnskabsaar]:
    """The accounts with what belongs to them; two queries for all of them."""
    fundne = list(fundne)
    tilbud = {regnskab.tilbud_id for regnskab in fundne}
    kapacitet: dict[tuple[int, int], list[Kapacitetsopgoerelse]] = {}
    # Part of a tilbud (Kvisten) is reported under its own name; its capacity belongs to the whole's account too.
    opgjort = Kapacitetsopgoerelse.objects.filter(tilbud__in=tilbud) | Kapacitetsopgoerelse.objects.filter(
        tilbud__overordnet__in=tilbud
    )
    opgjort = opgjort.filter(tilbud__in=Tilbud.objects.synlige_for(adgang))
    for opgoerelse in opgjort.select_related("tilbud"):
        for noegle in {opgoerelse.tilbud_id, opgoerelse.tilbud.overordnet_id} & tilbud:
            kapacitet.setdefault((noegle, opgoerelse.aar), []).append(opgoerelse)
    takster = {
        (takst.tilbud_id, takst.aar): takst
        for takst in Takst.objects.gaeldende()
        .filter(tilbud__in=tilbud, oprindelse=Oprindelse.REGNSKAB)
        .select_related("tilbud", "ydelse")
    }
    return [
        Regnskabsaar(
            regnskab=regnskab,
            resultat=regnskab.aarsresultat(),
            takst=takster.get((regnskab.tilbud_id, regnskab.aar)),
            kapacitet=kapacitet.get((regnskab.tilbud_id, regnskab.aar), []),
        )
        for regnskab in fundne
    ]


def opgoerelser_for_runde(runde: Indberetningsrunde, adgang: Adgang) -> list[Regnskabsaar]:
    """The accounts of a historic round's year."""
    return regnskabsaar(regnskaber(adgang).filter(aar=runde.aar), adgang)


# How the coarse posts relate to the categories of the takstskema (ours; unsplit where the source is).
KOBLING_TIL_KATEGORIER = (
    (Regnskabspostart.DIREKTE, "A, borgerrelateret personale, og B"),
    (Regnskabspostart.ADMINISTRATION, "A, administrativt personale, og C"),
    (Regnskabspostart.CENTRAL_LEDELSE, "C, andel af central administration og ledelse"),
    (Regnskabspostart.EJENDOM_KAPITAL, "E, F og H"),
    (Regnskabspostart.TILSYN_UDVIKLING, "C, tilsynstakst, og D"),
)
