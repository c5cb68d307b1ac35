"""The checks of one takstskema, in the order a person would make them: places, occupancy, lines, tariff, remarks.

Every check is a function from `Skemadata` and `Regler` to findings. The texts say what is wrong and what to do, in
plain words; the rule number stands beside them. A remark that is asked for and given leaves no finding.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from socialaftale.kerne.talformat import HAARDT_MELLEMRUM, skriv_aendring, skriv_kr, skriv_tal
from takster.beregning.belaegning import FELT as FELT_BELAEGNING
from takster.beregning.belaegning import Aarsbelaegning, Belaegningsvalg, kontroller_belaegning
from takster.beregning.fund import Fund
from takster.beregning.grundlag import Omkostningsgrundlag, kontroller_fortegn_i_poster
from takster.beregning.koder import Enhed, Grad
from takster.beregning.poster import POST_EFTER_KODE, POSTER, TAP_ADMINISTRATION, TAP_DRIFT, VAGTLAG, Ejendomsform
from takster.beregning.regelsaet import Regler
from takster.beregning.regulering import ManglendeSats, PlSats, Takstaendring, sammenlign_takst
from takster.beregning.takst import Takstresultat, beregn_takst, felt_for_kapacitet
from takster.beregning.tilsyn import TILSYNSPOST, Forventet, kontroller_tilsyn
from takster.beregning.trin import Beregningsfejl, Trin

_BEMAERKNING = "bemaerkning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sidsteaar:
    """The same ydelse in an earlier year; None and absent lines are unknown, not 0."""

    aar: int
    takst: Decimal | None = None
    kapacitet: Decimal | None = None
    beloeb: Mapping[str, Decimal | None] = field(default_factory=dict)
    regulering: Decimal = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Skemadata:
    """One takstskema as values; None is "nothing entered".

    `regulering` is the entered line for earlier years, `beregnet_regulering` what the accounts of those years give
    (None when nothing is to be regulated), with the steps and findings behind it. `oplyst_i_alt` is a total stated
    elsewhere, as in an uploaded
    workbook. `bemaerkning` is the one remark that explains changed places and a changed tariff.
    """

    aar: int
    enhed: str
    beloeb: Mapping[str, Decimal | None]
    pladser: Decimal | None = None
    godkendte_pladser: Decimal | None = None
    kapacitetstimer: Decimal | None = None
    antal: Decimal | None = None
    driftsdage: int | None = None
    belaegning_pct: Decimal | None = None
    belaegningsprincip: str | None = None
    belaegning_begrundelse: str = ""
    kort_forloeb: bool = False
    realiseret: tuple[Aarsbelaegning, ...] = ()
    forventede_borgere: Decimal | None = None
    driftsaar: int | None = None
    dispensation: str = ""
    direkte_stoettetimer: Decimal | None = None
    regulering: Decimal = Decimal(0)
    beregnet_regulering: Decimal | None = None
    reguleringstrin: tuple[Trin, ...] = ()
    reguleringsfund: tuple[Fund, ...] = ()
    oplyst_i_alt: Decimal | None = None
    bemaerkning: str = ""
    sidste_aar: Sidsteaar | None = None
    pl_satser: tuple[PlSats, ...] = ()
    forventet_tilsyn: Forventet | None = None

    @property
    def kapacitet(self) -> Decimal | None:
        """Places, hours or number, whichever the unit is counted in."""
        return getattr(self, felt_for_kapacitet(Enhed(self.enhed)))

    @cached_property
    def grundlag(self) -> Omkostningsgrundlag:
        return Omkostningsgrundlag(beloeb=self.beloeb, regulering=self.regulering)

    def grundlagstrin(self) -> tuple[Trin, ...]:
        """The steps to G, with those of earlier years first."""
        return (*self.reguleringstrin, *self.grundlag.trin())

    def har_bemaerkning(self, regler: Regler) -> bool:
        return len(self.bemaerkning.strip()) >= regler.bemaerkning_min_tegn


def beregn(data: Skemadata, *, regler: Regler) -> Takstresultat:
    """The tariff of the takstskema; Beregningsfejl when something it needs is missing."""
    return beregn_takst(
        enhed=Enhed(data.enhed),
        grundlag=data.grundlag.i_alt,
        kapacitet=data.kapacitet,
        belaegning_pct=data.belaegning_pct,
        driftsdage=data.driftsdage,
        regler=regler,
    )


def beregn_aendring(data: Skemadata, takst: Decimal) -> Takstaendring | None:
    """The change against last year in the same prices; None when last year's tariff is unknown."""
    if data.sidste_aar is None or data.sidste_aar.takst is None:
        return None
    return sammenlign_takst(takst, data.aar, data.sidste_aar.takst, data.sidste_aar.aar, data.pl_satser)


