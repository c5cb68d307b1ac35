"""Tariffs of a round against comparable services: the same paragraph, target group and unit (T15).

The others count with the tariff that was published for the year before, in this year's prices: so the answer does not
depend on who has handed in first.
"""

from __future__ import annotations

from decimal import Decimal

from takster.beregning.afvigelser import Sammenligning, Sammenligningstakst, sammenlign
from takster.beregning.regulering import ManglendeSats, PlSats, fremskriv
from takster.hentning import sted_og_maalgruppe
from takster.models import Takst, Takstskema

# Comparable tariffs by paragraph, target group and unit.
Grupper = dict[tuple[str, str, str], list[Sammenligningstakst]]


def _af_takst(takst: Takst, aar: int, satser: tuple[PlSats, ...]) -> Sammenligningstakst | None:
    try:
        fremskrevet = fremskriv(takst.takst, takst.aar, aar, satser)
    except ManglendeSats:
        return None
    return Sammenligningstakst(
        noegle=str(takst.ydelse_id),
        navn=f"{takst.tilbud_navn}, {takst.ydelse_navn}",
        lovgrundlag=str(takst.lovgrundlag or ""),
        maalgruppe=takst.maalgruppe,
        enhed=takst.enhed,
        takst=fremskrevet,
    )


def hent_sidste_aars(aar: int, satser: tuple[PlSats, ...], **hvilke: object) -> Grupper:
    """The tariffs of the year before in the prices of `aar`, by group; `hvilke` narrows it, e.g. to a paragraph.

    One query.
    """
    takster = (
        Takst.objects.gaeldende()
        .filter(aar=aar - 1, lovgrundlag__isnull=False, **hvilke)
        .select_related("lovgrundlag")
        .defer("soegetekst", "maalgruppe_soegetekst", "bemaerkning")
    )
    grupper: Grupper = {}
    for takst in takster:
        fundet = _af_takst(takst, aar, satser)
        if fundet is not None and fundet.gruppe is not None:
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
    fundet = next((en for en in sammenlign([egen, *gruppe]) if en.takst is egen), None)
    return fundet, sorted(gruppe, key=lambda en: (en.takst, en.noegle)) if fundet else []


def sammenlign_et(
    skema: Takstskema, takst: Decimal | None, satser: tuple[PlSats, ...]
) -> tuple[Sammenligning | None, list[Sammenligningstakst]]:
    """One form with just the tariffs it may be compared with; no query when it has no paragraph."""
    if takst is None or skema.ydelse.lovgrundlag_id is None:
        return None, []
    grupper = hent_sidste_aars(skema.aar, satser, lovgrundlag=skema.ydelse.lovgrundlag_id, enhed=skema.enhed)
    return sammenlign_skema(skema, takst, grupper)
