"""Loads rule sets, rates and the historic rounds from the folder of data; safe to run again."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from socialaftale.kerne.datamappe import findes, i_filen, laes_csv, laes_json
from socialaftale.kerne.perioder import foerste_dag, sidste_dag
from socialaftale.kerne.sager.kompetence import kopier_linjer
from takster.beregning.aarsrapport import (
    Budgetgrundlag,
    bemaerk_belaegning,
    bemaerk_kapacitet,
    bemaerk_resultat,
    beregn_historisk_takst,
)
from takster.beregning.belaegning import realiseret_belaegning
from takster.beregning.resultat import kontroller_fortegn
from takster.beregning.takst import Takstresultat
from takster.enums import Kapacitetsenhed, Oprindelse, Regnskabspostart, Rundetilstand
from takster.models import (
    Indberetning,
    Indberetningsrunde,
    Kapacitetsopgoerelse,
    PLsats,
    Regelsaet,
    Regnskab,
    Regnskabspost,
    Takst,
    Takstberegning,
    Tilsynssats,
)
from tilbud.models import Tilbud, Ydelse

MAPPE = "takster"
REGELSAET, SATSER, HISTORIK = "regelsaet.json", "pl_satser.csv", "historik.json"


def _laes_csv(navn: str, *kolonner: str) -> list[dict[str, str]]:
    """The rows of one of the files; none when the region has no such file."""
    return laes_csv(MAPPE, navn, kolonner=kolonner) if findes(MAPPE, navn) else []


def _tal(tekst: str) -> Decimal | None:
    return Decimal(tekst) if tekst else None


@transaction.atomic
def indlaes_regelsaet() -> None:
    """Rule sets by name, each with its own lines of who decides what; one that exists is left as it is."""
    if not findes(MAPPE, REGELSAET):
        return
    data = laes_json(MAPPE, REGELSAET)
    kendte = set(Regelsaet.objects.values_list("navn", flat=True))
    with i_filen(MAPPE, REGELSAET):
        for post in data["regelsaet"]:
            if post["navn"] not in kendte:
                regelsaet = Regelsaet(**{**post, "graenser": data["graenser"][post["graenser"]]})
                regelsaet.full_clean()
                regelsaet.save()
    for fra_aar in Regelsaet.objects.order_by("fra_aar").values_list("fra_aar", flat=True):
        kopier_linjer(fra_aar, fra_aar)


@transaction.atomic
def indlaes_plsatser() -> None:
    """The published rates; one that exists for the year and kind is left."""
    kendte = set(PLsats.objects.values_list("fra_aar", "type"))
    for raekke in _laes_csv(SATSER, "fra_aar", "til_aar", "type", "sats_pct", "kilde"):
        with i_filen(MAPPE, SATSER, post=f"{raekke['fra_aar']}, {raekke['type']}"):
            if (int(raekke["fra_aar"]), raekke["type"]) not in kendte:
                sats = PLsats(
                    fra_aar=int(raekke["fra_aar"]),
                    til_aar=int(raekke["til_aar"]),
                    type=raekke["type"],
                    sats_pct=Decimal(raekke["sats_pct"]),
                    kilde=raekke["kilde"],
                )
                sats.full_clean()
                sats.save()


@transaction.atomic
def indlaes_tilsynssatser() -> None:
    """The supervision's published tariffs; one that exists for the year and size is left."""
    kendte = set(Tilsynssats.objects.values_list("aar", "pladser_fra"))
    for raekke in _laes_csv("tilsynssatser.csv"):
        noegle = int(raekke["takstaar"]), int(raekke["pladser_fra"])
        if noegle not in kendte:
            sats = Tilsynssats(
                aar=noegle[0],
                pladser_fra=noegle[1],
                pladser_til=int(raekke["pladser_til"]) if raekke["pladser_til"] else None,
                beloeb=Decimal(raekke["beloeb"]),
                kilde=raekke["kilde"],
            )
            sats.full_clean()
            sats.save()