def kontroller(data: Skemadata, *, regler: Regler) -> list[Fund]:
    """All findings of one takstskema, in the order of the form."""
    if data.enhed not in set(Enhed):
        return [
            Fund(
                "enhed_mangler", "T9", Grad.FEJL, "enhed", "Vælg, hvad taksten gælder for: døgn, dag, time eller enhed"
            )
        ]
    return [fund for kontrol in _KONTROLLER for fund in kontrol(data, regler)]


def _kontroller_kapacitet(data: Skemadata, regler: Regler) -> list[Fund]:
    """T6, T44: a changed number of places needs a reason; T66: no more places than are approved."""
    fund = []
    forrige = data.sidste_aar.kapacitet if data.sidste_aar else None
    if data.kapacitet is not None and forrige is not None and data.kapacitet != forrige:
        felt = felt_for_kapacitet(Enhed(data.enhed))
        ord_ = {"pladser": "pladser", "kapacitetstimer": "timer", "antal": "enheder"}[felt]
        if not data.har_bemaerkning(regler):
            tekst = (
                f"Antallet er ændret fra {skriv_tal(forrige)} {ord_} i {data.sidste_aar.aar} til "
                f"{skriv_tal(data.kapacitet)} {ord_} i {data.aar}. Skriv i bemærkningerne, hvorfor."
            )
            fund.append(Fund("kapacitet_aendret", "T6", Grad.BEMAERKNING, _BEMAERKNING, tekst))
    if data.pladser is not None and data.godkendte_pladser is not None and data.pladser > data.godkendte_pladser:
        tekst = (
            f"Taksten bygger på {skriv_tal(data.pladser)} pladser, men tilbuddet er godkendt til "
            f"{skriv_tal(data.godkendte_pladser)}. Ret antallet, eller få godkendelsen ændret."
        )
        fund.append(Fund("flere_pladser_end_godkendt", "T66", Grad.FEJL, "pladser", tekst))
    return fund


def _kontroller_belaegning(data: Skemadata, regler: Regler) -> list[Fund]:
    valg = Belaegningsvalg(
        pct=data.belaegning_pct,
        princip=data.belaegningsprincip,
        kort_forloeb=data.kort_forloeb,
        realiseret=data.realiseret,
        forventede_borgere=data.forventede_borgere,
        pladser=data.pladser,
        driftsaar=data.driftsaar,
        begrundelse=data.belaegning_begrundelse,
        dispensation=data.dispensation,
    )
    return kontroller_belaegning(valg, regler=regler)


def _kontroller_dage(data: Skemadata, regler: Regler) -> list[Fund]:
    """T14: the year has 365 days, so a tilbud cannot be open on more; a døgntakst has no days of its own."""
    if data.driftsdage is None:
        return []
    if data.enhed == Enhed.DOEGN and data.driftsdage != regler.dage_pr_aar:
        tekst = f"En døgntakst regnes altid med {regler.dage_pr_aar} dage, også i skudår. Her står {data.driftsdage}."
        return [Fund("dage_i_aaret", "T14", Grad.FEJL, "driftsdage", tekst)]
    if data.driftsdage > regler.dage_pr_aar:
        tekst = f"Der kan højst være {regler.dage_pr_aar} driftsdage på et år. Her står {data.driftsdage}."
        return [Fund("for_mange_driftsdage", "T14", Grad.FEJL, "driftsdage", tekst)]
    return []


def _kontroller_fortegn(data: Skemadata, regler: Regler) -> list[Fund]:
    return kontroller_fortegn_i_poster(data.beloeb)


