"""The steps of a round: create, open, move the deadline, close, reopen for one driftsherre, overhead method."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.models import Organisation
from socialaftale.kerne.models.haendelse import log
from takster import adgang as regler
from takster import notifikationer
from takster.enums import Rundetilstand
from takster.forloeb import RUNDE, Rundetrin
from takster.handlinger.faelles import kraev_begrundelse, laas_runde
from takster.handlinger.forudfyld import forudfyld_tilsyn
from takster.handlinger.hensaettelser import foer_alle_udloebne_tilbage
from takster.models import Indberetning, Indberetningsrunde, Regelsaet, Takstskema
from tilbud.models import Tilbud, Ydelse

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
    runde.full_clean()
    runde.save()
    log(adgang, "runde_oprettet", runde, tekst="Runde oprettet", til=runde.tilstand)
    return runde


@transaction.atomic
def aabn_runde(runde: Indberetningsrunde, *, adgang: Adgang) -> Indberetningsrunde:
    """Open the round: every driftsherre gets its indberetning with an empty form for each ydelse of the year."""
    runde = laas_runde(runde)
    skridt = RUNDE.kraev(Rundetrin.AABN, runde.tilstand)
    kraev_tilladelse(regler.maa_aendre_runde(adgang, runde, Rundetrin.AABN))
    _skift(runde, skridt.til, adgang, "runde_aabnet", "Runde åbnet")
    _lav_skemaer(runde)
    foer_alle_udloebne_tilbage(adgang=adgang)
    notifikationer.efter_commit(notifikationer.runde_aabnet, runde.pk)
    return runde


def ydelser_i_runden(aar: int) -> QuerySet[Ydelse]:
    """The ydelser a round asks for: active in the year, of socialaftaletilbud run by a driftsherre."""
    tilbud = Tilbud.objects.i_socialaftalen(aar).filter(
        driftsherre__in=Organisation.objects.driftsherrer(), offentliggjort=True
    )
    return Ydelse.objects.aktive(aar).filter(tilbud__in=tilbud.values("pk")).select_related("tilbud")


def _lav_skemaer(runde: Indberetningsrunde) -> None:
    """Indberetninger for all driftsherrer and the forms that are missing; a few statements at any size."""
    Indberetning.objects.bulk_create(
        [Indberetning(runde=runde, driftsherre=driftsherre) for driftsherre in Organisation.objects.driftsherrer()],
        ignore_conflicts=True,
    )
    indberetninger = dict(Indberetning.objects.filter(runde=runde).values_list("driftsherre_id", "pk"))
    findes = set(Takstskema.objects.filter(indberetning__runde=runde).values_list("ydelse_id", flat=True))
    nye = Takstskema.objects.bulk_create(
        [
            Takstskema(
                indberetning_id=indberetninger[ydelse.tilbud.driftsherre_id],
                ydelse=ydelse,
                enhed=ydelse.enhed,
                er_eksempel=runde.er_eksempel or ydelse.er_eksempel,
            )
            for ydelse in ydelser_i_runden(runde.aar)
            if ydelse.pk not in findes
        ],
        batch_size=PORTION,
    )
    forudfyld_tilsyn(nye, runde.aar)


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
    **felter: object,
) -> Indberetningsrunde:
    fra = runde.tilstand
    runde.tilstand = til
    for navn, vaerdi in felter.items():
        setattr(runde, navn, vaerdi)
    runde.full_clean()
    runde.save(update_fields=["tilstand", *felter])
    log(adgang, handling, runde, tekst=tekst, fra=fra, til=til, begrundelse=begrundelse)
    return runde


@transaction.atomic
def genaabn_for_driftsherre(
    indberetning: Indberetning, *, adgang: Adgang, til: dt.date, begrundelse: str
) -> Indberetning:
    """T13: one driftsherre may report after the deadline until and including `til`; the reason is logged."""
    indberetning = _laas_indberetning(indberetning)
    i_dag = timezone.localdate()
    kraev_tilladelse(regler.maa_genaabne_for_driftsherre(adgang, indberetning, i_dag))
    begrundelse = kraev_begrundelse(begrundelse, mangler="Skriv, hvorfor du genåbner")
    if til < i_dag:
        raise ValidationError({"til": "Vælg en dag, der ikke er gået"})
    indberetning.genaabnet_til = til
    indberetning.full_clean()
    indberetning.save(update_fields=["genaabnet_til"])
    log(
        adgang,
        "indberetning_genaabnet",
        indberetning,
        tekst="Genåbnet for driftsherren",
        begrundelse=begrundelse,
        vedroerer=indberetning.driftsherre,
        data={"til": til.isoformat()},
    )
    notifikationer.efter_commit(notifikationer.indberetning_genaabnet, indberetning.pk, begrundelse)
    return indberetning


@transaction.atomic
def ret_metode(indberetning: Indberetning, *, adgang: Adgang, metode: str) -> Indberetning:
    """T55: how the driftsherre finds its share of central administration this year."""
    indberetning = _laas_indberetning(indberetning)
    kraev_tilladelse(regler.maa_rette_metode(adgang, indberetning, timezone.localdate()))
    metode = metode.strip()
    if metode == indberetning.overhead_metode:
        return indberetning
    indberetning.overhead_metode = metode
    indberetning.full_clean()
    indberetning.save(update_fields=["overhead_metode"])
    log(
        adgang,
        "overhead_metode",
        indberetning,
        tekst="Metode for central administration beskrevet",
        vedroerer=indberetning.driftsherre,
    )
    return indberetning


def _laas_indberetning(indberetning: Indberetning) -> Indberetning:
    return (
        Indberetning.objects.select_for_update(of=("self",))
        .select_related("runde", "driftsherre")
        .get(pk=indberetning.pk)
    )