@transaction.atomic
def indlaes_historik() -> None:
    """Accounts and capacity of the annual reports, the closed historic rounds, and the tariffs that follow."""
    if not findes(MAPPE, HISTORIK):
        return
    plan = laes_json(MAPPE, HISTORIK)
    tilbud = {et.slug: et for et in Tilbud.objects.select_related("driftsherre")}
    with i_filen(MAPPE, HISTORIK):
        _indlaes_kapacitet(plan, tilbud)
        _indlaes_regnskaber(plan, tilbud)
        for aar in plan["runder"]:
            _lav_runde(aar, plan)
        for post in plan["takster"]:
            if post["tilbud"] in tilbud:
                _lav_takster(tilbud[post["tilbud"]], post, plan["kilde"])


def _indlaes_kapacitet(plan: dict[str, Any], tilbud: dict[str, Tilbud]) -> None:
    """Capacity and activity as printed; the occupancy is computed when it is shown."""
    forrige: dict[tuple[str, str], Decimal] = {}
    for raekke in _laes_csv("aarsrapport_kapacitet.csv", "tilbud", "ydelse", "aar", "kapacitet"):
        kobling = plan["kapacitet"][raekke["tilbud"]]
        noegle = (raekke["tilbud"], raekke["ydelse"])
        kapacitet, aktivitet = Decimal(raekke["kapacitet"]), _tal(raekke["realiseret_aktivitet"])
        oplyst = _tal(raekke["realiseret_belaegning_pct"])
        bemaerkninger = [
            bemaerk_belaegning(realiseret_belaegning(aktivitet, kapacitet), oplyst),
            bemaerk_kapacitet(kapacitet, forrige.get(noegle), aktivitet, oplyst),
        ]
        forrige[noegle] = kapacitet
        if kobling["tilbud"] not in tilbud:
            continue
        Kapacitetsopgoerelse.objects.get_or_create(
            tilbud=tilbud[kobling["tilbud"]],
            ydelse_navn=raekke["ydelse"],
            aar=int(raekke["aar"]),
            defaults={
                "aartype": raekke["aartype"],
                "enhed": kobling["enhed"],
                "kapacitet": kapacitet,
                "aktivitet": aktivitet,
                "budgetteret_pct": _tal(raekke["budgetteret_belaegning_pct"]),
                "oplyst_pct": oplyst,
                "bemaerkninger": "\n".join(filter(None, bemaerkninger)),
                "kilde": plan["kilde"],
            },
        )


def _indlaes_regnskaber(plan: dict[str, Any], tilbud: dict[str, Tilbud]) -> None:
    grupper: dict[tuple[str, int], list[dict[str, str]]] = {}
    for raekke in _laes_csv("aarsrapport_oekonomi.csv", "tilbud", "aar", "posttype", "post", "beloeb_kr"):
        grupper.setdefault((raekke["tilbud"], int(raekke["aar"])), []).append(raekke)
    for (navn, aar), raekker in grupper.items():
        kobling = plan["regnskaber"][navn]
        if kobling["tilbud"] in tilbud:
            _lav_regnskab(tilbud[kobling["tilbud"]], aar, raekker, kobling, plan)


def _lav_regnskab(
    tilbud: Tilbud, aar: int, raekker: list[dict[str, str]], kobling: dict[str, str], plan: dict[str, Any]
) -> None:
    """One account with the product's signs: the reports print income negative and the result as costs − income."""
    if Regnskab.objects.filter(tilbud=tilbud, aar=aar).exists():
        return
    beloeb = {(raekke["posttype"], raekke["post"]): Decimal(raekke["beloeb_kr"]) for raekke in raekker}
    budget = kontroller_fortegn(beloeb["budget", "Bruttoomkostningsbudget"])
    oplyst = -beloeb["resultat", "I alt"] if ("resultat", "I alt") in beloeb else None
    poster = {plan["poster"][post]: tal for (posttype, post), tal in beloeb.items() if posttype == "regnskab"}
    poster[Regnskabspostart.TAKSTINDTAEGTER] = -poster[Regnskabspostart.TAKSTINDTAEGTER]
    regnskab = Regnskab(
        tilbud=tilbud,
        aar=aar,
        aartype=raekker[0]["aartype"],
        budget=budget.rettet,
        budget_oplyst=budget.oplyst,
        resultat_oplyst=oplyst,
        daekker=kobling.get("daekker", ""),
        uden_takst=plan["uden_takst"].get(tilbud.slug, ""),
        kilde=plan["kilde"],
        offentliggjort=True,
    )
    regnskab.full_clean()
    regnskab.save()
    Regnskabspost.objects.bulk_create(
        [Regnskabspost(regnskab=regnskab, art=art, beloeb=poster[art]) for art in Regnskabspostart if art in poster]
    )
    bemaerkninger = [
        budget.fund.tekst if budget.fund else "",
        bemaerk_resultat(regnskab.aarsresultat().resultat, oplyst),
    ]
    regnskab.bemaerkninger = "\n".join(filter(None, bemaerkninger))
    regnskab.save(update_fields=["bemaerkninger"])


