"""A year's result: what is set aside, returned, covered by the driftsherre or put in the tariff (T22-T28, T31, T61).

The general sentences of the styringsaftale say that earlier years' results are included in the tariff; the precise
rule keeps the first 5 % with the driftsherre and goes before them (T31).
"""

from dataclasses import dataclass
from decimal import Decimal

from socialaftale.kerne.penge import fordel
from socialaftale.kerne.talformat import HAARDT_MELLEMRUM, skriv_beloeb, skriv_kr, skriv_pct, skriv_tal
from takster.beregning.fund import Fund
from takster.beregning.koder import Grad
from takster.beregning.regelsaet import Regler
from takster.beregning.regulering_tidligere_aar import Forpligtelse
from takster.beregning.resultat import Aarsresultat
from takster.beregning.trin import Beregningsfejl, Trin

_NUL = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Underskudsdaekning:
    """T26: how the driftsherre covers its own part of a deficit, in kroner, both 0 or more."""

    effektivisering: Decimal = _NUL
    hensat: Decimal = _NUL

    @property
    def i_alt(self) -> Decimal:
        return self.effektivisering + self.hensat


@dataclass(frozen=True, slots=True, kw_only=True)
class Foersteaarstab:
    """T61: the driftsherre writes the first year's loss of a new tilbud off over several years, and why."""

    driftsaar: int
    begrundelse: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delingsvalg:
    """What the driftsherre has chosen; None is "nothing chosen yet".

    `hensat` is the part of a surplus to set aside, `sagsreference` the agreement on a regional deficit (T28) and
    `aftalt` the amount it was made for, None when that is not known.
    """

    hensat: Decimal | None = None
    daekning: Underskudsdaekning | None = None
    foersteaarstab: Foersteaarstab | None = None
    sagsreference: str = ""
    aftalt: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resultatdeling:
    """One year's result divided; all amounts in kroner, 0 or more, except `resultat` (surplus positive).

    resultat = hensat + tilbagefoersel for a surplus and −(daekkes_selv + indregnes) for a deficit. `graense` is 5 %
    of G. `udaekket` is what is left of `daekkes_selv` when the chosen cover is taken; `sag_kraeves` is true when it is
    a region's, so that the handling is to be agreed (T28).
    `forpligtelser` are what the tariffs of the following years must hold, `frist_aar` the last of those years (None
    when there are none).
    """

    aar: int
    resultat: Decimal
    resultat_pct: Decimal
    graense: Decimal
    hensat_max: Decimal
    hensat: Decimal
    tilbagefoersel: Decimal
    daekkes_selv: Decimal
    indregnes: Decimal
    udaekket: Decimal
    sag_kraeves: bool
    frist_aar: int | None
    forpligtelser: tuple[Forpligtelse, ...]
    fund: tuple[Fund, ...]
    trin: tuple[Trin, ...]

    @property
    def virkning_paa_grundlag(self) -> Decimal:
        """What the following tariffs hold in all: negative lowers them."""
        return self.indregnes - self.tilbagefoersel


def del_resultat(
    resultat: Aarsresultat, *, aar: int, er_region: bool, regler: Regler, valg: Delingsvalg | None = None
) -> Resultatdeling:
    """T22-T28, T61: divide the result of `aar`.

    A surplus with no chosen set-aside is shown with the largest allowed one and a finding; a choice above the limit
    leaves a finding and is cut to it, so what must be returned is always right. Raises Beregningsfejl when the
    takstberegningsgrundlag is unknown or not above 0.
    """
    valg = valg or Delingsvalg()
    if resultat.grundlag is None:
        raise Beregningsfejl("Indtast det budgetterede takstberegningsgrundlag for året", felt="grundlag")
    if resultat.grundlag <= 0:
        raise Beregningsfejl("Takstberegningsgrundlaget skal være større end 0\u00a0kr.", felt="grundlag")
    graense = resultat.graense(regler)
    if resultat.resultat >= 0:
        return _del_overskud(resultat, graense, aar, valg, regler)
    if valg.foersteaarstab is not None:
        return _del_foersteaarstab(resultat, graense, aar, valg.foersteaarstab, regler)
    return _del_underskud(resultat, graense, aar, er_region, valg, regler)


