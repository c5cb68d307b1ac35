"""Category 1, 2 or 3 of a *tilbud*: what its buyers suggest, and what a choice or a change of category needs (T3-T5).

The limits of a chosen category against the buyers (T3) are those of `omfattet.kontroller_t3`; here is what comes
before and after: counting the buyers, a suggestion, the exemption of category 2, the change of category (T5), and the
entry of a new *tilbud* (T60). The source has no number for "few", so a suggestion never tells 2 from 3.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from socialaftale.kerne.dansk import sorteringsnoegle
from socialaftale.kerne.datoformat import skriv_dato_lang
from socialaftale.kerne.perioder import Periode, foerste_dag
from tilbud.beregning.omfattet import Fund, Niveau, Tilbudsoplysninger, kontroller_t1, kontroller_t2, kontroller_t3


@dataclass(frozen=True, slots=True, kw_only=True)
class Kategorifund:
    """One finding of a category case: stable code, rule, level, the field it concerns, and the text for the user."""

    kode: str
    regel: str
    niveau: Niveau
    felt: str
    tekst: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Koeber:
    """A *køberkommune* (T8: any municipality); only the agreement's own municipalities count for the category."""

    noegle: str
    navn: str
    er_part: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Koeberoptaelling:
    """Distinct buyers other than the *driftsherre*, in Danish order: the agreement's own, and those outside it."""

    i_omraadet: tuple[str, ...]
    udefra: tuple[str, ...]

    @property
    def n(self) -> int:
        """T3: what the category depends on."""
        return len(self.i_omraadet)


def tael_koebere(koebere: Iterable[Koeber], *, driftsherre: str) -> Koeberoptaelling:
    """T3, T8: count each municipality once, however often it has bought, and never the *driftsherre* itself."""
    efter_noegle = {koeber.noegle: koeber for koeber in koebere if koeber.noegle != driftsherre}

    def navne(er_part: bool) -> tuple[str, ...]:
        return tuple(sorted((k.navn for k in efter_noegle.values() if k.er_part is er_part), key=sorteringsnoegle))

    return Koeberoptaelling(i_omraadet=navne(True), udefra=navne(False))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kategoriforslag:
    """The categories the buyers allow, and why; none when the secretariat decides or the category is irrelevant."""

    kategorier: tuple[int, ...]
    sekretariatet_afgoer: bool
    tekst: str


def foreslaa_kategori(optaelling: Koeberoptaelling, *, er_aftalens_region: bool = False) -> Kategoriforslag:
    """T3: n = 0 → 1, n ≥ 1 → 2 or 3. Only buyers from outside falls in a gap of the rules and is never guessed."""
    if er_aftalens_region:
        tekst = "Regionens tilbud er altid omfattet, så kategorien har ingen betydning."
        return Kategoriforslag(kategorier=(), sekretariatet_afgoer=False, tekst=tekst)
    if optaelling.n:
        tekst = (
            f"{_antal_kommuner(optaelling.n)} i aftalen køber pladser ({', '.join(optaelling.i_omraadet)}), så "
            "tilbuddet er kategori 2 eller 3. Reglerne siger ikke, hvor mange en eller få er."
        )
        return Kategoriforslag(kategorier=(2, 3), sekretariatet_afgoer=False, tekst=tekst)
    if optaelling.udefra:
        tekst = (
            f"Kun kommuner uden for aftalen køber pladser ({', '.join(optaelling.udefra)}). Reglerne siger ikke, "
            "hvilken kategori det giver, så sekretariatet afgør det."
        )
        return Kategoriforslag(kategorier=(), sekretariatet_afgoer=True, tekst=tekst)
    tekst = "Ingen andre kommuner køber pladser, så tilbuddet er kategori 1."
    return Kategoriforslag(kategorier=(1,), sekretariatet_afgoer=False, tekst=tekst)


def _antal_kommuner(antal: int) -> str:
    return "1 anden kommune" if antal == 1 else f"{antal} andre kommuner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kapitel:
    """A chapter of the styringsaftale whose elements an exempt *tilbud*'s own agreement must hold."""

    nummer: int
    titel: str


