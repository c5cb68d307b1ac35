"""The account of set-aside surpluses (*hensættelseskonto*) of one driftsherre: layers, use, expiry (T24, T29).

Every surplus set aside is a layer of its own. It can be used from the last day of the year it is from, and no later
than the last day of the fifth year after. Use takes the oldest layers first. The account is always replayed from its
entries, so entries in any order give the same account.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from socialaftale.kerne.datoformat import skriv_dato_lang
from socialaftale.kerne.penge import i_alt
from socialaftale.kerne.perioder import foerste_dag, sidste_dag
from socialaftale.kerne.talformat import skriv_beloeb, skriv_kr
from takster.beregning.fund import Fund
from takster.beregning.koder import Grad, Hensaettelsesformaal
from takster.beregning.regelsaet import Regler
from takster.beregning.regulering_tidligere_aar import Forpligtelse
from takster.beregning.renter import Rente, Rentesats, forrent_resultat
from takster.beregning.trin import Beregningsfejl, Trin

_MAANEDER = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Hensaettelse:
    """A surplus set aside: the year and the tilbud it is from, and the amount in kroner, above 0.

    `er_tilbagefoert` is set when what was left at expiry has been returned in full, so that it is no longer asked for.
    """

    noegle: str
    aar: int
    tilbud: str
    beloeb: Decimal
    er_tilbagefoert: bool = False

    def udloeber(self, regler: Regler) -> date:
        """T24: the last day it can be used."""
        return sidste_dag(self.aar + regler.hensaettelse_aar)

    def varsles_fra(self, regler: Regler) -> date:
        """T24: the first day the expiry is warned of."""
        maaneder = (self.aar + regler.hensaettelse_aar) * _MAANEDER + 11 - regler.hensaettelse_varsel_maaneder
        aar, maaned = maaneder // _MAANEDER, maaneder % _MAANEDER + 1
        return date(aar, maaned, monthrange(aar, maaned)[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Forbrug:
    """A use of the account: an amount above 0, what for, and whether the tilbud it goes to is in the socialaftale."""

    noegle: str
    dato: date
    beloeb: Decimal
    formaal: str
    tilbud: str
    tilbud_omfattet: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Traek:
    """The part of a use that one layer paid."""

    forbrug: Forbrug
    hensaettelse: Hensaettelse
    beloeb: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag:
    """A layer at the date of the status: amount = brugt + rest + udloebet, all in kroner and 0 or more."""

    hensaettelse: Hensaettelse
    udloeber: date
    brugt: Decimal
    rest: Decimal
    udloebet: Decimal

    def tilbagefoersel(self, regler: Regler) -> Forpligtelse | None:
        """T24: what was not used in time is returned like a surplus of the year it expired in (T25)."""
        if not self.udloebet or self.hensaettelse.er_tilbagefoert:
            return None
        return Forpligtelse(
            noegle=f"{self.hensaettelse.noegle}-T24",
            beloeb=-self.udloebet,
            oprindelsesaar=self.udloeber.year,
            regel="T24",
            tidligst_aar=self.udloeber.year + regler.regulering_tidligst_aar,
            senest_aar=self.udloeber.year + regler.regulering_senest_aar,
            betegnelse=f"Hensat overskud fra {self.hensaettelse.aar}, der ikke blev brugt",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Kontostatus:
    """The account at the end of the day `pr`: oldest layer first, uses in the order they were made."""

    pr: date
    lag: tuple[Lag, ...]
    traek: tuple[Traek, ...]
    fund: tuple[Fund, ...]

    @property
    def indsat(self) -> Decimal:
        return i_alt(lag.hensaettelse.beloeb for lag in self.lag)

    @property
    def brugt(self) -> Decimal:
        return i_alt(lag.brugt for lag in self.lag)

    @property
    def saldo(self) -> Decimal:
        """What can still be used."""
        return i_alt(lag.rest for lag in self.lag)

    @property
    def udloebet(self) -> Decimal:
        return i_alt(lag.udloebet for lag in self.lag)

    def trin(self) -> Trin:
        return Trin(
            navn=f"Hensat pr. {skriv_dato_lang(self.pr)}",
            formel="Hensat − brugt − udløbet",
            indsat=f"{skriv_beloeb(self.indsat)} − {skriv_beloeb(self.brugt)} − {skriv_beloeb(self.udloebet)}",
            resultat=skriv_kr(self.saldo),
            regel="T24",
        )


def opgoer(
    hensaettelser: Iterable[Hensaettelse], forbrug: Iterable[Forbrug], *, pr: date, regler: Regler
) -> Kontostatus:
    """T24: the account replayed up to and including `pr`.

    Layers of years that are not over and later uses are left out. Raises Beregningsfejl when a use is larger than
    what the layers hold on its day, or an amount is not above 0: such an account cannot exist.
    """
    aabne = sorted(
        (hensaettelse for hensaettelse in hensaettelser if sidste_dag(hensaettelse.aar) <= pr),
        key=lambda hensaettelse: (hensaettelse.aar, hensaettelse.tilbud, hensaettelse.noegle),
    )
    for hensaettelse in aabne:
        _kraev_positiv(hensaettelse.beloeb, "Det hensatte beløb")
    rester = {hensaettelse.noegle: hensaettelse.beloeb for hensaettelse in aabne}
    if len(rester) != len(aabne):
        raise ValueError("Two set-asides have the same key.")
    traek: list[Traek] = []
    for post in sorted(forbrug, key=lambda post: (post.dato, post.noegle)):
        if post.dato <= pr:
            traek += _traek(post, aabne, rester, regler)
    lag = tuple(_lag(hensaettelse, rester[hensaettelse.noegle], pr, regler) for hensaettelse in aabne)
    return Kontostatus(pr=pr, lag=lag, traek=tuple(traek), fund=tuple(_fund(lag, pr, regler)))


def _kraev_positiv(beloeb: Decimal, navn: str) -> None:
    if beloeb <= 0:
        raise Beregningsfejl(f"{navn} skal være større end 0\u00a0kr.", felt="beloeb")


def _traek(post: Forbrug, aabne: Sequence[Hensaettelse], rester: dict[str, Decimal], regler: Regler) -> list[Traek]:
    """FIFO: the oldest layer that is open on the day and has a remainder pays first."""
    _kraev_positiv(post.beloeb, "Forbruget")
    mangler = post.beloeb
    traek = []
    for hensaettelse in aabne:
        if not sidste_dag(hensaettelse.aar) <= post.dato <= hensaettelse.udloeber(regler):
            continue
        beloeb = min(mangler, rester[hensaettelse.noegle])
        if beloeb:
            rester[hensaettelse.noegle] -= beloeb
            mangler -= beloeb
            traek.append(Traek(forbrug=post, hensaettelse=hensaettelse, beloeb=beloeb))
    if mangler:
        raise Beregningsfejl(
            f"Der kan højst bruges {skriv_kr(post.beloeb - mangler)} af de hensatte overskud den "
            f"{skriv_dato_lang(post.dato)}. Her står {skriv_kr(post.beloeb)}",
            felt="beloeb",
        )
    return traek


def _lag(hensaettelse: Hensaettelse, rest: Decimal, pr: date, regler: Regler) -> Lag:
    udloeber = hensaettelse.udloeber(regler)
    er_udloebet = pr > udloeber
    return Lag(
        hensaettelse=hensaettelse,
        udloeber=udloeber,
        brugt=hensaettelse.beloeb - rest,
        rest=Decimal(0) if er_udloebet else rest,
        udloebet=rest if er_udloebet else Decimal(0),
    )


def _fund(lag: Iterable[Lag], pr: date, regler: Regler) -> Iterable[Fund]:
    for et_lag in lag:
        fra = f"hensat overskud fra {et_lag.hensaettelse.aar} ({et_lag.hensaettelse.tilbud})"
        udloeb = skriv_dato_lang(et_lag.udloeber)
        if et_lag.udloebet and not et_lag.hensaettelse.er_tilbagefoert:
            tekst = (
                f"{skriv_kr(et_lag.udloebet)} {fra} blev ikke brugt inden den {udloeb} og skal føres tilbage i "
                f"taksten senest i {et_lag.udloeber.year + regler.regulering_senest_aar}"
            )
            yield Fund("hensaettelse_udloebet", "T24", Grad.FEJL, "hensaettelser", tekst)
        elif et_lag.rest and pr >= et_lag.hensaettelse.varsles_fra(regler):
            tekst = f"{skriv_kr(et_lag.rest)} {fra} skal være brugt senest den {udloeb}. Ellers føres det tilbage."
            yield Fund("hensaettelse_udloeber", "T24", Grad.ADVARSEL, "hensaettelser", tekst)


def kontroller_forbrug(
    nyt: Forbrug, hensaettelser: Sequence[Hensaettelse], forbrug: Sequence[Forbrug], *, regler: Regler
) -> list[Fund]:
    """T24: may this use be added? A permitted purpose, a tilbud in the socialaftale, and money for it.

    A use that is dated back is refused too when a later one would then lack cover.
    """
    fund = []
    if nyt.formaal not in set(Hensaettelsesformaal):
        fund.append(Fund("formaal_mangler", "T24", Grad.FEJL, "formaal", "Vælg, hvad beløbet bruges til"))
    if not nyt.tilbud_omfattet:
        tekst = f"{nyt.tilbud} er ikke med i socialaftalen, så hensatte overskud kan ikke bruges der"
        fund.append(Fund("forbrug_uden_for_aftalen", "T24", Grad.FEJL, "tilbud", tekst))
    sidste = max([nyt.dato, *(post.dato for post in forbrug)])
    foer = [post for post in forbrug if post.dato <= nyt.dato]
    try:
        opgoer(hensaettelser, [*foer, nyt], pr=nyt.dato, regler=regler)
    except Beregningsfejl:
        til_raadighed = opgoer(hensaettelser, foer, pr=nyt.dato, regler=regler).saldo
        if nyt.beloeb <= 0:
            tekst = "Forbruget skal være større end 0\u00a0kr."
        else:
            tekst = (
                f"Der er {skriv_kr(til_raadighed)} til rådighed den {skriv_dato_lang(nyt.dato)}. "
                f"Her står {skriv_kr(nyt.beloeb)}"
            )
        return [*fund, Fund("forbrug_over_saldo", "T24", Grad.FEJL, "beloeb", tekst)]
    try:
        opgoer(hensaettelser, [*forbrug, nyt], pr=sidste, regler=regler)
    except Beregningsfejl as fejl:
        tekst = f"Et senere forbrug ville mangle dækning. {fejl.besked}"
        fund.append(Fund("senere_forbrug_uden_daekning", "T24", Grad.FEJL, "beloeb", tekst))
    return fund


def beregn_renter(
    hensaettelser: Sequence[Hensaettelse],
    forbrug: Sequence[Forbrug],
    satser: Sequence[Rentesats],
    *,
    til_aar: int,
    regler: Regler,
) -> tuple[Rente, ...]:
    """T29: simple interest of every year up to and including `til_aar`, on the balance the year opens with (ours).

    Years that open with nothing are left out. Raises Beregningsfejl when a year's rate is missing.
    """
    foerste = min((hensaettelse.aar for hensaettelse in hensaettelser), default=til_aar) + 1
    renter = []
    for aar in range(foerste, til_aar + 1):
        primo = foerste_dag(aar)
        saldo = opgoer(hensaettelser, [post for post in forbrug if post.dato < primo], pr=primo, regler=regler).saldo
        if saldo:
            renter.append(forrent_resultat(saldo, aar, satser))
    return tuple(renter)
