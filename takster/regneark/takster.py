"""Columns of the published tariffs, for the list and for the takstbilag."""

from __future__ import annotations

from collections.abc import Iterable

from socialaftale.kerne import regneark
from socialaftale.kerne.regneark import Art, Kolonne
from takster.models import Takst
from takster.takstraekker import med_niveauer, niveaunavn, note

KOLONNER = (
    Kolonne("År", lambda takst: takst.aar, Art.AAR, 8),
    Kolonne("Driftsherre", lambda takst: takst.driftsherre.navn, Art.TEKST, 26),
    Kolonne("Tilbud", lambda takst: takst.tilbud_navn, Art.TEKST, 38),
    Kolonne("Ydelse", lambda takst: takst.ydelse_navn, Art.TEKST, 30),
    Kolonne("Ligger i", lambda takst: takst.kommune.navn if takst.kommune else "", Art.TEKST, 24),
    Kolonne("Lovgrundlag", lambda takst: str(takst.lovgrundlag or ""), Art.TEKST, 24),
    Kolonne("Målgruppe", lambda takst: takst.maalgruppe, Art.TEKST, 44),
    Kolonne("Enhed", lambda takst: takst.get_enhed_display(), Art.TEKST, 10),
    Kolonne("Pladser, timer eller enheder", lambda takst: takst.kapacitet, Art.TAL, 16),
    Kolonne("Budgetteret belægning (%)", lambda takst: takst.belaegning_pct, Art.PCT, 14),
    Kolonne("Takst (kr.)", lambda takst: takst.takst, Art.KR, 14),
    Kolonne("Pr. måned (kr.)", lambda takst: takst.pr_maaned, Art.KR, 16),
    Kolonne("Pr. år (kr.)", lambda takst: takst.pr_aar, Art.KR, 16),
    Kolonne("Takst året før (kr.)", lambda takst: takst.forrige_takst, Art.KR, 16),
    Kolonne("Ændring i samme priser (%)", lambda takst: takst.aendring_pct, Art.PCT, 14),
    Kolonne("Afdeling", lambda takst: takst.afdeling, Art.TEKST, 24),
    Kolonne("Taksttype", lambda takst: takst.get_taksttype_display(), Art.TEKST, 24),
    Kolonne("Niveau", lambda takst: niveaunavn(takst), Art.TEKST, 26),
    Kolonne("Heraf fast del (kr.)", lambda takst: takst.fast_del, Art.KR, 16),
    Kolonne("Heraf borgerrettet del (kr.)", lambda takst: takst.borgerrettet_del, Art.KR, 16),
    Kolonne("Direkte støttetimer om ugen", lambda takst: takst.stoettetimer, Art.TAL, 16),
    Kolonne("Bemærkning", lambda takst: takst.bemaerkning, Art.TEKST, 50),
    Kolonne("Note", lambda takst: note(takst), Art.TEKST, 24),
)


def byg_excel(titel: str, takster: Iterable[Takst], *, noter: Iterable[str] = ()) -> bytes:
    return regneark.byg_ark(titel, KOLONNER, med_niveauer(takster), noter=list(noter))


def byg_csv(takster: Iterable[Takst]) -> bytes:
    return regneark.byg_csv(KOLONNER, med_niveauer(takster))
