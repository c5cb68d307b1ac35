"""From approved forms to published tariffs (K step 14)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.models.haendelse import log, log_mange
from socialaftale.kerne.penge import afrund
from socialaftale.kerne.perioder import foerste_dag, sidste_dag
from takster import adgang as regler
from takster import hentning
from takster.beregning.kontrolraekke import Skemaberegning
from takster.beregning.niveauer import Niveaupris
from takster.beregning.trin import Trin
from takster.enums import Rundetilstand, Skematilstand
from takster.forloeb import RUNDE, SKEMA, Rundetrin, Skematrin
from takster.handlinger.faelles import laas_flere, laas_runde, laas_skema
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
# Forms that are calculated and published at a time.
PORTION = 200
_RELATIONER = ("ydelse", "skema", "tilbud", "driftsherre", "kommune", "lovgrundlag", "afloeser", "sag")


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
    Takstniveaupris.objects.bulk_create(_niveaupriser(takst, priser))


def _niveaupriser(takst: Takst, priser: Iterable[Niveaupris]) -> list[Takstniveaupris]:
    return [
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


def gem_takst(skema: Takstskema, *, nu: dt.datetime) -> Takst:
    """The tariff of one form; see `gem_takster`."""
    return gem_takster([skema], nu=nu)[0]


def gem_takster(skemaer: Sequence[Takstskema], *, nu: dt.datetime) -> list[Takst]:
    """The tariffs of forms of one round with their calculations, each the next version of its ydelse and year.

    In the order of the forms, in a number of statements that does not follow theirs. ValidationError when one of them
    cannot be calculated, and then none is made.
    """
    if not skemaer:
        return []
    omgivelser = hentning.hent_omgivelser_flere(skemaer, timezone.localdate(nu))
    beregninger = {skema.pk: hentning.beregn_gemt(skema, omgivelser[skema.pk]) for skema in skemaer}
    tidligere = Takst.objects.filter(ydelse__in=[skema.ydelse_id for skema in skemaer], aar=skemaer[0].aar)
    versioner = dict(tidligere.order_by().values_list("ydelse").annotate(Max("version")))
    takster = []
    for skema in skemaer:
        beregning = beregninger[skema.pk]
        if beregning.pris is None and skema.taksttype != Taksttype.INDIVIDUEL:
            raise ValidationError(f"{skema}: {beregning.mangler}")
        takst = _ny_takst(skema, beregning, nu, versioner.get(skema.ydelse_id, 0) + 1)
        # Relations are rows that were just read, and the database guards its constraints itself.
        takst.clean_fields(exclude=_RELATIONER)
        takst.clean()
        takster.append(takst)
    tidligere.gaeldende().update(er_gaeldende=False)
    Takst.objects.bulk_create(takster)
    _gem_beregninger(takster, beregninger)
    _gem_indregning((skema, omgivelser[skema.pk].regulering) for skema in skemaer)
    return takster


def _gem_beregninger(takster: Sequence[Takst], beregninger: Mapping[int, Skemaberegning]) -> None:
    """The calculation of each tariff, and the levels of a differentiated one."""
    regelsaet = takster[0].skema.indberetning.runde.regelsaet
    priser: list[Takstniveaupris] = []
    for takst in takster:
        typer = beregninger[takst.skema_id].typer
        if typer and typer.niveauer:
            priser += _niveaupriser(takst, typer.niveauer.priser)
    Takstniveaupris.objects.bulk_create(priser)
    Takstberegning.objects.bulk_create(
        Takstberegning(takst=takst, data=beregningsdata(beregninger[takst.skema_id], regelsaet)) for takst in takster
    )


def _gem_indregning(reguleringer: Iterable[tuple[Takstskema, Skemaregulering]]) -> None:
    """T48: how much of each obligation the tariff holds; a new version of the tariff holds its own amounts."""
    Indregning.objects.bulk_create(
        [
            Indregning(pligt_id=andel.pligt, skema=skema, aar=skema.aar, beloeb=andel.andel)
            for skema, regulering in reguleringer
            for andel in regulering.andele
        ],
        update_conflicts=True,
        unique_fields=["pligt", "skema"],
        update_fields=["aar", "beloeb"],
    )


def _udsted(skemaer: Sequence[Takstskema], *, adgang: Adgang, nu: dt.datetime) -> list[Takst]:
    """Publish approved, locked forms of one round: the tariffs, their calculations, the state and the log."""
    skridt = [SKEMA.kraev(Skematrin.OFFENTLIGGOER, skema.tilstand) for skema in skemaer]
    takster = gem_takster(skemaer, nu=nu)
    poster = []
    for skema, takst, et_skridt in zip(skemaer, takster, skridt, strict=True):
        fra, skema.tilstand = skema.tilstand, et_skridt.til
        beloeb = None if takst.takst is None else str(takst.takst)
        felter = {"fra": fra, "til": skema.tilstand, "vedroerer": skema.driftsherre}
        data = {"takst": takst.pk, "beloeb": beloeb}
        poster.append((skema, {"tekst": "Takst offentliggjort", **felter, "data": data}))
    Takstskema.objects.filter(pk__in=[skema.pk for skema in skemaer]).update(tilstand=Skematilstand.OFFENTLIGGJORT)
    log_mange(adgang, "takst_offentliggjort", poster)
    return takster


@transaction.atomic
def offentliggoer_skema(skema: Takstskema, *, adgang: Adgang) -> Takst:
    """Publish a form that was approved after its round was published."""
    skema = laas_skema(skema)
    SKEMA.kraev(Skematrin.OFFENTLIGGOER, skema.tilstand)
    kraev_tilladelse(regler.maa_offentliggoere_skema(adgang, skema))
    return _udsted([skema], adgang=adgang, nu=timezone.now())[0]


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
    godkendte = Takstskema.objects.filter(indberetning__runde=runde, tilstand=Skematilstand.GODKENDT)
    # Driftsherre by driftsherre: what a form is seen against is fetched for few of them at once.
    noegler = list(godkendte.order_by("indberetning", "pk").values_list("pk", flat=True))
    if not noegler:
        raise ValidationError("Der er ingen godkendte takstskemaer at offentliggøre.")
    nu = timezone.now()
    for start in range(0, len(noegler), PORTION):
        portion = laas_flere(noegler[start : start + PORTION])
        _udsted(portion, adgang=adgang, nu=nu)
        antal = start + len(portion)
        fremdrift(antal * 100 // len(noegler), f"{antal} af {len(noegler)} takster er offentliggjort")
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
