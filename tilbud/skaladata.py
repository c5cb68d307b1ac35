"""Synthetic *tilbud* at scale for measuring; everything is marked as an example."""

from __future__ import annotations

import itertools

from django.db import transaction

from socialaftale.kerne import dansk
from socialaftale.kerne.enums import Organisationstype
from socialaftale.kerne.models import Organisation
from tilbud.enums import Driftsform, Enhed, Pladsart, Pladstype
from tilbud.handlinger import opdater_fund
from tilbud.models import Aftalestatus, Lovgrundlag, Plads, Tilbud, Tilbudslovgrundlag, Ydelse

PORTION = 1000
FORLED = ("Bo", "Dag", "Akut", "Kollegie", "Værksted", "Familie")
NAVNE = ("Åsen", "Ærøhus", "Østergården", "Møllebakken", "Fyrtårnet", "Lindehuset", "Aagården", "Søbredden", "Engen")
MAALGRUPPER = (
    "Voksne med autisme",
    "Voksne med udviklingshæmning",
    "Unge med psykiske lidelser",
    "Børn med betydelig funktionsnedsættelse",
    "Voksne med erhvervet hjerneskade",
)
AAR = 2026


@transaction.atomic
def lav_skaladata(antal_kommuner: int, antal_tilbud: int, takster_pr_aar: int, antal_aar: int) -> None:
    """Fill the register up to `antal_tilbud`, with as many *ydelser* as a year has tariffs."""
    kommuner = _kommuner(antal_kommuner)
    mangler = antal_tilbud - Tilbud.objects.count()
    if mangler <= 0:
        return
    paragraffer = list(Lovgrundlag.objects.filter(omfattet="omfattet"))
    ydelser_pr_tilbud = max(1, round(takster_pr_aar / antal_tilbud))
    # Growing from one size to the next goes on where the numbers stopped.
    foerste = Tilbud.objects.filter(slug__startswith="skala-").count()
    for fra in range(foerste, foerste + mangler, PORTION):
        numre = range(fra, min(fra + PORTION, foerste + mangler))
        tilbud = Tilbud.objects.bulk_create(_tilbud(nummer, kommuner[nummer % len(kommuner)]) for nummer in numre)
        _raekker(tilbud, paragraffer, ydelser_pr_tilbud)
        opdater_fund([et.pk for et in tilbud])


def _kommuner(antal: int) -> list[Organisation]:
    """The municipalities there are, filled up with numbered ones."""
    kommuner = list(Organisation.objects.kommuner())
    nye = [
        Organisation(
            slug=f"skalakommune-{nummer}",
            type=Organisationstype.KOMMUNE,
            navn=f"Skala {nummer} Kommune",
            kortnavn=f"Skala {nummer}",
            raekkefoelge=100 + nummer,
            er_part=True,
            er_driftsherre=True,
        )
        for nummer in range(len(kommuner) + 1, antal + 1)
    ]
    return kommuner + Organisation.objects.bulk_create(nye)


def _tilbud(nummer: int, kommune: Organisation) -> Tilbud:
    tilbud = Tilbud(
        slug=f"skala-{nummer}",
        navn=f"{FORLED[nummer % len(FORLED)]}tilbuddet {NAVNE[nummer % len(NAVNE)]} {nummer}",
        driftsherre=kommune,
        driftsform=Driftsform.KOMMUNAL,
        beliggenhedskommune=kommune,
        tilbudstype="botilbud" if nummer % 3 else "dagtilbud",
        maalgruppe=MAALGRUPPER[nummer % len(MAALGRUPPER)],
        kategori=nummer % 3 + 1,
        kilder="Syntetisk",
        offentliggjort=True,
        er_eksempel=True,
    )
    tilbud.soegetekst = dansk.soegetekst(f"{tilbud.navn} {kommune.navn} {tilbud.tilbudstype}")
    tilbud.maalgruppe_soegetekst = dansk.soegetekst(tilbud.maalgruppe)
    return tilbud


def _raekker(alle: list[Tilbud], paragraffer: list[Lovgrundlag], ydelser_pr_tilbud: int) -> None:
    paragraf = itertools.cycle(paragraffer)
    arter = [*Pladsart.values, None]
    lovgrundlag, pladser, status, ydelser = [], [], [], []
    for nummer, tilbud in enumerate(alle):
        lovgrundlag.append(Tilbudslovgrundlag(tilbud=tilbud, lovgrundlag=next(paragraf)))
        status.append(Aftalestatus(tilbud=tilbud, aar=AAR, i_socialaftale=tilbud.kategori != 1))
        pladser += [
            Plads(
                tilbud=tilbud,
                art=arter[nummer % len(arter)],
                type=Pladstype.DOEGN,
                antal_fra=5 + nummer % 20,
                antal_til=5 + nummer % 20,
                aar=aar,
                kilde="Syntetisk",
                er_eksempel=True,
            )
            for aar in (AAR - 1, AAR)
        ]
        ydelser += [
            Ydelse(
                tilbud=tilbud,
                slug=f"ydelse-{nr}",
                navn=f"Ydelse {nr}",
                enhed=Enhed.DOEGN if nr % 2 else Enhed.DAG,
                er_eksempel=True,
                raekkefoelge=nr,
            )
            for nr in range(1, ydelser_pr_tilbud + 1)
        ]
    Tilbudslovgrundlag.objects.bulk_create(lovgrundlag, batch_size=PORTION)
    Aftalestatus.objects.bulk_create(status, batch_size=PORTION)
    Plads.objects.bulk_create(pladser, batch_size=PORTION)
    Ydelse.objects.bulk_create(ydelser, batch_size=PORTION)
