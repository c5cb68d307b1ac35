"""Submitted tariffs against comparable services: the same paragraph, target group and unit (T15).

A service counts with its tariff of the round once the form is handed in; before that with last year's published
tariff in this year's prices, so that the first form of a round has something to be held against too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from takster import listetal
from takster.beregning.afvigelser import Sammenligning, Sammenligningstakst, sammenlign
from takster.beregning.regulering import ManglendeSats, PlSats, fremskriv
from takster.hentning import sted_og_maalgruppe
from takster.models import Indberetningsrunde, Takst, Takstskema
from takster.models.skema import AFGIVNE


def _af_skema(skema: Takstskema) -> Sammenligningstakst | None:
    takst = listetal.takst_af(skema)
    if takst is None:
        return None
    ydelse = skema.ydelse
    return Sammenligningstakst(
        noegle=str(ydelse.pk),
        navn=f"{ydelse.tilbud.navn}, {ydelse.navn}",
        lovgrundlag=str(ydelse.lovgrundlag or ""),
        maalgruppe=sted_og_maalgruppe(skema)[1],
        enhed=skema.enhed,
        takst=takst,
    )


def _af_takst(takst: Takst, aar: int, satser: tuple[PlSats, ...]) -> Sammenligningstakst | None:
    try:
        fremskrevet = fremskriv(takst.takst, takst.aar, aar, satser)
    except ManglendeSats:
        return None
    return Sammenligningstakst(
        noegle=str(takst.ydelse_id),
        navn=f"{takst.tilbud_navn}, {takst.ydelse_navn} ({takst.aar})",
        lovgrundlag=str(takst.lovgrundlag or ""),
        maalgruppe=takst.maalgruppe,
        enhed=takst.enhed,
        takst=fremskrevet,
    )


def hent_takster(
    runde: Indberetningsrunde, satser: tuple[PlSats, ...], skema: Takstskema | None = None
) -> list[Sammenligningstakst]:
    """All comparable tariffs of a round, or those with the paragraph and unit of one form; three queries."""
    takster = Takst.objects.gaeldende().filter(aar=runde.aar - 1).select_related("lovgrundlag")
    skemaer = Takstskema.objects.filter(indberetning__runde=runde, tilstand__in=AFGIVNE)
    if skema is not None:
        hvilke: Mapping[str, Any] = {"lovgrundlag": skema.ydelse.lovgrundlag_id, "enhed": skema.enhed}
        takster = takster.filter(**hvilke)
        skemaer = skemaer.filter(ydelse__lovgrundlag=hvilke["lovgrundlag"], enhed=hvilke["enhed"])
    fundne = {takst.ydelse_id: _af_takst(takst, runde.aar, satser) for takst in takster}
    for et_skema in skemaer.til_beregning():
        fundne[et_skema.ydelse_id] = _af_skema(et_skema)
    return [takst for takst in fundne.values() if takst is not None]


def sammenlign_et(
    skema: Takstskema, satser: tuple[PlSats, ...]
) -> tuple[Sammenligning | None, list[Sammenligningstakst]]:
    """One form against the others of its group, and those others by tariff; (None, []) when they are too few."""
    if skema.ydelse.lovgrundlag_id is None:
        return None, []
    takster = hent_takster(skema.indberetning.runde, satser, skema)
    egen = next((en for en in sammenlign(takster) if en.takst.noegle == str(skema.ydelse_id)), None)
    if egen is None:
        return None, []
    andre = [en for en in takster if en.gruppe == egen.takst.gruppe and en.noegle != egen.takst.noegle]
    return egen, sorted(andre, key=lambda en: (en.takst, en.noegle))


def afvigende(runde: Indberetningsrunde, satser: tuple[PlSats, ...]) -> dict[int, Sammenligning]:
    """The flagged services of a round by ydelse."""
    return {int(en.takst.noegle): en for en in sammenlign(hent_takster(runde, satser)) if en.er_afvigende}
