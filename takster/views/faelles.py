"""What the pages of a takstskema share: fetching it for the reader, its facts, and the steps behind its figures."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from socialaftale.kerne import haandbog
from socialaftale.kerne.formularer import Fejl, svar_for_sent
from socialaftale.kerne.penge import i_alt
from socialaftale.kerne.talformat import skriv_kr, skriv_pct, skriv_tal
from socialaftale.kerne.templatetags import dansk
from takster import adgang as regler
from takster import hentning
from takster.beregning.fund import Fund
from takster.beregning.koeberkontrol import maengdeord
from takster.beregning.kontrolraekke import Skemaberegning
from takster.beregning.poster import POST_EFTER_KODE
from takster.beregning.takst import felt_for_kapacitet
from takster.beregning.trin import Trin
from takster.enums import Enhed, Kontrolgrad, Tillaegsmetode
from takster.forms.skema import linjefelt
from takster.models import Takstskema
from tilbud.enums import Taksttype

LAAST = (
    "Skemaet er indsendt eller låst, mens du skrev. Dine tal og tekster står nedenfor, så du kan kopiere dem. "
    "Sekretariatet kan åbne skemaet igen."
)
ANDEN_VAR_HURTIGERE = "Skemaet er ændret, siden du åbnede siden. Her er det, som det ser ud nu."
TAKSTORD = {
    Enhed.DOEGN: "Døgntakst",
    Enhed.DAG: "Dagtakst",
    Enhed.TIME: "Timetakst",
    Enhed.ENHED: "Takst pr. enhed",
}
# Unit of the tariff after "kr. pr.".
ENHEDSORD = {Enhed.DOEGN: "døgn", Enhed.DAG: "dag", Enhed.TIME: "time", Enhed.ENHED: "enhed"}


def hent_skema(request: HttpRequest, pk: int) -> Takstskema:
    """The form with what the calculation needs, or 404 when the reader may not see it."""
    skema = get_object_or_404(Takstskema.objects.synlige_for(request.adgang).til_beregning(), pk=pk)
    haandbog.saet_aar(request, skema.aar)
    return skema


def skema_broedkrummer(skema: Takstskema, *mere: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    """The way to a form: overview, round, driftsherre, form and what follows."""
    sidste = (
        [(skema.ydelse.tilbud.navn, skema.get_absolute_url()), *mere] if mere else [(skema.ydelse.tilbud.navn, None)]
    )
    return [
        ("Overblik", "/"),
        (f"Indberetning {skema.aar}", skema.indberetning.get_absolute_url()),
        *sidste,
    ]


def metapunkter(skema: Takstskema) -> list[tuple[str, str]]:
    """The facts under the heading."""
    ydelse = skema.ydelse
    punkter = [
        ("Driftsherre", skema.driftsherre.navn),
        ("Ydelse", ydelse.navn),
        ("Taksttype", Taksttype(skema.taksttype).label),
        ("Lovgrundlag", dansk.nbsp(str(ydelse.lovgrundlag or ""))),
        ("Taksten gælder pr.", ENHEDSORD[Enhed(skema.enhed)]),
        ("Senest gemt", dansk.tidspunkt_kort(skema.gemt_tidspunkt)),
    ]
    if skema.er_redigerbar:
        punkter.append(("Frist", dansk.dato_lang(skema.rettes_senest())))
    return punkter


def trinlinjer(trin: tuple[Trin, ...] | list[Trin]) -> list[tuple[str, str, str]]:
    """Steps as `komponenter/beregning.html` shows them: name, result, and formula with figures."""
    return [(et.navn, et.resultat, f"{et.formel}: {et.indsat}") for et in trin]


def beregningslinjer(beregning: Skemaberegning) -> list[tuple[str, str, str]]:
    """All steps from the lines to the tariff, its parts and the change."""
    return trinlinjer(beregning.beregningstrin)


def kontrol_id(felt: str) -> str:
    """The id of the control of a field or cost line, "" for the whole form."""
    if felt in POST_EFTER_KODE:
        return f"id_{linjefelt(felt)}"
    flere = {"realiseret": "aktivitet_t1", "beloeb": linjefelt("A10"), "belaegningsprincip": "belaegningsprincip_0"}
    return f"id_{flere.get(felt, felt)}" if felt else ""


def felt_id(fund: Fund) -> str:
    """The id of the control a finding is about, "" when there is none."""
    return kontrol_id(fund.felt)


def fejllinjer(fund: list[Fund], skema_ret_url: str = "") -> list[Fejl]:
    """Findings as lines of the error summary; with the address of the form when they are shown elsewhere."""
    return [Fejl(et.tekst, f"{skema_ret_url}#{felt_id(et)}" if skema_ret_url else felt_id(et)) for et in fund]


def kontroltrin(beregning: Skemaberegning, ret_url: str = "") -> list[dict[str, Any]]:
    """The steps of section K in order, each with its worst finding; without `ret_url` links stay on the page."""
    raekker = []
    for trin, fund in beregning.trin:
        status = "advarsel" if fund else "ok"
        if any(fundet.blokerer for fundet in fund):
            status = "fejl"
        linjer = [
            {
                "tekst": fundet.tekst,
                "grad": fundet.grad.value,
                "gradord": Kontrolgrad(fundet.grad.value).label,
                "regel": fundet.regel,
                "url": linje.maal,
            }
            for fundet, linje in zip(fund, fejllinjer(fund, ret_url), strict=True)
        ]
        raekker.append({"nr": trin.nr, "navn": trin.navn, "status": status, "fund": linjer})
    return raekker


def rettigheder(request: HttpRequest, skema: Takstskema, i_dag: dt.date | None = None) -> dict[str, bool]:
    """Which actions the reader may take now; the template shows just those."""
    i_dag, adgang = i_dag or timezone.localdate(), request.adgang
    return {
        "maa_redigere": regler.maa_redigere(adgang, skema, i_dag),
        "maa_indsende": regler.maa_indsende(adgang, skema, i_dag),
        "maa_melde_klar": regler.maa_melde_klar(adgang, skema, i_dag),
        "maa_traekke_tilbage": regler.maa_traekke_tilbage(adgang, skema, i_dag),
        "maa_sende_retur": regler.maa_sende_retur(adgang, skema),
        "maa_godkende": regler.maa_godkende(adgang, skema),
        "maa_offentliggoere": regler.maa_offentliggoere_skema(adgang, skema),
        "ser_linjer": regler.ser_linjer(adgang),
    }


def beregn(skema: Takstskema, i_dag: dt.date | None = None) -> tuple[hentning.Omgivelser, Skemaberegning]:
    omgivelser = hentning.hent_omgivelser(skema, i_dag or timezone.localdate())
    return omgivelser, hentning.beregn_gemt(skema, omgivelser)


def resultatpanel(skema: Takstskema, beregning: Skemaberegning) -> dict[str, Any]:
    """The figures of the panel beside the form and the read view."""
    takst, aendring, typer = beregning.takst, beregning.aendring, beregning.typer
    opdeling = typer.opdeling if typer else None
    tillaeg = typer.tillaeg if typer else None
    return {
        "navn": f"{takstord(skema)} {skema.aar}",
        "enhedsord": ENHEDSORD[Enhed(skema.enhed)],
        "har_grundlag": skema.har_grundlag,
        "er_individuel": skema.taksttype == Taksttype.INDIVIDUEL,
        "er_differentieret": skema.taksttype == Taksttype.DIFFERENTIERET,
        "er_tillaeg": skema.taksttype == Taksttype.TILLAEG,
        "er_ata": skema.taksttype == Taksttype.TILLAEG and skema.tillaeg_metode == Tillaegsmetode.ATA_TIME,
        "fast_del": opdeling.fast_pr_enhed if opdeling else None,
        "borgerrettet_del": opdeling.borgerrettet_pr_enhed if opdeling else None,
        "pr_uge": tillaeg.pr_uge if tillaeg else None,
        "grundlag": beregning.data.grundlag.i_alt,
        "regulering": beregning.data.beregnet_regulering,
        "takst": beregning.pris,
        "pr_maaned": takst.pr_maaned if takst else None,
        "pr_aar": takst.pr_aar if takst else None,
        "har_aarspris": skema.har_grundlag and Enhed(skema.enhed) in (Enhed.DOEGN, Enhed.DAG),
        "mangler": beregning.mangler,
        "forrige": aendring.forrige_takst if aendring else None,
        "forrige_pl": aendring.forrige_fremskrevet if aendring else None,
        "forrige_aar": skema.aar - 1,
        "aendring_pct": aendring.pct if aendring else None,
        "formel": takst.trin[1].formel if takst else "",
    }


def takstord(skema: Takstskema) -> str:
    """What the price is called: a supplement's by its method, the others' by the unit."""
    if skema.taksttype == Taksttype.TILLAEG:
        return "Pris pr. ATA-time" if skema.tillaeg_metode == Tillaegsmetode.ATA_TIME else "Pris pr. stk."
    if skema.taksttype == Taksttype.INDIVIDUEL:
        return "Takst"
    return TAKSTORD[Enhed(skema.enhed)]


def _tillaegsfakta(skema: Takstskema) -> list[tuple[str, str]]:
    """The short form of a supplement in words."""
    punkter = [
        ("Tillæg eller fradrag", skema.get_tillaeg_retning_display()),
        ("Prisen er fundet som", skema.get_tillaeg_metode_display()),
    ]
    if skema.tillaeg_metode == Tillaegsmetode.FAST_PRIS:
        return [*punkter, ("Pris pr. stk.", skriv_kr(skema.tillaeg_omkostning))]
    if skema.tillaeg_metode != Tillaegsmetode.ATA_TIME:
        return punkter
    return [
        *punkter,
        ("Personalekategori", skema.ata_personale),
        ("Timeomkostning", skriv_kr(skema.ata_timeomkostning)),
        ("Korrektion for fravær", skriv_pct(skema.ata_fravaer_pct, 2)),
        ("Døgnkoefficient", skriv_pct(skema.ata_doegn_pct, 2)),
        ("Variable følgeomkostninger", skriv_pct(skema.ata_foelge_pct, 2)),
        ("Leveres", skema.get_ata_levering_display()),
        ("Minutter pr. gang", skriv_tal(skema.ata_minutter)),
        ("Gange om ugen", skriv_tal(skema.ata_gange)),
    ]


def koeberlinje(skema: Takstskema, omgivelser: hentning.Omgivelser) -> dict[str, Any]:
    """How many buyers are stated, and what they buy in all."""
    koebt = omgivelser.ramme.koebt or ()
    return {"antal": len(koebt), "i_alt": i_alt(koebt), "ord": maengdeord(skema.enhed)}


def fakta(skema: Takstskema, beregning: Skemaberegning) -> list[tuple[str, str]]:
    """Capacity, occupancy and levels in words, for the read view and the check page."""
    if skema.taksttype == Taksttype.TILLAEG:
        return _tillaegsfakta(skema)
    if skema.taksttype == Taksttype.INDIVIDUEL:
        return [("Pris", "Beregnes individuelt")]
    felt = felt_for_kapacitet(Enhed(skema.enhed))
    navn = str(Takstskema._meta.get_field(felt).verbose_name)
    punkter = [(navn[0].upper() + navn[1:], skriv_tal(getattr(skema, felt)))]
    if skema.enhed == Enhed.DAG:
        punkter.append(("Driftsdage om året", skriv_tal(skema.driftsdage)))
    punkter.append(("Budgetteret belægning", skriv_pct(skema.belaegning_pct, 2)))
    punkter.append(("Belægningen er fundet som", skema.get_belaegningsprincip_display()))
    punkter += [
        (f"Faktisk belægning {aar.aar}", f"{skriv_pct(aar.pct, 2)}{' (forventet)' if aar.er_forventet else ''}")
        for aar in beregning.data.realiseret
    ]
    punkter.append(("Direkte støttetimer om ugen", skriv_tal(beregning.data.direkte_stoettetimer)))
    if skema.afskrivningspraksis:
        punkter.append(("Afskrivningen er fundet", skema.get_afskrivningspraksis_display()))
    trappe = beregning.typer.niveauer if beregning.typer else None
    for pris in trappe.priser if trappe else ():
        niveau = pris.niveau
        punkter.append(
            (
                f"Niveau {niveau.nr}, {niveau.navn}",
                f"{skriv_kr(pris.i_alt)} ({skriv_tal(niveau.pladser)} {navn.removeprefix('antal ')}, "
                f"{skriv_tal(niveau.stoettetimer)} timer om ugen)",
            )
        )
    return punkter


def skema_for_sent(
    request: HttpRequest,
    skema: Takstskema,
    sendt: forms.BaseForm | list[tuple[str, str]],
    krumme: str,
    *,
    forklaring: str = LAAST,
) -> HttpResponse:
    """The form was submitted, locked or dealt with meanwhile: nothing is saved, and what was typed can be copied."""
    kontekst = {
        "broedkrummer": skema_broedkrummer(skema, (krumme, None)),
        "videre": (skema.get_absolute_url(), "Se skemaet, som det er nu"),
    }
    return svar_for_sent(request, sendt, kontekst, titel="Skemaet kan ikke rettes nu", forklaring=forklaring)