# The chapters of Styringsaftale 2021; a later version may pass its own.
UNDTAGELSESKAPITLER = (
    Kapitel(nummer=3, titel="takst- og udgiftsudvikling"),
    Kapitel(nummer=4, titel="takstmodeller"),
    Kapitel(nummer=7, titel="afregning og betaling"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Undtagelse:
    """A category 2 *tilbud* held outside: is an agreement with the buyers uploaded, and which chapters has it?"""

    har_aftale: bool
    bekraeftede_kapitler: frozenset[int] = frozenset()


def kontroller_undtagelse(
    undtagelse: Undtagelse, *, kategori: int | None, kapitler: Sequence[Kapitel] = UNDTAGELSESKAPITLER
) -> tuple[Kategorifund, ...]:
    """T3: only category 2 can be exempt, with an agreement that has the same elements as the three chapters."""
    fund = []

    def fejl(kode: str, felt: str, tekst: str) -> None:
        fund.append(Kategorifund(kode=kode, regel="T3", niveau=Niveau.FEJL, felt=felt, tekst=tekst))

    if kategori != 2:
        fejl("undtagelse_kun_kategori_2", "kategori", "Kun tilbud i kategori 2 kan være undtaget")
    if not undtagelse.har_aftale:
        fejl("undtagelse_uden_aftale", "aftale", "Vedhæft aftalen med de kommuner, der køber pladser")
    for kapitel in kapitler:
        if kapitel.nummer not in undtagelse.bekraeftede_kapitler:
            tekst = (
                f"Bekræft, at aftalen har de samme elementer som styringsaftalens kapitel {kapitel.nummer} om "
                f"{kapitel.titel}"
            )
            fejl("undtagelse_uden_kapitel", f"kapitel_{kapitel.nummer}", tekst)
    return tuple(fund)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kategoriskift:
    """A request for another category. `takstaar` is the year of the open window, in which it is to take effect.

    `koeberliste` is None when no list is given; an empty one says that nobody else buys. `undtagelse` is given when
    category 2 is to be exempt, i.e. outside the agreement.
    """

    fra: int | None
    til: int
    anmodet: dt.date
    takstaar: int
    virkning: dt.date
    koeberliste: tuple[Koeber, ...] | None
    begrundelse: str
    undtagelse: Undtagelse | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Skiftekontrol:
    """What a change lacks, in the order of the form, and the register's own findings with the new category (T1-T3)."""

    optaelling: Koeberoptaelling
    fund: tuple[Kategorifund, ...]
    registerfund: tuple[Fund, ...]

    @property
    def kan_indsendes(self) -> bool:
        """False leaves the case a draft, which waits for the next window (T4)."""
        return not any(et_fund.niveau == Niveau.FEJL for et_fund in (*self.fund, *self.registerfund))


def virkningsdato(takstaar: int) -> dt.date:
    """T4, T5: the first day of the year the window concerns."""
    return foerste_dag(takstaar)


def kontroller_vindue(anmodet: dt.date, vindue: Periode | None, *, hvad: str) -> tuple[Kategorifund, ...]:
    """T4: only together with the takstskemaer; outside the window a request waits as a draft. None: no window yet."""
    if vindue is not None and vindue.gaelder(anmodet):
        return ()
    if vindue is not None and vindue.fra is not None and anmodet < vindue.fra:
        hvornaar = f"fra {skriv_dato_lang(vindue.fra)}"
    else:
        hvornaar = "når næste takstindberetning åbner"
    tekst = f"{hvad} kan kun sendes sammen med takstskemaerne. Den er gemt som kladde og kan sendes {hvornaar}"
    return (Kategorifund(kode="uden_for_vindue", regel="T4", niveau=Niveau.FEJL, felt="", tekst=tekst),)


def _kontroller_virkning(virkning: dt.date, anmodet: dt.date, takstaar: int, *, hvad: str) -> tuple[Kategorifund, ...]:
    rigtig = virkningsdato(takstaar)
    if virkning == rigtig and anmodet < rigtig:
        return ()
    tekst = f"{hvad} i løbet af året. Den næste mulige dato er {skriv_dato_lang(_naeste_nytaar(anmodet, rigtig))}"
    return (Kategorifund(kode="virkning_i_aaret", regel="T4", niveau=Niveau.FEJL, felt="virkning", tekst=tekst),)


def _naeste_nytaar(anmodet: dt.date, rigtig: dt.date) -> dt.date:
    return rigtig if anmodet < rigtig else foerste_dag(anmodet.year + 1)


def kontroller_skift(
    skift: Kategoriskift,
    tilbud: Tilbudsoplysninger,
    *,
    driftsherre: str,
    vindue: Periode | None,
    min_tegn: int,
    kapitler: Sequence[Kapitel] = UNDTAGELSESKAPITLER,
) -> Skiftekontrol:
    """T3-T5: window, effect on 1 January, list of buyers, reason, and the new category against the buyers.

    `tilbud` is as the register knows it now; buyers and category are taken from the request. `min_tegn` is the length
    a reason must have.
    """
    optaelling = tael_koebere(skift.koeberliste or (), driftsherre=driftsherre)
    fund = [*kontroller_vindue(skift.anmodet, vindue, hvad="Anmodningen")]
    fund += _kontroller_virkning(skift.virkning, skift.anmodet, skift.takstaar, hvad="Kategorien kan ikke skifte")

    def fejl(kode: str, felt: str, tekst: str) -> None:
        fund.append(Kategorifund(kode=kode, regel="T5", niveau=Niveau.FEJL, felt=felt, tekst=tekst))

    if skift.til == skift.fra:
        fejl("samme_kategori", "til", f"Tilbuddet er allerede i kategori {skift.til}")
    if skift.koeberliste is None:
        fejl("skift_uden_koebere", "koeberliste", "Skriv, hvilke kommuner der har brugt tilbuddet")
    elif skift.til == 2 and not (optaelling.i_omraadet or optaelling.udefra):
        tekst = "Kategori 2 er til tilbud, som en eller få andre kommuner i aftalen bruger, men listen er tom"
        fund.append(
            Kategorifund(
                kode="kategori_2_uden_koebere", regel="T3", niveau=Niveau.ADVARSEL, felt="koeberliste", tekst=tekst
            )
        )
    if len(skift.begrundelse.strip()) < min_tegn:
        hvad = "hvorfor de kommuner, der køber, er få" if (skift.fra, skift.til) == (3, 2) else "hvorfor"
        fejl("skift_uden_begrundelse", "begrundelse", f"Skriv {hvad} (mindst {min_tegn} tegn)")
    if skift.undtagelse is not None:
        fund += kontroller_undtagelse(skift.undtagelse, kategori=skift.til, kapitler=kapitler)
    nyt = replace(
        tilbud,
        kategori=skift.til,
        i_aftalen=skift.til != 1 and skift.undtagelse is None,
        koebere_i_omraadet=None if skift.koeberliste is None else optaelling.n,
        koebere_udefra=None if skift.koeberliste is None else len(optaelling.udefra),
    )
    registerfund = (*kontroller_t1(nyt), *kontroller_t2(nyt), *kontroller_t3(nyt))
    return Skiftekontrol(optaelling=optaelling, fund=tuple(fund), registerfund=registerfund)


def kontroller_indmelding(
    *, anmodet: dt.date, takstaar: int, virkning: dt.date, vindue: Periode | None
) -> tuple[Kategorifund, ...]:
    """T60: a new *tilbud* comes in with the takstskemaer from 1 January; a start during the year is a case (T67, T68).

    A start during the year is therefore a warning beside the window's own rule, not an error.
    """
    fund = list(kontroller_vindue(anmodet, vindue, hvad="Indmeldingen"))
    if virkning != virkningsdato(takstaar):
        tekst = (
            "Et nyt tilbud kommer med fra 1. januar. En start i løbet af året skal godkendes som en sag om pladser "
            "og takst i året"
        )
        fund.append(
            Kategorifund(kode="start_i_aaret", regel="T60", niveau=Niveau.ADVARSEL, felt="virkning", tekst=tekst)
        )
    return tuple(fund)
