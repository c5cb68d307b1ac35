"""Changes during the tariff year: what a case needs, and how a new version divides the year (T4, T67, T68).

A version holds a tariff (kroner per unit) or a number of places from its first day to its last, both included. The
tariff year counts 365 days also in leap years (T14), so 29 February is not counted when a version is weighed.
"""

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from socialaftale.kerne.dansk import sorteringsnoegle
from socialaftale.kerne.datoformat import skriv_dato, skriv_dato_lang
from socialaftale.kerne.penge import afrund_kvotient, i_alt
from socialaftale.kerne.perioder import Periode, foerste_dag, sidste_dag
from socialaftale.kerne.talformat import skriv_beloeb, skriv_kr
from takster.beregning.fund import Fund
from takster.beregning.koder import Grad
from takster.beregning.trin import Trin

_EN_DAG = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aarssag:
    """A case about places (T67) or tariff (T68) during the year; `besluttet` is the day of the approval, if any."""

    regel: str
    takstaar: int
    saerlige_omstaendigheder: str
    virkning: dt.date | None
    besluttet: dt.date | None = None


def kontroller_sag(sag: Aarssag, *, min_tegn: int) -> list[Fund]:
    """T67, T68: special circumstances in writing, and effect inside the year and after the decision."""
    fund = []
    if len(sag.saerlige_omstaendigheder.strip()) < min_tegn:
        tekst = f"Beskriv de særlige omstændigheder (mindst {min_tegn} tegn)"
        fund.append(Fund("sag_uden_omstaendigheder", sag.regel, Grad.FEJL, "saerlige_omstaendigheder", tekst))
    return fund + _kontroller_virkning(sag)


def _kontroller_virkning(sag: Aarssag) -> list[Fund]:
    def fejl(kode: str, regel: str, tekst: str) -> list[Fund]:
        return [Fund(kode, regel, Grad.FEJL, "virkning", tekst)]

    if sag.virkning is None:
        return fejl("sag_uden_virkning", sag.regel, "Skriv, hvilken dag ændringen gælder fra")
    if not Periode.for_aar(sag.takstaar).gaelder(sag.virkning):
        tekst = (
            f"Ændringen skal gælde fra en dag i {sag.takstaar}, men {skriv_dato_lang(sag.virkning)} er i et andet år"
        )
        return fejl("virkning_uden_for_aaret", sag.regel, tekst)
    if sag.virkning == foerste_dag(sag.takstaar):
        tekst = "En ændring fra årets første dag hører til takstindberetningen og er ikke en sag i løbet af året"
        return fejl("virkning_ved_nytaar", "T4", tekst)
    if sag.besluttet is not None and sag.virkning <= sag.besluttet:
        truffet = skriv_dato_lang(sag.besluttet)
        tekst = f"Ændringen skal gælde fra en dag efter beslutningen, som er truffet {truffet}"
        return fejl("virkning_foer_beslutning", sag.regel, tekst)
    return []


@dataclass(frozen=True, slots=True, kw_only=True)
class Aarsversion:
    """What holds from `fra` to `til`, both included: a tariff in kroner per unit, or a number of places."""

    nummer: int
    fra: dt.date
    til: dt.date
    vaerdi: Decimal

    @property
    def dage(self) -> int:
        """Days of the tariff year (T14): 29 February is not one of them. 0 or less when the days are turned round."""
        skuddage = sum(
            self.fra <= dt.date(aar, 2, 29) <= self.til
            for aar in range(self.fra.year, self.til.year + 1)
            if calendar.isleap(aar)
        )
        return (self.til - self.fra).days + 1 - skuddage


def ny_version(versioner: Iterable[Aarsversion], *, fra: dt.date, vaerdi: Decimal) -> tuple[Aarsversion, ...]:
    """T68: the newest version ends the day before, and the new one holds for the rest of it; earlier ones stay.

    ValueError unless the new one starts inside the newest, after its first day: each version holds at least one day.
    """
    *tidligere, nyeste = sorted(versioner, key=lambda version: version.fra)
    if not nyeste.fra < fra <= nyeste.til:
        raise ValueError(f"A version from {fra} is not inside {nyeste.fra} to {nyeste.til}.")
    ny = Aarsversion(nummer=nyeste.nummer + 1, fra=fra, til=nyeste.til, vaerdi=vaerdi)
    return (*tidligere, replace(nyeste, til=fra - _EN_DAG), ny)