def _faelles(resultat: Aarsresultat, graense: Decimal, regler: Regler) -> tuple[Trin, ...]:
    pct = f"{skriv_tal(regler.resultatgraense_pct)}{HAARDT_MELLEMRUM}%"
    return (
        resultat.trin(),
        Trin(
            navn="Resultatprocent",
            formel="Resultat / takstberegningsgrundlag",
            indsat=f"{skriv_beloeb(resultat.resultat)} / {skriv_beloeb(resultat.grundlag)}",
            resultat=skriv_pct(resultat.resultat_pct),
            regel="T22",
        ),
        Trin(
            navn="Grænse",
            formel=f"{pct} af takstberegningsgrundlaget",
            indsat=f"{pct} × {skriv_beloeb(resultat.grundlag)}",
            resultat=skriv_kr(graense),
            regel="T23",
        ),
    )


def _del_overskud(
    resultat: Aarsresultat, graense: Decimal, aar: int, valg: Delingsvalg, regler: Regler
) -> Resultatdeling:
    """T23, T25: up to the limit may be set aside; the rest is returned."""
    overskud = resultat.resultat
    hensat_max = min(overskud, graense)
    fund = _kontroller_hensat(valg.hensat, hensat_max)
    if valg.foersteaarstab is not None:
        fund.append(
            Fund("intet_tab", "T61", Grad.FEJL, "foersteaarstab", "Året gav ikke tab, så der er intet at fordele")
        )
    hensat = hensat_max if valg.hensat is None else min(max(valg.hensat, _NUL), hensat_max)
    tilbagefoersel = overskud - hensat
    forpligtelser = _reguleringer(aar, -tilbagefoersel, "T25", f"Overskud fra {aar}, der føres tilbage", regler)
    trin = (
        *_faelles(resultat, graense, regler),
        Trin(
            navn="Kan hensættes",
            formel="Det mindste af overskud og grænse",
            indsat=f"{skriv_beloeb(overskud)} og {skriv_beloeb(graense)}",
            resultat=skriv_kr(hensat_max),
            regel="T23",
        ),
        Trin(
            navn="Føres tilbage i taksten",
            formel="Overskud − hensat",
            indsat=f"{skriv_beloeb(overskud)} − {skriv_beloeb(hensat)}",
            resultat=skriv_kr(tilbagefoersel),
            regel="T25",
        ),
    )
    return _deling(
        resultat,
        aar,
        graense,
        hensat_max=hensat_max,
        hensat=hensat,
        tilbagefoersel=tilbagefoersel,
        forpligtelser=forpligtelser,
        fund=fund,
        trin=trin,
    )


def _kontroller_hensat(hensat: Decimal | None, hensat_max: Decimal) -> list[Fund]:
    """T23: a choice between 0 and the limit."""
    if hensat is None:
        if not hensat_max:
            return []
        tekst = f"Vælg, hvor meget af overskuddet der hensættes: højst {skriv_kr(hensat_max)} Resten føres tilbage."
        return [Fund("hensaettelse_ikke_valgt", "T23", Grad.FEJL, "hensat", tekst)]
    if hensat < 0:
        tekst = "Det hensatte beløb skal være 0\u00a0kr. eller mere"
        return [Fund("hensaettelse_negativ", "T23", Grad.FEJL, "hensat", tekst)]
    if hensat > hensat_max:
        tekst = (
            f"Der kan højst hensættes {skriv_kr(hensat_max)} Her står {skriv_kr(hensat)} "
            f"De {skriv_kr(hensat - hensat_max)} føres tilbage i taksten."
        )
        return [Fund("hensaettelse_over_graensen", "T23", Grad.FEJL, "hensat", tekst)]
    return []


