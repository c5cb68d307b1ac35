"""From rows to values: the only bridge from the models to `beregning`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from socialaftale.kerne.penge import afrund
from takster import opslag
from takster.beregning.belaegning import Aarsbelaegning, beregn_gennemsnit, beregn_nyt_tilbud, realiseret_belaegning
from takster.beregning.forbehold import Forbehold, Ramme, overhead_andel
from takster.beregning.fund import Fund
from takster.beregning.grundlag import Omkostningsgrundlag
from takster.beregning.kontrol import Sidsteaar, Skemadata
from takster.beregning.kontrolraekke import Skemaberegning, beregn_skema, beregn_uden_grundlag, med_type
from takster.beregning.niveauer import Niveau as Takstniveauvaerdi
from takster.beregning.niveauer import middel_stoettetimer
from takster.beregning.poster import Loengruppe
from takster.beregning.regelsaet import Regler
from takster.beregning.regulering import PlSats
from takster.beregning.taksttyper import Takstydelse
from takster.beregning.tilsyn import Forventet
from takster.beregning.trin import Beregningsfejl
from takster.beregning.typer import beregn_tillaeg, beregn_type, kontroller_individuel
from takster.enums import Belaegningsgrundlag, Belaegningsprincip
from takster.hentning_regulering import Skemaregulering, hent_reguleringer
from takster.models import Takst, Takstskema
from takster.niveauceller import gemte_raekker, hent_niveauer
from tilbud.enums import Omfattelse, Taksttype


def realiserede_aar(grundlag: str, aar: int) -> tuple[int, int, bool]:
    """T18: the newer and the older of the two years, and whether the newer one is not closed yet."""
    if grundlag == Belaegningsgrundlag.AFSLUTTEDE:
        return aar - 2, aar - 3, False
    return aar - 1, aar - 2, True


def realiseret(felter: Mapping[str, Any], aar: int) -> tuple[Aarsbelaegning, ...]:
    """T21: the actual occupancy of the two years, rounded as it is shown; a year without figures is left out."""
    nyeste, aeldste, forventet = realiserede_aar(felter["belaegningsgrundlag"], aar)
    fundne = []
    for ar, nummer, er_forventet in ((nyeste, "t1", forventet), (aeldste, "t2", False)):
        pct = realiseret_belaegning(felter[f"aktivitet_{nummer}"], felter[f"kapacitet_{nummer}"])
        if pct is not None:
            fundne.append(Aarsbelaegning(aar=ar, pct=afrund(pct), er_forventet=er_forventet))
    return tuple(fundne)


def beregnet_belaegning(felter: Mapping[str, Any], aar: int, regler: Regler) -> Decimal | None:
    """The occupancy that follows from the chosen principle; None for an expectation or when figures are missing."""
    try:
        if felter["belaegningsprincip"] == Belaegningsprincip.BEREGNET:
            return beregn_gennemsnit(realiseret(felter, aar), regler=regler).pct
        if felter["belaegningsprincip"] == Belaegningsprincip.NYT_TILBUD:
            return beregn_nyt_tilbud(
                forventede_borgere=felter["forventede_borgere"], pladser=felter["pladser"], regler=regler
            ).pct
    except Beregningsfejl:
        return None
    return None


@dataclass(frozen=True, kw_only=True)
class Omgivelser:
    """What a takstskema is seen against, fetched once and used for every calculation of the same page."""

    aar: int
    regler: Regler
    ramme: Ramme
    sidste_takst: Takst | None = None
    sidste_aar: Sidsteaar | None = None
    pl_satser: tuple[PlSats, ...] = ()
    godkendte_pladser: Decimal | None = None
    forventet_tilsyn: Forventet | None = None
    regulering: Skemaregulering = field(default=Skemaregulering())
    driftsaar: int | None = None
    # Shares of central administration by form; the form in hand is put in with its own figures.
    andre_overhead_andele: tuple[Decimal, ...] = field(default=())
    # The ydelse with its type, and the other ydelser of the tilbud (T32-T37).
    ydelse: Takstydelse | None = None
    andre_ydelser: tuple[Takstydelse, ...] = field(default=())


# The columns of `Takstskema` that a form fills, apart from the lines.
SKEMAFELTER = (
    "enhed",
    "pladser",
    "driftsdage",
    "kapacitetstimer",
    "antal",
    "direkte_stoettetimer",
    "belaegningsprincip",
    "belaegning_pct",
    "belaegning_begrundelse",
    "dispensation",
    "kort_forloeb",
    "forventede_borgere",
    "belaegningsgrundlag",
    "aktivitet_t1",
    "kapacitet_t1",
    "aktivitet_t2",
    "kapacitet_t2",
    "uden_tillaegsydelser",
    "uden_valgfri_ydelser",
    "kun_generelt_tilsyn",
    "uden_myndighedsopgaver",
    "uden_udviklingsomkostninger",
    "tilbudsportal_opdateret",
    "leasing",
    "pensionsmetode",
    "tjenestemandsloen",
    "afskrivningspraksis",
    "tillaeg_metode",
    "tillaeg_retning",
    "tillaeg_omkostning",
    "ata_personale",
    "ata_metode",
    "ata_timeomkostning",
    "ata_fravaer_pct",
    "ata_doegn_pct",
    "ata_foelge_pct",
    "ata_levering",
    "ata_minutter",
    "ata_gange",
    "bemaerkning",
)


def felter_af(skema: Takstskema) -> dict[str, Any]:
    """The saved fields of a form by name."""
    return {navn: getattr(skema, navn) for navn in SKEMAFELTER}


def sted_og_maalgruppe(skema: Takstskema) -> tuple[int | None, str]:
    """Where the tilbud lies and whom it is for; an invented tariff may lean on the invented completion."""
    ydelse, tilbud = skema.ydelse, skema.ydelse.tilbud
    kommune, maalgruppe = tilbud.beliggenhedskommune_id, ydelse.maalgruppe or tilbud.maalgruppe
    eksempel = getattr(tilbud, "eksempel", None) if skema.er_eksempel else None
    if eksempel:
        kommune, maalgruppe = kommune or eksempel.beliggenhedskommune_id, maalgruppe or eksempel.maalgruppe
    return kommune, maalgruppe


def sidste_aar_af(takst: Takst | None) -> Sidsteaar | None:
    if takst is None:
        return None
    beregning = getattr(takst, "beregning", None)
    linjer = beregning.data.get("linjer", {}) if beregning else {}
    return Sidsteaar(
        aar=takst.aar,
        takst=takst.takst,
        kapacitet=takst.kapacitet,
        beloeb={kode: Decimal(beloeb) for kode, beloeb in linjer.items()},
        regulering=Decimal(beregning.data.get("regulering", 0)) if beregning else Decimal(0),
    )


def _ramme(skema: Takstskema, dato: dt.date, tilbudsfund: tuple[Fund, ...], koebt: tuple[Decimal, ...]) -> Ramme:
    """K steps 1 and 2. What is handed in was inside the window then; the question is not asked again."""
    lovgrundlag = skema.ydelse.lovgrundlag
    er_udenfor = lovgrundlag is not None and lovgrundlag.omfattet == Omfattelse.IKKE_OMFATTET
    return Ramme(
        vindue_aabent=skema.er_afgivet or skema.vindue_aabent(dato),
        tilbudsfund=tilbudsfund,
        ikke_omfattet=str(lovgrundlag) if er_udenfor else "",
        overhead_metode=skema.indberetning.overhead_metode,
        koebt=koebt,
    )


def hent_omgivelser(skema: Takstskema, dato: dt.date) -> Omgivelser:
    """What one form is seen against; the queries of `hent_omgivelser_flere`."""
    return hent_omgivelser_flere([skema], dato)[skema.pk]


def hent_omgivelser_flere(skemaer: Sequence[Takstskema], dato: dt.date) -> dict[int, Omgivelser]:
    """The surroundings of many forms of one round by form, in seven queries at any number of forms.

    Limits, last year, rates, the register, buyers, the driftsherre's other forms and ydelser, and earlier years; an
    eighth query when the tilbud have something to regulate.
    """
    if not skemaer:
        return {}
    aar = skemaer[0].aar
    tilbud = {skema.ydelse.tilbud_id for skema in skemaer}
    indberetninger = {skema.indberetning_id for skema in skemaer}
    hent_niveauer(skemaer)
    takster = opslag.sidste_takster((skema.ydelse_id for skema in skemaer), aar)
    register = opslag.registerviden(tilbud, aar)
    andele = opslag.overhead_andele(indberetninger)
    ydelser = opslag.ydelsesviden(tilbud, indberetninger, aar)
    koebt = opslag.koebt(skema.pk for skema in skemaer)
    satser = opslag.satser(aar)
    reguleringer = hent_reguleringer(skemaer)
    regler = skemaer[0].indberetning.runde.regelsaet.regler()
    tilsyn: dict[int, Forventet] = {}
    for pk, viden in ydelser.items():
        godkendte = register[pk].godkendte_pladser if pk in register else None
        tilsyn |= opslag.forventet_tilsyn(godkendte, viden.pladser, satser.tilsyn)

    def omgivelser(skema: Takstskema) -> Omgivelser:
        takst, fra_aar = takster.get(skema.ydelse_id), skema.ydelse.aktiv_fra_aar
        kendt = register.get(skema.ydelse.tilbud_id) or opslag.Registerviden()
        noegle, andre = skema.pk, andele.get(skema.indberetning_id, {})
        egne = ydelser.get(skema.ydelse.tilbud_id)
        return Omgivelser(
            aar=aar,
            regler=regler,
            ramme=_ramme(skema, dato, tuple(kendt.fund), koebt.get(skema.pk, ())),
            sidste_takst=takst,
            sidste_aar=sidste_aar_af(takst),
            pl_satser=satser.pl,
            godkendte_pladser=kendt.godkendte_pladser,
            forventet_tilsyn=tilsyn.get(skema.pk),
            regulering=reguleringer.get(skema.pk, Skemaregulering()),
            driftsaar=None if fra_aar is None else aar - fra_aar + 1,
            andre_overhead_andele=tuple(andel for pk, andel in andre.items() if pk != noegle),
            ydelse=opslag.som_takstydelse(skema.ydelse, taksttype=skema.taksttype),
            andre_ydelser=tuple(
                ydelse for pk, ydelse in (egne.ydelser if egne else {}).items() if pk != skema.ydelse_id
            ),
        )

    return {skema.pk: omgivelser(skema) for skema in skemaer}


def skemadata(felter: Mapping[str, Any], linjer: Mapping[str, Decimal | None], omgivelser: Omgivelser) -> Skemadata:
    """The values of a form, saved or just typed, against its surroundings."""
    return Skemadata(
        aar=omgivelser.aar,
        enhed=felter["enhed"],
        beloeb=dict(linjer),
        pladser=felter["pladser"],
        godkendte_pladser=omgivelser.godkendte_pladser,
        kapacitetstimer=felter["kapacitetstimer"],
        antal=felter["antal"],
        driftsdage=felter["driftsdage"],
        belaegning_pct=felter["belaegning_pct"],
        belaegningsprincip=felter["belaegningsprincip"] or None,
        belaegning_begrundelse=felter["belaegning_begrundelse"],
        kort_forloeb=felter["kort_forloeb"],
        realiseret=realiseret(felter, omgivelser.aar),
        forventede_borgere=felter["forventede_borgere"],
        driftsaar=omgivelser.driftsaar,
        dispensation=felter["dispensation"],
        direkte_stoettetimer=felter["direkte_stoettetimer"],
        bemaerkning=felter["bemaerkning"],
        sidste_aar=omgivelser.sidste_aar,
        pl_satser=omgivelser.pl_satser,
        forventet_tilsyn=omgivelser.forventet_tilsyn,
        regulering=omgivelser.regulering.i_alt,
        beregnet_regulering=omgivelser.regulering.beregnet,
        reguleringstrin=omgivelser.regulering.trin(),
        reguleringsfund=omgivelser.regulering.fund,
    )


_FORBEHOLD = tuple(Forbehold.__dataclass_fields__)


def niveauer_af(raekker: Iterable[Mapping[str, Any]]) -> tuple[Takstniveauvaerdi, ...]:
    """The rows of levels as values, numbered from 1."""
    return tuple(Takstniveauvaerdi(nr=nr, **raekke) for nr, raekke in enumerate(raekker, 1))


def beregn_felter(
    felter: Mapping[str, Any],
    linjer: Mapping[str, Decimal | None],
    omgivelser: Omgivelser,
    niveauer: Iterable[Mapping[str, Any]] = (),
) -> Skemaberegning:
    """Calculate and check a form from its fields, lines and levels, as its type of tariff asks."""
    regler, ydelse, trappe = omgivelser.regler, omgivelser.ydelse, niveauer_af(niveauer)
    if ydelse.taksttype == Taksttype.DIFFERENTIERET:
        felter = {**felter, "direkte_stoettetimer": middel_stoettetimer(trappe)}
    data = skemadata(felter, linjer, omgivelser)
    if ydelse.taksttype == Taksttype.TILLAEG:
        return beregn_uden_grundlag(data, beregn_tillaeg(ydelse, felter, regler), omgivelser.ramme, regler=regler)
    if ydelse.taksttype == Taksttype.INDIVIDUEL:
        return beregn_uden_grundlag(data, kontroller_individuel(ydelse, regler), omgivelser.ramme, regler=regler)
    forbehold = Forbehold(**{navn: felter[navn] for navn in _FORBEHOLD})
    grundlag = Omkostningsgrundlag(beloeb=data.beloeb)
    egen = overhead_andel(data.beloeb, grundlag.loen(Loengruppe.VAGTLAG) + grundlag.loen(Loengruppe.OEVRIG))
    ramme = omgivelser.ramme
    if egen is not None:
        ramme = replace(ramme, overhead_andele=(*omgivelser.andre_overhead_andele, egen))
    beregning = beregn_skema(data, forbehold, ramme, regler=regler)
    typer = beregn_type(ydelse, omgivelser.andre_ydelser, data, beregning.takst, trappe, regler)
    return med_type(beregning, typer)


def beregn_gemt(skema: Takstskema, omgivelser: Omgivelser) -> Skemaberegning:
    """Calculate and check a form as it is saved."""
    return beregn_felter(felter_af(skema), skema.beloeb(), omgivelser, gemte_raekker(skema))


def beregn_flere(skemaer: Sequence[Takstskema], dato: dt.date) -> dict[int, Skemaberegning]:
    """Calculate and check many saved forms of one round, by form."""
    omgivelser = hent_omgivelser_flere(skemaer, dato)
    return {skema.pk: beregn_gemt(skema, omgivelser[skema.pk]) for skema in skemaer}
