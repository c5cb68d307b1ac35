"""From approved forms to published tariffs (K step 14)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.models.haendelse import log
from socialaftale.kerne.penge import afrund
from socialaftale.kerne.perioder import foerste_dag, sidste_dag
from takster import adgang as regler
from takster import hentning
from takster.beregning.kontrolraekke import Skemaberegning
from takster.beregning.niveauer import Niveaupris
from takster.beregning.trin import Trin
from takster.enums import Rundetilstand, Skematilstand
from takster.forloeb import RUNDE, SKEMA, Rundetrin, Skematrin
from takster.handlinger.faelles import laas_runde, laas_skema
from takster.hentning_regulering import Skemaregulering
from takster.models import (
    Indberetningsrunde,
    Indregning,
    Regelsaet,
    Takst,
    Takstberegning,
    Takstniveaupris,
    Takstskema,
)
from tilbud.enums import Taksttype

Fremdrift = Callable[[int, str], None]


def trindata(trin: Iterable[Trin]) -> list[dict[str, str]]:
    return [asdict(et_trin) for et_trin in trin]


def beregningsdata(beregning: Skemaberegning, regelsaet: Regelsaet) -> dict[str, Any]:
    """What `Takstberegning.data` holds: texts and decimal strings, so that no digit is lost in JSON."""
    return {
        "linjer": {kode: str(beloeb) for kode, beloeb in beregning.data.beloeb.items() if beloeb is not None},
        "regulering": str(beregning.data.regulering),
        "regelsaet": regelsaet.navn,
        "regler": {navn: str(vaerdi) for navn, vaerdi in asdict(regelsaet.regler()).items()},
        "trin": trindata(beregning.beregningstrin),
        "kilde": "",
    }


def _ny_takst(skema: Takstskema, beregning: Skemaberegning, nu: dt.datetime, version: int) -> Takst:
    resultat, aendring = beregning.takst, beregning.aendring
    opdeling = beregning.typer.opdeling if beregning.typer else None
    ydelse, tilbud = skema.ydelse, skema.ydelse.tilbud
    kommune, maalgruppe = hentning.sted_og_maalgruppe(skema)
    takst = Takst(
        ydelse=ydelse,
        skema=skema,
        aar=skema.aar,
        version=version,
        er_eksempel=skema.er_eksempel,
        tilbud=tilbud,
        driftsherre=skema.driftsherre,
        kommune_id=kommune,
        lovgrundlag=ydelse.lovgrundlag,
        tilbud_navn=tilbud.navn,
        ydelse_navn=ydelse.navn,
        maalgruppe=maalgruppe,
        afdeling=ydelse.afdeling,
        taksttype=skema.taksttype,
        tillaeg_metode=skema.tillaeg_metode if skema.taksttype == Taksttype.TILLAEG else "",
        enhed=skema.enhed,
        takst=beregning.pris,
        fast_del=opdeling.fast_pr_enhed if opdeling else None,
        borgerrettet_del=opdeling.borgerrettet_pr_enhed if opdeling else None,
        stoettetimer=beregning.data.direkte_stoettetimer if skema.har_grundlag else None,
        forrige_takst=aendring.forrige_takst if aendring else None,
        aendring_pct=afrund(aendring.pct, 1) if aendring and aendring.pct is not None else None,
        gyldig_fra=foerste_dag(skema.aar),
        gyldig_til=sidste_dag(skema.aar),
        bemaerkning=skema.bemaerkning,
        offentliggjort_tidspunkt=nu,
    )
    if resultat:
        takst.grundlag = resultat.grundlag
        takst.kapacitet = resultat.kapacitet
        takst.dage = resultat.dage
        takst.belaegning_pct = resultat.belaegning_pct
        takst.pr_maaned, takst.pr_aar = resultat.pr_maaned, resultat.pr_aar
    takst.saet_soegetekst()
    return takst


def gem_niveauer(takst: Takst, priser: Iterable[Niveaupris]) -> None:
    """T37: the levels with their prices, frozen with the tariff."""
    Takstniveaupris.objects.bulk_create(
        [
            Takstniveaupris(
                takst=takst,
                nr=pris.niveau.nr,
                navn=pris.niveau.navn,
                beskrivelse=pris.niveau.beskrivelse,
                pladser=pris.niveau.pladser,
                stoettetimer=pris.niveau.stoettetimer,
                pris=pris.pris,
                i_alt=pris.i_alt,
            )
            for pris in priser
        ]
    )


def gem_takst(skema: Takstskema, *, nu: dt.datetime) -> Takst:
    """The tariff of a form with its calculation, as the next version of the ydelse and year."""
    omgivelser = hentning.hent_omgivelser(skema, timezone.localdate(nu))
    beregning = hentning.beregn_gemt(skema, omgivelser)
    if beregning.pris is None and skema.taksttype != Taksttype.INDIVIDUEL:
        raise ValidationError(f"{skema}: {beregning.mangler}")
    tidligere = Takst.objects.filter(ydelse=skema.ydelse_id, aar=skema.aar)
    version = (tidligere.aggregate(stoerste=Max("version"))["stoerste"] or 0) + 1
    tidligere.gaeldende().update(er_gaeldende=False)
    takst = _ny_takst(skema, beregning, nu, version)
    takst.full_clean()
    takst.save()
    if beregning.typer and beregning.typer.niveauer:
        gem_niveauer(takst, beregning.typer.niveauer.priser)
    Takstberegning.objects.create(takst=takst, data=beregningsdata(beregning, skema.indberetning.runde.regelsaet))
    _gem_indregning(skema, omgivelser.regulering)
    return takst


def _gem_indregning(skema: Takstskema, regulering: Skemaregulering) -> None:
    """T48: how much of each obligation the tariff holds; a new version of the tariff holds its own amounts."""
    for andel in regulering.andele:
        Indregning.objects.update_or_create(
            pligt_id=andel.pligt, skema=skema, defaults={"aar": skema.aar, "beloeb": andel.andel}
        )


def _udsted(skema: Takstskema, *, adgang: Adgang, nu: dt.datetime) -> Takst:
    """Publish one approved, locked form: the tariff, its calculation, the state and the log."""
    skridt = SKEMA.kraev(Skematrin.OFFENTLIGGOER, skema.tilstand)
    takst = gem_takst(skema, nu=nu)
    fra, skema.tilstand = skema.tilstand, skridt.til
    skema.save(update_fields=["tilstand"])
    log(
        adgang,
        "takst_offentliggjort",
        skema,
        tekst="Takst offentliggjort",
        fra=fra,
        til=skema.tilstand,
        vedroerer=skema.driftsherre,
        data={"takst": takst.pk, "beloeb": None if takst.takst is None else str(takst.takst)},
    )
    return takst


@transaction.atomic
def offentliggoer_skema(skema: Takstskema, *, adgang: Adgang) -> Takst:
    """Publish a form that was approved after its round was published."""
    skema = laas_skema(skema)
    SKEMA.kraev(Skematrin.OFFENTLIGGOER, skema.tilstand)
    kraev_tilladelse(regler.maa_offentliggoere_skema(adgang, skema))
    return _udsted(skema, adgang=adgang, nu=timezone.now())


def _ingen_fremdrift(procent: int, besked: str) -> None:
    pass


@transaction.atomic
def offentliggoer_runde(
    runde: Indberetningsrunde, *, adgang: Adgang, fremdrift: Fremdrift = _ingen_fremdrift
) -> Indberetningsrunde:
    """Publish every approved form of a closed round, all or none; forms that are late follow one by one."""
    runde = laas_runde(runde)
    skridt = RUNDE.kraev(Rundetrin.OFFENTLIGGOER, runde.tilstand)
    kraev_tilladelse(regler.maa_aendre_runde(adgang, runde, Rundetrin.OFFENTLIGGOER))
    noegler = list(
        Takstskema.objects.filter(indberetning__runde=runde, tilstand=Skematilstand.GODKENDT).values_list(
            "pk", flat=True
        )
    )
    if not noegler:
        raise ValidationError("Der er ingen godkendte takstskemaer at offentliggøre.")
    nu = timezone.now()
    for nummer, noegle in enumerate(noegler, start=1):
        _udsted(laas_skema(Takstskema(pk=noegle)), adgang=adgang, nu=nu)
        fremdrift(nummer * 100 // len(noegler), f"{nummer} af {len(noegler)} takster er offentliggjort")
    fra, runde.tilstand, runde.offentliggjort_tidspunkt = runde.tilstand, Rundetilstand(skridt.til), nu
    runde.full_clean()
    runde.save(update_fields=["tilstand", "offentliggjort_tidspunkt"])
    log(
        adgang,
        "runde_offentliggjort",
        runde,
        tekst="Takster offentliggjort",
        fra=fra,
        til=runde.tilstand,
        data={"antal": len(noegler)},
    )
    return runde
