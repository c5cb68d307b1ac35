"""The whole check of a takstskema in the order of the rule book (section K), and the calculation beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from takster.beregning.forbehold import Forbehold, Ramme, kontroller_forbehold, kontroller_ramme
from takster.beregning.fund import Fund, kan_indsendes
from takster.beregning.koder import Enhed, Grad
from takster.beregning.koeberkontrol import kontroller_koebere
from takster.beregning.kontrol import Skemadata, beregn, beregn_aendring, kontroller, kontroller_aendring
from takster.beregning.regelsaet import Regler
from takster.beregning.regulering import ManglendeSats, Takstaendring, pl_faktor
from takster.beregning.takst import Takstresultat
from takster.beregning.trin import Beregningsfejl, Trin
from takster.beregning.typer import Typeresultat


@dataclass(frozen=True, slots=True)
class Kontroltrin:
    """One step of section K: its number, what a user calls it, and the rules it covers."""

    nr: int
    navn: str
    regler: frozenset[str]


KONTROLTRIN = (
    Kontroltrin(1, "Indberetningen er åben", frozenset({"T13"})),
    Kontroltrin(
        2,
        "Tilbuddet er omfattet af styringsaftalen",
        frozenset({"T1", "T2", "T3", "T4", "T5", "T9", "T10", "T32", "T33", "T34"}),
    ),
    Kontroltrin(3, "Pladser og kapacitet", frozenset({"T6", "T8", "T44", "T66"})),
    Kontroltrin(4, "Belægning", frozenset({"T17", "T18", "T19", "T20", "T21", "T61"})),
    Kontroltrin(5, "Dage", frozenset({"T14"})),
    Kontroltrin(6, "Omkostningslinjer", frozenset({"T15", "T16", "T36", "T37", "T38", "T42"})),
    Kontroltrin(7, "Det, der ikke må være med", frozenset({"T35", "T45", "T46", "T47", "T58", "T59"})),
    Kontroltrin(
        8, "Pension, afskrivning, rente og central administration", frozenset({"T51", "T52", "T53", "T54", "T55"})
    ),
    Kontroltrin(
        9, "Regulering vedr. tidligere år", frozenset({"T22", "T23", "T24", "T25", "T26", "T27", "T28", "T48"})
    ),
    Kontroltrin(10, "Takst og sammenligning med sidste år", frozenset({"T39", "T40", "T43", "T93"})),
    Kontroltrin(11, "Offentliggørelse", frozenset({"T7"})),
)
_NR = {regel: trin.nr for trin in KONTROLTRIN for regel in trin.regler}
# T14 is both the number of days (step 5) and the tariff itself (step 10).
# Findings on earlier years carry the rule the obligation is from, which may belong to occupancy (T61) or closure.
_EGET_TRIN = {
    "takst_kan_ikke_beregnes": 10,
    "regulering_for_tidligt": 9,
    "regulering_uden_for_resten": 9,
    "regulering_skal_med": 9,
    "regulering_for_sent": 9,
}


def trinnummer(fund: Fund) -> int:
    """The step of section K a finding belongs to."""
    return _EGET_TRIN.get(fund.kode) or _NR.get(fund.regel, len(KONTROLTRIN))


@dataclass(frozen=True, slots=True, kw_only=True)
class Skemaberegning:
    """Everything that follows from a takstskema: tariff or what it lacks, change, and findings in the order of K."""

    data: Skemadata
    takst: Takstresultat | None
    mangler: str = ""
    aendring: Takstaendring | None = None
    fund: Sequence[Fund] = field(default=())
    typer: Typeresultat | None = None

    @property
    def pris(self) -> Decimal | None:
        """The tariff, or the price of a supplement; None when it is missing or agreed for each citizen (T33)."""
        if self.takst:
            return self.takst.takst
        return self.typer.tillaeg.pris if self.typer and self.typer.tillaeg else None

    @property
    def beregningstrin(self) -> list[Trin]:
        """All steps from the lines to the tariff, its parts and the change."""
        trin: list[Trin] = []
        if self.takst or self.data.beloeb:
            trin += [*self.data.grundlagstrin(), *(self.takst.trin if self.takst else ())]
        if self.typer:
            trin += self.typer.trin
        if self.aendring:
            trin += self.aendring.trin
        return trin

    @property
    def kan_indsendes(self) -> bool:
        return kan_indsendes(self.fund)

    def af_grad(self, grad: Grad) -> list[Fund]:
        return [fund for fund in self.fund if fund.grad == grad]

    @property
    def fejl(self) -> list[Fund]:
        return self.af_grad(Grad.FEJL)

    @property
    def bemaerkninger(self) -> list[Fund]:
        """Findings that a remark would settle."""
        return self.af_grad(Grad.BEMAERKNING)

    @property
    def advarsler(self) -> list[Fund]:
        return self.af_grad(Grad.ADVARSEL)

    @property
    def godkendelser(self) -> list[Fund]:
        """Findings the secretariat must decide on when it approves."""
        return self.af_grad(Grad.GODKENDELSE)

    @property
    def trin(self) -> list[tuple[Kontroltrin, list[Fund]]]:
        """The steps of K, each with its findings, for a list that shows what was checked."""
        return [(trin, [fund for fund in self.fund if trinnummer(fund) == trin.nr]) for trin in KONTROLTRIN]


def beregn_skema(data: Skemadata, forbehold: Forbehold, ramme: Ramme, *, regler: Regler) -> Skemaberegning:
    """Calculate and check one takstskema; never raises for what a user can have entered."""
    data, fund = _uden_manglende_sats(data)
    takst, mangler = None, ""
    try:
        takst = beregn(data, regler=regler)
    except Beregningsfejl as fejl:
        mangler = fejl.besked
    fund += [
        *kontroller_ramme(ramme),
        *kontroller(data, regler=regler),
        *kontroller_forbehold(forbehold, data.beloeb, ramme, regler=regler),
    ]
    if data.enhed in set(Enhed):
        fund += kontroller_koebere(
            ramme.koebt,
            enhed=data.enhed,
            kapacitet=data.kapacitet,
            belaegning_pct=data.belaegning_pct,
            regler=regler,
        )
    return Skemaberegning(
        data=data,
        takst=takst,
        mangler=mangler,
        aendring=beregn_aendring(data, takst.takst) if takst else None,
        fund=tuple(sorted(fund, key=trinnummer)),
    )


def med_type(beregning: Skemaberegning, typer: Typeresultat) -> Skemaberegning:
    """The same with what the type of tariff adds to it (T32-T38)."""
    fund = sorted([*beregning.fund, *typer.fund], key=trinnummer)
    return replace(beregning, typer=typer, fund=tuple(fund))


def beregn_uden_grundlag(data: Skemadata, typer: Typeresultat, ramme: Ramme, *, regler: Regler) -> Skemaberegning:
    """T33, T35: a form without a budget: a supplement with its own price, or an individual tariff without any."""
    data, fund = _uden_manglende_sats(replace(data, beloeb={}))
    pris = typer.tillaeg.pris if typer.tillaeg else None
    fund += [*kontroller_ramme(ramme), *typer.fund]
    if pris is not None:
        fund += kontroller_aendring(data, pris, regler)
    return Skemaberegning(
        data=data,
        takst=None,
        mangler=typer.mangler,
        aendring=beregn_aendring(data, pris) if pris is not None else None,
        fund=tuple(sorted(fund, key=trinnummer)),
        typer=typer,
    )


def _uden_manglende_sats(data: Skemadata) -> tuple[Skemadata, list[Fund]]:
    """Leave last year's tariff out, with a finding, when there is no rate to put it in this year's prices with."""
    if data.sidste_aar is None or data.sidste_aar.takst is None:
        return data, []
    try:
        pl_faktor(data.sidste_aar.aar, data.aar, data.pl_satser)
    except ManglendeSats as fejl:
        tekst = f"{fejl.besked}. Taksten er ikke sammenlignet med sidste års"
        uden = replace(data, sidste_aar=replace(data.sidste_aar, takst=None))
        return uden, [Fund("pl_sats_mangler", "T93", Grad.ADVARSEL, "", tekst)]
    return data, []