def _del_underskud(
    resultat: Aarsresultat, graense: Decimal, aar: int, er_region: bool, valg: Delingsvalg, regler: Regler
) -> Resultatdeling:
    """T26-T28: up to the limit is covered by the driftsherre; the rest is put in the tariff."""
    underskud = -resultat.resultat
    daekkes_selv = min(underskud, graense)
    indregnes = underskud - daekkes_selv
    fund = []
    if valg.hensat:
        tekst = "Året gav underskud, så der er intet at hensætte. Fjern beløbet."
        fund.append(Fund("hensaettelse_af_underskud", "T23", Grad.FEJL, "hensat", tekst))
    daekning = valg.daekning or Underskudsdaekning()
    udaekket = daekkes_selv - daekning.i_alt
    fund += _kontroller_daekning(daekning, daekkes_selv, er_region, valg)
    trin = (
        *_faelles(resultat, graense, regler),
        Trin(
            navn="Driftsherren dækker selv",
            formel="Det mindste af underskud og grænse",
            indsat=f"{skriv_beloeb(underskud)} og {skriv_beloeb(graense)}",
            resultat=skriv_kr(daekkes_selv),
            regel="T26",
        ),
        Trin(
            navn="Indregnes i taksten",
            formel="Underskud − det, driftsherren selv dækker",
            indsat=f"{skriv_beloeb(underskud)} − {skriv_beloeb(daekkes_selv)}",
            resultat=skriv_kr(indregnes),
            regel="T27",
        ),
    )
    return _deling(
        resultat,
        aar,
        graense,
        daekkes_selv=daekkes_selv,
        indregnes=indregnes,
        udaekket=max(udaekket, _NUL),
        sag_kraeves=er_region and udaekket > 0,
        forpligtelser=_reguleringer(aar, indregnes, "T27", f"Underskud fra {aar}, der indregnes", regler),
        fund=fund,
        trin=trin,
    )


def _kontroller_daekning(
    daekning: Underskudsdaekning, daekkes_selv: Decimal, er_region: bool, valg: Delingsvalg
) -> list[Fund]:
    """T26: efficiency and set-asides cover exactly the own part; T28: a region agrees on what is left."""
    if min(daekning.effektivisering, daekning.hensat) < 0:
        tekst = "Dækningen af underskuddet skal være 0\u00a0kr. eller mere"
        return [Fund("daekning_negativ", "T26", Grad.FEJL, "daekning", tekst)]
    udaekket = daekkes_selv - daekning.i_alt
    if udaekket < 0:
        tekst = (
            f"Underskuddet, som driftsherren selv skal dække, er {skriv_kr(daekkes_selv)}, men der er angivet "
            f"{skriv_kr(daekning.i_alt)} Sæt dækningen ned med {skriv_kr(-udaekket)}"
        )
        return [Fund("daekning_for_stor", "T26", Grad.FEJL, "daekning", tekst)]
    if not udaekket:
        return []
    if er_region:
        if valg.sagsreference.strip():
            if valg.aftalt is None or udaekket <= valg.aftalt:
                return []
            tekst = (
                f"Aftalen gælder {skriv_kr(valg.aftalt)} Nu er {skriv_kr(udaekket)} udækket. Opret en ny sag om "
                "underskuddet."
            )
            return [Fund("aftale_for_lille", "T28", Grad.GODKENDELSE, "sagsreference", tekst)]
        tekst = (
            f"Regionen kan ikke endeligt finansiere et underskud. Det aftales nærmere, hvordan {skriv_kr(udaekket)} "
            "håndteres. Opret en sag, eller henvis til en aftale, der allerede er indgået."
        )
        return [Fund("regionalt_underskud", "T28", Grad.GODKENDELSE, "sagsreference", tekst)]
    tekst = (
        f"{skriv_kr(udaekket)} af underskuddet mangler dækning og kan ikke lægges på taksten. Angiv, hvor meget der "
        "dækkes ved effektivisering, og hvor meget der tages af tidligere hensatte overskud."
    )
    return [Fund("daekning_mangler", "T26", Grad.FEJL, "daekning", tekst)]


