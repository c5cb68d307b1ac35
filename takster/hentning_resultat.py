"""From accounts and ledger rows to values: the division of a result, the account of a driftsherre, obligations."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, Sum

from socialaftale.kerne.enums import Organisationstype
from socialaftale.kerne.models import Organisation, Sag
from socialaftale.kerne.penge import i_alt
from socialaftale.kerne.talformat import skriv_kr
from takster.beregning.aarsgrundlag import Aarsgrundlag, Takstversioner, beregn_aarsgrundlag
from takster.beregning.fund import Fund
from takster.beregning.hensaettelse import Kontostatus, beregn_renter, opgoer
from takster.beregning.koder import Grad, Renteart
from takster.beregning.lukning import Lukningsresultat, Modtager, fordel_ved_lukning
from takster.beregning.regelsaet import Regler
from takster.beregning.renter import Rente
from takster.beregning.resultatdeling import (
    Delingsvalg,
    Foersteaarstab,
    Resultatdeling,
    Underskudsdaekning,
    del_resultat,
)
from takster.beregning.sager import Aarsversion
from takster.beregning.trin import Beregningsfejl, Trin
from takster.enums import Opgoerelsesniveau
from takster.models import (
    Hensaettelsespost,
    Indregning,
    Niveauvalg,
    Regelsaet,
    Regnskab,
    Reguleringspligt,
    Rentesats,
    Takst,
)
from takster.sager.hentning import perioder
from takster.sager.underskudsaftale import aftalt_sag
from tilbud.models import Tilbud


def regler_for(aar: int) -> Regler:
    """The limits in force for a year; a year before the first rule set follows that one."""
    regelsaet = Regelsaet.objects.for_aar(aar) or Regelsaet.objects.order_by("fra_aar").first()
    return regelsaet.regler() if regelsaet else Regler()


def niveau_for(driftsherre: int, aar: int) -> str:
    """T30: the level in force."""
    valg = Niveauvalg.objects.gaeldende(driftsherre, aar)
    return valg.niveau if valg else Opgoerelsesniveau.TILBUD.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Takstgrundlag:
    """T22: G of a year and the regulation in it, from the published tariffs; `kilde` tells which."""

    beregning: Aarsgrundlag
    kilde: str

    @property
    def grundlag(self) -> Decimal:
        return self.beregning.grundlag

    @property
    def regulering(self) -> Decimal:
        return self.beregning.regulering


def takstgrundlag(regnskab: Regnskab) -> Takstgrundlag | None:
    """What the published tariffs of the account's year give for what it covers; None when there are none.

    G is the budgeted costs and therefore without what earlier years moved into the tariff. Two queries.
    """
    alle = Takst.objects.filter(tilbud=regnskab.tilbud_id, aar=regnskab.aar, grundlag__isnull=False)
    if regnskab.ydelse_id:
        alle = alle.filter(ydelse=regnskab.ydelse_id)
    elif regnskab.maalgruppe:
        alle = alle.filter(ydelse__maalgruppe=regnskab.maalgruppe)
    pr_ydelse: dict[int, list[Takst]] = defaultdict(list)
    for takst in alle.order_by("ydelse_navn", "pk"):
        pr_ydelse[takst.ydelse_id].append(takst)
    fundne = [kaede for versioner in pr_ydelse.values() if (kaede := perioder(versioner))]
    if not fundne:
        return None
    indregnet = Indregning.objects.filter(skema__in=[kaede[0].skema_id for kaede in fundne if kaede[0].skema_id])
    antal = f"{len(fundne)} takster" if len(fundne) > 1 else "1 takst"
    aendret = any(len(kaede) > 1 for kaede in fundne)
    return Takstgrundlag(
        beregning=beregn_aarsgrundlag(
            [_versioner(kaede) for kaede in fundne],
            regulering=indregnet.aggregate(sum=Sum("beloeb"))["sum"] or Decimal(0),
        ),
        kilde=f"Offentliggjorte takster {regnskab.aar} ({antal}{', ændret i årets løb' if aendret else ''})",
    )


def _versioner(kaede: list[Takst]) -> Takstversioner:
    """The periods of one tariff's year (newest first) with the grundlag of each, in the order of the year."""
    return Takstversioner(
        navn=kaede[0].ydelse_navn,
        versioner=tuple(
            Aarsversion(nummer=takst.version, fra=takst.gyldig_fra, til=takst.gyldig_til, vaerdi=takst.grundlag)
            for takst in reversed(kaede)
        ),
    )


def grundlagets_trin(regnskab: Regnskab) -> tuple[Trin, ...]:
    """How the account's G is found; none for one that was typed, or that stands on tariffs corrected since."""
    fundet = takstgrundlag(regnskab)
    return fundet.beregning.trin if fundet and fundet.grundlag == regnskab.budget else ()


