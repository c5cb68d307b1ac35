"""Interest by yearly rates: on results (T29), on fixed capital (T52) and on working capital (T53).

The rate of a transfer is in the same table and is used in `overdragelse` (T50).

The styringsaftale names a market rate and no figure, so a rate is data for one year and one purpose and is never
guessed. Interest is simple: an amount bears interest for the year, and the interest bears none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from socialaftale.kerne.penge import afrund_kvotient
from socialaftale.kerne.talformat import HAARDT_MELLEMRUM, skriv_beloeb, skriv_kr, skriv_tal
from takster.beregning.fund import Fund
from takster.beregning.koder import Grad, Renteart
from takster.beregning.regelsaet import Regler
from takster.beregning.trin import Beregningsfejl, Trin

DRIFTSKAPITAL = "H30"
_MAANEDER = 12
_NAVNE = {
    Renteart.RESULTAT: "over- og underskud",
    Renteart.ANLAEG: "anlæg",
    Renteart.DRIFTSKAPITAL: "driftskapital",
    Renteart.OVERDRAGELSE: "overdragelse af tilbud",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rentesats:
    """The rate in percent of one year for one purpose, and where it is from; it may be 0 or negative."""

    aar: int
    art: str
    pct: Decimal
    kilde: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rente:
    """Interest of one year in kroner, rounded to øre once, on the amount it was found from; the sign follows both."""

    aar: int
    grundlag: Decimal
    pct: Decimal
    beloeb: Decimal
    trin: Trin


def find_sats(satser: Iterable[Rentesats], art: Renteart, aar: int) -> Rentesats:
    """The rate of a year; Beregningsfejl when there is none, or two that differ: a gap is not bridged by a guess."""
    fundne = [sats for sats in satser if (sats.art, sats.aar) == (art, aar)]
    if not fundne:
        raise Beregningsfejl(f"Der mangler en rente af {_NAVNE[art]} for {aar}", felt="rentesats")
    if len({sats.pct for sats in fundne}) > 1:
        raise Beregningsfejl(
            f"Der er to forskellige renter af {_NAVNE[art]} for {aar}. Vælg én af dem.", felt="rentesats"
        )
    return fundne[0]


def forrent_resultat(saldo: Decimal, aar: int, satser: Iterable[Rentesats]) -> Rente:
    """T29: one year's interest on a surplus (positive) or deficit (negative), at the same rate for both."""
    return _rente(saldo, find_sats(satser, Renteart.RESULTAT, aar), navn="Rente af over- eller underskud", regel="T29")


def forrent_anlaeg(kapital: Decimal, aar: int, satser: Iterable[Rentesats]) -> Rente:
    """T52: interest on the capital bound in buildings and equipment, for the lines H10 and H20."""
    if kapital < 0:
        raise Beregningsfejl("Den bundne kapital skal være 0\u00a0kr. eller mere", felt="kapital")
    return _rente(kapital, find_sats(satser, Renteart.ANLAEG, aar), navn="Forrentning af anlæg", regel="T52")


def forrent_driftskapital(
    omsaetning: Decimal, aar: int, satser: Iterable[Rentesats], *, regler: Regler, maaneder: int | None = None
) -> Rente:
    """T53: a year's turnover × the months it is laid out / 12 × the rate, for the line H30.

    `maaneder` is the tilbud's own number; without it the usual one of the rules. Use it only when the outlay is
    substantial: `kontroller_driftskapital`.
    """
    maaneder = regler.driftskapital_maaneder if maaneder is None else maaneder
    if omsaetning < 0:
        raise Beregningsfejl("Omsætningen skal være 0\u00a0kr. eller mere", felt="omsaetning")
    if not 0 <= maaneder <= _MAANEDER:
        raise Beregningsfejl(f"Antallet af måneder skal ligge mellem 0 og {_MAANEDER}", felt="maaneder")
    return _rente(
        omsaetning,
        find_sats(satser, Renteart.DRIFTSKAPITAL, aar),
        navn="Forrentning af driftskapital",
        regel="T53",
        maaneder=maaneder,
    )


def kontroller_driftskapital(
    beloeb: Decimal | None, beregnet: Rente | None, *, er_vaesentlig: bool, regler: Regler
) -> list[Fund]:
    """T53: the line H30 is only for substantial outlays and equals what the outlay costs.

    `beregnet` is None when turnover or rate is unknown. What is substantial is the driftsherre's statement: the
    source has no limit.
    """
    if not beloeb:
        return []
    fund = []
    if not er_vaesentlig:
        tekst = "Forrentning af driftskapital er kun med, når udlægget er stort. Bekræft det, eller fjern beløbet"
        fund.append(Fund("driftskapital_ikke_vaesentlig", "T53", Grad.ADVARSEL, DRIFTSKAPITAL, tekst))
    if beregnet is not None and abs(beloeb - beregnet.beloeb) > regler.tolerance_kr:
        tekst = (
            f"Forrentningen af driftskapital står som {skriv_kr(beloeb)}, men beregnes til "
            f"{skriv_kr(beregnet.beloeb)} ({beregnet.trin.indsat})"
        )
        fund.append(Fund("driftskapital_stemmer_ikke", "T53", Grad.ADVARSEL, DRIFTSKAPITAL, tekst))
    return fund


def _rente(grundlag: Decimal, sats: Rentesats, *, navn: str, regel: str, maaneder: int | None = None) -> Rente:
    del_af_aar = "" if maaneder is None else f" × {maaneder} / {_MAANEDER}"
    beloeb = afrund_kvotient(grundlag * sats.pct * (_MAANEDER if maaneder is None else maaneder), _MAANEDER * 100)
    return Rente(
        aar=sats.aar,
        grundlag=grundlag,
        pct=sats.pct,
        beloeb=beloeb,
        trin=Trin(
            navn=f"{navn} {sats.aar}",
            formel="Beløb × årets rente" if maaneder is None else "Omsætning × udlagte måneder / 12 × årets rente",
            indsat=f"{skriv_beloeb(grundlag)}{del_af_aar} × {skriv_tal(sats.pct, 4)}{HAARDT_MELLEMRUM}%",
            resultat=skriv_kr(beloeb),
            regel=regel,
        ),
    )
