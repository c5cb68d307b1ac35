"""The hourly rate of face-to-face time (*ATA-timetakst*) for supplements (T39).

The styringsaftale prints the formula without the absence correction and an example with it added inside the bracket.
The additive form of the example is the default; the multiplicative one is a choice.
"""

from dataclasses import dataclass
from datetime import time
from decimal import Decimal

from socialaftale.kerne.penge import afrund, afrund_kvotient
from socialaftale.kerne.talformat import HAARDT_MELLEMRUM, skriv_beloeb, skriv_kr, skriv_tal
from takster.beregning.fund import Fund
from takster.beregning.koder import AtaMetode, Grad
from takster.beregning.regelsaet import Regler
from takster.beregning.trin import Beregningsfejl, Trin

_HVERDAGE = frozenset(range(5))


def _pct(vaerdi: Decimal) -> str:
    return f"{skriv_tal(vaerdi)}{HAARDT_MELLEMRUM}%"


@dataclass(frozen=True, slots=True, kw_only=True)
class AtaElementer:
    """The elements of a rate for one staff category.

    `timeomkostning` is kroner per hour: wage with holiday pay, pension, ATP and special holiday allowance, without
    supplements for the time of day. `fravaer_pct` corrects for absence (k), `doegn_pct` for delivery outside normal
    hours (d), `foelge_pct` is variable follow-up costs (v); all in percent of the hourly cost, 0 or more.
    """

    personalekategori: str
    timeomkostning: Decimal
    fravaer_pct: Decimal = Decimal(0)
    doegn_pct: Decimal = Decimal(0)
    foelge_pct: Decimal = Decimal(0)
    metode: AtaMetode = AtaMetode.ADDITIV


