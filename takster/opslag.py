"""What forms are seen against, fetched for many at once: each function is one query at any number of forms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import CharField, DecimalField, F, FilteredRelation, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast

from socialaftale.kerne import penge
from takster.beregning.forbehold import ANDEL_AF_CENTRAL_ADMINISTRATION, overhead_andel
from takster.beregning.fund import Fund
from takster.beregning.koder import Grad
from takster.beregning.poster import POSTER
from takster.beregning.regulering import SERVICE, PlSats
from takster.beregning.taksttyper import Takstydelse
from takster.beregning.tilsyn import Forventet, Tilsynstrin, del_paa_ydelser, find_trin
from takster.beregning.typer import takstydelse
from takster.models import Koeb, PLsats, Takst, Takstlinje, Takstskema, Tilsynssats
from tilbud.beregning.omfattet import Niveau
from tilbud.enums import Pladsart, Taksttype
from tilbud.models import Plads, Tilbudsfund, Ydelse

_LOENPOSTER = [post.kode for post in POSTER if post.loengruppe]
_GRADER = {Niveau.FEJL.value: Grad.FEJL, Niveau.ADVARSEL.value: Grad.ADVARSEL}
_TAL = DecimalField(max_digits=14, decimal_places=2)


def sidste_takster(ydelser: Iterable[int], aar: int) -> dict[int, Takst]:
    """The published tariffs of the year before by ydelse, with their calculation."""
    takster = Takst.objects.gaeldende().select_related("beregning").filter(ydelse__in=list(ydelser), aar=aar - 1)
    return {takst.ydelse_id: takst for takst in takster}


def hent_beloeb(skemaer: Iterable[Takstskema]) -> None:
    """Give forms that are only read their amounts by line: plain figures, since a row object of each of a form's many
    lines takes longer to make than the tariff.
    """
    skemaer = list(skemaer)
    pr_skema = beloeb_efter_skema(skema.pk for skema in skemaer)
    for skema in skemaer:
        skema.hentede_beloeb = pr_skema[skema.pk]


def beloeb_efter_skema(noegler: Iterable[int]) -> dict[int, dict[str, Decimal]]:
    """The amounts of forms by form and line; a form without lines has none."""
    pr_skema: dict[int, dict[str, Decimal]] = {pk: {} for pk in noegler}
    linjer = Takstlinje.objects.filter(skema__in=list(pr_skema)).order_by("skema", "post")
    for pk, post, beloeb in linjer.values_list("skema", "post", "beloeb"):
        pr_skema[pk][post] = beloeb
    return pr_skema


@dataclass(frozen=True, slots=True)
class Satser:
    """The tables of rates: price and wage rates in force, and the year's tariff of the supervision."""

    pl: tuple[PlSats, ...]
    tilsyn: tuple[Tilsynstrin, ...]


def satser(aar: int) -> Satser:
    """T46, T93: both tables in one question, since every form needs both."""
    pl = PLsats.objects.gaeldende().filter(type=SERVICE)
    pl = pl.order_by().values_list(
        Value("pl", CharField()), "fra_aar", "til_aar", Cast("sats_pct", _TAL), "kilde", "er_eksempel"
    )
    tilsyn = Tilsynssats.objects.filter(aar=aar).order_by()
    tilsyn = tilsyn.values_list(
        Value("tilsyn", CharField()), "pladser_fra", "pladser_til", Cast("beloeb", _TAL), "kilde", "er_eksempel"
    )
    raekker = sorted(pl.union(tilsyn, all=True), key=lambda raekke: raekke[:2])
    return Satser(
        pl=tuple(
            PlSats(fra_aar=fra, til_aar=til, pct=tal, type=SERVICE, kilde=kilde)
            for art, fra, til, tal, kilde, _ in raekker
            if art == "pl"
        ),
        tilsyn=tuple(
            Tilsynstrin(aar=aar, pladser_fra=fra, pladser_til=til, beloeb=tal, er_eksempel=er_eksempel)
            for art, fra, til, tal, _, er_eksempel in raekker
            if art == "tilsyn"
        ),
    )


@dataclass(slots=True)
class Registerviden:
    """What the register knows of a tilbud: approved places (None when unknown) and its own findings T1-T3."""

    godkendte_pladser: Decimal | None = None
    fund: list[Fund] = field(default_factory=list)


def godkendte_pladser(tilbud: Iterable[int], aar: int) -> dict[int, Decimal]:
    """T66: the newest exact number of approved places of each whole tilbud up to the year, where it is known."""
    viden = registerviden(tilbud, aar)
    return {pk: en.godkendte_pladser for pk, en in viden.items() if en.godkendte_pladser is not None}


def _godkendte(tilbud: list[int], aar: int) -> QuerySet:
    return Plads.objects.filter(tilbud__in=tilbud, art=Pladsart.GODKENDT, daekker="", cirka=False, aar__lte=aar)