def _kontroller_loenopdeling(data: Skemadata, regler: Regler) -> list[Fund]:
    """T38: wages of staff on the duty rota apart; T42: TAP in two; T38: support hours visible."""
    fund = []
    har_loen = any(data.beloeb.get(post.kode) for post in POSTER if post.loengruppe)
    if har_loen and data.beloeb.get(VAGTLAG) is None:
        tekst = (
            f"Lønnen er ikke delt op. Skriv under {POST_EFTER_KODE[VAGTLAG].navn.lower()} lønnen til dem, der indgår "
            "i vagtplanen, og lad resten stå i de andre linjer. Skriv 0, hvis ingen gør."
        )
        fund.append(Fund("vagtlag_mangler", "T38", Grad.FEJL, VAGTLAG, tekst))
    tap = {kode: data.beloeb.get(kode) for kode in (TAP_DRIFT, TAP_ADMINISTRATION)}
    mangler = [kode for kode, beloeb in tap.items() if beloeb is None]
    if len(mangler) == 1 and any(tap.values()):
        tekst = (
            "Løn til teknisk og administrativt personale skal deles i to. "
            f"Udfyld også {POST_EFTER_KODE[mangler[0]].navn.lower()}, eller skriv 0."
        )
        fund.append(Fund("tap_ikke_delt", "T42", Grad.FEJL, mangler[0], tekst))
    if har_loen and data.direkte_stoettetimer is None:
        tekst = "Skriv, hvor mange timers direkte støtte om ugen taksten i gennemsnit indeholder"
        fund.append(Fund("stoettetimer_mangler", "T38", Grad.ADVARSEL, "direkte_stoettetimer", tekst))
    return fund


def _kontroller_lejet_og_ejet(data: Skemadata, regler: Regler) -> list[Fund]:
    """T42: rent together with upkeep, depreciation or interest of an owned building may be the same building twice."""
    udfyldt = {
        form: [post.navn.lower() for post in POSTER if post.ejendomsform == form and data.beloeb.get(post.kode)]
        for form in Ejendomsform
    }
    if not (udfyldt[Ejendomsform.LEJET] and udfyldt[Ejendomsform.EJET]):
        return []
    tekst = (
        f"Der er både udgifter til lejede bygninger ({', '.join(udfyldt[Ejendomsform.LEJET])}) og til ejede "
        f"({', '.join(udfyldt[Ejendomsform.EJET])}). Se efter, at den samme bygning ikke er talt med to gange."
    )
    return [Fund("lejet_og_ejet", "T42", Grad.ADVARSEL, "E10", tekst)]


def _kontroller_tilsyn(data: Skemadata, regler: Regler) -> list[Fund]:
    return kontroller_tilsyn(data.beloeb.get(TILSYNSPOST), data.forventet_tilsyn, regler)


def _kontroller_mod_sidste_aar(data: Skemadata, regler: Regler) -> list[Fund]:
    """A line that is gone or has all but vanished since last year is asked about (ours)."""
    if data.sidste_aar is None or data.har_bemaerkning(regler):
        return []
    fund = []
    for post in POSTER:
        forrige = data.sidste_aar.beloeb.get(post.kode)
        if not forrige:
            continue
        beloeb = data.beloeb.get(post.kode)
        i_fjor = f"I {data.sidste_aar.aar} var {post.navn.lower()} {skriv_kr(forrige)}"
        if not beloeb:
            nu = "intet" if beloeb is None else "0"
            tekst = (
                f"{i_fjor}, nu står der {nu}. Indtast beløbet, eller skriv i bemærkningerne, hvorfor linjen er væk."
            )
            fund.append(Fund("linje_forsvundet", "T16", Grad.BEMAERKNING, post.kode, tekst))
        elif abs(beloeb) * 100 < abs(forrige) * regler.naesten_intet_pct:
            tekst = f"{i_fjor}, nu står der {skriv_kr(beloeb)}. Ret beløbet, eller skriv i bemærkningerne, hvorfor."
            fund.append(Fund("linje_naesten_forsvundet", "T16", Grad.BEMAERKNING, post.kode, tekst))
    return fund


