"""Takstudvikling between two years: from published tariffs, or from averages that a source prints (T92, T93)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from takster.beregning.aendringsfordeling import Baand, Yderpunkter, fordel_paa_baand, stoerste_aendringer
from takster.beregning.regulering import ManglendeSats
from takster.beregning.takstudvikling import (
    Aarstakst,
    Gennemsnit,
    Parring,
    Priser,
    Samlet,
    Takstpar,
    Udeladt,
    dan_par,
    gennemsnit_pr_driftsherre,
    maengde,
    uden_en_ad_gangen,
    uvaegtet,
    vaegtet,
)
from takster.beregning.trin import Trin
from takster.models import PLsats, Takst, TryktUdvikling
from takster.takstmaerke import husk

ANTAL_YDERPUNKTER = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Driftsherrelinje:
    """One driftsherre in the comparison; percentages as shown, None where they are not known.

    `uden_pct` and `uden_vaegtet_pct` are the overall figures when this one is left out. `korrektion` tells what a
    source leaves out to get `korrigeret_pct`.
    """

    driftsherre: str
    antal_par: int | None
    pct: Decimal | None
    vaegtet_pct: Decimal | None = None
    nye: int | None = None
    udgaaede: int | None = None
    andre: int | None = None
    uden_pct: Decimal | None = None
    uden_vaegtet_pct: Decimal | None = None
    korrigeret_pct: Decimal | None = None
    korrektion: str = ""
    trin: tuple[Trin, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Udvikling:
    """The whole comparison as pages and files show it.

    `er_trykt`: only the averages are known, from `kilder`. `baand` counts pairs, or driftsherrer when it is printed.
    `fejl` tells why there is nothing to show.
    """

    fra_aar: int
    til_aar: int
    priser: Priser
    er_trykt: bool = False
    linjer: tuple[Driftsherrelinje, ...] = ()
    uvaegtet: Samlet | None = None
    vaegtet: Samlet | None = None
    baand: tuple[Baand, ...] = ()
    yderpunkter: Yderpunkter = Yderpunkter(stigninger=(), fald=())  # noqa: RUF009 - a frozen value
    antal_par: int = 0
    udeladte: tuple[tuple[Udeladt, int], ...] = ()
    er_eksempel: bool = False
    kilder: tuple[str, ...] = ()
    fejl: str = ""

    def uden(self, driftsherre: str) -> Driftsherrelinje | None:
        return next((linje for linje in self.linjer if linje.driftsherre == driftsherre), None)


def aarspar() -> list[tuple[int, int]]:
    """Every pair of years that can be compared, newest first; two queries."""
    aarene = sorted(Takst.objects.aarene())
    par = {(fra, til) for fra in aarene for til in aarene if fra < til}
    par |= set(TryktUdvikling.objects.order_by().values_list("fra_aar", "til_aar").distinct())
    return sorted(par, key=lambda et: (-et[1], -et[0]))


def hent_udvikling(fra_aar: int, til_aar: int, priser: Priser = Priser.GAMMELT_AAR) -> Udvikling:
    """The comparison; a printed one only where the tariffs of the years are not published here."""
    har_takster = {aar for aar in Takst.objects.aarene() if aar in (fra_aar, til_aar)}
    if len(har_takster) < 2:
        trykte = list(TryktUdvikling.objects.filter(fra_aar=fra_aar, til_aar=til_aar))
        if trykte:
            return _trykt(trykte, priser)
    return husk(
        f"udvikling:{fra_aar}:{til_aar}:{priser}",
        (fra_aar, til_aar),
        lambda: _beregn(fra_aar, til_aar, priser),
    )


def hent_parring(fra_aar: int, til_aar: int, priser: Priser) -> Parring:
    """Every pair and what was left out, for files; raises ManglendeSats."""
    satser = PLsats.objects.som_vaerdier()
    takster = {aar: _takster(aar) for aar in (fra_aar, til_aar)}
    return dan_par(takster[fra_aar], takster[til_aar], fra_aar=fra_aar, til_aar=til_aar, satser=satser, priser=priser)


def _takster(aar: int) -> list[Aarstakst]:
    raekker = (
        Takst.objects.gaeldende()
        .filter(aar=aar)
        .order_by("pk")
        .values_list(
            "ydelse",
            "driftsherre__kortnavn",
            "tilbud_navn",
            "ydelse_navn",
            "enhed",
            "takst",
            "kapacitet",
            "dage",
            "belaegning_pct",
        )
    )
    return [
        Aarstakst(
            noegle=str(ydelse),
            driftsherre=driftsherre,
            navn=f"{tilbud}, {navn}",
            enhed=enhed,
            takst=takst,
            vaegt=maengde(kapacitet, dage, belaegning),
        )
        for ydelse, driftsherre, tilbud, navn, enhed, takst, kapacitet, dage, belaegning in raekker
    ]


def _beregn(fra_aar: int, til_aar: int, priser: Priser) -> Udvikling:
    uden_tal = Udvikling(fra_aar=fra_aar, til_aar=til_aar, priser=priser)
    try:
        parring = hent_parring(fra_aar, til_aar, priser)
    except ManglendeSats as fejl:
        return Udvikling(fra_aar=fra_aar, til_aar=til_aar, priser=priser, fejl=f"{fejl.besked}.")
    if not parring.par and not parring.udeladte:
        return uden_tal
    gennemsnit = gennemsnit_pr_driftsherre(parring.par)
    grunde = Counter(udeladt.grund for udeladt in parring.udeladte)
    return Udvikling(
        fra_aar=fra_aar,
        til_aar=til_aar,
        priser=priser,
        linjer=_linjer(parring, gennemsnit),
        uvaegtet=uvaegtet(gennemsnit),
        vaegtet=vaegtet(parring.par),
        baand=fordel_paa_baand(et.pct for et in parring.par),
        yderpunkter=stoerste_aendringer(parring.par, antal=ANTAL_YDERPUNKTER),
        antal_par=len(parring.par),
        udeladte=tuple((grund, grunde[grund]) for grund in Udeladt if grunde[grund]),
        er_eksempel=Takst.objects.gaeldende().filter(aar__in=(fra_aar, til_aar), er_eksempel=True).exists(),
    )


def _linjer(parring: Parring, gennemsnit: Sequence[Gennemsnit]) -> tuple[Driftsherrelinje, ...]:
    """Every driftsherre with a pair, and then those whose tariffs all are new or gone."""
    antal = Counter((udeladt.takst.driftsherre, udeladt.grund) for udeladt in parring.udeladte)
    grupper: dict[str, list[Takstpar]] = {}
    for par in parring.par:
        grupper.setdefault(par.driftsherre, []).append(par)

    def udeladt(driftsherre: str) -> dict[str, int]:
        nye, udgaaede = antal[driftsherre, Udeladt.NY], antal[driftsherre, Udeladt.UDGAAET]
        i_alt = sum(antal[driftsherre, grund] for grund in Udeladt)
        return {"nye": nye, "udgaaede": udgaaede, "andre": i_alt - nye - udgaaede}

    linjer = [
        Driftsherrelinje(
            driftsherre=et.driftsherre,
            antal_par=et.antal_par,
            pct=et.pct,
            vaegtet_pct=_pct(vaegtet(grupper[et.driftsherre])),
            uden_pct=_pct(uden.uvaegtet),
            uden_vaegtet_pct=_pct(uden.vaegtet),
            trin=et.trin,
            **udeladt(et.driftsherre),
        )
        for et, uden in zip(gennemsnit, uden_en_ad_gangen(gennemsnit, parring.par), strict=True)
    ]
    uden_par = sorted({driftsherre for driftsherre, _ in antal} - set(grupper))
    return (
        *linjer,
        *(Driftsherrelinje(driftsherre=navn, antal_par=0, pct=None, **udeladt(navn)) for navn in uden_par),
    )


def _pct(samlet: Samlet | None) -> Decimal | None:
    return samlet.pct if samlet else None


def _trykt(trykte: Iterable[TryktUdvikling], priser: Priser) -> Udvikling:
    trykte = list(trykte)
    gennemsnit = [Gennemsnit.trykt(et.driftsherre, et.pct) for et in trykte]
    uden = {et.driftsherre: et.uvaegtet for et in uden_en_ad_gangen(gennemsnit)}
    return Udvikling(
        fra_aar=trykte[0].fra_aar,
        til_aar=trykte[0].til_aar,
        priser=priser,
        er_trykt=True,
        linjer=tuple(
            Driftsherrelinje(
                driftsherre=et.driftsherre,
                antal_par=None,
                pct=et.pct,
                uden_pct=_pct(uden[et.driftsherre]),
                korrigeret_pct=et.korrigeret_pct,
                korrektion=et.korrektion,
            )
            for et in trykte
        ),
        uvaegtet=uvaegtet(gennemsnit),
        baand=fordel_paa_baand(et.pct for et in trykte),
        kilder=tuple(dict.fromkeys(et.kilde for et in trykte)),
    )