def er_region(driftsherre: Organisation) -> bool:
    return driftsherre.type == Organisationstype.REGION


def delingsvalg(regnskab: Regnskab, aftale: Sag | None = None) -> Delingsvalg:
    """What the driftsherre has chosen in the account; a written reference goes before the case about it (T28)."""
    daekning = None
    if regnskab.daekning_effektivisering is not None or regnskab.daekning_hensat is not None:
        daekning = Underskudsdaekning(
            effektivisering=regnskab.daekning_effektivisering or Decimal(0),
            hensat=regnskab.daekning_hensat or Decimal(0),
        )
    tab = None
    if regnskab.fordel_tab:
        foerste = regnskab.foerste_driftsaar
        tab = Foersteaarstab(driftsaar=regnskab.aar - foerste + 1 if foerste else 0, begrundelse=regnskab.begrundelse)
    med_sag = aftale is not None and not regnskab.sagsreference.strip()
    return Delingsvalg(
        hensat=regnskab.hensat,
        daekning=daekning,
        foersteaarstab=tab,
        sagsreference=f"Sag {aftale.nummer}" if med_sag else regnskab.sagsreference,
        aftalt=Decimal(aftale.data["udaekket"]) if med_sag else None,
    )


@dataclass(frozen=True, kw_only=True)
class Regnskabsberegning:
    """All that follows from a reported account: the division or why there is none, closure, and the findings.

    `aftale` is the approved case about a region's uncovered deficit.
    """

    deling: Resultatdeling | None
    aftale: Sag | None = None
    lukning: Lukningsresultat | None = None
    mangler: str = ""
    fund: tuple[Fund, ...] = ()

    @property
    def kan_afgives(self) -> bool:
        return self.deling is not None and not any(fund.blokerer for fund in self.fund)


def beregn_regnskab(regnskab: Regnskab, regler: Regler, i_dag: dt.date) -> Regnskabsberegning:
    """T22-T28, T30, T61, T65 of one account."""
    fund = list(_niveaufund(regnskab))
    region = er_region(regnskab.driftsherre)
    aftale = aftalt_sag(regnskab) if region and regnskab.aarsresultat().resultat < 0 else None
    try:
        deling = del_resultat(
            regnskab.aarsresultat(),
            aar=regnskab.aar,
            er_region=region,
            regler=regler,
            valg=delingsvalg(regnskab, aftale),
        )
    except Beregningsfejl as fejl:
        return Regnskabsberegning(
            deling=None, mangler=fejl.besked, fund=(*fund, Fund("mangler", "T22", Grad.FEJL, fejl.felt, fejl.besked))
        )
    fund += _postfund(regnskab)
    if regnskab.er_lukket:
        return Regnskabsberegning(deling=deling, lukning=_lukning(regnskab, regler, i_dag), fund=tuple(fund))
    fund += [_haevet(et_fund) for et_fund in deling.fund]
    if regnskab.fordel_tab and not regnskab.foerste_driftsaar:
        fund.append(
            Fund("foerste_driftsaar", "T61", Grad.FEJL, "foerste_driftsaar", "Skriv tilbuddets første driftsår")
        )
    if regnskab.daekning_hensat:
        saldo = kontostatus(regnskab.driftsherre_id, i_dag, regler).saldo
        if regnskab.daekning_hensat > saldo:
            fund.append(_for_lidt_hensat(saldo))
    return Regnskabsberegning(deling=deling, aftale=aftale, fund=tuple(fund))


def _haevet(fund: Fund) -> Fund:
    """T28: the region cannot hand in an account with an uncovered deficit without a reference to the agreement."""
    if fund.kode not in ("regionalt_underskud", "aftale_for_lille"):
        return fund
    return Fund(fund.kode, fund.regel, Grad.FEJL, fund.felt, fund.tekst)


def _for_lidt_hensat(saldo: Decimal) -> Fund:
    tekst = f"Der er kun {skriv_kr(saldo)} på hensættelseskontoen. Sæt beløbet ned"
    return Fund("daekning_over_saldo", "T26", Grad.FEJL, "daekning_hensat", tekst)


def _postfund(regnskab: Regnskab) -> Iterable[Fund]:
    """T30: an account has all income and costs behind the tariff."""
    if not regnskab.poster.all():
        yield Fund(
            "poster_mangler", "T30", Grad.FEJL, "post_takstindtaegter", "Indtast årets indtægter og omkostninger"
        )


def _niveaufund(regnskab: Regnskab) -> Iterable[Fund]:
    """T30: continuity; a change of level is told on the accounts of its first year."""
    valg = Niveauvalg.objects.filter(driftsherre=regnskab.driftsherre_id, fra_aar=regnskab.aar).first()
    if valg:
        tekst = (
            f"Regnskaberne er fra {regnskab.aar} opgjort for {valg.get_niveau_display().lower()}. "
            f"Driftsherrens begrundelse: {valg.begrundelse}"
        )
        yield Fund("niveau_aendret", "T30", Grad.ADVARSEL, "", tekst)


