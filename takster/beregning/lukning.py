"""What becomes of a surplus or deficit when a tilbud closes (T65, with T28 for a region)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from socialaftale.kerne.penge import fordel, i_alt
from socialaftale.kerne.talformat import skriv_beloeb, skriv_kr
from takster.beregning.fund import Fund
from takster.beregning.koder import Grad
from takster.beregning.regelsaet import Regler
from takster.beregning.regulering_tidligere_aar import Forpligtelse
from takster.beregning.trin import Beregningsfejl, Trin

FELT = "lukningsresultat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Modtager:
    """Another socialaftaletilbud of the driftsherre; `grundlag` is its G in kroner, the weight of its share."""

    noegle: str
    navn: str
    grundlag: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Lukningsandel:
    """One tilbud's share of the closed tilbud's result, as its effect on G (an increase is positive)."""

    modtager: Modtager
    beloeb: Decimal
    forpligtelse: Forpligtelse


@dataclass(frozen=True, slots=True, kw_only=True)
class Lukningsresultat:
    """Where the result went, in kroner. All amounts are 0 or more, except those of `andele`, which carry their sign.

    deficit = fra_hensat + Σ andele + kommunekasse for a municipality. A region carries what its set-asides do not
    cover on the balance (`balance`) until its other tilbud have included it, so there it equals Σ andele when there
    are any. `uden_modtager` is a surplus that nobody can receive.
    """

    fra_hensat: Decimal
    andele: tuple[Lukningsandel, ...]
    kommunekasse: Decimal
    balance: Decimal
    uden_modtager: Decimal
    fund: tuple[Fund, ...]
    trin: tuple[Trin, ...]


def fordel_ved_lukning(
    resultat: Decimal,
    *,
    aar: int,
    navn: str,
    modtagere: Sequence[Modtager],
    hensat: Decimal,
    er_region: bool,
    regler: Regler,
) -> Lukningsresultat:
    """T65: first the driftsherre's set-asides, then the tariffs of its other tilbud by their grundlag (ours).

    `resultat` is that of the closed tilbud `navn` in `aar`, surplus positive; `hensat` is the balance that may be
    drawn on. A surplus lowers the other tariffs. Beregningsfejl when a receiving tilbud has no grundlag.
    """
    if hensat < 0:
        raise Beregningsfejl("Saldoen af hensatte overskud skal være 0\u00a0kr. eller mere", felt="hensat")
    for modtager in modtagere:
        if modtager.grundlag <= 0:
            raise Beregningsfejl(f"Indtast takstberegningsgrundlaget for {modtager.navn}", felt="grundlag")
    fra_hensat = min(max(-resultat, Decimal(0)), hensat)
    rest = -resultat - fra_hensat
    andele = _fordel(rest, aar, navn, modtagere, regler)
    kommunekasse = rest if rest > 0 and not andele and not er_region else Decimal(0)
    balance = rest if rest > 0 and er_region else Decimal(0)
    uden_modtager = -rest if rest < 0 and not andele else Decimal(0)
    return Lukningsresultat(
        fra_hensat=fra_hensat,
        andele=andele,
        kommunekasse=kommunekasse,
        balance=balance,
        uden_modtager=uden_modtager,
        fund=tuple(_fund(navn, bool(andele), kommunekasse, balance, uden_modtager)),
        trin=_trin(resultat, fra_hensat, rest, andele, kommunekasse, balance),
    )


def _fordel(
    rest: Decimal, aar: int, navn: str, modtagere: Sequence[Modtager], regler: Regler
) -> tuple[Lukningsandel, ...]:
    if not rest or not modtagere:
        return ()
    ordnet = sorted(modtagere, key=lambda modtager: modtager.noegle)
    dele = fordel(rest, [modtager.grundlag for modtager in ordnet])
    return tuple(
        Lukningsandel(
            modtager=modtager,
            beloeb=beloeb,
            forpligtelse=Forpligtelse(
                noegle=f"{aar}-T65-{modtager.noegle}",
                beloeb=beloeb,
                oprindelsesaar=aar,
                regel="T65",
                tidligst_aar=aar + regler.regulering_tidligst_aar,
                senest_aar=aar + regler.regulering_senest_aar,
                betegnelse=f"Andel af {'underskud' if rest > 0 else 'overskud'} ved lukning af {navn}",
            ),
        )
        for modtager, beloeb in zip(ordnet, dele, strict=True)
        if beloeb
    )


def _fund(navn: str, har_andele: bool, kommunekasse: Decimal, balance: Decimal, uden_modtager: Decimal) -> list[Fund]:
    if kommunekasse:
        tekst = (
            f"Der er hverken hensatte overskud eller andre tilbud til at bære {skriv_kr(kommunekasse)} fra {navn}. "
            "Kommunen kan betale beløbet af kommunekassen."
        )
        return [Fund("lukning_kommunekasse", "T65", Grad.ADVARSEL, FELT, tekst)]
    if balance:
        tekst = f"Regionen kan ikke endeligt finansiere {skriv_kr(balance)} fra {navn}. Beløbet føres på balancen"
        tekst += " og indregnes i taksterne i regionens øvrige tilbud." if har_andele else "."
        return [Fund("lukning_balance", "T28", Grad.ADVARSEL, FELT, tekst)]
    if uden_modtager:
        tekst = (
            f"Der er ingen andre tilbud at flytte overskuddet på {skriv_kr(uden_modtager)} fra {navn} til. "
            "Aftal, hvordan det føres tilbage til køberne."
        )
        return [Fund("lukning_uden_modtager", "T65", Grad.GODKENDELSE, FELT, tekst)]
    return []


def _trin(
    resultat: Decimal,
    fra_hensat: Decimal,
    rest: Decimal,
    andele: tuple[Lukningsandel, ...],
    kommunekasse: Decimal,
    balance: Decimal,
) -> tuple[Trin, ...]:
    trin = []
    if resultat < 0:
        trin.append(
            Trin(
                navn="Dækkes af hensatte overskud",
                formel="Det mindste af underskud og saldo",
                indsat=f"Underskud {skriv_beloeb(-resultat)}",
                resultat=skriv_kr(fra_hensat),
                regel="T65",
            )
        )
    grundlag = i_alt(andel.modtager.grundlag for andel in andele)
    trin += [
        Trin(
            navn=andel.modtager.navn,
            formel="Beløb × tilbuddets grundlag / de øvrige tilbuds grundlag; minus sænker taksten",
            indsat=f"{skriv_beloeb(rest)} × {skriv_beloeb(andel.modtager.grundlag)} / {skriv_beloeb(grundlag)}",
            resultat=skriv_kr(andel.beloeb),
            regel="T65",
        )
        for andel in andele
    ]
    for navn, beloeb, regel in (("Kommunekassen", kommunekasse, "T65"), ("Regionens balance", balance, "T28")):
        if beloeb:
            trin.append(
                Trin(
                    navn=navn,
                    formel="Underskud − hensatte overskud",
                    indsat=f"{skriv_beloeb(-resultat)} − {skriv_beloeb(fra_hensat)}",
                    resultat=skriv_kr(beloeb),
                    regel=regel,
                )
            )
    return tuple(trin)
