"""The levels of a differentiated tariff: their prices follow from direct support hours (T36, T37)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from socialaftale.kerne.penge import afrund, afrund_kvotient, i_alt
from socialaftale.kerne.talformat import skriv_beloeb, skriv_kr, skriv_tal
from takster.beregning.forhandling import Takstopdeling
from takster.beregning.fund import Fund
from takster.beregning.koder import Grad
from takster.beregning.takst import Takstresultat
from takster.beregning.trin import Beregningsfejl, Trin

# A staircase has at least two steps.
_MINDST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Niveau:
    """One step: places (hours or units where the tariff counts those) and direct support hours a week per citizen.

    None is "nothing entered".
    """

    nr: int
    navn: str
    beskrivelse: str = ""
    pladser: Decimal | None = None
    stoettetimer: Decimal | None = None

    def felt(self, kolonne: str) -> str:
        return f"niveau_{self.nr}_{kolonne}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Niveaupris:
    """`pris` is the level's own part per unit, `i_alt` with the grundtakst: what a buyer pays."""

    niveau: Niveau
    pris: Decimal
    i_alt: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Niveauberegning:
    """All levels, and the proof that they bring in the citizen-directed part at the budgeted occupancy.

    `forskel` is what the rounding of the prices brings in too much (or too little, below 0).
    """

    grundtakst: Decimal
    priser: tuple[Niveaupris, ...]
    borgerrettet: Decimal
    indtaegt: Decimal
    forskel: Decimal
    stoettetimer: Decimal
    trin: tuple[Trin, ...]


def middel_stoettetimer(niveauer: Sequence[Niveau]) -> Decimal | None:
    """T38: direct support hours a week per place, over all levels; None while a figure is missing."""
    if not niveauer or any(niveau.pladser is None or niveau.stoettetimer is None for niveau in niveauer):
        return None
    pladser = i_alt(niveau.pladser for niveau in niveauer)
    return afrund_kvotient(i_alt(n.pladser * n.stoettetimer for n in niveauer), pladser) if pladser else None


def beregn_niveauer(opdeling: Takstopdeling, takst: Takstresultat, niveauer: Sequence[Niveau]) -> Niveauberegning:
    """The citizen-directed part shared by direct support hours, per unit sold; each price rounded once.

    price = citizen-directed part × hours × capacity / (Σ places × hours, times the expected sale). Raises
    Beregningsfejl with the box to fill in.
    """
    if not niveauer:
        raise Beregningsfejl("Udfyld niveauerne", felt="niveau_1_navn")
    for niveau in niveauer:
        if niveau.pladser is None:
            raise Beregningsfejl(f"Indtast pladser for niveau {niveau.nr}", felt=niveau.felt("pladser"))
        if niveau.stoettetimer is None:
            raise Beregningsfejl(
                f"Indtast direkte støttetimer om ugen for niveau {niveau.nr}", felt=niveau.felt("stoettetimer")
            )
    timer = i_alt(niveau.pladser * niveau.stoettetimer for niveau in niveauer)
    if not timer:
        raise Beregningsfejl("Mindst ét niveau skal have støttetimer", felt=niveauer[0].felt("stoettetimer"))
    naevner = timer * takst.enheder
    priser = []
    for niveau in niveauer:
        pris = afrund_kvotient(opdeling.borgerrettet * niveau.stoettetimer * takst.kapacitet, naevner)
        priser.append(Niveaupris(niveau=niveau, pris=pris, i_alt=opdeling.fast_pr_enhed + pris))
    solgt = i_alt(pris.niveau.pladser * pris.pris for pris in priser)
    indtaegt = afrund_kvotient(solgt * takst.enheder, takst.kapacitet)
    beregning = {
        "grundtakst": opdeling.fast_pr_enhed,
        "priser": tuple(priser),
        "borgerrettet": opdeling.borgerrettet,
        "indtaegt": indtaegt,
        "forskel": afrund(indtaegt - opdeling.borgerrettet),
        "stoettetimer": middel_stoettetimer(niveauer),
    }
    return Niveauberegning(**beregning, trin=_trin(beregning, takst, timer))


def _trin(beregning: dict, takst: Takstresultat, timer: Decimal) -> tuple[Trin, ...]:
    solgt_pr_plads = f"{skriv_tal(takst.enheder, 4)} / {skriv_tal(takst.kapacitet)}"
    borgerrettet = skriv_beloeb(beregning["borgerrettet"])
    trin = [
        Trin(
            navn="Støttetimer i alt om ugen",
            formel="Summen af pladser × direkte støttetimer",
            indsat=" + ".join(
                f"{skriv_tal(pris.niveau.pladser)} × {skriv_tal(pris.niveau.stoettetimer)}"
                for pris in beregning["priser"]
            ),
            resultat=skriv_tal(timer),
            regel="T37",
        )
    ]
    trin += [
        Trin(
            navn=f"Niveau {pris.niveau.nr}, {pris.niveau.navn}",
            formel="Borgerrettet del × niveauets støttetimer / støttetimer i alt / solgte enheder pr. plads, afrundet",
            indsat=f"{borgerrettet} × {skriv_tal(pris.niveau.stoettetimer)} / {skriv_tal(timer)} / ({solgt_pr_plads})",
            resultat=skriv_kr(pris.pris),
            regel="T37",
        )
        for pris in beregning["priser"]
    ]
    trin.append(
        Trin(
            navn="Niveauerne indbringer",
            formel="Summen af pladser × pris × solgte enheder pr. plads. Forskellen til den borgerrettede del er "
            "afrunding",
            indsat=f"{skriv_beloeb(beregning['indtaegt'])} − {borgerrettet} = {skriv_beloeb(beregning['forskel'])}",
            resultat=skriv_kr(beregning["indtaegt"]),
            regel="T36",
        )
    )
    return tuple(trin)


def kontroller_niveauer(niveauer: Sequence[Niveau], kapacitet: Decimal | None) -> list[Fund]:
    """T37: every step is filled in, there are at least two, and together they are the capacity of the tariff."""
    fund = []
    if len(niveauer) < _MINDST:
        tekst = "En differentieret takst har mindst to niveauer. Tilføj et niveau, eller vælg en anden taksttype"
        fund.append(Fund("for_faa_niveauer", "T37", Grad.FEJL, f"niveau_{len(niveauer) + 1}_navn", tekst))
    for niveau in niveauer:
        for kolonne, navn in (("navn", "navn"), ("pladser", "pladser"), ("stoettetimer", "direkte støttetimer")):
            if getattr(niveau, kolonne) in (None, ""):
                tekst = f"Udfyld {navn} for niveau {niveau.nr}"
                fund.append(Fund(f"niveau_{kolonne}_mangler", "T37", Grad.FEJL, niveau.felt(kolonne), tekst))
    kendte = [niveau.pladser for niveau in niveauer if niveau.pladser is not None]
    if kapacitet is not None and len(kendte) == len(niveauer) and niveauer and i_alt(kendte) != kapacitet:
        tekst = (
            f"Niveauerne har tilsammen {skriv_tal(i_alt(kendte))}, men taksten bygger på {skriv_tal(kapacitet)}. "
            "Ret fordelingen, så tallene er ens."
        )
        fund.append(Fund("niveauer_og_kapacitet", "T37", Grad.FEJL, niveauer[0].felt("pladser"), tekst))
    return fund
