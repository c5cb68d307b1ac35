"""Agreed reductions against the published tariffs: targets from rows, and the proof per driftsherre (T91)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from takster.beregning import reduktionsmaal as beregning
from takster.beregning.reduktionsmaal import Aarskrav, Grundlagspost, Reduktionsbevis
from takster.beregning.regulering import ManglendeSats, PlSats
from takster.models import PLsats, Reduktionsmaal, Takst
from takster.takstmaerke import husk


@dataclass(frozen=True, slots=True, kw_only=True)
class Maal:
    """One target, for a driftsherre or for all, with its rows and the proof for one year.

    `bevis` is empty when no tariff of either year is published; `fejl` tells of a missing rate.
    """

    driftsherre: str
    raekker: tuple[Reduktionsmaal, ...]
    aar: int
    bevis: tuple[Reduktionsbevis, ...] = ()
    fejl: str = ""
    # Some of the tariffs of the proof are invented.
    med_eksempler: bool = False

    @property
    def basisaar(self) -> int:
        return self.raekker[0].basisaar

    @property
    def beregning(self) -> beregning.Reduktionsmaal:
        krav = (
            Aarskrav(aar=raekke.aar, takst_pct=raekke.takst_pct, dialog_pct=raekke.dialog_pct)
            for raekke in self.raekker
        )
        return beregning.Reduktionsmaal(basisaar=self.basisaar, krav=tuple(krav))

    @property
    def er_eksempel(self) -> bool:
        return self.med_eksempler or any(raekke.er_eksempel for raekke in self.raekker)

    @property
    def naaet(self) -> int:
        return sum(bool(et.er_naaet) for et in self.bevis)


def hent_maal() -> list[Maal]:
    """All targets, newest first, each proven for its last year that has tariffs; six queries at any size.

    The proof is kept as long as it rests on the same tariffs and targets.
    """
    grupper: dict[tuple[int, str], list[Reduktionsmaal]] = {}
    for raekke in Reduktionsmaal.objects.select_related("driftsherre"):
        navn = raekke.driftsherre.kortnavn if raekke.driftsherre else ""
        grupper.setdefault((raekke.basisaar, navn), []).append(raekke)
    med_takster = set(Takst.objects.aarene())
    maal = [
        Maal(
            driftsherre=navn,
            raekker=tuple(raekker),
            aar=max((raekke.aar for raekke in raekker if raekke.aar in med_takster), default=raekker[-1].aar),
        )
        for (_, navn), raekker in sorted(grupper.items(), key=lambda par: (-par[0][0], par[0][1]))
    ]
    beviselige = [et for et in maal if {et.basisaar, et.aar} <= med_takster]
    if not beviselige:
        return maal
    krav = hashlib.sha256(repr([(et.driftsherre, et.beregning) for et in maal]).encode()).hexdigest()[:16]
    aarene = {aar for et in beviselige for aar in (et.basisaar, et.aar)}
    fundne = husk(f"reduktion:{krav}", aarene, lambda: _beviser(beviselige, aarene, set(grupper)))
    eksempler = Takst.objects.gaeldende().filter(aar__in=sorted(aarene), er_eksempel=True)
    eksempelaar = set(eksempler.order_by().values_list("aar", flat=True).distinct())
    uden = ((), "")
    return [
        replace(et, bevis=bevis, fejl=fejl, med_eksempler=not eksempelaar.isdisjoint((et.basisaar, et.aar)))
        for et in maal
        for bevis, fejl in [fundne.get((et.basisaar, et.driftsherre), uden)]
    ]


def _beviser(
    maal: list[Maal], aarene: set[int], egne: set[tuple[int, str]]
) -> dict[tuple[int, str], tuple[tuple[Reduktionsbevis, ...], str]]:
    """Proofs, or what stops them, by base year and driftsherre; `egne` are the targets there are."""
    poster, satser = _poster(aarene), PLsats.objects.som_vaerdier()
    fundne = {}
    for et in maal:
        omfattede = [
            post
            for post in poster
            if (post.driftsherre == et.driftsherre if et.driftsherre else (et.basisaar, post.driftsherre) not in egne)
        ]
        fundne[et.basisaar, et.driftsherre] = _bevis(et, omfattede, satser)
    return fundne


def _poster(aarene: Iterable[int]) -> list[Grundlagspost]:
    """The grundlag of each tilbud and driftsherre in the years, summed over its tariffs."""
    summer: dict[tuple[str, int, int], Grundlagspost] = {}
    takster = Takst.objects.gaeldende().filter(aar__in=sorted(aarene))
    for driftsherre, tilbud, navn, aar, grundlag in takster.order_by("pk").values_list(
        "driftsherre__kortnavn", "tilbud", "tilbud_navn", "aar", "grundlag"
    ):
        noegle = (driftsherre, tilbud, aar)
        foer = summer[noegle].grundlag if noegle in summer else 0
        summer[noegle] = Grundlagspost(
            driftsherre=driftsherre, noegle=str(tilbud), navn=navn, aar=aar, grundlag=grundlag + foer
        )
    return list(summer.values())


def _bevis(
    maal: Maal, poster: list[Grundlagspost], satser: tuple[PlSats, ...]
) -> tuple[tuple[Reduktionsbevis, ...], str]:
    try:
        return beregning.bevis_pr_driftsherre(poster, maal.beregning, aar=maal.aar, satser=satser), ""
    except ManglendeSats as fejl:
        return (), f"{fejl.besked}."
