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
from takster.beregning.kontrolraekke import Skemaberegning, beregn_skema
from takster.beregning.poster import POSTER, Loengruppe
from takster.beregning.regelsaet import Regler
from takster.beregning.regulering import PlSats
from takster.beregning.tilsyn import Forventet, del_paa_ydelser, find_trin
from takster.beregning.trin import Beregningsfejl
from takster.enums import Belaegningsgrundlag, Belaegningsprincip
from takster.hentning_regulering import Skemaregulering, hent_regulering, skemaer_i_aarene
from takster.models import PLsats, Takst, Takstlinje, Takstskema, Tilsynssats
from tilbud.beregning.omfattet import Niveau
from tilbud.enums import Omfattelse, Pladsart
from tilbud.models import Plads, Tilbudsfund

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
    forventet_tilsyn: Forventet | None = None
    regulering: Skemaregulering = field(default=Skemaregulering())
    driftsaar: int | None = None
    # Shares of central administration by form; the form in hand is put in with its own figures.
    andre_overhead_andele: tuple[Decimal, ...] = field(default=())


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
        regulering=Decimal(beregning.data.get("regulering", 0)) if beregning else Decimal(0),
    )


def godkendte_pladser(tilbud: Iterable[int], aar: int) -> dict[int, Decimal]:
    """T66: the newest exact number of approved places of each whole tilbud up to the year; one query.

    A tilbud whose number is unknown, or only known as a span, is left out.
    """
    raekker = Plads.objects.filter(
        tilbud_id__in=list(tilbud), art=Pladsart.GODKENDT, daekker="", cirka=False, aar__lte=aar
    ).order_by("tilbud_id", "aar", "-er_eksempel", "pk")
    nyeste = {raekke.tilbud_id: raekke for raekke in raekker}
    return {noegle: Decimal(raekke.antal_fra) for noegle, raekke in nyeste.items() if raekke.er_praecis}


def forventet_tilsyn(
    skema: Takstskema, godkendte: Decimal | None, tilbuddets: Iterable[Takstskema]
) -> Forventet | None:
    """T46: this form's share of the tilbud's tilsynstakst; None when places or the year's tariff are unknown.

    `tilbuddets` are the forms of the tilbud in the year, by key.
    """
    trin = find_trin(godkendte, Tilsynssats.objects.som_trin(skema.aar))
    if trin is None:
        return None
    soeskende = [(et.pk, et.pladser) for et in tilbuddets if et.indberetning_id == skema.indberetning_id]
    andele = del_paa_ydelser(trin.beloeb, [pladser for _, pladser in soeskende])
    return Forventet(
        beloeb=dict(zip([pk for pk, _ in soeskende], andele, strict=True))[skema.pk],
        trin=trin,
        godkendte_pladser=godkendte,
        antal_ydelser=len(soeskende),
    )


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


def hent_omgivelser(skema: Takstskema, dato: dt.date) -> Omgivelser:
    """Limits, last year, rates, approved places, supervision, earlier years and the driftsherre's other forms."""
    takst = hent_sidste_takst(skema.ydelse_id, skema.aar)
    fra_aar = skema.ydelse.aktiv_fra_aar
    godkendte = godkendte_pladser([skema.ydelse.tilbud_id], skema.aar).get(skema.ydelse.tilbud_id)
    skemaer = skemaer_i_aarene([skema.ydelse.tilbud_id], [skema.aar])
    return Omgivelser(
        aar=skema.aar,
        regler=skema.indberetning.runde.regelsaet.regler(),
        ramme=_ramme(skema, dato),
        sidste_takst=takst,
        sidste_aar=sidste_aar_af(takst),
        pl_satser=PLsats.objects.som_vaerdier(),
        godkendte_pladser=godkendte,
        forventet_tilsyn=forventet_tilsyn(skema, godkendte, skemaer[skema.ydelse.tilbud_id, skema.aar]),
        regulering=hent_regulering(skema, skemaer),
        driftsaar=None if fra_aar is None else skema.aar - fra_aar + 1,
        andre_overhead_andele=_overhead_andele(skema),
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
        forventet_tilsyn=omgivelser.forventet_tilsyn,
        regulering=omgivelser.regulering.i_alt,
        beregnet_regulering=omgivelser.regulering.beregnet,
        reguleringstrin=omgivelser.regulering.trin(),
        reguleringsfund=omgivelser.regulering.fund,
    )


_FORBEHOLD = tuple(Forbehold.__dataclass_fields__)


def beregn_felter(
    felter: Mapping[str, Any], linjer: Mapping[str, Decimal | None], omgivelser: Omgivelser
) -> Skemaberegning:
    """Calculate and check a form from its fields and lines."""
    data = skemadata(felter, linjer, omgivelser)
    forbehold = Forbehold(**{navn: felter[navn] for navn in _FORBEHOLD})
    grundlag = Omkostningsgrundlag(beloeb=data.beloeb)
    egen = overhead_andel(data.beloeb, grundlag.loen(Loengruppe.VAGTLAG) + grundlag.loen(Loengruppe.OEVRIG))
    ramme = omgivelser.ramme
    if egen is not None:
        ramme = replace(ramme, overhead_andele=(*omgivelser.andre_overhead_andele, egen))
    return beregn_skema(data, forbehold, ramme, regler=omgivelser.regler)


def beregn_gemt(skema: Takstskema, omgivelser: Omgivelser) -> Skemaberegning:
    """Calculate and check a form as it is saved."""
    return beregn_felter(felter_af(skema), skema.beloeb(), omgivelser)
