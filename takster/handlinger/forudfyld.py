"""What a takstskema holds before anybody has typed in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from takster import opslag
from takster.beregning.tilsyn import TILSYNSPOST, del_paa_ydelser, find_trin
from takster.models import Koeb, Takstlinje, Takstskema, Tilsynssats


def forudfyld_tilsyn(skemaer: Iterable[Takstskema], aar: int) -> int:
    """T46: put the year's tilsynstakst in new forms, by the approved places of each tilbud; answers how many.

    The forms of one tilbud share its price. Supplements and individual tariffs have no budget and are left out; three
    statements at any size.
    """
    pr_tilbud: dict[int, list[Takstskema]] = defaultdict(list)
    for skema in filter(lambda skema: skema.har_grundlag, skemaer):
        pr_tilbud[skema.ydelse.tilbud_id].append(skema)
    trin = Tilsynssats.objects.som_trin(aar)
    godkendte = opslag.godkendte_pladser(pr_tilbud, aar) if trin else {}
    linjer = []
    for tilbud, tilbuddets in pr_tilbud.items():
        passer = find_trin(godkendte.get(tilbud), trin)
        if passer is not None:
            andele = del_paa_ydelser(passer.beloeb, [skema.pladser for skema in tilbuddets])
            linjer += [
                Takstlinje(skema=skema, post=TILSYNSPOST, beloeb=andel)
                for skema, andel in zip(tilbuddets, andele, strict=True)
            ]
    return len(Takstlinje.objects.bulk_create(linjer, ignore_conflicts=True, batch_size=1000))


def forudfyld_koebere(skemaer: Iterable[Takstskema], aar: int) -> int:
    """T8: put last year's buyers in new forms, whatever became of last year's form; answers how many rows.

    Two statements at any size. The driftsherre corrects the rows on the form's own page.
    """
    nye = {skema.ydelse_id: skema for skema in skemaer}
    sidste = Koeb.objects.filter(skema__indberetning__runde__aar=aar - 1)
    if len(nye) == 1:
        sidste = sidste.filter(skema__ydelse__in=nye)
    raekker = [
        Koeb(skema=nye[ydelse], kommune_id=kommune, maengde=maengde)
        for ydelse, kommune, maengde in sidste.values_list("skema__ydelse", "kommune", "maengde")
        if ydelse in nye
    ]
    return len(Koeb.objects.bulk_create(raekker, batch_size=1000))
