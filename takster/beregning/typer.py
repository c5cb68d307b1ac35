"""What the type of a tariff adds to a takstskema (T32-T40): parts, levels or a supplement's price, and findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time
from decimal import Decimal
from typing import Any

from takster.beregning.ata import AtaElementer, AtaPris, AtaTakst, FastPris, Leveringstid, beregn_ata, beregn_ugepris
from takster.beregning.ata import kontroller_ata as _kontroller_ata
from takster.beregning.forhandling import Takstopdeling, opdel_takst
from takster.beregning.fund import Fund
from takster.beregning.koder import AtaMetode, Grad, Taksttype, Tillaegsmetode
from takster.beregning.kontrol import Skemadata
from takster.beregning.niveauer import Niveau, Niveauberegning, beregn_niveauer, kontroller_niveauer
from takster.beregning.regelsaet import Regler
from takster.beregning.takst import Takstresultat
from takster.beregning.taksttyper import Takstydelse, kontroller_taksttyper
from takster.beregning.trin import Beregningsfejl, Trin

HELE_TILBUDDET = "Hele tilbuddet"
UDEN_GRUNDLAG = (Taksttype.TILLAEG, Taksttype.INDIVIDUEL)
# The names of the pure functions' inputs → the fields of the takstskema.
_ATA_FELTER = {
    "personalekategori": "ata_personale",
    "timeomkostning": "ata_timeomkostning",
    "fravaer_pct": "ata_fravaer_pct",
    "doegn_pct": "ata_doegn_pct",
    "foelge_pct": "ata_foelge_pct",
    "metode": "ata_metode",
    "minutter_pr_gang": "ata_minutter",
    "gange_pr_uge": "ata_gange",
}
_YDELSE, _GRUND = "ydelse", "grundtakst"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tillaegspris:
    """A supplement per ATA hour or per piece; below 0 when it lowers the price. `pr_uge` when times are entered."""

    pris: Decimal
    metode: str
    ata: AtaTakst | None = None
    pr_uge: Decimal | None = None
    trin: tuple[Trin, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Typeresultat:
    """What follows from the type; None is what the type does not have, or what is missing."""

    taksttype: str
    opdeling: Takstopdeling | None = None
    niveauer: Niveauberegning | None = None
    tillaeg: Tillaegspris | None = None
    mangler: str = ""
    fund: tuple[Fund, ...] = ()

    @property
    def trin(self) -> tuple[Trin, ...]:
        dele = (self.opdeling, self.niveauer, self.tillaeg)
        return tuple(trin for del_ in dele if del_ is not None for trin in del_.trin)


def beregn_ata_felter(felter: Mapping[str, Any]) -> tuple[AtaTakst, AtaPris | None]:
    """T39: the rate, and the price a week when minutes and times are entered; Beregningsfejl names our field."""
    elementer = ata_elementer(felter)
    try:
        takst = beregn_ata(elementer)
        minutter, gange = felter["ata_minutter"], felter["ata_gange"]
        uge = (
            beregn_ugepris(takst.takst, minutter_pr_gang=minutter or 0, gange_pr_uge=gange or 0)
            if (minutter or gange)
            else None
        )
    except Beregningsfejl as fejl:
        raise Beregningsfejl(fejl.besked, felt=_ATA_FELTER.get(fejl.felt, fejl.felt)) from fejl
    return takst, uge


def ata_elementer(felter: Mapping[str, Any]) -> AtaElementer:
    """An element that is not entered counts as 0."""
    nul = Decimal(0)
    return AtaElementer(
        personalekategori=felter["ata_personale"],
        timeomkostning=felter["ata_timeomkostning"] or nul,
        fravaer_pct=felter["ata_fravaer_pct"] or nul,
        doegn_pct=felter["ata_doegn_pct"] or nul,
        foelge_pct=felter["ata_foelge_pct"] or nul,
        metode=AtaMetode(felter["ata_metode"] or AtaMetode.ADDITIV),
    )


def kontroller_ata(felter: Mapping[str, Any], regler: Regler) -> list[Fund]:
    """T39: staff category, follow-up costs, and a coefficient that fits when the hours are delivered."""
    tid = None
    if felter["ata_levering"]:
        # Only whether it lies inside the normal hours matters, so a typical time of each kind stands for the choice.
        fra, til = time(regler.ata_normaltid_fra_time), time(regler.ata_normaltid_til_time)
        inden_for = felter["ata_levering"] == "inden_for"
        tid = Leveringstid(ugedage=frozenset({0}), fra=fra if inden_for else til, til=til if inden_for else fra)
    fund = _kontroller_ata(ata_elementer(felter), tid, regler=regler)
    return [replace(et, felt=_ATA_FELTER.get(et.felt, et.felt)) for et in fund]


def _beregn_tillaeg(felter: Mapping[str, Any]) -> Tillaegspris:
    fortegn = -1 if felter["tillaeg_retning"] == "fradrag" else 1
    if felter["tillaeg_metode"] == Tillaegsmetode.ATA_TIME:
        ata, uge = beregn_ata_felter(felter)
        trin = (*ata.trin, *((uge.trin,) if uge else ()))
        return Tillaegspris(
            pris=fortegn * ata.takst,
            metode=Tillaegsmetode.ATA_TIME,
            ata=ata,
            pr_uge=fortegn * uge.pr_uge if uge else None,
            trin=trin,
        )
    if felter["tillaeg_metode"] == Tillaegsmetode.FAST_PRIS:
        if not felter["tillaeg_omkostning"]:
            raise Beregningsfejl("Indtast prisen pr. stk.", felt="tillaeg_omkostning")
        fast = FastPris(stykpris=felter["tillaeg_omkostning"], antal=Decimal(1))
        return Tillaegspris(pris=fortegn * fast.i_alt, metode=Tillaegsmetode.FAST_PRIS, trin=(fast.trin(),))
    raise Beregningsfejl("Vælg, hvordan prisen er fundet", felt="tillaeg_metode")


def tillaegspris(felter: Mapping[str, Any]) -> Decimal | None:
    """The price alone, for a list; None when something is missing."""
    try:
        return _beregn_tillaeg(felter).pris
    except Beregningsfejl:
        return None


def beregn_tillaeg(ydelse: Takstydelse, felter: Mapping[str, Any], regler: Regler) -> Typeresultat:
    """T35, T39, T40: a supplement's price from its short form, and what the check says."""
    fund, pris, mangler = [], None, ""
    er_ata = felter["tillaeg_metode"] == Tillaegsmetode.ATA_TIME
    try:
        pris = _beregn_tillaeg(felter)
    except Beregningsfejl as fejl:
        mangler = fejl.besked
        if felter["tillaeg_metode"]:
            fund.append(Fund("tillaegspris_mangler", "T40", Grad.FEJL, fejl.felt, fejl.besked))
    egen = replace(ydelse, metode=felter["tillaeg_metode"], pris=pris.pris if pris else None)
    fund += _som_skemaets(kontroller_taksttyper([egen], regler=regler))
    if er_ata:
        fund += kontroller_ata(felter, regler)
    return Typeresultat(taksttype=Taksttype.TILLAEG, tillaeg=pris, mangler=mangler, fund=tuple(fund))


