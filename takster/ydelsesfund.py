"""What the register lacks before a driftsherre's tariffs can be right: types, descriptions, financing (T10-T49)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import OuterRef, Subquery

from takster.beregning.fund import Fund
from takster.beregning.regelsaet import Regler
from takster.beregning.taksttyper import Takstydelse, kontroller_stoettetimer, kontroller_taksttyper
from takster.beregning.typer import som_grundtakster
from takster.models import Takst
from takster.opslag import som_takstydelse
from tilbud.enums import Taksttype
from tilbud.models import Tilbud, Ydelse

# Price and levels are judged in the takstskema.
_REGLER = frozenset({"T32", "T34", "T36"})
_TRAPPEN = frozenset({Taksttype.GRUND, Taksttype.DIFFERENTIERET})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ydelsesfund:
    """One finding with the row whose page it is put right on."""

    tilbud: Tilbud
    tekst: str
    regel: str
    rettes_paa: Tilbud | Ydelse

    @property
    def url(self) -> str:
        return self.rettes_paa.get_absolute_url()


def ydelsesfund(driftsherre_id: int, aar: int, regler: Regler) -> list[Ydelsesfund]:
    """All findings on the driftsherre's ydelser of the year, by tilbud; one query."""
    nyeste = Takst.objects.gaeldende().filter(ydelse=OuterRef("pk"), aar__lte=aar).order_by("-aar")
    ydelser = list(
        Ydelse.objects.aktive(aar)
        .filter(tilbud__driftsherre=driftsherre_id, tilbud__offentliggjort=True)
        .select_related("tilbud")
        .annotate(
            takst_aar=Subquery(nyeste.values("aar")[:1]),
            takst_type=Subquery(nyeste.values("taksttype")[:1]),
            takst_timer=Subquery(nyeste.values("stoettetimer")[:1]),
        )
        .order_by("tilbud__navn", "tilbud_id", "raekkefoelge", "pk")
    )
    bruger_gennemsnit = any(ydelse.taksttype == Taksttype.GENNEMSNIT for ydelse in ydelser)
    fund: list[Ydelsesfund] = []
    for _, gruppe in groupby(ydelser, key=lambda ydelse: ydelse.tilbud_id):
        fund += _i_tilbuddet(list(gruppe), bruger_gennemsnit, regler)
    return fund


def _i_tilbuddet(ydelser: Sequence[Ydelse], bruger_gennemsnit: bool, regler: Regler) -> list[Ydelsesfund]:
    tilbud = ydelser[0].tilbud
    pr_noegle = {f"ydelse-{ydelse.pk}": ydelse for ydelse in ydelser}
    med_takst = [som_takstydelse(y, noegle=noegle) for noegle, y in pr_noegle.items() if not y.er_uden_takst]
    trappen = [y for y in med_takst if y.taksttype in _TRAPPEN]
    kraevede = _kraevede(med_takst, pr_noegle) if bruger_gennemsnit else set()
    andre = [y for y in med_takst if y.taksttype not in _TRAPPEN]
    fundne = kontroller_taksttyper([*andre, *som_grundtakster(trappen)], regler=regler, kraevede=kraevede)
    fund = [
        Ydelsesfund(
            tilbud=tilbud,
            tekst=et.tekst,
            regel=et.regel,
            rettes_paa=pr_noegle.get(et.felt, tilbud),
        )
        for et in fundne
        if et.regel in _REGLER
    ]
    for noegle, ydelse in pr_noegle.items():
        fund += [
            Ydelsesfund(tilbud=tilbud, tekst=et.tekst, regel=et.regel, rettes_paa=ydelse)
            for et in _uden_timer(ydelse, noegle)
        ]
        if ydelse.mangler_afgoerelse:
            tekst = f"{ydelse.navn} finansieres ikke med takst og mangler en afgørelse i DAS"
            fund.append(Ydelsesfund(tilbud=tilbud, tekst=tekst, regel="T10", rettes_paa=ydelse))
    return fund


def _uden_timer(ydelse: Ydelse, noegle: str) -> list[Fund]:
    """T49: of the newest published tariff; without one there is nothing to describe yet."""
    if ydelse.takst_aar is None or ydelse.er_uden_takst:
        return []
    som_offentliggjort = som_takstydelse(ydelse, taksttype=ydelse.takst_type, noegle=noegle)
    return kontroller_stoettetimer(som_offentliggjort, aar=ydelse.takst_aar, timer=ydelse.takst_timer)


def _kraevede(ydelser: Sequence[Takstydelse], pr_noegle: Mapping[str, Ydelse]) -> set[tuple[str, str]]:
    """T34: target groups and units that must have an average tariff: a supplement is on top of a main service.

    A unit with a staircase has that instead, and a supplement without a target group of its own goes with any.
    """
    kraevede = set()
    for tillaeg in ydelser:
        if tillaeg.taksttype != Taksttype.TILLAEG:
            continue
        typer = {y.taksttype for y in ydelser if y.afdeling == tillaeg.afdeling}
        er_til_alle = not pr_noegle[tillaeg.noegle].maalgruppe
        if not typer & _TRAPPEN and not (er_til_alle and Taksttype.GENNEMSNIT in typer):
            kraevede.add((tillaeg.maalgruppe, tillaeg.afdeling))
    return kraevede
