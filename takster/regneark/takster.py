"""Columns of the published tariffs, for the list and for the takstbilag."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from socialaftale.kerne import regneark
from socialaftale.kerne.penge import afrund, afrund_kvotient
from socialaftale.kerne.regneark import Art, Kolonne
from takster.models import Takst, Takstniveaupris
from tilbud.enums import Taksttype

# T33: what stands where there is no price.
INDIVIDUEL = "Beregnes individuelt"
GENNEMSNIT = "I gennemsnit"
MAANEDER = 12

KOLONNER = (
    Kolonne("År", lambda takst: takst.aar, Art.AAR, 8),
    Kolonne("Driftsherre", lambda takst: takst.driftsherre.navn, Art.TEKST, 26),
    Kolonne("Tilbud", lambda takst: takst.tilbud_navn, Art.TEKST, 38),
    Kolonne("Ydelse", lambda takst: takst.ydelse_navn, Art.TEKST, 30),
    Kolonne("Ligger i", lambda takst: takst.kommune.navn if takst.kommune else "", Art.TEKST, 24),
    Kolonne("Lovgrundlag", lambda takst: str(takst.lovgrundlag or ""), Art.TEKST, 24),
    Kolonne("Målgruppe", lambda takst: takst.maalgruppe, Art.TEKST, 44),
    Kolonne("Afdeling", lambda takst: takst.afdeling, Art.TEKST, 24),
    Kolonne("Taksttype", lambda takst: takst.get_taksttype_display(), Art.TEKST, 24),
    Kolonne("Niveau", lambda takst: niveaunavn(takst), Art.TEKST, 26),
    Kolonne("Enhed", lambda takst: takst.get_enhed_display(), Art.TEKST, 10),
    Kolonne("Pladser, timer eller enheder", lambda takst: takst.kapacitet, Art.TAL, 16),
    Kolonne("Budgetteret belægning (%)", lambda takst: takst.belaegning_pct, Art.PCT, 14),
    Kolonne("Takst (kr.)", lambda takst: takst.takst, Art.KR, 14),
    Kolonne("Heraf fast del (kr.)", lambda takst: takst.fast_del, Art.KR, 16),
    Kolonne("Heraf borgerrettet del (kr.)", lambda takst: takst.borgerrettet_del, Art.KR, 16),
    Kolonne("Direkte støttetimer om ugen", lambda takst: takst.stoettetimer, Art.TAL, 16),
    Kolonne("Pr. måned (kr.)", lambda takst: takst.pr_maaned, Art.KR, 16),
    Kolonne("Pr. år (kr.)", lambda takst: takst.pr_aar, Art.KR, 16),
    Kolonne("Takst året før (kr.)", lambda takst: takst.forrige_takst, Art.KR, 16),
    Kolonne("Ændring i samme priser (%)", lambda takst: takst.aendring_pct, Art.PCT, 14),
    Kolonne("Bemærkning", lambda takst: takst.bemaerkning, Art.TEKST, 50),
    Kolonne("Note", lambda takst: note(takst), Art.TEKST, 24),
)


class Niveauraekke:
    """T37: a level of a differentiated tariff as a row of its own; what it does not say is the tariff's."""

    def __init__(self, takst: Takst, niveau: Takstniveaupris) -> None:
        self._takst = takst
        self.niveaunavn = f"Niveau {niveau.nr}: {niveau.navn}"
        self.kapacitet, self.stoettetimer = niveau.pladser, niveau.stoettetimer
        self.takst, self.borgerrettet_del = niveau.i_alt, niveau.pris
        self.pr_aar = afrund(niveau.i_alt * takst.dage) if takst.dage else None
        self.pr_maaned = afrund_kvotient(self.pr_aar, MAANEDER) if self.pr_aar is not None else None
        # A level has no history of its own.
        self.forrige_takst = self.aendring_pct = None

    def __getattr__(self, navn: str) -> Any:
        return getattr(self._takst, navn)


def med_niveauer(takster: Iterable[Takst]) -> Iterator[Takst | Niveauraekke]:
    """Every tariff, and under a differentiated one its levels; uses prefetched levels."""
    for takst in takster:
        yield takst
        if takst.taksttype == Taksttype.DIFFERENTIERET:
            for niveau in takst.niveauer.all():
                yield Niveauraekke(takst, niveau)


def niveaunavn(raekke: Takst | Niveauraekke) -> str:
    """Which level a row is; a differentiated tariff itself is the mean of them."""
    if isinstance(raekke, Niveauraekke):
        return raekke.niveaunavn
    return GENNEMSNIT if raekke.taksttype == Taksttype.DIFFERENTIERET else ""


def note(takst: Takst | Niveauraekke) -> str:
    """What a reader must know of the figure: without a price, invented, or computed from an annual report."""
    noter = [INDIVIDUEL] if takst.taksttype == Taksttype.INDIVIDUEL else []
    if takst.er_eksempel:
        noter.append("Eksempeltal")
    elif takst.oprindelse != "indberetning":
        noter.append(takst.get_oprindelse_display())
    return ". ".join(noter)


def byg_excel(titel: str, takster: Iterable[Takst], *, noter: Iterable[str] = ()) -> bytes:
    return regneark.byg_ark(titel, KOLONNER, med_niveauer(takster), noter=list(noter))


def byg_csv(takster: Iterable[Takst]) -> bytes:
    return regneark.byg_csv(KOLONNER, med_niveauer(takster))