def kontroller_individuel(ydelse: Takstydelse, regler: Regler) -> Typeresultat:
    """T33: no price and nothing to compute; it is agreed for each citizen."""
    fund = _som_skemaets(kontroller_taksttyper([ydelse], regler=regler))
    return Typeresultat(taksttype=Taksttype.INDIVIDUEL, fund=tuple(fund))


def beregn_type(
    ydelse: Takstydelse,
    andre: Sequence[Takstydelse],
    data: Skemadata,
    takst: Takstresultat | None,
    niveauer: Sequence[Niveau],
    regler: Regler,
) -> Typeresultat:
    """T36-T38: the two parts of the tariff, the levels of a differentiated one, and the checks of the unit.

    `andre` are the other ydelser of the tilbud: a unit has one grundtakst only.
    """
    opdeling, trappe, mangler = None, None, ""
    er_differentieret = ydelse.taksttype == Taksttype.DIFFERENTIERET
    if takst is not None and data.grundlag.i_alt:
        opdeling = opdel_takst(data.grundlag, takst)
        if er_differentieret:
            try:
                trappe = beregn_niveauer(opdeling, takst, niveauer)
            except Beregningsfejl as fejl:
                mangler = fejl.besked
    egne = [replace(ydelse, pris=takst.takst if takst else None)]
    if er_differentieret:
        priser = {pris.niveau.nr: pris.pris for pris in trappe.priser} if trappe else {}
        egne = [
            replace(
                ydelse, taksttype=Taksttype.GRUND, noegle=_GRUND, pris=opdeling.fast_pr_enhed if opdeling else None
            ),
            *(
                replace(
                    ydelse,
                    noegle=niveau.felt("stoettetimer"),
                    navn=niveau.navn or f"Niveau {niveau.nr}",
                    niveau=niveau.nr,
                    pris=priser.get(niveau.nr),
                )
                for niveau in niveauer
            ),
        ]
    elif ydelse.taksttype == Taksttype.GRUND:
        # T36: what follows the citizen is not in a grundtakst.
        egne = [replace(egne[0], er_borgerafhaengig=bool(opdeling and opdeling.borgerrettet))]
    i_afdelingen = [anden for anden in andre if anden.afdeling == ydelse.afdeling]
    fund = kontroller_taksttyper([*egne, *som_grundtakster(i_afdelingen)], regler=regler)
    egne_noegler = {en.noegle for en in egne}
    fund = [et for et in fund if et.felt in egne_noegler or et.kode == "flere_grundtakster"]
    # A step shares the description of the ydelse, so that is missing once.
    fund = _uden_gentagelser(_som_skemaets(fund))
    if er_differentieret:
        fund += kontroller_niveauer(niveauer, data.kapacitet)
    return Typeresultat(
        taksttype=ydelse.taksttype, opdeling=opdeling, niveauer=trappe, mangler=mangler, fund=tuple(fund)
    )


