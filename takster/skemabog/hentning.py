"""From the rows of a driftsherre to the workbook: a number of queries that does not follow the number of forms."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.job.koersel import Fremdrift
from takster import adgang as regler
from takster.forms.skema import Skemaformular
from takster.hentning import sidste_aar_af
from takster.hentning_regulering import hent_reguleringer
from takster.models import Indberetning, Takstskema
from takster.niveauceller import hent_niveauer
from takster.opslag import godkendte_pladser, sidste_takster
from takster.skemabog import udfyld
from takster.skemabog.raekke import Skemaraekke


def skemaer_i(indberetning: Indberetning, adgang: Adgang) -> QuerySet[Takstskema]:
    """The forms of the workbook in the order of the list."""
    return (
        Takstskema.objects.synlige_for(adgang)
        .filter(indberetning=indberetning)
        .til_beregning()
        .order_by("ydelse__tilbud__navn", "ydelse__raekkefoelge", "pk")
    )


def byg_bog(indberetning: Indberetning, adgang: Adgang, fremdrift: Fremdrift = lambda procent, besked: None) -> bytes:
    """The workbook of all forms of the indberetning that the reader may see."""
    i_dag, aar = timezone.localdate(), indberetning.runde.aar
    fremdrift(2, "Henter skemaerne")
    skemaer = list(skemaer_i(indberetning, adgang))
    hent_niveauer(skemaer)
    takster = sidste_takster({skema.ydelse_id for skema in skemaer}, aar)
    pladser = godkendte_pladser({skema.ydelse.tilbud_id for skema in skemaer}, aar)
    reguleringer = hent_reguleringer(skemaer)
    raekker = [
        Skemaraekke(
            skema=skema,
            formular=Skemaformular(skema=skema),
            redigerbar=skema.er_redigerbar and skema.vindue_aabent(i_dag),
            regulering=reguleringer[skema.pk].beregnet if skema.pk in reguleringer else None,
            sidste_aar=sidste_aar_af(takster.get(skema.ydelse_id)),
            godkendte_pladser=pladser.get(skema.ydelse.tilbud_id),
        )
        for skema in skemaer
    ]
    return udfyld.byg(
        raekker,
        aar=aar,
        driftsherre=indberetning.driftsherre.navn,
        slug=indberetning.driftsherre.slug,
        hentet=timezone.localtime(),
        hentet_af=adgang.bruger.navn if adgang.bruger else "systemet",
        er_eksempel=any(skema.er_eksempel for skema in skemaer),
        metode=indberetning.overhead_metode,
        metode_redigerbar=indberetning.er_aaben(i_dag),
        fremdrift=fremdrift,
    )


def filnavn(indberetning: Indberetning) -> str:
    return f"takstskemaer-{indberetning.runde.aar}-{indberetning.driftsherre.slug}.xlsx"


def maa_hente(adgang: Adgang, indberetning: Indberetning) -> bool:
    """The secretariat and the driftsherre itself; the workbook holds drafts and cost lines."""
    return adgang.er_sekretariat or adgang.er_driftsherre_for(indberetning.driftsherre_id)


def kan_indlaeses(adgang: Adgang, skemaer: list[Takstskema]) -> bool:
    """Is there a form that the reader may change today?"""
    i_dag = timezone.localdate()
    return any(regler.maa_redigere(adgang, skema, i_dag) for skema in skemaer)