@dataclass(frozen=True, slots=True, kw_only=True)
class Leveringstid:
    """When a supplement is delivered: weekdays (0 is Monday), from and to; an end not after the start is next day."""

    ugedage: frozenset[int]
    fra: time
    til: time
    er_helligdag: bool = False

    def er_i_normaltid(self, regler: Regler) -> bool:
        """T39: entirely on weekdays between the normal hours, both ends included."""
        return (
            not self.er_helligdag
            and self.ugedage <= _HVERDAGE
            and self.fra < self.til
            and self.fra >= time(regler.ata_normaltid_fra_time)
            and self.til <= time(regler.ata_normaltid_til_time)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AtaTakst:
    """The rate in kroner per ATA hour (60 minutes with the citizen), rounded to øre once, and its elements in kroner.

    `fravaer`, `doegn` and `foelge` are what each element adds, rounded to øre for show; the rate is not their sum.
    """

    elementer: AtaElementer
    fravaer: Decimal
    doegn: Decimal
    foelge: Decimal
    takst: Decimal
    trin: tuple[Trin, ...]


def beregn_ata(elementer: AtaElementer) -> AtaTakst:
    """T39: 206 × (1 + 0,25 + 0,05 + 0,33) = 335,78, or 206 × 1,33 × 1,30 = 356,17 when it is multiplied.

    Raises Beregningsfejl for an hourly cost that is not above 0 and for a negative element.
    """
    if elementer.timeomkostning <= 0:
        raise Beregningsfejl("Indtast timeomkostningen for personalekategorien", felt="timeomkostning")
    for felt, navn in (
        ("fravaer_pct", "Korrektionen for fravær"),
        ("doegn_pct", "Døgnkoefficienten"),
        ("foelge_pct", "Følgeomkostningerne"),
    ):
        if getattr(elementer, felt) < 0:
            raise Beregningsfejl(f"{navn} skal være 0\u00a0% eller mere", felt=felt)
    timeomkostning, fravaer_pct = elementer.timeomkostning, elementer.fravaer_pct
    tillaeg_pct = 100 + elementer.doegn_pct + elementer.foelge_pct
    if elementer.metode == AtaMetode.MULTIPLIKATIV:
        takst = afrund_kvotient(timeomkostning * (100 + fravaer_pct) * tillaeg_pct, 100 * 100)
        # d and v are then taken of the cost of an hour with the absence in it.
        basis = timeomkostning * (100 + fravaer_pct)
    else:
        takst = afrund_kvotient(timeomkostning * (tillaeg_pct + fravaer_pct), 100)
        basis = timeomkostning * 100
    fravaer = afrund_kvotient(timeomkostning * fravaer_pct, 100)
    doegn = afrund_kvotient(basis * elementer.doegn_pct, 100 * 100)
    foelge = afrund_kvotient(basis * elementer.foelge_pct, 100 * 100)
    return AtaTakst(
        elementer=elementer,
        fravaer=fravaer,
        doegn=doegn,
        foelge=foelge,
        takst=takst,
        trin=_trin(elementer, takst, (fravaer, doegn, foelge)),
    )


def _trin(elementer: AtaElementer, takst: Decimal, dele: tuple[Decimal, Decimal, Decimal]) -> tuple[Trin, ...]:
    er_gange = elementer.metode == AtaMetode.MULTIPLIKATIV
    timeomkostning = skriv_beloeb(elementer.timeomkostning)
    fravaer, doegn, foelge = _pct(elementer.fravaer_pct), _pct(elementer.doegn_pct), _pct(elementer.foelge_pct)
    basis = f"{timeomkostning} × (1 + {fravaer})" if er_gange else timeomkostning
    led = (
        ("Fravær", timeomkostning, fravaer, dele[0]),
        ("Levering uden for normal arbejdstid", basis, doegn, dele[1]),
        ("Variable følgeomkostninger", basis, foelge, dele[2]),
    )
    if er_gange:
        formel = "Timeomkostning × (1 + fravær) × (1 + døgnkoefficient + følgeomkostninger), afrundet til øre"
        indsat = f"{timeomkostning} × (1 + {fravaer}) × (1 + {doegn} + {foelge})"
    else:
        formel = "Timeomkostning × (1 + døgnkoefficient + følgeomkostninger + fravær), afrundet til øre"
        indsat = f"{timeomkostning} × (1 + {doegn} + {foelge} + {fravaer})"
    return (
        *(
            Trin(
                navn=navn,
                formel="Timeomkostning med fravær × procent" if er_gange and nr else "Timeomkostning × procent",
                indsat=f"{af} × {pct}",
                resultat=skriv_kr(beloeb),
                regel="T39",
            )
            for nr, (navn, af, pct, beloeb) in enumerate(led)
        ),
        Trin(
            navn=f"ATA-timetakst, {elementer.personalekategori}",
            formel=formel,
            indsat=indsat,
            resultat=f"{skriv_kr(takst)} pr. time",
            regel="T39",
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AtaPris:
    """What a supplement costs a week in kroner, computed from the rounded rate so that a buyer can check it."""

    pr_uge: Decimal
    trin: Trin


def beregn_ugepris(takst: Decimal, *, minutter_pr_gang: int, gange_pr_uge: int) -> AtaPris:
    """T39: half an hour on five weekdays at 335,78 is 5 × 335,78 / 2 = 839,45 a week."""
    if minutter_pr_gang <= 0:
        raise Beregningsfejl("Indtast, hvor mange minutter tillægget varer hver gang", felt="minutter_pr_gang")
    if gange_pr_uge <= 0:
        raise Beregningsfejl("Indtast, hvor mange gange om ugen tillægget gives", felt="gange_pr_uge")
    pr_uge = afrund_kvotient(takst * gange_pr_uge * minutter_pr_gang, 60)
    return AtaPris(
        pr_uge=pr_uge,
        trin=Trin(
            navn="Pris pr. uge",
            formel="Gange pr. uge × minutter pr. gang / 60 × ATA-timetakst, afrundet til øre",
            indsat=f"{gange_pr_uge} × {minutter_pr_gang} / 60 × {skriv_beloeb(takst)}",
            resultat=skriv_kr(pr_uge),
            regel="T39",
        ),
    )


def kontroller_ata(elementer: AtaElementer, tid: Leveringstid | None, *, regler: Regler) -> list[Fund]:
    """T39: a named staff category, follow-up costs within the limit, and a coefficient that fits the time of day."""
    fund = []
    if not elementer.personalekategori.strip():
        tekst = "Skriv, hvilken personalekategori timetaksten gælder for"
        fund.append(Fund("personalekategori_mangler", "T39", Grad.FEJL, "personalekategori", tekst))
    if elementer.metode not in set(AtaMetode):
        fund.append(Fund("ata_metode_mangler", "T39", Grad.FEJL, "metode", "Vælg, hvordan fravær regnes med"))
    if elementer.foelge_pct > regler.foelgeomkostninger_max_pct:
        tekst = (
            f"De variable følgeomkostninger må højst være {_pct(regler.foelgeomkostninger_max_pct)}. "
            f"Her står {_pct(elementer.foelge_pct)}."
        )
        fund.append(Fund("foelgeomkostninger_over_max", "T39", Grad.FEJL, "foelge_pct", tekst))
    if tid is None:
        return fund
    normaltid = f"hverdage kl. {regler.ata_normaltid_fra_time}–{regler.ata_normaltid_til_time}"
    if tid.er_i_normaltid(regler) and elementer.doegn_pct:
        tekst = (
            f"Tillægget gives på {normaltid}, så døgnkoefficienten skal være 0. Her står {_pct(elementer.doegn_pct)}."
        )
        fund.append(Fund("doegnkoefficient_i_normaltid", "T39", Grad.ADVARSEL, "doegn_pct", tekst))
    elif not tid.er_i_normaltid(regler) and not elementer.doegn_pct:
        tekst = f"Tillægget gives helt eller delvis uden for {normaltid}, men døgnkoefficienten er 0"
        fund.append(Fund("doegnkoefficient_mangler", "T39", Grad.ADVARSEL, "doegn_pct", tekst))
    return fund


@dataclass(frozen=True, slots=True, kw_only=True)
class FastPris:
    """T40: a clearly defined supplement at a fixed price per piece, invoiced; kroner and pieces."""

    stykpris: Decimal
    antal: Decimal

    @property
    def i_alt(self) -> Decimal:
        """Rounded to øre once."""
        return afrund(self.stykpris * self.antal)

    def trin(self) -> Trin:
        return Trin(
            navn="Fast pris",
            formel="Stykpris × antal",
            indsat=f"{skriv_beloeb(self.stykpris)} × {skriv_tal(self.antal)}",
            resultat=skriv_kr(self.i_alt),
            regel="T40",
        )
