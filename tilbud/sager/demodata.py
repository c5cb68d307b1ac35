"""Invented cases about tilbud for the demo: one of each kind and in different states, all marked as examples."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.models import Sag
from socialaftale.kerne.sager.demo import afgoer, lav_sag
from socialaftale.kerne.sager.enums import Sagstilstand, Udfald
from socialaftale.kerne.sager.register import find
from tilbud.models import Tilbud, Ydelse
from tilbud.sager import finansiering, kategori

MOEDE_OM_DAGE = 12


@transaction.atomic
def lav_sager() -> None:
    """Once; nothing here is carried out, so the real rows of the register stay as they are."""
    if Sag.objects.filter(art__in=(kategori.NOEGLE, finansiering.NOEGLE)).exists():
        return
    i_dag = timezone.localdate()
    moede = i_dag + dt.timedelta(days=MOEDE_OM_DAGE)
    _kategorier(i_dag, moede)
    _finansiering(i_dag)


def _kategorier(i_dag: dt.date, moede: dt.date) -> None:
    art = find(kategori.NOEGLE)
    egne = Tilbud.objects.i_socialaftalen().filter(driftsherre__slug="aalborg", offentliggjort=True).order_by("slug")
    om = [kategori.find_tilbud(Adgang.system(), str(tilbud.pk)) for tilbud in egne[:3]]
    fra = {"fra": 3, "kapitler": []}
    eksempler = (
        (
            "I de seneste tre år har kun to kommuner brugt tilbuddet, og begge bor tæt på.",
            {**fra, "til": "2", "koebere": ["rebild", "vesthimmerland"]},
            moede,
            True,
        ),
        (
            "Vi har en aftale med den kommune, der køber, og vil holde tilbuddet uden for socialaftalen.",
            {**fra, "til": kategori.UNDTAGET, "koebere": ["rebild"], "kapitler": [3, 4]},
            None,
            False,
        ),
        (
            "Tilbuddet bruges af få kommuner.",
            {**fra, "til": "2", "koebere": ["broenderslev", "hjoerring", "jammerbugt", "rebild", "thisted"]},
            i_dag,
            True,
        ),
    )
    for objekt, (begrundelse, data, moededato, send) in zip(om, eksempler, strict=False):
        sag = lav_sag(art, objekt, begrundelse=begrundelse, data=data, moededato=moededato, send=send)
        if moededato == i_dag and sag.tilstand == Sagstilstand.PAA_DAGSORDEN:
            afgoer(sag, Udfald.AFSLAAET, dato=i_dag, tekst="Fem kommuner er ikke få.")


def _finansiering(i_dag: dt.date) -> None:
    """A service of advice that cannot be counted in units."""
    timer = Ydelse.objects.filter(tilbud__driftsherre__slug="region-nordjylland", enhed="time")
    ydelse = timer.order_by("pk").first() or Ydelse.objects.filter(tilbud__driftsherre__isnull=False).first()
    om = finansiering.find_ydelse(Adgang.system(), str(ydelse.pk)) if ydelse else None
    if om:
        lav_sag(
            find(finansiering.NOEGLE),
            om,
            begrundelse="Rådgivningen er åben for alle og anonym. Udgiften fordeles efter folketal hvert kvartal.",
            data={
                "fra": ydelse.finansieringsform,
                "form": "objektiv",
                "grunde": ["anonym", "direkte"],
            },
            virkningsdato=dt.date(i_dag.year + 1, 1, 1),
        )
