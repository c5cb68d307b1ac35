"""The steps of a round: create, open, move the deadline, close, reopen for one driftsherre, overhead method."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.datoformat import skriv_dato_lang
from socialaftale.kerne.konflikt import kraev_version
from socialaftale.kerne.models.haendelse import log, log_mange
from takster import adgang as regler
from takster import notifikationer
from takster.enums import Rundetilstand, Skematilstand
from takster.forloeb import RUNDE, Rundetrin
from takster.handlinger.faelles import kraev_begrundelse, laas_runde
from takster.handlinger.forudfyld import forudfyld_koebere, forudfyld_tilsyn
from takster.handlinger.hensaettelser import foer_alle_udloebne_tilbage
from takster.klargoering import Driftsherreplan, Kladdeplan, hent_plan
from takster.models import Indberetning, Indberetningsrunde, Regelsaet, Takstskema

PORTION = 1000


@transaction.atomic
def opret_runde(
    *,
    adgang: Adgang,
    aar: int,
    aabner: dt.date,
    frist: dt.date,
    note: str = "",
    regelsaet: Regelsaet | None = None,
    er_eksempel: bool = False,
) -> Indberetningsrunde:
    """A round in preparation; the rule set is the one in force for the tariff year."""
    kraev_tilladelse(adgang.er_sekretariat)
    regelsaet = regelsaet or Regelsaet.objects.for_aar(aar)
    if regelsaet is None:
        raise ValidationError({"aar": f"Der er intet regelsæt for {aar}"})
    runde = Indberetningsrunde(
        aar=aar, aabner=aabner, frist=frist, note=note, regelsaet=regelsaet, er_eksempel=er_eksempel
    )
    forrige = Indberetningsrunde.objects.rigtige().order_by("-aar").first()
    if forrige:
        runde.rykkerdage = forrige.rykkerdage
    runde.full_clean()
    runde.save()
    log(adgang, "runde_oprettet", runde, tekst="Runde oprettet", til=runde.tilstand)
    return runde


@transaction.atomic
def aabn_runde(runde: Indberetningsrunde, *, adgang: Adgang) -> Indberetningsrunde:
    """Open the round: every driftsherre gets its indberetning with a form for each ydelse of the year.

    A form begins with what goes on from last year (`beregning.klargoering`); a ydelse that ended gets none.
    """
    runde = laas_runde(runde)
    skridt = RUNDE.kraev(Rundetrin.AABN, runde.tilstand)
    kraev_tilladelse(regler.maa_aendre_runde(adgang, runde, Rundetrin.AABN))
    plan = hent_plan(runde.aar)
    antal = {
        "kopierede": sum(len(en.kopieres) for en in plan),
        "nye": sum(len(en.nye) for en in plan),
        "ophoerte": [f"{ydelse.tilbud.navn}, {ydelse.navn}" for en in plan for ydelse in en.ophoerte],
    }
    _skift(runde, skridt.til, adgang, "runde_aabnet", "Runde åbnet", data=antal)
    _lav_skemaer(runde, plan, adgang)
    foer_alle_udloebne_tilbage(adgang=adgang)
    notifikationer.efter_commit(notifikationer.runde_aabnet, runde.pk)
    return runde


def _lav_skemaer(runde: Indberetningsrunde, plan: list[Driftsherreplan], adgang: Adgang) -> None:
    """Indberetninger for all driftsherrer and the forms that are missing; a few statements at any size."""
    Indberetning.objects.bulk_create(
        [Indberetning(runde=runde, driftsherre=en.driftsherre) for en in plan], ignore_conflicts=True
    )
    indberetninger = {
        indberetning.driftsherre_id: indberetning
        for indberetning in Indberetning.objects.filter(runde=runde).select_related("runde", "driftsherre")
    }
    findes = set(Takstskema.objects.filter(indberetning__runde=runde).values_list("ydelse_id", flat=True))
    nye = [
        (
            kladde,
            Takstskema(
                indberetning=indberetninger[en.driftsherre.pk],
                ydelse=kladde.ydelse,
                enhed=kladde.ydelse.enhed,
                er_eksempel=runde.er_eksempel or kladde.ydelse.er_eksempel,
                **kladde.felter,
            ),
        )
        for en in plan
        for kladde in en.skemaer
        if kladde.ydelse.pk not in findes
    ]
    Takstskema.objects.bulk_create([skema for _, skema in nye], batch_size=PORTION)
    forudfyld_tilsyn([skema for _, skema in nye], runde.aar)
    forudfyld_koebere([skema for _, skema in nye], runde.aar)
    log_mange(adgang, "takstskema_oprettet", [(skema, _oprettet(kladde, skema)) for kladde, skema in nye])


def _oprettet(kladde: Kladdeplan, skema: Takstskema) -> dict[str, Any]:
    """What the log says of a form the round made."""
    fra = f" med pladser m.v. fra {skema.aar - 1}" if kladde.felter else ""
    return {
        "tekst": f"Takstskema oprettet{fra}",
        "til": Skematilstand.KLADDE,
        "vedroerer": skema.driftsherre,
        "data": {"overtaget": {navn: str(vaerdi) for navn, vaerdi in kladde.felter.items()}},
    }


@transaction.atomic
def flyt_frist(runde: Indberetningsrunde, *, adgang: Adgang, frist: dt.date, begrundelse: str) -> Indberetningsrunde:
    """Another deadline for everyone, with the reason in the log."""
    runde = laas_runde(runde)
    kraev_tilladelse(regler.maa_flytte_frist(adgang, runde))
    begrundelse = kraev_begrundelse(begrundelse, mangler="Skriv, hvorfor fristen flyttes")
    gammel = runde.frist
    runde.frist = frist
    runde.full_clean()
    runde.save(update_fields=["frist"])
    log(
        adgang,
        "runde_frist",
        runde,
        tekst="Frist flyttet",
        begrundelse=begrundelse,
        data={"fra": gammel.isoformat() if gammel else None, "til": frist.isoformat()},
    )
    return runde


@transaction.atomic
def luk_runde(runde: Indberetningsrunde, *, adgang: Adgang) -> Indberetningsrunde:
    """No more reporting without a reopening (T13)."""
    runde = laas_runde(runde)
    skridt = RUNDE.kraev(Rundetrin.LUK, runde.tilstand)
    kraev_tilladelse(regler.maa_aendre_runde(adgang, runde, Rundetrin.LUK))
    return _skift(runde, skridt.til, adgang, "runde_lukket", "Runde lukket")


@transaction.atomic
def genaabn_runde(
    runde: Indberetningsrunde, *, adgang: Adgang, frist: dt.date, begrundelse: str
) -> Indberetningsrunde:
    """Open a closed round for everyone again, with a new deadline and a reason."""
    runde = laas_runde(runde)
    skridt = RUNDE.kraev(Rundetrin.GENAABN, runde.tilstand)
    kraev_tilladelse(regler.maa_aendre_runde(adgang, runde, Rundetrin.GENAABN))
    begrundelse = kraev_begrundelse(begrundelse, mangler="Skriv, hvorfor runden genåbnes")
    if frist < timezone.localdate():
        raise ValidationError({"frist": "Vælg en dag, der ikke er gået"})
    runde.frist = frist
    return _skift(runde, skridt.til, adgang, "runde_genaabnet", "Runde genåbnet", begrundelse, frist=frist)


def _skift(
    runde: Indberetningsrunde,
    til: Rundetilstand,
    adgang: Adgang,
    handling: str,
    tekst: str,
    begrundelse: str = "",
    data: dict[str, Any] | None = None,
    **felter: object,
) -> Indberetningsrunde:
    fra = runde.tilstand
    runde.tilstand = til
    for navn, vaerdi in felter.items():
        setattr(runde, navn, vaerdi)
    runde.full_clean()
    runde.save(update_fields=["tilstand", *felter])
    log(adgang, handling, runde, tekst=tekst, fra=fra, til=til, begrundelse=begrundelse, data=data)
    return runde


@transaction.atomic
def genaabn_for_driftsherre(
    indberetning: Indberetning, *, adgang: Adgang, til: dt.date, begrundelse: str
) -> Indberetning:
    """T13: one driftsherre may report until and including `til`, after the deadline of the others."""
    indberetning = _laas_indberetning(indberetning)
    i_dag = timezone.localdate()
    kraev_tilladelse(regler.maa_genaabne_for_driftsherre(adgang, indberetning))
    begrundelse = kraev_begrundelse(begrundelse, mangler="Skriv, hvorfor du forlænger eller genåbner")
    if til < i_dag:
        raise ValidationError({"til": "Vælg en dag, der ikke er gået"})
    runde = indberetning.runde
    forlaenget = runde.er_aaben(i_dag)
    if forlaenget and til <= runde.frist:
        raise ValidationError({"til": f"Vælg en dag efter rundens frist, {skriv_dato_lang(runde.frist)}"})
    indberetning.genaabnet_til = til
    indberetning.full_clean()
    indberetning.save(update_fields=["genaabnet_til"])
    log(
        adgang,
        "indberetning_genaabnet",
        indberetning,
        tekst="Fristen er forlænget for driftsherren" if forlaenget else "Genåbnet for driftsherren",
        begrundelse=begrundelse,
        vedroerer=indberetning.driftsherre,
        data={"til": til.isoformat()},
    )
    notifikationer.efter_commit(notifikationer.indberetning_genaabnet, indberetning.pk, begrundelse)
    return indberetning


@transaction.atomic
def genaabn_for_flere(
    indberetninger: Iterable[Indberetning], *, adgang: Adgang, til: dt.date, begrundelse: str
) -> list[Indberetning]:
    """T13: the same for several driftsherrer at once; all or none."""
    valgte = sorted(indberetninger, key=lambda indberetning: indberetning.pk)
    if not valgte:
        raise ValidationError("Vælg mindst én driftsherre.")
    return [genaabn_for_driftsherre(en, adgang=adgang, til=til, begrundelse=begrundelse) for en in valgte]


@transaction.atomic
def ret_metode(indberetning: Indberetning, *, adgang: Adgang, metode: str, version: int) -> Indberetning:
    """T55: how the driftsherre finds its share of central administration; `Versionskonflikt` when another wrote."""
    indberetning = _laas_indberetning(indberetning)
    kraev_tilladelse(regler.maa_rette_metode(adgang, indberetning, timezone.localdate()))
    metode, foer = metode.strip(), indberetning.overhead_metode
    if metode == foer:
        return indberetning
    kraev_version(indberetning, version)
    indberetning.overhead_metode = metode
    indberetning.version += 1
    indberetning.full_clean()
    indberetning.save(update_fields=["overhead_metode", "version"])
    log(
        adgang,
        "overhead_metode",
        indberetning,
        tekst="Metode for central administration beskrevet",
        vedroerer=indberetning.driftsherre,
        data={"foer": foer},
    )
    return indberetning


@transaction.atomic
def ret_rykkerdage(runde: Indberetningsrunde, *, adgang: Adgang, dage: list[int]) -> Indberetningsrunde:
    """How many days before the deadline the driftsherrer are reminded."""
    runde = laas_runde(runde)
    kraev_tilladelse(regler.maa_rykke(adgang, runde))
    foer, runde.rykkerdage = runde.rykkerdage, sorted(dage, reverse=True)
    if runde.rykkerdage == foer:
        return runde
    runde.full_clean()
    runde.save(update_fields=["rykkerdage"])
    log(adgang, "rykkerdage", runde, tekst="Rykkerdage ændret", data={"fra": foer, "til": runde.rykkerdage})
    return runde


def _laas_indberetning(indberetning: Indberetning) -> Indberetning:
    return (
        Indberetning.objects.select_for_update(of=("self",))
        .select_related("runde", "driftsherre")
        .get(pk=indberetning.pk)
    )
