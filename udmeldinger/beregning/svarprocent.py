"""The response rate as the reports print it: full answers, and with the qualitative ones without citizens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from socialaftale.kerne.penge import afrund_kvotient


class Svarart(StrEnum):
    """What kind of answer came."""

    FULD = "fuld"
    KVALITATIV = "kvalitativ"
    IKKE_SVARET = "ikke_svaret"
    # Withdrawn with a reason: asked and counted in the total, but not expected to answer.
    FRITAGET = "fritaget"


NAVNE = {
    Svarart.FULD: "Fuld besvarelse",
    Svarart.KVALITATIV: "Kvalitativ uden borgere",
    Svarart.IKKE_SVARET: "Ikke svaret",
    Svarart.FRITAGET: "Fritaget",
}


@dataclass(frozen=True, slots=True)
class Svaropgoerelse:
    """Names by kind, in the order given."""

    navne: dict[Svarart, list[str]]

    @property
    def i_alt(self) -> int:
        return sum(map(len, self.navne.values()))

    @property
    def fulde(self) -> int:
        return len(self.navne[Svarart.FULD])

    @property
    def med_kvalitative(self) -> int:
        return self.fulde + len(self.navne[Svarart.KVALITATIV])

    @property
    def pct_fulde(self) -> int | None:
        """Whole percent, rounded half up; None when nobody was asked."""
        return _pct(self.fulde, self.i_alt)

    @property
    def pct_med_kvalitative(self) -> int | None:
        """Whole percent with the qualitative answers, rounded half up; None when nobody was asked."""
        return _pct(self.med_kvalitative, self.i_alt)


def _pct(antal: int, i_alt: int) -> int | None:
    return int(afrund_kvotient(antal * 100, i_alt, 0)) if i_alt else None


def svarart(*, besvaret: bool, ingen_borgere: bool, fritaget: bool = False) -> Svarart:
    """An answer that is signed is full, or qualitative when there are no citizens; what is not signed is none."""
    if fritaget:
        return Svarart.FRITAGET
    if not besvaret:
        return Svarart.IKKE_SVARET
    return Svarart.KVALITATIV if ingen_borgere else Svarart.FULD


def opgoer(svar: Iterable[tuple[str, Svarart]]) -> Svaropgoerelse:
    """Count answers by kind with the names of those who gave them.

    Source: the survey of 2023 ("7 of 11 = 64 %, with qualitative answers 9 of 11 = 82 %").
    """
    navne: dict[Svarart, list[str]] = {art: [] for art in Svarart}
    for navn, art in svar:
        navne[art].append(navn)
    return Svaropgoerelse(navne)
