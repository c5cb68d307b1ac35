"""Invented buyers of the demo's forms in all its rounds, so that every buyer's budget has figures ("Eksempeltal")."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction

from socialaftale.kerne.models import Organisation
from socialaftale.kerne.penge import afrund, fordel
from takster.beregning.koeberkontrol import forventet_maengde
from takster.beregning.takst import felt_for_kapacitet
from takster.demotal import terning
from takster.enums import Enhed
from takster.koebere import mulige_koebere
from takster.models import Indberetningsrunde, Koeb, Reduktionsmaal, Takst, Takstskema
from tilbud.models import Koeberkommune

KILDE = "Eksempeltal"


@transaction.atomic
def lav_koebere() -> None:
    """Buyers of every invented form with a capacity; a round in which anybody has stated one is left alone.

    They are the buyers the register's completion invented, the driftsherre's own municipality, and now and then one
    from far away. The shares change a little from year to year.
    """
    kommuner = list(mulige_koebere())
    pr_tilbud: dict[int, list[int]] = {}
    for tilbud, kommune in Koeberkommune.objects.order_by("pk").values_list("tilbud", "kommune"):
        pr_tilbud.setdefault(tilbud, []).append(kommune)
    for runde in Indberetningsrunde.objects.rigtige().filter(er_eksempel=True).order_by("aar"):
        if Koeb.objects.filter(skema__indberetning__runde=runde).exists():
            continue
        skemaer = Takstskema.objects.filter(indberetning__runde=runde, er_eksempel=True)
        Koeb.objects.bulk_create(
            [
                koeb
                for skema in skemaer.select_related("ydelse__tilbud", "indberetning__driftsherre").order_by("pk")
                for koeb in _koeb(skema, runde.aar, pr_tilbud.get(skema.ydelse.tilbud_id, []), kommuner)
            ],
            batch_size=2000,
        )


def _koeb(skema: Takstskema, aar: int, koebere: list[int], kommuner: list[Organisation]) -> list[Koeb]:
    """The expected sale shared out; hours and units in whole numbers, places in tenths."""
    enhed = Enhed(skema.enhed)
    forventet = forventet_maengde(getattr(skema, felt_for_kapacitet(enhed)), skema.belaegning_pct)
    if not forventet:
        return []
    slug = f"{skema.ydelse.tilbud.slug}/{skema.ydelse.slug}"
    driftsherre = skema.indberetning.driftsherre
    valgte = [driftsherre.pk] if driftsherre.er_kommune else []
    valgte += koebere or [kommuner[terning(slug, "køber") % len(kommuner)].pk]
    fjerne = [kommune.pk for kommune in kommuner if not kommune.er_part]
    if fjerne and terning(slug, "fjern") % 6 == 0:
        valgte.append(fjerne[terning(slug, "hvem") % len(fjerne)])
    if terning(slug, "groenland") % 40 == 0:
        valgte += [kommune.pk for kommune in kommuner if kommune.kode is None]
    valgte = list(dict.fromkeys(valgte))
    decimaler = 1 if enhed in (Enhed.DOEGN, Enhed.DAG) else 0
    vaegte = [
        (50 if nummer == 0 else 10) * 10
        + terning(f"{slug}:{kommune}", "andel") % 100
        + terning(f"{slug}:{kommune}", f"andel{aar}") % 30
        for nummer, kommune in enumerate(valgte)
    ]
    maengder = fordel(afrund(forventet, decimaler), vaegte, decimaler=decimaler)
    return [
        Koeb(skema=skema, kommune_id=kommune, maengde=maengde)
        for kommune, maengde in zip(valgte, maengder, strict=True)
        if maengde
    ]


@transaction.atomic
def lav_reduktionsmaal() -> None:
    """An invented target over the demo's published years, so that the proof has something to prove."""
    aarene = [aar for aar in Takst.objects.aarene() if Takst.objects.filter(aar=aar, er_eksempel=True).exists()]
    if len(aarene) < 2:
        return
    aar, basisaar = max(aarene), min(aarene)
    for nummer, et_aar in enumerate(range(basisaar + 1, aar + 1)):
        Reduktionsmaal.objects.get_or_create(
            driftsherre=None,
            basisaar=basisaar,
            aar=et_aar,
            defaults={
                "takst_pct": Decimal("0.5") if nummer else Decimal("0.1"),
                "dialog_pct": Decimal("0.5"),
                "kilde": KILDE,
                "er_eksempel": True,
            },
        )
