"""What an approved change during the year does: a new version of the tariff from its day; the old one ends before."""

from __future__ import annotations

import datetime as dt
import math

from django.core.exceptions import ValidationError
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.models import Sag
from socialaftale.kerne.models.haendelse import log
from socialaftale.kerne.penge import afrund
from socialaftale.kerne.templatetags import dansk
from takster.beregning.nytakst import NyTakst
from takster.beregning.regulering import ManglendeSats, sammenlign_takst
from takster.beregning.sager import ny_version
from takster.beregning.trin import Beregningsfejl
from takster.enums import Enhed
from takster.handlinger.offentliggoerelse import trindata
from takster.models import PLsats, Takst, Takstberegning
from takster.sager import hentning
from tilbud.enums import Pladsart
from tilbud.handlinger.kontrol import opdater_fund
from tilbud.models import Plads


def udfoer(sag: Sag, adgang: Adgang) -> None:
    """T67, T68: compute on the version in force today, so that a change decided in the meantime is kept."""
    ansoegt = hentning.takst_i_sagen(sag)
    laast = (
        Takst.objects.select_for_update(of=("self",))
        .gaeldende()
        .select_related("beregning", "ydelse", "tilbud", "driftsherre")
        .filter(ydelse=ansoegt.ydelse_id, aar=ansoegt.aar)
        .first()
        if ansoegt
        else None
    )
    if laast is None:
        raise ValidationError("Taksten findes ikke længere, så ændringen kan ikke træde i kraft.")
    try:
        ny = hentning.ny_takst(sag, laast)
        versioner = ny_version(hentning.aarets_versioner([laast]), fra=sag.virkningsdato, vaerdi=ny.resultat.takst)
    except Beregningsfejl as problem:
        raise ValidationError(problem.besked) from problem
    except ValueError as problem:
        raise ValidationError("Virkningsdatoen ligger uden for den periode, taksten gælder.") from problem
    gammel, naeste = versioner[-2:]
    laast.gyldig_til, laast.er_gaeldende = gammel.til, False
    laast.save(update_fields=["gyldig_til", "er_gaeldende"])
    takst = _gem_version(sag, laast, ny, naeste.fra, naeste.til)
    if sag.art == hentning.PLADSER:
        _skriv_pladser(sag, takst)
    log(
        adgang,
        "takst_aendret_i_aaret",
        takst.tilbud,
        tekst=f"Ny takst fra {dansk.dato(takst.gyldig_fra)}: {takst.ydelse_navn}"[:200],
        begrundelse=f"Sag {sag.nummer}",
        vedroerer=takst.driftsherre,
        data={"takst": takst.pk, "foer": str(laast.takst), "efter": str(takst.takst)},
    )


def _gem_version(sag: Sag, gammel: Takst, ny: NyTakst, fra: dt.date, til: dt.date) -> Takst:
    resultat = ny.resultat
    faelles = {
        felt.attname: getattr(gammel, felt.attname) for felt in Takst._meta.concrete_fields if not felt.primary_key
    }
    takst = Takst(
        **faelles
        | {
            "version": gammel.version + 1,
            "er_gaeldende": True,
            "afloeser_id": gammel.pk,
            "sag_id": sag.pk,
            "grundlag": resultat.grundlag,
            "kapacitet": resultat.kapacitet,
            "takst": resultat.takst,
            "pr_aar": resultat.pr_aar,
            "pr_maaned": resultat.pr_maaned,
            "aendring_pct": _aendring(gammel, resultat.takst),
            "gyldig_fra": fra,
            "gyldig_til": til,
            "offentliggjort_tidspunkt": timezone.now(),
        }
    )
    takst.full_clean()
    takst.save()
    gemt = gammel.beregning.data if hasattr(gammel, "beregning") else {}
    Takstberegning.objects.create(
        takst=takst,
        data={
            **gemt,
            "linjer": {kode: str(beloeb) for kode, beloeb in ny.beloeb.items()},
            "trin": trindata(ny.trin),
            "sag": sag.nummer,
        },
    )
    return takst


def _aendring(gammel: Takst, ny_takst):
    """Against the year before in the same prices; None as long as there is nothing to compare with."""
    if gammel.forrige_takst is None:
        return None
    try:
        aendring = sammenlign_takst(
            ny_takst, gammel.aar, gammel.forrige_takst, gammel.aar - 1, PLsats.objects.som_vaerdier()
        )
    except ManglendeSats:
        return None
    return None if aendring.pct is None else afrund(aendring.pct, 1)


def _skriv_pladser(sag: Sag, takst: Takst) -> None:
    """The register's agreed places: of the whole tilbud when it has one ydelse, else of the ydelse it is about."""
    if takst.enhed not in (Enhed.DOEGN, Enhed.DAG):
        return
    eneste = takst.tilbud.ydelser.aktive(takst.aar).count() <= 1
    plads = Plads(
        tilbud=takst.tilbud,
        art=Pladsart.AFTALT,
        antal_fra=math.floor(takst.kapacitet),
        antal_til=math.ceil(takst.kapacitet),
        aar=takst.aar,
        daekker="" if eneste else takst.ydelse_navn[:150],
        note=f"Fra {dansk.dato(takst.gyldig_fra)}",
        kilde=f"Sag {sag.nummer}, {sag.get_instans_display()}",
        er_eksempel=takst.er_eksempel,
    )
    plads.full_clean()
    plads.save()
    opdater_fund([takst.tilbud_id])
