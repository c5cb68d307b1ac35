"""An invented ydelse of the demo that is paid by a key, with two years' distributions ("Eksempeltal")."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang
from takster.beregning.objektiv import Deltager
from takster.demotal import terning
from takster.enums import Noegletype
from takster.handlinger.objektiv import gem_fordeling
from takster.koebere import mulige_koebere
from takster.models import Objektivfordeling
from tilbud.enums import Enhed, Finansieringsform, Finansieringsgrund
from tilbud.models import Tilbud, Ydelse

TILBUD = "institut-for-syn-hoerelse-og-doevblindhed"
FRAVALGT = {"thisted", "morsoe"}
OMKOSTNING = 2_640_000
# Invented figures of about the right size; a municipality that is not named gets one by lot.
INDBYGGERE = {
    "broenderslev": 36_100,
    "frederikshavn": 58_400,
    "hjoerring": 63_700,
    "jammerbugt": 38_200,
    "laesoe": 1_750,
    "mariagerfjord": 41_500,
    "morsoe": 19_800,
    "rebild": 30_600,
    "thisted": 43_100,
    "vesthimmerland": 36_400,
    "aalborg": 224_300,
}


@transaction.atomic
def lav_fordelinger() -> None:
    """Once: anonymous advice with a drawing right that two municipalities have opted out of from next year."""
    tilbud = Tilbud.objects.filter(slug=TILBUD, driftsherre__isnull=False).first()
    if tilbud is None or Objektivfordeling.objects.exists():
        return
    i_aar = timezone.localdate().year
    ydelse, _ = Ydelse.objects.get_or_create(
        tilbud=tilbud,
        slug="anonym-raadgivning",
        defaults={
            "navn": "Anonym rådgivning om hørelse",
            "beskrivelse": "Eksempel: Gratis rådgivning og information uden henvisning. Alle kan ringe eller komme.",
            "enhed": Enhed.ENHED,
            "finansieringsform": Finansieringsform.OBJEKTIV,
            "finansieringsgrunde": [Finansieringsgrund.ANONYM.value, Finansieringsgrund.DIREKTE.value],
            "finansieringsafgoerelse": "Eksempel: DAS den 12. marts",
            "er_eksempel": True,
        },
    )
    parter = list(mulige_koebere().filter(er_part=True))
    for aar in (i_aar, i_aar + 1):
        gem_fordeling(
            ydelse,
            aar,
            adgang=Adgang.system(),
            version=0,
            felter={
                "omkostning": Decimal(OMKOSTNING + 60_000 * (aar - i_aar)),
                "overskud": Decimal(48_500 if aar > i_aar else 0),
                "noegletype": Noegletype.INDBYGGERE.value,
                "noeglenavn": "Indbyggere i alt",
                "noeglekilde": "Eksempeltal",
                "noegledato": dt.date(aar - 1, 7, 1),
            },
            deltagere=[
                Deltager(
                    kommune=kommune.pk,
                    navn=kommune.kortnavn,
                    noegletal=Decimal(
                        INDBYGGERE.get(kommune.slug) or 2_000 + terning(kommune.slug, "indbyggere") % 88_000
                    ),
                    er_med=aar == i_aar or kommune.slug not in FRAVALGT,
                )
                for kommune in parter
            ],
            er_eksempel=True,
        )