def _lav_runde(aar: int, plan: dict[str, Any]) -> None:
    """A closed historic round with an indberetning for each driftsherre that has accounts in it."""
    runde, _ = Indberetningsrunde.objects.get_or_create(
        aar=aar,
        defaults={
            "tilstand": Rundetilstand.LUKKET,
            "er_historisk": True,
            "regelsaet": Regelsaet.objects.for_aar(aar),
            "note": f"Historisk runde: {plan['kilde'].lower()}",
        },
    )
    if not runde.er_historisk:
        return
    for driftsherre in set(
        Regnskab.objects.filter(aar=aar, tilbud__driftsherre__isnull=False).values_list(
            "tilbud__driftsherre", flat=True
        )
    ):
        Indberetning.objects.get_or_create(runde=runde, driftsherre_id=driftsherre)


def _lav_takster(tilbud: Tilbud, post: dict[str, Any], kilde: str) -> None:
    """The tariffs a report's own figures give (T14), marked as computed from the report."""
    aarene = post["aar"]
    ydelse, _ = Ydelse.objects.get_or_create(
        tilbud=tilbud,
        slug=post["ydelse"]["slug"],
        defaults={
            "navn": post["ydelse"]["navn"],
            "beskrivelse": post["ydelse"]["beskrivelse"],
            "enhed": post["ydelse"]["enhed"],
            "maalgruppe": tilbud.maalgruppe,
            "aktiv_fra_aar": min(aarene),
        },
    )
    for aar in aarene:
        regnskab = Regnskab.objects.filter(tilbud=tilbud, aar=aar).first()
        kapacitet = Kapacitetsopgoerelse.objects.filter(tilbud=tilbud, aar=aar, enhed=Kapacitetsenhed.PLADSER).first()
        regelsaet = Regelsaet.objects.for_aar(aar)
        if not (regnskab and kapacitet and regelsaet) or Takst.objects.filter(ydelse=ydelse, aar=aar).exists():
            continue
        resultat = beregn_historisk_takst(
            Budgetgrundlag(
                budget=regnskab.budget, pladser=kapacitet.kapacitet, belaegning_pct=kapacitet.budgetteret_pct
            ),
            regler=regelsaet.regler(),
        )
        if resultat:
            _gem_takst(tilbud, ydelse, aar, resultat, regelsaet, kilde, regnskab.bemaerkninger)


def _gem_takst(
    tilbud: Tilbud, ydelse: Ydelse, aar: int, resultat: Takstresultat, regelsaet: Regelsaet, kilde: str, note: str
) -> None:
    takst = Takst(
        ydelse=ydelse,
        aar=aar,
        oprindelse=Oprindelse.REGNSKAB,
        tilbud=tilbud,
        driftsherre=tilbud.driftsherre,
        kommune=tilbud.beliggenhedskommune,
        lovgrundlag=ydelse.lovgrundlag,
        tilbud_navn=tilbud.navn,
        ydelse_navn=ydelse.navn,
        maalgruppe=ydelse.maalgruppe,
        enhed=resultat.enhed.value,
        grundlag=resultat.grundlag,
        kapacitet=resultat.kapacitet,
        dage=resultat.dage,
        belaegning_pct=resultat.belaegning_pct,
        takst=resultat.takst,
        pr_maaned=resultat.pr_maaned,
        pr_aar=resultat.pr_aar,
        gyldig_fra=foerste_dag(aar),
        gyldig_til=sidste_dag(aar),
        bemaerkning=note,
        offentliggjort_tidspunkt=timezone.now(),
    )
    takst.full_clean()
    takst.save()
    trin = [
        {"navn": et.navn, "formel": et.formel, "indsat": et.indsat, "resultat": et.resultat, "regel": et.regel}
        for et in resultat.trin
    ]
    Takstberegning.objects.create(
        takst=takst, data={"linjer": {}, "regelsaet": regelsaet.navn, "trin": trin, "kilde": kilde}
    )
