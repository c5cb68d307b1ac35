"""The balance of a tilbud's assets and liabilities when it is transferred to another driftsherre (T50).

The source settles larger assets with a loan, and larger liabilities with a cash amount, typically paid as an annuity.
That instalments are paid at the end of each year, from the year after the transfer, is ours.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from socialaftale.kerne.penge import afrund_kvotient, i_alt
from socialaftale.kerne.talformat import HAARDT_MELLEMRUM, skriv_beloeb, skriv_kr, skriv_tal
from takster.beregning.koder import Renteart
from takster.beregning.regelsaet import Regler
from takster.beregning.renter import Rentesats, find_sats
from takster.beregning.trin import Beregningsfejl, Trin

AKTIVER = {
    "grunde": "Grunde",
    "bygninger": "Bygninger",
    "koeretoejer": "Køretøjer",
    "udstyr": "Dyrt udstyr",
}
FORPLIGTELSER = {
    "pensioner": "Pensionsforpligtelser til tjenestemænd",
    "laan": "Lån",
    "leasinggaeld": "Leasinggæld",
}


class Afregning(StrEnum):
    """How the difference is settled."""

    INGEN = "ingen"
    LAAN = "laan"
    KONTANT = "kontant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Annuitetsaar:
    """One instalment in kroner; `ultimo` is what is owed after it."""

    aar: int
    rente: Decimal
    afdrag: Decimal
    ydelse: Decimal
    ultimo: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdragelse:
    """The balance in kroner, always 0 or more in `beloeb`; the annuity only when it is settled in cash."""

    aktiver: Decimal
    forpligtelser: Decimal
    beloeb: Decimal
    afregning: Afregning
    trin: tuple[Trin, ...]
    sats: Rentesats | None = None
    annuitet: tuple[Annuitetsaar, ...] = ()

    @property
    def betales_i_alt(self) -> Decimal:
        return i_alt(aar.ydelse for aar in self.annuitet)


def beregn_overdragelse(
    beloeb: Mapping[str, Decimal | None], aar: int, satser: Iterable[Rentesats], *, regler: Regler
) -> Overdragelse:
    """The settlement of a transfer in `aar`; a post that is not entered counts as 0.

    Raises Beregningsfejl for a negative post, and when a cash amount has no rate for the year.
    """
    for felt, navn in (AKTIVER | FORPLIGTELSER).items():
        if (beloeb.get(felt) or 0) < 0:
            raise Beregningsfejl(f"{navn}: skriv beløbet uden minus", felt=felt)
    aktiver, aktivtrin = _sum("Aktiver i alt", AKTIVER, beloeb)
    forpligtelser, forpligtelsestrin = _sum("Forpligtelser i alt", FORPLIGTELSER, beloeb)
    forskel = aktiver - forpligtelser
    trin = [
        aktivtrin,
        forpligtelsestrin,
        Trin(
            navn="Forskel",
            formel="Aktiver − forpligtelser",
            indsat=f"{skriv_beloeb(aktiver)} − {skriv_beloeb(forpligtelser)}",
            resultat=skriv_kr(forskel),
            regel="T50",
        ),
    ]
    fundet = {"aktiver": aktiver, "forpligtelser": forpligtelser, "beloeb": abs(forskel)}
    if forskel >= 0:
        afregning = Afregning.LAAN if forskel else Afregning.INGEN
        return Overdragelse(**fundet, afregning=afregning, trin=tuple(trin))
    sats = find_sats(satser, Renteart.OVERDRAGELSE, aar)
    ydelse, ydelsestrin = _ydelse(-forskel, sats, regler.overdragelse_annuitet_aar)
    annuitet = _annuitet(-forskel, ydelse, sats, regler.overdragelse_annuitet_aar)
    return Overdragelse(**fundet, afregning=Afregning.KONTANT, trin=(*trin, ydelsestrin), sats=sats, annuitet=annuitet)


def _sum(navn: str, poster: Mapping[str, str], beloeb: Mapping[str, Decimal | None]) -> tuple[Decimal, Trin]:
    led = [beloeb.get(felt) or Decimal(0) for felt in poster]
    sum_ = i_alt(led)
    return sum_, Trin(
        navn=navn,
        formel=" + ".join(poster.values()),
        indsat=" + ".join(skriv_beloeb(et) for et in led),
        resultat=skriv_kr(sum_),
        regel="T50",
    )


def _ydelse(beloeb: Decimal, sats: Rentesats, antal_aar: int) -> tuple[Decimal, Trin]:
    """The yearly instalment, rounded once from the exact fraction."""
    if antal_aar < 1:
        raise Beregningsfejl("Annuiteten skal løbe i mindst ét år. Ret grænsen i regelsættet", felt="aar")
    if sats.pct <= -100:
        raise Beregningsfejl("Renten skal være over −100\u00a0%", felt="aar")
    rente = Fraction(sats.pct) / 100
    pct = f"{skriv_tal(sats.pct, 4)}{HAARDT_MELLEMRUM}%"
    if rente:
        vaekst = (1 + rente) ** antal_aar
        broek = Fraction(beloeb) * rente * vaekst / (vaekst - 1)
        formel = "Beløb × rente / (1 − 1 / (1 + rente) opløftet til antal år)"
        indsat = f"{skriv_beloeb(beloeb)} × {pct} / (1 − 1 / (1 + {pct})^{antal_aar})"
    else:
        broek = Fraction(beloeb) / antal_aar
        formel, indsat = "Beløb / antal år", f"{skriv_beloeb(beloeb)} / {antal_aar}"
    ydelse = afrund_kvotient(broek.numerator, broek.denominator)
    return ydelse, Trin(
        navn=f"Årlig ydelse i {antal_aar} år", formel=formel, indsat=indsat, resultat=skriv_kr(ydelse), regel="T50"
    )


def _annuitet(beloeb: Decimal, ydelse: Decimal, sats: Rentesats, antal_aar: int) -> tuple[Annuitetsaar, ...]:
    """The instalments; the last one pays off what the roundings of the others leave."""
    gaeld, ud = beloeb, []
    for nr in range(1, antal_aar + 1):
        rente = afrund_kvotient(gaeld * sats.pct, 100)
        aarets = gaeld + rente if nr == antal_aar else ydelse
        gaeld -= aarets - rente
        ud.append(Annuitetsaar(aar=sats.aar + nr, rente=rente, afdrag=aarets - rente, ydelse=aarets, ultimo=gaeld))
    return tuple(ud)
