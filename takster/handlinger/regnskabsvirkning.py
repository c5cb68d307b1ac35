"""What an approved account does: entries on the ledger, obligations on the tariffs, and forms that must follow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.models.haendelse import log
from takster import hentning_resultat
from takster.beregning.regulering_tidligere_aar import Forpligtelse
from takster.beregning.trin import Beregningsfejl
from takster.enums import Hensaettelsesart, Hensaettelsesformaal, Rundetilstand, Skematilstand
from takster.handlinger import skemaer
from takster.hentning_regulering import reguleringer
from takster.hentning_resultat import Regnskabsberegning
from takster.models import Hensaettelsespost, Indregning, Regnskab, Reguleringspligt, Takstskema

# How long a driftsherre has to submit again when the window is closed.
RETTEFRIST_DAGE = 14


def bogfoer(adgang: Adgang, **felter: Any) -> Hensaettelsespost:
    """A new entry on the ledger, checked and logged."""
    post = Hensaettelsespost(oprettet_af=adgang.bruger, **felter)
    post.full_clean()
    post.save()
    log(
        adgang,
        f"hensaettelse_{post.art}",
        post,
        tekst=f"Bogført på hensættelseskontoen: {post.get_art_display().lower()}",
        begrundelse=post.tekst,
        vedroerer=post.driftsherre,
        data={"beloeb": str(post.beloeb), "dato": post.dato.isoformat()},
    )
    return post


def opret_pligt(forpligtelse: Forpligtelse, **felter: Any) -> Reguleringspligt:
    pligt = Reguleringspligt(
        beloeb=forpligtelse.beloeb,
        oprindelsesaar=forpligtelse.oprindelsesaar,
        regel=forpligtelse.regel,
        tidligst_aar=forpligtelse.tidligst_aar,
        senest_aar=forpligtelse.senest_aar,
        betegnelse=forpligtelse.navn,
        **felter,
    )
    pligt.full_clean()
    pligt.save()
    return pligt


def indfoer(regnskab: Regnskab, beregning: Regnskabsberegning, *, adgang: Adgang) -> None:
    """T23-T28, T61, T65: what the division says becomes entries and obligations."""
    faelles = {"driftsherre": regnskab.driftsherre, "regnskab": regnskab, "er_eksempel": regnskab.er_eksempel}
    if beregning.lukning is not None:
        _indfoer_lukning(regnskab, beregning, faelles, adgang)
        return
    deling = beregning.deling
    if deling.hensat:
        bogfoer(
            adgang,
            **faelles,
            art=Hensaettelsesart.HENSAT,
            dato=timezone.localdate(),
            beloeb=deling.hensat,
            aar=regnskab.aar,
            tilbud=regnskab.tilbud,
            tekst=f"Overskud fra {regnskab.aar}, {regnskab.omfatter}",
        )
    if deling.daekkes_selv and regnskab.daekning_hensat:
        _daek(regnskab, regnskab.daekning_hensat, faelles, adgang, f"Underskud fra {regnskab.aar}")
    egne = faelles | {
        "tilbud": regnskab.tilbud,
        "maalgruppe": regnskab.maalgruppe,
        "ydelse": regnskab.ydelse,
    }
    med_skemaer(
        [regnskab.tilbud_id],
        lambda: [opret_pligt(forpligtelse, **egne) for forpligtelse in deling.forpligtelser],
        adgang=adgang,
        begrundelse=f"Regnskabet for {regnskab.aar} er godkendt, og reguleringen vedr. tidligere år er ændret.",
    )


def _daek(regnskab: Regnskab, beloeb: Decimal, faelles: dict[str, Any], adgang: Adgang, tekst: str) -> None:
    bogfoer(
        adgang,
        **faelles,
        art=Hensaettelsesart.FORBRUG,
        dato=timezone.localdate(),
        beloeb=beloeb,
        tilbud=regnskab.tilbud,
        formaal=Hensaettelsesformaal.UNDERSKUD,
        tekst=f"{tekst}, {regnskab.omfatter}",
    )


def _indfoer_lukning(
    regnskab: Regnskab, beregning: Regnskabsberegning, faelles: dict[str, Any], adgang: Adgang
) -> None:
    """T65: first the set-asides, then the tariffs of the other tilbud."""
    lukning = beregning.lukning
    if lukning.fra_hensat:
        _daek(regnskab, lukning.fra_hensat, faelles, adgang, f"Underskud ved lukning, {regnskab.aar}")
    med_skemaer(
        [int(andel.modtager.noegle) for andel in lukning.andele],
        lambda: [
            opret_pligt(andel.forpligtelse, **faelles, tilbud_id=int(andel.modtager.noegle))
            for andel in lukning.andele
        ],
        adgang=adgang,
        begrundelse=f"{regnskab.tilbud.navn} er lukket, og en andel af resultatet er flyttet hertil.",
    )


def tag_tilbage(regnskab: Regnskab, *, adgang: Adgang, begrundelse: str) -> None:
    """Undo what an approval entered, as far as nothing stands on it."""
    pligter = Reguleringspligt.objects.gyldige().filter(regnskab=regnskab)
    if Indregning.objects.filter(pligt__in=pligter).exclude(beloeb=0).exists():
        raise ValidationError(
            "En offentliggjort takst indeholder en del af resultatet. Regnskabet kan ikke sendes retur. "
            "Ret forskellen i det næste regnskab."
        )
    for post in Hensaettelsespost.objects.filter(regnskab=regnskab, modpost=None).exclude(
        art=Hensaettelsesart.MODPOST
    ):
        modposter(post, adgang=adgang, begrundelse=begrundelse)
    tilbud = list(pligter.values_list("tilbud", flat=True).distinct())
    med_skemaer(
        tilbud,
        lambda: pligter.update(annulleret_tidspunkt=timezone.now()),
        adgang=adgang,
        begrundelse=f"Regnskabet for {regnskab.aar} er sendt retur, og reguleringen vedr. tidligere år er ændret.",
    )


def modposter(post: Hensaettelsespost, *, adgang: Adgang, begrundelse: str) -> Hensaettelsespost:
    """Take an entry back; refused when the account could not be without it."""
    modpost = bogfoer(
        adgang,
        driftsherre=post.driftsherre,
        art=Hensaettelsesart.MODPOST,
        dato=timezone.localdate(),
        beloeb=post.beloeb,
        tilbud=post.tilbud,
        regnskab=post.regnskab,
        modposterer=post,
        tekst=begrundelse,
        er_eksempel=post.er_eksempel,
    )
    i_dag = timezone.localdate()
    try:
        hentning_resultat.kontostatus(post.driftsherre_id, i_dag, hentning_resultat.regler_for(i_dag.year))
    except Beregningsfejl as fejl:
        raise ValidationError(
            "Posten kan ikke tages tilbage, fordi beløbet er brugt. Tag forbruget tilbage først."
        ) from fejl
    return modpost


def med_skemaer(tilbud: Iterable[int], aendr: Callable[[], object], *, adgang: Adgang, begrundelse: str) -> None:
    """Do a change of obligations, and let every form that is not published and gets another line follow.

    A form that is handed in is sent back, so that nobody's signature stands under other figures; a draft gets a new
    version, so that a page that is open with the old line is told when it saves.
    """
    skemaer_ = _ikke_offentliggjorte(tilbud)
    foer = _linjer(skemaer_)
    aendr()
    efter = _linjer(skemaer_)
    i_dag = timezone.localdate()
    for skema in skemaer_:
        if foer.get(skema.pk) == efter.get(skema.pk):
            continue
        if skema.er_afgivet:
            senest = None if skema.indberetning.er_aaben(i_dag) else i_dag + dt.timedelta(days=RETTEFRIST_DAGE)
            skemaer.send_retur(skema, adgang=Adgang.system(), begrundelse=begrundelse, rettes_senest=senest)
        Takstskema.objects.filter(pk=skema.pk).update(version=skema.version + 1, meldt_klar_tidspunkt=None)
        log(
            adgang,
            "takstskema_regulering",
            skema,
            tekst="Regulering vedr. tidligere år ændret",
            begrundelse=begrundelse,
            vedroerer=skema.driftsherre,
            data={"fra": str(foer.get(skema.pk, 0)), "til": str(efter.get(skema.pk, 0))},
        )


def _ikke_offentliggjorte(tilbud: Iterable[int]) -> list[Takstskema]:
    return list(
        Takstskema.objects.filter(ydelse__tilbud__in=set(tilbud))
        .exclude(tilstand=Skematilstand.OFFENTLIGGJORT)
        .exclude(indberetning__runde__tilstand=Rundetilstand.KLADDE)
        .til_beregning()
        .order_by("pk")
    )


def _linjer(skemaer_: Iterable[Takstskema]) -> dict[int, Decimal]:
    """The line of each form that has one."""
    linjer = reguleringer((skema.ydelse.tilbud_id, skema.aar) for skema in skemaer_)
    return {noegle: regulering.i_alt for noegle, regulering in linjer.items()}
