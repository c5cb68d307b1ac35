"""Cost places, distribution keys, and the checks of them (T56-T58); `stedfordeling` distributes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from socialaftale.kerne.penge import i_alt
from socialaftale.kerne.talformat import skriv_kr, skriv_tal
from takster.beregning.fund import Fund
from takster.beregning.koder import Grad, Noeglegrundlag, Stedtype
from takster.beregning.poster import POST_EFTER_KODE

# Kroner by place and cost line.
Stedbeloeb = Mapping[str, Mapping[str, Decimal]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Omkostningssted:
    """A place costs are booked on.

    `ydelse` is the hovedydelse of a final place. `er_myndighed` marks a place that does authority tasks,
    `betjener_myndighed` a shared function (management, payroll, canteen, buildings) that also serves such tasks.
    """

    kode: str
    navn: str
    type: Stedtype
    ydelse: str = ""
    er_myndighed: bool = False
    betjener_myndighed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bogfoert:
    """Costs booked on a place and a cost line, in kroner with at most two decimals; income is negative."""

    sted: str
    post: str
    beloeb: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Fordelingsnoegle:
    """T57: what each receiving place has of the measure. Given shares (ANDEL) are fractions and add up to 1."""

    kode: str
    navn: str
    grundlag: Noeglegrundlag
    maengder: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fordelingsregel:
    """The key a temporary place distributes one cost line by; with an empty `post`, all lines without a rule."""

    fra: str
    noegle: str
    post: str = ""


def naaede(fra: str, kanter: Mapping[str, set[str]]) -> set[str]:
    """Every place costs of `fra` may come to, itself included only when they come back."""
    naaet: set[str] = set()
    naeste = list(kanter.get(fra, ()))
    while naeste:
        kode = naeste.pop()
        if kode not in naaet:
            naaet.add(kode)
            naeste += kanter.get(kode, ())
    return naaet


def kontroller_poster(saldi: Stedbeloeb) -> list[Fund]:
    """Costs are booked on the lines of the takstskema."""
    return [
        Fund("ukendt_post", "T56", Grad.FEJL, sted, f"{post} er ikke en linje i takstskemaet")
        for sted in sorted(saldi)
        for post in sorted(set(saldi[sted]) - set(POST_EFTER_KODE))
    ]


def kontroller_ydelser(steder: Mapping[str, Omkostningssted]) -> list[Fund]:
    """T56: exactly one final cost place per hovedydelse."""
    fund = []
    pr_ydelse: dict[str, Omkostningssted] = {}
    for sted in steder.values():
        if sted.type != Stedtype.ENDELIG:
            continue
        if not sted.ydelse:
            tekst = f"Vælg, hvilken hovedydelse det endelige omkostningssted {sted.navn} hører til"
            fund.append(Fund("ydelse_mangler", "T56", Grad.FEJL, sted.kode, tekst))
        elif sted.ydelse in pr_ydelse:
            tekst = (
                f"{sted.navn} og {pr_ydelse[sted.ydelse].navn} hører til samme hovedydelse. "
                "Der skal være ét endeligt omkostningssted pr. hovedydelse."
            )
            fund.append(Fund("ydelse_gentaget", "T56", Grad.FEJL, sted.kode, tekst))
        else:
            pr_ydelse[sted.ydelse] = sted
    return fund


def kontroller_noegle(noegle: Fordelingsnoegle, steder: Mapping[str, Omkostningssted]) -> list[Fund]:
    """T57: a known measure, known places, no negative share, and shares that add up to 1."""

    def fejl(kode: str, tekst: str) -> Fund:
        return Fund(kode, "T57", Grad.FEJL, noegle.kode, tekst)

    fund = []
    if noegle.grundlag not in set(Noeglegrundlag):
        fund.append(fejl("noegle_uden_grundlag", f"Vælg, hvad nøglen {noegle.navn} bygger på"))
    if ukendte := sorted(set(noegle.maengder) - set(steder)):
        tekst = f"Nøglen {noegle.navn} fordeler til steder, der ikke findes: {', '.join(ukendte)}"
        fund.append(fejl("noegle_til_ukendt_sted", tekst))
    if any(maengde < 0 for maengde in noegle.maengder.values()):
        fund.append(fejl("noegle_negativ", f"Nøglen {noegle.navn} har en negativ andel. Skriv 0 eller mere."))
    sum_ = i_alt(noegle.maengder.values())
    if noegle.grundlag == Noeglegrundlag.ANDEL:
        if sum_ != 1:
            tekst = f"Andelene i nøglen {noegle.navn} giver {skriv_tal(sum_, 6)}, men skal give 1"
            fund.append(fejl("noegle_giver_ikke_een", tekst))
    elif not sum_:
        fund.append(fejl("noegle_tom", f"Indtast, hvad nøglen {noegle.navn} fordeler efter"))
    return fund


def kontroller_regler(
    valgte: Mapping[tuple[str, str], str],
    steder: Mapping[str, Omkostningssted],
    noegler: Mapping[str, Fordelingsnoegle],
) -> list[Fund]:
    fund = []
    for (fra, _post), noegle in sorted(valgte.items()):
        sted = steder.get(fra)
        if sted is None or sted.type != Stedtype.MIDLERTIDIG:
            tekst = f"Kun et midlertidigt omkostningssted kan fordeles. {sted.navn if sted else fra} er det ikke."
            fund.append(Fund("fordeling_af_andet", "T56", Grad.FEJL, fra, tekst))
        elif noegle not in noegler:
            tekst = f"{sted.navn} fordeles med en nøgle, der ikke findes: {noegle}"
            fund.append(Fund("noegle_findes_ikke", "T57", Grad.FEJL, fra, tekst))
    return fund


def kontroller_rest(rest: Stedbeloeb, steder: Mapping[str, Omkostningssted]) -> list[Fund]:
    """T56: nothing is left, line by line, so that opposite amounts do not hide each other."""
    fund = []
    for kode, poster in rest.items():
        i_alt_ = skriv_kr(i_alt(poster.values()))
        if kode not in steder:
            tekst = f"Der er bogført {i_alt_} på {kode}, som ikke er et omkostningssted. Opret det, eller ret koden."
            fund.append(Fund("ukendt_sted", "T56", Grad.FEJL, kode, tekst))
        else:
            tekst = (
                f"{steder[kode].navn} er midlertidigt og har {i_alt_} tilbage på {', '.join(poster)}. "
                "Vælg en fordelingsnøgle."
            )
            fund.append(Fund("rest_paa_midlertidigt_sted", "T56", Grad.FEJL, kode, tekst))
    return fund


def kontroller_myndighed(
    steder: Mapping[str, Omkostningssted], endelige: Collection[str], kanter: Mapping[str, set[str]]
) -> list[Fund]:
    """T58: authority tasks come to external places, and shared functions give those their indirect share."""
    fund = []
    for kode, sted in steder.items():
        fundne = naaede(kode, kanter)
        typer = {steder[naaet].type for naaet in fundne if naaet in steder}
        if sted.er_myndighed and (kode in endelige or Stedtype.ENDELIG in typer):
            tekst = (
                f"{sted.navn} løser myndighedsopgaver, men udgifterne ender i en takst. Flyt dem til et eksternt sted."
            )
            fund.append(Fund("myndighed_i_taksten", "T58", Grad.ADVARSEL, kode, tekst))
        elif sted.betjener_myndighed and fundne and Stedtype.EKSTERN not in typer:
            tekst = (
                f"{sted.navn} arbejder også for myndighedsopgaver. Giv et eksternt sted en andel, så den indirekte "
                "udgift holdes ude af taksten."
            )
            fund.append(Fund("indirekte_andel_mangler", "T58", Grad.ADVARSEL, kode, tekst))
    return fund