def registerviden(tilbud: Iterable[int], aar: int) -> dict[int, Registerviden]:
    """K step 2 and T66 by tilbud; gaps in the register are no findings here."""
    noegler = list(tilbud)
    tal = IntegerField()
    pladser = _godkendte(noegler, aar).order_by()
    pladser = pladser.values_list(
        Value("plads", CharField()),
        "tilbud_id",
        Cast("aar", tal),
        Cast("er_eksempel", tal),
        "pk",
        Cast("antal_fra", tal),
        Cast("antal_til", tal),
        Value("", CharField()),
        Value("", CharField()),
        Value("", CharField()),
    )
    nul = Value(0, tal)
    fund = Tilbudsfund.objects.filter(tilbud__in=noegler, niveau__in=_GRADER).order_by()
    fund = fund.values_list(
        Value("fund", CharField()),
        "tilbud_id",
        nul,
        nul,
        "pk",
        nul,
        nul,
        Cast("art", CharField()),
        Cast("niveau", CharField()),
        Cast("regel", CharField()),
    )
    # Of the places the last row of a tilbud counts: the newest year, real before invented, the last entered.
    raekker = sorted(pladser.union(fund, all=True), key=lambda raekke: (raekke[2], -raekke[3], raekke[4]))
    viden: dict[int, Registerviden] = {}
    for art, pk, _, _, _, fra, til, fundart, niveau, regel in raekker:
        en = viden.setdefault(pk, Registerviden())
        if art == "plads":
            en.godkendte_pladser = Decimal(fra) if fra == til else None
        else:
            forklaring = Tilbudsfund(art=fundart).forklaring
            en.fund.append(Fund(fundart, regel, _GRADER[niveau], "", forklaring))
    return viden


@dataclass(frozen=True, slots=True)
class Ydelsesviden:
    """The ydelser of one tilbud in the year, and the places of those that have a form with a budget in the round."""

    ydelser: dict[int, Takstydelse]
    pladser: dict[int, Decimal | None]


def som_takstydelse(ydelse: Ydelse, *, taksttype: str = "", noegle: str = "ydelse") -> Takstydelse:
    """A ydelse of the register as the checks want it; needs its tilbud."""
    return takstydelse(
        noegle=noegle,
        navn=ydelse.navn,
        afdeling=ydelse.afdeling,
        maalgruppe=ydelse.maalgruppe or ydelse.tilbud.maalgruppe,
        taksttype=taksttype or ydelse.taksttype,
        beskrivelse=ydelse.beskrivelse,
    )


def ydelsesviden(tilbud: Iterable[int], indberetninger: Iterable[int], aar: int) -> dict[int, Ydelsesviden]:
    """T34, T46: by tilbud."""
    raekker = (
        Ydelse.objects.aktive(aar)
        .med_takst()
        .filter(tilbud__in=list(tilbud))
        .select_related("tilbud")
        .annotate(
            rundens=FilteredRelation("takstskemaer", condition=Q(takstskemaer__indberetning__in=list(indberetninger))),
            skema_pk=F("rundens__pk"),
            skema_pladser=F("rundens__pladser"),
        )
        .order_by("skema_pk", "pk")
    )
    viden: dict[int, Ydelsesviden] = {}
    for ydelse in raekker:
        egne = viden.setdefault(ydelse.tilbud_id, Ydelsesviden({}, {}))
        egne.ydelser[ydelse.pk] = som_takstydelse(ydelse, noegle=f"ydelse-{ydelse.pk}")
        if ydelse.skema_pk is not None and ydelse.taksttype not in (Taksttype.TILLAEG, Taksttype.INDIVIDUEL):
            egne.pladser[ydelse.skema_pk] = ydelse.skema_pladser
    return viden


def forventet_tilsyn(
    godkendte: Decimal | None, pladser: dict[int, Decimal | None], trin: tuple[Tilsynstrin, ...]
) -> dict[int, Forventet]:
    """T46: each form's share of its tilbud's tilsynstakst by form; nothing when places or tariff are unknown."""
    passer = find_trin(godkendte, trin)
    if passer is None or not pladser:
        return {}
    andele = del_paa_ydelser(passer.beloeb, list(pladser.values()))
    return {
        pk: Forventet(beloeb=andel, trin=passer, godkendte_pladser=godkendte, antal_ydelser=len(pladser))
        for pk, andel in zip(pladser, andele, strict=True)
    }


def overhead_andele(indberetninger: Iterable[int]) -> dict[int, dict[int, Decimal]]:
    """T55: the share of central administration by indberetning and form, where it can be told."""
    linjer = (
        Takstlinje.objects.filter(
            post__in=[ANDEL_AF_CENTRAL_ADMINISTRATION, *_LOENPOSTER], skema__indberetning__in=list(indberetninger)
        )
        .order_by("skema", "post")
        .values_list("skema__indberetning", "skema", "post", "beloeb")
    )
    pr_skema: dict[tuple[int, int], dict[str, Decimal]] = {}
    for indberetning_id, skema_id, post, beloeb in linjer:
        pr_skema.setdefault((indberetning_id, skema_id), {})[post] = beloeb
    andele: dict[int, dict[int, Decimal]] = {}
    for (indberetning_id, skema_id), poster in pr_skema.items():
        loen = penge.i_alt(beloeb for kode, beloeb in poster.items() if kode in _LOENPOSTER)
        andel = overhead_andel(poster, loen)
        if andel is not None:
            andele.setdefault(indberetning_id, {})[skema_id] = andel
    return andele


def koebt(skemaer: Iterable[int]) -> dict[int, tuple[Decimal, ...]]:
    """T8: what the stated buyers of each form buy."""
    maengder: dict[int, tuple[Decimal, ...]] = {}
    for skema, maengde in Koeb.objects.filter(skema__in=list(skemaer)).values_list("skema", "maengde"):
        maengder[skema] = (*maengder.get(skema, ()), maengde)
    return maengder
