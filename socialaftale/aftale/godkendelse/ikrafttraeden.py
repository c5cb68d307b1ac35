"""Entry into force: an approved agreement takes effect on its first day, and replaces the earlier one at that moment.

The state is stored and not worked out from the clock: lists, pages and rules ask one column, and the change of both
agreements stands in their history. The night's command takes the step; approval after the first day takes it at once.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from socialaftale.aftale.enums import Aftaletilstand, Aftaletrin
from socialaftale.aftale.godkendelse.skridt import tag_skridt
from socialaftale.aftale.models import Aftale
from socialaftale.kerne.adgang import Adgang


@transaction.atomic
def saet_i_kraft(*, adgang: Adgang, dato: dt.date | None = None) -> list[Aftale]:
    """Take every step that is due on `dato` (today); returns the agreements that took effect. Safe to run again."""
    dato = dato or timezone.localdate()
    raekker = Aftale.objects.select_for_update(of=("self",)).filter(
        tilstand__in=(Aftaletilstand.GODKENDT, Aftaletilstand.GAELDENDE)
    )
    nye: list[Aftale] = []
    gaeldende: Aftale | None = None
    ventende = []
    for aftale in raekker.order_by("fra_aar", "pk"):
        if aftale.tilstand == Aftaletilstand.GAELDENDE:
            gaeldende = aftale
        elif aftale.er_offentliggjort and aftale.gaelder_fra <= dato:
            ventende.append(aftale)
    for aftale in ventende:
        dag = _virkningsdag(aftale)
        if gaeldende is not None and gaeldende.fra_aar > aftale.fra_aar:
            _afloes(aftale, gaeldende, adgang, dag)
            continue
        if gaeldende is not None:
            _afloes(gaeldende, aftale, adgang, dag)
        tag_skridt(aftale, Aftaletrin.TRAED_I_KRAFT, adgang=adgang, dato=dag, udgave=aftale.gaeldende_udgave)
        gaeldende = aftale
        nye.append(aftale)
    return nye


def _virkningsdag(aftale: Aftale) -> dt.date:
    """The first day of the period, or the day the last party approved when that was later."""
    senest = aftale.skridt.filter(trin=Aftaletrin.GODKEND).order_by("-pk").values_list("dato", flat=True).first()
    return max(filter(None, (aftale.gaelder_fra, senest)))


def _afloes(aftale: Aftale, af: Aftale, adgang: Adgang, dag: dt.date) -> None:
    """A new edition that was begun of the replaced agreement comes to nothing."""
    aftale.ny_udgave_begyndt = None
    tag_skridt(
        aftale,
        Aftaletrin.AFLOES,
        adgang=adgang,
        dato=dag,
        aendret=("ny_udgave_begyndt",),
        udgave=aftale.gaeldende_udgave,
        note=f"Afløst af {af.titel}",
    )
