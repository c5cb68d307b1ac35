"""The takstudvikling as a workbook: driftsherrer, pairs, what was left out, and the rates; CSV of the pairs."""

from __future__ import annotations

from collections.abc import Sequence

from socialaftale.kerne import regneark
from socialaftale.kerne.regneark import Arkfane, Art, Kolonne
from takster.beregning.takstudvikling import UDELADT_TEKST, Parring
from takster.enums import Enhed
from takster.models import PLsats
from takster.udvikling import Udvikling


def _linjekolonner(udvikling: Udvikling) -> tuple[Kolonne, ...]:
    faelles = (
        Kolonne("Driftsherre", lambda linje: linje.driftsherre, bredde=30),
        Kolonne("Gennemsnitlig ændring (%)", lambda linje: linje.pct, Art.TAL, 16),
        Kolonne("Alle uden denne (%)", lambda linje: linje.uden_pct, Art.TAL, 16),
    )
    if udvikling.er_trykt:
        return (
            *faelles,
            Kolonne("Korrigeret ændring i kilden (%)", lambda linje: linje.korrigeret_pct, Art.TAL, 18),
            Kolonne("Korrektion", lambda linje: linje.korrektion, bredde=40),
        )
    return (
        *faelles,
        Kolonne("Vægtet ændring (%)", lambda linje: linje.vaegtet_pct, Art.TAL, 16),
        Kolonne("Alle uden denne, vægtet (%)", lambda linje: linje.uden_vaegtet_pct, Art.TAL, 16),
        Kolonne("Takster i begge år", lambda linje: linje.antal_par, Art.HELTAL, 12),
        Kolonne("Nye", lambda linje: linje.nye, Art.HELTAL, 10),
        Kolonne("Udgåede", lambda linje: linje.udgaaede, Art.HELTAL, 10),
        Kolonne("Andet udeladt", lambda linje: linje.andre, Art.HELTAL, 10),
    )


def _parkolonner(parring: Parring) -> tuple[Kolonne, ...]:
    return (
        Kolonne("Driftsherre", lambda par: par.driftsherre, bredde=26),
        Kolonne("Tilbud og ydelse", lambda par: par.navn, bredde=50),
        Kolonne(f"Takst {parring.fra_aar} (kr.)", lambda par: par.gammel, Art.KR, 16),
        Kolonne(f"Takst {parring.til_aar} (kr.)", lambda par: par.ny, Art.KR, 16),
        Kolonne(f"{parring.fra_aar} i samme priser (kr.)", lambda par: par.gammel_fast, Art.KR, 18),
        Kolonne(f"{parring.til_aar} i samme priser (kr.)", lambda par: par.ny_fast, Art.KR, 18),
        Kolonne("Ændring (%)", lambda par: par.pct, Art.TAL, 12),
        Kolonne("Mængde", lambda par: par.vaegt, Art.TAL, 14),
    )


_UDELADTE = (
    Kolonne("Driftsherre", lambda udeladt: udeladt.takst.driftsherre, bredde=26),
    Kolonne("Tilbud og ydelse", lambda udeladt: udeladt.takst.navn, bredde=50),
    Kolonne("Takst (kr.)", lambda udeladt: udeladt.takst.takst, Art.KR, 16),
    Kolonne("Enhed", lambda udeladt: Enhed(udeladt.takst.enhed).label, bredde=10),
    Kolonne("Hvorfor", lambda udeladt: UDELADT_TEKST[udeladt.grund], bredde=50),
)
_SATSER = (
    Kolonne("Fra år", lambda sats: sats.fra_aar, Art.AAR, 10),
    Kolonne("Til år", lambda sats: sats.til_aar, Art.AAR, 10),
    Kolonne("Sats (%)", lambda sats: sats.sats_pct, Art.TAL, 10),
    Kolonne("Kilde", lambda sats: sats.kilde, bredde=44),
    Kolonne("Udgave", lambda sats: sats.udgave, bredde=20),
    Kolonne("Version", lambda sats: sats.version, Art.HELTAL, 10),
    Kolonne("Note", lambda sats: "Eksempeltal" if sats.er_eksempel else "", bredde=14),
)


def byg_excel(udvikling: Udvikling, parring: Parring | None, satser: Sequence[PLsats], noter: Sequence[str]) -> bytes:
    """`parring` is None when only printed averages are known."""
    kolonner = _linjekolonner(udvikling)
    i_alt = ("Uvægtet gennemsnit", udvikling.uvaegtet and udvikling.uvaegtet.pct, None)
    if not udvikling.er_trykt:
        i_alt = (*i_alt, udvikling.vaegtet and udvikling.vaegtet.pct, None, udvikling.antal_par)
    i_alt = (*i_alt, *[None] * (len(kolonner) - len(i_alt)))
    titel = f"Takstudvikling {udvikling.fra_aar}-{udvikling.til_aar}"
    faner = [Arkfane(titel, kolonner, udvikling.linjer, noter, i_alt)]
    if parring is not None:
        faner += [
            Arkfane("Takster i begge år", _parkolonner(parring), parring.par, noter),
            Arkfane("Ikke med", _UDELADTE, parring.udeladte, noter),
            Arkfane("Pris- og lønsatser", _SATSER, satser, noter),
        ]
    return regneark.byg_bog(faner)


def byg_csv(udvikling: Udvikling, parring: Parring | None) -> bytes:
    if parring is None:
        return regneark.byg_csv(_linjekolonner(udvikling), udvikling.linjer)
    return regneark.byg_csv(_parkolonner(parring), parring.par)