def _del_foersteaarstab(
    resultat: Aarsresultat, graense: Decimal, aar: int, tab: Foersteaarstab, regler: Regler
) -> Resultatdeling:
    """T61 before T26 and T27: the whole loss of a new tilbud's first year, in equal instalments exact to the øre."""
    indregnes = -resultat.resultat
    fund = []
    if tab.driftsaar > regler.nyt_tilbud_driftsaar:
        tekst = (
            f"Året er tilbuddets {tab.driftsaar}. driftsår. Kun tabet i det første driftsår kan fordeles over "
            "flere år. Brug de almindelige regler for underskud."
        )
        fund.append(Fund("foersteaarstab_for_sent", "T61", Grad.FEJL, "foersteaarstab", tekst))
    if len(tab.begrundelse.strip()) < regler.bemaerkning_min_tegn:
        tekst = "Skriv, hvorfor tilbuddet gav tab i det første driftsår"
        fund.append(Fund("foersteaarstab_uden_begrundelse", "T61", Grad.BEMAERKNING, "begrundelse", tekst))
    forpligtelser = fordel_foersteaarstab(indregnes, aar=aar, regler=regler)
    trin = (
        *_faelles(resultat, graense, regler)[:2],
        *(
            Trin(
                navn=forpligtelse.betegnelse,
                formel=f"Tabet / {regler.nyt_tilbud_afskrivning_aar}, så delene giver hele tabet",
                indsat=f"{skriv_beloeb(indregnes)} / {regler.nyt_tilbud_afskrivning_aar}",
                resultat=f"{skriv_kr(forpligtelse.beloeb)} i taksten for {forpligtelse.senest_aar}",
                regel="T61",
            )
            for forpligtelse in forpligtelser
        ),
    )
    return _deling(resultat, aar, graense, indregnes=indregnes, forpligtelser=forpligtelser, fund=fund, trin=trin)


def fordel_foersteaarstab(tab: Decimal, *, aar: int, regler: Regler) -> tuple[Forpligtelse, ...]:
    """T61: a loss (0 or more, in kroner) of year t as one obligation for each of the years t+1..t+3."""
    antal = regler.nyt_tilbud_afskrivning_aar
    return tuple(
        Forpligtelse(
            noegle=f"{aar}-T61-{nr}",
            beloeb=rate,
            oprindelsesaar=aar,
            regel="T61",
            tidligst_aar=aar + nr,
            senest_aar=aar + nr,
            betegnelse=f"Tab i første driftsår {aar}, del {nr} af {antal}",
        )
        for nr, rate in enumerate(fordel(tab, [1] * antal), start=1)
        if rate
    )


def _reguleringer(aar: int, beloeb: Decimal, regel: str, betegnelse: str, regler: Regler) -> tuple[Forpligtelse, ...]:
    if not beloeb:
        return ()
    return (
        Forpligtelse(
            noegle=f"{aar}-{regel}",
            beloeb=beloeb,
            oprindelsesaar=aar,
            regel=regel,
            tidligst_aar=aar + regler.regulering_tidligst_aar,
            senest_aar=aar + regler.regulering_senest_aar,
            betegnelse=betegnelse,
        ),
    )


def _deling(
    resultat: Aarsresultat,
    aar: int,
    graense: Decimal,
    *,
    forpligtelser: tuple[Forpligtelse, ...],
    fund: list[Fund],
    trin: tuple[Trin, ...],
    hensat_max: Decimal = _NUL,
    hensat: Decimal = _NUL,
    tilbagefoersel: Decimal = _NUL,
    daekkes_selv: Decimal = _NUL,
    indregnes: Decimal = _NUL,
    udaekket: Decimal = _NUL,
    sag_kraeves: bool = False,
) -> Resultatdeling:
    frist_aar = max((forpligtelse.senest_aar for forpligtelse in forpligtelser), default=None)
    if frist_aar is not None:
        foerste = min(forpligtelse.tidligst_aar for forpligtelse in forpligtelser)
        trin += (
            Trin(
                navn="Takstår",
                formel="Tidligst og senest med i taksten",
                indsat=f"Resultatet er fra {aar}",
                resultat=f"{foerste}–{frist_aar}",
                regel=forpligtelser[0].regel,
            ),
        )
    return Resultatdeling(
        aar=aar,
        resultat=resultat.resultat,
        resultat_pct=resultat.resultat_pct,
        graense=graense,
        hensat_max=hensat_max,
        hensat=hensat,
        tilbagefoersel=tilbagefoersel,
        daekkes_selv=daekkes_selv,
        indregnes=indregnes,
        udaekket=udaekket,
        sag_kraeves=sag_kraeves,
        frist_aar=frist_aar,
        forpligtelser=forpligtelser,
        fund=tuple(fund),
        trin=trin,
    )