def som_grundtakster(ydelser: Sequence[Takstydelse]) -> list[Takstydelse]:
    """T36: each form that has a grundtakst, as one: a differentiated tariff brings its own."""
    med = (Taksttype.GRUND, Taksttype.DIFFERENTIERET)
    return [replace(ydelse, taksttype=Taksttype.GRUND) for ydelse in ydelser if ydelse.taksttype in med]


def _som_skemaets(fund: Sequence[Fund]) -> list[Fund]:
    """Findings on the ydelse itself have no box in the form."""
    return [replace(et, felt="" if et.felt in (_YDELSE, _GRUND) else et.felt) for et in fund]


def _uden_gentagelser(fund: Sequence[Fund]) -> list[Fund]:
    sete: dict[tuple[str, str], Fund] = {}
    for et in fund:
        noegle = (et.kode, "" if et.regel == "T32" else et.felt)
        sete.setdefault(noegle, replace(et, felt="") if et.regel == "T32" else et)
    return list(sete.values())


def takstydelse(
    *, navn: str, afdeling: str, maalgruppe: str, taksttype: str, beskrivelse: str, noegle: str = _YDELSE
) -> Takstydelse:
    """A ydelse of the register as the checks want it."""
    return Takstydelse(
        noegle=noegle,
        navn=navn,
        afdeling=afdeling or HELE_TILBUDDET,
        maalgruppe=maalgruppe,
        taksttype=taksttype,
        beskrivelse=beskrivelse,
    )