def kontroller_versioner(versioner: Iterable[Aarsversion], *, takstaar: int) -> list[Fund]:
    """T68: the versions cover the whole year, and no day has two. One finding per hole, overlap or turned version."""
    fund = []

    def fejl(kode: str, tekst: str) -> None:
        fund.append(Fund(kode, "T68", Grad.FEJL, "gyldig_fra", tekst))

    naeste = foerste_dag(takstaar)
    slut = sidste_dag(takstaar)
    for version in sorted(versioner, key=lambda version: (version.fra, version.til)):
        if version.til < version.fra:
            tekst = f"Version {version.nummer} slutter {skriv_dato(version.til)}, før den begynder"
            fejl("version_vendt", tekst)
            continue
        if version.fra < foerste_dag(takstaar) or version.til > slut:
            fejl("version_uden_for_aaret", f"Version {version.nummer} går ud over {takstaar}")
        if version.fra > naeste:
            fejl("hul_mellem_versioner", f"Ingen version gælder {_dagene(naeste, version.fra - _EN_DAG)}")
        elif version.fra < naeste and naeste > foerste_dag(takstaar):
            tekst = f"Version {version.nummer} begynder {skriv_dato(version.fra)}, hvor en anden stadig gælder"
            fejl("versioner_overlapper", tekst)
        naeste = max(naeste, version.til + _EN_DAG)
    if naeste <= slut:
        fejl("hul_mellem_versioner", f"Ingen version gælder {_dagene(naeste, slut)}")
    return fund


def _dagene(fra: dt.date, til: dt.date) -> str:
    return skriv_dato(fra) if fra == til else f"fra {skriv_dato(fra)} til {skriv_dato(til)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vaegtet:
    """The year's value over its versions. `gennemsnit` is weighed by days and rounded once, to two decimals.

    `pr_aar` is kroner per whole-year place, computed from the tariffs and not from the rounded mean; None for hours,
    units and numbers of places.
    """

    gennemsnit: Decimal
    pr_aar: Decimal | None
    trin: tuple[Trin, ...]


def vaegt_versioner(versioner: Iterable[Aarsversion], *, takstaar: int, aarsdage: int | None = None) -> Vaegtet:
    """T14, T68: the mean of the versions, each counting its days.

    `aarsdage` is the days a place is sold in a year: 365 for døgn, the days open for dag, which are taken to lie
    evenly over the year; None when there is no price per year. ValueError when the versions do not cover the year.
    """
    versioner = sorted(versioner, key=lambda version: version.fra)
    if fund := kontroller_versioner(versioner, takstaar=takstaar):
        raise ValueError(f"The versions do not cover {takstaar}: {', '.join(et_fund.kode for et_fund in fund)}.")
    dage = sum(version.dage for version in versioner)
    sum_ = i_alt(version.vaerdi * version.dage for version in versioner)
    gennemsnit = afrund_kvotient(sum_, dage)
    led = " + ".join(f"{skriv_beloeb(version.vaerdi)} × {version.dage}" for version in versioner)
    trin = [
        Trin(
            navn="Gennemsnit over året",
            formel="Summen af hver versions værdi × dage / årets dage, afrundet til to decimaler",
            indsat=f"({led}) / {dage}",
            resultat=skriv_beloeb(gennemsnit),
            regel="T68",
        )
    ]
    if aarsdage is None:
        return Vaegtet(gennemsnit=gennemsnit, pr_aar=None, trin=tuple(trin))
    pr_aar = afrund_kvotient(sum_ * aarsdage, dage)
    andel = "" if aarsdage == dage else f" × {aarsdage} / {dage}"
    trin.append(
        Trin(
            navn="Pris pr. plads pr. år",
            formel="Summen af hver versions takst × de dage i året, den gælder",
            indsat=f"({led}){andel}",
            resultat=skriv_kr(pr_aar),
            regel="T14",
        )
    )
    return Vaegtet(gennemsnit=gennemsnit, pr_aar=pr_aar, trin=tuple(trin))


@dataclass(frozen=True, slots=True, kw_only=True)
class Koeberaftale:
    """A payment agreement about the ydelse; `til` is its last day, None while it runs."""

    kommune: str
    til: dt.date | None = None


def skal_have_besked(aftaler: Sequence[Koeberaftale], *, virkning: dt.date, driftsherre: str) -> tuple[str, ...]:
    """T68: the municipalities with an agreement that runs on or after the day of effect, each once, in order."""
    kommuner = {
        aftale.kommune
        for aftale in aftaler
        if aftale.kommune != driftsherre and (aftale.til is None or aftale.til >= virkning)
    }
    return tuple(sorted(kommuner, key=sorteringsnoegle))
