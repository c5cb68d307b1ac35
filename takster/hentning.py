"""From rows to values: the only bridge from the models to `beregning`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from socialaftale.kerne import penge
from socialaftale.kerne.penge import afrund
from takster.beregning.belaegning import Aarsbelaegning, beregn_gennemsnit, beregn_nyt_tilbud, realiseret_belaegning
from takster.beregning.forbehold import ANDEL_AF_CENTRAL_ADMINISTRATION, Forbehold, Ramme, overhead_andel
from takster.beregning.fund import Fund
from takster.beregning.grundlag import Omkostningsgrundlag
from takster.beregning.koder import Grad
from takster.beregning.kontrol import Sidsteaar, Skemadata
from takster.beregning.kontrolraekke import Skemaberegning, beregn_skema, beregn_uden_grundlag, med_type
from takster.beregning.niveauer import Niveau as Takstniveauvaerdi
from takster.beregning.niveauer import middel_stoettetimer
from takster.beregning.poster import POSTER, Loengruppe
from takster.beregning.regelsaet import Regler
from takster.beregning.regulering import PlSats
from takster.beregning.taksttyper import Takstydelse
from takster.beregning.trin import Beregningsfejl
from takster.beregning.typer import beregn_tillaeg, beregn_type, kontroller_individuel, takstydelse
from takster.enums import Belaegningsgrundlag, Belaegningsprincip
from takster.models import PLsats, Takst, Takstlinje, Takstskema
from takster.niveauceller import gemte_raekker
from tilbud.beregning.omfattet import Niveau
from tilbud.enums import Omfattelse, Pladsart, Taksttype
from tilbud.models import Plads, Tilbudsfund, Ydelse

_LOENPOSTER = [post.kode for post in POSTER if post.loengruppe in set(Loengruppe)]


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


def hent_sidste_takst(ydelse_id: int, aar: int) -> Takst | None:
    """The published tariff of the year before, with its calculation; one query."""
    return Takst.objects.gaeldende().select_related("beregning").filter(ydelse_id=ydelse_id, aar=aar - 1).first()


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
    )


def _godkendte_pladser(tilbud_id: int, aar: int) -> Decimal | None:
    """T66: the newest exact number of approved places of the whole tilbud up to the year; None when unknown."""
    raekke = (
        Plads.objects.filter(tilbud_id=tilbud_id, art=Pladsart.GODKENDT, daekker="", cirka=False, aar__lte=aar)
        .order_by("-aar", "er_eksempel", "-pk")
        .first()
    )
    return Decimal(raekke.antal_fra) if raekke and raekke.er_praecis else None


def _overhead_andele(skema: Takstskema) -> tuple[Decimal, ...]:
    """T55: the share in the driftsherre's other forms of the round; one query."""
    linjer = (
        Takstlinje.objects.filter(
            post__in=[ANDEL_AF_CENTRAL_ADMINISTRATION, *_LOENPOSTER], skema__indberetning=skema.indberetning_id
        )
        .exclude(skema=skema.pk)
        .order_by("skema", "post")
        .values_list("skema", "post", "beloeb")
    )
    pr_skema: dict[int, dict[str, Decimal]] = {}
    for skema_id, post, beloeb in linjer:
        pr_skema.setdefault(skema_id, {})[post] = beloeb
    andele = (
        overhead_andel(poster, penge.i_alt(beloeb for kode, beloeb in poster.items() if kode in _LOENPOSTER))
        for poster in pr_skema.values()
    )
    return tuple(andel for andel in andele if andel is not None)


def _tilbudsfund(tilbud_id: int) -> tuple[Fund, ...]:
    """K step 2: what the register's own checks (T1-T3) say about the tilbud; gaps in the register are left out."""
    graenser = {Niveau.FEJL.value: Grad.FEJL, Niveau.ADVARSEL.value: Grad.ADVARSEL}
    return tuple(
        Fund(fund.art, fund.regel, graenser[fund.niveau], "", fund.forklaring)
        for fund in Tilbudsfund.objects.filter(tilbud_id=tilbud_id, niveau__in=graenser)
    )


def _ramme(skema: Takstskema, dato: dt.date) -> Ramme:
    """K steps 1 and 2. What is handed in was inside the window then; the question is not asked again."""
    lovgrundlag = skema.ydelse.lovgrundlag
    er_udenfor = lovgrundlag is not None and lovgrundlag.omfattet == Omfattelse.IKKE_OMFATTET
    return Ramme(
        vindue_aabent=skema.er_afgivet or skema.vindue_aabent(dato),
        tilbudsfund=_tilbudsfund(skema.ydelse.tilbud_id),
        ikke_omfattet=str(lovgrundlag) if er_udenfor else "",
        overhead_metode=skema.indberetning.overhead_metode,
    )


def som_takstydelse(ydelse: Ydelse, *, taksttype: str = "", noegle: str = "ydelse") -> Takstydelse:
    """A ydelse of the register as the checks want it; needs its tilbud."""
    return takstydelse(
        noegle=noegle,
        navn=ydelse.navn,
        afdeling=ydelse.afdeling,
        maalgruppe=ydelse.maalgruppe or ydelse.tilbud.maalgruppe,
        taksttype=taksttype or ydelse.taksttype,
        beskrivelse=ydelse.beskrivelse,
    )


def _andre_ydelser(skema: Takstskema) -> tuple[Takstydelse, ...]:
    """The tilbud's other ydelser of the year; one query."""
    andre = Ydelse.objects.aktive(skema.aar).med_takst().filter(tilbud=skema.ydelse.tilbud_id)
    return tuple(
        som_takstydelse(ydelse, noegle=f"ydelse-{ydelse.pk}")
        for ydelse in andre.exclude(pk=skema.ydelse_id).select_related("tilbud")
    )


def hent_omgivelser(skema: Takstskema, dato: dt.date) -> Omgivelser:
    """Limits, last year, rates, approved places, the driftsherre's other forms and ydelser; six queries."""
    takst = hent_sidste_takst(skema.ydelse_id, skema.aar)
    fra_aar = skema.ydelse.aktiv_fra_aar
    return Omgivelser(
        aar=skema.aar,
        regler=skema.indberetning.runde.regelsaet.regler(),
        ramme=_ramme(skema, dato),
        sidste_takst=takst,
        sidste_aar=sidste_aar_af(takst),
        pl_satser=PLsats.objects.som_vaerdier(),
        godkendte_pladser=_godkendte_pladser(skema.ydelse.tilbud_id, skema.aar),
        driftsaar=None if fra_aar is None else skema.aar - fra_aar + 1,
        andre_overhead_andele=_overhead_andele(skema),
        ydelse=som_takstydelse(skema.ydelse, taksttype=skema.taksttype),
        andre_ydelser=_andre_ydelser(skema),
    )


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
