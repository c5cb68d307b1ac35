"""What the front page says about agreements to each role."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse

from socialaftale.aftale import panel_arbejde
from socialaftale.aftale.adgang import maa_laese_kladde
from socialaftale.aftale.enums import Aftaletilstand
from socialaftale.aftale.hentning import rettede_kapitler
from socialaftale.aftale.models import Aftale
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.hukommelse import husk
from socialaftale.kerne.perioder import sidste_dag
from socialaftale.kerne.registre import Kommende, Naesteskridt

LAESERE = (Rolle.DAS_MEDLEM, Rolle.FU_MEDLEM, Rolle.KKR_LAESER)


def skridt(adgang: Adgang, i_dag: dt.date) -> Iterator[Naesteskridt]:
    """The secretariat: what is not published, hearings and comments. Committees: drafts and the newest to read.

    Those who are asked in a hearing: the answer they owe, whatever else they may see of the agreement.
    """
    yield from panel_arbejde.skridt(adgang, i_dag)
    if not (adgang.er_sekretariat or maa_laese_kladde(adgang) or adgang.har(*LAESERE)):
        return
    aftaler = _synlige(adgang)
    upubliceret = [aftale for aftale in aftaler if not aftale.er_offentliggjort]
    if adgang.er_sekretariat:
        yield from panel_arbejde.kommentarskridt(aftaler)
        yield from panel_arbejde.gamle_tal(i_dag)
        yield from _sekretariatets(aftaler, upubliceret)
        return
    udkast = [aftale for aftale in upubliceret if aftale.tilstand == Aftaletilstand.UDKAST]
    for aftale in udkast:
        yield Naesteskridt(f"udkast at læse: {aftale}", 1, reverse("aftale:aftale", args=(aftale.periode,)))
    nyeste = next((aftale for aftale in aftaler if aftale.er_offentliggjort), None)
    if nyeste and adgang.har(*LAESERE):
        yield Naesteskridt(f"aftale at læse: {nyeste}", 1, reverse("aftale:aftale", args=(nyeste.periode,)))


def _synlige(adgang: Adgang) -> list[Aftale]:
    """All the reader may see, newest first; next steps and coming dates ask for the same."""

    def hent() -> list[Aftale]:
        synlige = Aftale.objects.synlige_for(adgang).select_related("tekst", "gaeldende_udgave")
        synlige = synlige.annotate(aabne=panel_arbejde.aabne_kommentarer())
        return list(synlige.defer("gaeldende_udgave__faste"))

    return husk(("aftale.panel", adgang), hent)


def _sekretariatets(aftaler: list[Aftale], upubliceret: list[Aftale]) -> Iterator[Naesteskridt]:
    if len(upubliceret) == 1:
        yield Naesteskridt(
            f"aftale er ikke offentliggjort: {upubliceret[0]}",
            1,
            reverse("aftale:pdf", args=(upubliceret[0].periode,)),
        )
    elif upubliceret:
        yield Naesteskridt("aftaler er ikke offentliggjort", len(upubliceret), reverse("aftale:liste"))
    # Only the newest published agreement is still worked on, which also keeps the number of queries constant.
    nyeste = next((aftale for aftale in aftaler if aftale.er_offentliggjort), None)
    rettede = rettede_kapitler(nyeste) if nyeste else []
    if rettede:
        yield Naesteskridt(
            f"{'kapitel' if len(rettede) == 1 else 'kapitler'} rettet siden seneste udgave af {nyeste}",
            len(rettede),
            reverse("aftale:pdf", args=(nyeste.periode,)),
        )


def kommende(adgang: Adgang, i_dag: dt.date) -> Iterator[Kommende]:
    """When the present agreement runs out."""
    if not (adgang.er_sekretariat or adgang.har(*LAESERE)):
        return
    gaelder_endnu = [aftale for aftale in _synlige(adgang) if aftale.til_aar >= i_dag.year]
    for aftale in sorted(gaelder_endnu, key=lambda aftale: aftale.til_aar):
        yield Kommende(
            f"{aftale} udløber", sidste_dag(aftale.til_aar), reverse("aftale:aftale", args=(aftale.periode,))
        )
