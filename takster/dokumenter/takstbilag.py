"""The takstbilag as a PDF: a wide table of the year's tariffs, grouped by driftsherre."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from socialaftale.kerne.dansk import sorteringsnoegle
from socialaftale.kerne.models import Opsaetning
from socialaftale.kerne.pdf.oplysninger import Dokument
from socialaftale.kerne.pdf.tabel import Kolonne, Tabel
from socialaftale.kerne.templatetags import dansk
from takster.models import Objektivfordeling, Takst
from takster.takstraekker import Fordelingsraekke, Niveauraekke, med_niveauer, prisord
from tilbud.enums import Taksttype

SKABELON = "dokumenter/tabelbilag.html"
KOLONNER = (
    Kolonne("Tilbud", 17),
    Kolonne("Ydelse og niveau", 15),
    Kolonne("Lovgrundlag", 8),
    Kolonne("Enhed", 5),
    Kolonne("Pladser m.v.", 6, tal=True),
    Kolonne("Belæg\u00adning (%)", 6, tal=True),
    Kolonne("Støtte\u00adtimer om ugen", 6, tal=True),
    Kolonne("Takst (kr.)", 8, tal=True),
    Kolonne("Heraf fast (kr.)", 7, tal=True),
    Kolonne("Heraf borger\u00adrettet (kr.)", 7, tal=True),
    Kolonne("Pr. måned (kr.)", 9, tal=True),
    Kolonne("Ændring (%)", 6, tal=True),
)


def takster_i_bilaget(aar: int, driftsherre_slug: str = "") -> QuerySet[Takst]:
    """The tariffs in force of a year, by driftsherre in the agreement's order, then by name."""
    takster = Takst.objects.gaeldende().til_liste().filter(aar=aar).prefetch_related("niveauer")
    if driftsherre_slug:
        takster = takster.filter(driftsherre__slug=driftsherre_slug)
    return takster.order_by("driftsherre__raekkefoelge", "driftsherre__navn", "tilbud_navn", "ydelse_navn", "pk")


def raekker_i_bilaget(aar: int) -> list[Takst | Fordelingsraekke]:
    """The year's tariffs, and the ydelser that are paid by a key instead (T11, T12), in one order."""
    takster = list(takster_i_bilaget(aar))
    fordelinger = Objektivfordeling.objects.gaeldende().filter(
        aar=aar, ydelse__tilbud__offentliggjort=True, ydelse__tilbud__driftsherre__isnull=False
    )
    raekker = [
        Fordelingsraekke(fordeling)
        for fordeling in fordelinger.select_related(
            "ydelse__lovgrundlag", "ydelse__tilbud__driftsherre", "ydelse__tilbud__beliggenhedskommune"
        )
    ]
    return sorted([*takster, *raekker], key=_plads) if raekker else takster


def _plads(raekke: Takst | Fordelingsraekke) -> tuple[Any, ...]:
    """As `takster_i_bilaget` sorts them."""
    navne = (raekke.driftsherre.navn, raekke.tilbud_navn, raekke.ydelse_navn)
    return (raekke.driftsherre.raekkefoelge, *map(sorteringsnoegle, navne))


def _celler(raekke: Takst | Niveauraekke | Fordelingsraekke) -> list[str]:
    """A level stands under its tariff with the name of the level in place of the ydelse's."""
    er_niveau = isinstance(raekke, Niveauraekke)
    navn = raekke.niveaunavn if er_niveau else f"{raekke.ydelse_navn}{_typeord(raekke)}"
    return [
        raekke.tilbud_navn,
        navn,
        dansk.nbsp(str(raekke.lovgrundlag or "")),
        raekke.get_enhed_display(),
        dansk.tal(raekke.kapacitet),
        dansk.kr(raekke.belaegning_pct, 2),
        dansk.tal(raekke.stoettetimer),
        prisord(raekke) or dansk.kr(raekke.takst),
        dansk.kr(raekke.fast_del),
        dansk.kr(raekke.borgerrettet_del),
        dansk.kr(raekke.pr_maaned),
        dansk.aendring(raekke.aendring_pct),
    ]


def _typeord(takst: Takst | Fordelingsraekke) -> str:
    """The type in brackets where it is not the ordinary one."""
    ord_ = {
        Taksttype.DIFFERENTIERET: "differentieret, i gennemsnit",
        Taksttype.GRUND: "grundtakst",
        Taksttype.TILLAEG: "tillægsydelse",
    }.get(takst.taksttype, "")
    return f" ({ord_})" if ord_ else ""


def byg_tabel(aar: int, takster: Sequence[Takst | Fordelingsraekke]) -> Tabel:
    """The table with one group per driftsherre; the order of `takster` is kept."""
    grupper = [
        (driftsherre, [_celler(raekke) for raekke in med_niveauer(gruppe)])
        for driftsherre, gruppe in groupby(takster, key=lambda takst: takst.driftsherre.navn)
    ]
    return Tabel(
        f"Takster {aar} efter driftsherre",
        KOLONNER,
        grupper,
        indledning=_indledning(aar, takster),
        kilde="Kilde: takstskemaer, som driftsherrerne har indberettet og sekretariatet har godkendt. "
        "Taksten er takstberegningsgrundlaget divideret med pladser × dage × belægning. "
        "Kun den borgerrettede del kan forhandles. "
        "Ændringen er i samme priser som året før.",
        klasse="takstbilag",
    )


def _indledning(aar: int, takster: Iterable[Takst | Fordelingsraekke]) -> list[str]:
    tekster = [f"Taksterne gælder fra 1. januar til 31. december {aar}. Alle beløb er i kroner."]
    if any(takst.er_eksempel for takst in takster):
        tekster.append("Eksempeltal: Tallene er opdigtede og kun til demonstration.")
    if any(isinstance(takst, Fordelingsraekke) for takst in takster):
        tekster.append(
            "Ydelser, der betales efter nøgle, har ingen takst. Nøglen og hver kommunes beløb står på ydelsens side."
        )
    return tekster


def kontekst(
    aar: int, takster: Sequence[Takst | Fordelingsraekke], *, dato: dt.date, del_: str = "", driftsherre: str = ""
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
