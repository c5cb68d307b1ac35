"""The proofs of the agreed reductions as a workbook: per driftsherre, and the tilbud behind."""

from __future__ import annotations

from collections.abc import Sequence

from socialaftale.kerne import regneark
from socialaftale.kerne.regneark import Arkfane, Art, Kolonne
from takster.beregning.reduktionsmaal import Bevisraekke, Reduktionsbevis
from takster.reduktionsbevis import Maal

_NAAET = {True: "Ja", False: "Nej", None: ""}
KOLONNER = (
    Kolonne("Driftsherre", lambda bevis: bevis.driftsherre, bredde=28),
    Kolonne("Basisår", lambda bevis: bevis.basisaar, Art.AAR, 10),
    Kolonne("År", lambda bevis: bevis.aar, Art.AAR, 10),
    Kolonne("Grundlag i basisåret (kr.)", lambda bevis: bevis.basis, Art.KR, 20),
    Kolonne("Grundlag i året, basisårets priser (kr.)", lambda bevis: bevis.faste_priser, Art.KR, 22),
    Kolonne("Reduktion (%)", lambda bevis: bevis.reduktion_pct, Art.TAL, 12),
    Kolonne("Mål (%)", lambda bevis: bevis.maal_pct, Art.TAL, 10),
    Kolonne("Nået", lambda bevis: _NAAET[bevis.er_naaet], bredde=8),
    Kolonne("Mangler (kr.)", lambda bevis: bevis.mangler, Art.KR, 18),
)


def _tilbudskolonner() -> tuple[Kolonne, ...]:
    def af(navn: str):
        return lambda par: getattr(par[1], navn)

    return (
        Kolonne("Driftsherre", lambda par: par[0].driftsherre, bredde=28),
        Kolonne("Tilbud", af("navn"), bredde=44),
        Kolonne("Basisår", lambda par: par[0].basisaar, Art.AAR, 10),
        Kolonne("År", lambda par: par[0].aar, Art.AAR, 10),
        Kolonne("Grundlag i basisåret (kr.)", af("basis"), Art.KR, 20),
        Kolonne("Grundlag i året (kr.)", af("loebende"), Art.KR, 20),
        Kolonne("Grundlag i året, basisårets priser (kr.)", af("faste_priser"), Art.KR, 22),
    )


def _beviser(maal: Sequence[Maal]) -> list[Reduktionsbevis]:
    return [bevis for et in maal for bevis in et.bevis]


def byg_excel(maal: Sequence[Maal], noter: Sequence[str]) -> bytes:
    beviser = _beviser(maal)
    tilbud: list[tuple[Reduktionsbevis, Bevisraekke]] = [
        (bevis, raekke) for bevis in beviser for raekke in bevis.raekker
    ]
    return regneark.byg_bog(
        [
            Arkfane("Reduktionsmål", KOLONNER, beviser, noter),
            Arkfane("Tilbud", _tilbudskolonner(), tilbud, noter),
        ]
    )


def byg_csv(maal: Sequence[Maal]) -> bytes:
    return regneark.byg_csv(KOLONNER, _beviser(maal))
