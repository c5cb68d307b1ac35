"""The five types of tariff and how they belong together in a tilbud (T32-T37, T40)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from socialaftale.kerne.penge import i_alt
from socialaftale.kerne.talformat import HAARDT_MELLEMRUM, skriv_beloeb, skriv_kr, skriv_tal
from takster.beregning.fund import Fund
from takster.beregning.koder import Grad, Taksttype, Tillaegsmetode
from takster.beregning.regelsaet import Regler
from takster.beregning.trin import Beregningsfejl, Trin

_I_TRAPPEN = frozenset({Taksttype.GRUND, Taksttype.DIFFERENTIERET})
# T38: the types that contain direct support. A basic tariff is the fixed part, and the others are agreed or extra.
MED_STOETTE = frozenset({Taksttype.GENNEMSNIT, Taksttype.DIFFERENTIERET})


@dataclass(frozen=True, slots=True, kw_only=True)
class Takstydelse:
    """One ydelse with its type of tariff; None is "nothing entered".

    `afdeling` is the unit of the tilbud, `maalgruppe` the target group. `pris` is kroner per unit; that of a
    supplement may be negative. `niveau` is the step of a differentiated tariff, `metode` and `foelge_pct` (percent of
    the marginal cost) are those of a supplement. `beloeb_i_grundlag` is what a supplement has in the
    takstberegningsgrundlag, costs or income, in kroner. `er_borgerafhaengig` is set when the price differs between
    citizens.
    """

    noegle: str
    navn: str
    afdeling: str
    maalgruppe: str
    taksttype: str
    beskrivelse: str = ""
    pris: Decimal | None = None
    niveau: int | None = None
    metode: str = ""
    foelge_pct: Decimal | None = None
    beloeb_i_grundlag: Decimal = Decimal(0)
    er_borgerafhaengig: bool = False


def kontroller_taksttyper(
    ydelser: Iterable[Takstydelse], *, regler: Regler, kraevede: Collection[tuple[str, str]] = ()
) -> list[Fund]:
    """T32-T37, T40: the findings of all the ydelser of one tilbud, each with the `noegle` of the ydelse as its field.

    `kraevede` are the pairs of target group and unit that need an average tariff, because the driftsherre uses
    averages; leave it empty when it does not.
    """
    ordnet = sorted(ydelser, key=lambda ydelse: (ydelse.afdeling, ydelse.maalgruppe, ydelse.noegle))
    fund = [et_fund for ydelse in ordnet for et_fund in _kontroller_ydelse(ydelse, regler)]
    fund += _kontroller_gennemsnit(ordnet, kraevede)
    pr_afdeling = defaultdict(list)
    for ydelse in ordnet:
        if ydelse.taksttype in _I_TRAPPEN:
            pr_afdeling[ydelse.afdeling].append(ydelse)
    for afdeling, i_afdelingen in pr_afdeling.items():
        fund += _kontroller_grundtakst(afdeling, i_afdelingen)
        pr_maalgruppe = defaultdict(list)
        for ydelse in i_afdelingen:
            if ydelse.taksttype == Taksttype.DIFFERENTIERET:
                pr_maalgruppe[ydelse.maalgruppe].append(ydelse)
        for trappe in pr_maalgruppe.values():
            fund += _kontroller_trappe(trappe)
    return fund


def _kontroller_ydelse(ydelse: Takstydelse, regler: Regler) -> list[Fund]:
    if ydelse.taksttype not in set(Taksttype):
        tekst = f"Vælg, hvilken type takst {ydelse.navn} har"
        return [Fund("taksttype_mangler", "T32", Grad.FEJL, ydelse.noegle, tekst)]
    if ydelse.taksttype == Taksttype.INDIVIDUEL:
        return _kontroller_individuel(ydelse)
    fund = []
    if len(ydelse.beskrivelse.strip()) < regler.bemaerkning_min_tegn:
        tekst = f"Beskriv {ydelse.navn}: art, omfang og målgruppe. Beskrivelsen skal svare til den på Tilbudsportalen."
        fund.append(Fund("ydelsesbeskrivelse_mangler", "T32", Grad.FEJL, ydelse.noegle, tekst))
    if ydelse.taksttype == Taksttype.TILLAEG:
        return fund + _kontroller_tillaeg(ydelse, regler)
    if ydelse.pris is not None and ydelse.pris < 0:
        tekst = f"Taksten for {ydelse.navn} er {skriv_kr(ydelse.pris)}. Kun et tillæg kan være negativt."
        fund.append(Fund("negativ_takst", "T32", Grad.FEJL, ydelse.noegle, tekst))
    if ydelse.taksttype == Taksttype.GRUND and ydelse.er_borgerafhaengig:
        tekst = f"{ydelse.navn} er en grundtakst og skal være ens for alle borgere i afdelingen"
        fund.append(Fund("grundtakst_borgerafhaengig", "T36", Grad.FEJL, ydelse.noegle, tekst))
    return fund


def _kontroller_individuel(ydelse: Takstydelse) -> list[Fund]:
    """T33: neither price nor description is set in advance; the price stands in the payment agreement."""
    if ydelse.pris is None:
        return []
    tekst = (
        f"{ydelse.navn} er individuelt baseret og har ingen pris i takstbilaget. Fjern prisen: den aftales for den "
        "enkelte borger."
    )
    return [Fund("individuel_med_pris", "T33", Grad.FEJL, ydelse.noegle, tekst)]


def _kontroller_tillaeg(ydelse: Takstydelse, regler: Regler) -> list[Fund]:
    """T35, T40: outside the grundlag, follow-up costs within the limit, and one of the two ways to price it."""
    fund = []
    if ydelse.beloeb_i_grundlag:
        tekst = (
            f"{ydelse.navn} er et tillæg, men der er {skriv_kr(ydelse.beloeb_i_grundlag)} til det i "
            "takstberegningsgrundlaget. Tag beløbet ud: udgifter og indtægter ved tillæg budgetteres ikke."
        )
        fund.append(Fund("tillaeg_i_grundlaget", "T35", Grad.FEJL, ydelse.noegle, tekst))
    maks = regler.foelgeomkostninger_max_pct
    if ydelse.foelge_pct is not None and not 0 <= ydelse.foelge_pct <= maks:
        tekst = (
            f"{ydelse.navn}: de variable følgeomkostninger skal ligge mellem 0 og "
            f"{skriv_tal(maks)}{HAARDT_MELLEMRUM}% af meromkostningen. "
            f"Her står {skriv_tal(ydelse.foelge_pct)}{HAARDT_MELLEMRUM}%."
        )
        fund.append(Fund("foelgeomkostninger_over_max", "T35", Grad.FEJL, ydelse.noegle, tekst))
    if ydelse.metode not in set(Tillaegsmetode):
        tekst = f"Vælg, om {ydelse.navn} afregnes med en fast pris eller pr. ATA-time"
        fund.append(Fund("tillaegsmetode_mangler", "T40", Grad.FEJL, ydelse.noegle, tekst))
    return fund


def _kontroller_gennemsnit(ydelser: Sequence[Takstydelse], kraevede: Collection[tuple[str, str]]) -> list[Fund]:
    """T34: at least one average tariff per target group and unit."""
    har = {(ydelse.maalgruppe, ydelse.afdeling) for ydelse in ydelser if ydelse.taksttype == Taksttype.GENNEMSNIT}
    return [
        Fund(
            "gennemsnitstakst_mangler",
            "T34",
            Grad.FEJL,
            "",
            f"Der mangler en gennemsnitstakst for målgruppen {maalgruppe} i {afdeling}",
        )
        for maalgruppe, afdeling in sorted(set(kraevede) - har)
    ]


def _kontroller_grundtakst(afdeling: str, ydelser: Sequence[Takstydelse]) -> list[Fund]:
    """T36: one grundtakst per unit, and one wherever there are differentiated tariffs."""
    grundtakster = [ydelse for ydelse in ydelser if ydelse.taksttype == Taksttype.GRUND]
    if len(grundtakster) == 1:
        return []
    if not grundtakster:
        tekst = f"{afdeling} har differentierede takster, men ingen grundtakst til de faste udgifter"
        return [Fund("grundtakst_mangler", "T36", Grad.FEJL, ydelser[0].noegle, tekst)]
    navne = ", ".join(ydelse.navn for ydelse in grundtakster)
    tekst = (
        f"{afdeling} har {len(grundtakster)} grundtakster ({navne}). Der skal være én, som er ens for alle borgere."
    )
    return [Fund("flere_grundtakster", "T36", Grad.FEJL, grundtakster[1].noegle, tekst)]


def _kontroller_trappe(trappe: Sequence[Takstydelse]) -> list[Fund]:
    """T37: every step has a number of its own, and a higher step a higher price."""
    fund = []
    pr_niveau: dict[int, Takstydelse] = {}
    for ydelse in trappe:
        if ydelse.niveau is None:
            tekst = f"Skriv, hvilket niveau {ydelse.navn} har i indsatstrappen"
            fund.append(Fund("niveau_mangler", "T37", Grad.FEJL, ydelse.noegle, tekst))
        elif ydelse.niveau in pr_niveau:
            tekst = f"{ydelse.navn} og {pr_niveau[ydelse.niveau].navn} har begge niveau {ydelse.niveau}"
            fund.append(Fund("niveau_gentaget", "T37", Grad.FEJL, ydelse.noegle, tekst))
        else:
            pr_niveau[ydelse.niveau] = ydelse
    med_pris = [pr_niveau[niveau] for niveau in sorted(pr_niveau) if pr_niveau[niveau].pris is not None]
    for lavere, hoejere in zip(med_pris, med_pris[1:], strict=False):
        if hoejere.pris <= lavere.pris:
            tekst = (
                f"{hoejere.navn} (niveau {hoejere.niveau}) koster {skriv_kr(hoejere.pris)} og er dermed ikke dyrere "
                f"end {lavere.navn} (niveau {lavere.niveau}), som koster {skriv_kr(lavere.pris)}"
            )
            fund.append(Fund("niveau_ikke_dyrere", "T37", Grad.ADVARSEL, hoejere.noegle, tekst))
    return fund


def kontroller_stoettetimer(ydelse: Takstydelse, *, aar: int, timer: Decimal | None) -> list[Fund]:
    """T49: the description tells how many direct support hours a week the tariff of `aar` contains on average."""
    if ydelse.taksttype not in MED_STOETTE or timer is not None:
        return []
    tekst = (
        f"Beskrivelsen af {ydelse.navn} kan ikke vise, hvor mange direkte støttetimer om ugen taksten for {aar} "
        "indeholder. Skriv timerne i takstskemaet."
    )
    return [Fund("stoettetimer_ikke_vist", "T49", Grad.ADVARSEL, ydelse.noegle, tekst)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SamletPris:
    """T36: what one citizen costs per unit in kroner, and how."""

    pris: Decimal
    trin: tuple[Trin, ...]


def saml_pris(
    *, grundtakst: Decimal | None, niveautakst: Decimal | None, tillaeg: Sequence[Decimal] = ()
) -> SamletPris:
    """T36: grundtakst + differentiated tariff, with supplements added or taken off.

    Raises Beregningsfejl when a part is missing or the supplements take off more than there is.
    """
    if grundtakst is None:
        raise Beregningsfejl("Grundtaksten mangler", felt="grundtakst")
    if niveautakst is None:
        raise Beregningsfejl("Vælg borgerens niveau", felt="niveau")
    pris = i_alt([grundtakst, niveautakst, *tillaeg])
    if pris < 0:
        raise Beregningsfejl("Tillæggene trækker mere fra, end taksten er", felt="tillaeg")
    led = "".join(f" {'−' if beloeb < 0 else '+'} {skriv_beloeb(abs(beloeb))}" for beloeb in tillaeg)
    return SamletPris(
        pris=pris,
        trin=(
            Trin(
                navn="Samlet pris",
                formel="Grundtakst + differentieret takst" + (" + tillæg − fradrag" if tillaeg else ""),
                indsat=f"{skriv_beloeb(grundtakst)} + {skriv_beloeb(niveautakst)}{led}",
                resultat=skriv_kr(pris),
                regel="T36",
            ),
        ),
    )
