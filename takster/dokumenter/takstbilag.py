"""The takstbilag as a PDF: a wide table of the year's tariffs, grouped by driftsherre."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from socialaftale.kerne.models import Opsaetning
from socialaftale.kerne.pdf.oplysninger import Dokument
from socialaftale.kerne.pdf.tabel import Kolonne, Tabel
from socialaftale.kerne.templatetags import dansk
from takster.models import Takst

SKABELON = "dokumenter/tabelbilag.html"
KOLONNER = (
    Kolonne("Tilbud", 22),
    Kolonne("Ydelse", 18),
    Kolonne("Lovgrundlag", 11),
    Kolonne("Enhed", 6),
    Kolonne("Pladser m.v.", 7, tal=True),
    Kolonne("Belægning (%)", 8, tal=True),
    Kolonne("Takst (kr.)", 10, tal=True),
    Kolonne("Pr. måned (kr.)", 11, tal=True),
    Kolonne("Ændring (%)", 7, tal=True),
)


def takster_i_bilaget(aar: int, driftsherre_slug: str = "") -> QuerySet[Takst]:
    """The tariffs in force of a year, by driftsherre in the agreement's order, then by name."""
    takster = Takst.objects.gaeldende().til_liste().filter(aar=aar)
    if driftsherre_slug:
        takster = takster.filter(driftsherre__slug=driftsherre_slug)
    return takster.order_by("driftsherre__raekkefoelge", "driftsherre__navn", "tilbud_navn", "ydelse_navn", "pk")


def _celler(takst: Takst) -> list[str]:
    return [
        takst.tilbud_navn,
        takst.ydelse_navn,
        dansk.nbsp(str(takst.lovgrundlag or "")),
        takst.get_enhed_display(),
        dansk.tal(takst.kapacitet),
        dansk.kr(takst.belaegning_pct, 2),
        dansk.kr(takst.takst),
        dansk.kr(takst.pr_maaned),
        dansk.aendring(takst.aendring_pct),
    ]


def byg_tabel(aar: int, takster: Sequence[Takst]) -> Tabel:
    """The table with one group per driftsherre; the order of `takster` is kept."""
    grupper = [
        (driftsherre, [_celler(takst) for takst in gruppe])
        for driftsherre, gruppe in groupby(takster, key=lambda takst: takst.driftsherre.navn)
    ]
    return Tabel(
        f"Takster {aar} efter driftsherre",
        KOLONNER,
        grupper,
        indledning=_indledning(aar, takster),
        kilde="Kilde: takstskemaer, som driftsherrerne har indberettet og sekretariatet har godkendt. "
        "Taksten er takstberegningsgrundlaget divideret med pladser × dage × belægning. "
        "Ændringen er i samme priser som året før.",
        klasse="takstbilag",
    )


def _indledning(aar: int, takster: Iterable[Takst]) -> list[str]:
    tekster = [f"Taksterne gælder fra 1. januar til 31. december {aar}. Alle beløb er i kroner."]
    if any(takst.er_eksempel for takst in takster):
        tekster.append("Eksempeltal: Tallene er opdigtede og kun til demonstration.")
    return tekster


def kontekst(
    aar: int, takster: Sequence[Takst], *, dato: dt.date, del_: str = "", driftsherre: str = ""
) -> dict[str, Any]:
    """What `dokumenter/tabelbilag.html` needs; `del_` names the annex ("Bilag 7") when it is part of an agreement."""
    opsaetning = Opsaetning.hent()
    dokument = Dokument(
        titel=f"Takster {aar}" + (f", {driftsherre}" if driftsherre else ""),
        dato=dato,
        omraade=opsaetning.omraade,
        udgiver=opsaetning.sekretariat_navn,
        emne=f"Takstbilag {aar} til styringsaftalen i {opsaetning.omraade}",
        del_=del_,
    )
    return {"dokument": dokument, "tabel": byg_tabel(aar, takster)}
