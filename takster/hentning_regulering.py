"""The regulation of earlier years as takstskemaer hold it: from obligations, choices and published tariffs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Subquery

from socialaftale.kerne.penge import i_alt
from socialaftale.kerne.talformat import skriv_beloeb, skriv_kr
from takster.beregning.fund import Fund
from takster.beregning.koder import Grad
from takster.beregning.regulering_tidligere_aar import (
    FELT,
    Forpligtelse,
    Reguleringslinje,
    Reguleringsresultat,
    beregn_reguleringer,
)
from takster.beregning.reguleringsfordeling import Skemadel, fordel_paa_skemaer
from takster.beregning.trin import Trin
from takster.enums import Regnskabstilstand, Skematilstand
from takster.models import Regnskab, Reguleringspligt, Reguleringsvalg, Takst, Takstskema


@dataclass(frozen=True, slots=True, kw_only=True)
class Skemaandel:
    """One obligation in one takstskema: the line of the tilbud, and the part this form carries."""

    pligt: int
    linje: Reguleringslinje
    andel: Decimal
    antal_skemaer: int

    def trin(self) -> Trin:
        delt = f", delt på {self.antal_skemaer} skemaer" if self.antal_skemaer > 1 else ""
        return Trin(
            navn=self.linje.forpligtelse.navn,
            formel=f"{'Hele resten skal med' if self.linje.er_pligtig else 'Valgt beløb, højst resten'}{delt}",
            indsat=f"{skriv_beloeb(self.linje.beloeb)} af resten på {skriv_beloeb(self.linje.rest)}",
            resultat=skriv_kr(self.andel),
            regel=self.linje.forpligtelse.regel,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Skemaregulering:
    """The computed line "Regulering vedr. tidligere år" of one takstskema (T48)."""

    andele: tuple[Skemaandel, ...] = ()
    fund: tuple[Fund, ...] = field(default=())

    @property
    def i_alt(self) -> Decimal:
        return i_alt(andel.andel for andel in self.andele)

    @property
    def beregnet(self) -> Decimal | None:
        """The line; None when there is nothing to regulate."""
        return self.i_alt if self.andele else None

    @property
    def kan_vaelges(self) -> bool:
        """Is there a line the driftsherre decides on this year?"""
        return any(not andel.linje.er_pligtig for andel in self.andele)

    def trin(self) -> tuple[Trin, ...]:
        return tuple(andel.trin() for andel in self.andele)


def som_forpligtelse(pligt: Reguleringspligt, indregnet: dict[int, Decimal]) -> Forpligtelse:
    return Forpligtelse(
        noegle=str(pligt.pk),
        beloeb=pligt.beloeb,
        oprindelsesaar=pligt.oprindelsesaar,
        regel=pligt.regel,
        tidligst_aar=pligt.tidligst_aar,
        senest_aar=pligt.senest_aar,
        betegnelse=pligt.betegnelse,
        indregnet=indregnet,
    )


def gaelder_for(pligt: Reguleringspligt, skemaer: Sequence[Takstskema]) -> list[Takstskema]:
    """The forms of the tilbud that carry the obligation; all of them when the part it is from has no form any more."""
    if pligt.ydelse_id:
        passer = [skema for skema in skemaer if skema.ydelse_id == pligt.ydelse_id]
    elif pligt.maalgruppe:
        passer = [skema for skema in skemaer if skema.ydelse.maalgruppe == pligt.maalgruppe]
    else:
        passer = []
    return passer or list(skemaer)


Skemaliste = dict[tuple[int, int], list[Takstskema]]


def skemaer_i_aarene(tilbud: Iterable[int], aarene: Iterable[int]) -> Skemaliste:
    """The forms with a budget by tilbud and tariff year; one query.

    Each has the grundlag of the year before as `vaegt`, `har_pligt` when the tilbud may have something to regulate,
    and as `uden_godkendelse` the oldest year of the tilbud whose account is under way and not approved.
    """
    aar = OuterRef("indberetning__runde__aar") - 1
    sidste = Takst.objects.gaeldende().filter(ydelse=OuterRef("ydelse"), aar=aar).values("grundlag")[:1]
    i_gang = Regnskab.objects.filter(
        tilbud=OuterRef("ydelse__tilbud"), tilstand__in=(Regnskabstilstand.KLADDE, Regnskabstilstand.AFGIVET)
    )
    fundne: Skemaliste = defaultdict(list)
    for skema in (
        Takstskema.objects.filter(ydelse__tilbud__in=set(tilbud), indberetning__runde__aar__in=set(aarene))
        .select_related("ydelse", "indberetning__runde")
        .annotate(
            vaegt=Subquery(sidste),
            har_pligt=Exists(Reguleringspligt.objects.gyldige().filter(tilbud=OuterRef("ydelse__tilbud"))),
            uden_godkendelse=Subquery(i_gang.order_by("aar").values("aar")[:1]),
        )
        .order_by("pk")
    ):
        if skema.har_grundlag:
            fundne[skema.ydelse.tilbud_id, skema.aar].append(skema)
    return fundne


@dataclass(frozen=True, kw_only=True)
class _Pligt:
    """An obligation with what tariffs hold of it, by year and by form, and what is chosen, by year."""

    raekke: Reguleringspligt
    indregnet: dict[int, Decimal]
    fastlagt: dict[int, Decimal]
    valgt: dict[int, Decimal]


def _pligter(tilbud: Iterable[int], aarene: Iterable[int]) -> list[_Pligt]:
    """All obligations that may be in the tariffs of these years, with all that hangs on them; one query."""
    aarene = set(aarene)
    raekker = (
        Reguleringspligt.objects.gyldige()
        .filter(tilbud__in=set(tilbud), tidligst_aar__lte=max(aarene, default=0))
        .annotate(
            indregnet_skema=F("indregninger__skema"),
            indregnet_aar=F("indregninger__aar"),
            indregnet_beloeb=F("indregninger__beloeb"),
            **{
                f"valgt_{aar}": Subquery(
                    Reguleringsvalg.objects.filter(pligt=OuterRef("pk"), aar=aar).values("beloeb")[:1]
                )
                for aar in aarene
            },
        )
    )
    fundne: dict[int, _Pligt] = {}
    for raekke in raekker:
        valgt = {aar: getattr(raekke, f"valgt_{aar}") for aar in aarene}
        pligt = fundne.setdefault(
            raekke.pk,
            _Pligt(
                raekke=raekke,
                indregnet=defaultdict(Decimal),
                fastlagt={},
                valgt={aar: beloeb for aar, beloeb in valgt.items() if beloeb is not None},
            ),
        )
        if raekke.indregnet_aar is not None:
            pligt.indregnet[raekke.indregnet_aar] += raekke.indregnet_beloeb
            pligt.fastlagt[raekke.indregnet_skema] = raekke.indregnet_beloeb
    return list(fundne.values())


def reguleringer(skemaer: Iterable[tuple[int, int]], alle: Skemaliste | None = None) -> dict[int, Skemaregulering]:
    """The line of every form of these pairs of tilbud and tariff year, by form; those without a line are left out.

    One query when there is nothing to regulate, else two, however many there are; `alle` saves the second.
    """
    par = set(skemaer)
    aarene = {aar for _, aar in par}
    pligter = _pligter({tilbud for tilbud, _ in par}, aarene)
    if not pligter:
        return {}
    if alle is None:
        alle = skemaer_i_aarene({pligt.raekke.tilbud_id for pligt in pligter}, aarene)
    andele: dict[int, list[Skemaandel]] = defaultdict(list)
    fund: dict[int, list[Fund]] = defaultdict(list)
    for pligt in pligter:
        for aar in aarene:
            egne = alle.get((pligt.raekke.tilbud_id, aar), [])
            resultat = _linje(pligt, aar)
            if not resultat.linjer or not egne:
                continue
            for noegle, andel in _fordel(pligt, resultat.linjer[0], egne).items():
                fund[noegle] += resultat.fund
                andele[noegle].append(andel)
    return {
        noegle: Skemaregulering(andele=tuple(fundne), fund=tuple(fund[noegle])) for noegle, fundne in andele.items()
    }


def _fordel(pligt: _Pligt, linje: Reguleringslinje, skemaer: Sequence[Takstskema]) -> dict[int, Skemaandel]:
    """The parts of one line by form."""
    baerer = gaelder_for(pligt.raekke, skemaer)
    dele = [
        Skemadel(noegle=skema.pk, vaegt=skema.vaegt or Decimal(0), fastlagt=_fastlagt(pligt, skema))
        for skema in baerer
    ]
    return {
        noegle: Skemaandel(pligt=pligt.raekke.pk, linje=linje, andel=andel, antal_skemaer=len(baerer))
        for noegle, andel in fordel_paa_skemaer(linje.beloeb, dele).items()
    }


def _linje(pligt: _Pligt, aar: int) -> Reguleringsresultat:
    """One obligation in the year; a choice made before the year became the last one no longer counts."""
    forpligtelse = som_forpligtelse(pligt.raekke, pligt.indregnet)
    valgt = pligt.valgt.get(aar)
    resultat = beregn_reguleringer([forpligtelse], aar, {} if valgt is None else {forpligtelse.noegle: valgt})
    if valgt is not None and any(linje.er_pligtig for linje in resultat.linjer):
        return beregn_reguleringer([forpligtelse], aar)
    return resultat


def _fastlagt(pligt: _Pligt, skema: Takstskema) -> Decimal | None:
    """What a published tariff holds: 0 when it was published before the obligation was known."""
    if skema.tilstand != Skematilstand.OFFENTLIGGJORT:
        return None
    return pligt.fastlagt.get(skema.pk, Decimal(0))


def hent_reguleringer(skemaer: Iterable[Takstskema]) -> dict[int, Skemaregulering]:
    """The line of each form that has one, with a warning when an account that should have given one is not approved.

    One query, and one more when a tilbud has obligations; a form without a budget has no line.
    """
    baerere = [skema for skema in skemaer if skema.har_grundlag]
    if not baerere:
        return {}
    par = {(skema.ydelse.tilbud_id, skema.aar) for skema in baerere}
    alle = skemaer_i_aarene({tilbud for tilbud, _ in par}, {aar for _, aar in par})
    med_pligt = {et for et in par if any(skema.har_pligt for skema in alle[et])}
    fundne = reguleringer(med_pligt, alle) if med_pligt else {}
    linjer = {}
    for skema in baerere:
        linje = fundne.get(skema.pk, Skemaregulering())
        venter = _uden_godkendt_regnskab(skema, alle[skema.ydelse.tilbud_id, skema.aar])
        linjer[skema.pk] = replace(linje, fund=(*linje.fund, *venter))
    return linjer


def hent_regulering(skema: Takstskema) -> Skemaregulering:
    return hent_reguleringer([skema]).get(skema.pk, Skemaregulering())


def _uden_godkendt_regnskab(skema: Takstskema, egne: Sequence[Takstskema]) -> list[Fund]:
    """T25, T27: an account of two years ago that is under way must be approved before its tariff is."""
    senest = skema.indberetning.runde.regelsaet.regler().regulering_senest_aar
    aar = next((et.uden_godkendelse for et in egne if et.pk == skema.pk), None)
    if aar is None or aar > skema.aar - senest:
        return []
    tekst = (
        f"Regnskabet for {aar} er ikke godkendt endnu. Et over- eller underskud over grænsen skal med i taksten "
        f"for {aar + senest}."
    )
    return [Fund("regnskab_ikke_godkendt", "T25", Grad.ADVARSEL, FELT, tekst)]