def _lukning(regnskab: Regnskab, regler: Regler, i_dag: dt.date) -> Lukningsresultat:
    """T65: set-asides first, then the driftsherre's other tilbud in the agreement by their newest grundlag."""
    return fordel_ved_lukning(
        regnskab.aarsresultat().resultat,
        aar=regnskab.aar,
        navn=regnskab.tilbud.navn,
        modtagere=modtagere(regnskab),
        hensat=kontostatus(regnskab.driftsherre_id, i_dag, regler).saldo,
        er_region=er_region(regnskab.driftsherre),
        regler=regler,
    )


def modtagere(regnskab: Regnskab) -> list[Modtager]:
    """The other tilbud with a published tariff, newest year of each; two queries."""
    tilbud = dict(
        Tilbud.objects.i_socialaftalen(regnskab.aar + 1)
        .filter(driftsherre=regnskab.driftsherre_id)
        .exclude(pk=regnskab.tilbud_id)
        .values_list("pk", "navn")
    )
    pr_aar: dict[int, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for tilbud_id, aar, grundlag in (
        Takst.objects.gaeldende()
        .filter(tilbud__in=tilbud, grundlag__isnull=False)
        .values_list("tilbud", "aar", "grundlag")
    ):
        pr_aar[tilbud_id][aar] += grundlag
    return [
        Modtager(noegle=str(noegle), navn=tilbud[noegle], grundlag=aarene[max(aarene)])
        for noegle, aarene in pr_aar.items()
        if aarene[max(aarene)] > 0
    ]


def kontostatus(driftsherre: int, pr: dt.date, regler: Regler) -> Kontostatus:
    """The account of a driftsherre at the end of a day; one query."""
    lag, forbrug = Hensaettelsespost.objects.filter(driftsherre=driftsherre).som_konto()
    return opgoer(lag, forbrug, pr=pr, regler=regler)


def konti(driftsherrer: Iterable[int], pr: dt.date, regler: Regler) -> dict[int, Kontostatus]:
    """The accounts of several driftsherrer; one query for them all."""
    return {
        noegle: opgoer(lag, forbrug, pr=pr, regler=regler)
        for noegle, (lag, forbrug) in Hensaettelsespost.objects.pr_driftsherre(driftsherrer).items()
    }


def konti_med_poster(driftsherrer: QuerySet[Organisation], pr: dt.date, regler: Regler) -> dict[int, Kontostatus]:
    """The accounts there is anything on; one query, without asking for the driftsherrer first."""
    poster = Hensaettelsespost.objects.filter(driftsherre__in=driftsherrer.values("pk"))
    return {
        noegle: opgoer(lag, forbrug, pr=pr, regler=regler) for noegle, (lag, forbrug) in poster.som_konti().items()
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Renteopgoerelse:
    """T29: the interest of the closed years, or what rate is missing."""

    renter: tuple[Rente, ...] = ()
    mangler: str = ""

    @property
    def i_alt(self) -> Decimal:
        return i_alt(rente.beloeb for rente in self.renter)


def renteopgoerelse(driftsherre: int, til_aar: int, regler: Regler) -> Renteopgoerelse:
    """The interest up to and including a year; two queries."""
    lag, forbrug = Hensaettelsespost.objects.filter(driftsherre=driftsherre).som_konto()
    satser = Rentesats.objects.som_vaerdier(Renteart.RESULTAT)
    try:
        return Renteopgoerelse(renter=beregn_renter(lag, forbrug, satser, til_aar=til_aar, regler=regler))
    except Beregningsfejl as fejl:
        return Renteopgoerelse(mangler=fejl.besked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pligtstatus:
    """An obligation with what published tariffs hold of it."""

    pligt: Reguleringspligt
    indregnet: dict[int, Decimal]

    @property
    def i_alt(self) -> Decimal:
        return i_alt(self.indregnet.values())

    @property
    def rest(self) -> Decimal:
        return self.pligt.beloeb - self.i_alt

    @property
    def aarene(self) -> str:
        return ", ".join(str(aar) for aar in sorted(self.indregnet))


def pligtstatus(pligter: Iterable[Reguleringspligt]) -> list[Pligtstatus]:
    """What is left of every obligation; one query beside theirs."""
    fundne = list(pligter)
    indregnet = Indregning.objects.pr_pligt_og_aar(pligt.pk for pligt in fundne)
    return [Pligtstatus(pligt=pligt, indregnet=dict(indregnet[pligt.pk])) for pligt in fundne]
