"""Tariffs of a round against comparable services: the same paragraph, target group and unit (T15).

The others count with the tariff that was published for the year before, in this year's prices: so the answer does not
depend on who has handed in first.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from takster.beregning.afvigelser import Sammenligning, Sammenligningstakst, maalgruppenavn, sammenlign_med
from takster.beregning.regulering import ManglendeSats, PlSats, fremskriv
from takster.hentning import sted_og_maalgruppe
from takster.models import Takst, Takstskema

# Comparable tariffs by paragraph, target group and unit.
Grupper = dict[tuple[str, str, str], list[Sammenligningstakst]]


def hent_sidste_aars(skemaer: Iterable[Takstskema], satser: tuple[PlSats, ...]) -> Grupper:
    """The tariffs of the year before that these forms of one round may be compared with, in this year's prices.

    One query at any number of forms, and none when no form has a paragraph.
    """
    med_lovgrundlag = [skema for skema in skemaer if skema.ydelse.lovgrundlag_id is not None]
    if not med_lovgrundlag:
        return {}
    aar = med_lovgrundlag[0].aar
    takster = (
        Takst.objects.gaeldende()
        .med_grundlag()
        .filter(
            aar=aar - 1,
            lovgrundlag__in={skema.ydelse.lovgrundlag_id for skema in med_lovgrundlag},
            enhed__in={skema.enhed for skema in med_lovgrundlag},
            maalgruppe_soegetekst__in={maalgruppenavn(sted_og_maalgruppe(skema)[1]) for skema in med_lovgrundlag},
        )
    )
    grupper: Grupper = {}
    for ydelse, tilbud, navn, lovgrundlag, maalgruppe, enhed, takst in takster.values_list(
        "ydelse", "tilbud_navn", "ydelse_navn", "lovgrundlag__paragraf", "maalgruppe", "enhed", "takst"
    ):
        try:
            fremskrevet = fremskriv(takst, aar - 1, aar, satser)
        except ManglendeSats:
            return {}
        fundet = Sammenligningstakst(
            noegle=str(ydelse),
            navn=f"{tilbud}, {navn}",
            lovgrundlag=lovgrundlag,
            maalgruppe=maalgruppe,
            enhed=enhed,
            takst=fremskrevet,
        )
        if fundet.gruppe is not None:
            grupper.setdefault(fundet.gruppe, []).append(fundet)
    return grupper


def sammenlign_skema(
    skema: Takstskema, takst: Decimal | None, grupper: Grupper
) -> tuple[Sammenligning | None, list[Sammenligningstakst]]:
    """One form against the others of its group, and those others by tariff; (None, []) when they are too few."""
    ydelse = skema.ydelse
    if takst is None or ydelse.lovgrundlag is None:
        return None, []
    egen = Sammenligningstakst(
        noegle=str(ydelse.pk),
        navn=f"{ydelse.tilbud.navn}, {ydelse.navn}",
        lovgrundlag=str(ydelse.lovgrundlag),
        maalgruppe=sted_og_maalgruppe(skema)[1],
        enhed=skema.enhed,
        takst=takst,
    )
    andre = grupper.get(egen.gruppe, []) if egen.gruppe else []
    gruppe = [en for en in andre if en.noegle != egen.noegle]
    fundet = sammenlign_med(egen, gruppe)
    return fundet, sorted(gruppe, key=lambda en: (en.takst, en.noegle)) if fundet else []


def sammenlign_et(
    skema: Takstskema, takst: Decimal | None, satser: tuple[PlSats, ...]
) -> tuple[Sammenligning | None, list[Sammenligningstakst]]:
    """One form with just the tariffs it may be compared with."""
    return (None, []) if takst is None else sammenlign_skema(skema, takst, hent_sidste_aars([skema], satser))
