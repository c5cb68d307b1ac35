"""The ledger of set-asides: use, counter-entries, expiry; the choice of regulation; the yearly rates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.konflikt import fang_unik, kraev_version
from socialaftale.kerne.models import Organisation
from socialaftale.kerne.models.haendelse import log
from takster import adgang_resultat as regler
from takster import hentning_resultat as hentning
from takster.adgang import maa_redigere
from takster.beregning.hensaettelse import Forbrug, kontroller_forbrug
from takster.beregning.regulering_tidligere_aar import beregn_reguleringer
from takster.enums import Hensaettelsesart
from takster.handlinger.faelles import kraev_begrundelse, laas_skema
from takster.handlinger.regnskaber import laas_konto
from takster.handlinger.regnskabsvirkning import bogfoer, med_skemaer, modposter, opret_pligt
from takster.hentning_regulering import gaelder_for, hent_regulering, skemaer_i_aarene, som_forpligtelse
from takster.models import (
    Hensaettelsespost,
    Indregning,
    Reguleringspligt,
    Reguleringsvalg,
    Rentesats,
    Takstskema,
)
from tilbud.models import Tilbud


@transaction.atomic
def brug(
    driftsherre: Organisation,
    *,
    adgang: Adgang,
    dato: dt.date,
    beloeb: Decimal,
    formaal: str,
    tilbud: Tilbud,
    tekst: str,
    er_eksempel: bool = False,
) -> Hensaettelsespost:
    """T24: a use with purpose and target, first in first out; refused without cover or outside the agreement."""
    driftsherre = laas_konto(driftsherre.pk)
    kraev_tilladelse(regler.maa_forbruge(adgang, driftsherre.pk))
    if tilbud.driftsherre_id != driftsherre.pk:
        raise ValidationError({"tilbud": "Vælg et af driftsherrens egne tilbud"})
    if dato > timezone.localdate():
        raise ValidationError({"dato": "Datoen kan ikke ligge efter i dag"})
    tekst = kraev_begrundelse(tekst, "tekst", "Skriv, hvad beløbet er brugt til")
    lag, poster = Hensaettelsespost.objects.filter(driftsherre=driftsherre).som_konto()
    nyt = Forbrug(
        noegle="9" * 12,
        dato=dato,
        beloeb=beloeb,
        formaal=formaal,
        tilbud=tilbud.navn,
        tilbud_omfattet=Tilbud.objects.i_socialaftalen(dato.year).filter(pk=tilbud.pk).exists(),
    )
    fund = kontroller_forbrug(nyt, lag, poster, regler=hentning.regler_for(dato.year))
    if fund:
        raise ValidationError({fundet.felt: fundet.tekst for fundet in reversed(fund)})
    return bogfoer(
        adgang,
        driftsherre=driftsherre,
        art=Hensaettelsesart.FORBRUG,
        dato=dato,
        beloeb=beloeb,
        formaal=formaal,
        tilbud=tilbud,
        tekst=tekst,
        er_eksempel=er_eksempel,
    )


@transaction.atomic
def tag_tilbage(post: Hensaettelsespost, *, adgang: Adgang, begrundelse: str) -> Hensaettelsespost:
    """A use entered by mistake, by a counter-entry with its reason."""
    laas_konto(post.driftsherre_id)
    kraev_tilladelse(regler.maa_modpostere(adgang, post))
    begrundelse = kraev_begrundelse(begrundelse, mangler="Skriv, hvorfor posten tages tilbage")
    if Hensaettelsespost.objects.filter(modposterer=post).exists():
        raise ValidationError("Posten er allerede taget tilbage.")
    return modposter(post, adgang=adgang, begrundelse=begrundelse)


@transaction.atomic
def foer_udloebne_tilbage(driftsherre: Organisation, *, adgang: Adgang) -> list[Reguleringspligt]:
    """T24: what was not used in time is returned through the tariff of the tilbud it is from.

    Done for every driftsherre when a round opens, and by the secretariat at any time; a layer is returned once.
    """
    driftsherre = laas_konto(driftsherre.pk)
    kraev_tilladelse(adgang.er_sekretariat)
    i_dag = timezone.localdate()
    graenser = hentning.regler_for(i_dag.year)
    status = hentning.kontostatus(driftsherre.pk, i_dag, graenser)
    pligter = []
    for lag in status.lag:
        forpligtelse = lag.tilbagefoersel(graenser)
        if forpligtelse is None:
            continue
        oprindelig = Hensaettelsespost.objects.select_related("tilbud", "regnskab__ydelse").get(
            pk=int(lag.hensaettelse.noegle)
        )
        bogfoer(
            adgang,
            driftsherre=driftsherre,
            art=Hensaettelsesart.UDLOEBET,
            dato=i_dag,
            beloeb=lag.udloebet,
            tilbud=oprindelig.tilbud,
            lag=oprindelig,
            tekst=f"{forpligtelse.navn} inden {lag.udloeber.year} var gået",
            er_eksempel=oprindelig.er_eksempel,
        )
        regnskab = oprindelig.regnskab

        def opret(forpligtelse=forpligtelse, oprindelig=oprindelig, regnskab=regnskab) -> None:
            pligter.append(
                opret_pligt(
                    forpligtelse,
                    driftsherre=driftsherre,
                    tilbud=oprindelig.tilbud,
                    maalgruppe=regnskab.maalgruppe if regnskab else "",
                    ydelse=regnskab.ydelse if regnskab else None,
                    lag=oprindelig,
                    er_eksempel=oprindelig.er_eksempel,
                )
            )

        med_skemaer(
            [oprindelig.tilbud_id],
            opret,
            adgang=adgang,
            begrundelse=f"{forpligtelse.navn} føres tilbage i taksten.",
        )
    return pligter


def foer_alle_udloebne_tilbage(*, adgang: Adgang) -> int:
    """For every driftsherre with an account; answers how many obligations it gave."""
    driftsherrer = Organisation.objects.filter(
        pk__in=Hensaettelsespost.objects.filter(art=Hensaettelsesart.HENSAT).values("driftsherre")
    )
    return sum(len(foer_udloebne_tilbage(driftsherre, adgang=adgang)) for driftsherre in driftsherrer)


@transaction.atomic
def vaelg_regulering(skema: Takstskema, *, adgang: Adgang, version: int, valgt: Mapping[int, Decimal]) -> Takstskema:
    """T25, T27: how much of each obligation the tariffs of the year hold, for all forms that share it.

    `valgt` is by obligation, with its sign. Refused while one of the forms is handed in.
    """
    skema = laas_skema(skema)
    kraev_tilladelse(maa_redigere(adgang, skema, timezone.localdate()))
    kraev_version(skema, version)
    aabne = {andel.pligt for andel in hent_regulering(skema).andele if not andel.linje.er_pligtig}
    pligter = list(
        Reguleringspligt.objects.select_for_update(of=("self",), no_key=True)
        .gyldige()
        .filter(pk__in=set(valgt) & aabne)
    )
    if len(pligter) != len(valgt):
        raise ValidationError("En regulering er ændret i mellemtiden. Se tallene igennem igen.")
    _kraev_ingen_afgivne(pligter, skema)
    indregnet = Indregning.objects.pr_pligt_og_aar(pligt.pk for pligt in pligter)
    fejl: dict[str, str] = {}
    for pligt in pligter:
        forpligtelse = som_forpligtelse(pligt, indregnet[pligt.pk])
        resultat = beregn_reguleringer([forpligtelse], skema.aar, {forpligtelse.noegle: valgt[pligt.pk]})
        if resultat.fund:
            fejl[f"pligt_{pligt.pk}"] = resultat.fund[0].tekst
    if fejl:
        raise ValidationError(fejl)

    def gem() -> None:
        for pligt in pligter:
            Reguleringsvalg.objects.update_or_create(pligt=pligt, aar=skema.aar, defaults={"beloeb": valgt[pligt.pk]})

    med_skemaer(
        [skema.ydelse.tilbud_id],
        gem,
        adgang=adgang,
        begrundelse=f"Valgt, hvad der skal med i taksten for {skema.aar}.",
    )
    return laas_skema(skema)


def _kraev_ingen_afgivne(pligter: list[Reguleringspligt], skema: Takstskema) -> None:
    alle = skemaer_i_aarene([skema.ydelse.tilbud_id], [skema.aar])[skema.ydelse.tilbud_id, skema.aar]
    beroerte = {et.pk: et for pligt in pligter for et in gaelder_for(pligt, alle)}
    afgivne = [et.ydelse.navn for et in beroerte.values() if et.er_afgivet]
    if afgivne:
        raise ValidationError(
            f"Beløbet deles med et skema, der er indsendt: {', '.join(afgivne)}. Træk det tilbage først."
        )


@transaction.atomic
def gem_rentesats(
    sats: Rentesats | None,
    *,
    adgang: Adgang,
    aar: int,
    art: str,
    pct: Decimal,
    kilde: str,
    begrundelse: str = "",
    version: int | None = None,
) -> Rentesats:
    """T29: a new rate, or another value of one with the reason; raises Versionskonflikt."""
    kraev_tilladelse(regler.maa_rette_renter(adgang))
    findes = Rentesats.objects.filter(aar=aar, art=art)
    optaget = f"Der er allerede en rente for {aar}. Ret den i stedet"
    if sats is None:
        if findes.exists():
            raise ValidationError({"aar": optaget})
        sats = Rentesats(aar=aar, art=art)
        gammel = None
    else:
        findes = findes.exclude(pk=sats.pk)
        sats = Rentesats.objects.select_for_update().get(pk=sats.pk)
        kraev_version(sats, version)
        begrundelse = kraev_begrundelse(begrundelse, mangler="Skriv, hvorfor renten ændres")
        gammel = sats.pct
        sats.version += 1
    sats.pct, sats.kilde, sats.er_eksempel = pct, kilde, False
    with fang_unik(findes, "aar", optaget):
        sats.full_clean()
    with fang_unik(findes, "aar", optaget):
        sats.save()
    log(
        adgang,
        "rentesats",
        sats,
        tekst="Rente oprettet" if gammel is None else "Rente rettet",
        begrundelse=begrundelse,
        data={"pct": [None if gammel is None else str(gammel), str(pct)], "kilde": kilde},
    )
    return sats