def _kontroller_regulering(data: Skemadata, regler: Regler) -> list[Fund]:
    """T48: the regulation of earlier years is computed from their accounts, never typed freely."""
    beregnet = data.beregnet_regulering or Decimal(0)
    if data.regulering == beregnet:
        return list(data.reguleringsfund)
    if data.beregnet_regulering is None:
        tekst = (
            f"Reguleringen vedr. tidligere år er sat til {skriv_kr(data.regulering)}, men der er ikke noget over- "
            "eller underskud at regulere for. Fjern beløbet."
        )
    else:
        tekst = (
            f"Reguleringen vedr. tidligere år er sat til {skriv_kr(data.regulering)}, men beregnes ud fra "
            f"regnskaberne til {skriv_kr(beregnet)}. Brug det beregnede beløb."
        )
    return [*data.reguleringsfund, Fund("regulering_stemmer_ikke", "T48", Grad.FEJL, "regulering", tekst)]


def _kontroller_sum(data: Skemadata, regler: Regler) -> list[Fund]:
    """T16: a total stated elsewhere equals the lines; a total of 0 or less cannot carry a tariff."""
    i_alt_ = data.grundlag.i_alt
    fund = []
    if data.oplyst_i_alt is not None and abs(i_alt_ - data.oplyst_i_alt) > regler.tolerance_kr:
        tekst = (
            f"Linjerne giver {skriv_kr(i_alt_)}, men totalen er oplyst til {skriv_kr(data.oplyst_i_alt)}: en forskel "
            f"på {skriv_kr(abs(i_alt_ - data.oplyst_i_alt))}. Find den linje, der mangler eller er forkert."
        )
        fund.append(Fund("sum_stemmer_ikke", "T16", Grad.FEJL, "oplyst_i_alt", tekst))
    if i_alt_ < 0:
        tekst = f"Omkostningerne giver i alt {skriv_kr(i_alt_)}. Se efter, om et fortegn er vendt."
        fund.append(Fund("total_negativ", "T16", Grad.FEJL, "beloeb", tekst))
    elif i_alt_ == 0 and not data.har_bemaerkning(regler):
        tekst = (
            "Omkostningerne giver i alt 0\u00a0kr., så taksten bliver 0. Udfyld linjerne, eller skriv i "
            "bemærkningerne, hvorfor ydelsen ikke koster noget."
        )
        fund.append(Fund("total_nul", "T16", Grad.BEMAERKNING, "beloeb", tekst))
    return fund


def _kontroller_takst(data: Skemadata, regler: Regler) -> list[Fund]:
    """T14, T43: the tariff can be computed, and a marked change against last year is explained."""
    try:
        resultat = beregn(data, regler=regler)
    except Beregningsfejl as fejl:
        if fejl.felt == FELT_BELAEGNING:
            return []  # The occupancy has its own, more precise finding.
        return [Fund("takst_kan_ikke_beregnes", "T14", Grad.FEJL, fejl.felt, fejl.besked)]
    return kontroller_aendring(data, resultat.takst, regler)


def kontroller_aendring(data: Skemadata, takst: Decimal, regler: Regler) -> list[Fund]:
    """T43: a marked change against last year in the same prices needs a remark."""
    try:
        aendring = beregn_aendring(data, takst)
    except ManglendeSats as fejl:
        tekst = f"Taksten kan ikke sammenlignes med sidste år. {fejl.besked}. Sekretariatet lægger satsen ind."
        return [Fund("pl_sats_mangler", "T93", Grad.ADVARSEL, "takst", tekst)]
    if aendring is None or not aendring.er_markant(regler.taerskel_takstaendring_pct) or data.har_bemaerkning(regler):
        return []
    retning = "steget" if aendring.pct > 0 else "faldet"
    tekst = (
        f"Taksten er {retning} fra {skriv_kr(aendring.forrige_fremskrevet)} (taksten for {aendring.forrige_aar} i "
        f"{aendring.aar}-priser) til {skriv_kr(aendring.takst)}, altså "
        f"{skriv_aendring(aendring.pct)}{HAARDT_MELLEMRUM}%. Skriv i bemærkningerne, hvad det skyldes."
    )
    return [Fund("takst_aendret_markant", "T43", Grad.BEMAERKNING, _BEMAERKNING, tekst)]


_KONTROLLER = (
    _kontroller_kapacitet,
    _kontroller_belaegning,
    _kontroller_dage,
    _kontroller_fortegn,
    _kontroller_loenopdeling,
    _kontroller_lejet_og_ejet,
    _kontroller_tilsyn,
    _kontroller_mod_sidste_aar,
    _kontroller_regulering,
    _kontroller_sum,
    _kontroller_takst,
)
