"""From a published tariff and a case to the values the rules take."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from socialaftale.kerne.models import Sag
from takster.beregning import sager as aarssager
from takster.beregning.koder import Enhed
from takster.beregning.nytakst import NyTakst, Offentliggjort, beregn_ny_takst
from takster.beregning.regelsaet import Regler
from takster.models import Regelsaet, Takst

OBJEKTTYPE = "takster.takst"
PLADSER, TAKST = "pladser_i_aaret", "takst_i_aaret"
REGEL = {PLADSER: "T67", TAKST: "T68"}


def frosne_regler(takst: Takst) -> Regler:
    """The limits the tariff was published with (its rule set may have changed since); found once per tariff."""
    if "_frosne_regler" not in takst.__dict__:
        takst.__dict__["_frosne_regler"] = _find_regler(takst)
    return takst.__dict__["_frosne_regler"]


def _find_regler(takst: Takst) -> Regler:
    gemt = takst.beregning.data.get("regler") if hasattr(takst, "beregning") else None
    if not gemt:
        regelsaet = Regelsaet.objects.for_aar(takst.aar)
        return regelsaet.regler() if regelsaet else Regler()
    felter = {}
    for felt in dataclasses.fields(Regler):
        if felt.name in gemt and isinstance(felt.default, Decimal | int):
            felter[felt.name] = type(felt.default)(gemt[felt.name])
    return Regler(**felter)


def offentliggjort(takst: Takst) -> Offentliggjort:
    data = takst.beregning.data if hasattr(takst, "beregning") else {}
    return Offentliggjort(
        enhed=Enhed(takst.enhed),
        grundlag=takst.grundlag,
        beloeb={kode: Decimal(beloeb) for kode, beloeb in data.get("linjer", {}).items()},
        regulering=Decimal(data.get("regulering", 0)),
        kapacitet=takst.kapacitet,
        dage=takst.dage,
        belaegning_pct=takst.belaegning_pct,
        regler=frosne_regler(takst),
    )


def takst_i_sagen(sag: Sag) -> Takst | None:
    """The tariff the application was written on, whatever has become of it; read once per case."""
    if "objekt" not in sag.__dict__:
        alle = Takst.objects.select_related("beregning", "tilbud", "ydelse", "driftsherre")
        sag.objekt = alle.filter(pk=sag.objekt_id).first()
    return sag.objekt


def aendret_kapacitet(sag: Sag) -> Decimal | None:
    vaerdi = sag.data.get("kapacitet")
    return Decimal(vaerdi) if vaerdi else None


def aendrede_linjer(sag: Sag) -> dict[str, Decimal]:
    return {kode: Decimal(beloeb) for kode, beloeb in sag.data.get("linjer", {}).items()}


def ny_takst(sag: Sag, takst: Takst) -> NyTakst:
    """The tariff as the case would make it; raises Beregningsfejl."""
    return beregn_ny_takst(offentliggjort(takst), kapacitet=aendret_kapacitet(sag), linjer=aendrede_linjer(sag))


def aarssag(sag: Sag, takst: Takst, besluttet: dt.date | None) -> aarssager.Aarssag:
    """The case as the rules see it; with a date as if it were approved that day."""
    return aarssager.Aarssag(
        regel=REGEL[sag.art],
        takstaar=takst.aar,
        saerlige_omstaendigheder=sag.begrundelse,
        virkning=sag.virkningsdato,
        besluttet=besluttet,
    )


def perioder(versioner: Iterable[Takst]) -> list[Takst]:
    """The versions that hold each their part of the year, newest first: the one in force and those it took over from.

    A version that was only replaced by a correction for the whole year is not among them.
    """
    efter_noegle = {takst.pk: takst for takst in versioner}
    fundet = next((takst for takst in efter_noegle.values() if takst.er_gaeldende), None)
    kaede = []
    while fundet is not None:
        kaede.append(fundet)
        fundet = efter_noegle.get(fundet.afloeser_id)
    return kaede


def aarets_versioner(takster: Iterable[Takst]) -> list[aarssager.Aarsversion]:
    return [
        aarssager.Aarsversion(nummer=takst.version, fra=takst.gyldig_fra, til=takst.gyldig_til, vaerdi=takst.takst)
        for takst in takster
    ]


def kommende_aendring(takster: Iterable[Takst], dato: dt.date) -> tuple[Sag, NyTakst] | None:
    """An approved change of the tariff that has not taken effect yet, with the tariff it gives; one query."""
    takster = list(takster)
    sag = (
        Sag.objects.filter(
            objekttype=OBJEKTTYPE,
            objekt_id__in=[str(takst.pk) for takst in takster],
            tilstand="godkendt",
            udfoert_tidspunkt__isnull=True,
            virkningsdato__gt=dato,
        )
        .order_by("virkningsdato", "pk")
        .first()
    )
    gaeldende = next((takst for takst in takster if takst.er_gaeldende), None)
    return (sag, ny_takst(sag, gaeldende)) if sag and gaeldende else None
