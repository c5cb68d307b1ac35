"""A buyer's budget as a workbook: one sheet per ydelse, one per tilbud; CSV of the ydelser."""

from __future__ import annotations

from collections.abc import Sequence

from socialaftale.kerne import regneark
from socialaftale.kerne.regneark import Arkfane, Art, Kolonne
from takster.budget import Budget
from takster.budgettabeller import I_ALT, kendt, note, raekkepct, sumpct


def _kolonner(aar: int) -> tuple[Kolonne, ...]:
    return (
        Kolonne("Tilbud", lambda raekke: raekke.koeb.tilbud, bredde=44),
        Kolonne("Ydelse", lambda raekke: raekke.koeb.navn, bredde=30),
        Kolonne(f"Mængde {aar - 1}", lambda raekke: raekke.koeb.maengde_nu, Art.TAL, 12),
        Kolonne(f"Mængde {aar}", lambda raekke: raekke.koeb.maengde_naeste, Art.TAL, 12),
        Kolonne(f"Takst {aar - 1} (kr.)", lambda raekke: raekke.pris_nu and raekke.pris_nu.takst, Art.KR, 14),
        Kolonne(f"Takst {aar} (kr.)", lambda raekke: raekke.pris_naeste and raekke.pris_naeste.takst, Art.KR, 14),
        Kolonne(f"Udgift {aar - 1} (kr.)", lambda raekke: raekke.udgift_nu, Art.KR, 18),
        Kolonne(f"Udgift {aar} (kr.)", lambda raekke: raekke.udgift_naeste, Art.KR, 18),
        Kolonne("Ændret pris (kr.)", lambda raekke: raekke.priseffekt, Art.KR, 18),
        Kolonne("Ændret mængde (kr.)", lambda raekke: raekke.maengdeeffekt, Art.KR, 18),
        Kolonne("Ændring (kr.)", lambda raekke: raekke.aendring, Art.KR, 18),
        Kolonne("Ændring (%)", raekkepct, Art.PCT, 12),
        Kolonne("Note", note, bredde=34),
    )


def _tilbudskolonner(aar: int) -> tuple[Kolonne, ...]:
    return (
        Kolonne("Tilbud", lambda tilbud: tilbud.tilbud, bredde=44),
        Kolonne(f"Udgift {aar - 1} (kr.)", lambda tilbud: kendt(tilbud, "udgift_nu"), Art.KR, 18),
        Kolonne(f"Udgift {aar} (kr.)", lambda tilbud: kendt(tilbud, "udgift_naeste"), Art.KR, 18),
        Kolonne("Ændret pris (kr.)", lambda tilbud: kendt(tilbud, "priseffekt"), Art.KR, 18),
        Kolonne("Ændret mængde (kr.)", lambda tilbud: kendt(tilbud, "maengdeeffekt"), Art.KR, 18),
        Kolonne("Ændring (kr.)", lambda tilbud: kendt(tilbud, "aendring"), Art.KR, 18),
        Kolonne("Ændring (%)", lambda tilbud: sumpct(tilbud.i_alt), Art.PCT, 12),
        Kolonne("Ydelser, der mangler", lambda tilbud: tilbud.i_alt.antal_ukendte, Art.HELTAL, 14),
    )


def byg_excel(budget: Budget, noter: Sequence[str]) -> bytes:
    i_alt = budget.i_alt
    effekter = (i_alt.priseffekt, i_alt.maengdeeffekt, i_alt.aendring, sumpct(i_alt))
    udgifter = (i_alt.sammenlignet_nu, i_alt.sammenlignet_naeste)
    return regneark.byg_bog(
        [
            Arkfane(
                f"Budget {budget.aar}",
                _kolonner(budget.aar),
                budget.raekker,
                noter,
                (I_ALT, None, None, None, None, None, *udgifter, *effekter, None),
            ),
            Arkfane(
                "Pr. tilbud",
                _tilbudskolonner(budget.aar),
                budget.tilbud,
                noter,
                (I_ALT, *udgifter, *effekter, i_alt.antal_ukendte),
            ),
        ]
    )


def byg_csv(budget: Budget) -> bytes:
    return regneark.byg_csv(_kolonner(budget.aar), budget.raekker)
